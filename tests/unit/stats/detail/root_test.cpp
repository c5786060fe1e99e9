// SPDX-License-Identifier: MIT
#include <evalpp/stats/detail/root.hpp>

#include <gtest/gtest.h>

namespace root_test {

using evalpp::stats::detail::bracketed_root;
using evalpp::stats::detail::strict;

TEST(BracketedRoot, FindsItToTheLastPlaces) {
  const auto cube = [](strict x) { return x * x * x - 2; };
  EXPECT_DOUBLE_EQ(bracketed_root(cube, 0, 10).value(), 1.2599210498948731648);
  EXPECT_DOUBLE_EQ(bracketed_root(cube, 10, 0).value(), 1.2599210498948731648);
  const auto steep = [](strict x) { return exp(x) - 1e-200; };
  EXPECT_NEAR(bracketed_root(steep, -700, 0).value(), -460.51701859880913680, 1e-12);
}

TEST(BracketedRoot, TakesAFlatOrSteppedFunction) {
  int calls = 0;
  const auto step = [&](strict x) {
    ++calls;
    return x < 0.3 ? strict(-1) : strict(1);
  };
  EXPECT_NEAR(bracketed_root(step, 0, 1).value(), 0.3, 1e-15);
  EXPECT_LT(calls, 300);
  const auto line = [](strict x) { return x; };
  EXPECT_EQ(bracketed_root(line, 0, 1).value(), 0);
  EXPECT_EQ(bracketed_root(line, 1, 2).value(), 1);  // no change of sign: the nearer end
}

}  // namespace root_test
