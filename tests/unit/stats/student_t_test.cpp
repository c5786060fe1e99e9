// SPDX-License-Identifier: MIT
#include <evalpp/stats/student_t.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <limits>

namespace student_t_test {

using namespace evalpp::stats;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double pi = 3.14159265358979323846;

TEST(StudentT, TailAgainstMpmath) {
  EXPECT_NEAR(student_t_sf(6, 30) / 6.971384383602371351e-7, 1, 2e-15);
  EXPECT_NEAR(student_t_cdf(-6, 30) / 6.971384383602371351e-7, 1, 2e-15);
}

TEST(StudentT, OneAndTwoDegreesHaveClosedForms) {
  for (const double t : {-1e8, -30.0, -0.5, -1e-9, 0.0, 0.1, 1.0, 2.5, 400.0, 1e150}) {
    EXPECT_NEAR(student_t_cdf(t, 1), 0.5 + std::atan(t) / pi, 4e-16);
    EXPECT_NEAR(student_t_cdf(t, 2), 0.5 + t / std::sqrt(2 + t * t) / 2, 4e-16);
  }
  for (const double t : {1e3, 1e60, 1e120}) EXPECT_NEAR(student_t_sf(t, 1) * t * pi, 1, 1e-6);
}

TEST(StudentT, QuantileInvertsTheCdf) {
  for (const double df : {0.5, 1.0, 2.5, 9.0, 499.0, 1e6, 1e12}) {
    for (const double p : {1e-10, 0.001, 0.25, 0.3, 0.4999, 0.6, 0.975}) {
      EXPECT_NEAR(student_t_cdf(student_t_quantile(p, df), df) / p, 1, 1e-12) << df << ' ' << p;
    }
    EXPECT_EQ(student_t_quantile(0.5, df), 0);
    EXPECT_NEAR(student_t_two_sided(0.9, df) / student_t_quantile(0.95, df), 1, 1e-14);
  }
}

TEST(StudentT, ManyDegreesAreNormal) {
  EXPECT_EQ(student_t_cdf(-2, infinity), normal_cdf(-2));
  EXPECT_EQ(student_t_quantile(0.9, infinity), normal_quantile(0.9));
  EXPECT_EQ(student_t_two_sided(0.9, 1e300), normal_two_sided(0.9));
  EXPECT_NEAR(student_t_quantile(0.975, 1e16), normal_quantile(0.975), 1e-15);
}

TEST(StudentT, EndsAndNonsense) {
  EXPECT_EQ(student_t_cdf(-infinity, 3), 0);
  EXPECT_EQ(student_t_cdf(infinity, 3), 1);
  EXPECT_EQ(student_t_quantile(0, 3), -infinity);
  EXPECT_EQ(student_t_quantile(1, 3), infinity);
  for (const double bad : {nan, 0.0, -1.0}) {
    EXPECT_TRUE(is_nan(student_t_cdf(1, bad))) << bad;
    EXPECT_TRUE(is_nan(student_t_quantile(0.3, bad))) << bad;
    EXPECT_TRUE(is_nan(student_t_two_sided(0.3, bad))) << bad;
  }
  EXPECT_TRUE(is_nan(student_t_cdf(nan, 3)));
  for (const double bad : {nan, -0.1, 1.1}) EXPECT_TRUE(is_nan(student_t_quantile(bad, 3)));
  EXPECT_TRUE(is_nan(student_t_two_sided(1, 3)));
  for (const double df : {1e-100, 1e-3}) {
    const double t = student_t_quantile(0.9, df);
    EXPECT_FALSE(is_nan(t));
    EXPECT_GT(t, 1);
  }
}

}  // namespace student_t_test
