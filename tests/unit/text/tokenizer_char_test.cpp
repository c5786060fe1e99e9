// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_char.hpp>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace tokenizer_char_test {

using evalpp::test::strings;
using evalpp::text::tokenizer_char;

TEST(tokenizer_char, gives_each_code_point_but_whitespace) {
  EXPECT_EQ(evalpp::test::tokens(tokenizer_char{}, "a \xC3\xA9\xCC\x81\xC2\xA0\xF0\x9F\x98\x80"),
            strings({"a", "\xC3\xA9", "\xCC\x81", "\xF0\x9F\x98\x80"}));
}

TEST(tokenizer_char, equals_the_substitution) {
  evalpp::test::expect_same_tokens(tokenizer_char{}, evalpp::reference::tokenize_char);
}

}  // namespace tokenizer_char_test
