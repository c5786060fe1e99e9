// SPDX-License-Identifier: MIT
#include <evalpp/stats/drift_test.hpp>

#include <evalpp/stats/divergence.hpp>
#include <evalpp/stats/kolmogorov_smirnov.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/wasserstein.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <vector>

namespace drift_test_test {

using evalpp::interval;
using evalpp::seq;
using namespace evalpp::stats;
using reals = std::vector<double>;
using counts = std::vector<std::uint64_t>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// Takes the chunks from the last to the first.
struct backwards {
  std::size_t workers() const noexcept { return 1; }
  template <class Body>
  void for_chunks(std::size_t n, const Body& body) const {
    for (std::size_t chunk = (n + evalpp::chunk_size - 1) / evalpp::chunk_size; chunk-- > 0;) {
      const std::size_t begin = chunk * evalpp::chunk_size;
      body(begin, (std::min)(n, begin + evalpp::chunk_size), std::size_t{0});
    }
  }
};

// What every test below is to give: all subsets of the items, one by one, with the distances of the library.
struct naive_result {
  double distance, expected, p;
  std::uint64_t permutations;
};

template <class Distance>
naive_result naive_drift(const reals& x, const reals& y, const Distance& distance) {
  reals all(x);
  all.insert(all.end(), y.begin(), y.end());
  const double observed = distance(x, y);
  double sum = 0;
  std::uint64_t splits = 0, as_great = 0;
  for (std::uint32_t subset = 0; subset < 1u << all.size(); ++subset) {
    reals a, b;
    for (std::size_t i = 0; i < all.size(); ++i) (subset >> i & 1 ? a : b).push_back(all[i]);
    if (a.size() != x.size()) continue;
    const double here = distance(a, b);
    ++splits;
    sum += here;
    as_great += here >= observed - 1e-9 ? 1u : 0u;
  }
  return {observed, sum / static_cast<double>(splits),
          static_cast<double>(as_great) / static_cast<double>(splits), splits};
}

counts histogram(const reals& values, std::size_t bins) {
  counts out(bins);
  for (const double v : values) ++out[static_cast<std::size_t>(v)];
  return out;
}

void expect_equal(const drift_result& found, const naive_result& naive) {
  EXPECT_TRUE(found.exact);
  EXPECT_EQ(found.permutations, naive.permutations);
  EXPECT_EQ(found.p, naive.p);
  EXPECT_NEAR(found.distance, naive.distance, 1e-12);
  EXPECT_NEAR(found.expected, naive.expected, 1e-12);
  EXPECT_NEAR(found.effect, (std::max)(0.0, naive.distance - naive.expected), 1e-12);
}

TEST(drift_test, few_splits_are_all_counted) {
  std::mt19937 random(15);
  for (int trial = 0; trial < 40; ++trial) {
    // Whole numbers with ties, and tenths of them, whose differences are rounded.
    const unsigned range = trial % 2 == 0 ? 4 : 30;
    reals x(1 + random() % 5), y(1 + random() % 5);
    for (reals* sample : {&x, &y})
      for (double& v : *sample) v = static_cast<double>(random() % range);
    reals all(x);
    all.insert(all.end(), y.begin(), y.end());
    double mean = 0, variance = 0;
    for (const double v : all) mean += v / static_cast<double>(all.size());
    for (const double v : all) variance += (v - mean) * (v - mean) / static_cast<double>(all.size());
    const double deviation = variance > 0 ? std::sqrt(variance) : 1;

    const auto wasserstein = naive_drift(
        x, y, [&](const reals& a, const reals& b) { return *wasserstein_distance(a, b) / deviation; });
    expect_equal(wasserstein_drift(seq, x, y).value(), wasserstein);
    reals x_tenths, y_tenths;
    for (const double v : x) x_tenths.push_back(v / 10 - 0.7);
    for (const double v : y) y_tenths.push_back(v / 10 - 0.7);
    expect_equal(wasserstein_drift(seq, x_tenths, y_tenths).value(), wasserstein);
    expect_equal(
        kolmogorov_smirnov_drift(seq, x, y).value(),
        naive_drift(x, y, [](const reals& a, const reals& b) { return kolmogorov_smirnov(a, b)->value; }));
    expect_equal(jensen_shannon_drift(seq, histogram(x, range), histogram(y, range)).value(),
                 naive_drift(x, y, [&](const reals& a, const reals& b) {
                   return std::sqrt(*jensen_shannon_divergence(histogram(a, range), histogram(b, range)) /
                                    std::log(2.0));
                 }));
    expect_equal(total_variation_drift(seq, histogram(x, range), histogram(y, range)).value(),
                 naive_drift(x, y, [&](const reals& a, const reals& b) {
                   return *total_variation(histogram(a, range), histogram(b, range));
                 }));
  }
}

TEST(drift_test, two_against_two_by_hand) {
  // Of 6 splits two are as far apart; the others have one of each kind on both sides.
  const auto wasserstein = wasserstein_drift(seq, reals{5, 5}, reals{9, 9}).value();
  EXPECT_DOUBLE_EQ(wasserstein.distance, 2);  // 4 over a deviation of 2
  EXPECT_DOUBLE_EQ(wasserstein.expected, 2.0 / 3);
  EXPECT_DOUBLE_EQ(wasserstein.effect, 4.0 / 3);
  for (const drift_result& found : {wasserstein, *kolmogorov_smirnov_drift(seq, reals{5, 5}, reals{9, 9}),
                                    *jensen_shannon_drift(seq, counts{2, 0}, counts{0, 2}),
                                    *total_variation_drift(seq, counts{0, 2, 0}, counts{0, 0, 2})}) {
    EXPECT_DOUBLE_EQ(found.distance / found.expected, 3);
    EXPECT_DOUBLE_EQ(found.p, 1.0 / 3);
    EXPECT_EQ(found.permutations, 6u);
    EXPECT_TRUE(found.exact);
    EXPECT_TRUE(found.large);
    EXPECT_FALSE(found.alarm);
  }
}

TEST(drift_test, alarms_as_soon_as_p_can_be_small) {
  // Two splits of C(8, 4) = 70: p = 1 / 35.
  const auto found = wasserstein_drift(seq, reals{1, 2, 3, 4}, reals{5, 6, 7, 8}).value();
  EXPECT_DOUBLE_EQ(found.p, 1.0 / 35);
  EXPECT_TRUE(found.alarm);
  EXPECT_FALSE(wasserstein_drift(seq, reals{1, 2, 3, 4}, reals{5, 6, 7, 8}, {.alpha = 0.02})->alarm);
  const drift_options much{.minimum_effect = 2};
  EXPECT_FALSE(wasserstein_drift(seq, reals{1, 2, 3, 4}, reals{5, 6, 7, 8}, much)->large);
  EXPECT_FALSE(wasserstein_drift(seq, reals{1, 2, 3, 4}, reals{5, 6, 7, 8}, much)->alarm);
}

TEST(drift_test, degenerate_samples_are_defined) {
  EXPECT_FALSE(wasserstein_drift(seq, {}, reals{1}));
  EXPECT_FALSE(wasserstein_drift(seq, reals{1}, {}));
  EXPECT_FALSE(kolmogorov_smirnov_drift(seq, {}, {}));
  EXPECT_FALSE(jensen_shannon_drift(seq, {}, {}));
  EXPECT_FALSE(total_variation_drift(seq, counts{0, 0}, counts{3, 4}));
  EXPECT_FALSE(wasserstein_drift(seq, reals{1, nan}, reals{1}));
  EXPECT_FALSE(wasserstein_drift(seq, reals{1}, reals{1, infinity}));
  EXPECT_FALSE(kolmogorov_smirnov_drift(seq, reals{1}, reals{nan}));
  EXPECT_FALSE(jensen_shannon_drift(seq, counts{1}, counts{std::uint64_t{1} << 31}));
  EXPECT_FALSE(jensen_shannon_drift(seq, counts{~std::uint64_t{0}, 2}, counts{~std::uint64_t{0}, 1}));
  EXPECT_EQ(kolmogorov_smirnov_drift(seq, reals{-infinity, 0}, reals{infinity, infinity})->distance, 1);

  const drift_options any{.minimum_effect = 0};
  for (const drift_result& found :
       {*wasserstein_drift(seq, reals{1}, reals{2}, any), *wasserstein_drift(seq, reals{3, 3}, reals{3}, any),
        *wasserstein_drift(seq, reals(5000, 3.0), reals(4000, 3.0), any),
        *kolmogorov_smirnov_drift(seq, reals(5000, 3.0), reals(4000, 3.0), any),
        *kolmogorov_smirnov_drift(seq, reals{1}, reals{2}, any),
        *jensen_shannon_drift(seq, counts{1, 0}, counts{0, 1}, any),
        *jensen_shannon_drift(seq, counts{70'000}, counts{50'000}, any),
        *total_variation_drift(seq, counts{0, 70'000}, counts{0, 50'000}, any)}) {
    EXPECT_EQ(found.p, 1);
    EXPECT_EQ(found.effect, 0);
    EXPECT_EQ(found.distance, found.expected);
    EXPECT_LE(found.ci.lo, found.ci.hi);
    EXPECT_FALSE(found.alarm);
  }
  // One item against many is a test still: of 40 splits one is as far apart.
  reals many(39);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i);
  EXPECT_DOUBLE_EQ(wasserstein_drift(seq, many, reals{1000})->p, 1.0 / 40);
}

