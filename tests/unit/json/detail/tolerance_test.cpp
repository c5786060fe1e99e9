// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/tolerance.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace tolerance_test {

using evalpp::json::detail::addend;
using evalpp::json::detail::sign_of_sum;
using evalpp::json::detail::take_apart;
using evalpp::json::detail::tolerance;

bool within(double absolute, double relative, std::string_view reference, std::string_view other) {
  return tolerance(absolute, relative).within(reference, other);
}

TEST(json_tolerance, none_is_equality_of_values) {
  const tolerance none;
  EXPECT_TRUE(none.is_zero());
  EXPECT_TRUE(none.within("1", "1.0") && none.within("150e-2", "1.5") && none.within("-0", "0.0e9"));
  EXPECT_TRUE(none.within("0.00100", "1e-3") && none.within("-1", "-1"));
  EXPECT_FALSE(none.within("1", "-1") || none.within("0", "1") || none.within("5", "6"));
  EXPECT_FALSE(none.within("1e400", "1e401") || none.within("10000000000000000", "10000000000000001"));
}

TEST(json_tolerance, absolute_is_decimal_and_closed) {
  EXPECT_TRUE(within(0.3, 0, "1", "1.3") && within(0.3, 0, "1.3", "1") && within(0.1, 0, "0.2", "0.3"));
  EXPECT_FALSE(within(0.3, 0, "1", "1.300000000000000000000000000001"));
  EXPECT_FALSE(within(0.3, 0, "1", "0.699999999999999999999999999999"));
  EXPECT_TRUE(within(0.3, 0, "-0.1", "0.2") && within(0.3, 0, "0.2", "-0.1"));
  EXPECT_FALSE(within(0.3, 0, "-0.1", "0.2000001"));
  EXPECT_TRUE(within(1, 0, "99999999999999999999", "100000000000000000000"));
  EXPECT_FALSE(within(1, 0, "99999999999999999999", "100000000000000000000.1"));
  EXPECT_TRUE(within(1e-7, 0, "0", "1e-7") && within(1e300, 0, "9e299", "-1e299"));
  EXPECT_TRUE(within(1e-300, 0, "0", "1e-300") && !within(1e-300, 0, "0", "1.1e-300"));
}

TEST(json_tolerance, relative_is_to_the_reference) {
  EXPECT_TRUE(within(0, 0.05, "100", "105") && within(0, 0.05, "-100", "-95"));
  EXPECT_FALSE(within(0, 0.05, "100", "105.0000000000000001") || within(0, 0.05, "100", "-100"));
  EXPECT_TRUE(within(0, 0.5, "2", "1") && !within(0, 0.5, "1", "2"));
  EXPECT_FALSE(within(0, 0.5, "0", "1e-400"));
  EXPECT_TRUE(within(0, 0.01, "1e400", "1.01e400") && !within(0, 0.01, "1e400", "1.0101e400"));
  EXPECT_TRUE(within(0, 0.30000000000000004, "1", "1.30000000000000004"));
  EXPECT_FALSE(within(0, 0.30000000000000004, "1", "1.30000000000000005"));
  EXPECT_TRUE(within(3, 0.01, "100", "103") && within(0.5, 0.01, "100", "101"));  // the larger counts
}

TEST(json_tolerance, what_is_no_tolerance_is_none) {
  EXPECT_TRUE(tolerance(-1, -0.5).is_zero() && tolerance(-0.0, 0).is_zero());
  EXPECT_TRUE(tolerance(std::numeric_limits<double>::quiet_NaN(), 0).is_zero());
  EXPECT_FALSE(within(-1, 0, "1", "1.5"));
  EXPECT_TRUE(within(std::numeric_limits<double>::infinity(), 0, "1", "-1e99999999"));
}

TEST(json_tolerance, far_exponents_cost_nothing) {
  EXPECT_FALSE(within(1, 0, "1e99999999999999999", "1"));
  EXPECT_TRUE(within(1, 0, "1e-99999999999999999", "1"));
  EXPECT_TRUE(within(1, 0, "-1e-99999999999999999", "0.5"));
  EXPECT_FALSE(within(1, 0, "-1e-99999999999999999", "1"));  // by that little
  EXPECT_TRUE(within(0, 1, "1e99999999", "1e-99999999"));
}

TEST(json_tolerance, long_numbers_are_read_to_their_end) {
  const std::string nines(1'000'000, '9');
  EXPECT_TRUE(within(1, 0, nines, "1" + std::string(1'000'000, '0')));
  EXPECT_FALSE(within(1, 0, nines, "1" + std::string(1'000'000, '0') + ".1"));
}

TEST(json_sign_of_sum, agrees_with_integers) {
  for (std::int64_t a = 0; a < 130; a += 3) {
    for (std::int64_t b = 0; b < 130; ++b) {
      for (const std::int64_t c : {-31, -1, 0, 2, 100}) {
        const std::string x = std::to_string(a), y = std::to_string(b) + "0e-1";
        addend sum[] = {addend(take_apart(x), c), addend(take_apart(y), 1, 1), addend(take_apart("7"), -3)};
        const std::int64_t value = a * c + b * 10 - 21;
        EXPECT_EQ(sign_of_sum(sum), value == 0 ? 0 : value < 0 ? -1 : 1) << a << ' ' << b << ' ' << c;
      }
    }
  }
}

}  // namespace tolerance_test
