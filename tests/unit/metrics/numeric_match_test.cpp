// SPDX-License-Identifier: MIT
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/numeric_match.hpp>

#include <reference/decimal.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace numeric_match_test {

using evalpp::number_choice;
using evalpp::numeric_match;

double value(const numeric_match& metric, std::string_view answer, std::string_view gold) {
  return metric.score(evalpp::measure(metric, answer, gold)).value;
}
bool same(std::string_view answer, std::string_view gold) { return value({}, answer, gold) == 1; }

TEST(numeric_match, how_a_number_is_written_does_not_count) {
  EXPECT_TRUE(same("1,234.50", "1234.5"));
  EXPECT_TRUE(same("$1,234.50", "1.2345e3"));
  EXPECT_TRUE(same("\xE2\x82\xAC 5", "5.0"));
  EXPECT_TRUE(
      same("-\xC2\xA3"
           "5",
           "-5"));
  EXPECT_TRUE(same("+007", "7"));
  EXPECT_TRUE(same(".5", "0.50"));
  EXPECT_TRUE(same("-.5", "-0.5"));
  EXPECT_TRUE(same("-0", "0"));
  EXPECT_TRUE(
      same("\xE2\x88\x92"
           "3",
           "-3"));
  EXPECT_TRUE(same("50%", "50"));
  EXPECT_TRUE(same("1,000,000", "1E6"));
  EXPECT_FALSE(same("5", "-5"));
  EXPECT_FALSE(same("0.1", "0.10000000000000000000000001"));
}

TEST(numeric_match, the_last_number_counts_unless_told_otherwise) {
  EXPECT_TRUE(same("2 + 3 = 5.", "5"));
  EXPECT_TRUE(same("so 18.", "#### 18"));
  EXPECT_TRUE(same("between 10-20", "20"));
  EXPECT_TRUE(same("version 1.2.3", "3"));
  EXPECT_TRUE(same("x1,2", "2"));
  EXPECT_TRUE(same("1234,567", "567"));
  EXPECT_TRUE(same("1,2345", "2345"));
  EXPECT_TRUE(same("B12", "12"));
  EXPECT_TRUE(same("3 - -4", "-4"));
  EXPECT_TRUE(same("5e", "5"));
  EXPECT_TRUE(same("5e+", "5"));
  EXPECT_TRUE(same("(-3)", "-3"));
  const numeric_match first{.which = number_choice::first};
  EXPECT_EQ(value(first, "5 apples, 3 pears", "5"), 1);
  const numeric_match only{.which = number_choice::only};
  EXPECT_EQ(value(only, " $5.00 ", "5"), 1);
  EXPECT_EQ(value(only, "5 apples", "5"), 0);
  EXPECT_EQ(value(only, "5.", "5"), 0);
  EXPECT_EQ(value(only, "-5%", "-5"), 1);
}

TEST(numeric_match, without_a_number_nothing_matches) {
  EXPECT_FALSE(same("", ""));
  EXPECT_FALSE(same("five", "five"));
  EXPECT_FALSE(same("5", "five"));
  EXPECT_FALSE(same("-", "."));
}

TEST(numeric_match, percent_may_mean_hundredths) {
  const numeric_match hundredths{.percent_is_hundredth = true};
  EXPECT_EQ(value(hundredths, "50%", "0.5"), 1);
  EXPECT_EQ(value(hundredths, "50%", "50"), 0);
  EXPECT_EQ(value(hundredths, "0%", "0"), 1);
}

TEST(numeric_match, tolerances_are_those_of_isclose) {
  EXPECT_EQ(value({.abs_tol = 0.01}, "3.14", "3.145"), 1);
  EXPECT_EQ(value({.abs_tol = 0.001}, "3.14", "3.145"), 0);
  EXPECT_EQ(value({.rel_tol = 0.01}, "1000", "1009"), 1);
  EXPECT_EQ(value({.rel_tol = 0.01}, "1000", "1011"), 0);
  EXPECT_EQ(value({.rel_tol = 0.01}, "1e999", "1e999"), 1);  // equal as decimals
  EXPECT_EQ(value({.rel_tol = 0.01}, "1e999", "2e999"), 0);  // beyond the doubles: no distance
  EXPECT_EQ(value({.abs_tol = 0.01}, "1e-999", "0"), 1);
  EXPECT_EQ(value({.abs_tol = 0.01}, "-1e-999", "0"), 1);
}

TEST(numeric_match, long_numbers_are_exact) {
  const std::string nines(100000, '9');
  EXPECT_TRUE(same(nines, nines + ".000"));
  EXPECT_FALSE(same(nines, nines.substr(1) + "8"));
  EXPECT_TRUE(same("1" + std::string(1000, '0'), "1e1000"));
  EXPECT_TRUE(same("0." + std::string(999, '0') + "1", "1e-1000"));
}

TEST(numeric_match, takes_the_best_reference) {
  const numeric_match metric;
  EXPECT_EQ(metric.score(evalpp::measure(metric, "7", std::vector<std::string>{"six", "6", "7.0"})).matched,
            1);
}

TEST(numeric_match, agrees_with_the_written_digits) {
  std::uint32_t state = 8;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  const auto draw = [&] {
    std::string text = below(3) == 0 ? "-" : "";
    for (std::uint32_t n = 1 + below(4); n > 0; --n) text += static_cast<char>('0' + below(2));
    if (below(2)) {
      text += '.';
      for (std::uint32_t n = 1 + below(3); n > 0; --n) text += static_cast<char>('0' + below(2));
    }
    return text;
  };
  int equal = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::string a = draw(), b = draw();
    const bool expected = reference::equal_numbers(a, b);
    ASSERT_EQ(same("is " + a + " ", b), expected) << a << ' ' << b;
    equal += expected;
  }
  EXPECT_GT(equal, 300);
}

TEST(numeric_match, the_signature_holds_every_option) {
  EXPECT_EQ(numeric_match{}.signature(), "number:last|percent:unit|abs:0|rel:0");
  EXPECT_EQ((numeric_match{
                 .which = number_choice::only, .percent_is_hundredth = true, .abs_tol = 0.5, .rel_tol = 1e-6})
                .signature(),
            "number:only|percent:0.01|abs:0.5|rel:1e-06");
}

}  // namespace numeric_match_test
