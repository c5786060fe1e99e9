// SPDX-License-Identifier: MIT
#pragma once

// distinct-n, repetition and self-BLEU from their definitions: no golden file has them.

#include <reference/bleu.hpp>
#include <reference/ngrams.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reference {

/// Different n-grams / n-grams; -1 when there is no n-gram.
template <class Token>
double distinct(const std::vector<Token>& tokens, std::size_t n) {
  std::int64_t all = 0;
  const auto counts = count_ngrams(tokens, n);
  for (const auto& [ngram, count] : counts) all += count;
  return all == 0 ? -1 : static_cast<double>(counts.size()) / static_cast<double>(all);
}

/// The mean of the unsmoothed BLEU of each response against all others.
template <class Token>
double self_bleu(const std::vector<std::vector<Token>>& responses, std::size_t orders) {
  double sum = 0;
  for (std::size_t k = 0; k < responses.size(); ++k) {
    auto others = responses;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(k));
    sum += bleu(count_bleu(responses[k], others, orders));
  }
  return sum / static_cast<double>(responses.size());
}

}  // namespace reference
