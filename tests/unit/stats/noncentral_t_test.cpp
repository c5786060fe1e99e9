// SPDX-License-Identifier: MIT
#include <evalpp/stats/noncentral_t.hpp>

#include <evalpp/stats/student_t.hpp>

#include <gtest/gtest.h>
#include <limits>

namespace noncentral_t_test {

using namespace evalpp::stats;
using evalpp::detail::is_nan;

// Expected values: the integral over the chi-square distribution, in mpmath.
TEST(NoncentralT, AgainstTheIntegral) {
  EXPECT_NEAR(noncentral_t_cdf(2.5, 9, 1.5), 0.789241282819481058, 1e-14);
  EXPECT_NEAR(noncentral_t_cdf(-1, 4, 0.5), 0.0861495690365627445, 1e-14);
  EXPECT_NEAR(noncentral_t_cdf(8, 30, 6), 0.912241690444230422, 1e-14);
  EXPECT_NEAR(noncentral_t_cdf(0, 3, 1), 0.158655253931457051, 1e-14);
}

TEST(NoncentralT, WithoutShiftIsStudents) {
  for (const double df : {1.0, 7.5, 300.0}) {
    for (const double t : {-4.0, -0.1, 0.0, 0.7, 12.0}) {
      EXPECT_NEAR(noncentral_t_cdf(t, df, 0), student_t_cdf(t, df), 1e-14);
    }
  }
}

TEST(NoncentralT, ManyDegreesAreAShiftedNormal) {
  EXPECT_NEAR(noncentral_t_cdf(2, 1e9, 3), normal_cdf(-1), 1e-7);
  EXPECT_NEAR(noncentral_t_cdf(32, 1e9, 33), normal_cdf(-1), 1e-5);
}

TEST(NoncentralT, EndsAndNonsense) {
  const double infinity = std::numeric_limits<double>::infinity();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(noncentral_t_cdf(infinity, 3, 1), 1);
  EXPECT_EQ(noncentral_t_cdf(-infinity, 3, 1), 0);
  EXPECT_NEAR(noncentral_t_cdf(1e200, 3, 1), 1, 1e-12);
  EXPECT_TRUE(is_nan(noncentral_t_cdf(1, 3, 38)));
  EXPECT_TRUE(is_nan(noncentral_t_cdf(1, 0, 1)));
  EXPECT_TRUE(is_nan(noncentral_t_cdf(nan, 3, 1)));
  EXPECT_TRUE(is_nan(noncentral_t_cdf(1, 3, nan)));
}

}  // namespace noncentral_t_test
