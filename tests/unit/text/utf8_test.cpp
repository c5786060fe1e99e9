// SPDX-License-Identifier: MIT
#include <evalpp/text/utf8.hpp>

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace utf8_test {

namespace text = evalpp::text;

std::vector<char32_t> decode(std::string_view bytes) {
  std::vector<char32_t> out;
  text::decode_utf8(bytes, out);
  return out;
}

TEST(utf8, encodes_and_decodes_every_code_point) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    char bytes[text::max_utf8_length];
    const std::size_t length = text::encode_utf8(c, bytes);
    const text::utf8_step step = text::decode_utf8(bytes, bytes + length);
    ASSERT_EQ(step.code_point, c);
    ASSERT_EQ(step.length, length);
    ASSERT_TRUE(step.well_formed);
    ASSERT_EQ(length, c < 0x80 ? 1U : c < 0x800 ? 2U : c < 0x10000 ? 3U : 4U);
  }
}

TEST(utf8, replaces_what_cannot_be_encoded) {
  for (const char32_t c : {char32_t{0xD800}, char32_t{0xDFFF}, char32_t{0x110000}, char32_t{0xFFFFFFFF}}) {
    std::string out;
    text::append_utf8(out, c);
    EXPECT_EQ(out, "\xEF\xBF\xBD");
  }
}

// The examples of the Unicode standard, section 3.9, tables 3-8 to 3-11, and what Python 3 makes of
// b"...".decode(errors="replace").
TEST(utf8, replaces_each_maximal_subpart) {
  constexpr char32_t bad = text::replacement_character;
  using points = std::vector<char32_t>;
  EXPECT_EQ(decode("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41"),
            (points{bad, bad, bad, bad, bad, bad, bad, bad, 'A'}));
  EXPECT_EQ(decode("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41"),
            (points{bad, bad, bad, bad, bad, bad, bad, bad, 'A'}));
  EXPECT_EQ(decode("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42"),
            (points{bad, bad, bad, bad, bad, 'A', bad, bad, 'B'}));
  EXPECT_EQ(decode("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41"), (points{bad, bad, bad, bad, 'A'}));
  EXPECT_EQ(decode("\xE2\x82"), (points{bad}));
  EXPECT_EQ(decode("\xF0\x9F\x98"), (points{bad}));
  EXPECT_EQ(decode("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64"),
            (points{'a', bad, bad, bad, 'b', bad, 'c', bad, bad, 'd'}));
}

TEST(utf8, finds_and_counts_what_is_malformed) {
  EXPECT_TRUE(text::is_valid_utf8(""));
  EXPECT_TRUE(text::is_valid_utf8("a\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80"));
  EXPECT_EQ(text::first_invalid_utf8("a\xC3\xA9\xC3"), 3U);
  EXPECT_EQ(text::first_invalid_utf8(std::string(100, 'x') + "\xFF" + std::string(100, 'x')), 100U);
  EXPECT_EQ(text::first_invalid_utf8(std::string(100, 'x')), std::string_view::npos);
  EXPECT_EQ(text::count_utf8("a\xFF\xE2\x82z"), (text::utf8_counts{.code_points = 4, .malformed = 2}));
  std::vector<char32_t> out;
  EXPECT_EQ(text::decode_utf8("a\xFF\xE2\x82z", out), 2U);
}

static_assert(text::count_utf8("constant\x80") == text::utf8_counts{.code_points = 9, .malformed = 1});

// A naive decoder: the longest well-formed sequence, else the longest beginning of one, else a byte.
bool begins_well_formed(std::string_view bytes, bool whole) {
  const auto in = [](char c, unsigned low, unsigned high) {
    return static_cast<unsigned char>(c) >= low && static_cast<unsigned char>(c) <= high;
  };
  struct row {
    unsigned first_low, first_high, second_low, second_high;
    std::size_t length;
  };
  static constexpr row rows[] = {
      {0x00, 0x7F, 0, 0, 1},       {0xC2, 0xDF, 0x80, 0xBF, 2}, {0xE0, 0xE0, 0xA0, 0xBF, 3},
      {0xE1, 0xEC, 0x80, 0xBF, 3}, {0xED, 0xED, 0x80, 0x9F, 3}, {0xEE, 0xEF, 0x80, 0xBF, 3},
      {0xF0, 0xF0, 0x90, 0xBF, 4}, {0xF1, 0xF3, 0x80, 0xBF, 4}, {0xF4, 0xF4, 0x80, 0x8F, 4}};
  for (const row& r : rows) {
    if (!in(bytes[0], r.first_low, r.first_high) || bytes.size() > r.length) continue;
    if (whole && bytes.size() != r.length) continue;
    if (bytes.size() > 1 && !in(bytes[1], r.second_low, r.second_high)) continue;
    bool fine = true;
    for (std::size_t i = 2; i < bytes.size(); ++i) fine = fine && in(bytes[i], 0x80, 0xBF);
    if (fine) return true;
  }
  return false;
}

TEST(utf8, steps_as_a_naive_decoder_does) {
  const std::string alphabet =
      "a\x7F\x80\x8F\x90\x9F\xA0\xBF\xC0\xC1\xC2\xDF\xE0\xE1\xED\xEE\xF0\xF1\xF4\xF5\xFF";
  const std::size_t n = alphabet.size();
  for (std::size_t code = 0; code < n * n * n * n; ++code) {
    const std::string bytes = {alphabet[code % n], alphabet[code / n % n], alphabet[code / n / n % n],
                               alphabet[code / n / n / n]};
    const std::string_view view = bytes;
    std::size_t length = 0;
    bool whole = false;
    for (std::size_t k = 1; k <= 4; ++k) {
      if (begins_well_formed(view.substr(0, k), true)) {
        length = k;
        whole = true;
      }
    }
    for (std::size_t k = 1; k <= 4 && !whole; ++k) {
      if (begins_well_formed(view.substr(0, k), false)) length = k;
    }
    const text::utf8_step step = text::decode_utf8(bytes.data(), bytes.data() + bytes.size());
    ASSERT_EQ(step.length, length == 0 ? 1 : length);
    ASSERT_EQ(step.well_formed, whole);
  }
}

}  // namespace utf8_test
