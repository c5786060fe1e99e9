// SPDX-License-Identifier: MIT
#pragma once

// What all benches share: seeded corpora (the same bytes on every machine), CPU time, and the ratios
// to the literal twins of tests/reference/ and to Python packages where they can be imported.
//
// The corpora imitate natural text: words by Zipf-Mandelbrot rank over a vocabulary of 50,000 (real
// function words first), each word always in the same attire (comma, hyphen, quotes, possessive, a
// number), so that equal words match with their punctuation. A hypothesis is its reference with 20 %
// of the words substituted, 7 % dropped, 7 % inserted, and in 35 % of the segments a block moved.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

/// SplitMix64: small, seeded, the same everywhere.
class generator {
 public:
  explicit generator(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t x = state_ += 0x9e3779b97f4a7c15u;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
  }
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(((next() >> 32) * n) >> 32); }
  double unit() { return static_cast<double>(next() >> 11) * 0x1p-53; }
  bool chance(double p) { return unit() < p; }

 private:
  std::uint64_t state_;
};

/// Ranks 0..size-1 with Zipf-Mandelbrot probabilities.
class ranks {
 public:
  explicit ranks(std::size_t size) {
    double sum = 0;
    for (std::size_t r = 0; r < size; ++r) up_to_.push_back(sum += 1.0 / (static_cast<double>(r) + 2.7));
  }
  std::uint32_t draw(generator& g) const {
    const double at = g.unit() * up_to_.back();
    return static_cast<std::uint32_t>(std::upper_bound(up_to_.begin(), up_to_.end(), at) - up_to_.begin());
  }

 private:
  std::vector<double> up_to_;
};

/// 50,000 words in their attire.
inline const std::vector<std::string>& vocabulary() {
  static const std::vector<std::string> words = [] {
    std::vector<std::string> made;
    for (std::string_view word :
         {"the",   "of",    "and",  "to",   "a",     "in",  "that",  "is",   "was",  "for",  "it",  "on",
          "with",  "as",    "be",   "at",   "by",    "he",  "this",  "had",  "not",  "are",  "but", "from",
          "or",    "have",  "an",   "they", "which", "one", "you",   "were", "her",  "all",  "she", "there",
          "would", "their", "we",   "him",  "been",  "has", "when",  "who",  "will", "more", "no",  "if",
          "out",   "so",    "said", "what", "up",    "its", "about", "into", "than", "them", "can", "only"})
      made.emplace_back(word);
    constexpr std::string_view heads[] = {"b", "c", "d", "f", "g",  "l",  "m",  "n",
                                          "p", "r", "s", "t", "st", "pr", "tr", "ch"};
    constexpr std::string_view hearts[] = {"a", "e", "i", "o", "u", "ea", "io", "ou"};
    constexpr std::string_view tails[] = {"", "", "", "", "n", "r", "s", "t", "l", "nd", "ng", "m"};
    generator g(20);
    while (made.size() < 50000) {
      const std::size_t syllables =
          1 + g.below(2) + (made.size() > 800) + (made.size() > 12000 && g.chance(0.5));
      std::string word;
      for (std::size_t s = 0; s < syllables; ++s) {
        word += heads[g.below(16)];
        word += hearts[g.below(8)];
        word += tails[g.below(12)];
      }
      const double attire = g.unit();
      if (attire < 0.08)
        word += ',';
      else if (attire < 0.10)
        word += "'s";
      else if (attire < 0.12)
        word.append("-").append(heads[g.below(16)]).append("ed");
      else if (attire < 0.14)
        word = std::to_string(g.below(3000)) + (g.chance(0.3) ? ",5" : "");
      else if (attire < 0.15)
        word.insert(0, "\xE2\x80\x9C").append("\xE2\x80\x9D");  // curly quotes
      else if (attire < 0.16)
        word.insert(0, "(").append(")");
      else if (attire < 0.26)
        word[0] = static_cast<char>(word[0] - 'a' + 'A');
      made.push_back(std::move(word));
    }
    return made;
  }();
  return words;
}

