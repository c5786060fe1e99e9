// SPDX-License-Identifier: MIT
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/word_dictionary.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace word_dictionary_test {

using evalpp::unknown_token;
using evalpp::detail::simd_level;
using evalpp::text::token_buffer;
using evalpp::text::word_dictionary;
using texts = std::vector<std::string>;
using ids = std::vector<std::uint32_t>;

// At every level that this machine has.
class word_dictionary_at : public testing::TestWithParam<simd_level> {
 protected:
  void SetUp() override {
    before_ = evalpp::detail::cpu_level();
    evalpp::detail::force_simd_level(GetParam());
  }
  void TearDown() override { evalpp::detail::force_simd_level(before_); }

 private:
  simd_level before_ = simd_level::baseline;
};
INSTANTIATE_TEST_SUITE_P(levels, word_dictionary_at,
                         testing::Values(simd_level::baseline, simd_level::avx512), [](const auto& level) {
                           return level.param == simd_level::baseline ? "baseline" : "avx512";
                         });

// The words side by side: what ends one is the first byte of the next.
token_buffer buffer_of(const texts& words) {
  std::string all;
  for (const std::string& word : words) all += word;
  token_buffer buffer;
  buffer.load(all);
  std::size_t at = 0;
  for (const std::string& word : words) {
    buffer.push(at, at + word.size());
    at += word.size();
  }
  return buffer;
}

ids insert(word_dictionary& words, const texts& text) {
  ids found(text.size());
  words.insert_all(buffer_of(text), found.data());
  return found;
}
ids find(const word_dictionary& words, const texts& text) {
  ids found(text.size());
  words.find_all(buffer_of(text), found.data());
  return found;
}

TEST_P(word_dictionary_at, numbers_words_in_order_of_appearance) {
  word_dictionary words;
  words.clear(8);
  EXPECT_EQ(words.size(), 0u);
  EXPECT_EQ(find(words, {"the", ""}), (ids{unknown_token, unknown_token}));
  EXPECT_EQ(insert(words, {"the", "cat", "the", "hat", "cat", "the"}), (ids{1, 2, 1, 3, 2, 1}));
  EXPECT_EQ(find(words, {"hat", "dog", "the"}), (ids{3, unknown_token, 1}));
  EXPECT_EQ(insert(words, {"dog", "hat", "dog"}), (ids{4, 3, 4}));
  EXPECT_EQ(words.size(), 4u);
  EXPECT_EQ(insert(words, {}), ids{});
  EXPECT_EQ(find(words, {}), ids{});
  words.clear(9);
  EXPECT_EQ(find(words, {"the", "dog"}), (ids{unknown_token, unknown_token}));
  EXPECT_EQ(insert(words, {"dog"}), ids{1});
}

TEST_P(word_dictionary_at, tells_words_apart_by_zeros_length_and_their_last_byte) {
  texts all;
  for (const std::size_t length : {0u, 1u, 2u, 7u, 8u, 9u, 14u, 15u, 16u, 17u, 31u, 32u, 33u, 100u})
    for (const char last : {'\0', 'a', '\xff'}) {
      if (length == 0 && last != '\0') continue;
      all.emplace_back(length, '\0');
      if (length != 0) all.back().back() = last;
    }
  ids expected(all.size());
  for (std::size_t i = 0; i < all.size(); ++i) expected[i] = static_cast<std::uint32_t>(i + 1);
  word_dictionary words;
  words.clear(all.size());
  EXPECT_EQ(insert(words, all), expected);
  EXPECT_EQ(find(words, all), expected);
}

TEST_P(word_dictionary_at, owns_its_words) {
  const texts long_ones{"internationalisation", "a", "internationalization"};
  word_dictionary words;
  words.clear(10);
  EXPECT_EQ(insert(words, long_ones), (ids{1, 2, 3}));
  EXPECT_EQ(find(words, {"internationalizatiom", "internationalization", "a"}), (ids{unknown_token, 3, 2}));
}

// One buffer of ids and one dictionary for all: nothing of an earlier text may be left.
TEST_P(word_dictionary_at, equals_a_dictionary_over_texts_of_every_size) {
  std::mt19937_64 random(7);
  word_dictionary words;
  for (int round = 0; round < 400; ++round) {
    const std::size_t kinds = 1 + random() % 60, references = 1 + random() % 4;
    const std::size_t longest = round % 3 == 0 ? 40 : 15;
    const auto text = [&](std::size_t size) {
      texts made(size);
      for (std::string& word : made) {
        std::mt19937_64 letters(random() % kinds * 1000003 + static_cast<unsigned>(round));
        word.resize(letters() % (longest + 1));
        for (char& letter : word) letter = static_cast<char>(letters() % 3);
      }
      return made;
    };
    evalpp::dictionary<std::string_view> expected;
    words.clear(random() % 270);
    for (std::size_t r = 0; r < references; ++r) {
      const texts reference = text(random() % 70);
      ids numbers;
      for (const std::string& word : reference) numbers.push_back(expected.insert(word));
      ASSERT_EQ(insert(words, reference), numbers) << round;
      ASSERT_EQ(words.size(), expected.size()) << round;
      const texts hypothesis = text(random() % 70);
      numbers.clear();
      for (const std::string& word : hypothesis) numbers.push_back(expected.find(word));
      ASSERT_EQ(find(words, hypothesis), numbers) << round;
    }
  }
}

TEST_P(word_dictionary_at, takes_any_number_of_words) {
  texts many;
  for (int i = 0; i < 1000; ++i) many.push_back(std::to_string(i));
  word_dictionary words;
  words.clear(10);
  for (const std::size_t some : {10u, 246u, 247u, 257u, 1000u}) {
    const texts text(many.begin(), many.begin() + static_cast<std::ptrdiff_t>(some));
    ids expected(some);
    for (std::size_t i = 0; i < some; ++i) expected[i] = static_cast<std::uint32_t>(i + 1);
    EXPECT_EQ(insert(words, text), expected);
    EXPECT_EQ(find(words, text), expected);
    EXPECT_EQ(words.size(), some);
  }
  EXPECT_EQ(find(words, {"1000", "999"}), (ids{unknown_token, 1000}));
}

// Eight bytes as a number: two of these numbers differ by the inverse of the factor of their prints, so that
// these sums differ by 1 and their upper halves not at all.
TEST_P(word_dictionary_at, words_with_equal_prints_stay_apart) {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15u;
  std::uint64_t inverse = factor;
  for (int i = 0; i < 6; ++i) inverse *= 2 - factor * inverse;
  ASSERT_EQ(inverse * factor, 1u);
  const auto word = [](std::uint64_t number) {
    std::string bytes(8, '\0');
    std::memcpy(bytes.data(), &number, 8);
    return bytes;
  };
  for (std::uint64_t number = 0; number < 100; ++number) {
    const std::string one = word(number), other = word(number + inverse);
    word_dictionary words;
    words.clear(10);
    EXPECT_EQ(insert(words, {one, other, one}), (ids{1, 2, 1}));  // of one text
    EXPECT_EQ(find(words, {other, one, "x"}), (ids{2, 1, unknown_token}));
    words.clear(10);
    EXPECT_EQ(insert(words, {"x", one}), (ids{1, 2}));
    EXPECT_EQ(find(words, {other, one, "x"}), (ids{unknown_token, 2, 1}));
    EXPECT_EQ(insert(words, {"x", other, one}), (ids{1, 3, 2}));  // of two
    EXPECT_EQ(find(words, {other, one, "x"}), (ids{3, 2, 1}));
  }
}

#if EVALPP_X86_SIMD
// That the test before this one tries what it means to.
TEST(word_list, gives_up_before_words_with_equal_prints) {
  if (evalpp::detail::detect_simd_level() < simd_level::avx512) return;
  constexpr std::uint64_t inverse = 17428512612931826493u;
  static_assert(inverse * 0x9e3779b97f4a7c15u == 1);
  int given_up = 0;
  for (std::uint64_t number = 0; number < 100; ++number) {
    std::string one(8, '\0'), other = one;
    const std::uint64_t apart = number + inverse;
    std::memcpy(one.data(), &number, 8);
    std::memcpy(other.data(), &apart, 8);
    evalpp::text::detail::word_list words;
    words.clear(9);
    ids found(3);
    EXPECT_TRUE(words.insert_all(buffer_of({"x", one}), found.data()));
    if (words.find_all(buffer_of({other}), found.data())) continue;
    ++given_up;
    EXPECT_FALSE(words.insert_all(buffer_of({"y", other}), found.data()));
    EXPECT_EQ(words.size(), 2u);
    EXPECT_EQ(words[2], one);
  }
  EXPECT_GT(given_up, 90);
}
#endif

}  // namespace word_dictionary_test
