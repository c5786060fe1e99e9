// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_rouge.hpp>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace tokenizer_rouge_test {

using evalpp::test::strings;
using evalpp::test::tokens;
using evalpp::text::token_buffer;
using evalpp::text::tokenizer_rouge;

TEST(tokenizer_rouge, keeps_lower_case_letters_and_digits) {
  EXPECT_EQ(tokens(tokenizer_rouge{}, "It's 3.5% BETTER_than"),
            strings({"it", "s", "3", "5", "better", "than"}));
}

TEST(tokenizer_rouge, splits_words_at_other_letters) {
  EXPECT_EQ(tokens(tokenizer_rouge{}, "est\xC3\xA1 \xE4\xB8\xAD\xE6\x96\x87"), strings({"est"}));
}

TEST(tokenizer_rouge, lower_cases_two_characters_into_ascii) {
  // The Kelvin sign is a k; of the I with a dot the dot remains and separates.
  EXPECT_EQ(tokens(tokenizer_rouge{},
                   "a\xE2\x84\xAA"
                   "b x\xC4\xB0y\xC4\xB0"),
            strings({"akb", "xi", "yi"}));
}

TEST(tokenizer_rouge, stems_words_of_more_than_three_letters) {
  EXPECT_EQ(tokens(tokenizer_rouge{.stem = true}, "was running ties dies 1990s the"),
            strings({"was", "run", "tie", "die", "1990", "the"}));
}

TEST(tokenizer_rouge, knows_where_lines_end) {
  token_buffer buffer;
  tokenizer_rouge{.stem = true}("One two\n\n!!\r\nthree", buffer);
  const auto ends = buffer.line_ends();
  EXPECT_EQ(std::vector<std::uint32_t>(ends.begin(), ends.end()), (std::vector<std::uint32_t>{2, 2, 2, 3}));
  tokenizer_rouge{}("", buffer);
  ASSERT_EQ(buffer.line_ends().size(), 1U);
  EXPECT_EQ(buffer.line_ends()[0], 0U);
  // U+2028 and U+0085 end no line here.
  tokenizer_rouge{}(
      "a\xE2\x80\xA8"
      "b\xC2\x85"
      "c",
      buffer);
  EXPECT_EQ(buffer.line_ends().size(), 1U);
}

TEST(tokenizer_rouge, counts_the_tokens_of_lines_as_if_each_were_a_text) {
  evalpp::test::adversarial_text inputs(7);
  token_buffer buffer;
  for (int i = 0; i < 5000; ++i) {
    const std::string& input = inputs.next();
    tokenizer_rouge{}(input, buffer);
    std::vector<std::uint32_t> wanted;
    std::uint32_t count = 0;
    for (std::size_t at = 0; at <= input.size();) {
      const std::size_t end = std::min(input.find('\n', at), input.size());
      count += static_cast<std::uint32_t>(
          evalpp::reference::tokenize_rouge(std::string_view(input).substr(at, end - at), false).size());
      wanted.push_back(count);
      at = end + 1;
    }
    const auto ends = buffer.line_ends();
    ASSERT_EQ(std::vector<std::uint32_t>(ends.begin(), ends.end()), wanted) << input;
  }
}

TEST(tokenizer_rouge, equals_its_twin) {
  for (const bool stem : {false, true}) {
    evalpp::test::expect_same_tokens(tokenizer_rouge{.stem = stem}, [stem](std::string_view s) {
      return evalpp::reference::tokenize_rouge(s, stem);
    });
  }
}

}  // namespace tokenizer_rouge_test
