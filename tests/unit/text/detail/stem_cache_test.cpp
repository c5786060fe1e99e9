// SPDX-License-Identifier: MIT
#include <evalpp/text/detail/stem_cache.hpp>
#include <evalpp/text/porter_stemmer.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace stem_cache_test {

using evalpp::text::porter_stem;
using evalpp::text::detail::stem_cache;

constexpr std::string_view after = "-what follows the word";

std::string stem(std::string word) {
  word.resize(porter_stem(word.data(), word.size()));
  return word;
}

std::string remembered(stem_cache& cache, const std::string& word) {
  std::string text = word + std::string(after);
  const std::size_t length = cache(text.data(), word.size(), porter_stem);
  EXPECT_EQ(text.substr(word.size()), after) << word;  // only the word is written to
  return text.substr(0, length);
}

std::string random_word(std::mt19937& random, std::size_t longest) {
  constexpr std::string_view pieces[] = {"a",   "b",     "y",   "e",     "s",    "t",     "ed", "ing",
                                         "ies", "ation", "bl",  "li",    "ness", "fulli", "at", "iz",
                                         "cc",  "news",  "sky", "dying", "7",    "ement"};
  std::string word;
  do word += pieces[random() % std::size(pieces)];
  while (random() % 4 != 0);
  return word.substr(0, longest);
}

TEST(stem_cache, gives_the_stems_of_the_stemmer) {
  stem_cache cache;
  for (int round = 0; round < 3; ++round) {  // the second and third time from memory
    std::mt19937 random(1);
    for (int i = 0; i < 60000; ++i) {  // more different words than there is room for
      const std::string word = random_word(random, 20);
      ASSERT_EQ(remembered(cache, word), stem(word)) << word;
    }
  }
}

TEST(stem_cache, tells_words_apart_that_differ_in_zero_bytes_only) {
  stem_cache cache;
  const std::string longer("running\0", 8);
  EXPECT_EQ(remembered(cache, "running"), "run");
  EXPECT_EQ(remembered(cache, longer), stem(longer));
  EXPECT_EQ(remembered(cache, longer), stem(longer));
}

TEST(stem_cache, stems_every_word_once) {
  stem_cache cache;
  int stemmed = 0;
  const auto counted = [&stemmed](char* word, std::size_t length) {
    ++stemmed;
    return porter_stem(word, length);
  };
  for (int i = 0; i < 10; ++i) {
    std::string text = "relational" + std::string(after);
    EXPECT_EQ(text.substr(0, cache(text.data(), 10, counted)), "relat");
    text = "cities" + std::string(after);
    EXPECT_EQ(text.substr(0, cache(text.data(), 6, counted)), "citi");
  }
  EXPECT_EQ(stemmed, 2);
}

}  // namespace stem_cache_test
