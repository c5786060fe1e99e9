// SPDX-License-Identifier: MIT
#include <evalpp/stats/bootstrap_interval.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace bootstrap_interval_test {

namespace stats = evalpp::stats;
using evalpp::interval;
using evalpp::interval_status;
using stats::bootstrap_method;

constexpr bootstrap_method methods[] = {bootstrap_method::percentile, bootstrap_method::basic,
                                        bootstrap_method::normal, bootstrap_method::bca,
                                        bootstrap_method::bca_expanded};

// 999 replicates 1 .. 999 of the estimate 500: every quantile of type 6 is a whole number.
stats::bootstrap_distribution even() {
  stats::bootstrap_distribution d;
  for (int i = 1; i < 1000; ++i) d.replicates.push_back(i);
  d.estimate = 500;
  d.mid_rank = stats::mid_rank_of(d.estimate, d.replicates);
  d.jackknife_error = 1;
  d.units = 50;
  return d;
}

TEST(bootstrap_interval, takes_the_quantiles_of_the_replicates) {
  const auto d = even();
  const interval percentile = stats::bootstrap_interval(d, 0.95, bootstrap_method::percentile);
  EXPECT_NEAR(percentile.lo, 25, 1e-9);
  EXPECT_NEAR(percentile.hi, 975, 1e-9);
  EXPECT_EQ(percentile.status, interval_status::ok);
  EXPECT_EQ(percentile.level, 0.95);
  // Without bias and skew the corrected one is the same, and the expanded one is wider.
  EXPECT_EQ(d.mid_rank, 0.5);
  const interval bca = stats::bootstrap_interval(d, 0.95, bootstrap_method::bca);
  EXPECT_NEAR(bca.lo, 25, 1e-9);
  EXPECT_NEAR(bca.hi, 975, 1e-9);
  const interval expanded = stats::bootstrap_interval(d);
  EXPECT_LT(expanded.lo, 25);
  EXPECT_NEAR(expanded.lo + expanded.hi, 1000, 1e-9);
}

// stats.md 2.6, written out again: alpha(z) = Phi(z0 + (z0 + z) / (1 - a (z0 + z))).
TEST(bootstrap_interval, corrects_bias_and_acceleration) {
  auto d = even();
  d.estimate = 430;
  d.mid_rank = stats::mid_rank_of(d.estimate, d.replicates);
  d.acceleration = 0.07;
  const double z0 = stats::normal_quantile((429 + 0.5) / 999);
  const auto end = [&](double z) {
    return 1000 * stats::normal_cdf(z0 + (z0 + z) / (1 - d.acceleration * (z0 + z)));
  };
  const interval bca = stats::bootstrap_interval(d, 0.9, bootstrap_method::bca);
  EXPECT_NEAR(bca.lo, end(stats::normal_quantile(0.05)), 1e-9);
  EXPECT_NEAR(bca.hi, end(stats::normal_quantile(0.95)), 1e-9);
  const double t = std::sqrt(50.0 / 49) * stats::student_t_quantile(0.95, 49);
  const interval expanded = stats::bootstrap_interval(d, 0.9);
  EXPECT_NEAR(expanded.lo, end(-t), 1e-9);
  EXPECT_NEAR(expanded.hi, end(t), 1e-9);
}

TEST(bootstrap_interval, of_nothing_is_undefined) {
  for (const auto method : methods) {
    EXPECT_EQ(stats::bootstrap_interval({}, 0.95, method).status, interval_status::undefined);
    auto d = even();
    for (const double level : {0.0, 1.0, -1.0, std::nan("")})
      EXPECT_EQ(stats::bootstrap_interval(d, level, method).status, interval_status::undefined);
    d.replicates.clear();
    d.invalid = 999;
    EXPECT_EQ(stats::bootstrap_interval(d, 0.95, method).status, interval_status::undefined);
  }
}

TEST(bootstrap_interval, is_never_certain_of_one_unit_or_of_data_that_do_not_vary) {
  for (const auto method : methods) {
    auto d = even();
    d.units = 1;
    EXPECT_EQ(stats::bootstrap_interval(d, 0.95, method).status, interval_status::too_few);
    d = even();
    std::fill(d.replicates.begin(), d.replicates.end(), 500.0);
    d.jackknife_error = 0;
    const interval flat = stats::bootstrap_interval(d, 0.95, method);
    EXPECT_EQ(flat.status, interval_status::degenerate);
    EXPECT_FALSE(flat.usable());
    EXPECT_EQ(flat.lo, 500);
    EXPECT_EQ(flat.hi, 500);
    // A jackknife that knows nothing does not speak against it.
    d.jackknife_error = std::numeric_limits<double>::quiet_NaN();
    EXPECT_EQ(stats::bootstrap_interval(d, 0.95, method).status, interval_status::degenerate);
  }
}

TEST(bootstrap_interval, says_when_to_be_careful) {
  auto few = even();
  few.units = 9;
  EXPECT_EQ(stats::bootstrap_interval(few).status, interval_status::caution);
  auto invalid = even();
  invalid.invalid = 60;
  EXPECT_EQ(stats::bootstrap_interval(invalid).status, interval_status::caution);
  auto outside = even();  // the bias cannot be told: the plain quantiles, expanded
  outside.estimate = 2000;
  outside.mid_rank = 1;
  const interval found = stats::bootstrap_interval(outside);
  EXPECT_EQ(found.status, interval_status::caution);
  EXPECT_NEAR(found.lo + found.hi, 1000, 1e-9);
  auto skewed = even();  // a (z0 + z) exceeds 1
  skewed.acceleration = 0.6;
  const interval clamped = stats::bootstrap_interval(skewed);
  EXPECT_EQ(clamped.status, interval_status::caution);
  EXPECT_EQ(clamped.hi, 999);
}

TEST(bootstrap_interval, every_method_has_its_name) {
  EXPECT_EQ(to_string(bootstrap_method::percentile), "percentile");
  EXPECT_EQ(to_string(bootstrap_method::basic), "basic");
  EXPECT_EQ(to_string(bootstrap_method::normal), "normal");
  EXPECT_EQ(to_string(bootstrap_method::bca), "bca");
  EXPECT_EQ(to_string(bootstrap_method::bca_expanded), "bca+");
}

}  // namespace bootstrap_interval_test
