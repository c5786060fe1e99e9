// SPDX-License-Identifier: MIT
#include <evalpp/stats/elo.hpp>

#include <gtest/gtest.h>
#include <cmath>

namespace elo_test {

using namespace evalpp::stats;

TEST(elo, four_hundred_points_are_ten_to_one) {
  EXPECT_DOUBLE_EQ(elo_expected_score(1900, 1500), 10.0 / 11);
  EXPECT_DOUBLE_EQ(elo_expected_score(1500, 1500), 0.5);
  EXPECT_DOUBLE_EQ(elo_scale(std::log(10.0), 1500), 1900);
  EXPECT_EQ(elo_scale(0), 1000);
  EXPECT_EQ(elo_expected_score(0, 1e9), 0.0);
  EXPECT_EQ(elo_expected_score(1e9, 0), 1.0);
}

TEST(elo, a_game_moves_both_by_as_much) {
  double a = 1500, b = 1500;
  elo_update(a, b, 1);
  EXPECT_DOUBLE_EQ(a, 1516);
  EXPECT_DOUBLE_EQ(b, 1484);
  elo_update(a, b, 0.5, 10);
  EXPECT_LT(a, 1516);  // a tie costs the favourite
  EXPECT_DOUBLE_EQ(a + b, 3000);
}

}  // namespace elo_test
