// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/field_path.hpp>
#include <evalpp/json/detail/field_rules.hpp>
#include <evalpp/json/detail/field_tree.hpp>
#include <evalpp/json/parse.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace field_tree_test {

namespace json = evalpp::json;
using json::array_mode;
using json::detail::field_path;
using json::detail::field_paths;
using json::detail::field_tree;

/// The ids of the items of an array, numbered from 1 in the order of first appearance.
std::vector<std::size_t> classes(std::string_view array, const json::field_options& options = {}) {
  const auto document = json::parse(array);
  EXPECT_TRUE(document);
  if (!document) return {};
  field_tree tree;
  evalpp::dictionary<std::string_view> ids;
  field_paths paths;
  paths.start(options);
  tree.build(document->root(), paths);
  tree.number(ids, paths);
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
  field_paths all;
  const json::field_options no_options;
  all.start(no_options);
  tree.build(document->root(), all);
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
  field_paths without_null;
  const json::field_options null_is_absent{.null_is_absent = true};
  without_null.start(null_is_absent);
  tree.build(document->root(), without_null);
  EXPECT_EQ(tree.size(), 6U);
  EXPECT_EQ(tree.leaves(), 3);
  tree.build({}, all);
  EXPECT_EQ(tree.size(), 0U);
  EXPECT_EQ(tree.leaves(), 0);
}

TEST(json_field_tree, equal_values_have_equal_ids) {
  EXPECT_EQ(classes("[1,1.0,10e-1,-1,0,-0,true,null,\"1\",\"\",[],{},false]"),
            (numbers{1, 1, 1, 2, 3, 3, 4, 5, 6, 7, 8, 9, 10}));
  EXPECT_EQ(classes("[1e400,10e399,1e401,0.1,100e-3]"), (numbers{1, 1, 2, 3, 3}));
  EXPECT_EQ(classes(R"([{"a":1,"b":2},{"b":2,"a":1.0},{"a":2,"b":1},{"ab":1}])"), (numbers{1, 1, 2, 3}));
  EXPECT_EQ(classes("[[1,2],[2,1],[1,2.0],[[1],2]]"), (numbers{1, 2, 1, 3}));
  EXPECT_EQ(classes("[[1,[2,3]],[[3,2],1],[1,1,[2,3]]]", {.arrays = array_mode::multiset}),
            (numbers{1, 1, 2}));
  EXPECT_EQ(classes(R"(["A "," a","b"])", {.trim = true, .casefold = true}), (numbers{1, 1, 2}));
}

TEST(json_field_tree, knows_what_equal_ids_do_not_say) {
  const auto document = json::parse(R"([{"a":[1]},{"b":2},{"c":["x",[]]}])");
  ASSERT_TRUE(document);
  const json::field_options options{
      .arrays = array_mode::assignment,
      .paths = {{.path = "[].a", .arrays = array_mode::keyed}, {.path = "[].b", .abs_tol = 1}}};
  field_paths paths;
  paths.start(options);
  field_tree tree;
  evalpp::dictionary<std::string_view> ids;
  tree.build(document->root(), paths);
  tree.number(ids, paths);
  EXPECT_TRUE(tree[0].keyed && tree[0].loose);
  EXPECT_TRUE(tree[1].keyed && !tree[1].loose);
  EXPECT_TRUE(!tree[2].keyed && tree[2].loose);
  EXPECT_TRUE(!tree[3].keyed && !tree[3].loose);
}

}  // namespace field_tree_test
