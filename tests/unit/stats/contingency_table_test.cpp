// SPDX-License-Identifier: MIT
#include <evalpp/stats/contingency_table.hpp>

#include <refused.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <vector>

namespace contingency_table_test {

using evalpp::stats::contingency_table;
using labels = std::vector<std::uint32_t>;
using table = std::vector<std::uint64_t>;

TEST(contingency_table, counts_pairs_of_labels_by_row_and_column) {
  EXPECT_EQ(contingency_table(labels{0, 0, 1, 2}, labels{0, 1, 1, 0}, 3), (table{1, 1, 0, 0, 1, 0, 1, 0, 0}));
  EXPECT_EQ(contingency_table({}, {}, 2), (table{0, 0, 0, 0}));
  EXPECT_EQ(contingency_table({}, {}, 0), table{});
}

TEST(contingency_table, counts_an_item_as_often_as_its_weight) {
  EXPECT_EQ(contingency_table(labels{0, 1, 1}, labels{0, 1, 0}, 2, labels{3, 0, 2}), (table{3, 0, 2, 0}));
}

TEST(contingency_table, rejects_what_does_not_fit) {
  EXPECT_REFUSED(contingency_table(labels{0}, labels{0, 1}, 2));
  EXPECT_REFUSED(contingency_table(labels{2}, labels{0}, 2));
  EXPECT_REFUSED(contingency_table(labels{0}, labels{0}, 2, labels{1, 1}));
}

}  // namespace contingency_table_test
