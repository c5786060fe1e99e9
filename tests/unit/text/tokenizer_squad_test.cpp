// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_squad.hpp>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace {

using evalpp::test::strings;
using evalpp::text::tokenizer_squad;

std::vector<std::string> tokens(std::string_view input) {
  return evalpp::test::tokens(tokenizer_squad{}, input);
}

TEST(tokenizer_squad, drops_articles_and_punctuation) {
  EXPECT_EQ(tokens("The Cat's, an-other (a) U.S.A."), strings({"cats", "another", "usa"}));
  EXPECT_EQ(tokens("the A an"), strings({}));
  EXPECT_EQ(tokens("a_b then"), strings({"ab", "then"}));
}

TEST(tokenizer_squad, finds_articles_between_what_is_no_letter_for_python) {
  EXPECT_EQ(tokens("l\xE2\x80\x99"
                   "a"),
            strings({"l\xE2\x80\x99"}));
  EXPECT_EQ(tokens("a\xCC\x81"), strings({"\xCC\x81"}));
  EXPECT_EQ(tokens("\xC2\xAB"
                   "the\xC2\xBB"),
            strings({"\xC2\xAB", "\xC2\xBB"}));
}

TEST(tokenizer_squad, equals_its_twin) {
  evalpp::test::expect_same_tokens(tokenizer_squad{}, evalpp::reference::tokenize_squad);
}

}  // namespace
