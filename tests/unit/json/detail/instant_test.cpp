// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/instant.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace instant_test {

std::string instant(std::string_view text) {
  std::vector<char> out;
  return evalpp::json::detail::append_instant(text, out) ? std::string(out.begin(), out.end()) : "none";
}

TEST(json_instant, is_in_utc) {
  EXPECT_EQ(instant("2025-01-01T00:30:00Z"), "2025-01-01T00:30:00Z");
  EXPECT_EQ(instant("2024-12-31T23:30:00-01:00"), "2025-01-01T00:30:00Z");
  EXPECT_EQ(instant("2025-01-01t00:15:59z"), "2025-01-01T00:15:59Z");
  EXPECT_EQ(instant("2025-06-30T12:00:00-00:00"), "2025-06-30T12:00:00Z");
}

TEST(json_instant, goes_over_the_ends_of_days_months_and_years) {
  EXPECT_EQ(instant("2025-01-01T00:00:00+00:01"), "2024-12-31T23:59:00Z");
  EXPECT_EQ(instant("2024-03-01T00:00:00+14:00"), "2024-02-29T10:00:00Z");
  EXPECT_EQ(instant("2023-03-01T00:00:00+14:00"), "2023-02-28T10:00:00Z");
  EXPECT_EQ(instant("2024-02-28T23:59:00-00:01"), "2024-02-29T00:00:00Z");
  EXPECT_EQ(instant("2100-02-28T23:59:00-00:01"), "2100-03-01T00:00:00Z");
  EXPECT_EQ(instant("9999-12-31T23:59:00-00:01"), "10000-01-01T00:00:00Z");
}

// A leap second is its own: RFC 3339 section 5.8.
TEST(json_instant, keeps_leap_seconds) {
  EXPECT_EQ(instant("1990-12-31T15:59:60-08:00"), "1990-12-31T23:59:60Z");
  EXPECT_EQ(instant("1990-12-31T15:58:60-08:00"), "none");
}

TEST(json_instant, has_no_zeros_at_the_end_of_its_fraction) {
  EXPECT_EQ(instant("2025-01-01T00:00:00.000Z"), "2025-01-01T00:00:00Z");
  EXPECT_EQ(instant("2025-01-01T00:00:00.1200+00:00"), "2025-01-01T00:00:00.12Z");
  EXPECT_EQ(instant("2025-01-01T00:00:10.0Z"), "2025-01-01T00:00:10Z");
}

TEST(json_instant, is_nothing_else) {
  for (const char* text : {"", "2025-01-01", "12:00:00Z", "2025-01-01 00:00:00Z", "2025-02-29T00:00:00Z",
                           "2025-01-01T00:00:00", "2025-01-01T00:00:00Z ", "2025-01-01T24:00:00Z"})
    EXPECT_EQ(instant(text), "none") << text;
}

}  // namespace instant_test