TEST(drift_test, what_makes_no_sense_is_refused) {
  const reals x{1, 2}, y{3};
  EXPECT_REFUSED(wasserstein_drift(seq, x, y, {.alpha = 0}));
  EXPECT_REFUSED(wasserstein_drift(seq, x, y, {.alpha = 1}));
  EXPECT_REFUSED(wasserstein_drift(seq, x, y, {.alpha = nan}));
  EXPECT_REFUSED(kolmogorov_smirnov_drift(seq, x, y, {.minimum_effect = -0.1}));
  EXPECT_REFUSED(kolmogorov_smirnov_drift(seq, x, y, {.minimum_effect = nan}));
  EXPECT_REFUSED(total_variation_drift(seq, counts{1}, counts{1}, {.permutations = 0}));
  EXPECT_REFUSED(jensen_shannon_drift(seq, counts{1}, counts{1, 2}));
}

reals lengths(std::mt19937_64& random, std::size_t n, double scale = 1) {
  reals out(n);
  for (double& v : out) {
    const double u = (static_cast<double>(random() >> 12) + 0.5) * 0x1p-52;
    v = std::floor(scale * std::exp(4 + 0.6 * normal_quantile(u)));
  }
  return out;
}

TEST(drift_test, scale_and_order_do_not_matter) {
  std::mt19937_64 random(1);
  reals x = lengths(random, 40), y = lengths(random, 30, 1.3);
  const auto found = wasserstein_drift(seq, x, y).value();
  EXPECT_FALSE(found.exact);
  EXPECT_EQ(found.permutations, 999u);
  std::reverse(x.begin(), x.end());
  std::rotate(y.begin(), y.begin() + 7, y.end());
  const auto shuffled = wasserstein_drift(seq, x, y).value();
  EXPECT_EQ(shuffled.distance, found.distance);
  EXPECT_EQ(shuffled.expected, found.expected);
  EXPECT_EQ(shuffled.p, found.p);
  for (const double scale : {0x1p-900, 0x1p+1013}) {
    reals a(x), b(y);
    const double middle = 150;  // so that the range exceeds the greatest double
    for (double& v : a) v = (v - middle) * scale;
    for (double& v : b) v = (v - middle) * scale;
    const auto scaled = wasserstein_drift(seq, a, b).value();
    EXPECT_NEAR(scaled.distance, found.distance, 1e-12);
    EXPECT_EQ(scaled.p, found.p);
  }
  // The greatest range there is: half of the deviation of two values is all of it.
  constexpr double most = std::numeric_limits<double>::max();
  EXPECT_DOUBLE_EQ(wasserstein_drift(seq, reals{-most}, reals{most})->distance, 2);
}

