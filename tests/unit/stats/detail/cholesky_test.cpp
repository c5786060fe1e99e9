// SPDX-License-Identifier: MIT
#include <evalpp/stats/detail/cholesky.hpp>

#include <gtest/gtest.h>
#include <vector>

namespace cholesky_test {

using evalpp::stats::detail::cholesky;
using evalpp::stats::detail::cholesky_solve;
using evalpp::stats::detail::strict;

TEST(cholesky, solves_a_positive_definite_system) {
  std::vector<strict> a{4, 2, 0.5, 2, 5, 1, 0.5, 1, 3};
  std::vector<strict> b{4 + 4 + 1.5, 2 + 10 + 3, 0.5 + 2 + 9};  // of (1, 2, 3)
  ASSERT_TRUE(cholesky(a, 3));
  cholesky_solve(a, b);
  for (int i = 0; i < 3; ++i) EXPECT_NEAR(b[static_cast<unsigned>(i)].value(), i + 1, 1e-15);
}

TEST(cholesky, refuses_what_is_not_positive_definite) {
  std::vector<strict> flat{1, 1, 1, 1}, indefinite{1, 2, 2, 1};
  EXPECT_FALSE(cholesky(flat, 2));
  EXPECT_FALSE(cholesky(indefinite, 2));
}

}  // namespace cholesky_test
