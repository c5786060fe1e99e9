// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// One number as a report shows it: with its scale, its direction, how it was computed and what it
/// was computed from. Knows no metric.
struct reported_score {
  std::string name;
  std::string signature;       ///< the metric's options; equal signatures may be compared
  std::string data_signature;  ///< what the data adds (`nrefs:1`), no part of equality
  scale unit = scale::fraction;
  bool higher_is_better = true;
  double value = 0;
  std::vector<part> parts;
  std::optional<interval> ci;              ///< its confidence interval, when one was asked for
  std::string_view ci_method;              ///< how that was made; a literal
  std::size_t ci_replicates = 0;           ///< drawn for it; 0 when nothing was resampled
  std::uint64_t ci_seed = 0;               ///< of these
  std::vector<std::string_view> ci_notes;  ///< why it is doubtful, or none can be given; literals

  std::size_t n = 0;          ///< examples measured
  std::size_t n_empty = 0;    ///< of these, with an empty hypothesis
  std::size_t n_missing = 0;  ///< examples not measured: no prediction or no reference

  /// `nrefs:1|case:mixed|eff:no|tok:13a|smooth:exp`
  std::string full_signature() const {
    return data_signature.empty() || signature.empty() ? data_signature + signature
                                                       : data_signature + '|' + signature;
  }
};

/// The score of these statistics, as a report shows it (without the counts of examples).
template <scalar_metric M>
reported_score reported(const M& m, const typename M::statistics& statistics) {
  reported_score out;
  out.name = m.name();
  out.signature = m.signature();
  if constexpr (requires { m.data_signature(statistics); }) out.data_signature = m.data_signature(statistics);
  out.unit = M::unit;
  out.higher_is_better = M::higher_is_better;
  const auto score = m.score(statistics);
  out.value = score.value;
  if constexpr (requires { score.parts(); }) out.parts = score.parts();
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI
