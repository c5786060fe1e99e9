// SPDX-License-Identifier: MIT
#include <evalpp/core/dictionary.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace {
struct careless;
}
template <>
struct std::hash<careless> {
  std::size_t operator()(const careless& c) const noexcept;
};

namespace {

using evalpp::dictionary;
using evalpp::unknown_token;

TEST(dictionary, numbers_tokens_in_order_of_appearance) {
  dictionary<std::string_view> words;
  EXPECT_EQ(words.find("a"), unknown_token);
  EXPECT_EQ(words.insert("a"), 1u);
  EXPECT_EQ(words.insert("bb"), 2u);
  EXPECT_EQ(words.insert("a"), 1u);
  EXPECT_EQ(words.find("bb"), 2u);
  EXPECT_EQ(words.size(), 2u);
  words.clear(0);
  EXPECT_EQ(words.find("a"), unknown_token);
  EXPECT_EQ(words.insert("bb"), 1u);
}

TEST(dictionary, tokens_that_differ_by_zero_bytes_or_length_differ) {
  dictionary<std::string_view> words;
  const std::string zero(1, '\0'), two(2, '\0'), nine(9, '\0'), ten(10, '\0');
  std::uint32_t next = 0;
  for (const std::string_view t :
       {std::string_view(""), std::string_view(zero), std::string_view(two), std::string_view(nine),
        std::string_view(ten), std::string_view("a\0", 2), std::string_view("a")})
    EXPECT_EQ(words.insert(t), ++next);
}

TEST(dictionary, owns_its_tokens) {
  dictionary<std::string_view> words;
  {
    std::string passing = "a token of more than eight bytes";
    words.insert(passing);
    passing.assign(passing.size(), '!');
  }
  EXPECT_EQ(words.find("a token of more than eight bytes"), 1u);
}

TEST(dictionary, equals_a_map_over_many_tokens) {
  dictionary<std::string_view> words;
  std::map<std::string, std::uint32_t> twin;
  std::uint32_t state = 7;
  for (int i = 0; i < 50'000; ++i) {
    state = state * 1664525u + 1013904223u;
    std::string token(state % 20, static_cast<char>('a' + (state >> 9) % 3));
    token += std::to_string((state >> 12) % 3000);
    const auto [at, added] = twin.emplace(token, static_cast<std::uint32_t>(twin.size()) + 1);
    EXPECT_EQ(words.insert(token), at->second);
  }
  EXPECT_EQ(words.size(), twin.size());
}

// Whole texts go in and out at once: tokens that are short, of just 8, 15 and 16 bytes, long, empty, with
// zero bytes; with and without bytes to read behind them.
TEST(dictionary, many_at_once_equal_a_map) {
  std::uint32_t state = 9;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  const auto make_token = [&] {
    static constexpr std::uint32_t lengths[] = {0, 1, 3, 7, 8, 9, 14, 15, 16, 17, 24, 40};
    std::string token;
    for (std::uint32_t left = lengths[below(12)]; left > 0; --left) token += "ab\0"[below(20) / 9];
    return token;
  };
  dictionary<std::string_view> padded, tight;
  for (int round = 0; round < 300; ++round) {
    padded.clear(below(8));
    tight.clear(below(8));
    std::map<std::string, std::uint32_t> twin;
    for (int texts = 0; texts < 3; ++texts) {
      std::vector<std::string> tokens(below(200));
      std::string text;
      std::vector<std::size_t> begins;
      for (auto& token : tokens) {
        token = make_token();
        begins.push_back(text.size());
        text += token;
      }
      text.append(16, 'x');
      const auto in_text = [&](std::size_t i) {
        return std::string_view(text).substr(begins[i], tokens[i].size());
      };
      const auto alone = [&](std::size_t i) { return std::string_view(tokens[i]); };
      std::vector<std::uint32_t> expected, ids(tokens.size()), same_ids(tokens.size());
      constexpr auto readable = evalpp::detail::after_token::readable;
      if (texts < 2) {
        for (const auto& token : tokens)
          expected.push_back(twin.emplace(token, static_cast<std::uint32_t>(twin.size()) + 1).first->second);
        padded.insert_all<readable>(tokens.size(), in_text, ids.data());
        tight.insert_all(tokens.size(), alone, same_ids.data());
      } else {
        for (const auto& token : tokens)
          expected.push_back(twin.count(token) != 0 ? twin[token] : unknown_token);
        padded.find_all<readable>(tokens.size(), in_text, ids.data());
        tight.find_all(tokens.size(), alone, same_ids.data());
      }
      ASSERT_EQ(ids, expected);
      ASSERT_EQ(same_ids, expected);
      ASSERT_EQ(padded.size(), twin.size());
    }
  }
}

// A type whose hash sends everything to two places.
struct careless {
  int value;
  bool operator==(const careless&) const = default;
};
}  // namespace
std::size_t std::hash<careless>::operator()(const careless& c) const noexcept {
  return static_cast<std::size_t>(c.value % 2);
}
namespace {

TEST(dictionary, tokens_of_a_type_with_a_bad_hash_stay_exact) {
  dictionary<careless> words;
  for (int round = 0; round < 2; ++round)
    for (int i = 0; i < 300; ++i) ASSERT_EQ(words.insert({i}), static_cast<std::uint32_t>(i + 1));
  EXPECT_EQ(words.find({299}), 300u);
  EXPECT_EQ(words.find({300}), unknown_token);
}

// Ids that a multiplicative hash sends to few places: far apart, low bits zero, long runs. With
// 200,000 of them anything quadratic would be felt (4 * 10^10 comparisons).
TEST(dictionary, patterned_ids_stay_exact_and_quick) {
  for (const int shift : {0, 16, 32, 44}) {
    dictionary<std::uint64_t> ids;
    for (std::uint64_t i = 0; i < 200'000; ++i) ASSERT_EQ(ids.insert(i << shift), i + 1);
    for (std::uint64_t i = 0; i < 200'000; ++i) ASSERT_EQ(ids.find(i << shift), i + 1);
    ASSERT_EQ(ids.find(std::uint64_t{200'000} << shift), unknown_token);
  }
}

}  // namespace
