// SPDX-License-Identifier: MIT
#include <evalpp/text/porter_stemmer.hpp>

#include <gtest/gtest.h>
#include <string>

#include "adversarial_text.hpp"
#include "reference/tokenizers.hpp"

namespace porter_stemmer_test {

std::string stem(std::string word) {
  word.resize(evalpp::text::porter_stem(word.data(), word.size()));
  return word;
}

// The examples of Porter's paper ("An algorithm for suffix stripping", 1980) that the extensions
// leave alone, after all steps.
TEST(porter_stemmer, stems_the_examples_of_the_paper) {
  EXPECT_EQ(stem("caresses"), "caress");
  EXPECT_EQ(stem("ponies"), "poni");
  EXPECT_EQ(stem("cats"), "cat");
  EXPECT_EQ(stem("feed"), "feed");
  EXPECT_EQ(stem("agreed"), "agre");
  EXPECT_EQ(stem("plastered"), "plaster");
  EXPECT_EQ(stem("bled"), "bled");
  EXPECT_EQ(stem("motoring"), "motor");
  EXPECT_EQ(stem("sing"), "sing");
  EXPECT_EQ(stem("conflated"), "conflat");
  EXPECT_EQ(stem("hopping"), "hop");
  EXPECT_EQ(stem("falling"), "fall");
  EXPECT_EQ(stem("hissing"), "hiss");
  EXPECT_EQ(stem("filing"), "file");
  EXPECT_EQ(stem("happy"), "happi");
  EXPECT_EQ(stem("relational"), "relat");
  EXPECT_EQ(stem("rational"), "ration");
  EXPECT_EQ(stem("triplicate"), "triplic");
  EXPECT_EQ(stem("adoption"), "adopt");
  EXPECT_EQ(stem("controll"), "control");
  EXPECT_EQ(stem("generalizations"), "gener");
  EXPECT_EQ(stem("oscillators"), "oscil");
}

TEST(porter_stemmer, has_the_extensions_of_nltk) {
  EXPECT_EQ(stem("skies"), "sky");
  EXPECT_EQ(stem("dying"), "die");
  EXPECT_EQ(stem("innings"), "inning");
  EXPECT_EQ(stem("flies"), "fli");
  EXPECT_EQ(stem("dies"), "die");
  EXPECT_EQ(stem("died"), "die");
  EXPECT_EQ(stem("spied"), "spi");
  EXPECT_EQ(stem("enjoy"), "enjoy");
  EXPECT_EQ(stem("owed"), "owe");
  EXPECT_EQ(stem("is"), "is");
}

TEST(porter_stemmer, equals_its_twin_on_words_made_of_suffixes) {
  const char* const parts[] = {
      "a",       "e",     "y",     "b",       "l",     "s",    "t",     "x",       "w",
      "z",       "7",     "at",    "bl",      "iz",    "ed",   "ing",   "eed",     "ies",
      "ied",     "sses",  "ss",    "ational", "tion",  "al",   "alli",  "bli",     "enci",
      "izer",    "entli", "eli",   "ousli",   "ation", "ator", "alism", "iveness", "fulness",
      "ousness", "aliti", "iviti", "biliti",  "fulli", "logi", "icate", "ative",   "alize",
      "iciti",   "ical",  "ful",   "ness",    "ance",  "er",   "ic",    "able",    "ible",
      "ant",     "ement", "ment",  "ent",     "ion",   "ou",   "ism",   "ate",     "iti",
      "ous",     "ive",   "ize",   "ll",      "ck",    "tr",   "qu",    "yy",      "oo"};
  evalpp::test::adversarial_text random(5);
  for (int i = 0; i < 200000; ++i) {
    std::string word;
    const std::uint64_t count = 1 + random.below(5);
    for (std::uint64_t k = 0; k < count; ++k) word += parts[random.below(std::size(parts))];
    ASSERT_EQ(stem(word), evalpp::reference::porter::stem(word)) << word;
  }
}

TEST(porter_stemmer, equals_its_twin_on_its_exceptions_and_short_words) {
  for (const std::string word :
       {"sky", "skies", "dying", "lying", "tying", "news", "innings", "inning", "outings", "outing",
        "cannings", "canning", "howe", "proceed", "exceed", "succeed"}) {
    EXPECT_EQ(stem(word), evalpp::reference::porter::stem(word));
    EXPECT_EQ(stem(word + "s"), evalpp::reference::porter::stem(word + "s"));
    EXPECT_EQ(stem("x" + word), evalpp::reference::porter::stem("x" + word));
  }
  const std::string letters = "aeiybdlstwxz19";
  for (const char a : letters) {
    for (const char b : letters) {
      for (const char c : letters) {
        for (const char d : letters) {
          const std::string word = {a, b, c, d};
          for (std::size_t n = 1; n <= 4; ++n) {
            ASSERT_EQ(stem(word.substr(0, n)), evalpp::reference::porter::stem(word.substr(0, n))) << word;
          }
        }
      }
    }
  }
}

}  // namespace porter_stemmer_test
