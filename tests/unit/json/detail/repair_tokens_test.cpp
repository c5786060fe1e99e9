// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/repair_tokens.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace repair_tokens_test {

using namespace evalpp::json::detail;

TEST(json_repair_tokens, knows_what_lies_between_tokens) {
  struct {
    std::string_view text;
    gap kind;
    std::size_t end;
  } const cases[] = {
      {"", gap::nothing, 0},       {"1", gap::nothing, 0},         {" \n\t\r1", gap::space, 4},
      {"//a\nb", gap::comment, 3}, {"#a\r\nb", gap::comment, 2},   {"/*a*/b", gap::comment, 5},
      {"/*/b", gap::comment, 4},   {"/**/", gap::comment, 4},      {"/", gap::nothing, 0},
      {"/a", gap::nothing, 0},     {"\u00a01", gap::odd_space, 2}, {"\uFEFF1", gap::odd_space, 3},
      {"\u2003", gap::nothing, 0}, {"\v", gap::nothing, 0},        {"//", gap::comment, 2},
  };
  for (const auto& each : cases) {
    std::size_t end = 0;
    EXPECT_EQ(gap_at(each.text, 0, end), each.kind) << each.text;
    EXPECT_EQ(end, each.end) << each.text;
  }
}

TEST(json_repair_tokens, pairs_quotes) {
  EXPECT_EQ(quotes_at("'a", 0).close, "'");
  EXPECT_EQ(quotes_at("x“a", 1).close, "”");
  EXPECT_EQ(quotes_at("‘", 0).close, "’");
  EXPECT_EQ(quotes_at("”", 0).close, "”");
  for (const std::string_view none : {"", "\"", "a", "é", "\xE2\x80", "„"}) {
    EXPECT_TRUE(quotes_at(none, 0).open.empty()) << none;
  }
}

TEST(json_repair_tokens, ends_identifiers_and_words) {
  EXPECT_EQ(skip_identifier("a1_$-", 0), 4U);
  EXPECT_EQ(skip_identifier("1a", 0), 0U);
  EXPECT_EQ(skip_identifier("größe:", 0), 7U);
  EXPECT_EQ(skip_identifier("a\u00a0", 0), 1U);
  EXPECT_EQ(skip_identifier("a\xFF", 0), 1U);
  for (const std::string_view behind :
       {"", " ", ",", ":", "]", "}", "[", "{", "\"", "'", "//", "/*", "#", "\u00a0"}) {
    EXPECT_EQ(skip_word("1/2é" + std::string(behind), 0), 5U) << behind;
  }
}

TEST(json_repair_tokens, tells_numbers_from_what_looks_like_one) {
  const auto verdict = [](std::string_view word) { return number_shape(word).is; };
  for (const std::string_view word : {"0", "-0", "10", "1.50", "1e5", "-1.5E-07", "0e0"}) {
    EXPECT_EQ(verdict(word), number_shape::plain) << word;
    EXPECT_EQ(number_shape(word).written(), word);
  }
  for (const std::string_view word : {"-", "+", "1e", "1.e", "-1.5E+", "."}) {
    EXPECT_EQ(verdict(word), number_shape::cut_off) << word;
  }
  for (const std::string_view word : {"00", "-01", "+07.5", "0x1F", "-0XAB", "0x"}) {
    EXPECT_EQ(verdict(word), number_shape::refused) << word;
  }
  for (const std::string_view word : {"", "e5", "1.2.3", "1-", "--1", "1e5.", "1f", "0x1G", "..", "1e+a"}) {
    EXPECT_EQ(verdict(word), number_shape::neither) << word;
  }
  EXPECT_EQ(number_shape("+1").written(), "1");
  EXPECT_EQ(number_shape("-.5e3").written(), "-0.5e3");
  EXPECT_EQ(number_shape("5.").written(), "5");
  EXPECT_EQ(number_shape("5.E+1").written(), "5E+1");
}

TEST(json_repair_tokens, knows_literals_exactly) {
  EXPECT_EQ(literal_shape("true").is, literal_shape::json);
  EXPECT_EQ(literal_shape("None").is, literal_shape::python);
  EXPECT_EQ(literal_shape("None").written, "null");
  EXPECT_EQ(literal_shape("-Infinity").is, literal_shape::non_finite);
  for (const std::string_view cut : {"t", "Fals", "N", "undef", "-I"}) {
    EXPECT_EQ(literal_shape(cut).is, literal_shape::cut_off) << cut;
  }
  for (const std::string_view none : {"", "TRUE", "truer", "nil", "inf", "1"}) {
    EXPECT_EQ(literal_shape(none).is, literal_shape::neither) << none;
  }
}

}  // namespace repair_tokens_test
