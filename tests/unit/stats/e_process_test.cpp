// SPDX-License-Identifier: MIT
#include <evalpp/stats/e_process.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace e_process_test {

using evalpp::stats::e_detector;
using evalpp::stats::e_process;

// The mean over all sequences of ten scores of 0 and 1 whose mean is p.
template <class Watch>
double expected(double p, double floor, double (Watch::*value)() const noexcept) {
  double sum = 0;
  for (unsigned sequence = 0; sequence < 1024; ++sequence) {
    Watch watch;
    watch.floor = floor;
    double chance = 1;
    for (int i = 0; i < 10; ++i) {
      const bool one = (sequence >> i & 1U) != 0;
      watch.add(one ? 1 : 0);
      chance *= one ? p : 1 - p;
    }
    sum += chance * std::exp((watch.*value)());
  }
  return sum;
}

TEST(e_process, wins_nothing_on_average_at_the_floor_and_less_above) {
  for (const double floor : {0.1, 0.5, 0.9}) {
    EXPECT_NEAR(expected<e_process>(floor, floor, &e_process::log_e_value), 1.0, 1e-12);
    EXPECT_LT(expected<e_process>(floor + 0.05, floor, &e_process::log_e_value), 1.0);
    EXPECT_GT(expected<e_process>(floor - 0.1, floor, &e_process::log_e_value), 1.0);
    // A unit for every score.
    EXPECT_NEAR(expected<e_detector>(floor, floor, &e_detector::log_statistic), 10.0, 1e-11);
    EXPECT_LT(expected<e_detector>(floor + 0.05, floor, &e_detector::log_statistic), 10.0);
  }
}

TEST(e_process, notices_a_fall) {
  std::mt19937 random(21);
  e_process early{.floor = 0.9};
  int scores = 0;
  while (early.add(random() % 10 < 7 ? 1 : 0) < std::log(20.0)) ++scores;
  EXPECT_LT(scores, 300);

  // After a long time in control the detector is as quick, the process is not.
  e_process process{.floor = 0.9};
  e_detector detector{.floor = 0.9};
  for (int i = 0; i < 2000; ++i) {
    process.add(random() % 100 < 97 ? 1 : 0);
    detector.add(random() % 100 < 97 ? 1 : 0);
  }
  scores = 0;
  while (detector.add(random() % 10 < 7 ? 1 : 0) < std::log(1000.0)) ++scores;
  EXPECT_LT(scores, 300);
}

TEST(e_process, alarms_seldom_at_the_floor) {
  std::mt19937 random(22);
  int alarms = 0;
  for (int stream = 0; stream < 200; ++stream) {
    e_process watch{.floor = 0.9};
    bool alarmed = false;
    for (int i = 0; i < 1000 && !alarmed; ++i)
      alarmed = watch.add(random() % 10 < 9 ? 1 : 0) >= std::log(20.0);
    alarms += alarmed ? 1 : 0;
  }
  EXPECT_LE(alarms, 20);  // 10 at most are expected, standard deviation 3
}

TEST(e_process, stays_finite_whatever_comes) {
  for (const double floor : {0.0, 0.2, 0.5, 1.0})
    for (const double score : {0.0, 0.5, 1.0}) {
      e_process process{.floor = floor};
      e_detector detector{.floor = floor};
      for (int i = 0; i < 3000; ++i) {
        EXPECT_TRUE(evalpp::detail::is_finite(process.add(score)));
        EXPECT_TRUE(evalpp::detail::is_finite(detector.add(score)));
      }
    }
  EXPECT_EQ(e_process{}.log_e_value(), 0.0);
  // A stake that lost all stays out: a floor of 0 can only lose.
  e_process lost{.floor = 0};
  lost.add(1);
  EXPECT_EQ(lost.log_fortunes[4], -1e300);
}

TEST(e_process, rejects_what_is_no_score) {
  e_process watch{.floor = 0.5};
  EXPECT_REFUSED(watch.add(1.5));
  EXPECT_REFUSED(watch.add(-0.5));
  EXPECT_REFUSED(watch.add(std::numeric_limits<double>::quiet_NaN()));
  e_detector beyond{.floor = 2};
  EXPECT_REFUSED(beyond.add(1));
}

}  // namespace e_process_test
