// SPDX-License-Identifier: MIT
#include <evalpp/stats/calibration.hpp>

#include <reference/repeated.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace calibration_test {

using namespace evalpp::stats;
using outcomes = std::vector<std::uint8_t>;
using reals = std::vector<double>;
using counts = std::vector<std::uint32_t>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(calibration, of_known_predictions) {
  EXPECT_DOUBLE_EQ(brier_score(outcomes{1, 0}, reals{0.8, 0.4}).value(), (0.04 + 0.16) / 2);
  EXPECT_DOUBLE_EQ(log_loss(outcomes{1, 0}, reals{0.5, 0.5}).value(), std::log(2.0));
  EXPECT_EQ(brier_score(outcomes{1, 0}, reals{1, 0}), 0.0);
  EXPECT_NEAR(log_loss(outcomes{0}, reals{1}).value(), -std::log(1e-15), 1e-2);
  EXPECT_NEAR(log_loss(outcomes{1}, reals{0}).value(), -std::log(1e-15), 1e-12);
}

TEST(calibration, bins_of_equal_width_hold_their_lower_edge_and_the_last_holds_one) {
  const auto bins = reliability_bins(outcomes{0, 1, 1, 0}, reals{0, 0.25, 0.5, 1}, 4).value();
  ASSERT_EQ(bins.size(), 4u);
  for (std::size_t b = 0; b < 4; ++b) {
    EXPECT_EQ(bins[b].index, b);
    EXPECT_EQ(bins[b].items, 1u);
  }
  EXPECT_EQ(bins[1].mean_prediction, 0.25);
  EXPECT_EQ(bins[1].observed_frequency, 1.0);
  EXPECT_EQ(expected_calibration_error(bins), (0 + 0.75 + 0.5 + 1) / 4);
  EXPECT_EQ(maximum_calibration_error(bins), 1.0);
}

TEST(calibration, bins_of_equal_mass_differ_by_one_at_most) {
  const auto bins =
      reliability_bins(outcomes{0, 0, 1, 1, 1}, reals{0.9, 0.1, 0.2, 0.3, 0.8}, 2, binning::equal_mass)
          .value();
  ASSERT_EQ(bins.size(), 2u);
  EXPECT_EQ(bins[0].items, 3u);
  EXPECT_DOUBLE_EQ(bins[0].mean_prediction, 0.2);
  EXPECT_DOUBLE_EQ(bins[0].observed_frequency, 2.0 / 3);
  EXPECT_EQ(bins[1].items, 2u);
  // More bins than items: one each.
  EXPECT_EQ(reliability_bins(outcomes{0, 1}, reals{0.5, 0.5}, 1000000000000, binning::equal_mass)->size(),
            2u);
}

TEST(calibration, no_bin_has_no_error) {
  EXPECT_EQ(expected_calibration_error({}), 0.0);
  EXPECT_EQ(maximum_calibration_error({}), 0.0);
}

TEST(calibration, the_parts_of_the_brier_score_add_up) {
  std::mt19937 random(8);
  for (int trial = 0; trial < 50; ++trial) {
    outcomes y;
    reals p;
    for (int i = 0; i < 30; ++i) {
      y.push_back(static_cast<std::uint8_t>(random() % 2));
      p.push_back(static_cast<double>(random() % 6) / 5);
    }
    const auto parts = decompose_brier_score(y, p).value();
    EXPECT_NEAR(parts.reliability - parts.resolution + parts.uncertainty, brier_score(y, p).value(), 1e-14);
  }
}

TEST(calibration, is_empty_without_predictions_in_range) {
  for (const auto& [y, p] :
       std::vector<std::pair<outcomes, reals>>{{{}, {}},
                                               {{1}, {nan}},
                                               {{1}, {1.1}},
                                               {{1}, {-0.1}},
                                               {{1}, {std::numeric_limits<double>::infinity()}}}) {
    EXPECT_FALSE(brier_score(y, p));
    EXPECT_FALSE(log_loss(y, p));
    EXPECT_FALSE(reliability_bins(y, p, 10));
    EXPECT_FALSE(reliability_bins(y, p, 10, binning::equal_mass));
    EXPECT_FALSE(decompose_brier_score(y, p));
  }
  EXPECT_FALSE(brier_score(outcomes{1}, reals{1}, counts{0}));
}

TEST(calibration, a_weight_is_a_repetition) {
  std::mt19937 random(9);
  for (int trial = 0; trial < 50; ++trial) {
    outcomes y;
    reals p;
    counts weights;
    for (int i = 0; i < 12; ++i) {
      y.push_back(static_cast<std::uint8_t>(random() % 2));
      p.push_back(static_cast<double>(random() % 8) / 7);
      weights.push_back(static_cast<std::uint32_t>(random() % 4));
    }
    weights[0] = 1;
    const outcomes y2 = reference::repeated(y, weights);
    const reals p2 = reference::repeated(p, weights);
    EXPECT_NEAR(brier_score(y, p, weights).value(), brier_score(y2, p2).value(), 1e-14);
    EXPECT_NEAR(log_loss(y, p, weights).value(), log_loss(y2, p2).value(), 1e-12);
    EXPECT_NEAR(decompose_brier_score(y, p, weights)->resolution, decompose_brier_score(y2, p2)->resolution,
                1e-14);
    for (const binning scheme : {binning::equal_width, binning::equal_mass}) {
      const auto weighted = reliability_bins(y, p, 5, scheme, weights).value();
      const auto repeated = reliability_bins(y2, p2, 5, scheme).value();
      ASSERT_EQ(weighted.size(), repeated.size());
      for (std::size_t b = 0; b < weighted.size(); ++b) {
        EXPECT_EQ(weighted[b].index, repeated[b].index);
        EXPECT_EQ(weighted[b].items, repeated[b].items);
        EXPECT_EQ(weighted[b].observed_frequency, repeated[b].observed_frequency);
        EXPECT_NEAR(weighted[b].mean_prediction, repeated[b].mean_prediction, 1e-14);
      }
    }
  }
}

TEST(calibration, rejects_what_does_not_fit) {
  EXPECT_REFUSED(brier_score(outcomes{1}, reals{}));
  EXPECT_REFUSED(log_loss(outcomes{1}, reals{1}, counts{1, 2}));
  EXPECT_REFUSED(reliability_bins(outcomes{1}, reals{1}, 0));
}

}  // namespace calibration_test
