// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_whitespace.hpp>

#include <evalpp/text/tokenizer_none.hpp>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace tokenizer_whitespace_test {

using evalpp::test::strings;
using evalpp::test::tokens;
using evalpp::text::tokenizer_none;
using evalpp::text::tokenizer_whitespace;

TEST(tokenizer_whitespace, splits_as_python_does) {
  EXPECT_EQ(tokens(tokenizer_whitespace{},
                   " a,b\xC2\xA0"
                   "c\xE3\x80\x80\x1C"
                   "d\xE2\x80\x8B"
                   "e "),
            strings({"a,b", "c",
                     "d\xE2\x80\x8B"
                     "e"}));
  EXPECT_EQ(tokens(tokenizer_whitespace{}, " \n\t"), strings({}));
}

TEST(tokenizer_whitespace, equals_its_twin) {
  const auto twin = [](std::string_view s) { return evalpp::reference::split(evalpp::reference::read(s)); };
  evalpp::test::expect_same_tokens(tokenizer_whitespace{}, twin);
}

TEST(tokenizer_none, is_a_name_of_its_own_for_the_same_tokens) {
  EXPECT_EQ(tokens(tokenizer_none{}, "a , b"), strings({"a", ",", "b"}));
  EXPECT_EQ(tokenizer_none{}.signature(), "none");
  EXPECT_EQ(tokenizer_whitespace{}.signature(), "whitespace");
}

}  // namespace tokenizer_whitespace_test
