// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>

namespace evalpp::inline EVALPP_ABI::stats {

/// What a yes-or-no judge said, and how it did where the truth is known.
struct judge_counts {
  std::uint64_t judged_positive = 0;  ///< of `judged`
  std::uint64_t judged = 0;
  std::uint64_t true_positives = 0;  ///< items that are positive and were judged so, of `known_positives`
  std::uint64_t known_positives = 0;
  std::uint64_t true_negatives = 0;  ///< of `known_negatives`
  std::uint64_t known_negatives = 0;
};

/// A share of positive items, corrected for the judge's errors.
struct rogan_gladen_estimate {
  double value = 0;           ///< clipped to 0-1
  double unclipped = 0;       ///< what the formula gives; the interval is about this one
  double standard_error = 0;  ///< of `unclipped`; 0 where every rate is 0 or 1, then no basis for an interval
  double raw = 0;             ///< the share judged positive
  double sensitivity = 0;     ///< share of positive items judged so
  double specificity = 0;     ///< share of negative items judged so
};

/// The share of positives among judged items, freed from the judge's bias:
/// (raw + specificity - 1) / (sensitivity + specificity - 1).
///
/// Undefined, and then empty, without items of one of the three kinds, and where sensitivity plus
/// specificity is at most 1.2: a judge so close to guessing tells nothing. Counts above their totals
/// raise. Assumes that the judge errs on the judged items as often as on the known ones, each set
/// drawn independently: estimate anew for another judge, prompt or version.
///
/// O(1). Rogan and Gladen 1978; standard error by the delta method.
inline std::optional<rogan_gladen_estimate> rogan_gladen(const judge_counts& counts) {
  using detail::real, detail::strict;
  if (counts.judged_positive > counts.judged || counts.true_positives > counts.known_positives ||
      counts.true_negatives > counts.known_negatives)
    evalpp::detail::raise_invalid("a count of the judge is above its total");
  if (counts.judged == 0 || counts.known_positives == 0 || counts.known_negatives == 0) return std::nullopt;
  const strict n = real(counts.judged);
  const strict positives = real(counts.known_positives), negatives = real(counts.known_negatives);
  const strict raw = real(counts.judged_positive) / n;
  const strict sensitivity = real(counts.true_positives) / positives;
  const strict specificity = real(counts.true_negatives) / negatives;
  const strict informedness = sensitivity + specificity - 1.0;
  if (informedness <= 0.2) return std::nullopt;

  const strict corrected = (raw + specificity - 1.0) / informedness;
  const auto binomial = [](strict p, strict of) { return p * (1.0 - p) / of; };
  const strict variance = binomial(raw, n) / square(informedness) +
                          square(corrected / informedness) * binomial(sensitivity, positives) +
                          square((1.0 - corrected) / informedness) * binomial(specificity, negatives);
  return rogan_gladen_estimate{(std::min)((std::max)(corrected, strict(0.0)), strict(1.0)).value(),
                               corrected.value(),
                               sqrt(variance).value(),
                               raw.value(),
                               sensitivity.value(),
                               specificity.value()};
}

}  // namespace evalpp::inline EVALPP_ABI::stats