using id_sequence = std::vector<std::uint32_t>;

/// A hypothesis for `reference`: see the top of this file.
inline id_sequence edited(const id_sequence& reference, const ranks& words, generator& g) {
  id_sequence made;
  for (const std::uint32_t word : reference) {
    const double fate = g.unit();
    if (fate < 0.07) continue;
    if (fate < 0.14) made.push_back(words.draw(g));
    made.push_back(fate >= 0.14 && fate < 0.34 ? words.draw(g) : word);
  }
  if (made.size() > 8 && g.chance(0.35)) {
    const auto length = 1 + g.below(4);
    const auto from = g.below(static_cast<std::uint32_t>(made.size()) - length);
    const id_sequence block(made.begin() + from, made.begin() + from + length);
    made.erase(made.begin() + from, made.begin() + from + length);
    made.insert(made.begin() + g.below(static_cast<std::uint32_t>(made.size())), block.begin(), block.end());
  }
  return made;
}

inline id_sequence drawn(std::size_t length, const ranks& words, generator& g) {
  id_sequence made(length);
  for (auto& word : made) word = words.draw(g);
  return made;
}

inline std::string sentence(const id_sequence& words) {
  std::string text;
  for (const std::uint32_t word : words) {
    if (!text.empty()) text += ' ';
    text += vocabulary()[word];
  }
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  if (!text.empty() && text.back() == ',') text.pop_back();
  return text + '.';
}

/// Hypotheses, and for each its references. Any number of references per example.
struct text_corpus {
  std::vector<std::string> hypotheses;
  std::vector<std::vector<std::string>> references;

  std::size_t size() const { return hypotheses.size(); }
  /// Of both sides.
  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const auto& text : hypotheses) sum += text.size();
    for (const auto& each : references)
      for (const auto& text : each) sum += text.size();
    return sum;
  }
  /// Whitespace-separated words of the hypotheses.
  std::size_t words() const {
    std::size_t sum = 0;
    for (const auto& text : hypotheses)
      sum += text.empty() ? 0
                          : 1 + static_cast<std::size_t>(std::count_if(
                                    text.begin(), text.end(), [](char c) { return c == ' ' || c == '\n'; }));
    return sum;
  }
  /// The first `n` examples.
  text_corpus first(std::size_t n) const {
    n = std::min(n, size());
    const auto count = static_cast<std::ptrdiff_t>(n);
    return {{hypotheses.begin(), hypotheses.begin() + count},
            {references.begin(), references.begin() + count}};
  }
};

/// MT-like segments: 25 words on average, 4 to 46.
inline text_corpus segments(std::size_t n, std::size_t references = 1, std::uint64_t seed = 1) {
  const ranks words(vocabulary().size());
  generator g(seed);
  text_corpus made;
  for (std::size_t i = 0; i < n; ++i) {
    const id_sequence base = drawn(4 + g.below(15) + g.below(15) + g.below(15), words, g);
    made.references.emplace_back();
    for (std::size_t r = 0; r < references; ++r)
      made.references.back().push_back(sentence(r == 0 ? base : edited(base, words, g)));
    made.hypotheses.push_back(sentence(edited(base, words, g)));
  }
  return made;
}

/// Summary-like texts: 60 words against 55, 3 or 4 sentences, one a line; every third hypothesis tells
/// its sentences in another order.
inline text_corpus summaries(std::size_t n, std::uint64_t seed = 2) {
  const ranks words(vocabulary().size());
  generator g(seed);
  text_corpus made;
  for (std::size_t i = 0; i < n; ++i) {
    std::vector<std::string> told, gold;
    for (std::size_t s = 3 + g.below(2); s > 0; --s) {
      const id_sequence base = drawn(8 + g.below(8) + g.below(8), words, g);
      gold.push_back(sentence(base));
      id_sequence hypothesis = edited(base, words, g);
      if (g.chance(0.5)) hypothesis.push_back(words.draw(g)), hypothesis.push_back(words.draw(g));
      told.push_back(sentence(hypothesis));
    }
    if (g.below(3) == 0) std::rotate(told.begin(), told.begin() + 1, told.end());
    const auto joined = [](const std::vector<std::string>& lines) {
      std::string text;
      for (const auto& line : lines) {
        if (!text.empty()) text += '\n';
        text += line;
      }
      return text;
    };
    made.hypotheses.push_back(joined(told));
    made.references.push_back({joined(gold)});
  }
  return made;
}

