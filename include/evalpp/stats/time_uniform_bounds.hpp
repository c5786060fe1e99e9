// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/beta.hpp>
#include <evalpp/stats/detail/root.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/gamma.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/proportion.hpp>

#include <algorithm>
#include <cstdint>

// Bounds that hold at every time at once: a sum S of centred observations with variance process V stays below
// bound(V) for all time with probability at least 1 - alpha, so that one may look as often as one likes.
// S. R. Howard, A. Ramdas, J. McAuliffe, J. Sekhon, Time-uniform, nonparametric, nonasymptotic confidence
// sequences, 2021; the bounds are those of the authors' package confseq.
//
// `v` is the variance process now, `v_opt` the one at which the bound is to be tightest. Variances must be
// above 0 (v may be 0), alpha inside 0..1, else NaN.
namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

inline bool is_mixture(double v, double alpha, double v_opt) noexcept {
  return is_finite(v) && v >= 0 && is_level(alpha) && is_finite(v_opt) && v_opt > 0;
}

/// The scale of the mixture that is tightest at v_opt, two-sided.
inline strict mixture_scale(strict v_opt, strict alpha) noexcept {
  const strict twice = log(alpha) * -2;
  return v_opt / (twice + log1p(twice));
}

/// The least s with log_mixture(s) >= log(1 / alpha), for a function that grows with s from 0 on.
template <class F>
double mixture_bound(const F& log_mixture, strict alpha, strict v) {
  const strict threshold = -log(alpha);
  const auto over = [&](strict s) { return log_mixture(s) - threshold; };
  strict high = (std::max)(strict(1), v);
  for (int doubling = 0; doubling < 60 && over(high) < 0; ++doubling) high *= 2;
  return bracketed_root(over, 0, high).value();
}

/// The logarithm of the two-sided beta-binomial mixture at s, for observations in -g..h with mean 0.
inline strict log_beta_binomial(strict s, strict v, strict scale, strict g, strict h) noexcept {
  const auto log_beta = [](strict a, strict b) {
    return strict(log_gamma(a.value())) + log_gamma(b.value()) - log_gamma((a + b).value());
  };
  const strict range = g + h;
  const strict r = (std::max)(scale - g * h, g * h * 1e-3);
  const strict up = (v + h * s) / (h * range);  // of the values -g and h, how many there are as it were
  const strict down = (v - g * s) / (g * range);
  return v / (g * h) * log(range) - up * log(g) - down * log(h) +
         log_beta((r + v - g * s) / (g * range), (r + v + h * s) / (h * range)) -
         log_beta(r / (g * range), r / (h * range));
}

}  // namespace detail

/// Two-sided normal mixture for sub-Gaussian sums (values in an interval of length c: V = n c^2 / 4): |S| <=
/// bound.
inline double normal_mixture_bound(double v, double alpha, double v_opt) noexcept {
  if (!detail::is_mixture(v, alpha, v_opt)) return detail::nan;
  const detail::strict scale = detail::mixture_scale(v_opt, alpha);
  const detail::strict sum = scale + v;
  return sqrt(sum * (log(sum / scale) - log(detail::strict(alpha)) * 2)).value();
}

/// One-sided normal mixture: S <= bound.
inline double one_sided_normal_mixture_bound(double v, double alpha, double v_opt) noexcept {
  if (!detail::is_mixture(v, alpha, v_opt) || alpha >= 0.5) return detail::nan;
  using detail::strict;
  const strict scale = detail::mixture_scale(v_opt, strict(alpha) * 2);
  const strict sum = scale + v;
  return detail::mixture_bound(
      [&](strict s) {
        return log(scale * 4 / sum) * 0.5 + s * s / (sum * 2) +
               log(strict(normal_cdf((s / sqrt(sum)).value())));
      },
      alpha, v);
}

/// Gamma-exponential mixture for sub-exponential sums of scale c: S <= bound.
inline double gamma_exponential_bound(double v, double alpha, double v_opt, double c) noexcept {
  if (!detail::is_mixture(v, alpha, v_opt) || alpha >= 0.5 || !detail::is_parameter(c)) return detail::nan;
  using detail::strict;
  const strict c2 = strict(c) * c;
  const strict scale = detail::mixture_scale(v_opt, strict(alpha) * 2);
  const auto log_lower_gamma = [](strict a, strict x) {
    return log(strict(detail::gamma_probabilities(a, x).below));
  };
  const strict shape = scale / c2;
  const strict start = shape * log(shape) - log_gamma(shape.value()) - log_lower_gamma(shape, shape);
  const strict grown = (scale + v) / c2;
  return detail::mixture_bound(
      [&](strict s) {
        const strict x = grown + s / c;
        return start + log_gamma(grown.value()) + log_lower_gamma(grown, x) - grown * log(x) +
               (s * c + v) / c2;
      },
      alpha, v);
}

