// SPDX-License-Identifier: MIT
#include <evalpp/json/format.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace format_test {

using evalpp::json::check_format;
using evalpp::json::format;
using evalpp::json::format_of;
using namespace std::string_view_literals;

void expect_valid(format f, std::initializer_list<std::string_view> texts) {
  for (const std::string_view text : texts) {
    const auto check = check_format(f, text);
    EXPECT_TRUE(check.valid) << to_string(f) << ": '" << text << "', fault at " << check.offset;
  }
}

struct fault {
  std::string_view text;
  std::size_t offset;
};

void expect_faults(format f, std::initializer_list<fault> faults) {
  for (const fault& expected : faults) {
    const auto check = check_format(f, expected.text);
    EXPECT_FALSE(check.valid) << to_string(f) << ": '" << expected.text << "'";
    EXPECT_EQ(check.offset, expected.offset) << to_string(f) << ": '" << expected.text << "'";
  }
}

TEST(json_format, has_names_and_descriptions) {
  for (int i = 0; i <= static_cast<int>(format::regex); ++i) {
    const format f = static_cast<format>(i);
    EXPECT_EQ(format_of(to_string(f)), f);
    EXPECT_FALSE(description(f).empty());
  }
  EXPECT_EQ(to_string(format::date_time), "date-time");
  EXPECT_EQ(to_string(format::relative_json_pointer), "relative-json-pointer");
  EXPECT_EQ(to_string(format::regex), "regex");
  EXPECT_EQ(description(format::date), "a date (YYYY-MM-DD, RFC 3339)");
  for (const std::string_view unknown : {"", "Date", "date_time", "int32", "date ", "color"}) {
    EXPECT_EQ(format_of(unknown), std::nullopt) << unknown;
  }
  EXPECT_EQ(evalpp::json::format_unicode_version, "15.0.0");
}

TEST(json_format, is_of_the_whole_text) {
  const struct {
    format f;
    std::string_view text;
  } valid[] = {
      {format::date_time, "2024-05-06T07:08:09Z"},
      {format::date, "2024-05-06"},
      {format::time, "07:08:09Z"},
      {format::duration, "P1D"},
      {format::email, "a@b"},
      {format::idn_email, "a@b"},
      {format::hostname, "b"},
      {format::idn_hostname, "b"},
      {format::ipv4, "1.2.3.4"},
      {format::ipv6, "::"},
      {format::uri, "a:b"},
      {format::uri_reference, "b"},
      {format::iri, "a:b"},
      {format::iri_reference, "b"},
      {format::uri_template, "b"},
      {format::uuid, "01234567-89ab-cdef-0123-456789abcdef"},
      {format::relative_json_pointer, "1"},
  };
  for (const auto& [f, text] : valid) {
    expect_valid(f, {text});
    for (const std::string_view around : {"\n"sv, " "sv, "\0"sv, "\r"sv}) {
      const std::string behind = std::string(text) + std::string(around);
      expect_faults(f, {{behind, text.size()}});
      const std::string before = std::string(around) + std::string(text);
      expect_faults(f, {{before, 0}});
    }
  }
}

TEST(json_format, date_is_gregorian) {
  expect_valid(format::date,
               {"2024-02-29", "2000-02-29", "0000-02-29", "0001-01-01", "9999-12-31", "2023-04-30"});
  expect_faults(format::date, {{"", 0},
                               {"2023-02-29", 8},
                               {"1900-02-29", 8},
                               {"2023-04-31", 8},
                               {"2023-00-01", 5},
                               {"2023-13-01", 5},
                               {"2023-01-00", 8},
                               {"2023-01-32", 8},
                               {"2023-1-01", 6},
                               {"2023-01-1", 9},
                               {"02023-01-01", 4},
                               {"-2023-01-01", 0},
                               {"2023/01/01", 4},
                               {"20230101", 4},
                               {"2023-01-01T", 10},
                               {"2023-01-0\xE0\xA7\xAA", 9}});
}

