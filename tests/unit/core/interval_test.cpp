// SPDX-License-Identifier: MIT
#include <evalpp/core/interval.hpp>

#include <gtest/gtest.h>

#include <set>
#include <string_view>

namespace {

using evalpp::interval;
using evalpp::interval_status;

TEST(interval, says_nothing_until_it_is_made) {
  const interval none;
  EXPECT_FALSE(none.exists());
  EXPECT_LT(none.lo, -1e300);
  EXPECT_GT(none.hi, 1e300);
}

TEST(interval, has_ends_to_show_only_when_it_was_made_from_data_that_vary) {
  for (const auto status : {interval_status::ok, interval_status::caution})
    EXPECT_TRUE((interval{0, 1, 0.95, "bca+", status}.exists()));
  for (const auto status :
       {interval_status::degenerate, interval_status::too_few, interval_status::undefined})
    EXPECT_FALSE((interval{0, 1, 0.95, "bca+", status}.exists()));
}

TEST(interval, every_status_has_its_word) {
  std::set<std::string_view> words;
  for (const auto status : {interval_status::ok, interval_status::caution, interval_status::degenerate,
                            interval_status::too_few, interval_status::undefined})
    words.insert(to_string(status));
  EXPECT_EQ(words.size(), 5u);
}

}  // namespace
