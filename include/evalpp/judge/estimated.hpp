// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/stats/clustered_mean.hpp>
#include <evalpp/stats/proportion.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// A number with its interval.
struct estimated {
  double value = 0;
  interval ci = {};
  std::string_view method = {};  ///< of the interval; empty when none was asked for
};

/// How many replicates the intervals of agreement and bias take by default: they are many, and of functions
/// that are no sums.
inline constexpr std::size_t bias_replicates = 2048;

/// How many of how many; no value without any.
struct counted_share {
  std::uint64_t count = 0;
  std::uint64_t of = 0;
  estimated share = {};  ///< 0-1; NaN when `of` is 0
};

/// The share of hits among trials of which those with equal `cluster` are not independent: Wilson's interval,
/// with n / design effect and Student's t where a cluster has several. `hits` holds 1 or 0 for each.
/// O(n log n).
inline counted_share share_of(std::span<const double> hits, std::span<const std::uint64_t> cluster,
                              double level) {
  const auto n = static_cast<std::int64_t>(hits.size());
  const auto k = static_cast<std::int64_t>(std::count(hits.begin(), hits.end(), 1.0));
  counted_share out{static_cast<std::uint64_t>(k), hits.size(), {}};
  const stats::clustered_mean found = stats::clustered_mean_of(hits, cluster);
  out.share.value = n == 0 ? std::numeric_limits<double>::quiet_NaN() : evalpp::detail::ratio(k, n);
  out.share.method = "wilson";
  if (n == 0 || found.clusters == hits.size()) {
    out.share.ci = stats::wilson_interval(k, n, level);
    return out;
  }
  const double effect = k == 0 || k == n ? 1.0 : found.design_effect;  // where nothing varies it is no number
  out.share.ci =
      stats::clustered_wilson_interval(k, n, effect, static_cast<std::int64_t>(found.clusters), level);
  return out;
}

/// The same of independent trials. O(1).
inline counted_share share_of(std::uint64_t count, std::uint64_t of, double level) {
  const auto k = static_cast<std::int64_t>(count), n = static_cast<std::int64_t>(of);
  const double value = n == 0 ? std::numeric_limits<double>::quiet_NaN() : evalpp::detail::ratio(k, n);
  return {count, of, {value, stats::wilson_interval(k, n, level), "wilson"}};
}

}  // namespace evalpp::inline EVALPP_ABI::judge
