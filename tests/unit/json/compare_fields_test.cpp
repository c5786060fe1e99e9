// SPDX-License-Identifier: MIT
#include <evalpp/json/compare_fields.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace compare_fields_test {

namespace json = evalpp::json;
using json::array_mode;
using json::field_counts;
using json::field_options;

json::document parsed(std::string_view text) {
  auto document = json::parse(text, {.max_depth = 20'000});
  EXPECT_TRUE(document) << text.substr(0, 80);
  return document ? std::move(*document) : json::document();
}

field_counts compare(std::string_view reference, std::string_view prediction,
                     const field_options& options = {}) {
  const json::document a = parsed(reference);
  const json::document b = parsed(prediction);
  return json::compare_fields(a.root(), b.root(), options);
}

/// One line for each leaf: path, then `absent`, `ok`, or what came instead, with `!` when its type is wrong.
std::vector<std::string> outcomes(std::string_view reference, std::string_view prediction,
                                  const field_options& options = {}) {
  const json::document a = parsed(reference);
  const json::document b = parsed(prediction);
  json::field_comparer comparer;
  const field_counts counts = comparer.compare(a.root(), b.root(), options);
  std::vector<std::string> out;
  std::int64_t right = 0;
  comparer.for_each_field([&](const json::field_outcome& field) {
    right += field.value_ok ? 1 : 0;
    std::string line(field.path);
    line += field.value_ok ? " ok" : !field.present ? " absent" : field.type_ok ? " " : " !";
    if (field.found.exists()) line += json::write(field.found);
    out.push_back(line);
  });
  EXPECT_EQ(right, counts.matched);
  EXPECT_EQ(static_cast<std::int64_t>(out.size()), counts.reference);
  return out;
}

using lines = std::vector<std::string>;

std::string repeated(std::string_view part, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part;
  return out;
}

std::string numbers(std::size_t first, std::size_t count, std::size_t step = 1) {
  std::string out = "[";
  for (std::size_t i = 0; i < count; ++i) out += (i == 0 ? "" : ",") + std::to_string(first + i * step);
  return out + "]";
}

// The worked example of json-semantics section 7.5.
TEST(json_compare_fields, counts_the_worked_example) {
  constexpr std::string_view reference = R"({"a":1,"b":[1,2]})";
  constexpr std::string_view prediction = R"({"a":1,"b":[2,1],"c":null})";
  const field_counts ordered = compare(reference, prediction);
  EXPECT_EQ(ordered, (field_counts{1, 4, 3, 0}));
  EXPECT_DOUBLE_EQ(ordered.f1(), 2.0 / 7);
  const field_counts multiset = compare(reference, prediction, {.arrays = array_mode::multiset});
  EXPECT_EQ(multiset, (field_counts{3, 4, 3, 0}));
  EXPECT_DOUBLE_EQ(multiset.f1(), 6.0 / 7);
  EXPECT_FALSE(multiset.exact());
  const field_counts without_null =
      compare(reference, prediction, {.arrays = array_mode::multiset, .null_is_absent = true});
  EXPECT_EQ(without_null, (field_counts{3, 3, 3, 0}));
  EXPECT_TRUE(without_null.exact());
}

TEST(json_compare_fields, leaves_are_scalars_and_empty_containers) {
  EXPECT_EQ(compare("{}", "{}"), (field_counts{1, 1, 1, 0}));
  EXPECT_EQ(compare("[]", "{}"), (field_counts{0, 1, 1, 0}));
  EXPECT_EQ(compare("[[],{}]", "[[],{}]"), (field_counts{2, 2, 2, 0}));
  EXPECT_EQ(compare(R"({"a":{}})", R"({"a":{"b":1}})"), (field_counts{0, 1, 1, 0}));
  EXPECT_EQ(compare("null", "null"), (field_counts{1, 1, 1, 0}));
  EXPECT_EQ(compare("[1,2]", R"({"0":1,"1":2})"), (field_counts{0, 2, 2, 0}));
}

TEST(json_compare_fields, scalars_are_equal_by_kind_and_value) {
  const auto equal = [](std::string_view a, std::string_view b) { return compare(a, b).exact(); };
  EXPECT_TRUE(equal("1", "1.0") && equal("100e-2", "1") && equal("-0", "0"));
  EXPECT_TRUE(equal(R"("\u0061")", R"("a")"));
  EXPECT_FALSE(equal("1", "true") || equal("1", "\"1\"") || equal("true", "false") || equal("null", "\"\""));
  EXPECT_FALSE(equal("9007199254740993", "9007199254740992"));
  EXPECT_FALSE(equal(R"("a")", R"("A")") || equal(R"("a")", R"(" a")"));
}

TEST(json_compare_fields, an_absent_value_has_no_leaves) {
  const json::document reference = parsed("[1,2]");
  json::field_comparer comparer;
  EXPECT_EQ(comparer.compare(reference.root(), {}), (field_counts{0, 0, 2, 0}));
  int absent = 0;
  comparer.for_each_field([&](const json::field_outcome& field) { absent += field.present ? 0 : 1; });
  EXPECT_EQ(absent, 2);
  EXPECT_EQ(comparer.compare({}, reference.root()), (field_counts{0, 2, 0, 0}));
  EXPECT_FALSE(comparer.compare({}, {}).exact());
}

TEST(json_compare_fields, null_is_not_absent_unless_it_is_asked_for) {
  const field_options lenient{.null_is_absent = true};
  EXPECT_EQ(compare(R"({"a":null})", "{}"), (field_counts{0, 1, 1, 0}));
  EXPECT_EQ(compare(R"({"a":null})", "{}", lenient), (field_counts{1, 1, 1, 0}));
  EXPECT_EQ(compare(R"({"a":null,"b":1})", R"({"b":1})", lenient), (field_counts{1, 1, 1, 0}));
  EXPECT_EQ(compare("[null,1]", "[null]", lenient), (field_counts{1, 1, 2, 0}));  // items stay
}

TEST(json_compare_fields, trims_and_folds_strings) {
  EXPECT_TRUE(compare(R"(" a b\t")", R"("a b\u3000")", {.trim = true}).exact());
  EXPECT_FALSE(compare(R"("a  b")", R"("a b")", {.trim = true}).exact());
  EXPECT_TRUE(compare(R"("   ")", R"("")", {.trim = true}).exact());
  EXPECT_TRUE(compare(R"("STRASSE Σ")", R"("straße ς")", {.casefold = true}).exact());
  EXPECT_FALSE(compare(R"({"A":"x"})", R"({"a":"X"})", {.casefold = true}).exact());  // keys stay
  const field_options both{.arrays = array_mode::multiset, .trim = true, .casefold = true};
  EXPECT_TRUE(compare(R"(["B "," a"])", R"(["A","b"])", both).exact());
}

TEST(json_compare_fields, tolerances_are_decimal) {
  EXPECT_TRUE(compare("1", "1.3", {.abs_tol = 0.3}).exact());  // as doubles 1.3 - 1 > 0.3
  EXPECT_FALSE(compare("1", "1.30000000000000000001", {.abs_tol = 0.3}).exact());
  EXPECT_TRUE(compare("100", "105", {.rel_tol = 0.05}).exact());
  EXPECT_FALSE(compare("105", "100", {.rel_tol = 0.0476}).exact());  // relative to the reference
  EXPECT_TRUE(compare("[0,1]", "[2,1]", {.arrays = array_mode::multiset, .abs_tol = 1}).exact());
  EXPECT_EQ(compare("[0,1]", "[3,1]", {.arrays = array_mode::multiset, .abs_tol = 1}).matched, 1);
}

TEST(json_compare_fields, a_multiset_counts_whole_items) {
  const field_options multiset{.arrays = array_mode::multiset};
  EXPECT_EQ(compare(R"([{"a":1,"b":2},3])", R"([3,{"a":1,"b":0}])", multiset).matched, 1);
  EXPECT_EQ(compare("[1,1,2]", "[1,2,2]", multiset).matched, 2);
  EXPECT_EQ(compare("[[1,2],[3]]", "[[3],[2,1]]", multiset).matched, 3);
  EXPECT_EQ(outcomes(R"([{"a":1},{"a":2}])", R"([{"a":2},{"a":3}])", multiset),
            (lines{"[].a absent", "[].a ok"}));
}

TEST(json_compare_fields, an_assignment_matches_as_much_as_can_be) {
  const field_options best{.arrays = array_mode::assignment};
  EXPECT_EQ(compare(R"([{"a":1,"b":2},{"a":1,"b":3}])", R"([{"a":1,"b":3},{"a":0,"b":2}])", best).matched, 3);
  // The first of each look best together, but all three are matched only across.
  EXPECT_EQ(compare(R"([{"a":1,"b":1,"c":1},{"a":1,"b":2,"c":2}])",
                    R"([{"a":1,"b":1,"c":2},{"a":2,"b":1,"c":1}])", best)
                .matched,
            4);
  EXPECT_EQ(outcomes(R"({"x":[{"a":1,"b":2},{"a":5,"b":[7,8]}]})",
                     R"({"x":[{"a":5,"b":[8]},{"a":1,"b":"2"}]})", best),
            (lines{"x[].a ok", "x[].b !\"2\"", "x[].a ok", "x[].b[] absent", "x[].b[] ok"}));
}

TEST(json_compare_fields, keys_tell_items_apart) {
  const field_options keyed{.arrays = array_mode::keyed, .key = "id"};
  EXPECT_EQ(
      compare(R"([{"id":1,"v":2},{"id":2,"v":3}])", R"([{"id":2,"v":3},{"id":1,"v":0}])", keyed).matched, 3);
  EXPECT_EQ(
      compare(R"([{"id":1,"v":2},{"id":1,"v":3}])", R"([{"id":1.0,"v":3},{"id":1,"v":2}])", keyed).matched,
      2);
  EXPECT_EQ(compare(R"([{"id":1},7])", R"([{"id":1},7])", keyed).matched, 1);  // 7 has no key
  EXPECT_EQ(compare(R"([7,{"v":1}])", R"([7,{"v":1}])", keyed).matched, 2);    // no item has: in order
  EXPECT_EQ(compare(R"([7])", R"([{"id":1}])", keyed).matched, 0);
  EXPECT_EQ(compare(R"([{"id":[1,2],"v":1}])", R"([{"id":[2,1],"v":1}])", keyed).matched, 0);
  EXPECT_EQ(outcomes(R"([{"id":"b","v":2},{"id":"a","v":1}])", R"([{"id":"a","v":9}])", keyed),
            (lines{"[].v absent", "[].id absent", "[].v 9", "[].id ok"}));
}

TEST(json_compare_fields, paths_have_rules_of_their_own) {
  const field_options order{.paths = {{.path = "lines", .arrays = array_mode::keyed, .key = "sku"},
                                      {.path = "lines[].price", .abs_tol = 0.01},
                                      {.path = "tags", .arrays = array_mode::multiset, .casefold = true},
                                      {.path = "when", .instants = true}}};
  const std::string_view reference =
      R"({"lines":[{"sku":1,"price":2},{"sku":2,"price":3}],"tags":["a","b"],"way":[1,2],"x":5,
          "when":"2025-01-01T00:00:00Z"})";
  EXPECT_TRUE(compare(reference, R"({"x":5,"way":[1,2],"tags":["B","A"],"when":"2025-01-01T01:00:00+01:00",
          "lines":[{"sku":2,"price":3.01},{"sku":1,"price":1.99}]})",
                      order)
                  .exact());
  EXPECT_EQ(
      outcomes(reference, R"({"x":5.001,"way":[2,1],"tags":["c","b"],"when":"2025-01-01T01:00:00Z",
          "lines":[{"sku":1.001,"price":2},{"sku":2,"price":3.02}]})",
               order),
      (lines{"x 5.001", "when \"2025-01-01T01:00:00Z\"", "way[] 2", "way[] 1", "tags[] absent", "tags[] ok",
             "lines[].sku absent", "lines[].price absent", "lines[].sku ok", "lines[].price 3.02"}));
}

