// SPDX-License-Identifier: MIT
#pragma once

// The evaluation logic of the SQuAD scripts, over tokens that are normalised already: the oracle of
// metrics/{exact_match,token_f1,squad}.hpp and the slow side of the ratio that their bench prints.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace reference {

struct answer_score {
  double exact = 0;
  double f1 = 0;
};

template <class Token>
double squad_f1(const std::vector<Token>& prediction, const std::vector<Token>& gold) {
  std::map<Token, std::int64_t> in_prediction, in_gold;
  for (const Token& token : prediction) ++in_prediction[token];
  for (const Token& token : gold) ++in_gold[token];
  std::int64_t same = 0;
  for (const auto& [token, count] : in_prediction)
    if (const auto found = in_gold.find(token); found != in_gold.end())
      same += std::min(count, found->second);
  if (same == 0) return 0;
  const volatile double precision = 1.0 * static_cast<double>(same) / static_cast<double>(prediction.size());
  const volatile double recall = 1.0 * static_cast<double>(same) / static_cast<double>(gold.size());
  const volatile double twice = 2 * precision;
  const volatile double product = twice * recall;
  const volatile double sum = precision + recall;
  return product / sum;
}

/// SQuAD 1.1: metric_max_over_ground_truths.
template <class Token>
answer_score squad_v1(const std::vector<Token>& prediction, const std::vector<std::vector<Token>>& golds) {
  answer_score best;
  for (const auto& gold : golds) {
    best.exact = std::max(best.exact, prediction == gold ? 1.0 : 0.0);
    best.f1 = std::max(best.f1, squad_f1(prediction, gold));
  }
  return best;
}

/// SQuAD 2.0: compute_exact and compute_f1 over the gold answers that are not empty, else over [''].
template <class Token>
answer_score squad_v2(const std::vector<Token>& prediction, std::vector<std::vector<Token>> golds) {
  golds.erase(std::remove_if(golds.begin(), golds.end(), [](const auto& gold) { return gold.empty(); }),
              golds.end());
  if (golds.empty()) golds.emplace_back();
  answer_score best;
  for (const auto& gold : golds) {
    best.exact = std::max(best.exact, prediction == gold ? 1.0 : 0.0);
    const bool either_empty = prediction.empty() || gold.empty();
    best.f1 = std::max(best.f1, either_empty ? (prediction == gold ? 1.0 : 0.0) : squad_f1(prediction, gold));
  }
  return best;
}

}  // namespace reference
