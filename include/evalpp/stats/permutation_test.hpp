// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/detail/items.hpp>
#include <evalpp/stats/detail/square.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <span>
#include <vector>

// Exact tests of exchangeability: every rearrangement is looked at, none is drawn, and one counts
// when it is at least as extreme as what was observed, rounding forgiven. Nothing else keeps the
// size of the test with few items: counting only what is more extreme calls chance a finding. All
// assume what their hypothesis says, and that items are independent of each other: clusters are to be
// summed first.
namespace evalpp::inline EVALPP_ABI::stats {

/// Of all rearrangements, how many are as extreme as the data.
struct permutation_counts {
  double observed = 0;             ///< the statistic of the data
  std::uint64_t at_least = 0;      ///< rearrangements with a statistic as great
  std::uint64_t at_most = 0;       ///< as small
  std::uint64_t as_far = 0;        ///< as far from zero on either side
  std::uint64_t permutations = 0;  ///< all of them, the data's own among them

  double p_greater() const noexcept { return share(at_least); }
  double p_less() const noexcept { return share(at_most); }
  double p_two_sided() const noexcept { return share(as_far); }

 private:
  double share(std::uint64_t count) const noexcept {
    return permutations == 0 ? 1.0 : (detail::real(count) / detail::real(permutations)).value();
  }
};

namespace detail {

/// How far apart sums of these values may be by rounding alone.
inline strict rounding_of_sums(std::span<const double> values) {
  strict size;
  for (const double v : values) size += abs(strict(v));
  return 64.0 * std::numeric_limits<double>::epsilon() * size;
}

/// The sums of the values with all combinations of signs, ascending.
inline std::vector<double> signed_sums(std::span<const double> values) {
  std::vector<double> sums{0.0};
  sums.reserve(std::size_t{1} << values.size());
  for (const double v : values) {
    const std::size_t half = sums.size();
    for (std::size_t i = 0; i < half; ++i) {
      sums.push_back((strict(sums[i]) - v).value());
      sums[i] = (strict(sums[i]) + v).value();
    }
  }
  std::sort(sums.begin(), sums.end());
  return sums;
}

/// The number of pairs of one of a and one of b, both ascending, whose sum is at least `bound`.
inline std::uint64_t pairs_at_least(std::span<const double> a, std::span<const double> b, strict bound) {
  std::uint64_t pairs = 0;
  std::size_t from = b.size();
  for (const double low : a) {
    while (from > 0 && strict(low) + b[from - 1] >= bound) --from;
    pairs += b.size() - from;
  }
  return pairs;
}

}  // namespace detail

/// The sign-flip test of paired differences: under the hypothesis each could as well have been of
/// the other sign. The statistic is the mean difference.
///
/// Differences of zero take no part. All 2^n flips of up to 40 others are counted, by meeting in the
/// middle: O(2^(n/2)) time and memory. Beyond, and for a difference that is NaN or infinite, empty.
/// Without a difference every p is 1. On differences of -1, 0 and 1 the two-sided p is McNemar's
/// exact. Fisher 1935; scipy's permutation_test with permutation_type="samples".
inline std::optional<permutation_counts> exact_sign_flip_test(std::span<const double> differences) {
  using detail::real, detail::strict;
  if (!detail::all_finite(differences)) return std::nullopt;
  std::vector<double> moving;
  for (const double d : differences)
    if (d != 0) moving.push_back(d);
  if (moving.size() > 40) return std::nullopt;

  const std::span<const double> values = moving;
  const auto low = detail::signed_sums(values.first(values.size() / 2));
  const auto high = detail::signed_sums(values.subspan(values.size() / 2));
  strict sum;
  for (const double d : moving) sum += d;
  if (!detail::if_finite(sum + low.back() + high.back())) return std::nullopt;
  const strict tolerance = detail::rounding_of_sums(values);
  const auto at_least = [&](strict bound) { return detail::pairs_at_least(low, high, bound - tolerance); };

  permutation_counts counts;
  counts.permutations = std::uint64_t{1} << moving.size();
  counts.at_least = at_least(sum);
  counts.at_most = at_least(-sum);  // the flips are symmetric
  counts.as_far = abs(sum) <= tolerance ? counts.permutations : 2 * at_least(abs(sum));
  if (!differences.empty()) counts.observed = (sum / real(differences.size())).value();
  return counts;
}

/// The most subsets that the exact two-sample test looks at.
inline constexpr std::uint64_t most_exact_subsets = 2'000'000;

/// The permutation test of two independent samples: under the hypothesis any of their values could
/// as well have been in the other. The statistic is the mean of x less that of y.
///
/// All C(n + m, n) ways to divide the values are counted, up to 2,000,000 of them; beyond, without an
/// item on either side, and for a value that is NaN or infinite, empty. O(C(n + m, n)) time.
/// Pitman 1937; scipy's permutation_test, R's exactRankTests.
inline std::optional<permutation_counts> exact_two_sample_test(std::span<const double> x,
                                                               std::span<const double> y) {
  using detail::real, detail::strict;
  if (x.empty() || y.empty() || !detail::all_finite(x) || !detail::all_finite(y)) return std::nullopt;
  const std::size_t all = x.size() + y.size();
  const std::size_t chosen = (std::min)(x.size(), y.size());
  permutation_counts counts;
  counts.permutations = 1;
  for (std::size_t k = 1; k <= chosen; ++k) {
    if (counts.permutations > (std::numeric_limits<std::uint64_t>::max)() / (all - chosen + k))
      return std::nullopt;
    counts.permutations = counts.permutations * (all - chosen + k) / k;
    if (counts.permutations > most_exact_subsets) return std::nullopt;
  }

  // Sums of the smaller sample, about the mean of all: the difference of the means is a multiple.
  const bool x_is_chosen = x.size() <= y.size();
  std::vector<double> values;
  values.reserve(all);
  for (const double v : x_is_chosen ? x : y) values.push_back(v);
  for (const double v : x_is_chosen ? y : x) values.push_back(v);
  const strict tolerance = detail::rounding_of_sums(values);
  strict mean;
  for (const double v : values) mean += v / real(all);
  std::vector<strict> centred;
  for (const double v : values) centred.push_back(v - mean);
  strict observed;
  for (std::size_t i = 0; i < chosen; ++i) observed += centred[i];
  if (!detail::if_finite(tolerance) || !detail::if_finite(observed)) return std::nullopt;

  std::vector<std::size_t> subset(chosen);
  std::iota(subset.begin(), subset.end(), std::size_t{0});
  std::vector<strict> sum(chosen + 1);  // of the first k of the subset
  std::uint64_t great = 0, small_sums = 0;
  for (std::size_t changed = 0;;) {
    for (std::size_t k = changed; k < chosen; ++k) sum[k + 1] = sum[k] + centred[subset[k]];
    const strict here = sum[chosen];
    if (here >= observed - tolerance) ++great;
    if (here <= observed + tolerance) ++small_sums;
    if (abs(here) >= abs(observed) - tolerance) ++counts.as_far;
    // The next subset in lexicographic order.
    changed = chosen;
    while (changed > 0 && subset[changed - 1] == all - chosen + changed - 1) --changed;
    if (changed == 0) break;
    --changed;
    ++subset[changed];
    for (std::size_t k = changed + 1; k < chosen; ++k) subset[k] = subset[k - 1] + 1;
  }
  const auto mean_of = [](std::span<const double> sample) {
    strict total;
    for (const double v : sample) total += v;
    return total / real(sample.size());
  };
  counts.observed = (mean_of(x) - mean_of(y)).value();
  counts.at_least = x_is_chosen ? great : small_sums;
  counts.at_most = x_is_chosen ? small_sums : great;
  return counts;
}

/// The randomization test of two systems by a score of sums: under the hypothesis the systems' rows
/// of each example could as well be exchanged. The statistic is score(first) - score(second).
///
/// `first` and `second` hold `lanes` numbers per example, example after example (other shapes raise);
/// `score` turns the sums of the lanes, a `std::span<const std::int64_t>`, into a double, of which
/// differences up to `tolerance` are rounding. Examples whose rows are equal take no part. All 2^n
/// exchanges of up to 20 others are scored; beyond, empty. O(2^n (lanes + score)).
/// Noreen 1989, Riezler and Maxwell 2005.
template <class Score>
std::optional<permutation_counts> exact_randomization_test(std::span<const std::int64_t> first,
                                                           std::span<const std::int64_t> second,
                                                           std::size_t lanes, const Score& score,
                                                           double tolerance = 1e-12) {
  using detail::strict;
  using evalpp::detail::wrapping_product;
  using evalpp::detail::wrapping_sum;
  if (first.size() != second.size() || (lanes == 0 ? !first.empty() : first.size() % lanes != 0))
    evalpp::detail::raise_invalid("both systems have one row of lanes per example");
  std::vector<std::int64_t> a(lanes), b(lanes);
  std::vector<std::int64_t> gaps;  // second - first, of the examples where they differ
  for (std::size_t at = 0; at < first.size(); at += lanes) {
    bool same = true;
    for (std::size_t k = 0; k < lanes; ++k) {
      a[k] = wrapping_sum(a[k], first[at + k]);
      b[k] = wrapping_sum(b[k], second[at + k]);
      same = same && first[at + k] == second[at + k];
    }
    if (same) continue;
    for (std::size_t k = 0; k < lanes; ++k)
      gaps.push_back(wrapping_sum(second[at + k], wrapping_product(-1, first[at + k])));
  }
  const std::size_t moving = lanes == 0 ? 0 : gaps.size() / lanes;
  if (moving > 20) return std::nullopt;

  const auto difference = [&] {
    return strict(score(std::span<const std::int64_t>(a))) - score(std::span<const std::int64_t>(b));
  };
  const strict observed = difference();
  permutation_counts counts;
  counts.observed = observed.value();
  counts.permutations = std::uint64_t{1} << moving;
  // Gray code: one example is exchanged, or exchanged back, at a time; sums of whole numbers stay exact.
  std::vector<bool> exchanged(moving);
  for (std::uint64_t i = 0; i < counts.permutations; ++i) {
    if (i != 0) {
      std::size_t example = 0;
      while ((i >> example & 1) == 0) ++example;
      const std::int64_t sign = exchanged[example] ? -1 : 1;
      exchanged[example] = !exchanged[example];
      for (std::size_t k = 0; k < lanes; ++k) {
        const std::int64_t gap = gaps[example * lanes + k];
        a[k] = wrapping_sum(a[k], wrapping_product(sign, gap));
        b[k] = wrapping_sum(b[k], wrapping_product(-sign, gap));
      }
    }
    const strict here = difference();
    if (here >= observed - tolerance) ++counts.at_least;
    if (here <= observed + tolerance) ++counts.at_most;
    if (abs(here) >= abs(observed) - tolerance) ++counts.as_far;
  }
  return counts;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
