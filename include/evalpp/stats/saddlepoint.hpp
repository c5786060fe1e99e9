// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/mean_interval.hpp>
#include <evalpp/stats/moments.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/student_t.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// The bootstrap of a mean or of a ratio of sums with infinitely many replicates, without drawing any: the
// saddlepoint approximation of its distribution. Deterministic, about 30 passes over the different terms.
//
// A. C. Davison and D. V. Hinkley, Saddlepoint approximations in resampling methods, 1988; the tail formula
// is that of R. Lugannani and S. Rice, 1980. Against exact replicates the endpoints are within 0.07 standard
// errors at n = 20 (lumpy data), 0.03 at 50 and 0.012 from 200 on; 10,000 drawn replicates are within 0.027.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

/// Sum of u over sum of v; an empty v is 1 throughout, the ratio then a mean.
struct ratio_sample {
  std::span<const double> u;
  std::span<const double> v;
  std::span<const double> counts = {};  ///< how many units are such; empty: one each

  std::size_t size() const noexcept { return u.size(); }
  strict weight(std::size_t i) const noexcept { return v.empty() ? strict(1) : strict(v[i]); }
  strict off(std::size_t i, strict r) const noexcept { return u[i] - r * weight(i); }
  /// What the units of kind i add to a sum.
  strict times(std::size_t i, strict one) const noexcept { return counts.empty() ? one : one * counts[i]; }
  strict units() const noexcept {
    if (counts.empty()) return real(size());
    strict all = 0;
    for (const double count : counts) all += count;
    return all;
  }
};

/// The units of a sample by kind, for passes that see equal ones once: scores are often ratios of small
/// numbers, and a million of them are a few thousand kinds. As it lies where more than a quarter differ.
class kinds_of_units {
 public:
  explicit kinds_of_units(const ratio_sample& sample) : sample_(sample) {
    const std::size_t most = sample.size() / 4;
    dictionary<std::uint64_t> of_u, of_v, kinds;
    const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
    for (std::size_t i = 0; i < sample.size(); ++i) {
      const std::uint64_t first = of_u.insert(bits(sample.u[i]));
      const std::uint64_t second = sample.v.empty() ? 0 : of_v.insert(bits(sample.v[i]));
      const std::size_t kind = kinds.insert(first << 32 | second) - 1;
      if (kind == counts_.size()) {
        if (kind == most) return;
        u_.push_back(sample.u[i]);
        if (!sample.v.empty()) v_.push_back(sample.v[i]);
        counts_.push_back(0);
      }
      counts_[kind] += 1;
    }
    sample_ = {u_, v_, counts_};
  }
  kinds_of_units(const kinds_of_units&) = delete;
  kinds_of_units& operator=(const kinds_of_units&) = delete;

  const ratio_sample& sample() const noexcept { return sample_; }

 private:
  std::vector<double> u_, v_, counts_;
  ratio_sample sample_;
};

/// The ideal bootstrap distribution of a ratio. Remembers the last tilt, from which the next one starts.
class saddlepoint {
 public:
  explicit saddlepoint(const ratio_sample& sample) noexcept : sample_(sample), n_(sample.units()) {}

  /// z with P(ratio* <= r) = Phi(z); -+40 where no replicate can be that small or that large.
  strict normal_score(strict r) noexcept {
    const std::size_t size = sample_.size();
    const strict n = n_;
    strict least = infinity, most = -infinity, squares = 0, cubes = 0;
    for (std::size_t i = 0; i < size; ++i) {
      const strict z = sample_.off(i, r);
      least = (std::min)(least, z);
      most = (std::max)(most, z);
      squares += sample_.times(i, z * z);
      cubes += sample_.times(i, z * z * z);
    }
    if (least >= 0) return -40;
    if (most <= 0) return 40;
    scale_ = sqrt(squares / n);
    const strict reach = (std::max)(most, -least);
    solve(r, least, most);
    const tilted at = tilt(r, least, most, reach);
    const strict w2 = at.log_mean * n * -2;
    const strict root = w2 > 0 ? sqrt(w2) : strict(0);
    const strict w = s_ < 0 ? -root : root;
    // Near 0 the difference 1/w - 1/q has no digits left; it is skewness / (6 sqrt(n)) there.
    const strict root_n = sqrt(n);
    const strict q = s_ / scale_ * sqrt(n * at.variance);
    const strict lean =
        root < root_n * 6e-6 ? cubes / n / (scale_ * scale_ * scale_) / (root_n * 6) : 1 / w - 1 / q;
    const strict correction = normal_density(w) * lean;
    const strict tail = w > 0 ? normal_upper_tail(w) - correction : normal_upper_tail(-w) + correction;
    if (!(tail > 0 && tail < 1)) return w;
    const strict z = normal_quantile(tail.value());
    return w > 0 ? -z : z;
  }

