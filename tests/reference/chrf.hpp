// SPDX-License-Identifier: MIT
#pragma once

// chrF and chrF++ written down from their definition (Popovic 2015, 2017; sacreBLEU 2.6.0's options),
// with a std::map of n-grams per order. No thought for speed, nothing shared with the library but
// the meaning of malformed bytes, which is written out again. Lower-casing is not in it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace reference {

/// The matches of one order: each n-gram counts as often as in the text where it is rarer.
template <class Sequence>
std::int64_t ngram_matches(const Sequence& a, const Sequence& b, std::size_t order) {
  const auto count = [order](const Sequence& sequence) {
    std::map<Sequence, std::int64_t> counts;
    for (std::size_t i = 0; i + order <= sequence.size(); ++i) {
      const auto first = sequence.begin() + static_cast<std::ptrdiff_t>(i);
      ++counts[Sequence(first, first + static_cast<std::ptrdiff_t>(order))];
    }
    return counts;
  };
  const auto in_b = count(b);
  std::int64_t matches = 0;
  for (const auto& [ngram, times] : count(a))
    if (const auto found = in_b.find(ngram); found != in_b.end()) matches += std::min(times, found->second);
  return matches;
}

/// UTF-8 as Unicode's table 3-7 lists it; every maximal beginning that is not well-formed is U+FFFD.
inline std::u32string code_points(std::string_view text) {
  struct form {
    unsigned first_low, first_high, second_low, second_high;
    std::size_t length;
    unsigned payload;
  };
  static constexpr form forms[] = {{0xC2, 0xDF, 0x80, 0xBF, 2, 0x1F}, {0xE0, 0xE0, 0xA0, 0xBF, 3, 0x0F},
                                   {0xE1, 0xEC, 0x80, 0xBF, 3, 0x0F}, {0xED, 0xED, 0x80, 0x9F, 3, 0x0F},
                                   {0xEE, 0xEF, 0x80, 0xBF, 3, 0x0F}, {0xF0, 0xF0, 0x90, 0xBF, 4, 0x07},
                                   {0xF1, 0xF3, 0x80, 0xBF, 4, 0x07}, {0xF4, 0xF4, 0x80, 0x8F, 4, 0x07}};
  std::u32string out;
  std::size_t i = 0;
  while (i < text.size()) {
    const unsigned first = static_cast<unsigned char>(text[i]);
    if (first < 0x80) {
      out += static_cast<char32_t>(first);
      ++i;
      continue;
    }
    std::size_t taken = 1;
    char32_t value = 0xFFFD;
    for (const form& f : forms) {
      if (first < f.first_low || first > f.first_high) continue;
      char32_t sum = first & f.payload;
      while (taken < f.length && i + taken < text.size()) {
        const unsigned next = static_cast<unsigned char>(text[i + taken]);
        const unsigned low = taken == 1 ? f.second_low : 0x80, high = taken == 1 ? f.second_high : 0xBF;
        if (next < low || next > high) break;
        sum = sum * 64 + (next - 0x80);
        ++taken;
      }
      if (taken == f.length) value = sum;
    }
    out += value;
    i += taken;
  }
  return out;
}

/// What Python's str.split() splits at.
inline bool is_python_whitespace(char32_t c) {
  return (c >= 0x9 && c <= 0xD) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

inline bool is_ascii_punctuation(char32_t c) {
  return std::u32string_view(U"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~").find(c) != std::u32string_view::npos;
}

struct chrf {
  std::size_t char_order = 6;
  std::size_t word_order = 0;
  int beta = 2;
  bool whitespace = false;
  bool eps_smoothing = false;

  /// One order: n-grams of the hypothesis, of the reference, and matches.
  struct counts {
    std::int64_t hypothesis = 0, reference = 0, matches = 0;
    bool operator==(const counts&) const = default;
  };

  std::u32string characters(const std::u32string& text) const {
    std::u32string out;
    for (const char32_t c : text)
      if (whitespace || !is_python_whitespace(c)) out += c;
    return out;
  }

  /// Words, with one punctuation mark split off: the last character if it is one, else the first.
  static std::vector<std::u32string> words(const std::u32string& text) {
    std::vector<std::u32string> out;
    std::u32string word;
    const auto finish = [&] {
      if (word.size() > 1 && is_ascii_punctuation(word.back())) {
        out.push_back(word.substr(0, word.size() - 1));
        out.push_back(word.substr(word.size() - 1));
      } else if (word.size() > 1 && is_ascii_punctuation(word.front())) {
        out.push_back(word.substr(0, 1));
        out.push_back(word.substr(1));
      } else if (!word.empty()) {
        out.push_back(word);
      }
      word.clear();
    };
    for (const char32_t c : text) {
      if (is_python_whitespace(c))
        finish();
      else
        word += c;
    }
    finish();
    return out;
  }

  template <class Sequence>
  static counts count(const Sequence& hypothesis, const Sequence& reference, std::size_t order) {
    const auto total = [order](const Sequence& s) {
      return s.size() < order ? std::int64_t{0} : static_cast<std::int64_t>(s.size() - order + 1);
    };
    const std::int64_t in_reference = total(reference);
    return {in_reference == 0 ? 0 : total(hypothesis), in_reference,
            ngram_matches(hypothesis, reference, order)};
  }

  /// Against one reference: character orders, then word orders.
  std::vector<counts> measure(std::string_view hypothesis, std::string_view reference) const {
    const std::u32string h = code_points(hypothesis), r = code_points(reference);
    std::vector<counts> out;
    for (std::size_t n = 1; n <= char_order; ++n) out.push_back(count(characters(h), characters(r), n));
    for (std::size_t n = 1; n <= word_order; ++n) out.push_back(count(words(h), words(r), n));
    return out;
  }

  double score(const std::vector<counts>& orders) const {
    const double eps = 1e-16, factor = beta * beta;
    double sum = 0, precision = 0, recall = 0;
    int effective = 0;
    for (const counts& c : orders) {
      const double p =
          c.hypothesis > 0 ? static_cast<double>(c.matches) / static_cast<double>(c.hypothesis) : eps;
      const double r =
          c.reference > 0 ? static_cast<double>(c.matches) / static_cast<double>(c.reference) : eps;
      const double denominator = factor * p + r;
      sum += denominator > 0 ? (1 + factor) * p * r / denominator : eps;
      if (c.hypothesis > 0 && c.reference > 0) {
        precision += p;
        recall += r;
        ++effective;
      }
    }
    if (eps_smoothing) return 100 * sum / static_cast<double>(orders.size());
    if (effective == 0) return 0;
    precision /= effective;
    recall /= effective;
    return precision + recall > 0 ? 100 * ((1 + factor) * precision * recall / (factor * precision + recall))
                                  : 0;
  }

  /// Against several references: the one with the best F, the first of equals.
  std::vector<counts> measure(std::string_view hypothesis, const std::vector<std::string>& references) const {
    std::vector<counts> best;
    double best_score = -1;
    for (const std::string& reference : references) {
      std::vector<counts> orders = measure(hypothesis, reference);
      if (const double f = score(orders); f > best_score) {
        best_score = f;
        best = std::move(orders);
      }
    }
    return best;
  }
};

}  // namespace reference