TEST(drift_test, the_executor_does_not_matter) {
  std::mt19937_64 random(2);
  const reals x = lengths(random, 400), y = lengths(random, 300);
  const drift_options options{.permutations = 700};
  const auto one = kolmogorov_smirnov_drift(seq, x, y, options).value();
  const auto other = kolmogorov_smirnov_drift(backwards{}, x, y, options).value();
  EXPECT_EQ(one.expected, other.expected);
  EXPECT_EQ(one.p, other.p);
  EXPECT_EQ(one.ci.lo, other.ci.lo);
  EXPECT_EQ(one.ci.hi, other.ci.hi);
  const counts a{500, 90, 10, 3}, b{480, 120, 0, 4};
  EXPECT_EQ(jensen_shannon_drift(seq, a, b, options)->expected,
            jensen_shannon_drift(backwards{}, a, b, options)->expected);
  const drift_options another{.seed = 9, .permutations = 700};
  EXPECT_NE(jensen_shannon_drift(seq, a, b, options)->expected,
            jensen_shannon_drift(seq, a, b, another)->expected);
}

TEST(drift_test, random_splits_agree_with_exact_laws) {
  constexpr std::size_t permutations = 20'000;
  const auto five_errors = [](double p) { return 5 * std::sqrt(p * (1 - p) / permutations); };
  const drift_options options{.permutations = permutations};
  // Without ties: Hodges' count of the paths.
  std::mt19937_64 random(3);
  for (const double shift : {0.0, 0.2, 0.4}) {
    reals x(30), y(20);
    for (double& v : x) v = std::ldexp(static_cast<double>(random()), -64);
    for (double& v : y) v = std::ldexp(static_cast<double>(random()), -64) + shift;
    const auto found = kolmogorov_smirnov_drift(seq, x, y, options).value();
    ASSERT_FALSE(found.exact);
    const double p = ks_exact_p(kolmogorov_smirnov(x, y).value());
    EXPECT_NEAR(found.p, p, five_errors(p) + 1.0 / permutations);
  }
  // Two categories, samples of equal size: Fisher's exact test, two-sided.
  const double n = 3000, hits = 1000;
  for (const std::uint64_t of_reference : {500u, 515u, 530u}) {
    const counts reference{of_reference, 3000 - of_reference},
        current{1000 - of_reference, 2000 + of_reference};
    const auto log_choose = [](double all, double k) {
      return std::lgamma(all + 1) - std::lgamma(k + 1) - std::lgamma(all - k + 1);
    };
    double p = 0;
    for (double k = 0; k <= hits; ++k)
      if (std::abs(k - hits / 2) >= static_cast<double>(of_reference) - hits / 2)
        p += std::exp(log_choose(n, k) + log_choose(n, hits - k) - log_choose(2 * n, hits));
    for (const auto& found : {total_variation_drift(seq, reference, current, options).value(),
                              jensen_shannon_drift(seq, reference, current, options).value()}) {
      EXPECT_FALSE(found.exact);
      EXPECT_NEAR(found.p, p, five_errors((std::min)(p, 1.0)) + 1.0 / permutations);
    }
  }
}

