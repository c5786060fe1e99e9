// SPDX-License-Identifier: MIT
#include <evalpp/text/whitespace.hpp>

#include <evalpp/text/utf8.hpp>

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace whitespace_test {

namespace text = evalpp::text;

TEST(whitespace, is_the_set_of_python) {
  std::set<char32_t> wanted = {0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000};
  for (char32_t c = 0x09; c <= 0x0D; ++c) wanted.insert(c);
  for (char32_t c = 0x1C; c <= 0x20; ++c) wanted.insert(c);
  for (char32_t c = 0x2000; c <= 0x200A; ++c) wanted.insert(c);
  for (char32_t c = 0; c <= 0x10FFFF; ++c)
    ASSERT_EQ(text::is_whitespace(c), wanted.contains(c)) << std::uint32_t{c};
}

TEST(whitespace, is_found_in_bytes_as_in_code_points) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    char bytes[text::max_utf8_length] = {};
    const std::size_t length = text::encode_utf8(c, bytes);
    ASSERT_EQ(text::whitespace_length(bytes, bytes + length), text::is_whitespace(c) ? length : 0)
        << std::uint32_t{c};
    // Cut short it is none, whatever lies behind.
    if (length > 1) {
      ASSERT_EQ(text::whitespace_length(bytes, bytes + length - 1), 0U) << std::uint32_t{c};
    }
  }
}

TEST(whitespace, is_stripped_from_the_ends) {
  const std::string padded =
      " \t\xC2\xA0\xE3\x80\x80"
      "a b\xE2\x80\x83\xC2\x85\x1F\n";
  EXPECT_EQ(text::strip(padded), "a b");
  EXPECT_EQ(text::lstrip(" a "), "a ");
  EXPECT_EQ(text::rstrip(" a "), " a");
  EXPECT_EQ(text::rstrip("\xE2\x80\x8B"), "\xE2\x80\x8B");
  EXPECT_EQ(text::strip(" \xE1\x9A\x80 "), "");
  EXPECT_EQ(text::strip(""), "");
  // Bytes that are only part of a whitespace character stay.
  EXPECT_EQ(text::rstrip("a\x85"), "a\x85");
  EXPECT_EQ(text::rstrip("a\xE2\x80"), "a\xE2\x80");
}

static_assert(text::strip(" constant ") == "constant");

}  // namespace whitespace_test
