// SPDX-License-Identifier: MIT
#include <evalpp/core/dictionary.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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

// Whole texts go in and out as their tokens do one by one: short, of just 8 and 16 bytes, long, empty,
// with zero bytes, from far more tokens than there was room for.
TEST(dictionary, many_at_once_are_as_one_by_one) {
  struct span {
    std::uint32_t begin, end;
  };
  std::uint32_t state = 9;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  dictionary<std::string_view> at_once, one_by_one;
  for (int round = 0; round < 300; ++round) {
    at_once.clear(below(8));
    one_by_one.clear(below(8));
    for (int texts = 0; texts < 3; ++texts) {
      std::string text;
      std::vector<span> spans;
      for (std::uint32_t i = below(200); i > 0; --i) {
        const auto begin = static_cast<std::uint32_t>(text.size());
        static constexpr std::uint32_t lengths[] = {0, 1, 3, 7, 8, 9, 15, 16, 17, 24, 40};
        for (std::uint32_t left = lengths[below(11)]; left > 0; --left) text += "ab\0"[below(20) / 9];
        spans.push_back({begin, static_cast<std::uint32_t>(text.size())});
      }
      const std::string padded = text + std::string(8, 'x');
      std::vector<std::uint32_t> ids(spans.size()), expected;
      const auto token = [&](const span& s) {
        return std::string_view(padded).substr(s.begin, s.end - s.begin);
      };
      if (texts < 2) {
        for (const span& s : spans) expected.push_back(one_by_one.insert(token(s)));
        at_once.insert_all(padded.data(), std::span<const span>(spans), ids.data());
      } else {
        for (const span& s : spans) expected.push_back(one_by_one.find(token(s)));
        at_once.find_all(padded.data(), std::span<const span>(spans), ids.data());
      }
      ASSERT_EQ(ids, expected);
      ASSERT_EQ(at_once.size(), one_by_one.size());
    }
  }
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
