// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_tercom.hpp>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

#include <set>

namespace tokenizer_tercom_test {

using evalpp::test::strings;
using evalpp::test::tokens;
using evalpp::text::tokenizer_tercom;

TEST(tokenizer_tercom, splits_at_whitespace_without_options) {
  EXPECT_EQ(tokens(tokenizer_tercom{}, "it's, 中文。"), strings({"it's,", "中文。"}));
  EXPECT_EQ(tokens(tokenizer_tercom{.asian_support = true}, "中文。"), strings({"中文。"}));
}

TEST(tokenizer_tercom, separates_the_possessive) {
  const tokenizer_tercom normalized{.normalized = true};
  EXPECT_EQ(tokens(normalized, "Tom's (dog's) cat's. it's"),
            strings({"Tom", "'s", "(", "dog", "'s", ")", "cat's", ".", "it", "'s"}));
}

TEST(tokenizer_tercom, deletes_punctuation_inside_words) {
  EXPECT_EQ(tokens(tokenizer_tercom{.no_punct = true}, "U.S.A. ... (a:b) c\xE3\x80\x82"),
            strings({"USA", "ab", "c\xE3\x80\x82"}));
  EXPECT_EQ(tokens(tokenizer_tercom{.no_punct = true, .asian_support = true}, "c\xE3\x80\x82 \xEF\xBC\x81"),
            strings({"c"}));
}

TEST(tokenizer_tercom, isolates_chinese_characters_with_asian_support) {
  EXPECT_EQ(tokens(tokenizer_tercom{.normalized = true, .asian_support = true}, "中文、かな"),
            strings({"中", "文", "、", "かな"}));
}

TEST(tokenizer_tercom, signatures_tell_all_options_apart) {
  std::set<std::string> signatures;
  for (int i = 0; i < 8; ++i) {
    signatures.insert(
        tokenizer_tercom{.normalized = (i & 1) != 0, .no_punct = (i & 2) != 0, .asian_support = (i & 4) != 0}
            .signature());
  }
  EXPECT_EQ(signatures.size(), 8U);
  EXPECT_TRUE(signatures.contains("tercom|norm:no|punct:yes|asian:no"));
}

TEST(tokenizer_tercom, equals_the_substitutions_one_by_one) {
  for (int i = 0; i < 8; ++i) {
    const bool normalized = (i & 1) != 0, no_punct = (i & 2) != 0, asian = (i & 4) != 0;
    evalpp::test::expect_same_tokens(
        tokenizer_tercom{.normalized = normalized, .no_punct = no_punct, .asian_support = asian},
        [&](std::string_view s) {
          return evalpp::reference::tokenize_tercom(s, normalized, no_punct, asian);
        },
        5000);
  }
}

}  // namespace tokenizer_tercom_test
