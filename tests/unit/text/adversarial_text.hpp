// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

// What the tests of the tokenizers share: the tokens as strings, and text made to find differences.
namespace evalpp::test {

inline std::vector<std::string> tokens(const text::tokenizer auto& tokenize, std::string_view input) {
  text::token_buffer buffer;
  tokenize(input, buffer);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < buffer.size(); ++i) out.emplace_back(buffer[i]);
  return out;
}

inline std::vector<std::string> strings(std::initializer_list<const char*> list) {
  return {list.begin(), list.end()};
}

/// Texts of fragments that tokenizers look at: entities and their halves, runs of stops among
/// digits, whitespace of every kind, letters whose lower case is special, every class of
/// character, malformed bytes. Lengths straddle the blocks of the fast paths.
class adversarial_text {
 public:
  explicit adversarial_text(std::uint64_t seed) : state_(seed) {}

  const std::string& next() {
    static const std::vector<std::string> fragments = {"a",
                                                       "b",
                                                       "A",
                                                       "Z",
                                                       "the",
                                                       "an",
                                                       "word",
                                                       "s",
                                                       "'s",
                                                       "'s ",
                                                       "'",
                                                       "\"",
                                                       "1",
                                                       "23",
                                                       "4",
                                                       ".",
                                                       ",",
                                                       ".,",
                                                       "..",
                                                       "-",
                                                       "-\n",
                                                       "\n-",
                                                       "\n",
                                                       " ",
                                                       "  ",
                                                       "\t",
                                                       "\r",
                                                       "\v",
                                                       "\x1c",
                                                       "\x1f",
                                                       "\x01",
                                                       "&",
                                                       "&amp;",
                                                       "&lt;",
                                                       "&gt;",
                                                       "&quot;",
                                                       "amp;",
                                                       "lt;",
                                                       "quot;",
                                                       "<skipped>",
                                                       "<skip",
                                                       "ped>",
                                                       "<",
                                                       ">",
                                                       "(",
                                                       ")",
                                                       "[",
                                                       "]",
                                                       "{",
                                                       "}",
                                                       "_",
                                                       "/",
                                                       "%",
                                                       "$",
                                                       "!",
                                                       "?",
                                                       ":",
                                                       ";",
                                                       "@",
                                                       "^",
                                                       "`",
                                                       "~",
                                                       "|",
                                                       "\\",
                                                       "+",
                                                       "=",
                                                       "*",
                                                       "#",
                                                       "\xC3\xA9",
                                                       "\xC3\x89",
                                                       "\xC3\x9F",
                                                       "\xC2\xA0",
                                                       "\xC2\x85",
                                                       "\xC2\xAB",
                                                       "\xC2\xB2",
                                                       "\xCC\x81",
                                                       "\xC4\xB0",
                                                       "\xC4\xB1",
                                                       "\xCE\xA3",
                                                       "\xCF\x82",
                                                       "\xCE\x91",
                                                       "\xE2\x84\xAA",
                                                       "\xE1\x9A\x80",
                                                       "\xE2\x80\x80",
                                                       "\xE2\x80\x8A",
                                                       "\xE2\x80\x8B",
                                                       "\xE2\x80\xA8",
                                                       "\xE2\x80\xA9",
                                                       "\xE2\x80\xAF",
                                                       "\xE2\x81\x9F",
                                                       "\xE3\x80\x80",
                                                       "\xE2\x80\x99",
                                                       "\xE2\x80\x93",
                                                       "\xE2\x82\xAC",
                                                       "\xE3\x80\x82",
                                                       "\xE3\x80\x81",
                                                       "\xE4\xB8\xAD",
                                                       "\xE6\x96\x87",
                                                       "\xE3\x81\x8B",
                                                       "\xE3\x82\xAB",
                                                       "\xED\x95\x9C",
                                                       "\xD9\xA1",
                                                       "\xE0\xA4\xB9",
                                                       "\xE0\xA4\xBF",
                                                       "\xEF\xBC\x8E",
                                                       "\xEF\xBC\x91",
                                                       "\xEF\xBD\xB6",
                                                       "\xF0\x9F\x98\x80",
                                                       "\xF0\xA0\x80\x80",
                                                       "\xF0\x90\x90\x80",
                                                       "\xE2\x80\x8D",
                                                       "\xFF",
                                                       "\xC2",
                                                       "\xE2\x80",
                                                       "\xE2",
                                                       "\xF0\x9F",
                                                       "\xED\xA0\x80",
                                                       "\xC0\x80",
                                                       "\x80",
                                                       "\xE3\x80",
                                                       "\xF4\x90\x80\x80",
                                                       std::string(1, '\0')};
    text_.clear();
    // Some texts use few fragments over and over, which meets what is rare among all of them.
    const std::size_t variety = 1 + below(below(3) == 0 ? fragments.size() : 6);
    const std::size_t offset = below(fragments.size());
    const std::size_t count = below(below(4) == 0 ? 160 : 24);
    for (std::size_t i = 0; i < count; ++i) {
      const bool plain = below(8) == 0;
      text_ += plain ? fragments[below(20)] : fragments[(offset + below(variety)) % fragments.size()];
    }
    return text_;
  }

  std::uint64_t below(std::uint64_t n) {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
    return (z ^ (z >> 31)) % n;
  }

 private:
  std::uint64_t state_;
  std::string text_;
};

/// Compares a tokenizer with its twin on many such texts; stops at the first difference.
template <class Twin>
void expect_same_tokens(const text::tokenizer auto& tokenize, Twin twin, int texts = 20000) {
  adversarial_text inputs(42);
  for (int i = 0; i < texts; ++i) {
    const std::string& input = inputs.next();
    ASSERT_EQ(tokens(tokenize, input), twin(input)) << "text " << i << ": \"" << input << '"';
  }
}

}  // namespace evalpp::test
