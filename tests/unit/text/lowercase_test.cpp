// SPDX-License-Identifier: MIT
#include <evalpp/text/lowercase.hpp>

#include <evalpp/text/whitespace.hpp>

#include <gtest/gtest.h>
#include <string>

#include "adversarial_text.hpp"

namespace lowercase_test {

namespace text = evalpp::text;

TEST(lowercase, maps_letters_of_any_script) {
  EXPECT_EQ(text::to_lower("ABC xyz 123 [@Z]"), "abc xyz 123 [@z]");
  EXPECT_EQ(text::to_lower("ÀÉ ŸЖ ԱՖ Ⅷ Ⓐ"), "àé ÿж աֆ ⅷ ⓐ");
  EXPECT_EQ(text::to_lower("\xF0\x90\x90\x80"), "\xF0\x90\x90\xA8");  // Deseret
  EXPECT_EQ(text::to_lower("ẞ"), "ß");
  EXPECT_EQ(text::to_lower(""), "");
}

TEST(lowercase, changes_lengths) {
  EXPECT_EQ(text::to_lower("\xC4\xB0"), "i\xCC\x87");     // U+0130
  EXPECT_EQ(text::to_lower("\xE2\x84\xAA"), "k");         // Kelvin
  EXPECT_EQ(text::to_lower("\xC8\xBA"), "\xE2\xB1\xA5");  // two bytes to three
  std::string many;
  for (int i = 0; i < 1000; ++i) many += "\xC8\xBA";
  EXPECT_EQ(text::to_lower(many).size(), 3000U);
}

TEST(lowercase, writes_the_sigma_at_the_end_of_a_word) {
  EXPECT_EQ(text::to_lower("ΟΔΟΣ ΣΟΦΟΣ"), "οδος σοφος");
  EXPECT_EQ(text::to_lower("Σ"), "σ");
  EXPECT_EQ(text::to_lower("aΣ"), "aς");
  EXPECT_EQ(text::to_lower("aΣb"), "aσb");
  EXPECT_EQ(text::to_lower("a'Σ'"), "a'ς'");  // case-ignorables are looked through
  EXPECT_EQ(text::to_lower("aΣ'b"), "aσ'b");
  EXPECT_EQ(text::to_lower("1Σ"), "1σ");
  EXPECT_EQ(text::to_lower("aΣΣ"), "aσς");
  EXPECT_EQ(text::to_lower("abc.Σ"), "abc.ς");
  EXPECT_EQ(text::to_lower("\xCA\xB0Σ"), "\xCA\xB0σ");  // U+02B0 is cased, but ignorable all the same
}

TEST(lowercase, leaves_malformed_bytes) {
  EXPECT_EQ(text::to_lower("A\xFF"
                           "B\xE2\x80"),
            "a\xFF"
            "b\xE2\x80");
}

TEST(lowercase, is_linear_in_long_runs_of_ignorable_characters) {
  std::string input = "aΣ";
  for (int i = 0; i < 20000; ++i) input += "''Σ";
  const std::string lower = text::to_lower(input);
  EXPECT_EQ(lower.size(), input.size());
  EXPECT_TRUE(lower.ends_with("''ς"));
}

TEST(lowercase, gives_the_same_from_any_place_of_a_text) {
  // What comes before in ASCII goes another way; the letters after it must not notice.
  evalpp::test::adversarial_text inputs(3);
  std::string reused;
  for (int i = 0; i < 5000; ++i) {
    const std::string& input = inputs.next();
    const std::string alone = text::to_lower(input);
    for (const std::string prefix : {" ", "ABCDEFGH ", "\xC3\x89 "}) {
      text::to_lower(prefix + input, reused);
      ASSERT_EQ(reused.substr(prefix.size()), alone) << input;
    }
  }
}

}  // namespace lowercase_test
