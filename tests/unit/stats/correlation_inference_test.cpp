// SPDX-License-Identifier: MIT
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/correlation_inference.hpp>
#include <evalpp/stats/rank_correlation.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

namespace correlation_inference_test {

using namespace evalpp::stats;
using evalpp::interval_status;
using reals = std::vector<double>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(correlation_inference, p_is_that_of_t) {
  // With 3 items t has one degree of freedom, Cauchy's law: p = 1 - 2 atan(t) / pi.
  const double r = 0.5, t = r / std::sqrt(1 - r * r);
  EXPECT_NEAR(correlation_p(r, 3).value(), 1 - 2 * std::atan(t) / 3.14159265358979323846, 1e-14);
  EXPECT_EQ(correlation_p(-r, 3), correlation_p(r, 3));
  EXPECT_EQ(correlation_p(0, 10), 1.0);
  EXPECT_EQ(correlation_p(1, 10), 0.0);
  EXPECT_FALSE(correlation_p(0.5, 2));
  EXPECT_FALSE(correlation_p(nan, 10));
  EXPECT_FALSE(correlation_p(1.5, 10));
}

TEST(correlation_inference, intervals_are_symmetric_on_fishers_scale) {
  const auto one = pearson_interval(0.6, 28);
  EXPECT_NEAR(std::atanh(one.lo), std::atanh(0.6) - 1.959963984540054 / 5, 1e-14);
  EXPECT_NEAR(std::atanh(one.hi), std::atanh(0.6) + 1.959963984540054 / 5, 1e-14);
  EXPECT_EQ(one.status, interval_status::ok);
  EXPECT_NEAR(std::atanh(spearman_interval(0.6, 28).hi),
              std::atanh(0.6) + 1.959963984540054 * std::sqrt(1.18 / 25), 1e-14);
  EXPECT_NEAR(std::atanh(kendall_interval(0.6, 29).hi),
              std::atanh(0.6) + 1.959963984540054 * std::sqrt(0.437 / 25), 1e-14);
}

TEST(correlation_inference, intervals_say_what_they_are_worth) {
  EXPECT_EQ(pearson_interval(0.5, 3).status, interval_status::too_few);
  EXPECT_EQ(spearman_interval(0.5, 0).status, interval_status::too_few);
  EXPECT_EQ(kendall_interval(0.5, 4).status, interval_status::too_few);
  EXPECT_EQ(pearson_interval(1, 30).status, interval_status::degenerate);
  EXPECT_EQ(pearson_interval(nan, 30).status, interval_status::undefined);
  EXPECT_EQ(pearson_interval(2, 30).status, interval_status::undefined);
  EXPECT_EQ(pearson_interval(0.5, 30, 1).status, interval_status::undefined);
}

TEST(correlation_inference, exact_p_of_kendall_is_the_share_of_all_orders) {
  for (std::size_t n = 2; n <= 6; ++n) {
    reals x(n);
    std::iota(x.begin(), x.end(), 0.0);
    std::vector<kendall_tau> all;
    reals y = x;
    do all.push_back(*kendall_tau_b(x, y));
    while (std::next_permutation(y.begin(), y.end()));
    for (const kendall_tau& one : all) {
      const auto distance = [](const kendall_tau& tau) {
        return std::max(tau.concordant, tau.discordant) - std::min(tau.concordant, tau.discordant);
      };
      const auto far =
          std::count_if(all.begin(), all.end(), [&](const auto& o) { return distance(o) >= distance(one); });
      EXPECT_NEAR(kendall_exact_p(one, n).value(), static_cast<double>(far) / static_cast<double>(all.size()),
                  1e-14);
    }
  }
}

TEST(correlation_inference, exact_p_of_kendall_is_for_data_without_ties) {
  EXPECT_FALSE(kendall_exact_p(*kendall_tau_b(reals{1, 1, 2}, reals{1, 2, 3}), 3));
  EXPECT_FALSE(kendall_exact_p({}, 0));
  EXPECT_FALSE(kendall_exact_p({.value = 1, .concordant = 5050}, 101));
  const double hundred = kendall_exact_p({.value = 1, .concordant = 4950}, 100).value();
  EXPECT_NEAR(std::log(hundred / 2), -std::lgamma(101.0), 1e-10);
}

TEST(correlation_inference, normal_p_of_kendall_is_near_the_exact_one) {
  reals x(30), y(30);
  for (std::size_t i = 0; i < 30; ++i) {
    x[i] = static_cast<double>(i);
    y[i] = static_cast<double>(i * 7 % 30 + i / 2);
    y[i] += static_cast<double>(i) / 100;  // no ties
  }
  const auto tau = kendall_tau_b(x, y);
  EXPECT_NEAR(kendall_normal_p(x, y).value(), kendall_exact_p(*tau, 30).value(), 0.01);
  EXPECT_FALSE(kendall_normal_p(reals{1, 1}, reals{1, 2}));
  EXPECT_NEAR(kendall_normal_p(reals{1, 2}, reals{1, 2}).value(), 0.3173105078629141, 1e-12);
}

}  // namespace correlation_inference_test
