// SPDX-License-Identifier: MIT
#include <evalpp/detail/fp.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>

namespace fp_test {

namespace detail = evalpp::detail;

TEST(fp, single_rounds_to_24_bits) {
  EXPECT_EQ(detail::single(0x1p24 + 1), 0x1p24);  // a tie goes to the even one
  EXPECT_EQ(detail::single(0x1p24 + 3), 0x1p24 + 4);
  EXPECT_EQ(detail::single(0.1), 0x1.99999ap-4);
  EXPECT_EQ(detail::single_ratio(1, 10), 0x1.99999ap-4);
}

TEST(fp, whole_cuts_what_no_count_can_be) {
  EXPECT_EQ(detail::whole(16777216.0f), 16777216);
  EXPECT_EQ(detail::whole(-3.0f), -3);
  constexpr std::int64_t most = std::int64_t{1} << 62;
  EXPECT_EQ(detail::whole(std::numeric_limits<float>::infinity()), most);
  EXPECT_EQ(detail::whole(-1e30f), -most);
  EXPECT_EQ(detail::whole(std::numeric_limits<float>::quiet_NaN()), 0);
}

}  // namespace fp_test
