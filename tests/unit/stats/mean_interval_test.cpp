// SPDX-License-Identifier: MIT
#include <evalpp/stats/mean_interval.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <limits>
#include <vector>
#include "reference/hall_interval.hpp"

namespace mean_interval_test {

using namespace evalpp::stats;
using evalpp::interval;
using evalpp::interval_status;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

std::vector<double> centred(std::vector<double> x) {
  const double mean = moments_of(x).mean;
  for (double& v : x) v -= mean;
  return x;
}

// Student's sleep data, the ten differences: mean 1.58, t(9) = 4.0621, 95 % interval 0.7001142..2.4598858
// (R's help).
TEST(MeanInterval, StudentsSleepData) {
  const std::vector<double> x = {1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4};
  const interval i = mean_interval(x);
  EXPECT_NEAR(i.lo, 0.7001142, 5e-8);
  EXPECT_NEAR(i.hi, 2.4598858, 5e-8);
}

TEST(MeanInterval, Statuses) {
  EXPECT_EQ(mean_interval({}).status, interval_status::undefined);
  EXPECT_EQ(mean_interval(std::vector<double>{1}).status, interval_status::too_few);
  const interval same = mean_interval(std::vector<double>(50, 0.1));
  EXPECT_EQ(same.status, interval_status::degenerate);
  EXPECT_EQ(same.lo, 0.1);
  EXPECT_EQ(same.hi, 0.1);
  EXPECT_EQ(mean_interval(std::vector<double>{1, 2}).status, interval_status::caution);
  EXPECT_EQ(mean_interval(std::vector<double>{1, nan, 2}).status, interval_status::undefined);
  EXPECT_EQ(mean_interval(std::vector<double>{1, 2}, 1).status, interval_status::undefined);
  std::vector<double> even(100);
  for (std::size_t i = 0; i < even.size(); ++i) even[i] = static_cast<double>(i % 10);
  EXPECT_EQ(mean_interval(even).status, interval_status::ok);
  std::vector<double> rare(100, 0.0);
  rare[3] = 1;
  EXPECT_EQ(mean_interval(rare).status, interval_status::caution);
}

TEST(MeanInterval, TIntervalRefusesWhatIsNoError) {
  EXPECT_EQ(t_interval(1, nan, 5).status, interval_status::undefined);
  EXPECT_EQ(t_interval(1, infinity, 5).status, interval_status::undefined);
  EXPECT_EQ(t_interval(1, -1, 5).status, interval_status::undefined);
  EXPECT_EQ(t_interval(nan, 1, 5).status, interval_status::undefined);
  EXPECT_EQ(t_interval(1, 1, 0).status, interval_status::undefined);
  EXPECT_EQ(t_interval(1, 0, 5).status, interval_status::degenerate);
  EXPECT_DOUBLE_EQ(t_interval(0, 1, infinity).hi, 1.9599639845400542355);
}

TEST(HallInterval, AgreesWithTheNaiveTwin) {
  const std::vector<std::vector<double>> samples = {
      {0.1, 0.9, 0.2, 0.05, 3.1, 0.4, 0.7, 1.9, 0.02, 0.3},
      {-5, -1, -0.5, -0.1, -0.7, -9},
      {1, 1, 1, 0, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0.5, 1},
      {1, 2},
      {1e-5, 2e-5, 9e-5},
  };
  for (const auto& x : samples) {
    const double mean = moments_of(x).mean;
    for (const double level : {0.8, 0.95, 0.999}) {
      const interval i = hall_interval(mean, centred(x), level);
      const auto [lo, hi] = reference::hall_interval(
          x, student_t_quantile(1 - (1 - level) / 2, static_cast<double>(x.size() - 1)));
      EXPECT_NEAR(i.lo, lo, 1e-11 * (1 + std::fabs(lo)));
      EXPECT_NEAR(i.hi, hi, 1e-11 * (1 + std::fabs(hi)));
    }
  }
}

TEST(HallInterval, WithoutSkewIsStudents) {
  const std::vector<double> x = {-3, -2, -1, 0, 1, 2, 3};
  const interval hall = hall_interval(0, x);
  const interval t = mean_interval(x);
  EXPECT_NEAR(hall.lo, t.lo, 1e-12);
  EXPECT_NEAR(hall.hi, t.hi, 1e-12);
}

TEST(HallInterval, LeansWithTheSkew) {
  const std::vector<double> x = {0.1, 0.9, 0.2, 0.05, 3.1, 0.4, 0.7, 1.9, 0.02, 0.3};
  const double mean = moments_of(x).mean;
  const interval hall = hall_interval(mean, centred(x));
  EXPECT_GT(hall.hi - mean, mean - hall.lo);
  std::vector<double> turned = x;
  for (double& v : turned) v = -v;
  const interval back = hall_interval(-mean, centred(turned));
  EXPECT_NEAR(back.lo, -hall.hi, 1e-12);
  EXPECT_NEAR(back.hi, -hall.lo, 1e-12);
}

TEST(HallInterval, Statuses) {
  EXPECT_EQ(hall_interval(1, {}).status, interval_status::undefined);
  EXPECT_EQ(hall_interval(1, std::vector<double>{0}).status, interval_status::too_few);
  const interval same = hall_interval(0.3, std::vector<double>(9, 0.0));
  EXPECT_EQ(same.status, interval_status::degenerate);
  EXPECT_EQ(same.lo, 0.3);
  EXPECT_EQ(hall_interval(nan, std::vector<double>{1, -1}).status, interval_status::undefined);
  EXPECT_EQ(hall_interval(0, std::vector<double>{1, nan}).status, interval_status::undefined);
}

}  // namespace mean_interval_test
