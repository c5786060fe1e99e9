// SPDX-License-Identifier: MIT
#pragma once

// The saddlepoint bootstrap of a ratio by bisection throughout, in long double, and the bootstrap itself by
// going through all n^n samples.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace reference {

using real = long double;

inline real normal_cdf(real x) { return std::erfc(-x / std::sqrt(real(2))) / 2; }

inline real normal_quantile(real p) {
  real low = -40, high = 40;
  for (int i = 0; i < 200; ++i) {
    const real middle = (low + high) / 2;
    (normal_cdf(middle) < p ? low : high) = middle;
  }
  return low;
}

/// Lugannani and Rice, for a ratio strictly between the least and the most a replicate can be.
inline real saddlepoint_cdf(const std::vector<double>& u, const std::vector<double>& v, real r) {
  const real n = static_cast<real>(u.size());
  std::vector<real> z;
  for (std::size_t i = 0; i < u.size(); ++i) z.push_back(real(u[i]) - r * real(v[i]));
  const auto sums = [&](real s) {
    real e = 0, ez = 0, ezz = 0;
    for (const real x : z) {
      e += std::exp(s * x);
      ez += std::exp(s * x) * x;
      ezz += std::exp(s * x) * x * x;
    }
    return std::vector<real>{e / n, ez / e, ezz / e - ez / e * (ez / e)};
  };
  real most = 0;
  for (const real x : z) most = std::max(most, std::fabs(x));
  real low = -5000 / most, high = 5000 / most;
  for (int i = 0; i < 400; ++i) {
    const real middle = (low + high) / 2;
    (sums(middle)[1] < 0 ? low : high) = middle;
  }
  const auto at = sums(low);
  const real w = (low < 0 ? -1 : 1) * std::sqrt(std::max(real(0), -2 * n * std::log(at[0])));
  const real q = low * std::sqrt(n * at[2]);
  const real density = std::exp(-w * w / 2) / std::sqrt(2 * std::acos(real(-1)));
  if (std::fabs(w) < 1e-4L) {
    real m2 = 0, m3 = 0;
    for (const real x : z) {
      m2 += x * x / n;
      m3 += x * x * x / n;
    }
    return real(0.5) + m3 / std::pow(m2, real(1.5)) / (6 * std::sqrt(2 * std::acos(real(-1)) * n));
  }
  return normal_cdf(w) + density * (1 / w - 1 / q);
}

/// BCa endpoints with z = -+wide, within (least, most).
inline std::pair<double, double> saddlepoint_interval(const std::vector<double>& u,
                                                      const std::vector<double>& v, real wide, real least,
                                                      real most) {
  real su = 0, sv = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    su += real(u[i]);
    sv += real(v[i]);
  }
  const real estimate = su / sv;
  real l2 = 0, l3 = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    const real l = real(u[i]) - estimate * real(v[i]);
    l2 += l * l;
    l3 += l * l * l;
  }
  const real a = l3 / (6 * std::pow(l2, real(1.5)));
  const real z0 = normal_quantile(saddlepoint_cdf(u, v, estimate));
  const auto end = [&](real zeta) {
    const real alpha = normal_cdf(z0 + (z0 + zeta) / (1 - a * (z0 + zeta)));
    real low = least, high = most;
    for (int i = 0; i < 60; ++i) {
      const real middle = (low + high) / 2;
      (saddlepoint_cdf(u, v, middle) < alpha ? low : high) = middle;
    }
    return static_cast<double>(low);
  };
  return {end(-wide), end(wide)};
}

/// The share of all n^n samples whose ratio is at most r, ties counted half.
inline double enumerated_cdf(const std::vector<double>& u, const std::vector<double>& v, double r) {
  const std::size_t n = u.size();
  std::vector<std::size_t> draw(n, 0);
  double count = 0, all = 0;
  for (;;) {
    double z = 0;
    for (const std::size_t i : draw) z += u[i] - r * v[i];
    count += z < -1e-12 ? 1 : z <= 1e-12 ? 0.5 : 0;
    all += 1;
    std::size_t at = 0;
    while (at < n && ++draw[at] == n) draw[at++] = 0;
    if (at == n) return count / all;
  }
}

}  // namespace reference
