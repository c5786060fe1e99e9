// SPDX-License-Identifier: MIT
#include <evalpp/stats/paired_table.hpp>

#include <gtest/gtest.h>
#include <cstdint>

namespace paired_table_test {

using evalpp::stats::paired_table;

TEST(PairedTable, CountsAreCheckedAndAdded) {
  constexpr paired_table t{.both = 1, .first_only = 2, .second_only = 3, .neither = 4};
  static_assert(evalpp::stats::detail::total(t) == 10);
  EXPECT_TRUE(evalpp::stats::detail::is_valid(t));
  EXPECT_TRUE(evalpp::stats::detail::is_valid({}));
  EXPECT_FALSE(evalpp::stats::detail::is_valid({.neither = -1}));
  EXPECT_FALSE(evalpp::stats::detail::is_valid({.both = INT64_MAX}));
  EXPECT_EQ(t, (paired_table{1, 2, 3, 4}));
}

}  // namespace paired_table_test
