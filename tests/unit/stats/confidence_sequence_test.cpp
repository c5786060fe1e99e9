// SPDX-License-Identifier: MIT
#include <evalpp/core/interval.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/stats/confidence_sequence.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <limits>
#include <random>

namespace confidence_sequence_test {

using evalpp::interval_status;
using evalpp::stats::confidence_sequence;

TEST(confidence_sequence, narrows_around_the_mean) {
  std::mt19937 random(23);
  confidence_sequence watch;
  EXPECT_EQ(watch.current().status, interval_status::undefined);
  double width = 1;
  for (int i = 0; i < 5000; ++i) {
    const auto now = watch.add(static_cast<double>(random() % 101) / 100);
    EXPECT_LE(now.hi - now.lo, width);
    width = now.hi - now.lo;
  }
  EXPECT_TRUE(watch.current().contains(0.5));
  EXPECT_LT(width, 0.1);
  EXPECT_EQ(watch.current().status, interval_status::ok);
}

TEST(confidence_sequence, seldom_misses_at_any_time) {
  std::mt19937 random(24);
  int misses = 0;
  for (int stream = 0; stream < 200; ++stream) {
    confidence_sequence watch{.level = 0.9};
    bool missed = false;
    for (int i = 0; i < 500; ++i) missed = missed || !watch.add(random() % 10 < 8 ? 1 : 0).contains(0.8);
    misses += missed ? 1 : 0;
  }
  EXPECT_LE(misses, 35);  // 20 at most are expected, standard deviation 4
}

TEST(confidence_sequence, of_mirrored_scores_is_mirrored) {
  std::mt19937 random(25);
  confidence_sequence watch, mirror;
  for (int i = 0; i < 300; ++i) {
    const double x = static_cast<double>(random() % 65) / 256;
    const auto a = watch.add(x), b = mirror.add(1 - x);
    EXPECT_NEAR(a.lo, 1 - b.hi, 1e-12);
    EXPECT_NEAR(a.hi, 1 - b.lo, 1e-12);
  }
}

TEST(confidence_sequence, of_what_does_not_vary_is_no_point) {
  confidence_sequence watch;
  for (int i = 0; i < 100; ++i) watch.add(1);
  EXPECT_EQ(watch.current().hi, 1.0);
  EXPECT_LT(watch.current().lo, 0.95);
  EXPECT_GT(watch.current().lo, 0.8);
}

TEST(confidence_sequence, says_when_the_mean_has_changed) {
  confidence_sequence watch;
  for (int i = 0; i < 1000; ++i) watch.add(0);
  for (int i = 0; i < 5000; ++i) watch.add(1);
  EXPECT_EQ(watch.current().status, interval_status::caution);
  EXPECT_GT(watch.current().lo, watch.current().hi);
}

TEST(confidence_sequence, rejects_what_is_no_score) {
  confidence_sequence watch;
  EXPECT_REFUSED(watch.add(1.01));
  EXPECT_REFUSED(watch.add(-0.01));
  EXPECT_REFUSED(watch.add(std::numeric_limits<double>::quiet_NaN()));
  confidence_sequence certain{.level = 1};
  EXPECT_REFUSED(certain.add(0.5));
}

}  // namespace confidence_sequence_test