TEST(json_compare_fields, arrays_of_different_modes_lie_in_one_another) {
  // In a multiset, lists that are equal by key are equal, though not item by item.
  const field_options keyed_in_multiset{.arrays = array_mode::multiset,
                                        .paths = {{.path = "[]", .arrays = array_mode::keyed, .key = "k"}}};
  EXPECT_TRUE(
      compare(R"([[{"k":1},{"k":2}],[{"k":3}]])", R"([[{"k":3}],[{"k":2},{"k":1}]])", keyed_in_multiset)
          .exact());
  // And what is equal item by item need not match: 7 has no key.
  EXPECT_EQ(compare(R"([[{"k":1},7]])", R"([[{"k":1},7]])", keyed_in_multiset).matched, 0);
  const field_options ordered_in_assignment{.arrays = array_mode::assignment,
                                            .paths = {{.path = "[].v", .arrays = array_mode::ordered}}};
  EXPECT_EQ(
      compare(R"([{"v":[1,2]},{"v":[3,4]}])", R"([{"v":[4,3]},{"v":[2,2]}])", ordered_in_assignment).matched,
      1);
  const field_options multiset_below{.paths = {{.path = "[].v", .arrays = array_mode::multiset}}};
  EXPECT_EQ(compare(R"([{"v":[1,2]},3])", R"([{"v":[2,1]},3])", multiset_below), (field_counts{3, 3, 3, 0}));
  EXPECT_EQ(compare(R"([3,{"v":[1,2]}])", R"([{"v":[2,1]},3])", multiset_below).matched, 0);
}

