// SPDX-License-Identifier: MIT
#include <evalpp/stats/brennan_prediger.hpp>
#include <evalpp/stats/rating_counts.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>
#include "unit/stats/agreement_laws.hpp"
#include "unit/stats/krippendorff_units.hpp"

namespace brennan_prediger_test {

using evalpp::stats::brennan_prediger;
using counts = std::vector<std::uint32_t>;

[[maybe_unused]] counts krippendorff_counts() {
  return evalpp::stats::rating_counts(krippendorff_units(), 4, std::vector<double>{1, 2, 3, 4, 5});
}

TEST(brennan_prediger, is_what_was_published) {
  // 118 of 125 agree on one of two categories, and 89 of 100 on one of three.
  EXPECT_NEAR(brennan_prediger(counts{2, 0, 1, 1}, 2, counts{118, 7})->value, 0.888, 1e-12);
  EXPECT_NEAR(brennan_prediger(counts{2, 0, 0, 0, 2, 0, 1, 1, 0}, 3, counts{80, 9, 11})->value, 0.835, 1e-12);
  // The standard error of a mean of zeros and ones, in units of the coefficient.
  EXPECT_NEAR(brennan_prediger(counts{2, 0, 1, 1}, 2, counts{75, 25})->standard_error.value(),
              2 * std::sqrt(0.75 * 0.25 / 99), 1e-12);
}

TEST(brennan_prediger, is_one_when_all_agree_on_different_categories) {
  const auto found = brennan_prediger(counts{3, 0, 0, 2, 3, 0}, 2);
  EXPECT_DOUBLE_EQ(found->value, 1.0);
  EXPECT_NEAR(found->standard_error.value(), 0.0, 1e-15);
}

TEST(brennan_prediger, is_empty_where_it_is_not_defined) {
  EXPECT_FALSE(brennan_prediger({}, 0));
  EXPECT_FALSE(brennan_prediger({}, 2));
  EXPECT_FALSE(brennan_prediger(counts{1, 0, 0, 1}, 2));
  EXPECT_FALSE(brennan_prediger(counts{2, 0, 0, 2}, 2, counts{0, 0}));
  EXPECT_FALSE(brennan_prediger(counts{2}, 1));
  EXPECT_DOUBLE_EQ(brennan_prediger(counts{2, 0, 2, 0}, 2)->value, 1.0);
  EXPECT_FALSE(brennan_prediger(counts{1, 1}, 2)->standard_error);
}

TEST(brennan_prediger, a_weight_is_a_repetition) {
  agreement_laws::a_weight_is_a_repetition(brennan_prediger);
}

TEST(brennan_prediger, rejects_what_does_not_fit) {
  agreement_laws::rejects_what_does_not_fit(brennan_prediger);
}

}  // namespace brennan_prediger_test
