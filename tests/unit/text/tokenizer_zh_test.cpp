// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_zh.hpp>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace tokenizer_zh_test {

using evalpp::test::strings;
using evalpp::text::tokenizer_zh;

std::vector<std::string> tokens(std::string_view input) {
  return evalpp::test::tokens(tokenizer_zh{}, input);
}

TEST(tokenizer_zh, isolates_chinese_characters) {
  EXPECT_EQ(tokens("我有3.5个apple。"), strings({"我", "有", "3.5", "个", "apple", "。"}));
}

TEST(tokenizer_zh, has_the_set_of_sacrebleu) {
  EXPECT_EQ(tokens("a—b“c”"), strings({"a", "—", "b", "“", "c", "”"}));
  EXPECT_EQ(tokens("a\xF0\xA0\x80\x80x"), strings({"a\xF0\xA0\x80\x80x"}));  // U+20000
  EXPECT_EQ(tokens("かな한글"), strings({"かな한글"}));
}

TEST(tokenizer_zh, strips_the_text_and_knows_no_entities) {
  EXPECT_EQ(tokens(" .5&lt;"), strings({".5", "&", "lt", ";"}));
  EXPECT_EQ(tokens("2008. "), strings({"2008."}));
}

TEST(tokenizer_zh, equals_the_substitutions_one_by_one) {
  evalpp::test::expect_same_tokens(tokenizer_zh{}, evalpp::reference::tokenize_zh);
}

}  // namespace tokenizer_zh_test
