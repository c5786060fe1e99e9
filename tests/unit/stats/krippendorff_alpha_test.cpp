// SPDX-License-Identifier: MIT
#include <evalpp/stats/krippendorff_alpha.hpp>

#include <reference/repeated.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <random>
#include <vector>
#include "unit/stats/krippendorff_units.hpp"

namespace krippendorff_alpha_test {

using evalpp::stats::krippendorff_alpha;
using evalpp::stats::measurement_level;
using ratings = std::vector<std::optional<double>>;

constexpr auto none = std::nullopt;
constexpr measurement_level all_levels[] = {measurement_level::nominal, measurement_level::ordinal,
                                            measurement_level::interval, measurement_level::ratio};

TEST(krippendorff_alpha, is_what_krippendorff_published) {
  const auto alpha = [](measurement_level level) {
    return krippendorff_alpha(krippendorff_units(), 4, level)->value;
  };
  EXPECT_NEAR(alpha(measurement_level::nominal), 0.743, 5e-4);
  EXPECT_NEAR(alpha(measurement_level::ordinal), 0.815, 5e-4);
  EXPECT_NEAR(alpha(measurement_level::interval), 0.849, 5e-4);
  EXPECT_NEAR(alpha(measurement_level::ratio), 0.797, 5e-4);
  const auto found = krippendorff_alpha(krippendorff_units(), 4, measurement_level::nominal);
  EXPECT_EQ(found->units, 11u);  // one unit has a single rating
  EXPECT_EQ(found->ratings, 40u);
}

TEST(krippendorff_alpha, is_one_when_all_agree_and_something_varies) {
  for (const measurement_level level : all_levels) {
    const auto found = krippendorff_alpha(ratings{1, 1, none, 2, 2, 2}, 3, level);
    EXPECT_DOUBLE_EQ(found->value, 1.0);
    EXPECT_DOUBLE_EQ(found->observed_disagreement, 0.0);
  }
}

TEST(krippendorff_alpha, is_empty_where_nothing_can_be_agreed_upon) {
  for (const measurement_level level : all_levels) {
    EXPECT_FALSE(krippendorff_alpha({}, 0, level));
    EXPECT_FALSE(krippendorff_alpha({}, 3, level));
    EXPECT_FALSE(krippendorff_alpha(ratings{1, none, none, 2}, 2, level));
    EXPECT_FALSE(krippendorff_alpha(ratings{3, 3, 3, 3}, 2, level));
    EXPECT_FALSE(krippendorff_alpha(ratings{0, 0}, 2, level));
    EXPECT_FALSE(krippendorff_alpha(ratings{1, 2, 3, std::numeric_limits<double>::quiet_NaN()}, 2, level));
    EXPECT_FALSE(krippendorff_alpha(ratings{1, 2, 3, std::numeric_limits<double>::infinity()}, 2, level));
  }
  EXPECT_FALSE(krippendorff_alpha(ratings{-1, 1, 2, 3}, 2, measurement_level::ratio));
  EXPECT_FALSE(krippendorff_alpha(ratings{-1e200, 1e200, 2, 3}, 2, measurement_level::interval));
  EXPECT_TRUE(krippendorff_alpha(ratings{0, 0, 0, 3}, 2, measurement_level::ratio));
}

TEST(krippendorff_alpha, a_weight_is_a_repetition) {
  std::mt19937 random(5);
  for (int trial = 0; trial < 50; ++trial) {
    ratings values;
    std::vector<std::uint32_t> weights;
    for (int unit = 0; unit < 9; ++unit) {
      for (int rater = 0; rater < 3; ++rater)
        values.push_back(random() % 5 == 0 ? none
                                           : std::optional<double>(static_cast<double>(1 + random() % 4)));
      weights.push_back(static_cast<std::uint32_t>(random() % 4));
    }
    const auto again = reference::repeated(values, weights, 3);
    for (const measurement_level level : all_levels) {
      const auto weighted = krippendorff_alpha(values, 3, level, weights);
      const auto repeated = krippendorff_alpha(again, 3, level);
      ASSERT_EQ(weighted.has_value(), repeated.has_value());
      if (!weighted) continue;
      EXPECT_NEAR(weighted->value, repeated->value, 1e-12);
      EXPECT_EQ(weighted->ratings, repeated->ratings);
    }
  }
}

// The definition, pair by pair.
double squared_distance(double a, double b, measurement_level level, const std::vector<double>& all) {
  if (a == b) return 0;
  if (level == measurement_level::nominal) return 1;
  if (level == measurement_level::interval) return (a - b) * (a - b);
  if (level == measurement_level::ratio) return (a - b) / (a + b) * ((a - b) / (a + b));
  double between = 0;
  for (const double x : all) {
    if (x == a || x == b) between += 0.5;
    if ((a < x && x < b) || (b < x && x < a)) between += 1;
  }
  return between * between;
}

TEST(krippendorff_alpha, agrees_with_its_definition) {
  std::mt19937 random(7);
  for (int trial = 0; trial < 50; ++trial) {
    std::vector<std::vector<double>> units(6);
    ratings values;
    std::vector<double> all;
    for (auto& unit : units) {
      for (std::size_t size = 2 + random() % 3; unit.size() < size;)
        unit.push_back(static_cast<double>(random() % 6));
      all.insert(all.end(), unit.begin(), unit.end());
      for (std::size_t r = 0; r < 4; ++r) values.push_back(r < unit.size() ? std::optional(unit[r]) : none);
    }
    const auto n = static_cast<double>(all.size());
    for (const measurement_level level : all_levels) {
      double observed = 0, expected = 0;
      for (const auto& unit : units)
        for (const double a : unit)
          for (const double b : unit)
            observed += squared_distance(a, b, level, all) / static_cast<double>(unit.size() - 1);
      for (const double a : all)
        for (const double b : all) expected += squared_distance(a, b, level, all);
      const auto found = krippendorff_alpha(values, 4, level);
      EXPECT_NEAR(found->value, 1 - (n - 1) * observed / expected, 1e-12);
    }
  }
}

TEST(krippendorff_alpha, rejects_what_does_not_fit) {
  EXPECT_REFUSED(krippendorff_alpha(ratings{1, 2, 3}, 2, measurement_level::nominal));
  EXPECT_REFUSED(krippendorff_alpha(ratings{1}, 0, measurement_level::nominal));
  EXPECT_REFUSED(
      krippendorff_alpha(ratings{1, 2}, 2, measurement_level::nominal, std::vector<std::uint32_t>{1, 1}));
}

}  // namespace krippendorff_alpha_test