/// Two-sided beta-binomial mixture for sums of values in -g..h with mean 0 (V = n g h): S <= bound; for the
/// other side exchange g and h.
inline double beta_binomial_bound(double v, double alpha, double v_opt, double g, double h) noexcept {
  if (!detail::is_mixture(v, alpha, v_opt) || !detail::is_parameter(g) || !detail::is_parameter(h))
    return detail::nan;
  using detail::strict;
  const strict scale = detail::mixture_scale(v_opt, alpha);
  const strict threshold = -log(strict(alpha));
  // S cannot pass v / g, where all values are h; a bound beyond says nothing.
  const strict most = strict(v) / g;
  const auto over = [&](strict s) { return detail::log_beta_binomial(s, v, scale, g, h) - threshold; };
  if (!(over(most) > 0)) return most.value();
  return detail::bracketed_root(over, 0, most).value();
}

/// Polynomial stitching, a bound of the order of the law of the iterated logarithm: S <= bound from v_min on,
/// for sub-gamma sums of scale c (0 for sub-Gaussian ones), with exponent s > 1 and geometric spacing eta
/// > 1.
inline double stitched_bound(double v, double alpha, double v_min, double c = 0, double s = 1.4,
                             double eta = 2) noexcept {
  using detail::strict;
  if (!detail::is_mixture(v, alpha, v_min) || !(c >= 0 && s > 1 && s <= 50 && eta > 1 && eta <= 1e6) ||
      !detail::is_finite(c)) {
    return detail::nan;
  }
  const auto power = [](strict x, strict y) { return exp(y * log(x)); };
  // Riemann's zeta by Euler-Maclaurin from 20 on.
  strict zeta = 0;
  for (int k = 1; k < 20; ++k) zeta += power(k, -s);
  const strict tail = power(20, -s);
  const strict s1 = s;
  zeta += tail * 20 / (s1 - 1) + tail * 0.5 + tail * s1 / 240 - tail * s1 * (s1 + 1) * (s1 + 2) / 5'760'000 +
          tail * s1 * (s1 + 1) * (s1 + 2) * (s1 + 3) * (s1 + 4) / (30240 * 3'200'000.0);
  const strict root = sqrt(sqrt(strict(eta)));
  const strict k1 = (root + 1 / root) / sqrt(strict(2));
  const strict k2 = (root * root + 1) * 0.5;
  const strict now = (std::max)(strict(v), strict(v_min));
  const strict level =
      s1 * log(log(strict(eta) * now / v_min)) + log(zeta / (strict(alpha) * power(log(strict(eta)), s)));
  const strict linear = k2 * c * level;
  return (sqrt(k1 * k1 * now * level + linear * linear) + linear).value();
}

/// The confidence sequence for a proportion after k successes in n trials: the p that the beta-binomial
/// mixture has not rejected, tightest at n_opt trials; all intervals together cover with at least the level.
/// No trial: 0..1, too_few; counts that make no sense: undefined.
inline interval bernoulli_sequence_interval(std::int64_t k, std::int64_t n, double n_opt = 100,
                                            double level = 0.95) noexcept {
  using detail::strict;
  interval out = detail::proportion_start(k, n, level);
  if (!detail::is_finite(n_opt) || n_opt <= 0) return no_interval(level, interval_status::undefined);
  if (out.status != interval_status::ok) return out;
  const strict alpha = 1 - strict(level);
  const strict threshold = -log(alpha);
  const strict trials = detail::real(n);
  const strict hits = detail::real(k);
  const auto over = [&](strict p) {
    const strict g = p, h = 1 - p;
    const strict scale = detail::mixture_scale(g * h * n_opt, alpha);
    return detail::log_beta_binomial(hits - trials * p, trials * g * h, scale, g, h) - threshold;
  };
  const strict estimate = hits / trials;
  constexpr double edge = 1e-12;
  if (k > 0 && over(edge) > 0) {
    out.lo = detail::bracketed_root(over, edge, (std::min)(estimate, strict(1 - edge))).value();
  }
  if (k < n && over(1 - edge) > 0) {
    out.hi = detail::bracketed_root(over, (std::max)(estimate, strict(edge)), 1 - edge).value();
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