TEST(json_compare_fields, extra_members_are_ignored_where_a_path_says_so) {
  const field_options at_root{.paths = {{.path = "$", .ignore_extra = true}}};
  EXPECT_TRUE(compare(R"({"a":1,"b":{"c":2}})", R"({"z":0,"a":1,"b":{"c":2,"y":[1,2]}})", at_root).exact());
  EXPECT_TRUE(compare(R"({"a":{}})", R"({"a":{"z":1}})", at_root).exact());
  const field_options below{.paths = {{.path = "b", .ignore_extra = true}}};
  EXPECT_EQ(compare(R"({"a":1,"b":{"c":2}})", R"({"z":0,"a":1,"b":{"c":2,"y":[1,2]}})", below),
            (field_counts{2, 3, 2, 0}));
  // A key is extra when no item has it.
  EXPECT_EQ(compare(R"([{"a":1},{"b":2}])", R"([{"a":1,"b":2,"c":3},{"b":2}])", at_root),
            (field_counts{2, 3, 2, 0}));
}

TEST(json_compare_fields, a_key_is_none_where_its_path_says_that_null_is_absent) {
  const field_options options{.paths = {{.path = "a", .null_is_absent = true}}};
  EXPECT_EQ(compare(R"({"a":null,"b":null})", "{}", options), (field_counts{0, 1, 1, 0}));
  EXPECT_TRUE(compare(R"({"a":null,"b":null})", R"({"b":null})", options).exact());
}

