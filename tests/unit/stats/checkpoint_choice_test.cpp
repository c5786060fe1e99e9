// SPDX-License-Identifier: MIT
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/checkpoint_choice.hpp>

#include <reference/checkpoint_choice.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace checkpoint_choice_test {

namespace stats = evalpp::stats;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

constexpr auto ratio = [](std::span<const std::int64_t> lanes) {
  return lanes[1] == 0 ? 0.0 : static_cast<double>(lanes[0]) / static_cast<double>(lanes[1]);
};
constexpr auto ratio_of = [](std::size_t, std::span<const std::int64_t> lanes) { return ratio(lanes); };

// A number in 0..1 that only depends on the arguments.
double draw(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  return static_cast<double>(stats::mix64(stats::mix64(a * 1000 + b) + c) >> 11) * 0x1p-53;
}

// K equally good checkpoints.
std::vector<stats::resampling_rows> some_systems(std::size_t k, std::size_t n) {
  std::vector<stats::resampling_rows> systems(k);
  for (std::size_t s = 0; s < k; ++s) {
    systems[s].lanes = 2;
    for (std::size_t i = 0; i < n; ++i) {
      systems[s].keys.push_back(stats::resampling_key(std::to_string(i)));
      const auto whole = static_cast<std::int64_t>(1 + 20 * draw(7, i, 0));
      systems[s].values.push_back(static_cast<std::int64_t>(draw(s, i, 1) * static_cast<double>(whole + 1)));
      systems[s].values.push_back(whole);
    }
  }
  return systems;
}

// Scores 0 or 1, of expectation 0.7.
std::vector<double> some_scores(std::size_t k, std::size_t n) {
  std::vector<double> scores;
  for (std::size_t s = 0; s < k; ++s)
    for (std::size_t i = 0; i < n; ++i) scores.push_back(draw(s, i, 2) < 0.7 ? 1 : 0);
  return scores;
}

TEST(CheckpointChoice, EqualsItsDefinition) {
  for (const std::size_t n : {2u, 3u, 20u, 150u}) {
    for (const std::size_t k : {2u, 5u}) {
      for (const bool higher : {true, false}) {
        const auto systems = some_systems(k, n);
        const auto expected = reference::choose_checkpoint(systems, ratio, higher, 512, 9);
        const auto found = stats::choose_checkpoint(
            evalpp::seq, *stats::checkpoint_rows_of(systems), ratio_of,
            {.higher_is_better = higher, .resampling = {.seed = 9, .replicates = 512}});
        EXPECT_EQ(*found.best, expected.best);
        EXPECT_EQ(found.wins, expected.wins);
        EXPECT_EQ(found.invalid, expected.invalid);
        EXPECT_NEAR(found.corrected, expected.corrected, 1e-12);
        EXPECT_EQ(found.naive, ratio(systems[expected.best].total()));
        EXPECT_EQ(found.units, n);
        EXPECT_EQ(found.replicates, 512u);
      }
    }
  }
}

// The control takes noise away, not the meaning: the plain mean of the out-of-bag values is the same number.
TEST(CheckpointChoice, IsThePlainOutOfBagMean) {
  const auto systems = some_systems(6, 200);
  const auto expected = reference::choose_checkpoint(systems, ratio, true, 10'240, 12345);
  const auto found = stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_rows_of(systems), ratio_of);
  EXPECT_NEAR(found.corrected, expected.plain, 0.003);
  EXPECT_LT(found.monte_carlo_error, 0.0005);
}

TEST(CheckpointChoice, AMatrixIsRowsOfItsScores) {
  const std::vector<double> matrix = some_scores(4, 80);
  std::vector<stats::resampling_rows> systems(4);
  for (std::size_t k = 0; k < 4; ++k) {
    systems[k].lanes = 2;
    for (std::size_t i = 0; i < 80; ++i) {
      systems[k].keys.push_back(stats::resampling_key(std::to_string(i)));
      systems[k].values.insert(systems[k].values.end(), {static_cast<std::int64_t>(matrix[k * 80 + i]), 1});
    }
  }
  const auto a = stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_scores_of(matrix, 4));
  const auto b = stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_rows_of(systems), ratio_of);
  EXPECT_EQ(a.wins, b.wins);
  EXPECT_EQ(a.corrected, b.corrected);
  EXPECT_EQ(a.naive, b.naive);
}

// Ten checkpoints of true value 0.7 on 200 examples: the best looks 4.9 points better (workflow study).
TEST(CheckpointChoice, TakesBackWhatChoosingAdded) {
  double naive = 0, corrected = 0;
  constexpr std::size_t runs = 100;
  for (std::size_t run = 0; run < runs; ++run) {
    std::vector<double> scores;
    for (std::size_t s = 0; s < 10; ++s)
      for (std::size_t i = 0; i < 200; ++i) scores.push_back(draw(run * 10 + s, i, 3) < 0.7 ? 1 : 0);
    const auto found = stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_scores_of(scores, 10),
                                                {.resampling = {.replicates = 256}});
    naive += (found.naive - 0.7) / runs;
    corrected += (found.corrected - 0.7) / runs;
  }
  EXPECT_NEAR(naive, 0.049, 0.006);
  EXPECT_NEAR(corrected, 0, 0.006);
}

