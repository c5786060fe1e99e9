// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/hash.hpp>

#include <gtest/gtest.h>
#include <set>
#include <string>

namespace hash_test {

TEST(json_hash, every_byte_and_the_length_count) {
  std::set<std::uint64_t> seen;
  std::size_t texts = 0;
  for (std::size_t size = 0; size < 40; ++size) {
    for (std::size_t at = 0; at <= size; ++at) {  // at == size: all the same
      std::string text(size, 'a');
      if (at < size) text[at] = 'b';
      seen.insert(evalpp::json::detail::hash_bytes(text));
      ++texts;
    }
  }
  EXPECT_EQ(seen.size(), texts);
}

TEST(json_same_bytes, every_byte_and_the_length_count) {
  using evalpp::json::detail::same_bytes;
  for (std::size_t size = 0; size < 40; ++size) {
    const std::string text(size, 'a');
    EXPECT_TRUE(same_bytes(text, std::string(size, 'a')));
    EXPECT_FALSE(same_bytes(text, text + 'a'));
    EXPECT_FALSE(same_bytes(text + 'a', text));
    for (std::size_t at = 0; at < size; ++at) {
      std::string other = text;
      other[at] = 'b';
      EXPECT_FALSE(same_bytes(text, other)) << size << ' ' << at;
    }
  }
}

}  // namespace hash_test
