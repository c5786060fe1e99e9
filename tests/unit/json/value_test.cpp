// SPDX-License-Identifier: MIT
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace value_test {

namespace json = evalpp::json;

json::document must_parse(std::string_view text) {
  auto parsed = json::parse(text);
  EXPECT_TRUE(parsed) << text;
  return parsed ? std::move(*parsed) : json::document{};
}

TEST(json_value, tells_what_it_is) {
  const json::document document = must_parse(R"([null, true, 1, "x", [], {}])");
  const json::value array = document.root();
  const json::kind kinds[] = {json::kind::null,   json::kind::boolean, json::kind::number,
                              json::kind::string, json::kind::array,   json::kind::object};
  ASSERT_EQ(array.size(), 6U);
  for (std::size_t i = 0; i < 6; ++i) EXPECT_EQ(array.at(i).kind(), kinds[i]) << i;
  EXPECT_TRUE(array[0].is_null());
  EXPECT_TRUE(array[1].is_bool());
  EXPECT_TRUE(array[2].is_number());
  EXPECT_TRUE(array[3].is_string());
  EXPECT_TRUE(array[4].is_array());
  EXPECT_TRUE(array[5].is_object());
}

TEST(json_value, answers_nothing_for_another_kind) {
  const json::document document = must_parse(R"(["1", 1, true, null])");
  const json::value array = document.root();
  EXPECT_EQ(array[0].as_double(), std::nullopt);
  EXPECT_EQ(array[0].as_int64(), std::nullopt);
  EXPECT_EQ(array[1].as_string(), std::nullopt);
  EXPECT_EQ(array[1].as_bool(), std::nullopt);
  EXPECT_EQ(array[2].as_int64(), std::nullopt);
  EXPECT_EQ(array[3].as_bool(), std::nullopt);
  EXPECT_EQ(array[2].as_bool(), true);
  EXPECT_EQ(array[1].as_int64(), 1);
  EXPECT_EQ(array[0].as_string(), "1");
  EXPECT_EQ(array[0].size(), 0U);
  EXPECT_EQ(array[0].number_text(), "");
}

TEST(json_value, what_is_not_there_is_absent_all_the_way_down) {
  const json::document document = must_parse(R"({"a": [1], "n": null})");
  const json::value root = document.root();
  EXPECT_FALSE(root["b"].exists());
  EXPECT_FALSE(root["a"][1].exists());
  EXPECT_FALSE(root["a"]["b"].exists());
  EXPECT_FALSE(root[0].exists());
  EXPECT_FALSE(root["b"]["c"][7]["d"].exists());
  EXPECT_EQ(root["b"]["c"].kind(), json::kind::absent);
  EXPECT_TRUE(root["n"].exists());
  EXPECT_FALSE(json::value{}.is_null());
  const json::document nothing;
  EXPECT_FALSE(nothing.root().exists());
  EXPECT_EQ(json::value{}.items().begin(), json::value{}.items().end());
  EXPECT_EQ(json::value{}.members().begin(), json::value{}.members().end());
}

TEST(json_value, keeps_members_in_the_order_of_the_text) {
  const json::document document = must_parse(R"({"z": 1, "a": {"y": 2}, "": [3, 4], "m": 5})");
  std::string order;
  for (const auto [key, item] : document.root().members()) {
    order += key;
    order += item.is_number() ? std::string(item.number_text()) : std::string(to_string(item.kind()));
    order += ' ';
  }
  EXPECT_EQ(order, "z1 aobject array m5 ");
  EXPECT_EQ(document.root().find("")[1].as_int64(), 4);
  EXPECT_EQ(document.root()["a"]["y"].as_int64(), 2);
}

TEST(json_value, keeps_numbers_as_they_were_written) {
  const json::document document = must_parse("[1.50, -0, 1E400, 123456789012345678901234567890, 1.0]");
  std::vector<std::string> texts;
  for (const json::value item : document.root().items()) texts.emplace_back(item.number_text());
  EXPECT_EQ(texts,
            (std::vector<std::string>{"1.50", "-0", "1E400", "123456789012345678901234567890", "1.0"}));
  EXPECT_FALSE(document.root()[0].is_integer());
  EXPECT_TRUE(document.root()[3].is_integer());
  EXPECT_TRUE(document.root()[4].is_integer());
  EXPECT_EQ(document.root()[4].as_int64(), 1);
  EXPECT_EQ(document.root()[3].as_int64(), std::nullopt);
  EXPECT_EQ(document.root()[0].as_double(), 1.5);
}

TEST(json_value, survives_moves_of_its_document) {
  json::document first = must_parse(R"(["s"])");  // short enough for a string to keep it in itself
  const json::value inside = first.root()[0];
  const json::document second = std::move(first);
  EXPECT_EQ(inside.as_string(), "s");
  EXPECT_EQ(second.root()[0].as_string(), "s");
}

TEST(json_value, strings_may_hold_nul) {
  const json::document document = must_parse(R"({"a\u0000b": "x\u0000y"})");
  EXPECT_EQ(document.root()[std::string_view("a\0b", 3)].as_string(), std::string_view("x\0y", 3));
  EXPECT_FALSE(document.root()["a"].exists());
}

}  // namespace value_test
