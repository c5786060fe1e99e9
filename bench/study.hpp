// SPDX-License-Identifier: MIT
#pragma once

// What the simulations share: a random stream, and numbers for tables.

#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>

namespace study {

/// SplitMix64: the stream of one simulated data set, by the numbers that name it.
class random {
 public:
  explicit random(std::uint64_t setting, std::uint64_t run)
      : state_(evalpp::stats::mix64(evalpp::stats::mix64(setting + 1) + run)) {}

  std::uint64_t bits() { return evalpp::stats::mix64(state_ += 0x9e3779b97f4a7c15u); }
  /// Above 0 and below 1.
  double uniform() { return (static_cast<double>(bits() >> 11) + 0.5) * 0x1p-53; }
  double exponential() { return -std::log(uniform()); }
  /// Two at a time (Box and Muller).
  double normal() {
    if (spare_) {
      spare_ = false;
      return kept_;
    }
    const double radius = std::sqrt(2 * exponential()), angle = 6.283185307179586 * uniform();
    kept_ = radius * std::sin(angle);
    spare_ = true;
    return radius * std::cos(angle);
  }
  /// Of shape a (Marsaglia and Tsang 2000).
  double gamma(double a) {
    if (a < 1) return gamma(a + 1) * std::pow(uniform(), 1 / a);
    const double d = a - 1.0 / 3, c = 1 / std::sqrt(9 * d);
    for (;;) {
      const double x = normal(), v = std::pow(1 + c * x, 3);
      if (v > 0 && std::log(uniform()) < 0.5 * x * x + d - d * v + d * std::log(v)) return d * v;
    }
  }
  double beta(double a, double b) {
    const double x = gamma(a), y = gamma(b);
    return x / (x + y);
  }

 private:
  std::uint64_t state_;
  double kept_ = 0;
  bool spare_ = false;
};

/// Mean and standard deviation of what is added.
class moments {
 public:
  void add(double x) {
    ++n_;
    const double step = x - mean_;
    mean_ += step / n_;
    squares_ += step * (x - mean_);
  }
  double mean() const { return mean_; }
  double deviation() const { return n_ < 2 ? 0 : std::sqrt(squares_ / (n_ - 1)); }
  /// Of the mean.
  double error() const { return n_ < 1 ? 0 : deviation() / std::sqrt(n_); }

 private:
  double n_ = 0, mean_ = 0, squares_ = 0;
};

/// With `digits` after the point.
inline std::string number(double x, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, x);
  return text;
}

}  // namespace study
