// SPDX-License-Identifier: MIT
#pragma once

// Hall's transformed t for a mean, found the other way round: no inverse in closed form, but the polynomial
// g(x) = x + a x^2 + a^2 x^3 / 3 + b that is nearly pivotal, solved for the mean by bisection.

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace reference {

inline std::pair<double, double> hall_interval(const std::vector<double>& sample, double t) {
  const std::vector<long double> x(sample.begin(), sample.end());
  const long double n = static_cast<long double>(x.size());
  long double mean = 0;
  for (const long double v : x) mean += v / n;
  long double m2 = 0, m3 = 0;
  for (const long double v : x) {
    m2 += (v - mean) * (v - mean) / n;
    m3 += (v - mean) * (v - mean) * (v - mean) / n;
  }
  const long double skew = m3 / (m2 * std::sqrt(m2));
  const long double se = std::sqrt(m2 / (n - 1));
  const long double root = std::sqrt(n);
  // The studentized mean T = (mean - mu) / se as a function of mu, transformed.
  const auto transformed = [&](long double mu) {
    const long double s = (mean - mu) / se;
    return s + skew * s * s / (3 * root) + skew * skew * s * s * s / (27 * n) + skew / (6 * root);
  };
  const auto solve = [&](long double target) {
    long double low = mean - 1e4L * se * root, high = mean + 1e4L * se * root;
    for (int i = 0; i < 300; ++i) {
      const long double middle = (low + high) / 2;
      (transformed(middle) > target ? low : high) = middle;
    }
    return static_cast<double>(low);
  };
  const auto wide = static_cast<long double>(t);
  return {solve(wide), solve(-wide)};
}

}  // namespace reference