 private:
  struct tilted {
    strict log_mean;  ///< K(s) = log of the mean of e^(s z)
    strict mean;      ///< K'(s)
    strict variance;  ///< K''(s)
  };

  /// K and its derivatives at s_ / scale_, z = u - r v.
  tilted tilt(strict r, strict least, strict most, strict reach) const noexcept {
    const strict n = n_;
    const strict s = s_ / scale_;
    // With small exponents through expm1, so that K, of the order of s^2, keeps its digits.
    const bool small_exponents = abs(s) * reach < 1;
    const strict shift = small_exponents ? strict(0) : s * (s > 0 ? most : least);
    strict sum = 0, first = 0, second = 0;
    for (std::size_t i = 0; i < sample_.size(); ++i) {
      const strict z = sample_.off(i, r);
      const strict more = small_exponents ? expm1(s * z) : exp(s * z - shift);
      const strict e = small_exponents ? more + 1 : more;
      sum += sample_.times(i, more);
      first += sample_.times(i, e * z);
      second += sample_.times(i, e * z * z);
    }
    const strict total = small_exponents ? sum + n : sum;
    const strict mean = first / total;
    return {small_exponents ? log1p(sum / n) : log(sum / n) + shift, mean, second / total - mean * mean};
  }

  /// Sets s_ to where K' is 0: Newton's iteration within the bracket of what has been seen.
  void solve(strict r, strict least, strict most) noexcept {
    const strict reach = (std::max)(most, -least);
    strict low = -1e300, high = 1e300;
    for (int step = 0; step < 200; ++step) {
      const tilted at = tilt(r, least, most, reach);
      if (abs(at.mean) <= scale_ * 1e-15) return;
      (at.mean > 0 ? high : low) = s_;
      strict next = s_ - at.mean * scale_ / (std::max)(at.variance, scale_ * scale_ * 1e-12);
      const strict limit = abs(s_) * 2 + 4;  // no step may leave the region where the tilt means something
      next = (std::min)((std::max)(next, s_ - limit), s_ + limit);
      if (next <= low || next >= high) next = (low + high) * 0.5;
      if (abs(next - s_) <= (abs(s_) + 1e-9) * 1e-13) {
        s_ = next;
        return;
      }
      s_ = next;
    }
  }

  ratio_sample sample_;
  strict n_;
  strict scale_ = 1;
  strict s_ = 0;  ///< the tilt, in units of 1 / scale_
};

/// The r whose normal score is `target`: the secant method from the normal approximation, within its bracket.
inline strict ratio_at_score(saddlepoint& distribution, strict target, strict estimate, strict se) noexcept {
  strict low = -infinity, high = infinity;
  strict before = estimate, score_before = distribution.normal_score(estimate);
  strict r = estimate + se * (target - score_before);
  for (int step = 0; step < 100; ++step) {
    const strict score = distribution.normal_score(r);
    if (abs(score - target) < 1e-12) break;
    (score > target ? high : low) = r;
    const strict slope = (score - score_before) / (r - before);
    strict next = r + (target - score) * (slope > 0.01 / se && abs(score) < 39 ? 1 / slope : se);
    next = (std::min)((std::max)(next, r - se * 4), r + se * 4);
    if (next <= low || next >= high) next = (low + high) * 0.5;
    before = r;
    score_before = score;
    if (abs(next - r) <= se * 1e-13) break;
    r = next;
  }
  return r;
}

