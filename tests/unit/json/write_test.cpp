// SPDX-License-Identifier: MIT
#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>

#include <gtest/gtest.h>
#include <bit>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace write_test {

namespace json = evalpp::json;

template <class T>
std::string text_of(const T& item) {
  std::string text;
  json::writer(text).value(item);
  return text;
}

TEST(json_write, puts_commas_where_they_belong) {
  std::string text;
  json::writer out(text);
  out.begin_object().member("a", 1).key("b").begin_array().end_array();
  out.key("c")
      .begin_array()
      .value(1)
      .begin_object()
      .end_object()
      .value("x")
      .begin_array()
      .value(2)
      .end_array();
  out.end_array().member("d", true).key("e").raw("[1,2]").member("f", nullptr).end_object();
  EXPECT_EQ(text, R"({"a":1,"b":[],"c":[1,{},"x",[2]],"d":true,"e":[1,2],"f":null})");
}

TEST(json_write, lines_stand_on_their_own) {
  std::string text;
  json::writer out(text);
  out.begin_object().end_object().line().value(1).line().begin_array().value(2).end_array().line();
  EXPECT_EQ(text, "{}\n1\n[2]\n");
}

TEST(json_write, escapes_what_must_be_escaped) {
  EXPECT_EQ(text_of(std::string_view("\"\\/\b\f\n\r\t\x01\x1f\x7f\0é\u2028", 17)),
            "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\\u0000é\u2028\"");
  EXPECT_EQ(text_of(""), "\"\"");
}

TEST(json_write, every_byte_comes_out_as_a_string_that_parses) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string raw = "a" + std::string(1, static_cast<char>(static_cast<unsigned char>(byte))) + "b";
    const auto parsed = json::parse(text_of(raw));
    ASSERT_TRUE(parsed) << byte;
    EXPECT_EQ(parsed->root().as_string(), byte < 0x80 ? raw
                                                      : "a\xEF\xBF\xBD"
                                                        "b")
        << byte;
  }
}

TEST(json_write, one_replacement_for_each_valid_beginning) {
  // The Unicode standard's example, table 3-8.
  EXPECT_EQ(text_of("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"),
            "\"\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\x41\"");
}

TEST(json_write, numbers) {
  EXPECT_EQ(text_of(0), "0");
  EXPECT_EQ(text_of(std::numeric_limits<std::int64_t>::min()), "-9223372036854775808");
  EXPECT_EQ(text_of(std::numeric_limits<std::uint64_t>::max()), "18446744073709551615");
  EXPECT_EQ(text_of(0.1), "0.1");
  EXPECT_EQ(text_of(-0.0), "-0");
  EXPECT_EQ(text_of(std::numeric_limits<double>::quiet_NaN()), "null");
  EXPECT_EQ(text_of(std::numeric_limits<double>::infinity()), "null");
  EXPECT_EQ(text_of(-std::numeric_limits<double>::infinity()), "null");
}

TEST(json_write, doubles_come_back_bit_for_bit) {
  std::uint64_t state = 0x9E37'79B9'7F4A'7C15;
  const auto check = [](double number) {
    const auto parsed = json::parse(text_of(number));
    ASSERT_TRUE(parsed);
    const auto back = parsed->root().as_double();
    if (back) {
      EXPECT_EQ(std::bit_cast<std::uint64_t>(*back), std::bit_cast<std::uint64_t>(number));
    } else {
      EXPECT_TRUE(parsed->root().is_null());
    }
  };
  for (const double number :
       {5e-324, 2.2250738585072014e-308, 1.7976931348623157e308, 1e21, 1e22, 0.3, 100.0})
    check(number);
  for (int i = 0; i < 20'000; ++i) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    check(std::bit_cast<double>(state));
  }
}

TEST(json_write, a_parsed_text_comes_back) {
  for (const std::string_view text :
       {"null", "[]", "{}", R"([1.50,-0,1E400,"a\u0000b",{"k":[true,false,null,{}]},[]])",
        R"({"b":1,"a":{"":[[]]}})"}) {
    const auto parsed = json::parse(text);
    ASSERT_TRUE(parsed) << text;
    EXPECT_EQ(json::write(parsed->root()), text);
  }
  EXPECT_EQ(json::write(json::value{}), "null");
}

TEST(json_write, what_an_optional_holds_or_null) {
  std::string text;
  json::writer out(text);
  out.begin_object().member("a", std::optional<double>(0.5)).member("b", std::optional<double>());
  out.member("c", std::optional<std::string>("x")).member("d", std::optional<bool>(false)).end_object();
  EXPECT_EQ(text, R"({"a":0.5,"b":null,"c":"x","d":false})");
}

}  // namespace write_test
