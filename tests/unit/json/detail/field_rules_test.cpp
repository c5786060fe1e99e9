// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/field_rules.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <string>

namespace field_rules_test {

namespace json = evalpp::json;
using json::array_mode;
using json::field_options;
using json::detail::field_paths;

TEST(json_field_paths, are_one_without_rules) {
  const field_options options{.arrays = array_mode::keyed, .key = "id", .trim = true};
  field_paths paths;
  paths.start(options);
  EXPECT_EQ(paths.item(paths.member(field_paths::root, "a")), field_paths::root);
  EXPECT_EQ(paths.size(), 1U);
  EXPECT_EQ(paths.key(paths[field_paths::root]), "id");
  EXPECT_TRUE(paths[field_paths::root].text.trim);
}

TEST(json_field_paths, have_the_rules_of_the_nearest_above) {
  const field_options options{.abs_tol = 2,
                              .paths = {{.path = "lines", .arrays = array_mode::keyed, .key = "sku"},
                                        {.path = "lines[].price", .abs_tol = 0.5, .trim = true},
                                        {.path = "lines[].price", .abs_tol = 0},
                                        {.path = R"(["a b"])", .ignore_extra = true},
                                        {.path = "$", .rel_tol = 1}}};
  field_paths paths;
  paths.start(options);
  const std::uint32_t lines = paths.member(field_paths::root, "lines");
  const std::uint32_t items = paths.item(lines);
  const std::uint32_t price = paths.member(items, "price");
  const std::uint32_t odd = paths.member(field_paths::root, "a b");
  EXPECT_EQ(paths.member(items, "price"), price);
  EXPECT_EQ(paths.size(), 5U);
  EXPECT_EQ(paths[field_paths::root].arrays, array_mode::ordered);
  EXPECT_EQ(paths[items].arrays, array_mode::keyed);
  EXPECT_EQ(paths.key(paths[price]), "sku");
  EXPECT_EQ(paths.key(paths[odd]), "");
  EXPECT_EQ(paths[items].abs_tol, 2);
  EXPECT_EQ(paths[price].abs_tol, 0);
  EXPECT_EQ(paths[price].rel_tol, 1);
  EXPECT_TRUE(paths[price].text.trim && !paths[items].text.trim);
  EXPECT_TRUE(paths[odd].ignore_extra && !paths[lines].ignore_extra);
  EXPECT_TRUE(paths[paths.member(odd, "deeper")].ignore_extra);
  EXPECT_EQ(paths[paths.member(price, std::string(1000, 'x'))].abs_tol, 0);
  paths.start(options);
  EXPECT_EQ(paths.size(), 1U);
}

}  // namespace field_rules_test
