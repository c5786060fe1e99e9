// SPDX-License-Identifier: MIT
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/leave_one_out.hpp>

#include <reference/bootstrap.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

#include "unit/stats/some_rows.hpp"

namespace leave_one_out_test {

namespace stats = evalpp::stats;

TEST(leave_one_out, equals_its_definition) {
  const auto rows = some::ratios(300);
  const auto found = stats::leave_one_out(evalpp::seq, rows, some::ratio);
  EXPECT_EQ(found, reference::leave_one_out(rows, some::ratio));
  EXPECT_EQ(stats::leave_one_out(evalpp::threads(8), rows, some::ratio), found);
}

TEST(influence_of, is_how_far_a_value_lies_from_the_mean) {
  const auto rows = some::values(40);
  const auto found = stats::influence_of(stats::leave_one_out(evalpp::seq, rows, some::ratio));
  const double mean = some::ratio(rows.total());
  for (std::size_t i = 0; i < rows.size(); ++i)
    EXPECT_NEAR(found[i], static_cast<double>(rows.row(i)[0]) - mean, 1e-9);
}

TEST(influence_of, has_the_jackknife_s_error) {
  const auto left_out = stats::leave_one_out(evalpp::seq, some::ratios(40), some::ratio);
  double squares = 0, sum = 0;
  for (const double v : stats::influence_of(left_out)) squares += v * v, sum += v;
  EXPECT_NEAR(std::sqrt(squares / (40.0 * 39)), stats::jackknife_of(left_out).standard_error, 1e-13);
  EXPECT_NEAR(sum, 0, 1e-11);
}

TEST(influence_of, equal_values_is_nothing) {
  for (const double v : stats::influence_of(std::vector<double>(7, 0.1))) EXPECT_EQ(v, 0);
  EXPECT_TRUE(stats::influence_of({}).empty());
  EXPECT_EQ(stats::influence_of(std::vector<double>{3}), std::vector<double>{0});
}

// The derivative of u / v along a row is (u_i - r v_i) / v.
TEST(unit_effects, are_derivatives) {
  const auto rows = some::ratios(400);
  const double r = some::ratio(rows.total()), whole = static_cast<double>(rows.total()[1]);
  const auto found = stats::unit_effects(evalpp::seq, rows, some::ratio);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double along =
        (static_cast<double>(rows.row(i)[0]) - r * static_cast<double>(rows.row(i)[1])) / whole;
    const double share = static_cast<double>(rows.row(i)[1]) / whole;
    EXPECT_NEAR(found[i], along, 2 * std::abs(along) * share * share + 1e-15);
  }
}

}  // namespace leave_one_out_test
