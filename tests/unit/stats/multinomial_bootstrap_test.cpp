// SPDX-License-Identifier: MIT
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/bootstrap_interval.hpp>
#include <evalpp/stats/multinomial_bootstrap.hpp>

#include <reference/bootstrap.hpp>
#include <reference/multinomial_bootstrap.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <numeric>
#include <vector>

#include "unit/stats/some_rows.hpp"

namespace multinomial_bootstrap_test {

namespace stats = evalpp::stats;

TEST(multinomial_bootstrap, equals_its_definition) {
  for (const std::size_t n : {1u, 2u, 3u, 30u, 300u}) {
    const auto rows = some::ratios(n);
    const auto found =
        stats::multinomial_bootstrap(evalpp::seq, rows, some::ratio, {.seed = 9, .replicates = 300});
    std::vector<std::size_t> all(n);
    std::iota(all.begin(), all.end(), std::size_t{0});
    std::vector<double> expected;
    for (std::uint64_t b = 0; b < 512; ++b)
      expected.push_back(some::ratio(reference::multinomial_sum(rows, {all}, 9, b)));
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(found.replicates, expected) << n;
    EXPECT_EQ(found.estimate, some::ratio(rows.total()));
    EXPECT_EQ(found.units, n);
    EXPECT_EQ(found.invalid, 0u);
    if (n == 1) continue;  // whose rest has no value
    // What the jackknife says is what it says to the keyed engine.
    const auto keyed = stats::bootstrap(evalpp::seq, rows, some::ratio, {.seed = 9, .replicates = 256});
    EXPECT_EQ(found.acceleration, keyed.acceleration);
    EXPECT_EQ(found.jackknife_error, keyed.jackknife_error);
  }
}

// Up to 7 draws of a unit take one way, more another.
TEST(multinomial_bootstrap, adds_units_that_are_drawn_very_often) {
  const auto rows = some::ratios(400);
  std::vector<double> expected;
  int often = 0;
  for (std::uint64_t b = 0; b < 1024; ++b) {
    std::vector<int> times(400);
    stats::multinomial_draws draws(2, b);
    for (int i = 0; i < 400; ++i) ++times[draws.below(400)];
    std::int64_t first = 0, second = 0;
    for (std::size_t i = 0; i < 400; ++i) {
      first += times[i] * rows.row(i)[0];
      second += times[i] * rows.row(i)[1];
      often += times[i] > 7 ? 1 : 0;
    }
    expected.push_back(static_cast<double>(first) / static_cast<double>(second));
  }
  ASSERT_GT(often, 0);
  std::sort(expected.begin(), expected.end());
  const auto found =
      stats::multinomial_bootstrap(evalpp::seq, rows, some::ratio, {.seed = 2, .replicates = 1024});
  EXPECT_EQ(found.replicates, expected);
}

// Of three units there are 27 samples, each as likely: 1, 2 and 4 tell their sums apart.
TEST(multinomial_bootstrap, has_each_sample_as_often) {
  stats::resampling_rows rows;
  for (const int v : {1, 2, 4}) some::add(rows, v, 1);
  const auto sum = [](std::span<const std::int64_t> lanes) { return static_cast<double>(lanes[0]); };
  const auto found = stats::multinomial_bootstrap(evalpp::seq, rows, sum, {.replicates = 27'648});
  std::map<double, double> expected, counts;
  for (const int a : {1, 2, 4})
    for (const int b : {1, 2, 4})
      for (const int c : {1, 2, 4}) expected[a + b + c] += 1024;
  for (const double v : found.replicates) ++counts[v];
  ASSERT_EQ(counts.size(), expected.size());
  double chi_squared = 0;
  for (const auto& [v, e] : expected) chi_squared += (counts[v] - e) * (counts[v] - e) / e;
  EXPECT_LT(chi_squared, 29.6);  // the 0.999 quantile for 10 sums, 9 degrees of freedom, is 27.9
}

// The ideal bootstrap variance of a mean is the sum of (x - mean)^2 over n^2.
TEST(multinomial_bootstrap, has_the_standard_error_of_theory) {
  const auto rows = some::values(50);
  double mean = 0, squares = 0;
  for (std::size_t i = 0; i < 50; ++i) mean += static_cast<double>(rows.row(i)[0]) / 50;
  for (std::size_t i = 0; i < 50; ++i) squares += std::pow(static_cast<double>(rows.row(i)[0]) - mean, 2);
  const auto found = stats::multinomial_bootstrap(evalpp::seq, rows, some::ratio);
  EXPECT_EQ(found.replicates.size(), 10'240u);
  EXPECT_NEAR(found.standard_error() / (std::sqrt(squares) / 50), 1, 0.03);
}

TEST(multinomial_bootstrap, has_the_same_bits_on_any_number_of_threads) {
  const auto rows = some::ratios(200);
  const auto one = stats::multinomial_bootstrap(evalpp::seq, rows, some::ratio, {.replicates = 1024});
  for (const std::size_t workers : {2u, 8u}) {
    const auto many =
        stats::multinomial_bootstrap(evalpp::threads(workers), rows, some::ratio, {.replicates = 1024});
    EXPECT_EQ(many.replicates, one.replicates);
    EXPECT_EQ(many.acceleration, one.acceleration);
  }
}

TEST(multinomial_bootstrap, makes_the_intervals_of_the_keyed_one_up_to_noise) {
  const auto rows = some::ratios(200);
  const auto exact = stats::multinomial_bootstrap(evalpp::seq, rows, some::ratio);
  const auto a = stats::bootstrap_interval(exact);
  const auto b = stats::bootstrap_interval(stats::bootstrap(evalpp::seq, rows, some::ratio));
  EXPECT_EQ(a.status, evalpp::interval_status::ok);
  EXPECT_NEAR(a.lo, b.lo, 0.12 * exact.jackknife_error);
  EXPECT_NEAR(a.hi, b.hi, 0.12 * exact.jackknife_error);
}

TEST(multinomial_bootstrap, of_no_rows_has_no_value) {
  stats::resampling_rows rows;
  rows.lanes = 2;
  const auto found = stats::multinomial_bootstrap(evalpp::seq, rows, some::ratio, {.replicates = 256});
  EXPECT_TRUE(found.replicates.empty());
  EXPECT_EQ(found.invalid, 256u);
  EXPECT_EQ(stats::bootstrap_interval(found).status, evalpp::interval_status::undefined);
}

TEST(multinomial_bootstrap, of_equal_rows_does_not_vary) {
  stats::resampling_rows rows;
  for (int i = 0; i < 20; ++i) some::add(rows, 3, 4);
  const auto found = stats::multinomial_bootstrap(evalpp::seq, rows, some::ratio, {.replicates = 256});
  EXPECT_EQ(found.replicates.front(), 0.75);
  EXPECT_EQ(found.replicates.back(), 0.75);
  EXPECT_EQ(stats::bootstrap_interval(found).status, evalpp::interval_status::degenerate);
}

}  // namespace multinomial_bootstrap_test
