// SPDX-License-Identifier: MIT
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/one_standard_error.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace one_standard_error_test {

namespace stats = evalpp::stats;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

// Checkpoints of `right` correct answers out of n: checkpoint k has the first right[k] of them.
stats::checkpoint_scores nested(const std::vector<std::size_t>& right, std::size_t n) {
  std::vector<double> scores;
  for (const std::size_t r : right)
    for (std::size_t i = 0; i < n; ++i) scores.push_back(i < r ? 1 : 0);
  return *stats::checkpoint_scores_of(scores, right.size());
}

double error_of_share(double p, double n) { return std::sqrt(p * (1 - p) / (n - 1)); }

// 80 of 100 have an error of 4.02 points. Answers that only a later checkpoint gets right: 3 of 100 differ,
// an error of sqrt(.03 * .97 / 99) = 1.71 points, below the 3 between them. So the plain rule takes 77 and
// the paired one does not.
TEST(OneStandardError, OfTheDifferenceIsTheStricterRule) {
  const auto found = stats::one_standard_error(evalpp::seq, nested({60, 77, 80, 79}, 100));
  EXPECT_EQ(found.best, 2u);
  EXPECT_EQ(found.plain, 1u);
  EXPECT_EQ(found.paired, 2u);
  EXPECT_NEAR(found.best_error, error_of_share(0.8, 100), 1e-12);
  EXPECT_NEAR(found.distance_errors[1], error_of_share(0.03, 100), 1e-12);
  EXPECT_EQ(found.distance_errors[2], 0);
  EXPECT_NEAR(found.distance_errors[0], error_of_share(0.2, 100), 1e-12);
}

// One answer of 100 apart, and 5 that differ: an error of sqrt((.05 - .01^2) / 99) = 2.2 points.
TEST(OneStandardError, TakesTheEarlierWhereTheDifferenceIsNoise) {
  std::vector<double> scores(300, 1);
  for (const std::size_t wrong : {0u, 1u, 2u, 103u, 104u, 203u, 204u}) scores[wrong] = 0;
  const auto found = stats::one_standard_error(evalpp::seq, *stats::checkpoint_scores_of(scores, 3));
  EXPECT_EQ(found.best, 1u);
  EXPECT_EQ(found.paired, 0u);
  EXPECT_NEAR(found.distance_errors[0], std::sqrt((0.05 - 0.0001) / 99), 1e-12);
}

TEST(OneStandardError, LowerMayBeBetter) {
  const auto found = stats::one_standard_error(evalpp::seq, nested({40, 23, 20, 21}, 100), false);
  EXPECT_EQ(found.best, 2u);
  EXPECT_EQ(found.plain, 1u);
  EXPECT_EQ(found.paired, 2u);
}

// Any metric of sums: a jackknife written out.
TEST(OneStandardError, OfARatioIsTheJackknifes) {
  std::vector<stats::resampling_rows> systems(2);
  for (std::size_t k = 0; k < 2; ++k) {
    systems[k].lanes = 2;
    for (std::uint64_t i = 0; i < 12; ++i) {
      systems[k].keys.push_back(i);
      const auto whole = static_cast<std::int64_t>(1 + stats::mix64(i) % 9);
      systems[k].values.push_back(static_cast<std::int64_t>(stats::mix64(i + 100 * k) % 100) * whole / 100);
      systems[k].values.push_back(whole);
    }
  }
  const auto ratio = [](std::size_t, std::span<const std::int64_t> lanes) {
    return static_cast<double>(lanes[0]) / static_cast<double>(lanes[1]);
  };
  std::vector<double> left;
  for (std::size_t i = 0; i < 12; ++i) {
    double value[2];
    for (std::size_t k = 0; k < 2; ++k) {
      const auto all = systems[k].total();
      value[k] = static_cast<double>(all[0] - systems[k].row(i)[0]) /
                 static_cast<double>(all[1] - systems[k].row(i)[1]);
    }
    left.push_back(value[0] - value[1]);
  }
  double mean = 0, squares = 0;
  for (const double v : left) mean += v / 12;
  for (const double v : left) squares += (v - mean) * (v - mean);
  const auto rows = *stats::checkpoint_rows_of(systems);
  const auto found = stats::one_standard_error(evalpp::seq, rows, ratio);
  EXPECT_NEAR(found.distance_errors[1 - *found.best], std::sqrt(squares * 11 / 12), 1e-12);
  const auto threaded = stats::one_standard_error(evalpp::threads(8), rows, ratio);
  EXPECT_EQ(threaded.distance_errors, found.distance_errors);
  EXPECT_EQ(threaded.best_error, found.best_error);
}

TEST(OneStandardError, EqualOnesAreTheEarliest) {
  const auto found = stats::one_standard_error(evalpp::seq, nested({70, 80, 80}, 100));
  EXPECT_EQ(found.best, 1u);
  EXPECT_EQ(found.paired, 1u);
}

TEST(OneStandardError, ThatFailedIsNeverTaken) {
  std::vector<double> scores(300, 0.5);
  scores[3] = nan;
  const auto found = stats::one_standard_error(evalpp::seq, *stats::checkpoint_scores_of(scores, 3));
  EXPECT_EQ(found.best, 1u);
  EXPECT_EQ(found.paired, 1u);
  EXPECT_EQ(found.plain, 1u);
  EXPECT_TRUE(is_nan(found.distance_errors[0]));
}

TEST(OneStandardError, IsUnknownOfOneExample) {
  const std::vector<double> scores{0, 1};
  const auto found = stats::one_standard_error(evalpp::seq, *stats::checkpoint_scores_of(scores, 2));
  EXPECT_EQ(found.best, 1u);
  EXPECT_EQ(found.paired, 1u);
  EXPECT_EQ(found.plain, 1u);
  EXPECT_TRUE(is_nan(found.best_error));
}

TEST(OneStandardError, AmongNothingIsNone) {
  for (const std::size_t k : {0u, 2u}) {
    const auto found = stats::one_standard_error(evalpp::seq, *stats::checkpoint_scores_of({}, k));
    EXPECT_FALSE(found.best);
    EXPECT_FALSE(found.paired);
    EXPECT_FALSE(found.plain);
    EXPECT_EQ(found.distance_errors.size(), k);
  }
}

}  // namespace one_standard_error_test
