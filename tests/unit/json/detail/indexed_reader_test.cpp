// SPDX-License-Identifier: MIT
// Two readers, one document: the sound reader takes every sound text, makes of it what the other one makes,
// and takes no other.
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/reader.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>

#include <unit/json/detail/vector_levels.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <utility>

namespace indexed_reader_test {

namespace json = evalpp::json;
namespace detail = evalpp::json::detail;
using evalpp::detail::simd_level;

class indexed_reader : public vector_levels {
 protected:
  /// Whether the sound reader takes it.
  bool reads(std::string_view text, json::parse_options options = {}) {
    return detail::read_sound(reading_, text, options, bytes_, nodes_, report_);
  }

  void expect_same(const std::string& text, json::parse_options options = {}) {
    evalpp::detail::force_simd_level(simd_level::baseline);
    json::parser slow(options);
    const auto expected = slow.parse(text);
    evalpp::detail::force_simd_level(GetParam());
    ASSERT_EQ(reads(text, options), expected.has_value()) << text;
    if (!expected) return;
    fast_ = json::parser(options);
    const auto found = fast_.parse(text);
    ASSERT_TRUE(found) << text;
    ASSERT_EQ(json::write(*found), json::write(*expected)) << text;
    ASSERT_EQ(fast_.report().repeated_keys, slow.report().repeated_keys) << text;
    ASSERT_EQ(fast_.report().replaced_surrogates, slow.report().replaced_surrogates) << text;
  }

 private:
  detail::reading reading_;
  detail::buffer<char> bytes_;
  detail::buffer<detail::node> nodes_;
  json::parse_report report_;
  json::parser fast_;
};
INSTANTIATE_TEST_SUITE_P(levels, indexed_reader, vector_levels::values(), vector_levels::name);

constexpr std::string_view sample =
    R"({"k": [1.5e+10, -0, 12, true, false, null, "a\n\ud83d\ude00", {"k": {}, "l": []}], "caf\u00e9": "\"\\",)"
    "\n    \"another key of more than thirty-two bytes\" : {\"k\":1,\"long string of \xC3\xA9\":[[[\"\"]]]}}";

TEST_P(indexed_reader, takes_sound_texts_at_every_offset_and_no_beginning_of_them) {
  for (std::size_t shift = 0; shift < 70; ++shift) {
    const std::string text = std::string(shift, ' ') + std::string(sample);
    EXPECT_TRUE(reads(text));
    expect_same(text);
    for (std::size_t length = 0; length < text.size(); ++length) expect_same(text.substr(0, length));
  }
}

TEST_P(indexed_reader, any_byte_anywhere_is_judged_as_in_one_pass) {
  for (std::size_t at = 0; at < sample.size(); ++at) {
    for (int byte = 0; byte < 256; ++byte) {
      std::string text(sample);
      text[at] = static_cast<char>(byte);
      expect_same(text);
      text.insert(at, sample.substr(at, 1));
      expect_same(text);
    }
  }
}

TEST_P(indexed_reader, tokens_in_any_order_are_judged_as_in_one_pass) {
  constexpr std::string_view tokens[] = {"{",           "}",      "[",         "]",     ":",    ",", "\"a\"",
                                         "\"b\"",       "1",      "-1.5",      "true",  "null", " ", "\n  ",
                                         "\"\\u0061\"", "\"a\":", "{\"a\":1}", "[1,2]", "x",    "\\"};
  std::mt19937 random(11);
  for (int i = 0; i < 100'000; ++i) {
    std::string text;
    for (std::size_t left = 1 + random() % 7; left > 0; --left) text += tokens[random() % 20];
    expect_same(text);
    expect_same("[" + text + "]");
    expect_same("{\"k\":" + text + "}");
  }
}

TEST_P(indexed_reader, keeps_to_the_options) {
  for (const auto duplicates :
       {json::duplicate_keys::last, json::duplicate_keys::first, json::duplicate_keys::error}) {
    const json::parse_options options{.duplicates = duplicates};
    for (const std::string text :
         {R"({"a":1,"\u0061":2})", R"([{"a":1,"b":2,"a":3,"c":{"d":1,"d":2}},{"d":0}])",
          R"({"":1,"x":2,"":3})", R"({"a":{"a":{"a":1},"b":1},"b":{"b":1}})"}) {
      expect_same(text, options);
    }
    std::string many = "{";
    for (int i = 0; i < 1000; ++i) many += "\"key" + std::to_string(i) + "\":" + std::to_string(i) + ",";
    expect_same(many + "\"last\":0}", options);
    expect_same(many + "\"key500\":0}", options);
  }
  expect_same(R"(["\ud800", "\udc00\ud800"])", {.surrogates = json::lone_surrogates::replace});
  expect_same(R"(["\ud800"])");
  for (std::size_t depth = 0; depth < 6; ++depth) {
    expect_same("[[[[1]]]]", {.max_depth = depth});
    expect_same("[[[[1", {.max_depth = depth});
    expect_same(R"({"a":{"b":[{}]}})", {.max_depth = depth});
  }
  EXPECT_FALSE(reads(std::string(50'000, '['), {.max_depth = 100'000}));
  EXPECT_TRUE(reads(std::string(50'000, '[') + std::string(50'000, ']'), {.max_depth = 100'000}));
}

TEST_P(indexed_reader, numbers_and_literals_end_where_they_end) {
  for (const std::string_view scalar :
       {"1",     "-0",        "0.5",      "1e5",       "1E-5",   "123456789012345678901234567890123",
        "-",     "01",        "1.",       ".5",        "1e",     "+1",
        "true",  "false",     "null",     "truth",     "nul",    "True",
        "NaN",   "1true",     "1\"a\"",   "true\"a\"", "\"a\"1", "1\x01",
        "1\x7F", "1\xC3\xA9", "null\x0B", "1\\",       "'a'"}) {
    for (const std::string_view behind : {"", " ", ",2", " ,2", "]", "\n"}) {
      expect_same(std::string(scalar) + std::string(behind));
      expect_same("[" + std::string(scalar) + std::string(behind) + "]");
      expect_same("{\"a\":" + std::string(scalar) + std::string(behind) + "}");
    }
  }
}

TEST_P(indexed_reader, long_texts_are_left_to_the_other_reader) {
  const std::string text = "[" + std::string(std::size_t{1} << 25, ' ') + "]";
  EXPECT_FALSE(reads(text));
  EXPECT_TRUE(json::parse(text));
}

}  // namespace indexed_reader_test
