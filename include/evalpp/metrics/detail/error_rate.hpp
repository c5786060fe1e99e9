// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/detail/levenshtein.hpp>

#include <cstdint>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// An error rate with the counts and the kindred rates of jiwer.
struct error_rate_score {
  double value = 0;  ///< edits per reference token; can exceed 1
  std::int64_t hits = 0;
  std::int64_t substitutions = 0;
  std::int64_t insertions = 0;
  std::int64_t deletions = 0;
  double mer = 0;  ///< match error rate: edits per hit or edit, 0-1
  double wil = 0;  ///< word information lost, 1 - wip
  double wip = 1;  ///< word information preserved: the product of the shares of both sides that are hits

  std::vector<part> parts() const {
    return {{"hits", hits},
            {"substitutions", substitutions},
            {"insertions", insertions},
            {"deletions", deletions},
            {"mer", mer},
            {"wil", wil},
            {"wip", wip}};
  }
};

namespace detail {

/// jiwer 4's rates of summed counts. Without a reference token the error rate is the number of
/// insertions itself, and two empty sides are a perfect match.
inline error_rate_score error_rates(const edit_counts& c) {
  error_rate_score s{0, c.hits, c.substitutions, c.insertions, c.deletions, 0, 0, 1};
  const std::int64_t edits = c.substitutions + c.insertions + c.deletions;
  const std::int64_t reference = c.hits + c.substitutions + c.deletions;
  const std::int64_t hypothesis = c.hits + c.substitutions + c.insertions;
  s.value = reference > 0 ? ratio(edits, reference) : static_cast<double>(edits);
  s.mer = edits > 0 ? ratio(edits, c.hits + edits) : 0.0;
  if (reference > 0 && hypothesis > 0) {
    s.wip = keep(ratio(c.hits, reference) * ratio(c.hits, hypothesis));
  } else {
    s.wip = reference == hypothesis ? 1.0 : 0.0;
  }
  s.wil = keep(1.0 - s.wip);
  return s;
}

inline ratio_of_sums edits_per_token(const edit_counts& c) noexcept {
  return {static_cast<double>(c.substitutions + c.insertions + c.deletions),
          static_cast<double>(c.hits + c.substitutions + c.deletions)};
}

/// The edits against the first reference; nothing when there is none.
inline edit_counts first_reference_edits(const token_ids& hypothesis, const token_references& references,
                                         levenshtein& engine) {
  if (references.empty()) return {};
  return engine.split(hypothesis.ids, references[0], references.vocabulary());
}

}  // namespace detail
}  // namespace evalpp::inline EVALPP_ABI
