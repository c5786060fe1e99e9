// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

// A twin of the length-controlled win rate, by nothing but the definition: the sum of log losses with its
// ridge, made least by ternary search over the slope within ternary search over the intercept.
namespace reference {

inline double length_controlled(const std::vector<double>& outcomes, const std::vector<double>& differences) {
  double mean = 0, squares = 0;
  for (const double d : differences) mean += d;
  mean /= static_cast<double>(differences.size());
  for (const double d : differences) squares += (d - mean) * (d - mean);
  const double sd = std::sqrt(squares / static_cast<double>(differences.size() - 1));
  const auto loss = [&](double intercept, double slope) {
    double sum = 0.005 * intercept * intercept + 0.005 * slope * slope;
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
      const double z = intercept + slope * std::tanh(differences[i] / sd);
      sum += outcomes[i] * std::log1p(std::exp(-z)) + (1 - outcomes[i]) * std::log1p(std::exp(z));
    }
    return sum;
  };
  const auto least_at = [](const auto& f) {
    double low = -16, high = 16;
    for (int k = 0; k < 60; ++k) {
      const double a = low + (high - low) / 3, b = high - (high - low) / 3;
      (f(a) < f(b) ? high : low) = f(a) < f(b) ? b : a;
    }
    return (low + high) / 2;
  };
  const double intercept =
      least_at([&](double a) { return loss(a, least_at([&](double b) { return loss(a, b); })); });
  return 1 / (1 + std::exp(-intercept));
}

}  // namespace reference
