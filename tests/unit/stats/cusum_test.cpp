// SPDX-License-Identifier: MIT
#include <evalpp/stats/cusum.hpp>

#include <gtest/gtest.h>

namespace cusum_test {

using evalpp::stats::cusum;

TEST(cusum, stays_low_on_target_and_rises_past_it) {
  cusum watch{.target = 1, .slack = 0.5, .threshold = 2};
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(watch.add(1));
  EXPECT_EQ(watch.rise, 0.0);
  EXPECT_FALSE(watch.add(3));
  EXPECT_EQ(watch.rise, 1.5);
  EXPECT_TRUE(watch.add(3));
  EXPECT_TRUE(watch.rising());
  EXPECT_FALSE(watch.falling());
}

TEST(cusum, falls_as_it_rises) {
  cusum watch{.target = 1, .slack = 0.5, .threshold = 2};
  watch.add(-1);
  EXPECT_EQ(watch.fall, 1.5);
  EXPECT_EQ(watch.rise, 0.0);
  EXPECT_TRUE(watch.add(-1));
  EXPECT_TRUE(watch.falling());
}

TEST(cusum, reaching_the_threshold_is_not_passing_it) {
  cusum watch{.target = 0, .slack = 0, .threshold = 1};
  EXPECT_FALSE(watch.add(1));
  EXPECT_TRUE(watch.add(0.25));
}

}  // namespace cusum_test
