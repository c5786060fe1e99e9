// SPDX-License-Identifier: MIT
#include <evalpp/text/tokenizer_squad.hpp>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace tokenizer_squad_test {

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

TEST(tokenizer_squad, reads_every_character_of_two_bytes_and_of_general_punctuation_as_its_twin_does) {
  const auto twin = [](std::string_view input) {
    const auto made = evalpp::reference::tokenize_squad(input);
    return std::vector<std::string>(made.begin(), made.end());
  };
  std::vector<std::string> characters;
  for (int lead = 0xC0; lead < 0xE0; ++lead)
    for (int tail = 0x7F; tail <= 0xC0; ++tail)
      characters.push_back({static_cast<char>(lead), static_cast<char>(tail)});
  for (int second = 0x7F; second <= 0x82; ++second)
    for (int tail = 0x7F; tail <= 0xC0; ++tail)
      characters.push_back({'\xE2', static_cast<char>(second), static_cast<char>(tail)});
  for (const std::string& c : characters) {
    for (const std::string& text : {c, c + "the" + c, "The " + c + "a" + c + " an" + c + "n", "a" + c + "a",
                                    "a." + c + ".the-" + c + ".", "A" + c + "." + c + "an, " + c + " the",
                                    c + c + "a " + c.substr(0, 1) + "the", "the" + c.substr(1)})
      EXPECT_EQ(tokens(text), twin(text)) << text;
  }
}

TEST(tokenizer_squad, equals_its_twin) {
  evalpp::test::expect_same_tokens(tokenizer_squad{}, evalpp::reference::tokenize_squad);
}

}  // namespace tokenizer_squad_test
