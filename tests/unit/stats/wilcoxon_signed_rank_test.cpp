// SPDX-License-Identifier: MIT
#include <evalpp/stats/wilcoxon_signed_rank.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

namespace wilcoxon_signed_rank_test {

using evalpp::stats::wilcoxon_exact_p;
using evalpp::stats::wilcoxon_normal_p;
using evalpp::stats::wilcoxon_signed_rank;
using reals = std::vector<double>;

TEST(wilcoxon_signed_rank, adds_ranks_by_sign) {
  const auto found = wilcoxon_signed_rank(reals{1, -2, 3, 0, -4}).value();
  EXPECT_EQ(found.items, 4u);
  EXPECT_EQ(found.positive, 4.0);
  EXPECT_EQ(found.negative, 6.0);
  EXPECT_NEAR(found.z, -2 / std::sqrt(30.0), 1e-15);
  const auto tied = wilcoxon_signed_rank(reals{1, -1, 1, 5}).value();
  EXPECT_EQ(tied.positive, 8.0);
  EXPECT_EQ(tied.negative, 2.0);
}

TEST(wilcoxon_signed_rank, exact_p_counts_all_signs) {
  std::mt19937 random(18);
  for (int trial = 0; trial < 50; ++trial) {
    reals d(1 + random() % 10);
    for (double& v : d) v = static_cast<double>(random() % 13) - 6;
    const auto found = wilcoxon_signed_rank(d).value();
    const auto& ranks = found.doubled_ranks;
    const auto least = 2 * std::min(found.positive, found.negative);
    double as_small = 0;
    const std::uint64_t all = std::uint64_t{1} << ranks.size();
    for (std::uint64_t signs = 0; signs < all; ++signs) {
      double sum = 0;
      for (std::size_t i = 0; i < ranks.size(); ++i)
        if ((signs >> i & 1) != 0) sum += static_cast<double>(ranks[i]);
      as_small += sum <= least ? 1 : 0;
    }
    EXPECT_DOUBLE_EQ(wilcoxon_exact_p(found).value(), std::min(1.0, 2 * as_small / static_cast<double>(all)));
  }
}

TEST(wilcoxon_signed_rank, nothing_differs) {
  for (const reals& none : {reals{}, reals{0, 0}}) {
    const auto found = wilcoxon_signed_rank(none).value();
    EXPECT_EQ(found.items, 0u);
    EXPECT_EQ(found.z, 0.0);
    EXPECT_EQ(wilcoxon_exact_p(found), 1.0);
  }
  EXPECT_FALSE(wilcoxon_signed_rank(reals{std::numeric_limits<double>::quiet_NaN()}));
}

TEST(wilcoxon_signed_rank, normal_p_is_near_the_exact_one) {
  reals d;
  for (int i = 1; i <= 40; ++i) d.push_back(i % 3 == 0 ? -i : i);
  const auto found = wilcoxon_signed_rank(d).value();
  EXPECT_NEAR(wilcoxon_normal_p(found), wilcoxon_exact_p(found).value(), 0.002);
  EXPECT_EQ(wilcoxon_normal_p({}), 1.0);
}

TEST(wilcoxon_signed_rank, exact_p_has_a_limit) {
  EXPECT_NEAR(wilcoxon_exact_p(wilcoxon_signed_rank(reals(500, 1.0)).value()).value() / std::pow(2.0, -499),
              1, 1e-12);
  EXPECT_FALSE(wilcoxon_exact_p(wilcoxon_signed_rank(reals(501, 1.0)).value()));
}

}  // namespace wilcoxon_signed_rank_test
