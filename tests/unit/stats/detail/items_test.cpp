// SPDX-License-Identifier: MIT
#include <evalpp/stats/detail/items.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace items_test {

using namespace evalpp::stats::detail;

TEST(items, no_weights_count_once_each) {
  const item_weights once({}, 3);
  EXPECT_EQ(once[2], 1u);
  EXPECT_EQ(once.total(), 3u);
  const std::vector<std::uint32_t> weights{4000000000, 4000000000};
  EXPECT_EQ(item_weights(weights, 2).total(), 8000000000u);
  EXPECT_REFUSED(item_weights(weights, 3));
}

TEST(items, ties_keep_their_order) {
  const std::vector<double> values{2, 1, 2, 0.0, -0.0};
  EXPECT_EQ(ascending(values), (std::vector<std::size_t>{3, 4, 1, 0, 2}));
  std::vector<std::size_t> sizes;
  for_each_tie(values, ascending(values),
               [&](std::span<const std::size_t> tie) { sizes.push_back(tie.size()); });
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 1, 2}));
}

}  // namespace items_test
