// SPDX-License-Identifier: MIT
#include <evalpp/stats/fleiss_kappa.hpp>
#include <evalpp/stats/rating_counts.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>
#include "unit/stats/agreement_laws.hpp"
#include "unit/stats/krippendorff_units.hpp"

namespace fleiss_kappa_test {

using evalpp::stats::fleiss_kappa;
using counts = std::vector<std::uint32_t>;

[[maybe_unused]] counts krippendorff_counts() {
  return evalpp::stats::rating_counts(krippendorff_units(), 4, std::vector<double>{1, 2, 3, 4, 5});
}

TEST(fleiss_kappa, is_what_was_published) {
  // Ten subjects rated by fourteen raters, the example of Fleiss that textbooks print.
  const std::vector<std::uint32_t> subjects{0, 0, 0, 0, 14, 0, 2, 6, 4, 2, 0, 0, 3, 5, 6, 0, 3,
                                            9, 2, 0, 2, 2,  8, 1, 1, 7, 7, 0, 0, 0, 3, 2, 6, 3,
                                            0, 2, 5, 3, 2,  2, 6, 5, 2, 1, 0, 0, 2, 2, 3, 7};
  const auto textbook = fleiss_kappa(subjects, 5);
  EXPECT_NEAR(textbook->value, 0.210, 5e-4);
  EXPECT_NEAR(textbook->observed_agreement, 0.378, 5e-4);
  EXPECT_NEAR(textbook->expected_agreement, 0.213, 5e-4);
  const auto missing = fleiss_kappa(krippendorff_counts(), 5);
  EXPECT_NEAR(missing->value, 0.76117, 5e-6);
  EXPECT_NEAR(missing->standard_error.value(), 0.15302, 5e-6);
  EXPECT_EQ(missing->rated_units, 12u);
  EXPECT_EQ(missing->pairable_units, 11u);
}

TEST(fleiss_kappa, is_one_when_all_agree_on_different_categories) {
  const auto found = fleiss_kappa(counts{3, 0, 0, 2, 3, 0}, 2);
  EXPECT_DOUBLE_EQ(found->value, 1.0);
  EXPECT_NEAR(found->standard_error.value(), 0.0, 1e-15);
}

TEST(fleiss_kappa, is_empty_where_it_is_not_defined) {
  EXPECT_FALSE(fleiss_kappa({}, 0));
  EXPECT_FALSE(fleiss_kappa({}, 2));
  EXPECT_FALSE(fleiss_kappa(counts{1, 0, 0, 1}, 2));
  EXPECT_FALSE(fleiss_kappa(counts{2, 0, 0, 2}, 2, counts{0, 0}));
  EXPECT_FALSE(fleiss_kappa(counts{2}, 1));
  EXPECT_FALSE(fleiss_kappa(counts{2, 0, 2, 0}, 2));  // one category: chance explains all
  EXPECT_FALSE(fleiss_kappa(counts{1, 1}, 2)->standard_error);
}

TEST(fleiss_kappa, a_weight_is_a_repetition) { agreement_laws::a_weight_is_a_repetition(fleiss_kappa); }

TEST(fleiss_kappa, rejects_what_does_not_fit) { agreement_laws::rejects_what_does_not_fit(fleiss_kappa); }

}  // namespace fleiss_kappa_test
