// SPDX-License-Identifier: MIT
#include <evalpp/stats/gwet_ac1.hpp>
#include <evalpp/stats/rating_counts.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>
#include "unit/stats/agreement_laws.hpp"
#include "unit/stats/krippendorff_units.hpp"

namespace gwet_ac1_test {

using evalpp::stats::gwet_ac1;
using counts = std::vector<std::uint32_t>;

[[maybe_unused]] counts krippendorff_counts() {
  return evalpp::stats::rating_counts(krippendorff_units(), 4, std::vector<double>{1, 2, 3, 4, 5});
}

TEST(gwet_ac1, is_what_was_published) {
  const auto missing = gwet_ac1(krippendorff_counts(), 5);
  EXPECT_NEAR(missing->value, 0.77544, 5e-6);
  EXPECT_NEAR(missing->standard_error.value(), 0.14295, 5e-6);
  // Where kappa is below chance: 118 and 0 agreements, 7 disagreements.
  EXPECT_NEAR(gwet_ac1(counts{2, 0, 1, 1}, 2, counts{118, 7})->value, 0.941, 5e-4);
  EXPECT_NEAR(gwet_ac1(counts{2, 0, 0, 0, 2, 0, 0, 0, 2, 0, 1, 1}, 3, counts{13, 20, 56, 11})->value, 0.84933,
              5e-6);
}

TEST(gwet_ac1, is_one_when_all_agree_on_different_categories) {
  const auto found = gwet_ac1(counts{3, 0, 0, 2, 3, 0}, 2);
  EXPECT_DOUBLE_EQ(found->value, 1.0);
  EXPECT_NEAR(found->standard_error.value(), 0.0, 1e-15);
}

TEST(gwet_ac1, is_empty_where_it_is_not_defined) {
  EXPECT_FALSE(gwet_ac1({}, 0));
  EXPECT_FALSE(gwet_ac1({}, 2));
  EXPECT_FALSE(gwet_ac1(counts{1, 0, 0, 1}, 2));
  EXPECT_FALSE(gwet_ac1(counts{2, 0, 0, 2}, 2, counts{0, 0}));
  EXPECT_FALSE(gwet_ac1(counts{2}, 1));
  const auto constant = gwet_ac1(counts{2, 0, 2, 0}, 2);  // one category: still agreement
  EXPECT_DOUBLE_EQ(constant->value, 1.0);
  EXPECT_DOUBLE_EQ(constant->standard_error.value(), 0.0);
  EXPECT_FALSE(gwet_ac1(counts{1, 1}, 2)->standard_error);
}

TEST(gwet_ac1, a_weight_is_a_repetition) { agreement_laws::a_weight_is_a_repetition(gwet_ac1); }

TEST(gwet_ac1, rejects_what_does_not_fit) { agreement_laws::rejects_what_does_not_fit(gwet_ac1); }

}  // namespace gwet_ac1_test