TEST(drift_test, false_alarms_keep_to_alpha) {
  // Where a limit of 0.1 alone alarms nine times in ten.
  constexpr int runs = 2000;
  constexpr double five_errors = 5 * 0.0048734;  // sqrt(0.05 * 0.95 / 2000)
  std::mt19937_64 random(4);
  const drift_options any{.minimum_effect = 0, .permutations = 99};
  int wasserstein = 0, kolmogorov = 0, jensen = 0, variation = 0, beyond_limit = 0;
  for (int run = 0; run < runs; ++run) {
    const reals x = lengths(random, 50), y = lengths(random, 50);
    counts a(8), b(8);
    for (const double v : x) ++a[(std::min)(static_cast<std::size_t>(v) / 16, std::size_t{7})];
    for (const double v : y) ++b[(std::min)(static_cast<std::size_t>(v) / 16, std::size_t{7})];
    const auto found = wasserstein_drift(seq, x, y, any).value();
    wasserstein += found.p <= any.alpha;
    beyond_limit += found.distance >= 0.1;
    kolmogorov += kolmogorov_smirnov_drift(seq, x, y, any)->p <= any.alpha;
    jensen += jensen_shannon_drift(seq, a, b, any)->p <= any.alpha;
    variation += total_variation_drift(seq, a, b, any)->p <= any.alpha;
  }
  EXPECT_GT(beyond_limit, runs * 9 / 10);
  // Never more than alpha but for chance; less where distances are tied, Wasserstein's hardly ever.
  EXPECT_NEAR(wasserstein / double{runs}, 0.05, five_errors);
  for (const int alarms : {kolmogorov, jensen, variation}) {
    EXPECT_LE(alarms / double{runs}, 0.05 + five_errors);
    EXPECT_GE(alarms, 1);
  }
}

TEST(drift_test, a_trifle_is_no_alarm_however_many_items) {
  std::mt19937_64 random(5);
  const reals x = lengths(random, 50'000), y = lengths(random, 50'000, 1.02);
  const drift_options options{.permutations = 199};
  for (const auto& found : {wasserstein_drift(seq, x, y, options).value(),
                            kolmogorov_smirnov_drift(seq, x, y, options).value()}) {
    EXPECT_LE(found.p, 0.05);
    EXPECT_GT(found.effect, 0);
    EXPECT_LT(found.effect, 0.05);
    EXPECT_FALSE(found.large);
    EXPECT_FALSE(found.alarm);
  }
  // The same share of another category: 2 points, in two times a million.
  const counts a{600'000, 400'000}, b{580'000, 420'000};
  const auto found = total_variation_drift(seq, a, b).value();
  EXPECT_DOUBLE_EQ(found.distance, 0.02);
  EXPECT_DOUBLE_EQ(found.p, 0.001);
  EXPECT_FALSE(found.alarm);
}

