// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// Precision, recall and F over classes, in scikit-learn 1.2's order of operations: what
// classification, multi-label classification and span F1 have in common.
namespace evalpp::inline EVALPP_ABI::detail {

/// What precision and recall of one class are made of.
struct class_counts {
  std::int64_t both = 0;       ///< true positives
  std::int64_t predicted = 0;  ///< times it was predicted
  std::int64_t actual = 0;     ///< times it was true, its support
};

struct precision_recall {
  double precision = 0;
  double recall = 0;
  double f = 0;
};

/// What a quotient without a denominator counts as, and the weight of recall in F.
struct precision_recall_rules {
  double zero_division = 0;
  double beta = 1;
};

inline precision_recall precision_recall_of(const class_counts& c, precision_recall_rules rules) noexcept {
  precision_recall r;
  r.precision = c.predicted == 0 ? rules.zero_division : ratio(c.both, c.predicted);
  r.recall = c.actual == 0 ? rules.zero_division : ratio(c.both, c.actual);
  const double beta2 = keep(rules.beta * rules.beta);
  double denominator = keep(keep(beta2 * r.precision) + r.recall);
  if (denominator == 0) denominator = 1;
  r.f = keep(keep(keep(keep(1 + beta2) * r.precision) * r.recall) / denominator);
  return r;
}

/// The sum of `term(first) .. term(last - 1)` as NumPy adds: in eight interleaved lanes, and halves
/// of more than 128 terms apart, so that the last bit agrees with a NumPy mean.
template <class Term>
double pairwise_sum(std::size_t first, std::size_t last, const Term& term) {
  const std::size_t n = last - first;
  if (n > 128) {
    const std::size_t half = first + (n / 2) / 8 * 8;
    return keep(pairwise_sum(first, half, term) + pairwise_sum(half, last, term));
  }
  double sum = 0;
  std::size_t at = first;
  if (n >= 8) {
    double lane[8];
    for (double& l : lane) l = term(at++);
    for (; at + 8 <= last;)
      for (double& l : lane) l = keep(l + term(at++));
    sum = keep(keep(keep(lane[0] + lane[1]) + keep(lane[2] + lane[3])) +
               keep(keep(lane[4] + lane[5]) + keep(lane[6] + lane[7])));
  }
  for (; at < last; ++at) sum = keep(sum + term(at));
  return sum;
}

/// The three ways to average over classes. When there is no class, each is what counts of 0 give.
struct averaged_precision_recall {
  precision_recall macro;     ///< the plain mean over the classes
  precision_recall micro;     ///< of the counts added up
  precision_recall weighted;  ///< the mean weighted by how often each class is true
};

/// `each[k]` must be `precision_recall_of(counts[k], rules)`.
inline averaged_precision_recall averages_of(std::span<const class_counts> counts,
                                             std::span<const precision_recall> each,
                                             precision_recall_rules rules) {
  averaged_precision_recall result;
  const std::size_t n = counts.size();
  if (n == 0) {
    const precision_recall none = precision_recall_of({}, rules);
    return {none, none, none};
  }

  class_counts sum;
  for (const class_counts& c : counts) {
    sum.both += c.both;
    sum.predicted += c.predicted;
    sum.actual += c.actual;
  }
  result.micro = precision_recall_of(sum, rules);

  for (const auto member : {&precision_recall::precision, &precision_recall::recall, &precision_recall::f}) {
    const double plain = pairwise_sum(0, n, [&](std::size_t k) { return each[k].*member; });
    result.macro.*member = keep(plain / keep(static_cast<double>(n)));
    if (sum.actual == 0) continue;
    const double weighted = pairwise_sum(
        0, n, [&](std::size_t k) { return keep(each[k].*member * static_cast<double>(counts[k].actual)); });
    result.weighted.*member = keep(weighted / keep(static_cast<double>(sum.actual)));
  }
  if (sum.actual == 0) {
    // Nothing is true: scikit-learn's special case.
    result.weighted.recall = rules.zero_division;
    if (sum.predicted == 0) result.weighted.precision = result.weighted.f = rules.zero_division;
  }
  return result;
}

}  // namespace evalpp::inline EVALPP_ABI::detail
