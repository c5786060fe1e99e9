// SPDX-License-Identifier: MIT
#pragma once

// DerSimonian and Laird's estimate and the shrunk values, straight from the formulas, in long double. The
// oracle of stats/shrinkage.hpp; all errors must be finite and above 0.

#include <algorithm>
#include <cstddef>
#include <vector>

namespace reference {

struct random_effects {
  long double q = 0, tau_squared = 0, mean = 0;
  std::vector<long double> weights, shrunk;
};

inline random_effects shrink(const std::vector<double>& estimates, const std::vector<double>& errors) {
  const std::size_t k = estimates.size();
  const std::vector<long double> y(estimates.begin(), estimates.end());
  std::vector<long double> v(errors.begin(), errors.end());
  for (long double& error : v) error *= error;
  long double w = 0, w2 = 0, wy = 0;
  for (std::size_t i = 0; i < k; ++i) w += 1 / v[i], w2 += 1 / (v[i] * v[i]), wy += y[i] / v[i];
  random_effects out;
  for (std::size_t i = 0; i < k; ++i) out.q += (y[i] - wy / w) * (y[i] - wy / w) / v[i];
  const long double df = static_cast<long double>(k) - 1;
  out.tau_squared = k < 2 ? 0 : std::max(0.0L, (out.q - df) / (w - w2 / w));
  long double weights = 0;
  for (std::size_t i = 0; i < k; ++i) {
    const long double weight = 1 / (v[i] + out.tau_squared);
    weights += weight;
    out.mean += weight * y[i];
  }
  out.mean /= weights;
  for (std::size_t i = 0; i < k; ++i) {
    out.weights.push_back(out.tau_squared / (out.tau_squared + v[i]));
    out.shrunk.push_back(out.weights[i] * y[i] + (1 - out.weights[i]) * out.mean);
  }
  return out;
}

}  // namespace reference
