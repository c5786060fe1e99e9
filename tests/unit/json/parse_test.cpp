// SPDX-License-Identifier: MIT
#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parse_test {

namespace json = evalpp::json;
using evalpp::error_code;

std::string nested(std::size_t depth, char open, char close) {
  return std::string(depth, open) + std::string(depth, close);
}

TEST(json_parse, without_a_message_the_report_has_the_fault) {
  json::parser parser;
  json::value found;
  ASSERT_TRUE(parser.parse(" {\"a\": [1]} ", found));
  EXPECT_EQ(found["a"][0].as_int64(), 1);
  EXPECT_EQ(parser.report().fault, json::fault::none);
  EXPECT_FALSE(parser.parse("{} {}", found));
  EXPECT_EQ(parser.report().fault, json::fault::trailing);
  EXPECT_FALSE(parser.parse("[1,]", found));
  EXPECT_EQ(parser.report().fault, json::fault::bad_token);
  EXPECT_FALSE(parser.parse("", found));
  EXPECT_EQ(parser.report().fault, json::fault::eof);
}

TEST(json_parse, a_prefix_ends_where_the_value_does) {
  const std::string brackets = "{\"a\":[1]}";
  for (const std::size_t more : {0U, 10U, 5'000U}) {
    const std::string behind = std::string(more, 'x') + "}";  // ends as a value would
    json::parser parser;
    json::value found;
    std::size_t end = 0;
    const std::string text = " " + brackets + " " + behind;
    ASSERT_TRUE(parser.parse_prefix(text, found, end)) << more;
    EXPECT_EQ(end, 1 + brackets.size()) << more;
    EXPECT_EQ(found["a"].size(), 1U);
  }
}

TEST(json_parse, limits_depth_exactly) {
  EXPECT_TRUE(json::parse(nested(1024, '[', ']')));
  const auto refused = json::parse(nested(1025, '[', ']'));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, error_code::limit);
  EXPECT_EQ(refused.error().offset, 1024U);
  EXPECT_TRUE(json::parse("1", {.max_depth = 0}));
  EXPECT_FALSE(json::parse("[]", {.max_depth = 0}));
}

TEST(json_parse, depth_costs_no_stack) {
  const std::size_t depth = 1'000'000;
  const std::string text = nested(depth, '[', ']');
  const auto parsed = json::parse(text, {.max_depth = depth});
  ASSERT_TRUE(parsed);
  EXPECT_EQ(json::write(parsed->root()), text);

  std::string objects;
  for (std::size_t i = 0; i < 100'000; ++i)
    objects += R"([{"":)";  // the text that overflows recursive parsers
  EXPECT_EQ(json::parse(objects).error().code, error_code::limit);
  EXPECT_EQ(json::parse(objects, {.max_depth = depth}).error().offset, objects.size());
}

TEST(json_parse, every_beginning_of_a_text_is_refused_at_its_end) {
  const std::string text = R"({"k\u00e9y": [1.5e+10, -0, true, false, null, "a\n\ud83d\ude00é"], "o": {}})";
  ASSERT_TRUE(json::parse(text));
  for (std::size_t length = 0; length < text.size(); ++length) {
    json::parser parser;
    const auto parsed = parser.parse(std::string_view(text).substr(0, length));
    ASSERT_FALSE(parsed) << length;
    if (parser.report().fault == json::fault::bad_utf8) continue;  // cut inside é
    EXPECT_EQ(parser.report().fault, json::fault::eof) << length;
    EXPECT_EQ(parsed.error().offset, length);
  }
}

TEST(json_parse, any_byte_anywhere_gives_a_verdict) {
  const std::string text = R"({"ab": [1.5e+1, "c\u00e9é"], "d": true})";
  json::parser parser;
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string changed = text;
      changed[at] = static_cast<char>(static_cast<unsigned char>(byte));
      const auto parsed = parser.parse(changed);
      if (parsed) {
        const std::string written = json::write(*parsed);
        ASSERT_TRUE(json::parse(written)) << changed;
      } else {
        ASSERT_LE(parsed.error().offset, changed.size()) << changed;
        ASSERT_NE(parser.report().fault, json::fault::none) << changed;
      }
    }
  }
}

TEST(json_parse, invalid_utf8_is_refused_at_every_position_of_a_string) {
  for (const std::string_view bad :
       {"\xFF", "\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"}) {
    for (std::size_t before = 0; before < 40; ++before) {
      const std::string text = "[\"" + std::string(before, 'x') + std::string(bad) + "tail\"]";
      json::parser parser;
      const auto parsed = parser.parse(text);
      ASSERT_FALSE(parsed);
      EXPECT_EQ(parser.report().fault, json::fault::bad_utf8);
      EXPECT_EQ(parsed.error().code, error_code::invalid_utf8);
      EXPECT_EQ(parsed.error().offset, before + 2);
    }
  }
}

