// SPDX-License-Identifier: MIT
#include <evalpp/stats/checkpoint_rows.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

namespace checkpoint_rows_test {

namespace stats = evalpp::stats;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// The value of checkpoint k on all examples.
double mean_of(const stats::checkpoint_scores& scores, std::size_t k) {
  std::vector<std::int64_t> sum(scores.rows.lanes());
  for (std::size_t i = 0; i < scores.rows.size(); ++i)
    for (std::size_t l = 0; l < sum.size(); ++l) sum[l] += scores.rows.values[i * sum.size() + l];
  return scores(k, scores.rows.part(k, sum));
}

TEST(CheckpointRows, StandSideBySide) {
  std::vector<stats::resampling_rows> systems(2);
  systems[0] = {.lanes = 2, .keys = {7, 9}, .values = {1, 2, 3, 4}, .names = {}};
  systems[1] = {.lanes = 1, .keys = {7, 9}, .values = {5, 6}, .names = {}};
  const auto rows = stats::checkpoint_rows_of(systems);
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->checkpoints(), 2u);
  EXPECT_EQ(rows->size(), 2u);
  EXPECT_EQ(rows->values, (std::vector<std::int64_t>{1, 2, 5, 3, 4, 6}));
  EXPECT_EQ(rows->part(1, std::span(rows->values).subspan(3, 3))[0], 6);
  EXPECT_EQ(rows->part(0, std::span(rows->values).first(3)).size(), 2u);
}

TEST(CheckpointRows, OfOtherExamplesAreRefused) {
  std::vector<stats::resampling_rows> systems(2);
  systems[0] = {.lanes = 1, .keys = {7, 9}, .values = {1, 2}, .names = {}};
  for (const std::vector<std::uint64_t>& other : {std::vector<std::uint64_t>{9, 7}, {7}, {7, 9, 9}, {}}) {
    systems[1] = {.lanes = 1, .keys = other, .values = std::vector<std::int64_t>(other.size()), .names = {}};
    const auto rows = stats::checkpoint_rows_of(systems);
    ASSERT_FALSE(rows);
    EXPECT_EQ(rows.error().code, evalpp::error_code::mismatch);
  }
}

TEST(CheckpointRows, OfNothingAreNone) {
  const auto rows = stats::checkpoint_rows_of({});
  ASSERT_TRUE(rows);
  EXPECT_EQ(rows->checkpoints(), 0u);
  EXPECT_EQ(rows->size(), 0u);
}

TEST(CheckpointRows, OfScoresHaveTheirMeans) {
  const std::vector<double> matrix{1, 0, 1, 0.1, 0.2, 0.4, -3, 1e9, 2};
  const auto scores = stats::checkpoint_scores_of(matrix, 3);
  ASSERT_TRUE(scores);
  EXPECT_EQ(mean_of(*scores, 0), 2.0 / 3);
  EXPECT_NEAR(mean_of(*scores, 1), 0.7 / 3, 1e-9);  // the largest is 1e9
  EXPECT_NEAR(mean_of(*scores, 2), (1e9 - 1) / 3, 1e-6);
  EXPECT_EQ(scores->rows.keys[2], stats::resampling_key("2"));
}

TEST(CheckpointRows, OfScoresOfAnySizeDoNotOverflow) {
  for (const double size : {1.7e308, 1.0, 3e-300, 5e-324}) {
    const std::vector<double> matrix(1000, size);
    const auto scores = stats::checkpoint_scores_of(matrix, 2);
    ASSERT_TRUE(scores);
    for (const std::int64_t v : scores->rows.values)
      EXPECT_LT(std::abs(static_cast<double>(v)) * 5 * 500, 0x1p62);
    EXPECT_NEAR(mean_of(*scores, 1) / size, 1, 1e-12) << size;
  }
}

TEST(CheckpointRows, AScoreThatIsNoneSpoilsItsCheckpointAlone) {
  for (const double bad : {nan, infinity, -infinity}) {
    const std::vector<double> matrix{0.5, 1, bad, 1};
    const auto scores = stats::checkpoint_scores_of(matrix, 2);
    ASSERT_TRUE(scores);
    EXPECT_EQ(mean_of(*scores, 0), 0.75);
    EXPECT_TRUE(evalpp::detail::is_nan(mean_of(*scores, 1)));
  }
}

TEST(CheckpointRows, AMatrixThatIsNotWholeIsRefused) {
  const std::vector<double> matrix(6, 0.5);
  EXPECT_FALSE(stats::checkpoint_scores_of(matrix, 4));
  EXPECT_FALSE(stats::checkpoint_scores_of(matrix, 0));
  EXPECT_FALSE(stats::checkpoint_scores_of(matrix, 2, {1, 2}));
  EXPECT_TRUE(stats::checkpoint_scores_of(matrix, 2, {1, 2, 3}));
  EXPECT_TRUE(stats::checkpoint_scores_of({}, 0));
  EXPECT_TRUE(stats::checkpoint_scores_of({}, 3));
}

}  // namespace checkpoint_rows_test