TEST(json_compare_fields, tells_what_became_of_each_field) {
  EXPECT_EQ(outcomes(R"({"a":1,"b":{"c":"x","d":[1,2]},"e":{},"f":null})",
                     R"({"a":2,"b":{"c":5,"d":[1]},"e":{"z":1}})"),
            (lines{"a 2", "e {\"z\":1}", "f absent", "b.c !5", "b.d[] ok", "b.d[] absent"}));
  EXPECT_EQ(outcomes("1", "[1]"), (lines{"$ ![1]"}));
  EXPECT_EQ(outcomes(R"({"a":{"b":1}})", R"({"a":"b"})"), (lines{"a.b absent"}));
}

TEST(json_compare_fields, paths_of_odd_keys_stay_apart) {
  EXPECT_EQ(outcomes(R"({"a.b":1,"":2,"$":3,"x":{"y[]":4,"ü":5},"q\"\n":6})", "{}"),
            (lines{R"([""] absent)", R"(["$"] absent)", R"(["a.b"] absent)", R"(["q\"\n"] absent)",
                   "x.ü absent", R"(x["y[]"] absent)"}));
}

TEST(json_compare_fields, takes_ten_thousand_items) {
  const json::document ascending = parsed(numbers(0, 10'000));
  std::string text = numbers(0, 10'000);
  std::string reversed = "[";
  for (int i = 9'999; i >= 0; --i) reversed += std::to_string(i) + (i == 0 ? "]" : ",");
  const json::document descending = parsed(reversed);
  json::field_comparer comparer;
  for (const array_mode mode : {array_mode::multiset, array_mode::assignment}) {
    EXPECT_EQ(comparer.compare(ascending.root(), descending.root(), {.arrays = mode}),
              (field_counts{10'000, 10'000, 10'000, 0}));
  }
  EXPECT_EQ(comparer.compare(ascending.root(), descending.root()).matched, 0);
  // All but 5,000 have no equal: too many to choose among, and said so.
  const json::document other = parsed(numbers(5'000, 10'000));
  EXPECT_EQ(comparer.compare(ascending.root(), other.root(), {.arrays = array_mode::assignment}),
            (field_counts{5'000, 10'000, 10'000, 1}));
  EXPECT_EQ(comparer.compare(ascending.root(), other.root(), {.arrays = array_mode::multiset, .abs_tol = 1})
                .limited,
            1);
}

TEST(json_compare_fields, is_exact_up_to_its_limit) {
  const field_options best{.arrays = array_mode::assignment};
  // Every item of one matches half of every item of the other.
  std::string a = "[", b = "[";
  for (std::size_t i = 0; i < 512; ++i) {
    a += (i == 0 ? R"({"x":1,"y":)" : R"(,{"x":1,"y":)") + std::to_string(i) + "}";
    b += (i == 0 ? R"({"x":2,"y":)" : R"(,{"x":2,"y":)") + std::to_string(511 - i) + "}";
  }
  EXPECT_EQ(compare(a + "]", b + "]", best), (field_counts{512, 1024, 1024, 0}));
  EXPECT_EQ(compare(a + R"(,{"x":0,"y":-1}])", b + "]", best).limited, 1);
}

TEST(json_compare_fields, arrays_in_arrays_stay_bounded) {
  // 300 x 300 pairs of arrays of 60 and 60: more than the limits allow, so that they are compared in order.
  std::string a = "[", b = "[";
  for (std::size_t i = 0; i < 300; ++i) {
    a += (i == 0 ? "" : ",") + numbers(1'000 * i, 60);
    b += (i == 0 ? "" : ",") + numbers(1'000 * i + 30, 60);
  }
  const field_counts counts = compare(a + "]", b + "]", {.arrays = array_mode::assignment});
  EXPECT_EQ(counts.reference, 18'000);
  EXPECT_EQ(counts.limited, 301);
  EXPECT_EQ(counts.matched, 300 * 30);
}

TEST(json_compare_fields, depth_takes_no_stack) {
  for (const std::size_t depth : {1'000U, 20'000U}) {
    const std::string text = repeated("[", depth) + repeated("]", depth);
    const std::string objects = repeated(R"([{"a":)", depth / 2) + "1" + repeated("}]", depth / 2);
    for (const array_mode mode :
         {array_mode::ordered, array_mode::multiset, array_mode::assignment, array_mode::keyed}) {
      const field_options options{.arrays = mode, .key = "a"};
      EXPECT_EQ(compare(text, text, options), (field_counts{1, 1, 1, 0}));
      EXPECT_EQ(compare(objects, text, options), (field_counts{0, 1, 1, 0}));
    }
    EXPECT_EQ(outcomes(text, text).front(), repeated("[]", depth - 1) + " ok");
    const field_options with_rule{.paths = {{.path = "[][].none", .arrays = array_mode::multiset}}};
    EXPECT_EQ(compare(text, text, with_rule), (field_counts{1, 1, 1, 0}));
  }
}

TEST(json_compare_fields, long_numbers_and_keys_stay_bounded) {
  const std::string digits(20'000, '7');
  std::string a = "[", b = "[";
  for (int i = 0; i < 200; ++i) {
    a += (i == 0 ? "" : ",") + digits + std::to_string(1'000 + i);
    b += (i == 0 ? "" : ",") + digits + std::to_string(2'000 + i);
  }
  const field_options best{.arrays = array_mode::assignment, .abs_tol = 1};
  EXPECT_EQ(compare(a + "]", b + "]", best).matched, 0);
}

}  // namespace compare_fields_test
