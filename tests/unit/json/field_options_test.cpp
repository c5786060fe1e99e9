// SPDX-License-Identifier: MIT
#include <evalpp/json/field_options.hpp>

#include <gtest/gtest.h>

namespace field_options_test {

using evalpp::json::field_counts;
using evalpp::json::field_options;

TEST(json_field_counts, add_up) {
  field_counts sum;
  EXPECT_EQ(sum.precision(), 0);
  EXPECT_EQ(sum.recall(), 0);
  EXPECT_EQ(sum.f1(), 0);
  EXPECT_FALSE(sum.exact());
  sum += {1, 4, 3, 0};
  sum += {2, 2, 5, 1};
  EXPECT_EQ(sum, (field_counts{3, 6, 8, 1}));
  EXPECT_DOUBLE_EQ(sum.precision(), 0.5);
  EXPECT_DOUBLE_EQ(sum.recall(), 0.375);
  EXPECT_DOUBLE_EQ(sum.f1(), 3.0 / 7);
}

TEST(json_field_counts, are_exact_when_nothing_lacks_and_nothing_is_extra) {
  EXPECT_TRUE((field_counts{2, 2, 2, 0}).exact());
  EXPECT_FALSE((field_counts{2, 3, 2, 0}).exact());
  EXPECT_FALSE((field_counts{2, 2, 3, 0}).exact());
}

TEST(json_field_options, compare) {
  EXPECT_EQ(field_options{}, field_options{});
  EXPECT_NE(field_options{}, field_options{.trim = true});
  const field_options with_rule{.paths = {{.path = "a", .abs_tol = 1}}};
  EXPECT_EQ(with_rule, field_options(with_rule));
  EXPECT_NE(with_rule, field_options{});
}

TEST(json_field_options, say_which_modes_come) {
  using evalpp::json::array_mode;
  const field_options options{.paths = {{.path = "a"}, {.path = "b", .arrays = array_mode::multiset}}};
  EXPECT_TRUE(options.any_of(array_mode::ordered) && options.any_of(array_mode::multiset));
  EXPECT_FALSE(options.any_of(array_mode::keyed) || options.any_of(array_mode::assignment));
}

}  // namespace field_options_test
