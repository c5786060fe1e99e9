// SPDX-License-Identifier: MIT
#include <evalpp/stats/detail/binomial_draw.hpp>
#include <evalpp/stats/detail/sample_splits.hpp>
#include <evalpp/stats/multinomial_draws.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace binomial_draw_test {

using evalpp::stats::multinomial_draws;
using evalpp::stats::detail::binomial_draw;
using evalpp::stats::detail::resampled_groups;

TEST(binomial_draw, follows_the_law) {
  constexpr int draws = 20'000;
  struct urn {
    std::int64_t all, marked, drawn;
  };
  for (const auto& [all, marked, drawn] :
       {urn{7, 3, 10}, urn{100, 1, 25}, urn{10, 9, 30}, urn{1000, 400, 60}, urn{3, 1, 200}}) {
    std::vector<int> seen(static_cast<std::size_t>(drawn) + 1);
    for (int i = 0; i < draws; ++i) {
      multinomial_draws source(9, static_cast<std::uint64_t>(i));
      const std::int64_t hits = binomial_draw(source, all, marked, drawn);
      ASSERT_GE(hits, 0);
      ASSERT_LE(hits, drawn);
      ++seen[static_cast<std::size_t>(hits)];
    }
    const double n = static_cast<double>(drawn), p = static_cast<double>(marked) / static_cast<double>(all);
    double below = 0;
    int found = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
      const auto hits = static_cast<double>(k);
      below += std::exp(std::lgamma(n + 1) - std::lgamma(hits + 1) - std::lgamma(n - hits + 1) +
                        hits * std::log(p) + (n - hits) * std::log1p(-p));
      found += seen[k];
      const double error = std::sqrt(std::fmax(below * (1 - below), 1e-6) / draws);
      EXPECT_NEAR(static_cast<double>(found) / draws, below, 5 * error) << marked << ' ' << drawn << ' ' << k;
    }
  }
}

TEST(binomial_draw, has_no_choice_at_the_ends) {
  multinomial_draws source(1, 1);
  EXPECT_EQ(binomial_draw(source, 0, 0, 0), 0);
  EXPECT_EQ(binomial_draw(source, 1000, 0, 500), 0);
  EXPECT_EQ(binomial_draw(source, 1000, 500, 0), 0);
  EXPECT_EQ(binomial_draw(source, 1000, 1000, 500), 500);
}

// Groups of one item each are drawn item by item, large ones by binomials: both keep the number of items, and
// group g has its share of them, with the variance of a multinomial.
TEST(resampled_groups, have_the_moments_of_a_multinomial) {
  constexpr int draws = 4000;
  for (const std::uint32_t times : {1u, 1000u}) {
    const std::vector<std::uint32_t> groups{1 * times, 0, 2 * times, 5 * times};
    const double all = 8.0 * times;
    const resampled_groups samples(groups);
    std::vector<double> sum(4), squares(4);
    for (int i = 0; i < draws; ++i) {
      multinomial_draws source(3, static_cast<std::uint64_t>(i));
      std::vector<std::uint32_t> taken(4, 77);
      samples.draw(source, taken);
      ASSERT_EQ(taken[0] + taken[1] + taken[2] + taken[3], 8 * times);
      for (std::size_t g = 0; g < 4; ++g) {
        const double off = static_cast<double>(taken[g]) - static_cast<double>(groups[g]);
        sum[g] += off;
        squares[g] += off * off;
      }
    }
    EXPECT_EQ(squares[1], 0);
    for (const std::size_t g : {0u, 2u, 3u}) {
      const double share = static_cast<double>(groups[g]) / all, variance = all * share * (1 - share);
      EXPECT_NEAR(sum[g] / draws, 0, 5 * std::sqrt(variance / draws)) << g;
      EXPECT_NEAR(squares[g] / draws / variance, 1, 5 * std::sqrt(3.0 / draws)) << g;
    }
  }
}

}  // namespace binomial_draw_test
