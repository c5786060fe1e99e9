// SPDX-License-Identifier: MIT
#pragma once

// BLEU as Papineni et al. 2002 write it down, over any tokens: the oracle of metrics/bleu.hpp and
// the slow side of the ratio that its bench prints.

#include <reference/ngrams.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace reference {

struct bleu_counts {
  std::int64_t hypothesis_length = 0;
  std::int64_t reference_length = 0;
  std::vector<std::int64_t> matches;  // by order
  std::vector<std::int64_t> totals;
};

template <class Token>
bleu_counts count_bleu(const std::vector<Token>& hypothesis,
                       const std::vector<std::vector<Token>>& references, std::size_t orders) {
  bleu_counts counts;
  counts.hypothesis_length = static_cast<std::int64_t>(hypothesis.size());
  bool first = true;
  for (const auto& reference : references) {
    const auto length = static_cast<std::int64_t>(reference.size());
    const auto distance = [&](std::int64_t to) { return std::abs(to - counts.hypothesis_length); };
    if (first || distance(length) < distance(counts.reference_length) ||
        (distance(length) == distance(counts.reference_length) && length < counts.reference_length))
      counts.reference_length = length;
    first = false;
  }
  for (std::size_t n = 1; n <= orders; ++n) {
    counts.matches.push_back(clipped_matches(hypothesis, references, n));
    counts.totals.push_back(hypothesis.size() < n ? 0 : static_cast<std::int64_t>(hypothesis.size() - n + 1));
  }
  return counts;
}

/// 0-100, without smoothing; 0 when an order has no match.
inline double bleu(const bleu_counts& counts) {
  double logs = 0;
  for (std::size_t n = 0; n < counts.matches.size(); ++n) {
    if (counts.matches[n] == 0) return 0;
    logs += std::log(static_cast<double>(counts.matches[n]) / static_cast<double>(counts.totals[n]));
  }
  const double penalty = counts.hypothesis_length >= counts.reference_length
                             ? 1.0
                             : std::exp(1.0 - static_cast<double>(counts.reference_length) /
                                                  static_cast<double>(counts.hypothesis_length));
  return 100.0 * penalty * std::exp(logs / static_cast<double>(counts.matches.size()));
}

}  // namespace reference