TEST(json_format, time_has_an_offset) {
  expect_valid(format::time, {"00:00:00Z", "23:59:59z", "12:34:56+23:59", "12:34:56-00:00", "12:34:56.1Z",
                              "12:34:56.000000000000000000000000000001-08:30"});
  expect_faults(format::time, {{"12:34:56", 8},
                               {"12:34:56.Z", 9},
                               {"12:34:56,1Z", 8},
                               {"24:00:00Z", 0},
                               {"12:60:00Z", 3},
                               {"12:00:61Z", 6},
                               {"12:00Z", 5},
                               {"1:00:00Z", 1},
                               {"12:34:56+24:00", 9},
                               {"12:34:56+10:60", 12},
                               {"12:34:56+10", 11},
                               {"12:34:56+1000", 11},
                               {"12:34:56Z+01:00", 9},
                               {"12:34:56 Z", 8}});
}

TEST(json_format, a_leap_second_ends_a_day_in_utc) {
  expect_valid(format::time, {"23:59:60Z", "23:59:60.999Z", "00:59:60+01:00", "18:29:60-05:30",
                              "00:00:60+00:01", "23:58:60-00:01", "23:59:60-00:00"});
  expect_faults(format::time,
                {{"23:58:60Z", 6}, {"00:59:60-01:00", 6}, {"23:59:60+01:00", 6}, {"00:00:60Z", 6}});
  expect_valid(format::date_time, {"1998-12-31T23:59:60Z", "2024-05-06T23:59:60Z"});
  expect_faults(format::date_time, {{"1998-12-31T23:58:60Z", 17}});
}

TEST(json_format, date_time_joins_them_with_t) {
  expect_valid(format::date_time, {"2024-05-06t07:08:09.5+00:20", "0000-01-01T00:00:00Z"});
  expect_faults(format::date_time, {{"2024-05-06 07:08:09Z", 10},
                                    {"2024-05-06", 10},
                                    {"2024-02-30T07:08:09Z", 8},
                                    {"2024-05-06T07:08:09", 19},
                                    {"2024-05-06T25:08:09Z", 11}});
}

TEST(json_format, duration_has_no_gaps) {
  expect_valid(format::duration, {"P1Y", "P1Y2M3D", "P2M3D", "P1DT1H", "PT1H2M3S", "PT2M3S", "P007W", "PT0S",
                                  "P1YT1S", "P99999999999999999999999999D"});
  expect_faults(format::duration, {{"P", 1},
                                   {"PT", 2},
                                   {"P1", 2},
                                   {"P1DT", 4},
                                   {"P1Y2D", 4},
                                   {"PT1H2S", 5},
                                   {"P1M1Y", 4},
                                   {"P1H", 2},
                                   {"PT1D", 3},
                                   {"P1W1D", 3},
                                   {"P1WT1H", 3},
                                   {"P1Y1W", 4},
                                   {"PT1.5S", 3},
                                   {"-P1D", 0},
                                   {"P-1D", 1},
                                   {"P1D1D", 4},
                                   {"p1d", 0}});
}

TEST(json_format, ipv4_is_four_decimals) {
  expect_valid(format::ipv4, {"0.0.0.0", "255.255.255.255", "1.20.200.249"});
  expect_faults(format::ipv4, {{"", 0},
                               {"1.2.3", 5},
                               {"1.2.3.4.5", 7},
                               {"256.1.1.1", 2},
                               {"1.2.3.1000", 9},
                               {"01.2.3.4", 1},
                               {"1.2.3.00", 7},
                               {"1..2.3", 2},
                               {"0x7f.0.0.1", 1},
                               {"1.2.3.\xEF\xBC\x91", 6},
                               {"1.2.3.4/24", 7}});
}