/// Documents of 2,000 words on one line: sentences as in `segments`.
inline text_corpus documents(std::size_t n, std::uint64_t seed = 3) {
  const ranks words(vocabulary().size());
  generator g(seed);
  text_corpus made;
  for (std::size_t i = 0; i < n; ++i) {
    std::string hypothesis, reference;
    for (std::size_t count = 0; count < 2000;) {
      const id_sequence base = drawn(4 + g.below(15) + g.below(15) + g.below(15), words, g);
      count += base.size();
      for (auto* text : {&reference, &hypothesis})
        if (!text->empty()) *text += ' ';
      reference += sentence(base);
      hypothesis += sentence(edited(base, words, g));
    }
    made.hypotheses.push_back(std::move(hypothesis));
    made.references.push_back({std::move(reference)});
  }
  return made;
}

/// Token ids, one reference each.
struct id_corpus {
  std::vector<id_sequence> hypotheses;
  std::vector<id_sequence> references;

  std::size_t size() const { return hypotheses.size(); }
  /// Of the hypotheses.
  std::size_t tokens() const {
    std::size_t sum = 0;
    for (const auto& ids : hypotheses) sum += ids.size();
    return sum;
  }
};

/// Sequences of `length` ids of a vocabulary of 32,000. A related hypothesis is an edited reference,
/// filled up or cut to the same length; an unrelated one is drawn apart.
inline id_corpus id_sequences(std::size_t n, std::size_t length = 512, bool related = true,
                              std::uint64_t seed = 4) {
  const ranks words(32000);
  generator g(seed);
  id_corpus made;
  for (std::size_t i = 0; i < n; ++i) {
    made.references.push_back(drawn(length, words, g));
    id_sequence hypothesis = related ? edited(made.references.back(), words, g) : drawn(length, words, g);
    while (hypothesis.size() < length) hypothesis.push_back(words.draw(g));
    hypothesis.resize(length);
    made.hypotheses.push_back(std::move(hypothesis));
  }
  return made;
}

/// CPU seconds of this thread; where there is no such clock, of the process.
inline double cpu_seconds() {
#if defined(CLOCK_THREAD_CPUTIME_ID)
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
#else
  return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
#endif
}

/// The best CPU seconds of one call of `run`, of at least three calls and 0.2 s.
template <class Run>
double best_seconds(Run&& run) {
  double best = 1e300;
  const double start = cpu_seconds();
  for (int calls = 0; calls < 3 || cpu_seconds() - start < 0.2; ++calls) {
    const double before = cpu_seconds();
    run();
    best = std::min(best, cpu_seconds() - before);
  }
  return best;
}

/// What one pass of a bench handles, for its counters.
struct work {
  double segments;
  double bytes;
  double tokens;
};
inline work work_of(const text_corpus& corpus) {
  return {static_cast<double>(corpus.size()), static_cast<double>(corpus.bytes()),
          static_cast<double>(corpus.words())};
}
inline work work_of(const id_corpus& corpus) {
  return {static_cast<double>(corpus.size()), 8.0 * static_cast<double>(corpus.tokens()),
          static_cast<double>(corpus.tokens())};
}

