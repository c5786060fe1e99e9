// SPDX-License-Identifier: MIT
#include <evalpp/stats/detail/strongly_connected.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <random>
#include <vector>

namespace strongly_connected_test {

using evalpp::stats::detail::strongly_connected;

TEST(strongly_connected, agrees_with_reachability_both_ways) {
  std::mt19937 random(19);
  for (int trial = 0; trial < 200; ++trial) {
    const std::size_t n = random() % 9;
    std::vector<std::vector<bool>> edge(n, std::vector<bool>(n)), reach(n, std::vector<bool>(n));
    for (std::size_t i = 0; i < n; ++i)
      for (std::size_t j = 0; j < n; ++j) reach[i][j] = (edge[i][j] = random() % 5 == 0) || i == j;
    for (std::size_t k = 0; k < n; ++k)
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j) reach[i][j] = reach[i][j] || (reach[i][k] && reach[k][j]);
    const auto found = strongly_connected(n, [&](std::size_t i, std::size_t j) { return bool{edge[i][j]}; });
    ASSERT_EQ(found.size(), n);
    std::size_t next = 0;
    for (std::size_t i = 0; i < n; ++i) {
      EXPECT_LE(found[i], next);  // numbered in the order of first nodes
      if (found[i] == next) ++next;
      for (std::size_t j = 0; j < n; ++j) EXPECT_EQ(found[i] == found[j], reach[i][j] && reach[j][i]);
    }
  }
}

TEST(strongly_connected, a_long_ring_needs_no_deep_stack) {
  const std::size_t n = 5000;
  const auto found = strongly_connected(n, [&](std::size_t i, std::size_t j) { return j == (i + 1) % n; });
  EXPECT_EQ(found, std::vector<std::size_t>(n, 0));
}

}  // namespace strongly_connected_test
