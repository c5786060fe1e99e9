// SPDX-License-Identifier: MIT
#include <evalpp/text/any_tokenizer.hpp>

#include "adversarial_text.hpp"

namespace any_tokenizer_test {

using evalpp::test::strings;
using evalpp::text::any_tokenizer;

TEST(any_tokenizer, is_known_by_the_name_it_prints) {
  for (const std::string name : {"none", "13a", "intl", "char", "zh", "whitespace"}) {
    const auto found = any_tokenizer::from_name(name);
    ASSERT_TRUE(found.has_value()) << name;
    EXPECT_EQ(found->signature(), name);
  }
  EXPECT_EQ(any_tokenizer{}.signature(), "13a");
}

TEST(any_tokenizer, does_what_the_chosen_one_does) {
  EXPECT_EQ(evalpp::test::tokens(any_tokenizer{evalpp::text::tokenizer_char{}}, "ab c"),
            strings({"a", "b", "c"}));
  EXPECT_EQ(evalpp::test::tokens(any_tokenizer{}, "ab, c"), strings({"ab", ",", "c"}));
}

TEST(any_tokenizer, names_the_choices_when_there_is_none_of_that_name) {
  const auto found = any_tokenizer::from_name("ja-mecab");
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().code, evalpp::error_code::unknown_name);
  EXPECT_NE(found.error().fix.find("13a"), std::string::npos);
}

}  // namespace any_tokenizer_test
