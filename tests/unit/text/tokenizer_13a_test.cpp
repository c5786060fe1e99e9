// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_13a.hpp>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace tokenizer_13a_test {

using evalpp::test::strings;
using evalpp::text::tokenizer_13a;

std::vector<std::string> tokens(std::string_view input) {
  return evalpp::test::tokens(tokenizer_13a{}, input);
}

TEST(tokenizer_13a, isolates_punctuation_but_not_the_apostrophe) {
  EXPECT_EQ(tokens("Hello, world! (it's)"), strings({"Hello", ",", "world", "!", "(", "it's", ")"}));
  EXPECT_EQ(tokens("a/b [c] {d} ~e` \\"),
            strings({"a", "/", "b", "[", "c", "]", "{", "d", "}", "~", "e", "`", "\\"}));
}

TEST(tokenizer_13a, keeps_stops_between_digits) {
  EXPECT_EQ(tokens("1,234.5"), strings({"1,234.5"}));
  EXPECT_EQ(tokens("in 2008."), strings({"in", "2008", "."}));
  EXPECT_EQ(tokens("x.5 5.x .5"), strings({"x", ".", "5", "5", ".", "x", ".", "5"}));
}

TEST(tokenizer_13a, pairs_the_stops_of_a_run_from_the_left) {
  EXPECT_EQ(tokens("x.,5"), strings({"x", ".", ",5"}));
  EXPECT_EQ(tokens("5.,5"), strings({"5", ".", ",", "5"}));
  EXPECT_EQ(tokens("5..,5"), strings({"5", ".", ".", ",5"}));
  EXPECT_EQ(tokens("x...5"), strings({"x", ".", ".", ".", "5"}));
}

TEST(tokenizer_13a, splits_dashes_after_digits_only) {
  EXPECT_EQ(tokens("well-known 3-4 a-5 5-"), strings({"well-known", "3", "-", "4", "a-5", "5", "-"}));
}

TEST(tokenizer_13a, decodes_entities_one_after_the_other) {
  EXPECT_EQ(tokens("&quot;x&quot; &amp;lt; &amp;quot;"), strings({"\"", "x", "\"", "<", "&", "quot", ";"}));
}

TEST(tokenizer_13a, joins_hyphenated_lines_and_drops_skipped) {
  EXPECT_EQ(tokens("infor-\nmation\nhere<skipped>!"), strings({"information", "here", "!"}));
  EXPECT_EQ(tokens("<ski<skipped>pped>"), strings({"<", "skipped", ">"}));
}

TEST(tokenizer_13a, gives_nothing_for_nothing) {
  EXPECT_EQ(tokens(""), strings({}));
  EXPECT_EQ(tokens(std::string_view{}), strings({}));
  EXPECT_EQ(tokens(" \t\xC2\xA0\n"), strings({}));
  EXPECT_EQ(tokens("<skipped>"), strings({}));
}

TEST(tokenizer_13a, keeps_malformed_bytes_in_tokens) {
  EXPECT_EQ(tokens("a\xFF, \xE2\x80"), strings({"a\xFF", ",", "\xE2\x80"}));
}

TEST(tokenizer_13a, equals_the_substitutions_one_by_one) {
  evalpp::test::expect_same_tokens(tokenizer_13a{}, evalpp::reference::tokenize_13a, 60000);
}

}  // namespace tokenizer_13a_test
