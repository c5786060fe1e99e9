// SPDX-License-Identifier: MIT
#pragma once

#include "lcs.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

// ROUGE written from its definitions, with maps and full tables: the oracle of metrics/rouge_*.hpp.
// A text is a list of lines of tokens of any ordered type. What is particular to ROUGE-1.5.5 is
// said where it stands.
namespace evalpp::reference {

template <class Token>
using rouge_line = std::vector<Token>;
template <class Token>
using rouge_text = std::vector<rouge_line<Token>>;

struct rouge_triple {
  double precision = 0, recall = 0, fmeasure = 0;
};

/// F = P R / ((1 - alpha) P + alpha R); 0 where both are 0.
inline rouge_triple rouge_from(double precision, double recall, double alpha = 0.5) {
  const double denominator = (1 - alpha) * precision + alpha * recall;
  return {precision, recall, denominator > 0 ? precision * recall / denominator : 0.0};
}

/// Counts of one pair: what matches, and how much each side has.
struct rouge_counts {
  double hits = 0, hypothesis = 0, reference = 0;
};

inline rouge_triple rouge_from(const rouge_counts& c, double alpha = 0.5) {
  return rouge_from(c.hypothesis > 0 ? c.hits / c.hypothesis : 0.0,
                    c.reference > 0 ? c.hits / c.reference : 0.0, alpha);
}

template <class Token>
rouge_line<Token> joined(const rouge_text<Token>& text) {
  rouge_line<Token> all;
  for (const auto& line : text) all.insert(all.end(), line.begin(), line.end());
  return all;
}

template <class Key>
rouge_counts clipped(const std::map<Key, std::size_t>& hypothesis,
                     const std::map<Key, std::size_t>& reference) {
  rouge_counts counts;
  for (const auto& [key, n] : hypothesis) {
    counts.hypothesis += static_cast<double>(n);
    if (const auto found = reference.find(key); found != reference.end())
      counts.hits += static_cast<double>(std::min(n, found->second));
  }
  for (const auto& [key, n] : reference) counts.reference += static_cast<double>(n);
  return counts;
}

template <class Token>
rouge_counts rouge_n(const rouge_text<Token>& hypothesis, const rouge_text<Token>& reference, std::size_t n) {
  const auto grams = [n](const rouge_line<Token>& tokens) {
    std::map<rouge_line<Token>, std::size_t> count;
    for (std::size_t i = 0; i + n <= tokens.size(); ++i) {
      const auto at = tokens.begin() + static_cast<std::ptrdiff_t>(i);
      ++count[rouge_line<Token>(at, at + static_cast<std::ptrdiff_t>(n))];
    }
    return count;
  };
  return clipped(grams(joined(hypothesis)), grams(joined(reference)));
}

template <class Token>
rouge_counts rouge_l(const rouge_text<Token>& hypothesis, const rouge_text<Token>& reference) {
  const auto h = joined(hypothesis);
  const auto r = joined(reference);
  return {static_cast<double>(lcs_length(r, h)), static_cast<double>(h.size()),
          static_cast<double>(r.size())};
}

template <class Token>
std::map<Token, std::size_t> token_counts(const rouge_text<Token>& text) {
  std::map<Token, std::size_t> count;
  for (const auto& line : text)
    for (const Token& token : line) ++count[token];
  return count;
}

/// ROUGE-Lsum of rouge_score, which is ROUGE-L of ROUGE-1.5.5.
template <class Token>
rouge_counts rouge_lsum(const rouge_text<Token>& hypothesis, const rouge_text<Token>& reference) {
  rouge_counts counts{0, static_cast<double>(joined(hypothesis).size()),
                      static_cast<double>(joined(reference).size())};
  auto left_in_hypothesis = token_counts(hypothesis);
  auto left_in_reference = token_counts(reference);
  for (const auto& line : reference) {
    const std::vector<bool> taken = union_lcs(line, hypothesis);
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (!taken[i] || left_in_hypothesis[line[i]] == 0 || left_in_reference[line[i]] == 0) continue;
      --left_in_hypothesis[line[i]];
      --left_in_reference[line[i]];
      ++counts.hits;
    }
  }
  return counts;
}

