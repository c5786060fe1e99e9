// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace laws {

struct example {
  std::string hypothesis;
  std::vector<std::string> references;
};

/// Examples of every kind that has ever needed its own path: empty, one token, several references,
/// several lines, other scripts, bytes that are not UTF-8, and texts around the sizes at which the
/// kernels change (64, 128, 512 tokens and beyond).
inline std::vector<example> examples() {
  std::vector<example> all{
      {"", {""}},
      {"", {"a b c"}},
      {"a b c", {""}},
      {"a", {"a"}},
      {"the cat sat on the mat", {"the cat sat on the mat"}},
      {"the the the the the the the", {"the cat is on the mat", "there is a cat on the mat"}},
      {"The quick brown fox, 3.5 times!", {"A quick, brown fox; 3.5 times.", "quick brown foxes", "The fox"}},
      {"First line here.\nSecond one there.\n", {"Second one there.\nFirst line, here.", "One line."}},
      {"<skipped> &quot;x&quot; &amp;amp; 1,000.50 -5 a-b 7-8", {"\"x\" &amp; 1,000.5 - 5 a - b 7 - 8"}},
      {"\xC3\x85ngstr\xC3\xB6m \xE4\xBD\xA0\xE5\xA5\xBD \xF0\x9F\x98\x80 \xCE\xA3\xCE\xA3",
       {"\xC3\xA5ngstr\xC3\xB6m \xE4\xBD\xA0 \xE5\xA5\xBD \xF0\x9F\x98\x81"}},
      {"\xFF\xFE\x80 broken \xC3( bytes \xE2\x82", {"broken bytes \xE2\x82\xAC", "\xFF\xFE"}},
      {std::string("nul\0in the middle", 17), {std::string("nul\0in\0the middle", 17)}},
      {"B-PER I-PER O B-LOC O", {"B-PER I-PER O B-LOC B-LOC"}},
      {"42", {"42", "forty-two"}},
      {"1,234.50 dollars", {"1234.5"}},
      {R"({"id": 1, "tags": ["a", "b"], "n": null})", {R"({"tags":["b","a"],"id":1.0})", "{\"id\": 2}"}},
      {"Sure:\n```json\n{\"id\": 2}\n```\nDone.", {R"({"id":2})", "not JSON"}},
      {"{'id': 3, 'tags': [True,],}", {R"({"id":3,"tags":[true]})"}},
  };
  std::uint32_t state = 12345;
  const auto next = [&state](std::uint32_t below) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % below;
  };
  const auto words = [&](std::size_t count, std::uint32_t vocabulary) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
      if (i != 0) text += next(12) == 0 ? '\n' : ' ';
      text += 'w' + std::to_string(next(vocabulary));
      if (next(9) == 0) text += next(2) == 0 ? ',' : '.';
    }
    return text;
  };
  for (const std::size_t length : {3u, 25u, 63u, 64u, 65u, 130u, 511u, 513u, 700u})
    for (const std::uint32_t vocabulary : {4u, 300u}) {
      example e{words(length, vocabulary), {words(length, vocabulary)}};
      if (next(2) == 0) e.references.push_back(words(length / 2 + 1, vocabulary));
      all.push_back(std::move(e));
    }
  return all;
}

struct token_example {
  std::vector<std::int64_t> hypothesis;
  std::vector<std::vector<std::int64_t>> references;
};

/// The same examples for metrics over given tokens: every word is a number, some of them negative and
/// some far apart.
inline std::vector<token_example> token_examples() {
  std::map<std::string, std::int64_t> numbers;
  const auto tokens = [&](const std::string& text) {
    std::vector<std::int64_t> all;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
      const auto next = static_cast<std::int64_t>(numbers.size());
      const std::int64_t number = next % 3 == 0 ? -next : next << (next % 40);
      all.push_back(numbers.try_emplace(word, number).first->second);
    }
    return all;
  };
  std::vector<token_example> all;
  for (const example& e : examples()) {
    all.push_back({tokens(e.hypothesis), {}});
    for (const std::string& reference : e.references) all.back().references.push_back(tokens(reference));
  }
  return all;
}

}  // namespace laws
