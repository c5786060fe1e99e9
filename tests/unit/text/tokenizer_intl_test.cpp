// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_intl.hpp>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace tokenizer_intl_test {

using evalpp::test::strings;
using evalpp::text::tokenizer_intl;

std::vector<std::string> tokens(std::string_view input) {
  return evalpp::test::tokens(tokenizer_intl{}, input);
}

TEST(tokenizer_intl, isolates_symbols_and_punctuation_of_any_script) {
  EXPECT_EQ(tokens("«oui» 、5€ it's"), strings({"«", "oui", "»", "、", "5", "€", "it", "'", "s"}));
}

TEST(tokenizer_intl, looks_at_one_side_at_the_ends_of_the_text) {
  EXPECT_EQ(tokens("2008."), strings({"2008."}));
  EXPECT_EQ(tokens(".5"), strings({".5"}));
  EXPECT_EQ(tokens("2008. "), strings({"2008", "."}));
  EXPECT_EQ(tokens("x."), strings({"x", "."}));
}

TEST(tokenizer_intl, knows_numbers_of_every_script) {
  EXPECT_EQ(tokens("\xD9\xA1,\xD9\xA2 \xE2\x85\xA7.5"), strings({"\xD9\xA1,\xD9\xA2", "\xE2\x85\xA7.5"}));
}

TEST(tokenizer_intl, takes_malformed_bytes_for_a_symbol) {
  EXPECT_EQ(tokens("a\xFF"
                   "b\xE2\x80"),
            strings({"a", "\xFF", "b", "\xE2\x80"}));
}

TEST(tokenizer_intl, equals_the_substitutions_one_by_one) {
  evalpp::test::expect_same_tokens(tokenizer_intl{}, evalpp::reference::tokenize_intl);
}

}  // namespace tokenizer_intl_test