/// BCa with expanded tails.
inline interval saddlepoint_bounds(const ratio_sample& sample, double level) {
  const std::size_t size = sample.size();
  if (!is_level(level) || size == 0 || (!sample.v.empty() && sample.v.size() != size)) {
    return no_interval(level, interval_status::undefined);
  }
  strict sum_u = 0, sum_v = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const strict v = sample.weight(i);
    if (!is_finite(sample.u[i]) || !is_finite(v.value()) || v < 0)
      return no_interval(level, interval_status::undefined);
    sum_u += sample.u[i];
    sum_v += v;
  }
  if (!(sum_v > 0)) return no_interval(level, interval_status::undefined);
  const strict n = real(size);
  const strict estimate = sample.v.empty() ? strict(moments_of(sample.u).mean) : sum_u / sum_v;
  if (!is_finite(estimate.value())) return no_interval(level, interval_status::undefined);

  std::vector<double> influence(size);
  strict squares = 0, cubes = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const strict l = sample.off(i, estimate) * n / sum_v;
    influence[i] = l.value();
    squares += l * l;
    cubes += l * l * l;
  }
  interval out{.lo = estimate.value(), .hi = estimate.value(), .level = level};
  const moments m = moments_of(influence);
  out.status = mean_doubt(m);
  if (out.status >= interval_status::too_few) return no_interval(level, out.status);
  // What rounding leaves of influences that are all 0.
  if (squares <= n * estimate * estimate * 1e-30) out.status = interval_status::degenerate;
  if (out.status == interval_status::degenerate) return out;

  const kinds_of_units kinds(sample);
  saddlepoint distribution(kinds.sample());
  const strict se = sqrt(squares / (n * (n - 1)));
  const strict z0 = distribution.normal_score(estimate);
  const strict a = cubes / (squares * sqrt(squares) * 6);
  const strict wide = sqrt(n / (n - 1)) * student_t_two_sided(level, static_cast<double>(size - 1));
  const auto end = [&](strict zeta, strict beyond) {
    const strict z = z0 + zeta;
    const strict denominator = 1 - a * z;
    const strict target = denominator > 0 ? z0 + z / denominator : beyond;
    if (abs(target) >= 37) out.status = worse(out.status, interval_status::caution);
    return ratio_at_score(distribution, (std::min)((std::max)(target, strict(-37)), strict(37)), estimate, se)
        .value();
  };
  out.lo = end(-wide, -37);
  out.hi = end(wide, 37);
  return out;
}

}  // namespace detail

/// P(ratio* <= r) under the ideal bootstrap of sum u / sum v, for v >= 0 of the same length (empty for a
/// mean). 0 and 1 outside of what a replicate can be, rough within a few percent of those limits. NaN for no
/// data, NaN among them, or lengths that differ.
inline double bootstrap_ratio_cdf(std::span<const double> u, std::span<const double> v, double r) noexcept {
  if (u.empty() || (!v.empty() && v.size() != u.size()) || !detail::is_finite(r)) return detail::nan;
  for (const double x : u) {
    if (!detail::is_finite(x)) return detail::nan;
  }
  for (const double x : v) {
    if (!detail::is_finite(x) || x < 0) return detail::nan;
  }
  return normal_cdf(detail::saddlepoint({u, v}).normal_score(r).value());
}

/// BCa with expanded tails for the mean of x, at infinitely many replicates: the default for scores that are
/// no 0/1 and are averaged. Assumes independent values. No value, NaN or infinity: undefined; one value:
/// too_few; all equal: degenerate; caution as for `mean_interval`. Rows of clusters are summed first
/// (`cluster_sums`), then it is a ratio.
inline interval saddlepoint_mean_interval(std::span<const double> x, double level = 0.95) {
  return detail::saddlepoint_bounds({x, {}}, level);
}

/// The same for sum u / sum v (micro-F1, word error rate, a mean over clusters). v must not be negative, nor
/// 0 throughout: undefined. Examples with v = 0 count with their u.
inline interval saddlepoint_ratio_interval(std::span<const double> u, std::span<const double> v,
                                           double level = 0.95) {
  if (v.empty()) return no_interval(level, interval_status::undefined);
  return detail::saddlepoint_bounds({u, v}, level);
}

}  // namespace evalpp::inline EVALPP_ABI::stats
