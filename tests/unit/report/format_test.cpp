// SPDX-License-Identifier: MIT
#include <evalpp/report/format.hpp>

#include <gtest/gtest.h>
#include <limits>

namespace format_test {

using evalpp::scale;
using evalpp::report::display_width;
using evalpp::report::format_value;
using evalpp::report::printable;

TEST(report_format, two_decimals_of_a_hundred_and_four_of_one) {
  EXPECT_EQ(format_value(33.333, scale::percent), "33.33");
  EXPECT_EQ(format_value(0.33333, scale::fraction), "0.3333");
  EXPECT_EQ(format_value(100, scale::percent), "100.00");
  EXPECT_EQ(format_value(-0.5, scale::fraction), "-0.5000");
}

TEST(report_format, what_is_no_number) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(format_value(std::numeric_limits<double>::quiet_NaN(), scale::percent), "-");
  EXPECT_EQ(format_value(infinity, scale::fraction), "inf");
  EXPECT_EQ(format_value(-infinity, scale::fraction), "-inf");
  EXPECT_EQ(format_value(std::numeric_limits<double>::max(), scale::fraction).size(), 309u + 5u);
}

TEST(report_format, an_interval_has_two_digits_of_half_its_width) {
  using evalpp::interval;
  constexpr auto ok = evalpp::interval_status::ok;
  EXPECT_EQ(format_value(33.908, interval{25.51, 43.71, 0.95, ok}, scale::percent), "33.9 [25.5, 43.7]");
  EXPECT_EQ(format_value(22, interval{12.7, 35.2, 0.95, ok}, scale::percent), "22 [13, 35]");
  EXPECT_EQ(format_value(33.908, interval{33.90, 33.91, 0.95, ok}, scale::percent), "33.91 [33.90, 33.91]");
  EXPECT_EQ(format_value(0.6673, interval{0.5651, 0.7509, 0.95, ok}, scale::fraction),
            "0.667 [0.565, 0.751]");
  EXPECT_EQ(format_value(0.5, interval{0.5, 0.5, 0.95, ok}, scale::fraction), "0.5000 [0.5000, 0.5000]");
  for (const auto none : {evalpp::interval_status::degenerate, evalpp::interval_status::too_few})
    EXPECT_EQ(format_value(0.5, interval{0.5, 0.5, 0.95, none}, scale::fraction), "0.5000");
  EXPECT_EQ(format_value(0.5, interval{}, scale::fraction), "0.5000");
}

TEST(report_format, control_characters_are_printed_as_their_codes) {
  EXPECT_EQ(printable("a\x1b[0m\tb\n\x7f"), "a\\x1b[0m\\x09b\\x0a\\x7f");
  EXPECT_EQ(printable("\xC3\xA9 \\x"), "\xC3\xA9 \\x");
}

TEST(report_format, width_in_columns) {
  EXPECT_EQ(display_width(""), 0u);
  EXPECT_EQ(display_width("abc"), 3u);
  EXPECT_EQ(display_width("\xC3\xA9t\xC3\xA9"), 3u);         // été
  EXPECT_EQ(display_width("\xE4\xB8\xAD\xE6\x96\x87"), 4u);  // two Chinese characters
  EXPECT_EQ(display_width("\xE2\x80\x93"), 1u);              // a dash
  EXPECT_EQ(display_width("\xF0\x9F\x98\x80"), 2u);          // an emoji
}

}  // namespace format_test
