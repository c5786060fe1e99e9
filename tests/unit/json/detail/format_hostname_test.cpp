// SPDX-License-Identifier: MIT
#include <evalpp/json/format.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace format_hostname_test {

using evalpp::json::check_format;
using evalpp::json::format;

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

std::string repeated(std::string_view piece, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += piece;
  return text;
}

TEST(json_format_hostname, has_labels_of_letters_digits_and_hyphens) {
  for (const format f : {format::hostname, format::idn_hostname}) {
    expect_valid(f, {"a", "A.b-C.1", "123.45", "a-1", "a--b", "abc--d"});
    expect_faults(f, {{"", 0},
                      {".", 0},
                      {".a", 0},
                      {"a.", 2},
                      {"a..b", 2},
                      {"-a", 0},
                      {"a-", 1},
                      {"a-.b", 1},
                      {"b.-a", 2},
                      {"a_b", 1},
                      {"a b", 1}});
  }
}

TEST(json_format_hostname, has_limits) {
  const std::string label(63, 'a');
  const std::string over = label + "a";
  const std::string name = label + "." + label + "." + label + "." + std::string(61, 'a');
  ASSERT_EQ(name.size(), 253U);
  const std::string longer = name + "a";
  for (const format f : {format::hostname, format::idn_hostname}) {
    expect_valid(f, {label, name});
    expect_faults(f, {{over, 63}});
    EXPECT_FALSE(check_format(f, longer).valid);
  }
  EXPECT_EQ(check_format(format::hostname, longer).offset, 253U);
}

TEST(json_format_hostname, asks_a_labels_for_a_u_label) {
  expect_valid(format::hostname,
               {"xn--bcher-kva.example", "XN--BCHER-KVA", "xn--fiqs8s", "xn--ll-0ea", "ab--c"});
  expect_faults(format::hostname, {{"xn--a", 0},  // no Punycode
                                   {"b.xn--ascii-a", 2},
                                   {"xn--al-0ea", 0},  // "a" MIDDLE DOT "l"
                                   {"xn--7a", 0},      // disallowed
                                   {"xn--e-ccb", 0},   // "e", combining acute
                                   {"xn---9uc", 0}});  // another encoding of the same
  // Drafts 4 and 6 know no A-labels.
  EXPECT_TRUE(check_format(format::hostname, "xn--a", false).valid);
  EXPECT_TRUE(check_format(format::hostname, "xn--7a.b", false).valid);
  EXPECT_FALSE(check_format(format::hostname, "xn--", false).valid);
}

TEST(json_format_hostname, keeps_the_bidi_rule_in_every_label_or_in_none) {
  expect_valid(format::hostname, {"0a.b", "a.xn--4db"});
  expect_faults(format::hostname, {{"0a.xn--4db", 0}, {"b.0a.xn--4db", 2}, {"xn--4db.0a", 8}});
  expect_valid(format::idn_hostname, {"\xD7\x90.a", "a.\xD7\x90", "0a.\xC3\xA9"});
  expect_faults(format::idn_hostname,
                {{"0a.\xD7\x90", 0}, {"\xD7\x90.0a", 3}, {"a\xD7\x90", 0}, {"0a.xn--4db", 0}});
}

TEST(json_format_idn_hostname, has_four_separators) {
  expect_valid(format::idn_hostname, {"a.b",
                                      "a\xE3\x80\x82"
                                      "b",
                                      "a\xEF\xBC\x8E"
                                      "b",
                                      "a\xEF\xBD\xA1"
                                      "b",
                                      "\xC3\xA9\xE3\x80\x82\xC3\xA9"});
  expect_faults(format::idn_hostname, {{"\xE3\x80\x82", 0}, {"a\xE3\x80\x82", 4}, {"a\xEF\xBC\x8E.b", 4}});
  expect_faults(format::hostname, {{"a\xE3\x80\x82"
                                    "b",
                                    1}});
}

TEST(json_format_idn_hostname, keeps_hyphens_3_4_for_a_labels) {
  expect_valid(format::idn_hostname, {"xn--bcher-kva", "a--b", "abc--d"});
  expect_faults(format::idn_hostname, {{"ab--c", 0},
                                       {"xn--a", 0},
                                       {"xn--\xC3\xA9", 2},
                                       {"\xC3\xA9"
                                        "a--b",
                                        3}});
}

TEST(json_format_idn_hostname, does_not_map) {
  expect_valid(format::idn_hostname, {"stra\xC3\x9F"
                                      "e.de",
                                      "Example.b\xC3\xBC"
                                      "cher"});
  expect_faults(format::idn_hostname, {{"B\xC3\xBC"
                                        "cher",
                                        0},  // upper case
                                       {"b\xC3\x9C"
                                        "cher",
                                        1},
                                       {"a.\xEF\xBD\x81", 2},        // FULLWIDTH SMALL A
                                       {"cafe\xCC\x81", 0},          // not in NFC
                                       {"\xC3\xA9\xE2\x98\x83", 2},  // SNOWMAN
                                       {"\xC3\xA9 ", 2},
                                       {"\xC3\xA9_", 2},
                                       {"a\xC3", 1}});
}

TEST(json_format_idn_hostname, counts_a_labels) {
  // The A-label of n times U+00FC has n + 6 octets: "xn--tda" for one, a digit more for each.
  const std::string most = repeated("\xC3\xBC", 57);
  const std::string over = repeated("\xC3\xBC", 58);
  const std::string far_over = repeated("\xC3\xBC", 100);
  expect_valid(format::idn_hostname, {most});
  expect_faults(format::idn_hostname, {{over, 0}, {far_over, 126}});
  const std::string name = repeated(most + ".", 3) + std::string(61, 'a');
  const std::string longer = name + "a";
  expect_valid(format::idn_hostname, {name});
  EXPECT_FALSE(check_format(format::idn_hostname, longer).valid);
}

}  // namespace format_hostname_test
