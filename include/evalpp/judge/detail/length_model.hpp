// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/stats/moments.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// The length-controlled win rate of one pair of systems, after AlpacaEval 2 (Dubois and others 2024): a
/// logistic regression of the outcome (1, 1/2, 0) on an intercept and tanh(difference of lengths / its
/// standard deviation), and its prediction at difference 0, 1 / (1 + exp(-intercept)).
///
/// AlpacaEval also has a term for the difficulty of each question, fitted over many systems; with one pair of
/// systems there is nothing to fit it by. A ridge of 0.01 on both coefficients, as much as 1/25 of one pair,
/// keeps data that a line separates from running away to infinity, and moves nothing else.
class length_model {
 public:
  length_model(std::span<const double> outcomes, std::span<const double> differences)
      : outcomes_(outcomes.begin(), outcomes.end()) {
    const double sd = stats::moments_of(differences).sd;
    varies_ = sd > 0;  // false for NaN
    x_.reserve(differences.size());
    for (const double d : differences)
      x_.push_back(varies_ ? evalpp::detail::keep(std::tanh(evalpp::detail::keep(d / sd))) : 0.0);
  }

  bool varies() const { return varies_; }

  /// The win rate at equal lengths when pair i counts `weights[i]` times. O(pairs) a step, few steps: Newton
  /// with halving on a strictly convex function.
  double at_equal_length(std::span<const std::uint32_t> weights) const {
    double intercept = 0, slope = 0;
    double loss = loss_at(intercept, slope, weights);
    for (int step = 0; step < 100; ++step) {
      double g0 = ridge * intercept, g1 = ridge * slope, h00 = ridge, h01 = 0, h11 = ridge;
      for (std::size_t i = 0; i < x_.size(); ++i) {
        const double w = weights[i], p = chance(intercept + slope * x_[i]);
        const double off = w * (p - outcomes_[i]), curve = w * (p * (1 - p));
        g0 += off;
        g1 += off * x_[i];
        h00 += curve;
        h01 += curve * x_[i];
        h11 += curve * x_[i] * x_[i];
      }
      const double determinant = h00 * h11 - h01 * h01;
      const double d0 = (h11 * g0 - h01 * g1) / determinant, d1 = (h00 * g1 - h01 * g0) / determinant;
      const double length = std::fabs(d0) + std::fabs(d1);
      double share = 1, next = 0;
      for (int halving = 0; halving < 60; ++halving, share /= 2) {
        next = loss_at(intercept - share * d0, slope - share * d1, weights);
        if (next <= loss || length < 1e-6) break;  // below, only rounding tells them apart
      }
      intercept -= share * d0;
      slope -= share * d1;
      loss = next;
      if (length < 1e-8) break;  // the step squares the error
    }
    return chance(intercept);
  }

 private:
  static constexpr double ridge = 0.01;

  static double chance(double logit) { return 1 / (1 + std::exp(-logit)); }
  static double log_one_plus_exp(double z) {
    return z > 0 ? z + std::log1p(std::exp(-z)) : std::log1p(std::exp(z));
  }

  double loss_at(double intercept, double slope, std::span<const std::uint32_t> weights) const {
    double loss = ridge / 2 * (intercept * intercept + slope * slope);
    for (std::size_t i = 0; i < x_.size(); ++i) {
      const double z = intercept + slope * x_[i];
      loss += weights[i] * (log_one_plus_exp(z) - outcomes_[i] * z);
    }
    return loss;
  }

  std::vector<double> outcomes_, x_;
  bool varies_ = false;
};

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
