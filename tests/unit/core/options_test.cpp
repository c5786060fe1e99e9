// SPDX-License-Identifier: MIT
#include <evalpp/core/options.hpp>

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <limits>
#include <stdexcept>

namespace options_test {

using share = evalpp::bounded_real<0, 1>;

TEST(options, minus_zero_is_zero) {
  EXPECT_EQ(std::bit_cast<std::uint64_t>(static_cast<double>(share(-0.0))), 0u);
}

#if EVALPP_HAS_EXCEPTIONS
TEST(options, what_lies_outside_is_refused) {
  EXPECT_EQ(share(1).operator double(), 1);
  EXPECT_THROW((void)share{1.0000001}, std::invalid_argument);
  EXPECT_THROW((void)share{-1e-300}, std::invalid_argument);
  EXPECT_THROW((void)share{std::numeric_limits<double>::quiet_NaN()}, std::invalid_argument);
  EXPECT_THROW((void)share{std::numeric_limits<double>::infinity()}, std::invalid_argument);
  EXPECT_THROW((evalpp::bounded<1, 8>(9)), std::invalid_argument);
  EXPECT_THROW((evalpp::bounded<1, 8>(0)), std::invalid_argument);
  EXPECT_EQ((evalpp::bounded<1, 8>(8)), 8);
}
#endif

}  // namespace options_test
