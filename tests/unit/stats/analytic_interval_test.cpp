// SPDX-License-Identifier: MIT
#include <evalpp/core/any_metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/analytic_interval.hpp>
#include <evalpp/stats/bootstrap_interval.hpp>
#include <evalpp/stats/multinomial_bootstrap.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "unit/stats/some_rows.hpp"

namespace analytic_interval_test {

namespace stats = evalpp::stats;
using evalpp::interval_status;

TEST(hall_interval_of, a_mean_is_hall_s_interval_of_the_values) {
  const auto rows = some::values(80);
  std::vector<double> off;
  const double mean = some::ratio(rows.total());
  for (std::size_t i = 0; i < rows.size(); ++i) off.push_back(static_cast<double>(rows.row(i)[0]) - mean);
  const auto found = stats::hall_interval_of(evalpp::seq, rows, some::ratio);
  const auto expected = stats::hall_interval(mean, off);
  EXPECT_EQ(found.status, interval_status::ok);
  EXPECT_NEAR(found.lo, expected.lo, 1e-9);
  EXPECT_NEAR(found.hi, expected.hi, 1e-9);
  const auto many = stats::hall_interval_of(evalpp::threads(8), rows, some::ratio);
  EXPECT_EQ(many.lo, found.lo);
  EXPECT_EQ(many.hi, found.hi);
}

TEST(hall_interval_of, a_ratio_is_near_the_bootstrap_s) {
  const auto rows = some::ratios(300);
  const auto found = stats::hall_interval_of(evalpp::seq, rows, some::ratio);
  const auto drawn = stats::multinomial_bootstrap(evalpp::seq, rows, some::ratio);
  const auto expected = stats::bootstrap_interval(drawn);
  EXPECT_NEAR(found.lo, expected.lo, 0.12 * drawn.jackknife_error);
  EXPECT_NEAR(found.hi, expected.hi, 0.12 * drawn.jackknife_error);
}

// A metric that is no ratio of two sums.
TEST(hall_interval_of, bleu_is_near_the_bootstrap_s) {
  const evalpp::any_metric metric = evalpp::bleu{};
  std::vector<std::string> hypotheses;
  std::vector<std::vector<std::string>> references;
  const std::vector<std::string> words{"the", "cat", "sat", "on", "a", "mat", "and", "slept", "."};
  for (std::uint64_t i = 0; i < 200; ++i) {
    std::string hypothesis, reference;
    for (std::uint64_t w = 0; w < 12; ++w) {
      const std::string& word = words[stats::mix64(100 * i + w) % words.size()];
      reference += word + ' ';
      hypothesis += stats::mix64(7 * i + w * w) % 5 == 0 ? "or " : word + ' ';
    }
    hypotheses.push_back(hypothesis);
    references.push_back({reference});
  }
  const evalpp::metric_set set({metric});
  const auto rows = stats::resampling_rows_of(set.measure(evalpp::seq, hypotheses, references), 0,
                                              [](std::size_t) { return true; });
  const auto value = [&](std::span<const std::int64_t> lanes) { return metric.value(lanes); };
  const auto found = stats::hall_interval_of(evalpp::seq, rows, value);
  const auto drawn = stats::multinomial_bootstrap(evalpp::seq, rows, value);
  const auto expected = stats::bootstrap_interval(drawn);
  EXPECT_EQ(found.status, interval_status::ok);
  EXPECT_NEAR(found.lo, expected.lo, 0.15 * drawn.jackknife_error);
  EXPECT_NEAR(found.hi, expected.hi, 0.15 * drawn.jackknife_error);
}

constexpr auto first = [](std::span<const std::int64_t> lanes) { return static_cast<double>(lanes[0]); };
constexpr auto second = [](std::span<const std::int64_t> lanes) { return static_cast<double>(lanes[1]); };

TEST(saddlepoint_interval_of, projects_the_lanes) {
  const auto rows = some::ratios(100);
  std::vector<double> u, v;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    u.push_back(static_cast<double>(rows.row(i)[0]));
    v.push_back(static_cast<double>(rows.row(i)[1]));
  }
  const auto found = stats::saddlepoint_interval_of(rows, first, second, 0.9);
  const auto expected = stats::saddlepoint_ratio_interval(u, v, 0.9);
  EXPECT_EQ(found.lo, expected.lo);
  EXPECT_EQ(found.hi, expected.hi);
  EXPECT_EQ(found.level, 0.9);
}

// The textbook bootstrap with very many replicates is what the saddlepoint approximates.
TEST(saddlepoint_interval_of, a_ratio_is_the_bootstrap_s_with_endless_replicates) {
  const auto rows = some::ratios(60);
  const auto found = stats::saddlepoint_interval_of(rows, first, second);
  const auto drawn = stats::multinomial_bootstrap(evalpp::seq, rows, some::ratio, {.replicates = 100'000});
  const auto expected = stats::bootstrap_interval(drawn);
  EXPECT_NEAR(found.lo, expected.lo, 0.06 * drawn.jackknife_error);
  EXPECT_NEAR(found.hi, expected.hi, 0.06 * drawn.jackknife_error);
}

TEST(analytic_intervals, of_degenerate_data_are_said_to_be_that) {
  stats::resampling_rows rows;
  rows.lanes = 2;
  const auto expect = [&](interval_status status) {
    EXPECT_EQ(stats::hall_interval_of(evalpp::seq, rows, some::ratio).status, status) << rows.size();
    EXPECT_EQ(stats::saddlepoint_interval_of(rows, first, second).status, status) << rows.size();
  };
  expect(interval_status::undefined);
  some::add(rows, 3, 4);
  EXPECT_FALSE(stats::hall_interval_of(evalpp::seq, rows, some::ratio).usable());
  EXPECT_EQ(stats::saddlepoint_interval_of(rows, first, second).status, interval_status::too_few);
  for (int i = 0; i < 20; ++i) some::add(rows, 3, 4);
  expect(interval_status::degenerate);
  EXPECT_EQ(stats::hall_interval_of(evalpp::seq, rows, some::ratio).lo, 0.75);
}

}  // namespace analytic_interval_test