TEST(json_parse, says_what_was_expected_and_what_came) {
  const auto message = [](std::string_view text) { return to_string(json::parse(text).error()); };
  EXPECT_EQ(message("{\"a\": 1,\n \"b\" 2}"), "line 2:6: expected ':' after the key, found '2'");
  EXPECT_EQ(message("[1,]"), "line 1:4: expected a value, found ']'; remove the comma before it");
  EXPECT_EQ(message("]"), "line 1:1: expected a value, found ']'");
  EXPECT_EQ(message("{\"a\":1,}"),
            "line 1:8: expected a key in double quotes, found '}'; remove the comma before it");
  EXPECT_EQ(message("[NaN]"),
            "line 1:2: expected a value, found 'N'; JSON has no NaN, None or Infinity; write null");
  EXPECT_EQ(message("[1"), "line 1:3: expected ',' or ']' after an element, found the end of the text");
  EXPECT_EQ(message("[\"é\" é]"), "line 1:6: expected ',' or ']' after an element, found 'é'");
  EXPECT_EQ(message("\xEF\xBB\xBF{}"),
            "line 1:1: expected a value, not a byte order mark, found '\xEF\xBB\xBF'; remove the first three "
            "bytes, EF BB BF");
}

TEST(json_parse, repeated_keys_follow_the_policy) {
  const std::string_view text = R"({"a": 1, "b": 2, "\u0061": 3, "c": {"a": 4}, "b": 5, "a": 6})";
  json::parser last;
  const auto parsed = last.parse(text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(json::write(*parsed), R"({"a":6,"b":5,"c":{"a":4}})");
  EXPECT_EQ(last.report().repeated_keys, (std::vector<std::size_t>{17, 45, 53}));

  const auto first = json::parse(text, {.duplicates = json::duplicate_keys::first});
  ASSERT_TRUE(first);
  EXPECT_EQ(json::write(first->root()), R"({"a":1,"b":2,"c":{"a":4}})");

  const auto refused = json::parse(text, {.duplicates = json::duplicate_keys::error});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, error_code::duplicate);
  EXPECT_EQ(refused.error().offset, 17U);
}

TEST(json_parse, a_quarter_of_a_million_equal_keys_are_no_trap) {
  std::string text = "{\"k\":0";
  for (int i = 1; i < 250'000; ++i) text += ",\"k\":" + std::to_string(i);
  text += '}';
  json::parser parser;
  const auto parsed = parser.parse(text);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->size(), 1U);
  EXPECT_EQ((*parsed)["k"].as_int64(), 249'999);
  EXPECT_EQ(parser.report().repeated_keys.size(), 249'999U);
}

TEST(json_parse, lone_surrogates_can_be_replaced_and_counted) {
  const json::parse_options replace{.surrogates = json::lone_surrogates::replace};
  const struct {
    std::string_view text;
    std::string_view expected;
    std::size_t replaced;
  } cases[] = {
      {R"("\ud800")", "\xEF\xBF\xBD", 1},
      {R"("\udc00x")", "\xEF\xBF\xBDx", 1},
      {R"("\ud800\n")", "\xEF\xBF\xBD\n", 1},
      {R"("\ud800\u0041")",
       "\xEF\xBF\xBD"
       "A",
       1},
      {R"("\ud83d\ud83d\ude00")", "\xEF\xBF\xBD\xF0\x9F\x98\x80", 1},
      {R"("\ude00\ud83d")", "\xEF\xBF\xBD\xEF\xBF\xBD", 2},
      {R"("\ud83d\ude00")", "\xF0\x9F\x98\x80", 0},
  };
  for (const auto& c : cases) {
    json::parser parser(replace);
    const auto parsed = parser.parse(c.text);
    ASSERT_TRUE(parsed) << c.text;
    EXPECT_EQ(parsed->as_string(), c.expected) << c.text;
    EXPECT_EQ(parser.report().replaced_surrogates, c.replaced) << c.text;
  }
}

TEST(json_parse, a_parser_forgets_the_last_text) {
  json::parser parser;
  ASSERT_FALSE(parser.parse(R"({"a": [1, {"b": [)"));
  ASSERT_TRUE(parser.parse(R"({"x": 1, "x": 2})"));
  const auto parsed = parser.parse("[3]");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(json::write(*parsed), "[3]");
  EXPECT_TRUE(parser.report().repeated_keys.empty());
  const json::document taken = parser.take();
  EXPECT_EQ(json::write(taken.root()), "[3]");
  EXPECT_TRUE(parser.parse("4"));
  EXPECT_EQ(json::write(taken.root()), "[3]");
}

TEST(json_parse, nothing_is_left_of_a_text_that_is_refused) {
  for (const std::string_view bad : {"", "[1", "\xEF\xBB\xBF[1]", "[1]]"}) {
    json::parser parser;
    ASSERT_TRUE(parser.parse("[1]"));
    ASSERT_FALSE(parser.parse(bad));
    const json::document taken = parser.take();
    EXPECT_FALSE(taken.root().exists()) << bad;
  }
}

TEST(json_parse, a_number_of_four_million_digits_is_a_number) {
  const std::string digits(4'000'000, '7');
  const auto parsed = json::parse(digits);
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->root().number_text().size(), digits.size());
  EXPECT_TRUE(parsed->root().is_integer());
}

}  // namespace parse_test
