// SPDX-License-Identifier: MIT
#include <evalpp/judge/clock.hpp>

#include <gtest/gtest.h>

namespace clock_test {

namespace judge = evalpp::judge;

TEST(judge_clock, the_machines_goes_on_and_never_back) {
  judge::steady_clock time;
  const double before = time.now();
  for (const double seconds : {0.002, 0.0, -1.0}) time.sleep(seconds);
  double last = time.now();
  EXPECT_GT(last, before);
  for (int i = 0; i < 1000; ++i) {
    const double now = time.now();
    EXPECT_GE(now, last);
    last = now;
  }
}

TEST(judge_clock, a_tests_moves_only_when_it_sleeps) {
  judge::virtual_clock time;
  EXPECT_EQ(time.now(), 0);
  time.sleep(3600);
  time.sleep(-5);
  EXPECT_EQ(time.now(), 3600);
}

}  // namespace clock_test
