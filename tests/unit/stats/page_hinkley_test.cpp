// SPDX-License-Identifier: MIT
#include <evalpp/stats/page_hinkley.hpp>

#include <gtest/gtest.h>

namespace page_hinkley_test {

using evalpp::stats::page_hinkley;

TEST(page_hinkley, stays_low_on_a_constant_and_rises_with_the_mean) {
  page_hinkley watch{.tolerance = 0.1, .threshold = 2};
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(watch.add(5));
  EXPECT_EQ(watch.value, 0.0);
  EXPECT_EQ(watch.mean, 5.0);
  int items = 0;
  while (!watch.add(6)) ++items;
  EXPECT_LT(items, 5);
  EXPECT_TRUE(watch.rising());
}

TEST(page_hinkley, does_not_mind_a_fall) {
  page_hinkley watch{.tolerance = 0, .threshold = 1};
  for (int i = 0; i < 50; ++i) watch.add(5);
  for (int i = 0; i < 50; ++i) EXPECT_FALSE(watch.add(1));
}

TEST(page_hinkley, the_first_item_is_its_own_mean) {
  page_hinkley watch{.tolerance = 0.5, .threshold = 1};
  EXPECT_FALSE(watch.add(1e9));
  EXPECT_EQ(watch.value, 0.0);
  EXPECT_EQ(watch.items, 1u);
}

}  // namespace page_hinkley_test
