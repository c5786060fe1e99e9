// SPDX-License-Identifier: MIT
#include <evalpp/stats/divergence.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace divergence_test {

using namespace evalpp::stats;
using counts = std::vector<std::uint64_t>;

constexpr double infinity = std::numeric_limits<double>::infinity();

TEST(divergence, of_equal_shares_is_zero) {
  const counts one{10, 20, 0}, three{30, 60, 0};
  EXPECT_EQ(total_variation(one, three), 0.0);
  EXPECT_EQ(jensen_shannon_divergence(one, three), 0.0);
  EXPECT_EQ(population_stability_index(one, three, 0), 0.0);
  EXPECT_EQ(chi_square_homogeneity(one, three)->value, 0.0);
}

TEST(divergence, of_what_has_nothing_in_common_is_greatest) {
  const counts a{5, 0}, b{0, 9};
  EXPECT_EQ(total_variation(a, b), 1.0);
  EXPECT_DOUBLE_EQ(jensen_shannon_divergence(a, b).value(), std::log(2.0));
  EXPECT_EQ(population_stability_index(a, b, 0), infinity);
  EXPECT_TRUE(std::isfinite(population_stability_index(a, b).value()));
  EXPECT_DOUBLE_EQ(chi_square_homogeneity(a, b)->value, 14.0);
}

TEST(divergence, of_known_shares) {
  EXPECT_DOUBLE_EQ(total_variation(counts{1, 3}, counts{2, 2}).value(), 0.25);
  EXPECT_DOUBLE_EQ(population_stability_index(counts{1, 3}, counts{2, 2}, 0).value(),
                   0.25 * std::log(2.0) - 0.25 * std::log(2.0 / 3));
  EXPECT_DOUBLE_EQ(psi_null_scale(100, 50).value(), 0.03);
  EXPECT_DOUBLE_EQ(jensen_shannon_divergence(counts{1, 3}, counts{2, 2}, 1).value(),
                   jensen_shannon_divergence(counts{2, 4}, counts{3, 3}).value());
}

TEST(divergence, bins_that_nobody_fills_do_not_count) {
  const auto with = chi_square_homogeneity(counts{1, 0, 3}, counts{2, 0, 2});
  const auto without = chi_square_homogeneity(counts{1, 3}, counts{2, 2});
  EXPECT_EQ(with->value, without->value);
  EXPECT_EQ(with->degrees_of_freedom, 1u);
  EXPECT_EQ(chi_square_homogeneity(counts{4}, counts{9})->degrees_of_freedom, 0u);
}

TEST(divergence, is_empty_without_items) {
  for (const counts& none : {counts{}, counts{0, 0}}) {
    const counts some(none.size(), 3);
    EXPECT_FALSE(total_variation(none, some));
    EXPECT_FALSE(jensen_shannon_divergence(some, none));
    EXPECT_FALSE(population_stability_index(none, some));
    EXPECT_FALSE(chi_square_homogeneity(none, some));
  }
  EXPECT_FALSE(psi_null_scale(0, 5));
}

TEST(divergence, rejects_what_does_not_fit) {
  EXPECT_REFUSED(total_variation(counts{1}, counts{1, 2}));
  EXPECT_REFUSED(population_stability_index(counts{1}, counts{1}, -1));
  EXPECT_REFUSED(jensen_shannon_divergence(counts{1}, counts{1}, infinity));
}

}  // namespace divergence_test
