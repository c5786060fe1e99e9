// SPDX-License-Identifier: MIT
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/bootstrap_interval.hpp>
#include <evalpp/stats/stratified_bootstrap.hpp>

#include <reference/multinomial_bootstrap.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "unit/stats/some_rows.hpp"

namespace stratified_bootstrap_test {

namespace stats = evalpp::stats;

// Strata of sizes 1 : 2 : 3, mixed.
std::vector<std::uint32_t> mixed(std::size_t n) {
  std::vector<std::uint32_t> of;
  for (std::size_t i = 0; i < n; ++i)
    of.push_back(static_cast<std::uint32_t>(i % 6 < 1 ? 0 : i % 6 < 3 ? 1 : 2));
  return of;
}
std::vector<std::vector<std::size_t>> members_of(const stats::strata& groups) {
  std::vector<std::vector<std::size_t>> members(groups.size.size());
  for (std::size_t i = 0; i < groups.of.size(); ++i) members[groups.of[i]].push_back(i);
  return members;
}

// Values of 0 to 99, in the second stratum 1000 more.
stats::resampling_rows far_apart(std::size_t n) {
  stats::resampling_rows rows;
  for (std::size_t i = 0; i < n; ++i)
    some::add(rows, static_cast<std::int64_t>(stats::mix64(i) % 100) + (i % 2 == 0 ? 0 : 1000), 1);
  return rows;
}
stats::strata by_parity(std::size_t n) {
  std::vector<std::uint32_t> of;
  for (std::size_t i = 0; i < n; ++i) of.push_back(i % 2);
  return stats::strata_from(of);
}
// The ideal variance within strata: sum of (x - mean of its stratum)^2 over n^2.
double ideal_error(const stats::resampling_rows& rows, const stats::strata& groups, bool unbiased) {
  double variance = 0;
  for (const auto& stratum : members_of(groups)) {
    const auto n = static_cast<double>(stratum.size());
    double mean = 0, squares = 0;
    for (const std::size_t i : stratum) mean += static_cast<double>(rows.row(i)[0]) / n;
    for (const std::size_t i : stratum) squares += std::pow(static_cast<double>(rows.row(i)[0]) - mean, 2);
    variance += squares * (unbiased ? n / (n - 1) : 1);
  }
  return std::sqrt(variance) / static_cast<double>(rows.size());
}

TEST(stratified_multinomial_bootstrap, equals_its_definition) {
  for (const std::size_t n : {6u, 60u, 300u}) {
    const auto rows = some::ratios(n);
    const auto groups = stats::strata_from(mixed(n));
    const auto found =
        stats::multinomial_bootstrap(evalpp::seq, rows, groups, some::ratio, {.seed = 4, .replicates = 256});
    std::vector<double> expected;
    for (std::uint64_t b = 0; b < 256; ++b)
      expected.push_back(some::ratio(reference::multinomial_sum(rows, members_of(groups), 4, b)));
    std::sort(expected.begin(), expected.end());
    EXPECT_EQ(found.replicates, expected) << n;
    EXPECT_EQ(found.estimate, some::ratio(rows.total()));
    EXPECT_EQ(found.strata, 3u);
    EXPECT_EQ(found.blind, n == 6);
  }
}

TEST(stratified_multinomial_bootstrap, of_one_stratum_is_the_plain_one) {
  const auto rows = some::values(50);
  const auto groups = stats::strata_from(std::vector<std::uint32_t>(50, 3));
  const auto found =
      stats::multinomial_bootstrap(evalpp::seq, rows, groups, some::ratio, {.replicates = 256});
  const auto plain = stats::multinomial_bootstrap(evalpp::seq, rows, some::ratio, {.replicates = 256});
  EXPECT_EQ(found.replicates, plain.replicates);
  EXPECT_NEAR(found.acceleration, plain.acceleration, 1e-9);
  EXPECT_NEAR(found.jackknife_error / plain.jackknife_error, 1, 2.0 / (50 * 50));
}

TEST(stratified_bootstrap, scales_the_sums_of_each_stratum) {
  const auto rows = some::ratios(60);
  const auto groups = stats::strata_from(mixed(60));
  const auto found = stats::bootstrap(evalpp::seq, rows, groups, some::ratio, {.seed = 4, .replicates = 512});
  const stats::poisson_weights weights(4);
  std::vector<double> expected;
  for (std::uint64_t b = 0; b < 512; ++b) {
    long double first = 0, second = 0;
    bool drawn_from_all = true;
    for (const auto& stratum : members_of(groups)) {
      long double drawn = 0, u = 0, v = 0;
      for (const std::size_t i : stratum) {
        const long double w = weights(rows.keys[i], b);
        drawn += w;
        u += w * static_cast<long double>(rows.row(i)[0]);
        v += w * static_cast<long double>(rows.row(i)[1]);
      }
      drawn_from_all = drawn_from_all && drawn > 0;
      first += u * static_cast<long double>(stratum.size()) / drawn;
      second += v * static_cast<long double>(stratum.size()) / drawn;
    }
    const auto whole = [](long double x) { return static_cast<double>(std::floor(x + 0.5L + 1e-9L)); };
    if (drawn_from_all) expected.push_back(whole(first) / whole(second));
  }
  std::sort(expected.begin(), expected.end());
  EXPECT_EQ(found.replicates, expected);
  EXPECT_EQ(found.invalid, 512 - expected.size());
}

TEST(stratified_bootstrap, scales_negative_sums_too) {
  const auto same = [](std::int64_t sum, std::int64_t n, std::int64_t drawn, std::int64_t whole,
                       double fraction) {
    const auto found = stats::detail::scaled(sum, n, drawn);
    EXPECT_EQ(found.whole, whole);
    EXPECT_EQ(found.fraction, fraction);
  };
  same(10, 3, 4, 7, 0.5);
  same(-10, 3, 4, -8, 0.5);
  same(-8, 3, 4, -6, 0);
  same(std::numeric_limits<std::int64_t>::max() / 2, 2, 2, std::numeric_limits<std::int64_t>::max() / 2, 0);
}

// What the strata differ by is no part of the error, with either engine.
TEST(stratified_bootstrap, leaves_out_what_strata_differ_by) {
  const auto rows = far_apart(400);
  const auto groups = by_parity(400);
  const double ideal = ideal_error(rows, groups, false);
  const auto exact = stats::multinomial_bootstrap(evalpp::seq, rows, groups, some::ratio);
  const auto keyed = stats::bootstrap(evalpp::seq, rows, groups, some::ratio);
  EXPECT_NEAR(exact.standard_error() / ideal, 1, 0.03);
  EXPECT_NEAR(keyed.standard_error() / ideal, 1, 0.04);
  EXPECT_NEAR(exact.jackknife_error / ideal_error(rows, groups, true), 1, 1e-4);
  EXPECT_GT(stats::bootstrap(evalpp::seq, rows, some::ratio).standard_error(), 10 * ideal);
}

// SciPy's formula for the acceleration of several samples, from its definition, on a difference of means
// whose samples have lanes of their own.
TEST(stratified_jackknife, has_scipy_s_acceleration) {
  stats::resampling_rows rows;
  rows.lanes = 4;
  std::vector<std::uint32_t> of;
  std::vector<std::vector<double>> samples(2);
  for (std::size_t i = 0; i < 90; ++i) {
    const std::size_t s = i % 3 == 0 ? 0 : 1;
    const auto v = static_cast<std::int64_t>(stats::mix64(i) % 100 * (stats::mix64(i) % 100));
    rows.keys.push_back(i);
    rows.values.insert(rows.values.end(), {s == 0 ? v : 0, s == 0 ? 1 : 0, s == 1 ? v : 0, s == 1 ? 1 : 0});
    of.push_back(static_cast<std::uint32_t>(s));
    samples[s].push_back(static_cast<double>(v));
  }
  const auto difference = [](std::span<const std::int64_t> l) {
    return static_cast<double>(l[0]) / static_cast<double>(l[1]) -
           static_cast<double>(l[2]) / static_cast<double>(l[3]);
  };
  double top = 0, bottom = 0, variance = 0;
  for (std::size_t s = 0; s < 2; ++s) {
    const auto n = static_cast<double>(samples[s].size());
    double sum = 0;
    for (const double v : samples[s]) sum += v;
    std::vector<double> without;
    for (const double v : samples[s]) without.push_back((s == 0 ? 1 : -1) * (sum - v) / (n - 1));
    double mean = 0;
    for (const double v : without) mean += v / n;
    for (const double v : without) {
      const double u = (n - 1) * (mean - v);
      top += std::pow(u, 3) / std::pow(n, 3);
      bottom += u * u / (n * n);
      variance += u * u / (n * (n - 1));
    }
  }
  const auto groups = stats::strata_from(of);
  const auto found = stats::stratified_jackknife(stats::unit_effects(evalpp::seq, rows, difference), groups);
  EXPECT_NEAR(found.acceleration / (top / (6 * std::pow(bottom, 1.5))), 1, 2.0 / (30 * 30));
  EXPECT_NEAR(found.standard_error / std::sqrt(variance), 1, 2.0 / (30 * 30));
}

TEST(stratified_bootstrap, has_the_same_bits_on_any_number_of_threads) {
  const auto rows = some::ratios(120);
  const auto groups = stats::strata_from(mixed(120));
  const auto exact =
      stats::multinomial_bootstrap(evalpp::seq, rows, groups, some::ratio, {.replicates = 1024});
  const auto keyed = stats::bootstrap(evalpp::seq, rows, groups, some::ratio, {.replicates = 1024});
  for (const std::size_t workers : {2u, 8u}) {
    const evalpp::threads many(workers);
    EXPECT_EQ(stats::multinomial_bootstrap(many, rows, groups, some::ratio, {.replicates = 1024}).replicates,
              exact.replicates);
    EXPECT_EQ(stats::bootstrap(many, rows, groups, some::ratio, {.replicates = 1024}).replicates,
              keyed.replicates);
  }
}

TEST(stratified_bootstrap, makes_intervals_with_the_degrees_of_freedom_of_the_strata) {
  auto d =
      stats::multinomial_bootstrap(evalpp::seq, some::ratios(60), stats::strata_from(mixed(60)), some::ratio);
  const auto three = stats::bootstrap_interval(d);
  EXPECT_EQ(three.status, evalpp::interval_status::ok);
  d.strata = 20;
  const auto twenty = stats::bootstrap_interval(d);
  EXPECT_LT(twenty.lo, three.lo);
  EXPECT_GT(twenty.hi, three.hi);
  d.blind = true;
  EXPECT_EQ(stats::bootstrap_interval(d).status, evalpp::interval_status::caution);
  d.strata = 60;
  EXPECT_EQ(stats::bootstrap_interval(d).status, evalpp::interval_status::too_few);
}

TEST(stratified_bootstrap, of_strata_of_one_sees_nothing) {
  const auto rows = some::ratios(3);
  const auto groups = stats::strata_from(std::vector<std::uint32_t>{0, 1, 2});
  const auto found =
      stats::multinomial_bootstrap(evalpp::seq, rows, groups, some::ratio, {.replicates = 256});
  EXPECT_EQ(found.replicates.front(), found.replicates.back());
  EXPECT_EQ(found.jackknife_error, 0);
  EXPECT_TRUE(found.blind);
  EXPECT_EQ(stats::bootstrap_interval(found).status, evalpp::interval_status::too_few);
}

TEST(stratified_bootstrap, of_no_rows_has_no_value) {
  stats::resampling_rows rows;
  rows.lanes = 2;
  for (const auto& found :
       {stats::multinomial_bootstrap(evalpp::seq, rows, stats::strata{}, some::ratio, {.replicates = 256}),
        stats::bootstrap(evalpp::seq, rows, stats::strata{}, some::ratio, {.replicates = 256})}) {
    EXPECT_EQ(found.invalid, 256u);
    EXPECT_EQ(stats::bootstrap_interval(found).status, evalpp::interval_status::undefined);
  }
}

}  // namespace stratified_bootstrap_test