TEST(json_format, ipv6_has_eight_groups) {
  expect_valid(format::ipv6, {"::", "::1", "1::", "1:2:3:4:5:6:7:8", "1::8", "1:2:3:4:5:6:7::",
                              "::2:3:4:5:6:7:8", "1:2:3:4::6:7:8", "ABCD:ef01::", "::1.2.3.4",
                              "1:2:3:4:5:6:1.2.3.4", "::ffff:255.0.0.9", "1::6:1.2.3.4"});
  expect_faults(format::ipv6, {{"", 0},
                               {":", 0},
                               {":1", 0},
                               {"1", 1},
                               {"1:", 2},
                               {"1:2:3:4:5:6:7", 13},
                               {"1:2:3:4:5:6:7:", 14},
                               {"1:2:3:4:5:6:7:8:9", 15},
                               {"1::2::3", 5},
                               {":::", 2},
                               {"1:::2", 3},
                               {"12345::", 4},
                               {"::g", 2},
                               {"1:2:3:4:5:6:7:8::", 15},
                               {"1:2:3:4::5:6:7:8", 14},
                               {"1:2:3:4:5:6:7::8", 15},
                               {"1:2:3:4:5:1.2.3.4", 11},
                               {"1:2:3:4:5::6:1.2.3.4", 14},
                               {"1:2:3:4:5:6:7:1.2.3.4", 15},
                               {"::1.2.3", 7},
                               {"::1.2.3.04", 9},
                               {"::1.2.3.256", 10},
                               {"1.2.3.4", 1},
                               {"1.2.3.4::", 1},
                               {"::%eth0", 2},
                               {"::/64", 2},
                               {"[::]", 0}});
}

TEST(json_format, email_is_a_mailbox) {
  const std::string local(64, 'a');
  const std::string full = local + "@b";
  const std::string over = "a" + full;
  expect_valid(format::email,
               {"a@b", "a.b@c.d", "!#$%&'*+-/=?^_`{|}~@x", "\"\"@x", "\" @..\"@x", "\"\\\"\\\\\"@x",
                "a@[1.2.3.4]", "a@[IPv6:::1]", "a@[ipv6:1::1.2.3.4]", "a@1", "a@b--c", full});
  expect_faults(format::email, {{"", 0},
                                {"a", 1},
                                {"@b", 0},
                                {"a@", 2},
                                {".a@b", 0},
                                {"a.@b", 2},
                                {"a..b@c", 2},
                                {"a b@c", 1},
                                {"a@b@c", 3},
                                {"\"a@b", 4},
                                {"\"a\"b@c", 3},
                                {"\"\\\xC3\xA9\"@c", 2},
                                {"\"\t\"@c", 1},
                                {"a@-b", 2},
                                {"a@b-", 3},
                                {"a@b-.c", 3},
                                {"a@b.", 4},
                                {"a@b_c", 3},
                                {"a@[1.2.3.256]", 11},
                                {"a@[::1]", 3},
                                {"a@[IPv6:::1", 11},
                                {"a@[x:y]", 3},
                                {"\xC3\xA9@b", 0},
                                {"a@\xC3\xA9", 2},
                                {over, 64}});
}

TEST(json_format, idn_email_takes_anything_beyond_ascii) {
  std::string local;
  for (int i = 0; i < 32; ++i) local += "\xC3\xA9";
  const std::string full = local + "@b";  // 64 octets, 32 characters
  const std::string over = "a" + local + "@b";
  expect_valid(format::idn_email, {"\xC3\xA9@\xC3\xA9.b", "\"\xC3\xA9 \"@b", "\xC2\x85@b", "\xEF\xBF\xBF@b",
                                   "a@cafe\xCC\x81.b", "a@b", full});
  expect_faults(format::idn_email, {{over, 64},
                                    {"a\xEF\xBC\xA0"
                                     "b",
                                     5},  // FULLWIDTH COMMERCIAL AT is no '@'
                                    {"\xC3\xA9.@b", 3},
                                    {"a@\xC3\xA9-", 4},
                                    {"a@\xC3\xA9_", 4}});
}

TEST(json_format, uuid_is_32_digits) {
  expect_valid(format::uuid,
               {"00000000-0000-0000-0000-000000000000", "FFFFFFFF-ffff-FFFF-ffff-ffffffffffff"});
  expect_faults(format::uuid, {{"", 0},
                               {"urn:uuid:00000000-0000-0000-0000-000000000000", 0},
                               {"0000000-00000-0000-0000-000000000000", 7},
                               {"00000000-0000-0000-0000-00000000000", 35},
                               {"00000000-0000-0000-0000-0000000000000", 36},
                               {"00000000-0000-0000-g000-000000000000", 19},
                               {"{00000000-0000-0000-0000-000000000000}", 0}});
}

