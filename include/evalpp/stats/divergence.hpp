// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>

// How far two samples over the same bins or categories are apart, from their counts per bin. The bins
// are fixed beforehand, and equal in number (else it raises). Undefined, and then empty, when a
// sample has no item. All are 0 for equal shares and biased upwards by chance: call it drift only
// beyond what a permutation of the two samples, or `psi_null_scale`, gives, and only when large
// enough to matter.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {
struct binned_pair {
  std::span<const std::uint64_t> reference, current;
  strict smoothing;
  strict n, m;  // the numbers of items

  binned_pair(std::span<const std::uint64_t> first, std::span<const std::uint64_t> second, double added = 0)
      : reference(first), current(second), smoothing(added) {
    if (first.size() != second.size()) evalpp::detail::raise_invalid("both samples have the same bins");
    if (!detail::is_finite(added) || added < 0)
      evalpp::detail::raise_invalid("smoothing is finite and not negative");
    for (const std::uint64_t count : first) n += real(count);
    for (const std::uint64_t count : second) m += real(count);
  }
  std::size_t size() const noexcept { return reference.size(); }
  bool defined() const noexcept { return n > 0.0 && m > 0.0; }
  strict p(std::size_t i) const noexcept { return share(reference[i], n); }
  strict q(std::size_t i) const noexcept { return share(current[i], m); }

 private:
  strict share(std::uint64_t count, strict of) const noexcept {
    return (real(count) + smoothing) / (of + smoothing * real(size()));
  }
};
}  // namespace detail

/// Total variation, 0-1: the greatest difference of the shares that any set of bins has. O(bins).
inline std::optional<double> total_variation(std::span<const std::uint64_t> reference,
                                             std::span<const std::uint64_t> current) {
  const detail::binned_pair bins(reference, current);
  if (!bins.defined()) return std::nullopt;
  detail::strict sum;
  for (std::size_t i = 0; i < bins.size(); ++i) sum += abs(bins.p(i) - bins.q(i));
  return (std::min)(sum / 2.0, detail::strict(1.0)).value();
}

/// The Jensen-Shannon divergence in nats, 0 to ln 2: how much an item tells about which sample it is
/// from. Its square root is a metric. Empty bins need no smoothing; `smoothing` is added to every
/// count of both samples, and negative or infinite raises. O(bins). Lin 1991.
inline std::optional<double> jensen_shannon_divergence(std::span<const std::uint64_t> reference,
                                                       std::span<const std::uint64_t> current,
                                                       double smoothing = 0) {
  using detail::strict;
  const detail::binned_pair bins(reference, current, smoothing);
  if (!bins.defined()) return std::nullopt;
  strict sum;
  const auto part = [](strict share, strict middle) {
    return share > 0.0 ? share * log(share / middle) : strict(0.0);
  };
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const strict p = bins.p(i), q = bins.q(i), middle = (p + q) / 2.0;
    sum += part(p, middle) + part(q, middle);
  }
  return (std::max)(sum / 2.0, strict(0.0)).value();
}

/// The population stability index: the sum of (q - p) ln(q / p) over the bins, from 0.
///
/// `smoothing` is added to every count of both samples; with 0, a bin that one sample alone fills
/// makes it infinite. Negative or infinite smoothing raises. The customary limits of 0.1 and 0.25 are
/// no tests: with 10 bins of 100 items each way chance alone exceeds 0.1 four times in five. Compare
/// with `psi_null_scale` times a quantile of chi-square. O(bins).
inline std::optional<double> population_stability_index(std::span<const std::uint64_t> reference,
                                                        std::span<const std::uint64_t> current,
                                                        double smoothing = 0.5) {
  using detail::strict;
  const detail::binned_pair bins(reference, current, smoothing);
  if (!bins.defined()) return std::nullopt;
  strict sum;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const strict p = bins.p(i), q = bins.q(i);
    if (p == q) continue;
    if (p == 0.0 || q == 0.0) return std::numeric_limits<double>::infinity();
    sum += (q - p) * log(q / p);
  }
  return sum.value();
}

/// What chance does to the population stability index of two samples of one source: about this
/// scale, 1 / n + 1 / m, times a chi-square variable with (filled bins - 1) degrees of freedom.
/// The approximation needs some items in every bin. Undefined, and then empty, without an item.
inline std::optional<double> psi_null_scale(std::uint64_t reference_items, std::uint64_t current_items) {
  using detail::real, detail::strict;
  if (reference_items == 0 || current_items == 0) return std::nullopt;
  return (1.0 / real(reference_items) + 1.0 / real(current_items)).value();
}

/// Pearson's chi-square statistic of homogeneity of two samples, and its degrees of freedom.
struct chi_square_statistic {
  double value = 0;
  std::size_t degrees_of_freedom = 0;  ///< bins that hold an item, less one; 0 when there is a single one
};

/// Bins that neither sample fills are left out. O(bins). Pearson 1900; scipy's chi2_contingency
/// without correction. Its chi-square law needs expected counts of about 5.
inline std::optional<chi_square_statistic> chi_square_homogeneity(std::span<const std::uint64_t> reference,
                                                                  std::span<const std::uint64_t> current) {
  using detail::real, detail::strict;
  const detail::binned_pair bins(reference, current);
  if (!bins.defined()) return std::nullopt;
  const strict all = bins.n + bins.m;
  chi_square_statistic statistic;
  strict sum;
  std::size_t filled = 0;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const strict both = real(reference[i]) + real(current[i]);
    if (both == 0.0) continue;
    ++filled;
    const strict p = both / all;
    sum += square(real(reference[i]) - bins.n * p) / (bins.n * p);
    sum += square(real(current[i]) - bins.m * p) / (bins.m * p);
  }
  statistic.value = sum.value();
  statistic.degrees_of_freedom = filled - 1;
  return statistic;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
