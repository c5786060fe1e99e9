// SPDX-License-Identifier: MIT
#include <evalpp/core/dictionary.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
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
