// SPDX-License-Identifier: MIT
#include "allocations.hpp"

#include <evalpp/json/compare_fields.hpp>
#include <evalpp/json/parse.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace {

namespace json = evalpp::json;
using json::array_mode;
using json::field_options;

json::document parsed(std::string_view text) {
  auto document = json::parse(text);
  EXPECT_TRUE(document);
  return document ? std::move(*document) : json::document();
}

TEST(json_compare_fields, allocates_nothing_once_it_is_warm) {
  const json::document a = parsed(R"({"n":"Ärger ","l":[{"id":1,"v":[1,2]},{"id":2,"v":[]}],"x":1.5})");
  const json::document b = parsed(R"({"l":[{"id":2,"v":[]},{"v":[2,1],"id":1}],"x":"1.5","n":"ärger"})");
  json::field_comparer comparer;
  for (const array_mode mode :
       {array_mode::ordered, array_mode::multiset, array_mode::assignment, array_mode::keyed}) {
    const field_options options{.arrays = mode,
                                .key = "id",
                                .trim = true,
                                .casefold = true,
                                .paths = {{.path = "l[].v", .arrays = array_mode::multiset},
                                          {.path = "$", .ignore_extra = true},
                                          {.path = "x", .abs_tol = 0.1, .instants = true}}};
    std::int64_t sum = 0;
    std::size_t before = 0;
    for (int round = 0; round < 3; ++round) {
      if (round == 1) before = laws::allocations();
      sum += comparer.compare(a.root(), b.root(), options).matched;
      comparer.for_each_field([&](const json::field_outcome& field) { sum += field.value_ok ? 1 : 0; });
    }
    EXPECT_EQ(laws::allocations(), before);
    EXPECT_GT(sum, 0);
  }
}

}  // namespace