/// Runs a bench: `pass` handles the whole corpus once. Prints, from the best pass, us per segment,
/// segments/s, MB/s of both sides and ns per hypothesis token, and for every peer (seconds per
/// segment, 0 when it is not there) how many times faster this is.
template <class Pass>
void measure(benchmark::State& state, const work& amount, Pass&& pass,
             const std::vector<std::pair<std::string, double>>& peers = {}) {
  double best = 1e300;
  for (auto _ : state) {
    const double before = cpu_seconds();
    pass();
    best = std::min(best, cpu_seconds() - before);
  }
  state.counters["us/seg"] = 1e6 * best / amount.segments;
  state.counters["seg/s"] = amount.segments / best;
  state.counters["MB/s"] = 1e-6 * amount.bytes / best;
  state.counters["ns/tok"] = 1e9 * best / amount.tokens;
  for (const auto& [name, seconds] : peers)
    if (seconds > 0) state.counters["x_" + name] = seconds * amount.segments / best;
}

/// `text` between single quotes, as Python (after a `b`) and JavaScript read it: one unit for each byte.
inline std::string quoted_bytes(const std::string& text) {
  std::string quoted = "'";
  for (const char c : text) {
    char escaped[8];
    std::snprintf(escaped, sizeof escaped, "\\x%02x", static_cast<unsigned>(static_cast<unsigned char>(c)));
    if (c >= ' ' && c < 0x7f && c != '\'' && c != '\\')
      quoted += c;
    else
      quoted += escaped;
  }
  return quoted + "'";
}

/// The numbers that a program prints, one on each line; none when it cannot be run. `command` runs the file
/// whose name is put behind it.
inline std::vector<double> numbers_printed(const std::string& file_name, const std::string& program,
                                           const std::string& command) {
  std::vector<double> numbers;
  const char* const folder = std::getenv("TMPDIR");
  const std::string path = std::string(folder != nullptr ? folder : "/tmp") + "/evalpp_bench_" + file_name;
  std::FILE* const file = std::fopen(path.c_str(), "wb");
  if (file == nullptr) return numbers;
  std::fwrite(program.data(), 1, program.size(), file);
  std::fclose(file);
#if defined(__unix__) || defined(__APPLE__)
  if (std::FILE* const pipe = popen((command + " '" + path + "' 2>/dev/null").c_str(), "r");
      pipe != nullptr) {
    char line[64];
    while (std::fgets(line, sizeof line, pipe) != nullptr) numbers.push_back(std::strtod(line, nullptr));
    pclose(pipe);
  }
#endif
  std::remove(path.c_str());
  return numbers;
}

/// CPU seconds per segment of a Python package over a corpus, 0 when it cannot be imported. `script`
/// finds `hypotheses` (a list of str) and `references` (a list of lists, one per example) and sets
/// `seconds`. The package is looked for where python3 does, and in the directory that the
/// environment variable `where` names. Asked once per name and process.
inline double python_seconds(const std::string& name, const char* where, const text_corpus& corpus,
                             const std::string& script) {
  static std::map<std::string, double> known;
  if (const auto found = known.find(name); found != known.end()) return found->second;

  std::string program = "import time, gc\nhypotheses = [";
  const auto literal = [](const std::string& text) { return "b" + quoted_bytes(text) + ".decode(),"; };
  for (const auto& text : corpus.hypotheses) program += literal(text) + "\n";
  program += "]\nreferences = [";
  for (const auto& each : corpus.references) {
    program += "[";
    for (const auto& text : each) program += literal(text);
    program += "],\n";
  }
  program += "]\ngc.disable()\n" + script + "\nprint(seconds)\n";

  const char* const directory = where != nullptr ? std::getenv(where) : nullptr;
  std::string command;
  if (directory != nullptr && *directory != '\0') command = "PYTHONPATH='" + std::string(directory) + "' ";
  const char* const python = std::getenv("EVALPP_PYTHON");
  command += python != nullptr ? python : "python3";
  const auto printed = numbers_printed(name + ".py", program, command);
  return known[name] = printed.empty() ? 0 : printed[0] / static_cast<double>(corpus.size());
}

}  // namespace bench
