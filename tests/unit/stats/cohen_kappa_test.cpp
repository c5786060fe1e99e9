// SPDX-License-Identifier: MIT
#include <evalpp/stats/cohen_kappa.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cohen_kappa_test {

using evalpp::stats::cohen_kappa;
using evalpp::stats::kappa_weighting;
using table = std::vector<std::uint64_t>;

constexpr kappa_weighting all_weightings[] = {kappa_weighting::unweighted, kappa_weighting::linear,
                                              kappa_weighting::quadratic};

TEST(cohen_kappa, is_what_was_published) {
  const auto three = cohen_kappa(table{13, 0, 0, 0, 20, 7, 0, 4, 56}, 3);
  EXPECT_NEAR(three->value, 0.7964, 5e-5);
  EXPECT_NEAR(three->standard_error, 0.0589, 5e-5);
  // High agreement, kappa below chance: nearly all of it is one category.
  const auto paradox = cohen_kappa(table{118, 5, 2, 0}, 2);
  EXPECT_NEAR(paradox->observed_agreement, 0.944, 1e-15);
  EXPECT_NEAR(paradox->value, -0.023, 5e-4);
}

TEST(cohen_kappa, weights_matter_from_three_categories_on) {
  for (const kappa_weighting weighting : all_weightings) {
    EXPECT_DOUBLE_EQ(cohen_kappa(table{5, 2, 1, 4}, 2, weighting)->value,
                     cohen_kappa(table{5, 2, 1, 4}, 2)->value);
    EXPECT_DOUBLE_EQ(cohen_kappa(table{5, 0, 0, 0, 3, 0, 0, 0, 2}, 3, weighting)->value, 1.0);
  }
  // One disagreement by two steps of two: linear and plain count it whole, and so does quadratic.
  const table far{4, 0, 1, 0, 4, 0, 0, 0, 4};
  EXPECT_DOUBLE_EQ(cohen_kappa(far, 3)->observed_agreement, 12.0 / 13);
  EXPECT_DOUBLE_EQ(cohen_kappa(far, 3, kappa_weighting::quadratic)->observed_agreement, 12.0 / 13);
  const table by_one{4, 1, 0, 0, 4, 0, 0, 0, 4};
  EXPECT_DOUBLE_EQ(cohen_kappa(by_one, 3, kappa_weighting::linear)->observed_agreement, 12.5 / 13);
  EXPECT_DOUBLE_EQ(cohen_kappa(by_one, 3, kappa_weighting::quadratic)->observed_agreement, 12.75 / 13);
}

TEST(cohen_kappa, opposite_raters_are_at_minus_one) {
  EXPECT_DOUBLE_EQ(cohen_kappa(table{0, 10, 10, 0}, 2)->value, -1.0);
  EXPECT_EQ(cohen_kappa(table{0, 10, 10, 0}, 2)->standard_error, 0.0);
}

TEST(cohen_kappa, is_empty_where_chance_explains_all) {
  for (const kappa_weighting weighting : all_weightings) {
    EXPECT_FALSE(cohen_kappa({}, 0, weighting));
    EXPECT_FALSE(cohen_kappa(table{0, 0, 0, 0}, 2, weighting));
    EXPECT_FALSE(cohen_kappa(table{7}, 1, weighting));
    EXPECT_FALSE(cohen_kappa(table{0, 0, 0, 9}, 2, weighting));
    // Two constant raters who differ agree as often as chance has it: never.
    EXPECT_DOUBLE_EQ(cohen_kappa(table{0, 9, 0, 0}, 2, weighting)->value, 0.0);
  }
}

TEST(cohen_kappa, rejects_a_table_that_is_not_square) {
  EXPECT_REFUSED(cohen_kappa(table{1, 2, 3}, 2));
  EXPECT_REFUSED(cohen_kappa(table{1}, 0));
  EXPECT_REFUSED(cohen_kappa({}, std::size_t{1} << 32));
}

}  // namespace cohen_kappa_test
