// SPDX-License-Identifier: MIT
#include <evalpp/json/detail/assignment.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace assignment_test {

using evalpp::json::detail::assignment;

/// Every way to pair rows with columns.
std::int64_t best(const std::vector<std::int64_t>& weights, std::size_t columns, std::size_t row,
                  std::vector<bool>& used) {
  if (row * columns == weights.size()) return 0;
  std::int64_t most = best(weights, columns, row + 1, used);
  for (std::size_t j = 0; j < columns; ++j) {
    if (used[j]) continue;
    used[j] = true;
    most = std::max(most, weights[row * columns + j] + best(weights, columns, row + 1, used));
    used[j] = false;
  }
  return most;
}

TEST(json_assignment, finds_the_largest_sum) {
  assignment solver;
  std::uint32_t state = 1;
  for (std::size_t rows = 1; rows <= 5; ++rows) {
    for (std::size_t columns = 1; columns <= 5; ++columns) {
      for (int round = 0; round < 60; ++round) {
        std::vector<std::int64_t> weights(rows * columns);
        for (auto& w : weights) w = (state = state * 1664525 + 1013904223) >> 29;
        std::vector<std::size_t> column_of(rows);
        const std::int64_t sum = solver.solve(weights, rows, columns, column_of);
        std::vector<bool> used(columns);
        ASSERT_EQ(sum, best(weights, columns, 0, used));
        std::int64_t chosen = 0;
        std::size_t paired = 0;
        for (std::size_t i = 0; i < rows; ++i) {
          if (column_of[i] == assignment::none) continue;
          ASSERT_FALSE(used[column_of[i]]);
          used[column_of[i]] = true;
          ++paired;
          chosen += weights[i * columns + column_of[i]];
        }
        ASSERT_EQ(chosen, sum);
        ASSERT_EQ(paired, std::min(rows, columns));
      }
    }
  }
}

TEST(json_assignment, takes_large_weights) {
  assignment solver;
  const std::int64_t large = std::int64_t{1} << 40;
  const std::vector<std::int64_t> weights = {large, large - 1, large - 1, 0};
  std::vector<std::size_t> column_of(2);
  EXPECT_EQ(solver.solve(weights, 2, 2, column_of), 2 * large - 2);
  EXPECT_EQ(column_of, (std::vector<std::size_t>{1, 0}));
}

}  // namespace assignment_test
