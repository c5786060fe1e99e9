// SPDX-License-Identifier: MIT
// Against rouge_score's own figures: tests/golden/rouge_bootstrap_test.cpp.
#include <evalpp/stats/rouge_bootstrap.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace rouge_bootstrap_test {

namespace stats = evalpp::stats;
using evalpp::detail::is_nan;

// Sixteenths: their sums are exact in any order.
std::vector<double> some_scores(std::uint32_t n) {
  std::vector<double> scores;
  for (std::uint32_t i = 0; i < n; ++i) scores.push_back(i * i % 17 / 16.0);
  return scores;
}

TEST(rouge_bootstrap, takes_quantiles_of_the_means_of_the_replicates) {
  const auto scores = some_scores(16);
  stats::numpy_random_state stream(9), same(9);
  const auto found = stats::rouge_bootstrap(stream, scores, 1, 41);
  std::vector<double> means;
  for (int b = 0; b < 41; ++b) {
    double sum = 0;
    for (int i = 0; i < 16; ++i) sum += scores[same.below(16)];
    means.push_back(sum / 16);
  }
  std::sort(means.begin(), means.end());
  // Of 41 values the quantiles 0.025, 0.5 and 0.975 are the 2nd, the 21st and the 40th.
  EXPECT_NEAR(found[0].low, means[1], 1e-15);
  EXPECT_EQ(found[0].mid, means[20]);
  EXPECT_NEAR(found[0].high, means[39], 1e-15);
  EXPECT_EQ(stream.next32(), same.next32());  // where the next type goes on
}

TEST(rouge_bootstrap, draws_all_columns_together) {
  std::vector<double> both;
  for (const double s : some_scores(20)) both.insert(both.end(), {s, 1 - s});
  stats::numpy_random_state stream(1), alone(1);
  const auto found = stats::rouge_bootstrap(stream, both, 2, 200);
  const auto first = stats::rouge_bootstrap(alone, some_scores(20), 1, 200);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].low, first[0].low);
  EXPECT_NEAR(found[1].high, 1 - found[0].low, 1e-15);
}

TEST(rouge_bootstrap, of_one_row_is_that_row) {
  stats::numpy_random_state stream(1);
  const std::vector<double> row{0.3};
  const auto found = stats::rouge_bootstrap(stream, row, 1, 10);
  EXPECT_EQ(found[0].low, 0.3);
  EXPECT_EQ(found[0].high, 0.3);
}

TEST(rouge_bootstrap, of_what_is_no_number_is_none) {
  auto scores = some_scores(6);
  for (std::size_t i = 0; i < scores.size(); i += 2) scores[i] = std::numeric_limits<double>::quiet_NaN();
  stats::numpy_random_state stream(1);
  const auto found = stats::rouge_bootstrap(stream, scores, 2, 20);
  EXPECT_TRUE(is_nan(found[0].mid));
  EXPECT_FALSE(is_nan(found[1].mid));
}

TEST(rouge_bootstrap, of_nothing_is_nan) {
  stats::numpy_random_state stream(1), untouched(1);
  const auto found = stats::rouge_bootstrap(stream, {}, 3);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_TRUE(is_nan(found[2].mid));
  EXPECT_TRUE(is_nan(stats::rouge_bootstrap(stream, some_scores(3), 1, 0)[0].low));
  EXPECT_TRUE(stats::rouge_bootstrap(stream, some_scores(3), 0).empty());
  EXPECT_EQ(stream.next32(), untouched.next32());
}

}  // namespace rouge_bootstrap_test
