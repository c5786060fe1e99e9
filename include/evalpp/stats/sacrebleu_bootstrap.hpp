// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/detail/noinline.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/detail/exact_mean.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/numpy_generator.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// How sacreBLEU resamples; the defaults are its own.
struct sacrebleu_options {
  std::uint64_t seed = 12345;
  std::size_t replicates = 1000;
};

/// What sacreBLEU prints behind a score as `(mu = 41.1 +- 2.2)`: the mean of the replicates, which is not the
/// score, and half the distance between two of them, which is not symmetric around either. NaN without rows
/// or replicates, and where one of them is no number.
struct sacrebleu_estimate {
  double mean = detail::nan;
  double half_width = detail::nan;
};

namespace detail {

// Not inlined, so that -ffast-math cannot add up two rows before it adds them to the sum.
template <class T>
EVALPP_NOINLINE void add_in_turn(T* sum, const T* row, std::size_t lanes) noexcept {
  for (std::size_t k = 0; k < lanes; ++k) {
    if constexpr (std::is_same_v<T, std::int64_t>)
      sum[k] = evalpp::detail::wrapping_sum(sum[k], row[k]);
    else
      sum[k] += row[k];
  }
}

// The rows of one system, in the precision in which sacreBLEU adds them up; in integers for a metric that it
// does not have. `lanes` of each unit from `offset` on are the system's.
class sacrebleu_rows {
 public:
  sacrebleu_rows(const any_scorer& metric, const resampling_rows& units, std::size_t offset,
                 std::size_t lanes)
      : metric_(metric), units_(units), offset_(offset), exact_(lanes), single_(metric.single_lanes()) {
    singles_.resize(units.size() * single_.size());
    for (std::size_t i = 0; !single_.empty() && i < units.size(); ++i)
      metric.single_row(row(i), singles_.data() + i * single_.size());
  }

  std::span<const std::int64_t> row(std::size_t i) const noexcept {
    return units_.row(i).subspan(offset_, exact_.size());
  }
  /// The value of these statistics, exactly as it is reported.
  double exact_value(std::span<const std::int64_t> lanes) const { return metric_.value(lanes, units_.names); }
  double exact_value() const {
    return exact_value(std::span<const std::int64_t>(units_.total()).subspan(offset_, exact_.size()));
  }
  /// The value of the sum of these rows, added in this order.
  double value(std::span<const std::uint32_t> drawn) {
    if (single_.empty()) {
      std::fill(exact_.begin(), exact_.end(), 0);
      for (const std::uint32_t i : drawn) add_in_turn(exact_.data(), row(i).data(), exact_.size());
      return exact_value(exact_);
    }
    std::fill(single_.begin(), single_.end(), 0.0f);
    for (const std::uint32_t i : drawn)
      add_in_turn(single_.data(), singles_.data() + i * single_.size(), single_.size());
    return metric_.single_value(single_);
  }

 private:
  const any_scorer& metric_;
  const resampling_rows& units_;
  std::size_t offset_;
  std::vector<std::int64_t> exact_;
  std::vector<float> single_;
  std::vector<float> singles_;
};

// Draws n of n rows.
inline void draw_all(numpy_generator& from, std::vector<std::uint32_t>& drawn) {
  const auto n = static_cast<std::uint32_t>(drawn.size());
  for (std::uint32_t& i : drawn) i = from.below(n);
}

// From the replicates: their mean, by a rule of its own, and the distance between the ends when 1/40 of the
// sorted ones is cut off either.
template <class Mean>
sacrebleu_estimate sacrebleu_estimate_of(std::vector<double> scores, const Mean& mean) {
  if (scores.empty() || !std::all_of(scores.begin(), scores.end(), is_finite)) return {};
  std::sort(scores.begin(), scores.end());
  const std::size_t off = scores.size() / 40;
  const strict distance = strict(scores[scores.size() - off - 1]) - scores[off];
  return {mean(scores), (0.5 * distance).value()};
}

}  // namespace detail

/// sacreBLEU's `corpus_score(..., n_bootstrap=replicates)`, for BLEU, chrF and TER bit for bit: its stream
/// (NumPy's default generator), rows added in single precision in the order drawn, the rounding of NumPy 1,
/// and its rule for the ends, which for 1000 replicates are the 26th from below and above. For checking what
/// others have published; a metric that sacreBLEU lacks goes the same way with exact sums.
///
/// Not the default, because it is a percentile interval shown as if it were symmetric, around another number
/// than the score. Simulated on BLEU, percentile intervals of nominal 95 % cover .909, .937, .943 and .951
/// for 20, 50, 100 and 500 segments; the default, the expanded BCa interval over keyed Poisson weights, .945,
/// .945, .946 and .949.
///
/// `rows` are one system's, in the order of its file: this stream knows rows by their place. Fewer than 2^32
/// of them. O(rows * lanes * replicates). sacreBLEU 2.6.0, significance.py and metrics/base.py.
inline sacrebleu_estimate sacrebleu_bootstrap(const any_scorer& metric, const resampling_rows& rows,
                                              const sacrebleu_options& options = {}) {
  if (rows.size() == 0 || options.replicates == 0) return {};
  numpy_generator stream(options.seed);
  detail::sacrebleu_rows system(metric, rows, 0, rows.lanes);
  std::vector<std::uint32_t> drawn(rows.size());
  std::vector<double> scores(options.replicates);
  for (double& score : scores) {
    detail::draw_all(stream, drawn);
    score = system.value(drawn);
  }
  return detail::sacrebleu_estimate_of(std::move(scores), detail::exact_mean);
}

}  // namespace evalpp::inline EVALPP_ABI::stats
