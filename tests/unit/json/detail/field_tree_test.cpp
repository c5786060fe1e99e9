// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/field_path.hpp>
#include <evalpp/json/detail/field_tree.hpp>
#include <evalpp/json/parse.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace json = evalpp::json;
using json::detail::field_path;
using json::detail::field_tree;
using json::detail::text_rules;

std::string normal(std::string_view text, text_rules rules) {
  std::vector<char> out;
  json::detail::append_normal(text, rules, out);
  return {out.begin(), out.end()};
}

/// The ids of the items of an array, numbered from 1 in the order of first appearance.
std::vector<std::size_t> classes(std::string_view array, text_rules rules = {}, bool any_order = false) {
  const auto document = json::parse(array);
  EXPECT_TRUE(document);
  if (!document) return {};
  field_tree tree;
  evalpp::dictionary<std::string_view> ids;
  tree.build(document->root(), false);
  tree.number(ids, rules, any_order);
  std::vector<std::uint32_t> seen;
  std::vector<std::size_t> out;
  for (std::uint32_t i = tree[0].first; i != tree[0].first + tree[0].count; ++i) {
    const auto at = std::find(seen.begin(), seen.end(), tree[i].id);
    out.push_back(static_cast<std::size_t>(at - seen.begin()) + 1);
    if (at == seen.end()) seen.push_back(tree[i].id);
  }
  return out;
}

using numbers = std::vector<std::size_t>;

TEST(json_field_tree, lays_values_out_level_by_level) {
  const auto document = json::parse(R"({"long":[1,{}],"b":null,"a":{"x":[]}})");
  ASSERT_TRUE(document);
  field_tree tree;
  tree.build(document->root(), false);
  ASSERT_EQ(tree.size(), 7U);
  EXPECT_EQ(tree.leaves(), 4);
  field_path path;
  path.reset();
  std::string paths;
  for (std::size_t i = 0; i < tree.size(); ++i) {
    paths += path.of(tree, i);
    paths += ' ';
  }
  EXPECT_EQ(paths, "$ a b long a.x long[] long[] ");  // keys by length, then by bytes
  EXPECT_EQ(tree.find(tree[0], "long"), &tree[3]);
  EXPECT_EQ(tree.find(tree[0], "c"), nullptr);
  tree.build(document->root(), true);
  EXPECT_EQ(tree.size(), 6U);
  EXPECT_EQ(tree.leaves(), 3);
  tree.build({}, false);
  EXPECT_EQ(tree.size(), 0U);
  EXPECT_EQ(tree.leaves(), 0);
}

TEST(json_field_tree, equal_values_have_equal_ids) {
  EXPECT_EQ(classes("[1,1.0,10e-1,-1,0,-0,true,null,\"1\",\"\",[],{},false]"),
            (numbers{1, 1, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10}));
  EXPECT_EQ(classes("[1e400,10e399,1e401,0.1,100e-3]"), (numbers{1, 1, 2, 3, 3}));
  EXPECT_EQ(classes(R"([{"a":1,"b":2},{"b":2,"a":1.0},{"a":2,"b":1},{"ab":1}])"), (numbers{1, 1, 2, 3}));
  EXPECT_EQ(classes("[[1,2],[2,1],[1,2.0],[[1],2]]"), (numbers{1, 2, 1, 3}));
  EXPECT_EQ(classes("[[1,[2,3]],[[3,2],1],[1,1,[2,3]]]", {}, true), (numbers{1, 1, 2}));
  EXPECT_EQ(classes(R"(["A "," a","b"])", {.trim = true, .casefold = true}), (numbers{1, 1, 2}));
}

TEST(json_field_tree, normalises_strings_as_asked) {
  EXPECT_EQ(normal(" A\u00A0", {}), " A\u00A0");
  EXPECT_EQ(normal("\t\u3000 A b \u00A0\n", {.trim = true}), "A b");
  EXPECT_EQ(normal(" \u2028 ", {.trim = true}), "");
  EXPECT_EQ(normal("", {.trim = true, .casefold = true}), "");
  EXPECT_EQ(normal(" GROẞ ", {.casefold = true}), " gross ");
  EXPECT_EQ(normal(" ÄΣ ", {.trim = true, .casefold = true}), "äσ");
}

}  // namespace
