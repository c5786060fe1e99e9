// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/decimal.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>

namespace decimal_test {

namespace detail = evalpp::json::detail;

bool multiple(const char* a, const char* b) {
  return detail::multiple_of(detail::take_apart(a), detail::take_apart(b));
}

TEST(json_decimal, compares_by_exact_value) {
  const char* const ascending[] = {"-1e400",
                                   "-10.5",
                                   "-10.49",
                                   "-1",
                                   "-1e-400",
                                   "-0",
                                   "1e-400",
                                   "0.1",
                                   "0.10000000000000000001",
                                   "1",
                                   "1.5",
                                   "9",
                                   "10",
                                   "10.01",
                                   "1e3",
                                   "1e400",
                                   "1e99999999999999999999"};
  for (std::size_t i = 0; i < std::size(ascending); ++i) {
    for (std::size_t j = 0; j < std::size(ascending); ++j) {
      EXPECT_EQ(detail::compare(ascending[i], ascending[j]), i < j    ? -1
                                                             : i == j ? 0
                                                                      : 1)
          << ascending[i] << ' ' << ascending[j];
    }
  }
}

TEST(json_decimal, equal_values_are_equal_however_they_are_written) {
  const char* const same[][3] = {{"0", "-0.0", "0e5"},
                                 {"1", "1.000", "100e-2"},
                                 {"-1200", "-1.2e3", "-12E+2"},
                                 {"0.05", "5e-2", "50.0e-3"}};
  for (const auto& form : same) {
    for (const char* a : form) {
      EXPECT_EQ(detail::compare(form[0], a), 0) << a;
      EXPECT_EQ(detail::hash(detail::take_apart(form[0])), detail::hash(detail::take_apart(a))) << a;
    }
  }
  EXPECT_NE(detail::hash(detail::take_apart("1")), detail::hash(detail::take_apart("10")));
  EXPECT_NE(detail::hash(detail::take_apart("1")), detail::hash(detail::take_apart("-1")));
}

TEST(json_decimal, multiples_are_exact) {
  EXPECT_TRUE(multiple("0.0075", "0.0001"));
  EXPECT_FALSE(multiple("0.00751", "0.0001"));
  EXPECT_TRUE(multiple("1e308", "0.5"));
  EXPECT_FALSE(multiple("1e308", "0.123456789"));
  EXPECT_TRUE(multiple("0", "7"));
  EXPECT_TRUE(multiple("-21", "7"));
  EXPECT_FALSE(multiple("5", "10"));
  EXPECT_TRUE(multiple("15", "2.5"));
  EXPECT_FALSE(multiple("16", "2.5"));
  EXPECT_TRUE(multiple("1e100000000000000000", "1024"));
  EXPECT_FALSE(multiple("1e100000000000000000", "3"));
  EXPECT_TRUE(multiple("9007199254740993", "3"));
  EXPECT_FALSE(multiple("9007199254740992", "3"));
}

TEST(json_decimal, divides_by_long_numbers_too) {
  const std::size_t digits = detail::max_divisor_digits;
  const std::string ones(digits, '1');
  const std::string twos(digits, '2');
  EXPECT_TRUE(multiple(twos.c_str(), ones.c_str()));
  EXPECT_FALSE(multiple((twos + "1").c_str(), ones.c_str()));
  EXPECT_TRUE(multiple((ones + "000" + ones).c_str(), ones.c_str()));
  EXPECT_TRUE(multiple("1e70", "1267650600228229401496703205376e-30"));  // 2^100
  EXPECT_FALSE(multiple("1e70", "1267650600228229401496703205377e-30"));
}

}  // namespace decimal_test
