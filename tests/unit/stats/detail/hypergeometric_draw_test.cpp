// SPDX-License-Identifier: MIT
#include <evalpp/stats/detail/hypergeometric_draw.hpp>

#include <evalpp/stats/multinomial_draws.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace hypergeometric_draw_test {

using evalpp::stats::multinomial_draws;
using evalpp::stats::detail::hypergeometric_draw;

double log_choose(double n, double k) {
  return std::lgamma(n + 1) - std::lgamma(k + 1) - std::lgamma(n - k + 1);
}

struct urn {
  std::int64_t all, marked, drawn;
};

// Few and many draws, from either side, with a range that is cut at both ends, one end or none.
constexpr urn urns[] = {{50, 10, 20}, {90, 50, 40}, {100, 60, 70},   {200, 190, 30},    {200, 30, 190},
                        {60, 30, 30}, {80, 79, 40}, {1000, 26, 500}, {40000, 400, 300}, {10000, 5000, 5000}};

TEST(hypergeometric_draw, follows_the_law) {
  constexpr int draws = 20'000;
  for (const auto& [all, marked, drawn] : urns) {
    std::vector<int> seen(static_cast<std::size_t>((std::min)(marked, drawn)) + 1);
    for (int i = 0; i < draws; ++i) {
      multinomial_draws source(7, static_cast<std::uint64_t>(i));
      const std::int64_t hits = hypergeometric_draw(source, all, marked, drawn);
      ASSERT_GE(hits, (std::max)(std::int64_t{0}, drawn + marked - all));
      ASSERT_LE(hits, (std::min)(marked, drawn));
      ++seen[static_cast<std::size_t>(hits)];
    }
    double below = 0;
    int found = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
      const auto hits = static_cast<double>(k);
      const double n = static_cast<double>(all), m = static_cast<double>(marked),
                   d = static_cast<double>(drawn);
      if (n - m - d + hits >= 0)
        below += std::exp(log_choose(m, hits) + log_choose(n - m, d - hits) - log_choose(n, d));
      found += seen[k];
      const double error = std::sqrt((std::max)(below * (1 - below), 1e-6) / draws);
      EXPECT_NEAR(static_cast<double>(found) / draws, below, 5 * error)
          << all << ' ' << marked << ' ' << drawn << ' ' << k;
    }
  }
}

TEST(hypergeometric_draw, of_millions_has_mean_and_variance) {
  constexpr int draws = 4000;
  constexpr double all = 2'000'000'000, marked = 900'000'000, drawn = 30'000'000;
  const double mean = marked * drawn / all;
  const double variance = mean * (1 - marked / all) * (all - drawn) / (all - 1);
  double sum = 0, squares = 0;
  for (int i = 0; i < draws; ++i) {
    multinomial_draws source(8, static_cast<std::uint64_t>(i));
    const double off =
        static_cast<double>(hypergeometric_draw(source, 2'000'000'000, 900'000'000, 30'000'000)) - mean;
    sum += off;
    squares += off * off;
  }
  EXPECT_NEAR(sum / draws, 0, 5 * std::sqrt(variance / draws));
  EXPECT_NEAR(squares / draws / variance, 1, 5 * std::sqrt(2.0 / draws));
}

TEST(hypergeometric_draw, has_no_choice_at_the_ends) {
  multinomial_draws source(1, 1);
  EXPECT_EQ(hypergeometric_draw(source, 0, 0, 0), 0);
  EXPECT_EQ(hypergeometric_draw(source, 1000, 0, 500), 0);
  EXPECT_EQ(hypergeometric_draw(source, 1000, 500, 0), 0);
  EXPECT_EQ(hypergeometric_draw(source, 1000, 1000, 500), 500);
  EXPECT_EQ(hypergeometric_draw(source, 1000, 500, 1000), 500);
}

}  // namespace hypergeometric_draw_test