TEST(json_format, uri_has_a_scheme) {
  expect_valid(format::uri, {"a:", "a+-.1:b", "urn:x:y", "http://", "file:///etc/hosts", "a:/b", "a:b//c",
                             "a://@:", "a://u:p@h:80/p?q#f", "a:?#", "a:#?", "a:%41",
                             "a://999.999.999.999:", "a://%41/", "a:b@c:d", "data:,;=!$&'()*+~_-."});
  expect_faults(format::uri,
                {{"", 0},     {":", 0},       {"a", 1},           {"1a:", 0},        {"a_b:c", 1},
                 {"/a:b", 0}, {"//h", 0},     {"a:b c", 3},       {"a:%4", 2},       {"a:%4g", 2},
                 {"a:%", 2},  {"a:b#c#d", 5}, {"a:[::1]", 2},     {"a://h/[", 6},    {"a:?[", 3},
                 {"a:#]", 3}, {"a:\\", 2},    {"a:\"<>^`{|}", 2}, {"a:\xC3\xA9", 2}, {"a:\x7F", 2}});
}

TEST(json_format, uri_has_one_authority) {
  expect_valid(format::uri, {"a://[::1]", "a://[v1.x]:1", "a://[V1f.a:b~]/", "a://u@[::]", "a://[::1.2.3.4]?",
                             "a://u:p:q@h"});
  expect_faults(format::uri, {{"a://u@v@h", 7},
                              {"a://h:80a", 8},
                              {"a://h:8:0", 7},
                              {"a://[::1", 8},
                              {"a://[::1]x", 9},
                              {"a://[::1%25e]", 8},
                              {"a://[::01.2.3.4]", 8},
                              {"a://[1.2.3.4]", 6},
                              {"a://[v.x]", 6},
                              {"a://[v1x]", 7},
                              {"a://[v1.]", 8},
                              {"a://[v1.%41]", 8},
                              {"a://[]", 5},
                              {"a://h[::1]", 5},
                              {"a://[@h", 5}});
}

TEST(json_format, a_reference_may_be_relative) {
  expect_valid(format::uri_reference, {"", "/", "//", "//h:1/p", "?", "#", "a", "a/b:c", "./a:b", "../",
                                       "a@b", "?a:b", "a:b", "g;x=1", "%41"});
  expect_faults(format::uri_reference, {{":", 0},
                                        {"1:b", 1},
                                        {"a%41:b", 4},
                                        {"@:b", 1},
                                        {"//h:x", 4},
                                        {"/[", 1},
                                        {"%", 0},
                                        {"\\\\a", 0},
                                        {"\xC3\xA9", 0}});
}

TEST(json_format, iri_takes_ucschar) {
  expect_valid(format::iri, {"a:\xC3\xA9", "a://\xC3\xA9@\xC3\xA9/\xC3\xA9?\xC3\xA9#\xC3\xA9",
                             "a:?\xEE\x80\x80", "a:?\xF3\xB0\x80\x80", "a:\xF0\x90\x8C\x80", "a:\xEF\xB7\xB0",
                             "a://[::1]", "a:cafe\xCC\x81"});
  expect_faults(format::iri, {{"\xC3\xA9:a", 0},
                              {"a\xC3\xA9:b", 1},
                              {"a:\xEE\x80\x80", 2},   // private use
                              {"a:#\xEE\x80\x80", 3},  // only in queries
                              {"a:\xC2\x85", 2},       // a control
                              {"a:\xEF\xB7\x90", 2},   // a noncharacter
                              {"a:\xEF\xBF\xBF", 2},
                              {"a:\xF0\x9F\xBF\xBF", 2},  // U+1FFFF
                              {"a:\xF3\xA0\x80\x81", 2},  // a tag
                              {"a:\xEF\xBF\xBD", 2},      // U+FFFD
                              {"a:\xC3", 2},
                              {"a://[v1.\xC3\xA9]", 8},
                              {"a://h:\xD9\xA1", 6}});
  expect_valid(format::iri_reference, {"\xC3\xA9", "//\xC3\xA9", "", "\xC3\xA9/a:b"});
  expect_faults(format::iri_reference, {{"\xC3\xA9:b", 2}, {"\\", 0}});
}

