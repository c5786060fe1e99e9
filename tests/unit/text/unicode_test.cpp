// SPDX-License-Identifier: MIT
#include <evalpp/text/unicode.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>

namespace unicode_test {

namespace text = evalpp::text;
using text::category_group;

static_assert(text::unicode_version == "15.0.0");
static_assert(text::category_group_of(U'a') == category_group::letter);
static_assert(text::simple_lower(U'A') == U'a');

template <class Property>
std::size_t count(Property property) {
  std::size_t n = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) n += property(c) ? std::size_t{1} : std::size_t{0};
  return n;
}

// The totals that DerivedGeneralCategory.txt and DerivedCoreProperties.txt of Unicode 15.0.0 state.
TEST(unicode, has_as_many_code_points_of_each_group_as_the_database_states) {
  EXPECT_EQ(count(text::is_letter), 136104U);
  EXPECT_EQ(count(text::is_mark), 2450U);
  EXPECT_EQ(count(text::is_number), 1831U);
  EXPECT_EQ(count(text::is_punctuation), 842U);
  EXPECT_EQ(count(text::is_symbol), 7770U);
  EXPECT_EQ(count(text::is_cased), 4526U);
  EXPECT_EQ(count(text::is_case_ignorable), 2707U);
  EXPECT_EQ(count([](char32_t c) { return text::simple_lower(c) != c; }), 1433U);
}

TEST(unicode, knows_the_groups_of_some_code_points) {
  EXPECT_EQ(text::category_group_of(U'中'), category_group::letter);
  EXPECT_EQ(text::category_group_of(0x0301), category_group::mark);
  EXPECT_EQ(text::category_group_of(U'²'), category_group::number);
  EXPECT_EQ(text::category_group_of(U'Ⅷ'), category_group::number);
  EXPECT_EQ(text::category_group_of(U'«'), category_group::punctuation);
  EXPECT_EQ(text::category_group_of(U'_'), category_group::punctuation);
  EXPECT_EQ(text::category_group_of(U'€'), category_group::symbol);
  EXPECT_EQ(text::category_group_of(U'+'), category_group::symbol);
  EXPECT_EQ(text::category_group_of(0xFFFD), category_group::symbol);
  EXPECT_EQ(text::category_group_of(0x200B), category_group::other);
  EXPECT_EQ(text::category_group_of(0x1FAE8), category_group::symbol);  // new in 15.0
  EXPECT_EQ(text::category_group_of(0x10FFFF), category_group::other);
  EXPECT_EQ(text::category_group_of(0xFFFFFFFF), category_group::other);
}

TEST(unicode, knows_ranges_that_the_database_abbreviates) {
  EXPECT_TRUE(text::is_letter(0x4E00) && text::is_letter(0x9FFF) && text::is_letter(0xAC00));
  EXPECT_TRUE(text::is_letter(0xD7A3) && !text::is_letter(0xD7A4) && text::is_letter(0x20000));
  EXPECT_TRUE(text::is_letter(0x323AF) && !text::is_letter(0x323B0));
}

TEST(unicode, tells_scripts_without_spaces) {
  EXPECT_TRUE(text::is_unspaced(U'中') && text::is_unspaced(U'か') && text::is_unspaced(U'ー'));
  EXPECT_TRUE(text::is_unspaced(U'ก') && text::is_unspaced(0x1780) && text::is_unspaced(0x20000));
  EXPECT_FALSE(text::is_unspaced(U'한') || text::is_unspaced(U'a') || text::is_unspaced(U'、'));
}

// The expected foldings are those that CaseFolding.txt of Unicode 15.0.0 states.
TEST(unicode, folds_case) {
  const auto fold = [](char32_t c) {
    char32_t out[text::max_fold];
    return std::u32string(out, text::fold_case(c, out));
  };
  EXPECT_EQ(fold(U'A'), U"a");
  EXPECT_EQ(fold(U'z'), U"z");
  EXPECT_EQ(fold(U'É'), U"é");
  EXPECT_EQ(fold(U'中'), U"中");
  EXPECT_EQ(fold(U'µ'), U"μ");  // the micro sign and the letter, the first of the table
  EXPECT_EQ(fold(U'ß'), U"ss");
  EXPECT_EQ(fold(U'ẞ'), U"ss");
  EXPECT_EQ(fold(U'ς'), U"σ");
  EXPECT_EQ(fold(U'Σ'), U"σ");
  EXPECT_EQ(fold(U'ſ'), U"s");
  EXPECT_EQ(fold(0x130), U"i\u0307");
  EXPECT_EQ(fold(U'ﬃ'), U"ffi");
  EXPECT_EQ(fold(0x390), U"\u03B9\u0308\u0301");
  EXPECT_EQ(fold(0x13A0), U"\u13A0");  // Cherokee folds to its capitals
  EXPECT_EQ(fold(0xAB70), U"\u13A0");
  EXPECT_EQ(fold(0xFB17), U"\u0574\u056D");  // the last of the table
  EXPECT_EQ(fold(0x10400), U"\U00010428");
  EXPECT_EQ(fold(0x10FFFF), U"\U0010FFFF");
}

TEST(unicode, folds_as_many_code_points_as_the_database_states) {
  std::size_t changed = 0;
  std::size_t longer = 0;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    char32_t out[text::max_fold];
    const std::size_t size = text::fold_case(c, out);
    if (size > 1) ++longer;
    if (size > 1 || out[0] != c) ++changed;
    for (std::size_t i = 0; i < size; ++i) {  // folding twice changes nothing more
      char32_t again[text::max_fold];
      ASSERT_TRUE(text::fold_case(out[i], again) == 1 && again[0] == out[i]);
    }
  }
  EXPECT_EQ(longer, 104U);
  EXPECT_EQ(changed, 1530U);
}

}  // namespace unicode_test
