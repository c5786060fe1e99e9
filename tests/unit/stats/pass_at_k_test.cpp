// SPDX-License-Identifier: MIT
#include <evalpp/stats/pass_at_k.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <bit>
#include <cstdint>

namespace pass_at_k_test {

using evalpp::stats::pass_at_k;
using evalpp::stats::pass_hat_k;

TEST(pass_at_k, is_the_share_of_all_draws) {
  for (std::uint64_t n = 1; n <= 9; ++n)
    for (std::uint64_t c = 0; c <= n; ++c)
      for (std::uint64_t k = 1; k <= n; ++k) {
        double draws = 0, some = 0, all = 0;
        for (std::uint64_t set = 0; set < std::uint64_t{1} << n; ++set) {
          if (static_cast<std::uint64_t>(std::popcount(set)) != k) continue;
          const auto correct = static_cast<std::uint64_t>(std::popcount(set & ((std::uint64_t{1} << c) - 1)));
          ++draws;
          some += correct > 0 ? 1 : 0;
          all += correct == k ? 1 : 0;
        }
        EXPECT_NEAR(pass_at_k(n, c, k), some / draws, 1e-14);
        EXPECT_NEAR(pass_hat_k(n, c, k), all / draws, 1e-14);
      }
}

TEST(pass_at_k, of_one_sample_is_the_share_that_is_correct) {
  EXPECT_EQ(pass_at_k(200, 20, 1), 0.1);
  EXPECT_EQ(pass_hat_k(200, 20, 1), 0.1);
  EXPECT_EQ(pass_at_k(1, 0, 1), 0.0);
  EXPECT_EQ(pass_at_k(1, 1, 1), 1.0);
}

TEST(pass_at_k, keeps_the_digits_of_what_is_rare) {
  EXPECT_DOUBLE_EQ(pass_at_k(1000000000000, 1, 1), 1e-12);
  EXPECT_DOUBLE_EQ(pass_hat_k(1000000, 2, 2), 2e-6 / 999999);
  // 7/8, and 3/8 of a sample for drawing without putting back; in three steps, the shorter product.
  EXPECT_NEAR(pass_at_k(1000000000000, 3, 500000000000), 0.875 + 0.375e-12, 1e-15);
}

TEST(pass_at_k, rejects_more_than_there_are) {
  EXPECT_REFUSED(pass_at_k(5, 1, 6));
  EXPECT_REFUSED(pass_at_k(5, 6, 1));
  EXPECT_REFUSED(pass_at_k(5, 1, 0));
  EXPECT_REFUSED(pass_hat_k(0, 0, 0));
}

}  // namespace pass_at_k_test
