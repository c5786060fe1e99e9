// SPDX-License-Identifier: MIT
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/bootstrap.hpp>

#include <reference/bootstrap.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

namespace bootstrap_test {

namespace stats = evalpp::stats;

// A ratio of sums, without a value where the denominator is 0.
constexpr auto ratio = [](std::span<const std::int64_t> lanes) {
  if (lanes[1] == 0) return std::numeric_limits<double>::quiet_NaN();
  return static_cast<double>(lanes[0]) / static_cast<double>(lanes[1]);
};

stats::resampling_rows some_rows(std::size_t n) {
  stats::resampling_rows rows;
  rows.lanes = 2;
  for (std::size_t i = 0; i < n; ++i) {
    rows.keys.push_back(stats::resampling_key(std::to_string(i)));
    const auto whole = static_cast<std::int64_t>(stats::mix64(i) % 20 + 1);
    rows.values.push_back(static_cast<std::int64_t>(stats::mix64(i + 1000) % 1000) * whole / 1000);
    rows.values.push_back(whole);
  }
  return rows;
}

TEST(bootstrap, equals_its_definition) {
  for (const std::size_t n : {1u, 2u, 3u, 30u, 300u}) {
    const stats::resampling_rows rows = some_rows(n);
    const auto found = stats::bootstrap(evalpp::seq, rows, ratio, {.seed = 9, .replicates = 512});
    std::vector<std::int64_t> drawn;
    std::vector<double> expected = reference::poisson_bootstrap(rows, ratio, 512, 9, drawn);
    const auto empty = static_cast<std::size_t>(std::count(drawn.begin(), drawn.end(), 0));
    std::erase_if(expected, [](double v) { return evalpp::detail::is_nan(v); });
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(found.replicates, expected) << n;
    EXPECT_EQ(found.invalid, empty) << n;  // every row that is drawn has a denominator
    EXPECT_EQ(found.estimate, ratio(rows.total()));
    EXPECT_EQ(found.units, n);

    double below = 0;
    for (const double v : expected)
      below += v < found.estimate - 1e-12 ? 1 : v <= found.estimate + 1e-12 ? 0.5 : 0;
    EXPECT_NEAR(found.mid_rank, below / static_cast<double>(expected.size()), 1e-15);

    if (n < 2) continue;
    const std::vector<double> left = reference::leave_one_out(rows, ratio);
    double mean = 0, squares = 0, cubes = 0;
    for (const double v : left) mean += v / static_cast<double>(n);
    for (const double v : left) squares += (mean - v) * (mean - v), cubes += std::pow(mean - v, 3);
    EXPECT_NEAR(found.acceleration, cubes / (6 * std::pow(squares, 1.5)), 1e-12);
    EXPECT_NEAR(found.jackknife_error,
                std::sqrt(squares * static_cast<double>(n - 1) / static_cast<double>(n)), 1e-12);
  }
}

TEST(bootstrap, has_the_same_bits_on_any_number_of_threads) {
  const stats::resampling_rows rows = some_rows(700);
  const auto one = stats::bootstrap(evalpp::seq, rows, ratio, {.replicates = 1024});
  for (const std::size_t workers : {2u, 8u}) {
    const auto many = stats::bootstrap(evalpp::threads(workers), rows, ratio, {.replicates = 1024});
    EXPECT_EQ(many.replicates, one.replicates);
    EXPECT_EQ(many.acceleration, one.acceleration);
    EXPECT_EQ(many.jackknife_error, one.jackknife_error);
  }
}

// The standard error of a mean, from theory: sd / sqrt(n), within the bootstrap's own error.
TEST(bootstrap, has_the_standard_error_of_a_mean) {
  stats::resampling_rows rows;
  rows.lanes = 2;
  double sum = 0, squares = 0;
  constexpr std::size_t n = 400;
  for (std::size_t i = 0; i < n; ++i) {
    const auto v = static_cast<std::int64_t>(stats::mix64(i) % 1000);
    rows.keys.push_back(stats::resampling_key(std::to_string(i)));
    rows.values.insert(rows.values.end(), {v, 1});
    sum += static_cast<double>(v);
    squares += static_cast<double>(v * v);
  }
  const double mean = sum / n, error = std::sqrt((squares / n - mean * mean) / n);
  const auto found = stats::bootstrap(evalpp::seq, rows, ratio);
  EXPECT_EQ(found.replicates.size(), 10'240u);
  EXPECT_NEAR(found.standard_error() / error, 1, 0.03);
  EXPECT_NEAR((found.mean() - mean) / error, 0, 0.05);
  EXPECT_NEAR(found.jackknife_error / error, std::sqrt(n / (n - 1.0)), 1e-9);
}

TEST(bootstrap, of_rows_that_are_all_equal_does_not_vary) {
  stats::resampling_rows rows;
  rows.lanes = 2;
  for (std::size_t i = 0; i < 20; ++i) {
    rows.keys.push_back(stats::mix64(i));
    rows.values.insert(rows.values.end(), {3, 4});
  }
  const auto found = stats::bootstrap(evalpp::seq, rows, ratio, {.replicates = 256});
  EXPECT_EQ(found.replicates.front(), 0.75);
  EXPECT_EQ(found.replicates.back(), 0.75);
  EXPECT_EQ(found.mid_rank, 0.5);
  EXPECT_EQ(found.acceleration, 0);
  EXPECT_EQ(found.standard_error(), 0);
}

TEST(bootstrap, draws_less_often_from_very_many_units) {
  EXPECT_EQ(stats::default_replicates(0), 10'240u);
  EXPECT_EQ(stats::default_replicates(200'000), 10'240u);
  EXPECT_EQ(stats::default_replicates(1'000'000), 2048u);
  EXPECT_EQ(stats::default_replicates(std::size_t{1} << 40), 1024u);
}

TEST(bootstrap, of_no_rows_has_no_value) {
  stats::resampling_rows rows;
  rows.lanes = 2;
  const auto found = stats::bootstrap(evalpp::seq, rows, ratio, {.replicates = 256});
  EXPECT_TRUE(found.replicates.empty());
  EXPECT_EQ(found.invalid, 256u);
  EXPECT_EQ(found.units, 0u);
}

TEST(bootstrap, of_several_numbers_draws_them_together) {
  const auto rows = some_rows(40);
  const auto halves = [](std::span<const std::int64_t> lanes, std::span<double> out) {
    out[0] = ratio(lanes);
    out[1] = 1 - ratio(lanes);
    out[2] = out[1] - out[0];
  };
  const auto all = stats::bootstrap_each(evalpp::seq, rows, 3, halves, {.replicates = 512});
  const auto alone = stats::bootstrap(evalpp::seq, rows, ratio, {.replicates = 512});
  EXPECT_EQ(all[0].replicates, alone.replicates);
  EXPECT_EQ(all[0].acceleration, alone.acceleration);
  EXPECT_NEAR(all[2].estimate, 1 - 2 * alone.estimate, 1e-15);
  // What falls as another number rises varies twice as much as either.
  EXPECT_NEAR(all[2].standard_error(), 2 * alone.standard_error(), 1e-12);
}

// The share of replicates as far from the estimate as that is from 0, counted by hand.
TEST(bootstrap_p, is_centred_and_two_sided) {
  stats::bootstrap_distribution d;
  d.estimate = 2;
  d.replicates = {-1, 0, 1, 2, 2, 3, 3.5, 4, 5};
  EXPECT_DOUBLE_EQ(stats::bootstrap_p(d), 5.0 / 10);  // -1, 0, 4 and 5, and one more
  d.estimate = -2;
  for (double& r : d.replicates) r = -r;
  std::sort(d.replicates.begin(), d.replicates.end());
  EXPECT_DOUBLE_EQ(stats::bootstrap_p(d), 5.0 / 10);
  d.estimate = 0;
  EXPECT_EQ(stats::bootstrap_p(d), 1);
  d.estimate = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(evalpp::detail::is_nan(stats::bootstrap_p(d)));
}

}  // namespace bootstrap_test
