// SPDX-License-Identifier: MIT
#include <evalpp/core/replicate_sketch.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

namespace replicate_sketch_test {

TEST(replicate_sketch, keeps_replicate_after_replicate) {
  evalpp::replicate_sketch::column column;
  column.total = {7, 8, 9};
  column.sums = {1, 2, 3, 4, 5, 6};
  const auto second = column.replicate(1);
  EXPECT_EQ(std::vector<std::int64_t>(second.begin(), second.end()), (std::vector<std::int64_t>{4, 5, 6}));
}

}  // namespace replicate_sketch_test
