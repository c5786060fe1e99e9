// SPDX-License-Identifier: MIT
#include <evalpp/stats/betting.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

namespace betting_test {

using namespace evalpp::stats;
using evalpp::interval;
using evalpp::interval_status;
using evalpp::detail::is_nan;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::vector<double> varied(std::size_t n) {
  std::vector<double> x(n);
  for (std::size_t i = 0; i < n; ++i) x[i] = static_cast<double>(i * 37 % 101) / 100;
  return x;
}

/// By the definition on a grid: the m whose capital stayed below 1 / alpha.
std::pair<double, double> on_a_grid(const std::vector<double>& x, double alpha, int cells) {
  const double n = static_cast<double>(x.size());
  double first = 2, last = -1;
  for (int cell = 1; cell < cells; ++cell) {
    const double m = static_cast<double>(cell) / cells;
    double up = 1, down = 1, most = 0, sum = 0, squares = 0, variance = 0.25, t = 0;
    for (const double v : x) {
      const double stake = std::sqrt(2 * std::log(2 / alpha) / (n * variance));
      up *= 1 + std::min(stake, 0.5 / m) * (v - m);
      down *= 1 - std::min(stake, 0.5 / (1 - m)) * (v - m);
      most = std::max({most, up / 2, down / 2});
      t += 1;
      sum += v;
      squares += std::pow(v - (sum + 0.5) / (t + 1), 2);
      variance = (squares + 0.25) / (t + 1);
    }
    if (most >= 1 / alpha) continue;
    first = std::min(first, m);
    last = std::max(last, m);
  }
  return {first, last};
}

TEST(BettingInterval, AgreesWithTheGrid) {
  for (const std::size_t n : {3u, 20u, 200u}) {
    std::vector<double> ones(n, 1.0);
    ones[n / 2] = 0;
    for (const std::vector<double>& x : {varied(n), ones}) {
      for (const double level : {0.8, 0.95}) {
        const interval i = betting_interval(x, level);
        const auto [lo, hi] = on_a_grid(x, 1 - level, 5000);
        EXPECT_NEAR(i.lo, lo, 1.0 / 5000 + 1e-9);
        EXPECT_NEAR(i.hi, hi, 1.0 / 5000 + 1e-9);
      }
    }
  }
}

TEST(BettingInterval, HasWidthWhereNothingVaries) {
  const interval right = betting_interval(std::vector<double>(50, 1.0));
  EXPECT_EQ(right.hi, 1);
  EXPECT_LT(right.lo, 0.95);
  EXPECT_GT(right.lo, 0.8);
  EXPECT_EQ(right.status, interval_status::ok);
  const interval wrong = betting_interval(std::vector<double>(50, 0.0));
  EXPECT_NEAR(wrong.hi, 1 - right.lo, 1e-12);
  EXPECT_EQ(wrong.lo, 0);
  EXPECT_TRUE(betting_interval(std::vector<double>{0.5}).contains(0.5));
}

TEST(BettingInterval, LongSamplesNeitherOverflowNorUnderflow) {
  const interval i = betting_interval(varied(20'000));
  EXPECT_NEAR(i.lo, 0.5, 0.02);
  EXPECT_NEAR(i.hi, 0.5, 0.02);
  EXPECT_LT(i.lo, i.hi);
}

TEST(BettingInterval, NothingAndNonsense) {
  EXPECT_EQ(betting_interval({}).status, interval_status::too_few);
  EXPECT_EQ(betting_interval({}).hi, 1);
  for (const double bad : {nan, -0.1, 1.1}) {
    EXPECT_EQ(betting_interval(std::vector<double>{0.5, bad}).status, interval_status::undefined);
    betting_sequence sequence;
    empirical_bernstein_sequence bernstein;
    betting_process process(0.5, 0.05);
    sequence.add(bad);
    bernstein.add(bad);
    process.add(bad);
    EXPECT_EQ(sequence.add(0.5).status, interval_status::undefined);
    EXPECT_EQ(bernstein.add(0.5).status, interval_status::undefined);
    EXPECT_TRUE(is_nan(process.capital()));
  }
  for (const double level : {0.0, 1.0, nan}) {
    EXPECT_EQ(betting_interval(std::vector<double>{0.5}, level).status, interval_status::undefined);
    EXPECT_EQ(betting_sequence(level).add(0.5).status, interval_status::undefined);
    EXPECT_EQ(empirical_bernstein_sequence(level).add(0.5).status, interval_status::undefined);
    EXPECT_TRUE(is_nan(betting_process(0.5, level).capital()));
  }
  EXPECT_EQ(betting_sequence(0.95, 0).add(0.5).status, interval_status::undefined);
}

TEST(BettingSequence, NarrowsAndHoldsTheMean) {
  betting_sequence betting(0.95, 200);
  empirical_bernstein_sequence bernstein;
  EXPECT_EQ(betting.bounds().status, interval_status::too_few);
  double width = 1;
  for (const double x : varied(404)) {
    const interval i = betting.add(x);
    EXPECT_LE(i.hi - i.lo, width);
    width = i.hi - i.lo;
    EXPECT_TRUE(i.contains(0.5));
    EXPECT_TRUE(bernstein.add(x).contains(0.5));
  }
  EXPECT_LT(width, 0.2);
}

TEST(BettingProcess, MirrorsAndStartsAtOneHalf) {
  betting_process high(0.7, 0.05), low(0.3, 0.05);
  EXPECT_EQ(high.capital(), 0.5);
  for (const double x : varied(50)) {
    high.add(x);
    low.add(1 - x);
    EXPECT_NEAR(high.capital() / low.capital(), 1, 1e-12);
  }
}

}  // namespace betting_test