TEST(drift_test, a_real_drift_is_an_alarm) {
  std::mt19937_64 random(6);
  const reals x = lengths(random, 500), y = lengths(random, 500, 1.5);
  for (const auto& found :
       {wasserstein_drift(seq, x, y).value(), kolmogorov_smirnov_drift(seq, x, y).value(),
        jensen_shannon_drift(seq, counts{300, 150, 50}, counts{150, 250, 100}).value(),
        total_variation_drift(seq, counts{300, 150, 50}, counts{150, 250, 100}).value()}) {
    EXPECT_DOUBLE_EQ(found.p, 0.001);
    EXPECT_GT(found.effect, 0.1);
    EXPECT_LT(found.effect, found.distance);
    EXPECT_TRUE(found.alarm);
  }
}

// 60 and 45 of 100: a distance of 0.15, whose standard error is sqrt(.6 * .4 / 100 + .45 * .55 / 100) =
// 0.0698. It exceeds 0.05 by more than chance adds (0.055), and chance explains it in 4 % of all splits, but
// 0.15 - 1.96
// * 0.0698 = 0.013 does not exceed it.
TEST(drift_test, alarms_only_when_the_lower_end_exceeds_the_minimum) {
  const counts a{60, 40}, b{45, 55};
  const auto doubtful =
      total_variation_drift(seq, a, b, {.minimum_effect = 0.05, .permutations = 9999}).value();
  EXPECT_LE(doubtful.p, 0.05);
  EXPECT_GT(doubtful.effect, 0.05);
  EXPECT_NEAR(doubtful.ci.lo, 0.013, 0.01);  // a lattice of hundredths
  EXPECT_NEAR(doubtful.ci.hi, 0.287, 0.01);
  EXPECT_DOUBLE_EQ(doubtful.ci.level, 0.95);
  EXPECT_FALSE(doubtful.large);
  EXPECT_FALSE(doubtful.alarm);
  // Sixteen times as many items: 0.15 - 1.96 * 0.0698 / 4 = 0.116.
  const auto certain =
      total_variation_drift(seq, counts{960, 640}, counts{720, 880}, {.minimum_effect = 0.05}).value();
  EXPECT_NEAR(certain.ci.lo, 0.116, 0.005);
  EXPECT_TRUE(certain.alarm);
}

// Three categories of .5, .3 and .2 become .35, .4 and .25: half of .15 + .1 + .05.
TEST(drift_test, intervals_cover_the_distance_of_the_sources) {
  constexpr int runs = 400;
  constexpr double five_errors = 5 * 0.0109;  // sqrt(0.95 * 0.05 / 400)
  std::mt19937_64 random(8);
  const auto draw = [&](double first, double second) {
    counts out(3);
    for (int i = 0; i < 400; ++i) {
      const double u = static_cast<double>(random() >> 11) * 0x1p-53;
      ++out[u < first ? 0 : u < first + second ? 1 : 2];
    }
    return out;
  };
  int covered = 0;
  for (int run = 0; run < runs; ++run) {
    const interval found = total_variation_drift(seq, draw(.5, .3), draw(.35, .4), {.permutations = 199})->ci;
    covered += found.lo <= 0.15 && 0.15 <= found.hi;
  }
  EXPECT_NEAR(covered / double{runs}, 0.95, five_errors);
}

TEST(drift_test, several_tests_are_adjusted_together) {
  std::vector<drift_result> rows(4);
  for (drift_result& row : rows) row.large = row.alarm = true;
  rows[0].p = 0.02;
  rows[1].p = 0.001;
  rows[2].p = 0.03;
  rows[3].p = 0.004;
  rows[3].large = false;
  // Holm: 4 * .001, 3 * .004, 2 * .02, and .03, which is no less than the one before.
  const auto adjusted = adjust_drift_alarms(rows);
  const reals expected{0.04, 0.004, 0.04, 0.012};
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_DOUBLE_EQ(adjusted[i], expected[i]);
  EXPECT_TRUE(rows[0].alarm);
  EXPECT_FALSE(rows[3].alarm);
  adjust_drift_alarms(rows, 0.01);
  EXPECT_FALSE(rows[0].alarm);
  EXPECT_TRUE(rows[1].alarm);
  EXPECT_FALSE(rows[2].alarm);
  EXPECT_TRUE(adjust_drift_alarms({}).empty());
}

}  // namespace drift_test_test
