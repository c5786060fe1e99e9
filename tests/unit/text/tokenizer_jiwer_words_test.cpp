// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_jiwer_words.hpp>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace tokenizer_jiwer_words_test {

using evalpp::test::strings;
using evalpp::text::tokenizer_jiwer_words;

std::vector<std::string> tokens(std::string_view input) {
  return evalpp::test::tokens(tokenizer_jiwer_words{}, input);
}

TEST(tokenizer_jiwer_words, splits_at_spaces_and_at_runs_of_whitespace) {
  EXPECT_EQ(tokens(" a b  c\t\nd "), strings({"a", "b", "c", "d"}));
}

TEST(tokenizer_jiwer_words, keeps_single_other_whitespace_inside_words) {
  EXPECT_EQ(tokens("a\tb c\nd\xC2\xA0"
                   "e\t"),
            strings({"a\tb",
                     "c\nd\xC2\xA0"
                     "e"}));
}

TEST(tokenizer_jiwer_words, equals_its_twin) {
  evalpp::test::expect_same_tokens(tokenizer_jiwer_words{}, evalpp::reference::tokenize_jiwer);
}

}  // namespace tokenizer_jiwer_words_test
