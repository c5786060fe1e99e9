// SPDX-License-Identifier: MIT
// Hostile texts, and what a parser keeps from one text to the next, with every kernel.
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace reader_test {

namespace json = evalpp::json;
using evalpp::detail::simd_level;

class json_reader : public testing::TestWithParam<simd_level> {
 protected:
  void SetUp() override {
    before_ = evalpp::detail::cpu_level();
    if (evalpp::detail::force_simd_level(GetParam()) != GetParam()) GTEST_SKIP() << "not on this machine";
  }
  void TearDown() override { evalpp::detail::force_simd_level(before_); }

 private:
  simd_level before_ = simd_level::baseline;
};
INSTANTIATE_TEST_SUITE_P(levels, json_reader, testing::Values(simd_level::baseline, simd_level::avx2),
                         [](const auto& level) {
                           return std::string(level.param == simd_level::baseline ? "baseline" : "avx2");
                         });

TEST_P(json_reader, depth_is_limited_and_costs_no_stack) {
  for (const std::size_t depth : {std::size_t{10'000}, std::size_t{1'000'000}}) {
    for (const std::string_view open : {"[", "{\"\":", "[{\"a\":"}) {
      std::string text;
      for (std::size_t i = 0; i < depth; ++i) text += open;
      json::parser limited;
      EXPECT_FALSE(limited.parse(text));
      EXPECT_EQ(limited.report().fault, json::fault::depth);
      json::parser unlimited({.max_depth = 2 * depth});
      const auto parsed = unlimited.parse(text);
      ASSERT_FALSE(parsed);
      EXPECT_EQ(unlimited.report().fault, json::fault::eof);
      EXPECT_EQ(parsed.error().offset, text.size());
    }
  }
}

TEST_P(json_reader, a_number_of_16_megabytes_is_a_number) {
  for (const std::string_view before : {"", "-", "0.", "-1.5e+"}) {
    std::string text = std::string(before) + std::string(16'000'000, '8');
    const auto parsed = json::parse(text);
    ASSERT_TRUE(parsed) << before;
    EXPECT_EQ(parsed->root().number_text().size(), text.size());
    text += 'x';
    EXPECT_EQ(json::parse(text).error().offset, text.size() - 1);
  }
}

TEST_P(json_reader, floods_of_four_bytes_get_a_verdict) {
  const struct {
    std::string_view repeated;
    json::fault fault;
  } floods[] = {{"\"\":{", json::fault::trailing},
                {"[[[[", json::fault::depth},
                {"\xF0\x9F\x98\x80", json::fault::bad_token},
                {"\\\\\\\\", json::fault::bad_token},
                {"    ", json::fault::eof},
                {"\"\",\"", json::fault::trailing},
                {"[1,[", json::fault::depth},
                {"{\"\":", json::fault::depth},
                {std::string_view("\0\0\0\0", 4), json::fault::bad_token}};
  for (const auto& flood : floods) {
    std::string text;
    for (int i = 0; i < 1'000'000; ++i) text += flood.repeated;
    json::parser parser;
    EXPECT_FALSE(parser.parse(text));
    EXPECT_EQ(parser.report().fault, flood.fault) << flood.repeated;
  }
  std::string text = "[";
  for (int i = 0; i < 1'000'000; ++i) text += "\"\",\n";
  const auto parsed = json::parse(text + "0]");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(parsed->root().size(), 1'000'001U);
}

TEST_P(json_reader, a_million_keys_are_no_trap) {
  std::string equal = "{\"k\":0", different = "{\"\":0", colliding = different;
  for (int i = 1; i < 1'000'000; ++i) {
    equal += ",\"k\":1";
    different += ",\"" + std::to_string(i) + "\":1";
    // One hash for all of these.
    if (i < 100'000) colliding += ",\"firstpart" + std::to_string(1'000'000 + i) + "last part\":1";
  }
  json::parser parser;
  const auto one = parser.parse(equal + "}");
  ASSERT_TRUE(one);
  EXPECT_EQ(one->size(), 1U);
  EXPECT_EQ((*one)["k"].as_int64(), 1);
  EXPECT_EQ(parser.report().repeated_keys.size(), 999'999U);
  for (const std::string& text : {different, colliding}) {
    const auto all = parser.parse(text + "}");
    ASSERT_TRUE(all);
    EXPECT_EQ(all->size(), text == different ? 1'000'000U : 100'000U);
    EXPECT_TRUE(parser.report().repeated_keys.empty());
    ASSERT_TRUE(parser.parse(text + ",\"\":2}"));
    EXPECT_EQ(parser.report().repeated_keys.size(), 1U);
  }
}

TEST_P(json_reader, every_beginning_at_every_offset_ends_too_early) {
  const std::string text =
      R"({"k": [1.5e+10, -0, 12, true, false, null, "a\n\ud83d\ude00", "a string of more than thirty-two bytes"],)"
      "\n    \"another key of more than thirty-two bytes\" : {}}";
  json::parser parser;
  for (std::size_t shift = 0; shift < 64; ++shift) {
    const std::string shifted = std::string(shift, ' ') + text;
    ASSERT_TRUE(parser.parse(shifted));
    for (std::size_t length = 0; length < shifted.size(); ++length) {
      const auto parsed = parser.parse(std::string_view(shifted).substr(0, length));
      ASSERT_FALSE(parsed) << length;
      ASSERT_EQ(parser.report().fault, json::fault::eof) << length;
      ASSERT_EQ(parsed.error().offset, length);
    }
  }
}

TEST_P(json_reader, reads_no_byte_beyond_the_text) {
  // What follows would complete it.
  const std::string text = R"([12345", true])";
  EXPECT_EQ(json::parse(std::string_view(text).substr(0, 4)).error().offset, 4U);
  EXPECT_EQ(json::parse(std::string_view(text).substr(0, 6)).error().offset, 6U);
  EXPECT_FALSE(json::parse(std::string_view("\"ab\"").substr(0, 3)));
  EXPECT_EQ(json::parse(std::string_view("12345").substr(0, 3))->root().number_text(), "123");
}

TEST_P(json_reader, zero_bytes_are_no_end) {
  json::parser parser;
  const auto fault_of = [&parser](std::string_view text) {
    EXPECT_FALSE(parser.parse(text));
    return parser.report().fault;
  };
  EXPECT_EQ(fault_of({"1\0", 2}), json::fault::trailing);
  EXPECT_EQ(fault_of({"[1\0]", 4}), json::fault::expected_comma_or_close);
  EXPECT_EQ(fault_of({"\"a\0\"", 4}), json::fault::control_in_string);
  EXPECT_EQ(fault_of({"{\0}", 3}), json::fault::expected_key);
  EXPECT_EQ(fault_of({"{\"a\"\0:1}", 8}), json::fault::expected_colon);
  EXPECT_EQ(fault_of({"{\"\0\":1}", 7}), json::fault::control_in_string);
  EXPECT_EQ(fault_of({"-\0", 2}), json::fault::bad_number);
  EXPECT_EQ(fault_of({"tru\0", 4}), json::fault::bad_token);
}

// Texts that follow one another: what is known of the keys of the last ones must not show.
TEST_P(json_reader, other_keys_than_the_last_ones_are_read_as_they_are) {
  const std::string_view texts[] = {
      R"({"a": 1, "b": 2, "c": {"d": 3}})",
      R"({"a": 1, "b": 2, "c": {"d": 3}})",
      R"({"a": 1, "a": 2, "c": {"d": 3, "d": 4}})",
      R"({"b": 1, "a": 2, "c": 3})",
      R"({"b": 1, "a": 2, "c": 3})",
      R"({"b": 1, "a": 2, "c": 3})",
      R"({"b": 1, "b": 2, "c": 3})",
      R"({"b": 1, "b": 2, "b": 3})",
      R"({"b": 1, "a": 2, "c": 3, "b": 4})",
      R"({"a\"": 1, "": 2, "\u0062": 3})",
      R"({"a\"": 1, "": 2, "\u0062": 3})",
      R"({"a\"": 1, "": 2, "\u0062": 3})",
      R"({"a"": 1})",
      R"({"": 1, "": 2, "b": 3})",
      R"({"a key of thirty-one bytes, here": 1, "a key of thirty-two bytes, there": 2})",
      R"({"a key of thirty-one bytes, here": 1, "a key of thirty-two bytes, there": 2})",
      R"({"a key of thirty-one bytes, here": 1, "a key of thirty-two bytes, these": 2})",
      R"({"a key of thirty-one bytes, herf": 1, "a key of thirty-one bytes, herf": 2})",
      R"([{"x": 1}, {"x": 2}, {"y": 3, "x": 4}, {"y": 5, "y": 6}, {"x": {"x": {"x": {"x": 7}}}}])",
      R"({"x": 1, "y": )",
      R"({"x": 1, "x": 2})",
      R"({"1":{"2":{"3":{"4":{"5":{"6":{"7":{"8":1,"9":2},"7":3},"6":4},"5":5}}}},"1":2})",
      R"({"1":{"2":{"3":{"4":{"5":{"6":{"7":{"8":1,"9":2},"7":3},"6":4},"5":5}}}},"1":2})",
  };
  json::parser seasoned;
  for (int pass = 0; pass < 3; ++pass) {
    for (const std::string_view text : texts) {
      json::parser fresh;
      const auto expected = fresh.parse(text);
      const auto parsed = seasoned.parse(text);
      ASSERT_EQ(parsed.has_value(), expected.has_value()) << text;
      EXPECT_EQ(seasoned.report().repeated_keys, fresh.report().repeated_keys) << text;
      if (parsed) {
        EXPECT_EQ(json::write(*parsed), json::write(*expected));
      } else {
        EXPECT_EQ(to_string(parsed.error()), to_string(expected.error()));
      }
    }
  }
}

TEST_P(json_reader, objects_of_many_keys_keep_them_all) {
  for (const int count : {47, 48, 49, 64, 65, 200}) {
    std::string text = "{";
    for (int i = 0; i < count; ++i) text += "\"key " + std::to_string(i) + "\": " + std::to_string(i) + ", ";
    json::parser parser;
    for (int pass = 0; pass < 3; ++pass) {
      const auto parsed = parser.parse(text + "\"last\": true}");
      ASSERT_TRUE(parsed);
      ASSERT_EQ(parsed->size(), static_cast<std::size_t>(count) + 1);
      for (int i = 0; i < count; ++i) ASSERT_EQ((*parsed)["key " + std::to_string(i)].as_int64(), i);
      EXPECT_TRUE(parser.report().repeated_keys.empty());
      ASSERT_TRUE(parser.parse(text + "\"key 0\": true}"));
      EXPECT_EQ(parser.report().repeated_keys.size(), 1U);
    }
  }
}

}  // namespace reader_test
