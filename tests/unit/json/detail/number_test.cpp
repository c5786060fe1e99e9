// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/number.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace number_test {

using evalpp::json::detail::is_integral;
using evalpp::json::detail::to_double;
using evalpp::json::detail::to_int64;

constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();

TEST(json_number, converts_to_int64_exactly) {
  struct {
    std::string_view text;
    std::optional<std::int64_t> expected;
  } const cases[] = {
      {"0", 0},
      {"-0", 0},
      {"-0.000e7", 0},
      {"0e99999999999999999999999", 0},
      {"42", 42},
      {"-42", -42},
      {"1.0", 1},
      {"-1.50e1", -15},
      {"10e-1", 1},
      {"1200e-2", 12},
      {"1e18", 1'000'000'000'000'000'000},
      {"0.0000000000000000001e19", 1},
      {"9223372036854775807", most},
      {"9.223372036854775807E+18", most},
      {"9223372036854775807000e-3", most},
      {"-9223372036854775808", least},
      {"-9223372036854775808.0", least},
      {"9223372036854775808", std::nullopt},
      {"-9223372036854775809", std::nullopt},
      {"9999999999999999999", std::nullopt},
      {"18446744073709551616", std::nullopt},
      {"18446744073709551617", std::nullopt},  // 1 modulo 2^64
      {"1e19", std::nullopt},
      {"1e999999999999999999999", std::nullopt},
      {"-1e-999999999999999999999", std::nullopt},
      {"1.5", std::nullopt},
      {"15e-1", std::nullopt},
      {"1200e-3", std::nullopt},
      {"9223372036854775807.00000000000000000001", std::nullopt},
  };
  for (const auto& c : cases) EXPECT_EQ(to_int64(c.text), c.expected) << c.text;
}

TEST(json_number, an_exponent_undoes_a_million_zeros) {
  const std::string zeros(1'000'000, '0');
  EXPECT_EQ(to_int64("7" + zeros + "e-1000000"), 7);
  EXPECT_EQ(to_int64("0." + zeros + "7e1000001"), 7);
  EXPECT_EQ(to_int64("0." + zeros + "7e1000000"), std::nullopt);
  EXPECT_EQ(to_double("7" + zeros + "e-1000000"), 7.0);
  EXPECT_EQ(to_double("0." + zeros + "7e1000001"), 7.0);
}

TEST(json_number, knows_what_has_no_fraction) {
  for (const char* const text :
       {"0", "-0.0", "1.0", "1e400", "10e-1", "123456789012345678901234567890", "0e-5"}) {
    EXPECT_TRUE(is_integral(text)) << text;
  }
  for (const char* const text : {"0.5", "1e-1", "10e-2", "-1e-400", "1.0000000000000000000000000000001"}) {
    EXPECT_FALSE(is_integral(text)) << text;
  }
}

TEST(json_number, converts_to_the_nearest_double) {
  EXPECT_EQ(to_double("0.1"), 0.1);
  EXPECT_EQ(to_double("-1.5e+10"), -1.5e10);
  EXPECT_EQ(to_double("9007199254740993"), 9007199254740992.0);  // a tie goes to even
  EXPECT_EQ(to_double("9007199254740993.0000000000000000000001"), 9007199254740994.0);
  EXPECT_EQ(to_double("1.7976931348623157e308"), std::numeric_limits<double>::max());
  EXPECT_EQ(to_double("5e-324"), std::numeric_limits<double>::denorm_min());
}

TEST(json_number, leaves_the_range_on_the_right_side) {
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(to_double("1e309"), infinity);
  EXPECT_EQ(to_double("-1e309"), -infinity);
  EXPECT_EQ(to_double("1.8e308"), infinity);
  EXPECT_EQ(to_double(std::string(400, '9')), infinity);
  EXPECT_EQ(to_double("1e999999999999999999999"), infinity);
  EXPECT_EQ(to_double("1e-400"), 0.0);
  EXPECT_EQ(to_double("2e-324"), 0.0);
  EXPECT_TRUE(std::signbit(to_double("-1e-400")));
  EXPECT_TRUE(std::signbit(to_double("-0")));
  EXPECT_EQ(to_double("0." + std::string(400, '0') + "1"), 0.0);
  EXPECT_EQ(to_double("0e999"), 0.0);
}

}  // namespace number_test
