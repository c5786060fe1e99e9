// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/mean_interval.hpp>
#include <evalpp/stats/moments.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// The sums of the values of each cluster, in ascending order of the ids; values are added in the order
/// given. O(n log n). Values beyond the shorter of the two spans are left out.
inline std::vector<double> cluster_sums(std::span<const double> x, std::span<const std::uint64_t> cluster) {
  const std::size_t n = (std::min)(x.size(), cluster.size());
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return cluster[i] != cluster[j] ? cluster[i] < cluster[j] : i < j;
  });
  std::vector<double> sums;
  for (std::size_t at = 0; at < n; ++at) {
    if (at == 0 || cluster[order[at]] != cluster[order[at - 1]]) sums.push_back(0);
    sums.back() = detail::keep(sums.back() + x[order[at]]);
  }
  return sums;
}

/// A mean over examples that come in clusters, with its standard errors.
struct clustered_mean {
  std::size_t n = 0;
  std::size_t clusters = 0;
  double mean = detail::nan;
  double se_cr0 = detail::nan;         ///< sandwich without correction (Miller 2024)
  double se_cr1 = detail::nan;         ///< times sqrt(G / (G - 1)): the one to use
  double se_iid = detail::nan;         ///< as if the examples were independent
  double design_effect = detail::nan;  ///< se_cr1^2 / se_iid^2; NaN when nothing varies

  /// mean -+ t se_cr1 with G - 1 degrees of freedom. Fewer than 2 clusters: undefined (the error cannot be
  /// known); fewer than 5: too_few, with endpoints; fewer than 10: caution; an error of 0: degenerate.
  interval bounds(double level = 0.95) const noexcept {
    if (clusters < 2) return no_interval(level, interval_status::undefined);
    const interval out = t_interval(mean, se_cr1, static_cast<double>(clusters - 1), level);
    const interval_status doubt = clusters < 5    ? interval_status::too_few
                                  : clusters < 10 ? interval_status::caution
                                                  : interval_status::ok;
    if (out.status == interval_status::degenerate) return out;
    return {.lo = out.lo, .hi = out.hi, .level = level, .status = worse(out.status, doubt)};
  }
};

/// Example i belongs to the cluster with the id `cluster[i]`: with G clusters and e_c the sum of x_i - mean
/// over cluster c, CR0 is sqrt(sum of e_c^2) / n. Spans of different lengths, NaN or infinity: all NaN.
/// Assumes that clusters are independent and many. O(n log n). K.-Y. Liang and S. L. Zeger 1986; CR1 is what
/// statsmodels and inspect_ai give.
inline clustered_mean clustered_mean_of(std::span<const double> x, std::span<const std::uint64_t> cluster) {
  using detail::strict;
  clustered_mean out;
  out.n = x.size();
  if (x.empty() || x.size() != cluster.size()) return out;
  const moments m = moments_of(x);
  if (detail::is_nan(m.mean)) return out;
  std::vector<double> off(x.size());
  std::transform(x.begin(), x.end(), off.begin(), [&](double v) { return (strict(v) - m.mean).value(); });
  const std::vector<double> sums = cluster_sums(off, cluster);
  out.mean = m.mean;
  out.se_iid = m.se;
  out.clusters = sums.size();
  if (sums.size() < 2) return out;
  strict squares = 0;
  for (const double e : sums) squares += strict(e) * e;
  const strict groups = detail::real(sums.size());
  const strict cr0 = sqrt(squares) / detail::real(x.size());
  out.se_cr0 = cr0.value();
  out.se_cr1 = (cr0 * sqrt(groups / (groups - 1))).value();
  if (m.se > 0) {
    const strict ratio = strict(out.se_cr1) / out.se_iid;
    out.design_effect = (ratio * ratio).value();
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
