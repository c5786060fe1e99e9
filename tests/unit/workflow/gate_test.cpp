// SPDX-License-Identifier: MIT
#include <evalpp/workflow/gate.hpp>

#include <gtest/gtest.h>
#include <limits>

namespace gate_test {

using namespace evalpp::workflow;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(gate, of_no_regression_follows_the_interval) {
  EXPECT_EQ(not_worse_by({-0.9, 2}, 1, false), gate_outcome::pass);
  EXPECT_EQ(not_worse_by({-1, -0.5}, 1, false), gate_outcome::pass);  // worse, but by no more than allowed
  EXPECT_EQ(not_worse_by({-2, -0.5}, 1, false), gate_outcome::fail);
  EXPECT_EQ(not_worse_by({-2, 0.5}, 1, false), gate_outcome::undecided);
  EXPECT_EQ(not_worse_by({nan, nan}, 1, false), gate_outcome::undecided);
  EXPECT_EQ(not_worse_by({nan, nan}, 0, true), gate_outcome::pass);
}

TEST(gate, of_a_gain_follows_the_verdict) {
  EXPECT_EQ(gains_enough(verdict::worth_it), gate_outcome::pass);
  EXPECT_EQ(gains_enough(verdict::real_size_open), gate_outcome::undecided);
  EXPECT_EQ(gains_enough(verdict::undecided), gate_outcome::undecided);
  for (const verdict v : {verdict::worse, verdict::real_but_small, verdict::no_worthwhile_gain})
    EXPECT_EQ(gains_enough(v), gate_outcome::fail) << to_string(v);
}

TEST(gate, of_a_bar_needs_both_bounds_on_one_side) {
  EXPECT_EQ(reaches(80, 85, 80), gate_outcome::pass);
  EXPECT_EQ(reaches(79.1, 85, 80), gate_outcome::undecided);
  EXPECT_EQ(reaches(70, 79.9, 80), gate_outcome::fail);
  EXPECT_EQ(reaches(nan, nan, 80), gate_outcome::undecided);
}

}  // namespace gate_test
