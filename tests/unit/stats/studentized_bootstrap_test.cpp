// SPDX-License-Identifier: MIT
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/student_t.hpp>
#include <evalpp/stats/studentized_bootstrap.hpp>

#include <reference/studentized_bootstrap.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "unit/stats/some_rows.hpp"

namespace studentized_bootstrap_test {

namespace stats = evalpp::stats;
using evalpp::interval_status;

// n examples of which the first `right` are right.
stats::resampling_rows shares(std::size_t n, std::size_t right) {
  stats::resampling_rows rows;
  rows.lanes = 2;
  for (std::size_t i = 0; i < n; ++i) some::add(rows, i < right ? 1 : 0, 1);
  return rows;
}

TEST(studentized_bootstrap, equals_its_definition) {
  for (const std::size_t n : {5u, 40u}) {
    const auto rows = some::ratios(n);
    const auto found =
        stats::studentized_bootstrap(evalpp::seq, rows, some::ratio, {.seed = 6, .replicates = 256});
    auto expected = reference::studentized(rows, some::ratio, 256, 6);
    std::erase_if(expected, [](double t) { return !evalpp::detail::is_finite(t); });
    std::sort(expected.begin(), expected.end());
    ASSERT_EQ(found.t.size(), expected.size());
    EXPECT_EQ(found.dropped, 256 - expected.size());
    for (std::size_t b = 0; b < expected.size(); ++b)
      EXPECT_NEAR(found.t[b], expected[b], 1e-9 * std::max(1.0, std::abs(expected[b]))) << n;
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < n; ++i) all.push_back(i);
    EXPECT_NEAR(found.standard_error, reference::jackknife_error(rows, all, some::ratio), 1e-13);
  }
}

TEST(studentized_bootstrap, has_the_same_bits_on_any_number_of_threads) {
  const auto rows = some::ratios(60);
  const auto one = stats::studentized_bootstrap(evalpp::seq, rows, some::ratio);
  EXPECT_EQ(one.t.size() + one.dropped, 1024u);
  for (const std::size_t workers : {2u, 8u})
    EXPECT_EQ(stats::studentized_bootstrap(evalpp::threads(workers), rows, some::ratio).t, one.t);
}

// Of values that are nearly normal, t is Student's: so is the interval, within what 10,240 replicates tell.
TEST(studentized_interval, of_nearly_normal_values_is_student_s) {
  stats::resampling_rows rows;
  constexpr std::size_t n = 60;
  double mean = 0, squares = 0;
  std::vector<double> values;
  for (std::size_t i = 0; i < n; ++i) {
    const auto p = (static_cast<double>(i) + 0.5) / static_cast<double>(n);
    const auto v = static_cast<std::int64_t>(std::lround(1e6 * stats::normal_quantile(p)));
    some::add(rows, v, 1);
    values.push_back(static_cast<double>(v));
    mean += values.back() / static_cast<double>(n);
  }
  for (const double v : values) squares += (v - mean) * (v - mean);
  const double error = std::sqrt(squares / static_cast<double>(n * (n - 1)));
  const auto d = stats::studentized_bootstrap(evalpp::seq, rows, some::ratio, {.replicates = 10'240});
  const auto found = stats::studentized_interval(d);
  EXPECT_EQ(found.status, interval_status::ok);
  EXPECT_NEAR(d.standard_error / error, 1, 1e-9);
  const double t = stats::student_t_quantile(0.975, n - 1);
  EXPECT_NEAR((found.hi - mean) / error, t, 0.15);
  EXPECT_NEAR((found.lo - mean) / error, -t, 0.15);
}

TEST(studentized_interval, takes_quantiles_of_t_the_other_way_round) {
  stats::studentized_distribution d;
  d.estimate = 10, d.standard_error = 2, d.units = 50;
  for (int i = 1; i <= 999; ++i) d.t.push_back(i < 500 ? -0.001 * (500 - i) : 0.002 * (i - 500));
  const auto found = stats::studentized_interval(d, 0.9);  // the 50th and the 950th of 999
  EXPECT_NEAR(found.lo, 10 - 2 * 0.002 * 450, 1e-12);
  EXPECT_NEAR(found.hi, 10 + 2 * 0.001 * 450, 1e-12);
}

// 90 % right of 20: one sample in eight is all right and has no error.
TEST(studentized_interval, is_refused_where_replicates_do_not_vary) {
  const auto d = stats::studentized_bootstrap(evalpp::seq, shares(20, 18), some::ratio);
  EXPECT_NEAR(static_cast<double>(d.dropped) / 1024, std::pow(0.9, 20), 0.05);
  EXPECT_EQ(stats::studentized_interval(d).status, interval_status::too_few);
}

TEST(studentized_interval, of_degenerate_data_is_said_to_be_that) {
  const auto interval = [](const stats::resampling_rows& rows) {
    return stats::studentized_interval(
        stats::studentized_bootstrap(evalpp::seq, rows, some::ratio, {.replicates = 256}));
  };
  EXPECT_EQ(interval(shares(0, 0)).status, interval_status::undefined);
  EXPECT_EQ(interval(shares(1, 1)).status, interval_status::too_few);
  EXPECT_EQ(interval(shares(2, 1)).status, interval_status::too_few);  // half of the samples do not vary
  const auto right = interval(shares(20, 20));
  EXPECT_EQ(right.status, interval_status::degenerate);
  EXPECT_EQ(right.lo, 1);
  EXPECT_EQ(interval(shares(20, 0)).status, interval_status::degenerate);
  EXPECT_EQ(interval(some::values(9)).status, interval_status::caution);
  EXPECT_EQ(interval(some::values(40)).status, interval_status::ok);
}

TEST(studentized_interval, needs_five_replicates_in_a_tail_and_a_level) {
  const auto d =
      stats::studentized_bootstrap(evalpp::seq, some::values(40), some::ratio, {.replicates = 256});
  EXPECT_EQ(stats::studentized_interval(d, 0.95).status, interval_status::ok);       // 6.4
  EXPECT_EQ(stats::studentized_interval(d, 0.99).status, interval_status::too_few);  // 1.28
  EXPECT_EQ(stats::studentized_interval(d, 1).status, interval_status::undefined);
}

}  // namespace studentized_bootstrap_test
