// SPDX-License-Identifier: MIT
// A parser that has seen its texts once asks for no more memory.
#include <evalpp/json/parse.hpp>

#include "allocations.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <vector>

namespace {

TEST(json_allocations, parsing_again_allocates_nothing) {
  std::vector<std::string> texts = {
      R"({"id": "a\u00e9", "tags": ["x", "y"], "n": -1.5e3, "o": {"a": 1, "b": null}})",
      R"({"b": 1, "a": 2, "twice": 3, "twice": 4})",
      R"(["é", true, false, {"é": []}])",
  };
  std::string many = "{\"first\": 0";
  for (int i = 0; i < 500; ++i) many += ", \"k" + std::to_string(i) + "\": [" + std::to_string(i) + "]";
  texts.push_back(many + "}");
  evalpp::json::parser parser;
  for (const std::string& text : texts) ASSERT_TRUE(parser.parse(text));
  const std::size_t before = laws::allocations();
  for (int pass = 0; pass < 10; ++pass) {
    for (const std::string& text : texts) ASSERT_TRUE(parser.parse(text));
  }
  EXPECT_EQ(laws::allocations(), before);
}

}  // namespace
