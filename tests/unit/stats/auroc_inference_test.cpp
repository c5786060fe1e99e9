// SPDX-License-Identifier: MIT
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/auroc.hpp>
#include <evalpp/stats/auroc_inference.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <optional>
#include <vector>

namespace auroc_inference_test {

using namespace evalpp::stats;
using evalpp::interval_status;
using labels = std::vector<std::uint8_t>;
using reals = std::vector<double>;

TEST(auroc_inference, interval_is_symmetric_in_logits) {
  const auto one = auroc_interval({.value = 0.8, .variance = 0.0016, .positives = 50, .negatives = 50});
  const double margin = 1.959963984540054 * 0.04 / 0.16;
  EXPECT_NEAR(std::log(one.lo / (1 - one.lo)), std::log(4.0) - margin, 1e-13);
  EXPECT_NEAR(std::log(one.hi / (1 - one.hi)), std::log(4.0) + margin, 1e-13);
  EXPECT_EQ(one.status, interval_status::ok);
}

TEST(auroc_inference, interval_says_what_it_is_worth) {
  const auto status = [](const auroc_estimate& area, double level = 0.95) {
    return auroc_interval(area, level).status;
  };
  EXPECT_EQ(status({0.8, 0.01, 19, 50}), interval_status::caution);
  EXPECT_EQ(status({0.8, std::nullopt, 1, 50}), interval_status::too_few);
  EXPECT_EQ(status({1.0, 0.0, 30, 50}), interval_status::degenerate);
  EXPECT_EQ(status({0.5, 0.0, 30, 50}), interval_status::degenerate);
  EXPECT_EQ(status({0.8, 0.01, 30, 50}, 0.0), interval_status::undefined);
}

TEST(auroc_inference, p_of_scores_that_order_alike_is_one) {
  EXPECT_EQ(auroc_difference_p({}), 1.0);
  EXPECT_NEAR(auroc_difference_p({.z = -1.959963984540054}), 0.05, 1e-15);
}

TEST(auroc_inference, mann_whitney_of_scores_that_tell_nothing) {
  EXPECT_EQ(mann_whitney_p(labels{0, 1, 1, 0}, reals{1, 1, 2, 2}), 1.0);
  EXPECT_FALSE(mann_whitney_p(labels{0, 1, 1, 0}, reals{3, 3, 3, 3}));
  EXPECT_FALSE(mann_whitney_p(labels{1, 1}, reals{1, 2}));
  EXPECT_FALSE(mann_whitney_p({}, {}));
  // One against one: z = 1.
  EXPECT_NEAR(mann_whitney_p(labels{0, 1}, reals{1, 2}).value(), 0.3173105078629141, 1e-12);
}

}  // namespace auroc_inference_test
