// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/fused_memory.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <string>

namespace fused_memory_test {

using evalpp::json::detail::name_set;

// Any hash will do: here all names collide.
bool insert(name_set& names, std::uint32_t object, const std::string& name, bool kept = false) {
  return names.insert(object, 7, name, kept);
}

TEST(json_name_set, knows_the_names_of_the_objects_that_are_open) {
  name_set names;
  EXPECT_TRUE(insert(names, 1, "a"));
  EXPECT_TRUE(insert(names, 1, "b"));
  EXPECT_FALSE(insert(names, 1, "a"));
  const std::uint32_t outer = names.size();
  EXPECT_TRUE(insert(names, 3, "a"));
  EXPECT_TRUE(insert(names, 3, "c"));
  EXPECT_FALSE(insert(names, 3, "c"));
  names.shrink(outer);
  EXPECT_EQ(names.size(), 2U);
  EXPECT_FALSE(insert(names, 1, "b"));
  EXPECT_TRUE(insert(names, 1, "c"));
  EXPECT_TRUE(insert(names, 4, "c"));
}

TEST(json_name_set, keeps_them_while_it_grows) {
  name_set names;
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(insert(names, 1, "outer" + std::to_string(i)));
  const std::uint32_t outer = names.size();
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(insert(names, 101, "inner" + std::to_string(i)));
  for (int i = 0; i < 1000; ++i) EXPECT_FALSE(insert(names, 101, "inner" + std::to_string(i)));
  names.shrink(outer);
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(insert(names, 1, "outer" + std::to_string(i)));
  EXPECT_EQ(names.inserted(), 1100U);
  EXPECT_TRUE(names.degenerate());
  names.clear();
  EXPECT_EQ(names.size(), 0U);
  EXPECT_FALSE(names.degenerate());
  EXPECT_TRUE(insert(names, 1, "outer1"));
}

TEST(json_name_set, may_look_at_names_where_they_are) {
  name_set names;
  const std::string kept = "kept";
  EXPECT_TRUE(insert(names, 1, kept, true));
  EXPECT_TRUE(insert(names, 1, "copied"));
  EXPECT_FALSE(insert(names, 1, "kept"));
  EXPECT_FALSE(insert(names, 1, "copied", true));
}

}  // namespace fused_memory_test
