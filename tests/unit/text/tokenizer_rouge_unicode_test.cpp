// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_rouge_unicode.hpp>

#include <evalpp/text/tokenizer_rouge.hpp>

#include "adversarial_text.hpp"

#include <algorithm>

namespace tokenizer_rouge_unicode_test {

using evalpp::test::strings;
using evalpp::text::token_buffer;
using evalpp::text::tokenizer_rouge;
using evalpp::text::tokenizer_rouge_unicode;

std::vector<std::string> tokens(std::string_view input) {
  return evalpp::test::tokens(tokenizer_rouge_unicode{}, input);
}

TEST(tokenizer_rouge_unicode, keeps_words_of_any_script_whole) {
  EXPECT_EQ(tokens("Está aquí, l’Été"), strings({"está", "aquí", "l", "été"}));
  EXPECT_EQ(tokens("Привет, МИР! ΟΔΟΣ"), strings({"привет", "мир", "οδος"}));
  EXPECT_EQ(tokens("한국어 문장"), strings({"한국어", "문장"}));
  EXPECT_EQ(tokens("हिन्दी में"), strings({"हिन्दी", "में"}));
}

TEST(tokenizer_rouge_unicode, gives_single_letters_where_there_are_no_spaces) {
  EXPECT_EQ(tokens("中文abc漢字1"), strings({"中", "文", "abc", "漢", "字", "1"}));
  EXPECT_EQ(tokens("カーが、です"), strings({"カ", "ー", "が", "で", "す"}));
  EXPECT_EQ(tokens("ที่นี่"), strings({"ที่", "นี่"}));
}

TEST(tokenizer_rouge_unicode, lets_marks_and_joiners_extend_words_and_begin_none) {
  EXPECT_EQ(tokens("e\xCC\x81t \xCC\x81x \xEF\xB8\x8F"), strings({"e\xCC\x81t", "x"}));
  EXPECT_EQ(tokens("می\xE2\x80\x8Cخواهم"), strings({"می\xE2\x80\x8Cخواهم"}));
}

TEST(tokenizer_rouge_unicode, stems_only_ascii_words) {
  EXPECT_EQ(evalpp::test::tokens(tokenizer_rouge_unicode{.stem = true}, "running cafés"),
            strings({"run", "cafés"}));
}

TEST(tokenizer_rouge_unicode, takes_malformed_bytes_for_separators) {
  EXPECT_EQ(tokens("a\xFF"
                   "b\xE2\x80"),
            strings({"a", "b"}));
}

TEST(tokenizer_rouge_unicode, equals_the_original_on_ascii) {
  evalpp::test::adversarial_text inputs(11);
  token_buffer one, other;
  for (int i = 0; i < 20000; ++i) {
    std::string input = inputs.next();
    std::erase_if(input, [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
    if (i % 2 == 0) input += "\xC2\xA9";  // a symbol, so that the text is not ASCII altogether
    for (const bool stem : {false, true}) {
      tokenizer_rouge{.stem = stem}(input, one);
      tokenizer_rouge_unicode{.stem = stem}(input, other);
      ASSERT_TRUE(std::ranges::equal(one.line_ends(), other.line_ends())) << input;
      ASSERT_EQ(one.size(), other.size()) << input;
      for (std::size_t k = 0; k < one.size(); ++k) ASSERT_EQ(one[k], other[k]) << input;
    }
  }
}

}  // namespace tokenizer_rouge_unicode_test
