// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/punycode.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace punycode_test {

using evalpp::json::detail::decode_punycode;
using evalpp::json::detail::encode_punycode;
using evalpp::json::detail::label_text;
using evalpp::json::detail::max_label;

label_text label(std::u32string_view text) {
  label_text out;
  for (const char32_t c : text) EXPECT_TRUE(out.push_back(c));
  return out;
}

std::u32string text(const label_text& label) { return {label.begin(), label.end()}; }

TEST(json_punycode, goes_both_ways) {
  const struct {
    std::u32string_view decoded;
    std::string_view encoded;
  } cases[] = {
      {U"b\u00FCcher", "bcher-kva"},     {U"\u00FC", "tda"},   {U"stra\u00DFe", "strae-oqa"},
      {U"\u4E2D\u56FD", "fiqs8s"},  // "xn--fiqs8s", the top-level domain of China
      {U"\u05D0\u05F3\u05D1", "4dbc5h"}, {U"ascii", "ascii-"},
  };
  for (const auto& c : cases) {
    const auto encoded = encode_punycode(label(c.decoded));
    ASSERT_TRUE(encoded) << c.encoded;
    EXPECT_EQ(encoded->view(), c.encoded);
    const auto decoded = decode_punycode(c.encoded);
    ASSERT_TRUE(decoded) << c.encoded;
    EXPECT_EQ(text(*decoded), c.decoded) << c.encoded;
  }
}

TEST(json_punycode, reads_digits_of_either_case_and_lowers_letters) {
  const auto decoded = decode_punycode("BCHER-KVA");
  ASSERT_TRUE(decoded);
  EXPECT_EQ(text(*decoded), U"b\u00FCcher");
}

TEST(json_punycode, refuses_what_is_none) {
  for (const std::string_view bad : {"X", "a-b!", "\xC3\xA9-a", "a-\xC3\xA9", "99999999", "-9uc"}) {
    EXPECT_FALSE(decode_punycode(bad)) << bad;
  }
  // The last code point is U+10FFFF; one more is too many.
  label_text last;
  ASSERT_TRUE(last.push_back(0x10FFFF));
  auto encoded = encode_punycode(last);
  ASSERT_TRUE(encoded);
  ASSERT_TRUE(decode_punycode(encoded->view()));
  EXPECT_EQ((*decode_punycode(encoded->view()))[0], 0x10FFFFU);
}

TEST(json_punycode, ends_where_a_label_ends) {
  EXPECT_TRUE(decode_punycode(std::string(max_label, 'b') + "-"));
  EXPECT_FALSE(decode_punycode(std::string(max_label + 1, 'b') + "-"));
  EXPECT_FALSE(decode_punycode(std::string(max_label, 'b') + "-a"));
  EXPECT_FALSE(decode_punycode(std::string(1 << 20, 'a')));
  label_text wide;
  for (char32_t c = 0x4E00; wide.size < max_label; c += 0x151) ASSERT_TRUE(wide.push_back(c));
  EXPECT_FALSE(wide.push_back('a'));
  EXPECT_FALSE(encode_punycode(wide));
}

}  // namespace punycode_test
