// SPDX-License-Identifier: MIT
#include <evalpp/stats/multiplicity.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <limits>
#include <vector>

namespace multiplicity_test {

using namespace evalpp::stats;
using evalpp::detail::is_nan;
using values = std::vector<double>;
using method = values (*)(std::span<const double>);

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr method all_methods[] = {bonferroni, holm,       hochberg,           hommel,
                                  sidak,      holm_sidak, benjamini_hochberg, benjamini_yekutieli};

void expect_near(const values& a, const values& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_NEAR(a[i], b[i], 1e-15) << i;
}

TEST(Multiplicity, ByHand) {
  const values p = {0.04, 0.01, 0.03};
  expect_near(holm(p), {0.06, 0.03, 0.06});
  expect_near(hochberg(p), {0.04, 0.03, 0.04});
  expect_near(benjamini_hochberg(p), {0.04, 0.03, 0.04});
  expect_near(bonferroni(p), {0.12, 0.03, 0.09});
}

/// Hommel by the closed test: the adjusted p of i is the largest Simes p of a set that holds i.
values closed_simes(const values& p) {
  values out(p.size(), 0);
  for (unsigned set = 1; set < 1u << p.size(); ++set) {
    values members;
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (set >> i & 1u) members.push_back(p[i]);
    }
    std::sort(members.begin(), members.end());
    double simes = 1;
    for (std::size_t i = 0; i < members.size(); ++i) {
      simes = std::min(simes, static_cast<double>(members.size()) * members[i] / static_cast<double>(i + 1));
    }
    for (std::size_t i = 0; i < p.size(); ++i) {
      if (set >> i & 1u) out[i] = std::max(out[i], simes);
    }
  }
  return out;
}

TEST(Multiplicity, HommelIsTheClosedSimesTest) {
  for (const values& p : {values{0.01, 0.02, 0.03, 0.5, 0.04}, values{0.2, 0.001, 0.2, 0.9, 0.03, 0.05, 0.07},
                          values{0.5}, values{0.03, 0.04}, values{0, 0, 1}}) {
    expect_near(hommel(p), closed_simes(p));
  }
}

TEST(Multiplicity, OrderOfPower) {
  const values p = {0.001, 0.01, 0.02, 0.03, 0.04, 0.2, 0.5, 0.9};
  const values b = bonferroni(p), h = holm(p), c = hochberg(p), m = hommel(p), f = benjamini_hochberg(p);
  for (std::size_t i = 0; i < p.size(); ++i) {
    EXPECT_LE(h[i], b[i]);
    EXPECT_LE(c[i], h[i]);
    EXPECT_LE(m[i], c[i]);
    EXPECT_LE(f[i], m[i] + 1e-15);
    EXPECT_GE(f[i], p[i]);
  }
}

TEST(Multiplicity, NaNStaysAndCounts) {
  for (const method f : all_methods) {
    const values with = f(values{0.01, nan, 0.02, 1.5});
    EXPECT_TRUE(is_nan(with[1]));
    EXPECT_TRUE(is_nan(with[3]));
    const values instead = f(values{0.01, 1, 0.02, 1});
    EXPECT_EQ(with[0], instead[0]);
    EXPECT_EQ(with[2], instead[2]);
    EXPECT_TRUE(f({}).empty());
    EXPECT_DOUBLE_EQ(f(values{0.25})[0], 0.25);
    EXPECT_EQ(f(values{0, 1})[1], 1);
    EXPECT_EQ(f(values{0, 1})[0], 0);
  }
}

TEST(Multiplicity, SidakHoldsTinyValues) { EXPECT_DOUBLE_EQ(sidak(values{1e-20, 1e-20})[0], 2e-20); }

TEST(Multiplicity, EValues) {
  // m = 4, alpha = 0.1: 40 for one, 20 each for two, 13.4 each for three.
  using flags = std::vector<bool>;
  EXPECT_EQ(e_benjamini_hochberg(values{14, 1, 39, 15}, 0.1), (flags{true, false, true, true}));
  EXPECT_EQ(e_benjamini_hochberg(values{13, 1, 39, 15}, 0.1), (flags{false, false, false, false}));
  EXPECT_EQ(e_benjamini_hochberg(values{infinity, nan, -3, 0}, 0.1), (flags{true, false, false, false}));
  EXPECT_TRUE(e_benjamini_hochberg({}, 0.1).empty());
  for (const double alpha : {nan, 0.0, -1.0, 2.0}) {
    EXPECT_EQ(e_benjamini_hochberg(values{1e9}, alpha), flags{false});
  }
}

TEST(Combination, OfOneIsItself) {
  EXPECT_NEAR(fisher_combination(values{0.3}).p, 0.3, 1e-15);
  EXPECT_NEAR(stouffer_combination(values{0.3}).p, 0.3, 1e-15);
}

TEST(Combination, EndsAndNonsense) {
  EXPECT_EQ(fisher_combination(values{0, 0.5}).p, 0);
  EXPECT_EQ(stouffer_combination(values{0, 0.5}).p, 0);
  EXPECT_EQ(stouffer_combination(values{1, 0.5}).p, 1);
  EXPECT_EQ(fisher_combination(values{1, 1}).p, 1);
  EXPECT_TRUE(is_nan(stouffer_combination(values{0, 1}).p));
  for (const values& p : {values{}, values{nan}, values{0.1, -1}}) {
    EXPECT_TRUE(is_nan(fisher_combination(p).p));
    EXPECT_TRUE(is_nan(stouffer_combination(p).p));
  }
}

}  // namespace multiplicity_test
