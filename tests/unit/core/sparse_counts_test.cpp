// SPDX-License-Identifier: MIT
#include <evalpp/core/sparse_counts.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>

namespace sparse_counts_test {

using evalpp::sparse_counts;

TEST(sparse_counts, equals_a_map) {
  sparse_counts counts;
  std::map<std::string, std::int64_t> twin;
  std::uint32_t state = 1;
  for (int i = 0; i < 5000; ++i) {
    state = state * 1664525u + 1013904223u;
    std::string name = "name " + std::to_string((state >> 16) % 60);
    if (state % 5 == 0) name += '\0';
    const std::int64_t n = static_cast<std::int64_t>((state >> 8) % 7) - 3;
    counts.add(name, n);
    if ((twin[name] += n) == 0) twin.erase(name);
  }
  ASSERT_EQ(counts.size(), twin.size());
  std::size_t k = 0;
  for (const auto& [name, n] : twin) {
    EXPECT_EQ(counts[k].name, name);
    EXPECT_EQ(counts[k].count, n);
    EXPECT_EQ(counts.count(name), n);
    ++k;
  }
}

TEST(sparse_counts, equality_does_not_see_how_counts_came_about) {
  sparse_counts a, b;
  a.add("x", 2);
  a.add("y", 1);
  a.add("z", 5);
  a.add("z", -5);
  b.add("y", 1);
  b.add("x", 1);
  b.add("x", 1);
  EXPECT_TRUE(a == b);
  b.add("y", 1);
  EXPECT_FALSE(a == b);
  EXPECT_EQ(a.count("z"), 0);
}

TEST(sparse_counts, adds_to_itself) {
  sparse_counts a;
  a.add("one", 1);
  a.add("two", 2);
  a += a;
  EXPECT_EQ(a.count("one"), 2);
  EXPECT_EQ(a.count("two"), 4);
}

}  // namespace sparse_counts_test
