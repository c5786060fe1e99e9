// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/idna.hpp>

#include <gtest/gtest.h>
#include <initializer_list>
#include <string_view>

namespace idna_test {

namespace detail = evalpp::json::detail;
using detail::idna_category;
using detail::idna_category_of;

detail::label_text label(std::u32string_view text) {
  detail::label_text out;
  for (const char32_t c : text) EXPECT_TRUE(out.push_back(c));
  return out;
}

bool is_u_label(std::u32string_view text) { return detail::find_label_fault(label(text)) == text.size(); }
bool is_nfc(std::u32string_view text) { return detail::is_nfc(label(text)); }

void expect_category(idna_category expected, std::initializer_list<char32_t> code_points) {
  for (const char32_t c : code_points) {
    EXPECT_EQ(idna_category_of(c), expected) << std::hex << static_cast<unsigned>(c);
  }
}

TEST(json_idna, has_the_categories_of_rfc_5892) {
  expect_category(idna_category::pvalid, {'a', 'z', '0', '9', '-', 0xDF, 0x3C2, 0x6FD, 0x6FE, 0xF0B, 0x3007,
                                          0xE9, 0x4E00, 0xAC00, 0x30FC});
  expect_category(idna_category::context_j, {0x200C, 0x200D});
  expect_category(idna_category::context_o, {0xB7, 0x375, 0x5F3, 0x5F4, 0x30FB, 0x660, 0x669, 0x6F0, 0x6F9});
  expect_category(idna_category::disallowed,
                  {0x640, 0x7FA, 0x302E, 0x302F, 0x3031, 0x3035, 0x303B});          // exceptions
  expect_category(idna_category::disallowed, {0x378, 0xE0080, 0x2FFFF, 0x10FFFF});  // unassigned
  expect_category(idna_category::disallowed, {0, ' ', '.', '_', 'A', 'Z', '@', 0x7F});
  expect_category(idna_category::disallowed, {0xC9, 0x212A, 0xFF21, 0x2126, 0x1E9E, 0x132});  // unstable
  expect_category(idna_category::disallowed,
                  {0xAD, 0x34F, 0x180B, 0x2060, 0xFE0F, 0xE0100, 0xFFFE});       // ignorable
  expect_category(idna_category::disallowed, {0x20D0, 0x1D165, 0x1D242});        // ignorable blocks
  expect_category(idna_category::disallowed, {0x1100, 0x1161, 0x11A8, 0xA960});  // old Jamo
  expect_category(idna_category::disallowed,
                  {0xD7, 0x2603, 0x1F600, 0xE000, 0xD800});  // neither letter nor digit
}

TEST(json_idna, knows_what_is_normalized) {
  EXPECT_TRUE(is_nfc(U"caf\u00E9"));
  EXPECT_FALSE(is_nfc(U"cafe\u0301"));
  EXPECT_TRUE(is_nfc(U"x\u0301"));  // composes with nothing
  EXPECT_TRUE(is_nfc(U"\u0301"));
  EXPECT_FALSE(is_nfc(U"x\u0301\u0323"));  // dot below goes before acute
  EXPECT_TRUE(is_nfc(U"x\u0323\u0301"));
  EXPECT_FALSE(is_nfc(U"\u00EA\u0323"));          // no pair, but the circumflex comes off and goes on again
  EXPECT_FALSE(is_nfc(U"\u00E7\u0301"));          // U+1E09
  EXPECT_TRUE(is_nfc(U"\u00E1\u0327"));           // no cedilla comes under a, the acute stays on
  EXPECT_FALSE(is_nfc(U"a\u0315\u0300"));         // not in order
  EXPECT_FALSE(is_nfc(U"a\u0334\u0301"));         // U+0334 has class 1 and does not block: U+00E1 U+0334
  EXPECT_TRUE(is_nfc(U"\u00E1\u0301"));           // the second acute finds no composite
  EXPECT_FALSE(is_nfc(U"\u09C7\u09BE"));          // two starters compose, U+09CB
  EXPECT_TRUE(is_nfc(U"\u09C7\u0981\u09BE"));     // not across a third
  EXPECT_FALSE(is_nfc(U"\u0DD9\u0DCF\u0DCA"));    // in two steps, U+0DDD
  EXPECT_FALSE(is_nfc(U"\U00011131\U00011127"));  // beyond the basic plane, U+1112E
}

TEST(json_idna, names_the_fault_of_a_label) {
  EXPECT_EQ(detail::find_label_fault(label(U"a\u00E9\u2603b")), 2U);
  EXPECT_EQ(detail::find_label_fault(label(U"-\u00E9")), 0U);
  EXPECT_EQ(detail::find_label_fault(label(U"\u00E9-")), 1U);
  EXPECT_EQ(detail::find_label_fault(label(U"\u00E9a--b")), 2U);
  EXPECT_EQ(detail::find_label_fault(label(U"\u00E9aa--b")), 6U);  // none
  EXPECT_EQ(detail::find_label_fault(label(U"\u0300a")), 0U);      // a mark
  EXPECT_EQ(detail::find_label_fault(label(U"e\u0301")), 0U);      // not in NFC
  EXPECT_EQ(detail::find_label_fault(label(U"l\u00B7a")), 1U);
  EXPECT_EQ(detail::find_label_fault(label(U"\u00E9B")), 1U);  // upper case is unstable
}

TEST(json_idna, asks_for_context) {
  EXPECT_TRUE(is_u_label(U"l\u00B7l"));
  EXPECT_FALSE(is_u_label(U"\u00B7l"));
  EXPECT_FALSE(is_u_label(U"l\u00B7"));
  EXPECT_FALSE(is_u_label(U"l\u00B7l\u00B7"));  // each of them
  EXPECT_TRUE(is_u_label(U"\u0375\u03B2"));
  EXPECT_FALSE(is_u_label(U"\u03B2\u0375"));
  EXPECT_FALSE(is_u_label(U"\u0375b"));
  for (const char32_t mark : {U'\u05F3', U'\u05F4'}) {
    const char32_t behind[] = {U'\u05D0', mark};
    const char32_t before[] = {mark, U'\u05D0'};
    EXPECT_TRUE(is_u_label({behind, 2}));
    EXPECT_FALSE(is_u_label({before, 2}));
  }
  EXPECT_TRUE(is_u_label(U"a\u30FB\u3042"));
  EXPECT_TRUE(is_u_label(U"\u30FB\u30A2"));
  EXPECT_TRUE(is_u_label(U"\u4E00\u30FB"));
  EXPECT_FALSE(is_u_label(U"a\u30FBb"));
  EXPECT_FALSE(is_u_label(U"\u30FB\u30FC"));  // the long vowel mark is of no script
  EXPECT_TRUE(is_u_label(U"\u0628\u0660\u0669"));
  EXPECT_TRUE(is_u_label(U"\u0628\u06F0\u06F9"));
  EXPECT_FALSE(is_u_label(U"\u0628\u0660\u06F9"));
  EXPECT_FALSE(is_u_label(U"\u06F0\u0628\u0669"));
}

TEST(json_idna, asks_joiners_for_a_virama_or_neighbours_that_join) {
  EXPECT_TRUE(is_u_label(U"\u0915\u094D\u200D\u0937"));
  EXPECT_TRUE(is_u_label(U"\u0915\u094D\u200C"));
  EXPECT_FALSE(is_u_label(U"\u0915\u200D\u0937"));
  EXPECT_FALSE(is_u_label(U"\u200Da"));
  EXPECT_TRUE(is_u_label(U"\u0628\u200C\u0628"));              // D, D
  EXPECT_TRUE(is_u_label(U"\u0628\u064E\u200C\u064E\u0627"));  // D T, T R
  EXPECT_TRUE(is_u_label(U"\uA872\u200C\uA840"));              // L, D: Phags-pa
  EXPECT_FALSE(is_u_label(U"\u0627\u200C\u0628"));             // R does not join to what follows
  EXPECT_FALSE(is_u_label(U"\u0628\u200C\uA872"));             // L does not join to what precedes
  EXPECT_FALSE(is_u_label(U"\u0628\u200Ca"));
  EXPECT_FALSE(is_u_label(U"\u0628\u200C"));
  EXPECT_FALSE(is_u_label(U"\u200C\u0628"));
  EXPECT_FALSE(is_u_label(U"\u0628\u200D\u0628"));  // only the non-joiner has that rule
}

TEST(json_idna, keeps_the_bidi_rule) {
  const auto direction = [](std::u32string_view text) { return detail::direction_of(label(text)); };
  struct {
    std::u32string_view text;
    bool right_to_left;
    bool keeps_rule;
  } const cases[] = {
      {U"abc", false, true},
      {U"a1", false, true},
      {U"1a", false, false},        // rule 1
      {U"\u0301a", false, false},   // rule 1
      {U"a\u05D0", true, false},    // rule 5
      {U"a\u0660", true, false},    // rule 5
      {U"a-", false, false},        // rule 6
      {U"a-\u0301", false, false},  // rule 6
      {U"a1\u0301", false, true},   // rule 6
      {U"\u05D0", true, true},
      {U"\u05D01", true, true},
      {U"\u0627\u0660", true, true},
      {U"\u0660\u0627", true, false},        // rule 1
      {U"\u05D0a\u05D0", true, false},       // rule 2
      {U"\u05D0-", true, false},             // rule 3
      {U"\u05D0-\u05D0\u05B0", true, true},  // rule 3
      {U"\u06271\u0660", true, false},       // rule 4
      {U"\u06F01", false, false},            // EN, as the other digits of Arabic are not
  };
  for (const auto& c : cases) {
    EXPECT_EQ(direction(c.text).right_to_left, c.right_to_left) << c.text.size() << (&c - cases);
    EXPECT_EQ(direction(c.text).keeps_rule, c.keeps_rule) << (&c - cases);
  }
}

}  // namespace idna_test