TEST(CheckpointChoice, HasTheSameBitsOnAnyNumberOfThreads) {
  const auto scores = *stats::checkpoint_scores_of(some_scores(5, 300), 5);
  const auto one = stats::choose_checkpoint(evalpp::seq, scores);
  for (const std::size_t workers : {2u, 8u}) {
    const auto many = stats::choose_checkpoint(evalpp::threads(workers), scores);
    EXPECT_EQ(many.corrected, one.corrected);
    EXPECT_EQ(many.monte_carlo_error, one.monte_carlo_error);
    EXPECT_EQ(many.wins, one.wins);
  }
}

TEST(CheckpointChoice, OfEqualOnesIsTheEarliestAndNothingIsCorrected) {
  std::vector<double> row = some_scores(1, 50), scores;
  for (int k = 0; k < 3; ++k) scores.insert(scores.end(), row.begin(), row.end());
  const auto found = stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_scores_of(scores, 3));
  EXPECT_EQ(found.best, 0u);
  EXPECT_EQ(found.wins, (std::vector<std::size_t>{found.replicates, 0, 0}));
  EXPECT_EQ(found.corrected, found.naive);
  EXPECT_EQ(found.monte_carlo_error, 0);
}

TEST(CheckpointChoice, OfOneHasNothingToCorrect) {
  for (const std::size_t n : {1u, 50u}) {
    const auto found =
        stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_scores_of(some_scores(1, n), 1));
    EXPECT_EQ(found.best, 0u);
    EXPECT_EQ(found.corrected, found.naive);
    EXPECT_EQ(found.monte_carlo_error, 0);
  }
}

// One that is far better wins every time; then there was no choice to correct for.
TEST(CheckpointChoice, ThatIsObviousIsHardlyCorrected) {
  std::vector<double> scores = some_scores(3, 200);
  for (std::size_t i = 0; i < 200; ++i) scores[200 + i] = i % 50 == 0 ? 0 : 1;
  const auto found = stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_scores_of(scores, 3));
  EXPECT_EQ(found.best, 1u);
  EXPECT_EQ(found.wins[1], found.replicates);
  EXPECT_EQ(found.naive, 0.98);
  EXPECT_NEAR(found.corrected, 0.98, 4 * found.monte_carlo_error);
}

TEST(CheckpointChoice, ThatFailedIsNeverMade) {
  std::vector<double> scores = some_scores(3, 60);
  for (std::size_t i = 0; i < 60; ++i) scores[i] = 1;
  scores[17] = nan;
  const auto found = stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_scores_of(scores, 3));
  const std::vector<double> rest(scores.begin() + 60, scores.end());
  const auto expected = stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_scores_of(rest, 2));
  EXPECT_TRUE(is_nan(found.values[0]));
  EXPECT_EQ(*found.best, *expected.best + 1);
  EXPECT_EQ(found.wins, (std::vector<std::size_t>{0, expected.wins[0], expected.wins[1]}));
  EXPECT_EQ(found.corrected, expected.corrected);
}

TEST(CheckpointChoice, AmongNothingIsNone) {
  const std::vector<double> failed{nan, nan};
  for (const auto& found : {stats::choose_checkpoint(evalpp::seq, stats::checkpoint_scores{}),
                            stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_scores_of({}, 2)),
                            stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_scores_of(failed, 2))}) {
    EXPECT_FALSE(found.best);
    EXPECT_TRUE(is_nan(found.naive));
    EXPECT_TRUE(is_nan(found.corrected));
    EXPECT_EQ(found.replicates, 0u);
  }
}

TEST(CheckpointChoice, MovesTheIntervalOfTheBest) {
  stats::checkpoint_choice choice;
  choice.naive = 0.8;
  choice.corrected = 0.75;
  const evalpp::interval ends{
      .lo = 0.7, .hi = 0.88, .level = 0.9, .status = evalpp::interval_status::caution};
  const auto moved = choice.corrected_interval(ends);
  EXPECT_NEAR(moved.lo, 0.65, 1e-15);
  EXPECT_NEAR(moved.hi, 0.83, 1e-15);
  EXPECT_EQ(moved.level, 0.9);
  EXPECT_EQ(moved.status, evalpp::interval_status::caution);
  choice.corrected = nan;
  EXPECT_EQ(choice.corrected_interval(ends).status, evalpp::interval_status::undefined);
  EXPECT_TRUE(is_nan(choice.corrected_interval(ends).lo));
}

// One example is drawn or left out, never both.
TEST(CheckpointChoice, ByOneExampleCannotBeCorrected) {
  const std::vector<double> scores{0, 1};
  const auto found = stats::choose_checkpoint(evalpp::seq, *stats::checkpoint_scores_of(scores, 2));
  EXPECT_EQ(found.best, 1u);
  EXPECT_EQ(found.naive, 1);
  EXPECT_TRUE(is_nan(found.corrected));
  EXPECT_EQ(found.invalid, found.replicates);
}

}  // namespace checkpoint_choice_test