/// Marks the positions of the weighted LCS of ROUGE-1.5.5: a run of k matches weighs k^weight.
template <class Token>
void mark_weighted_lcs(const rouge_line<Token>& reference, const rouge_line<Token>& hypothesis, double weight,
                       std::vector<bool>& taken) {
  enum class move { diagonal, up, left };
  const std::size_t m = reference.size();
  const std::size_t n = hypothesis.size();
  std::vector score(m + 1, std::vector<double>(n + 1, 0.0));
  std::vector run(m + 1, std::vector<std::size_t>(n + 1, 0));
  std::vector from(m + 1, std::vector<move>(n + 1, move::up));
  for (std::size_t i = 1; i <= m; ++i)
    for (std::size_t j = 1; j <= n; ++j) {
      if (reference[i - 1] == hypothesis[j - 1]) {
        const std::size_t k = run[i - 1][j - 1];
        score[i][j] = score[i - 1][j - 1] + std::pow(static_cast<double>(k + 1), weight) -
                      std::pow(static_cast<double>(k), weight);
        from[i][j] = move::diagonal;
        run[i][j] = k + 1;
      } else if (score[i - 1][j] >= score[i][j - 1]) {
        score[i][j] = score[i - 1][j];
        from[i][j] = move::up;
      } else {
        score[i][j] = score[i][j - 1];
        from[i][j] = move::left;
      }
    }
  for (std::size_t i = m, j = n; i > 0 && j > 0;) {
    if (from[i][j] == move::diagonal) {
      taken[i - 1] = true;
      --i;
      --j;
    } else if (from[i][j] == move::up) {
      --i;
    } else {
      --j;
    }
  }
}

/// ROUGE-W of ROUGE-1.5.5, before the inverse power that makes it a ratio. Two of its habits show:
/// a run is only counted when the position after it is no match or the line ends there, so a run
/// whose last token was used up elsewhere goes on into the next one or is lost; and the reference's
/// total is weighted twice, (sum of |line|^w)^w.
template <class Token>
rouge_counts rouge_w(const rouge_text<Token>& hypothesis, const rouge_text<Token>& reference, double weight) {
  auto left_in_hypothesis = token_counts(hypothesis);
  auto left_in_reference = token_counts(reference);
  rouge_counts counts;
  double base = 0;
  for (const auto& line : reference) {
    base += std::pow(static_cast<double>(line.size()), weight);
    std::vector<bool> taken(line.size(), false);
    for (const auto& other : hypothesis) mark_weighted_lcs(line, other, weight, taken);
    std::size_t run = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (!taken[i] || left_in_hypothesis[line[i]] == 0 || left_in_reference[line[i]] == 0) continue;
      --left_in_hypothesis[line[i]];
      --left_in_reference[line[i]];
      ++run;
      if (i + 1 == line.size() || !taken[i + 1]) {
        counts.hits += std::pow(static_cast<double>(run), weight);
        run = 0;
      }
    }
  }
  counts.reference = std::pow(base, weight);
  counts.hypothesis = std::pow(static_cast<double>(joined(hypothesis).size()), weight);
  return counts;
}

inline rouge_triple rouge_w_from(const rouge_counts& c, double weight, double alpha = 0.5) {
  const double inverse = 1 / weight;
  return rouge_from(c.hypothesis > 0 ? std::pow(c.hits / c.hypothesis, inverse) : 0.0,
                    c.reference > 0 ? std::pow(c.hits / c.reference, inverse) : 0.0, alpha);
}

/// ROUGE-S (pairs with at most `skip` tokens between them; negative: any number) and, with
/// `unigrams`, ROUGE-SU of ROUGE-1.5.5, whose unigrams leave the last token out.
template <class Token>
rouge_counts rouge_s(const rouge_text<Token>& hypothesis, const rouge_text<Token>& reference, int skip,
                     bool unigrams) {
  const auto pairs = [&](const rouge_line<Token>& tokens) {
    std::map<rouge_line<Token>, std::size_t> count;
    for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
      if (unigrams) ++count[{tokens[i]}];
      for (std::size_t j = i + 1; j < tokens.size(); ++j) {
        if (skip >= 0 && j > i + static_cast<std::size_t>(skip) + 1) break;
        ++count[{tokens[i], tokens[j]}];
      }
    }
    return count;
  };
  return clipped(pairs(joined(hypothesis)), pairs(joined(reference)));
}

}  // namespace evalpp::reference
