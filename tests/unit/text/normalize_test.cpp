// SPDX-License-Identifier: MIT
#include <evalpp/text/normalize.hpp>

#include <gtest/gtest.h>
#include <string>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace normalize_test {

namespace text = evalpp::text;

std::string squad(std::string_view input) {
  std::string out = "left over";
  text::squad_normalize(input, out);
  return out;
}

std::string compared(std::string_view input, text::comparison_options options) {
  std::string out = "left over";
  text::normalize_for_comparison(input, options, out);
  return out;
}

TEST(normalize, answers_as_squad_does) {
  EXPECT_EQ(squad("  The  Cat, sat on a\tmat! "), "cat sat on mat");
  EXPECT_EQ(squad("a"), "");
  EXPECT_EQ(squad(""), "");
  EXPECT_EQ(squad("b.the-c"), "bthec");
  EXPECT_EQ(squad("1,000"), "1000");
}

TEST(normalize, joins_the_words_of_the_twin) {
  evalpp::test::adversarial_text inputs(9);
  for (int i = 0; i < 20000; ++i) {
    const std::string& input = inputs.next();
    std::string wanted;
    for (const std::string& word : evalpp::reference::tokenize_squad(input)) {
      if (!wanted.empty()) wanted += ' ';
      wanted += word;
    }
    ASSERT_EQ(squad(input), wanted) << input;
  }
}

TEST(normalize, disregards_what_is_asked) {
  EXPECT_EQ(compared("It's 5, YES", {}), "It's 5, YES");
  EXPECT_EQ(compared("It's 5, YES", {.ignore_case = true}), "it's 5, yes");
  EXPECT_EQ(compared("It's 5, YES", {.ignore_punctuation = true}), "Its 5 YES");
  EXPECT_EQ(compared("It's 5, YES", {.ignore_numbers = true}), "It's , YES");
  EXPECT_EQ(compared("It's 5, ÉS", {.ignore_case = true, .ignore_punctuation = true, .ignore_numbers = true}),
            "its  és");
}

}  // namespace normalize_test
