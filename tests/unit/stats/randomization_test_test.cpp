// SPDX-License-Identifier: MIT
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/mcnemar.hpp>
#include <evalpp/stats/randomization_test.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace randomization_test_test {

namespace stats = evalpp::stats;

// A metric of two lanes: the ratio of their sums.
double ratio(std::span<const std::int64_t> lanes) {
  return lanes[1] == 0 ? 0 : static_cast<double>(lanes[0]) / static_cast<double>(lanes[1]);
}

stats::paired_rows rows_of(std::size_t n, std::uint64_t gain) {
  stats::paired_rows rows;
  rows.units.lanes = 4;
  for (std::uint64_t i = 0; i < n; ++i) {
    rows.units.keys.push_back(stats::mix64(i));
    const auto random = [&](std::uint64_t salt, std::uint64_t below) {
      return static_cast<std::int64_t>(stats::mix64(i * 8 + salt) % below);
    };
    for (const std::int64_t v : {random(0, 10), 10 + random(1, 5), random(2, 10 + gain), 10 + random(3, 5)})
      rows.units.values.push_back(v);
  }
  return rows;
}

// From the definition, with the bits of `fair_bits` one by one.
double naive_p(const stats::paired_rows& rows, std::size_t trials, std::uint64_t seed) {
  const stats::fair_bits bits(seed);
  const auto total = rows.units.total();
  const double observed = std::abs(ratio(rows.candidate(total)) - ratio(rows.baseline(total)));
  std::size_t as_far = 0;
  for (std::size_t t = 0; t < trials; ++t) {
    std::vector<std::int64_t> a(2), b(2);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const bool exchanged = bits(rows.units.keys[i], t) != 0;
      for (std::size_t k = 0; k < 2; ++k) {
        a[k] += rows.units.row(i)[exchanged ? k + 2 : k];
        b[k] += rows.units.row(i)[exchanged ? k : k + 2];
      }
    }
    as_far += std::abs(ratio(b) - ratio(a)) >= observed - 1e-12;
  }
  return static_cast<double>(1 + as_far) / static_cast<double>(1 + trials);
}

TEST(randomization_test, counts_as_its_definition_says) {
  for (const std::uint64_t gain : {0u, 2u, 20u}) {
    const auto rows = rows_of(50, gain);
    const auto found = stats::randomization_test(evalpp::seq, rows, ratio, {.seed = 9, .replicates = 1024});
    EXPECT_EQ(found.trials, 1024u);
    EXPECT_FALSE(found.exact);
    EXPECT_DOUBLE_EQ(found.p, naive_p(rows, 1024, 9)) << gain;
  }
}

TEST(randomization_test, is_the_same_for_any_number_of_threads_and_any_order) {
  auto rows = rows_of(200, 2);
  const auto one = stats::randomization_test(evalpp::seq, rows, ratio);
  const auto eight = stats::randomization_test(evalpp::threads(8), rows, ratio);
  EXPECT_EQ(one.as_far, eight.as_far);
  std::reverse(rows.units.keys.begin(), rows.units.keys.end());
  std::vector<std::int64_t> values;
  for (std::size_t i = rows.size(); i-- > 0;)
    values.insert(values.end(), rows.units.values.begin() + static_cast<std::ptrdiff_t>(4 * i),
                  rows.units.values.begin() + static_cast<std::ptrdiff_t>(4 * i + 4));
  rows.units.values = values;
  EXPECT_EQ(stats::randomization_test(evalpp::seq, rows, ratio).as_far, one.as_far);
}

// On 0/1 rows the exact test is McNemar's.
TEST(randomization_test, of_few_differing_rows_is_exact) {
  stats::paired_rows rows;
  rows.units.lanes = 4;
  for (std::uint64_t i = 0; i < 40; ++i) {
    rows.units.keys.push_back(i);
    const std::int64_t a = i < 2 || i >= 20, b = i >= 2 && i < 9 ? 1 : i >= 20;
    for (const std::int64_t v : {a, std::int64_t{1}, b, std::int64_t{1}}) rows.units.values.push_back(v);
  }
  const auto found = stats::randomization_test(evalpp::seq, rows, ratio);
  EXPECT_TRUE(found.exact);
  EXPECT_EQ(found.trials, 512u);  // nine rows differ
  EXPECT_EQ(found.p_error(), 0);
  EXPECT_NEAR(found.difference, 5.0 / 40, 1e-15);
  EXPECT_NEAR(found.p, stats::mcnemar({20, 2, 7, 11}).p_exact, 1e-12);
}

TEST(randomization_test, of_what_does_not_differ_is_certain_of_nothing) {
  auto rows = rows_of(30, 0);
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::copy_n(rows.units.values.begin() + static_cast<std::ptrdiff_t>(4 * i), 2,
                rows.units.values.begin() + static_cast<std::ptrdiff_t>(4 * i + 2));
  EXPECT_EQ(stats::randomization_test(evalpp::seq, rows, ratio).p, 1);
  EXPECT_TRUE(std::isnan(stats::randomization_test(evalpp::seq, stats::paired_rows{}, ratio).p));
}

TEST(randomization_test, tells_the_error_of_its_p) {
  const stats::randomization_result sampled{.difference = 1, .p = 0.5, .as_far = 50, .trials = 100};
  EXPECT_DOUBLE_EQ(sampled.p_error(), 0.05);
}

}  // namespace randomization_test_test
