// SPDX-License-Identifier: MIT
#pragma once

// The literal definition of clipped n-gram overlap, with a map of vectors: the oracle of
// metrics/detail/ngram_overlap.hpp and the slow side of the ratios that the benches print.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace reference {

template <class Token>
using ngram_counts = std::map<std::vector<Token>, std::int64_t>;

/// How often each n-gram of order `n` occurs in `tokens`.
template <class Token>
ngram_counts<Token> count_ngrams(const std::vector<Token>& tokens, std::size_t n) {
  ngram_counts<Token> counts;
  for (std::size_t end = n; end <= tokens.size(); ++end) {
    const auto first = tokens.begin() + static_cast<std::ptrdiff_t>(end - n);
    ++counts[std::vector<Token>(first, tokens.begin() + static_cast<std::ptrdiff_t>(end))];
  }
  return counts;
}

/// Papineni et al. 2002: the sum over the hypothesis' n-grams of its count, clipped to the largest
/// count that any one reference has.
template <class Token>
std::int64_t clipped_matches(const std::vector<Token>& hypothesis,
                             const std::vector<std::vector<Token>>& references, std::size_t n) {
  ngram_counts<Token> ceiling;
  for (const auto& reference : references)
    for (const auto& [ngram, count] : count_ngrams(reference, n))
      ceiling[ngram] = std::max(ceiling[ngram], count);

  std::int64_t matches = 0;
  for (const auto& [ngram, count] : count_ngrams(hypothesis, n)) {
    const auto found = ceiling.find(ngram);
    if (found != ceiling.end()) matches += std::min(count, found->second);
  }
  return matches;
}

}  // namespace reference
