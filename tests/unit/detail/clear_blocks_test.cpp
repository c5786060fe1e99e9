// SPDX-License-Identifier: MIT
#include <evalpp/detail/clear_blocks.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <vector>

namespace clear_blocks_test {

TEST(clear_blocks, clears_whole_blocks_and_nothing_behind_them) {
  using evalpp::detail::clear_block;
  for (std::size_t bytes = 0; bytes <= 12 * clear_block; ++bytes) {
    std::vector<char> table(14 * clear_block, 'x');
    evalpp::detail::clear_blocks(table.data(), bytes);
    const auto cleared = static_cast<std::size_t>(std::find(table.begin(), table.end(), 'x') - table.begin());
    EXPECT_GE(cleared, bytes);
    EXPECT_LE(cleared, (bytes + clear_block - 1) / clear_block * clear_block);
    EXPECT_EQ(std::count(table.begin(), table.end(), 'x'),
              static_cast<std::ptrdiff_t>(table.size() - cleared));
  }
}

}  // namespace clear_blocks_test
