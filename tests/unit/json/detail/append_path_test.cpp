// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/append_path.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace append_path_test {

std::string path_of(std::string path, std::string_view key) {
  evalpp::json::detail::append_path(path, key);
  return path;
}

TEST(json_append_path, quotes_keys_that_would_not_read_back) {
  EXPECT_EQ(path_of("", "a"), "a");
  EXPECT_EQ(path_of("a[]", "price"), "a[].price");
  EXPECT_EQ(path_of("a", "b.c"), R"(a["b.c"])");
  EXPECT_EQ(path_of("", "$"), R"(["$"])");
  EXPECT_EQ(path_of("", ""), R"([""])");
  EXPECT_EQ(path_of("a", "b c\n"), R"(a["b c\n"])");
}

}  // namespace append_path_test
