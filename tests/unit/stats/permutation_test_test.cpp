// SPDX-License-Identifier: MIT
#include <evalpp/stats/permutation_test.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <random>
#include <span>
#include <vector>

namespace permutation_test_test {

using namespace evalpp::stats;
using reals = std::vector<double>;
using lanes = std::vector<std::int64_t>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

TEST(permutation_test, sign_flips_are_all_counted) {
  std::mt19937 random(16);
  for (int trial = 0; trial < 60; ++trial) {
    std::vector<int> d(random() % 11);
    for (int& v : d) v = static_cast<int>(random() % 9) - 4;
    int sum = 0;
    for (const int v : d) sum += v;
    std::uint64_t at_least = 0, at_most = 0, as_far = 0;
    const std::uint64_t flips = std::uint64_t{1} << d.size();
    for (std::uint64_t f = 0; f < flips; ++f) {
      int s = 0;
      for (std::size_t i = 0; i < d.size(); ++i) s += (f >> i & 1) != 0 ? -d[i] : d[i];
      at_least += s >= sum ? 1U : 0U;
      at_most += s <= sum ? 1U : 0U;
      as_far += std::abs(s) >= std::abs(sum) ? 1U : 0U;
    }
    const auto share = [&](std::uint64_t count) {
      return static_cast<double>(count) / static_cast<double>(flips);
    };
    // In tenths, so that sums are rounded and ties have to be forgiven that.
    reals tenths;
    for (const int v : d) tenths.push_back(v / 10.0);
    for (const reals& differences : {reals(d.begin(), d.end()), tenths}) {
      const auto found = exact_sign_flip_test(differences).value();
      EXPECT_EQ(found.p_greater(), share(at_least));
      EXPECT_EQ(found.p_less(), share(at_most));
      EXPECT_EQ(found.p_two_sided(), share(as_far));
    }
  }
}

TEST(permutation_test, sign_flips_of_forty_are_exact_still) {
  const reals ones(40, 1.0);
  const auto found = exact_sign_flip_test(ones).value();
  EXPECT_EQ(found.permutations, std::uint64_t{1} << 40);
  EXPECT_EQ(found.at_least, 1u);
  EXPECT_EQ(found.as_far, 2u);
  EXPECT_FALSE(exact_sign_flip_test(reals(41, 1.0)));
  // Zeros take no part, however many.
  reals padded(1000);
  padded[3] = 2;
  EXPECT_EQ(exact_sign_flip_test(padded)->permutations, 2u);
  EXPECT_DOUBLE_EQ(exact_sign_flip_test(padded)->observed, 0.002);
}

TEST(permutation_test, sign_flips_of_wins_and_losses_are_mcnemar) {
  // Six wins, one loss: 2 P(Bin(7, 1/2) <= 1).
  EXPECT_DOUBLE_EQ(exact_sign_flip_test(reals{1, 1, 1, 1, 1, 1, -1})->p_two_sided(), 2 * 8.0 / 128);
}

TEST(permutation_test, nothing_to_flip_is_no_finding) {
  for (const reals& none : {reals{}, reals{0, 0, -0.0}}) {
    const auto found = exact_sign_flip_test(none).value();
    EXPECT_EQ(found.p_greater(), 1.0);
    EXPECT_EQ(found.p_two_sided(), 1.0);
    EXPECT_EQ(found.observed, 0.0);
  }
  EXPECT_FALSE(exact_sign_flip_test(reals{1, nan}));
  EXPECT_FALSE(exact_sign_flip_test(reals{1.7e308, 1.7e308}));
  EXPECT_EQ(permutation_counts{}.p_two_sided(), 1.0);
}

TEST(permutation_test, scale_does_not_matter) {
  for (const double scale : {1e-200, 1e-9, 1.0, 1e200}) {
    const auto found = exact_sign_flip_test(reals{0.1 * scale, 0.2 * scale, -0.3 * scale});
    EXPECT_EQ(found->p_two_sided(), 1.0);  // 0.1 + 0.2 - 0.3 is zero but for rounding
    const auto two = exact_two_sample_test(reals{0.1 * scale, 0.2 * scale}, reals{0.3 * scale, 0.4 * scale});
    EXPECT_EQ(two->p_two_sided(), 2.0 / 6);
  }
}

TEST(permutation_test, two_samples_mirror_each_other) {
  const reals x{1, 2, 9}, y{3, 5, 6, 7, 4};
  const auto one = exact_two_sample_test(x, y).value(), other = exact_two_sample_test(y, x).value();
  EXPECT_EQ(one.permutations, 56u);
  EXPECT_EQ(one.at_least, other.at_most);
  EXPECT_EQ(one.at_most, other.at_least);
  EXPECT_EQ(one.as_far, other.as_far);
  EXPECT_DOUBLE_EQ(one.observed, -1.0);
  EXPECT_DOUBLE_EQ(other.observed, 1.0);
}

TEST(permutation_test, two_samples_apart_are_as_rare_as_can_be) {
  const auto found = exact_two_sample_test(reals{1, 2, 3}, reals{4, 5, 6, 7}).value();
  EXPECT_EQ(found.permutations, 35u);
  EXPECT_EQ(found.at_most, 1u);
  EXPECT_EQ(found.at_least, 35u);
  // A single value against many: still few subsets.
  reals many(1000);
  for (std::size_t i = 0; i < many.size(); ++i) many[i] = static_cast<double>(i);
  EXPECT_EQ(exact_two_sample_test(many, reals{1000})->permutations, 1001u);
  EXPECT_EQ(exact_two_sample_test(many, reals{1000})->at_most, 1u);
}

TEST(permutation_test, two_samples_beyond_counting_are_empty) {
  EXPECT_FALSE(exact_two_sample_test(reals(20), reals(20)));
  EXPECT_FALSE(exact_two_sample_test(reals(100000), reals(100000)));
  EXPECT_FALSE(exact_two_sample_test({}, reals{1}));
  EXPECT_FALSE(exact_two_sample_test(reals{1}, {}));
  EXPECT_FALSE(exact_two_sample_test(reals{nan}, reals{1}));
}

double first_lane(std::span<const std::int64_t> sums) { return static_cast<double>(sums[0]); }

TEST(permutation_test, exchanging_rows_of_a_sum_is_flipping_signs) {
  std::mt19937 random(17);
  for (int trial = 0; trial < 30; ++trial) {
    lanes a, b;
    reals d;
    for (int i = 0; i < 8; ++i) {
      a.push_back(static_cast<std::int64_t>(random() % 4));
      b.push_back(static_cast<std::int64_t>(random() % 4));
      d.push_back(static_cast<double>(a.back() - b.back()));
    }
    const auto exchanged = exact_randomization_test(a, b, 1, first_lane).value();
    const auto flipped = exact_sign_flip_test(d).value();
    EXPECT_EQ(exchanged.permutations, flipped.permutations);
    EXPECT_EQ(exchanged.at_least, flipped.at_least);
    EXPECT_EQ(exchanged.at_most, flipped.at_most);
    EXPECT_EQ(exchanged.as_far, flipped.as_far);
  }
}

TEST(permutation_test, a_system_against_itself_is_by_chance) {
  const lanes rows{1, 2, 3, 4, 5, 6};
  const auto found = exact_randomization_test(rows, rows, 2, first_lane).value();
  EXPECT_EQ(found.permutations, 1u);
  EXPECT_EQ(found.p_two_sided(), 1.0);
  EXPECT_FALSE(exact_randomization_test(lanes(21, 0), lanes(21, 1), 1, first_lane));
  EXPECT_REFUSED(exact_randomization_test(lanes{1}, lanes{1, 2}, 1, first_lane));
  EXPECT_REFUSED(exact_randomization_test(rows, rows, 4, first_lane));
  EXPECT_REFUSED(exact_randomization_test(rows, rows, 0, first_lane));
}

}  // namespace permutation_test_test
