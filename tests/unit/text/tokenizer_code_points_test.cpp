// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_code_points.hpp>

#include "adversarial_text.hpp"

namespace {

using evalpp::test::strings;
using evalpp::test::tokens;
using evalpp::text::tokenizer_code_points;

TEST(tokenizer_code_points, counts_inner_spaces) {
  EXPECT_EQ(tokens(tokenizer_code_points{}, " a  \xC3\xA9\n"), strings({"a", " ", " ", "\xC3\xA9"}));
}

TEST(tokenizer_code_points, keeps_outer_whitespace_when_asked) {
  EXPECT_EQ(tokens(tokenizer_code_points{.strip = false}, " a\n"), strings({" ", "a", "\n"}));
}

TEST(tokenizer_code_points, gives_one_token_for_each_maximal_malformed_part) {
  EXPECT_EQ(tokens(tokenizer_code_points{}, "\xE2\x82x\xFF\xFE"), strings({"\xE2\x82", "x", "\xFF", "\xFE"}));
}

TEST(tokenizer_code_points, signature_tells_options_apart) {
  EXPECT_NE(tokenizer_code_points{}.signature(), tokenizer_code_points{.strip = false}.signature());
}

}  // namespace