TEST(json_format, uri_template_has_expressions) {
  expect_valid(format::uri_template, {"", "{a}", "a{+b}c{#d}{.e}{/f}{;g}{?h}{&i}", "{=a}{,a}{!a}{@a}{|a}",
                                      "{a,b,c}", "{a:1}{a:9999}{a*}{a:3,b*}", "{a.b.c}", "{%41_1}", "%41",
                                      "it's", "[]()", "\xC3\xA9\xEE\x80\x80"});
  expect_faults(format::uri_template,
                {{"{", 1},         {"{}", 1},     {"{a", 2},    {"a}", 1},    {"{a,}", 3},  {"{,}", 2},
                 {"{a..b}", 3},    {"{.}", 2},    {"{a.}", 3},  {"{a:}", 3},  {"{a:0}", 3}, {"{a:01}", 3},
                 {"{a:10000}", 7}, {"{a*:1}", 3}, {"{a**}", 3}, {"{a=b}", 2}, {"{a-b}", 2}, {"{\xC3\xA9}", 1},
                 {"{%4}", 1},      {"{{a}}", 1},  {"a b", 1},   {"%", 0},     {"\"", 0},    {"<", 0},
                 {"\\", 0},        {"^", 0},      {"`", 0},     {"|", 0},     {"\x7F", 0},  {"\xC2\x85", 0}});
}

TEST(json_format, json_pointer_escapes_tildes) {
  expect_valid(format::json_pointer, {"", "/", "//", "/~0~1", "/a b\n\"\\%", "/\xF0\x9F\x98\x8E", "/\0a"sv});
  expect_faults(format::json_pointer,
                {{"a", 0}, {"#", 0}, {"~0", 0}, {"/~", 1}, {"/a~2", 2}, {"/~0~~1", 3}, {"\0"sv, 0}});
  expect_valid(format::relative_json_pointer, {"0", "0#", "10", "1/", "120/a~1b", "0//"});
  expect_faults(format::relative_json_pointer, {{"", 0},
                                                {"#", 0},
                                                {"/a", 0},
                                                {"-1", 0},
                                                {"+1", 0},
                                                {"01", 1},
                                                {"00", 1},
                                                {"0a", 1},
                                                {"0##", 2},
                                                {"0#/a", 2},
                                                {"1/~2", 2},
                                                {"\xD9\xA1", 0}});
}

#if __has_include(<evalpp/json/regex.hpp>)
TEST(json_format, regex_is_strict) {
  expect_valid(format::regex, {"", "[]", "[^]", "\\cA", "(?<=a+)b", "(?<n>a)\\k<n>", "\\p{L}", "\\u{1F409}"});
  for (const std::string_view text : {"(?i)a", "(?P<n>a)", "\\a", "(?#c)a", "a{", "]", "[z-a]", "(", "*"}) {
    const auto check = check_format(format::regex, text);
    EXPECT_FALSE(check.valid) << text;
    EXPECT_LE(check.offset, text.size()) << text;
  }
}
#endif

// Four million bytes that a quadratic or recursive check would not survive.
TEST(json_format, takes_long_texts_in_one_pass) {
  const std::size_t size = 1 << 22;
  const std::string same(size, 'a');
  const std::string digits(size, '1');
  std::string dots;
  for (std::size_t i = 0; i < size / 2; ++i) dots += "a.";
  for (int i = 0; i < static_cast<int>(format::regex); ++i) {
    const format f = static_cast<format>(i);
    for (const std::string_view text :
         {std::string_view(same), std::string_view(digits), std::string_view(dots)}) {
      EXPECT_LE(check_format(f, text).offset, text.size());
    }
  }
  EXPECT_EQ(check_format(format::hostname, same).offset, 63U);
  EXPECT_EQ(check_format(format::hostname, dots).offset, 253U);
  EXPECT_TRUE(check_format(format::uri, "a://" + same + "@" + same + ":" + digits + "/" + dots).valid);
  EXPECT_TRUE(check_format(format::duration, "P" + digits + "D").valid);
  EXPECT_TRUE(check_format(format::uri_template, "{" + dots + "a}").valid);
}

}  // namespace format_test
