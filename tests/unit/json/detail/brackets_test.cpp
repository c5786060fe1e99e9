// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/brackets.hpp>

#include <gtest/gtest.h>
#include <bit>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace brackets_test {

using namespace evalpp::json::detail;

TEST(json_brackets, finds_an_opener_at_every_offset) {
  for (std::size_t at = 0; at < 40; ++at) {
    for (const char bracket : {'{', '['}) {
      std::string text(60, 'x');
      text[at] = bracket;
      text[at + 1] = '}';
      for (std::size_t from = 0; from <= at; ++from) EXPECT_EQ(find_opener(text, from, text.size()), at);
      EXPECT_EQ(find_opener(text, at + 1, text.size()), text.size());
      EXPECT_EQ(find_opener(text, 0, at), at);  // the end, not what stands there
    }
  }
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text(16, static_cast<char>(static_cast<unsigned char>(byte)));
    EXPECT_EQ(find_opener(text, 0, 16), byte == '{' || byte == '[' ? 0U : 16U) << byte;
  }
}

TEST(json_brackets, steps_over_strings) {
  for (std::size_t length = 0; length < 40; ++length) {
    const std::string text = "\"" + std::string(length, 'x') + "\\\"\\\\\"]";
    EXPECT_EQ(skip_string(text, 0, text.size()), text.size() - 1);
    EXPECT_EQ(skip_string(text, 0, text.size() - 2), text.size() - 2);
  }
  EXPECT_EQ(skip_string("\"\\", 0, 2), 2U);
  EXPECT_EQ(skip_string("\"", 0, 1), 1U);
}

TEST(json_brackets, matches_what_fits) {
  bracket_matcher brackets;
  const auto match = [&](std::string_view text) { return brackets.match(text, 0, text.size()); };
  EXPECT_EQ(match("{[]}x"), 4U);
  EXPECT_EQ(match("{\"}\\\"}\"}"), 8U);
  EXPECT_EQ(match("[1}]"), 4U);  // the closer that does not fit is text
  EXPECT_EQ(match("[{1]"), std::string_view::npos);
  EXPECT_EQ(brackets.unclosed(), (std::vector<std::size_t>{0, 1}));
  EXPECT_EQ(match("[{}[\"]"), std::string_view::npos);
  EXPECT_EQ(brackets.unclosed(), (std::vector<std::size_t>{0, 3}));
}

TEST(json_brackets, knows_the_beginning_of_json) {
  const auto looks = [](std::string_view text) { return looks_like_json(text, 0); };
  for (const std::string_view yes : {"\"", " 'a'", "“", "‘", "}", "]", "{", "[", "1", "-1",
                                     "a:", "a_1 \n:", "true", "null,", "False", "None}"}) {
    EXPECT_TRUE(looks(yes)) << yes;
  }
  for (const std::string_view no :
       {"", " ", "a", "a b:", "- a", "-", ",", ":", "truely", "é:", "€", "\xE2\x80", "\\"}) {
    EXPECT_FALSE(looks(no)) << no;
  }
}

TEST(json_brackets, sees_what_is_in_eight_bytes) {
  for (int byte = 0; byte < 256; ++byte) {
    for (std::size_t at = 0; at < 8; ++at) {
      std::string text(8, 'x');
      text[at] = static_cast<char>(static_cast<unsigned char>(byte));
      const eight_bytes bytes(text.data());
      const bool control = byte < 0x20 || byte >= 0x80;
      EXPECT_EQ(bytes.control_or_non_ascii() != 0, control) << byte;
      EXPECT_EQ(bytes.equal_to('"') != 0, byte == '"') << byte;
      EXPECT_EQ(bytes.openers() != 0, byte == '{' || byte == '[') << byte;
      if (control && std::endian::native == std::endian::little) {
        EXPECT_EQ(eight_bytes::before(bytes.control_or_non_ascii()), at) << byte;
      }
    }
  }
}

}  // namespace brackets_test
