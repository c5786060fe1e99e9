// SPDX-License-Identifier: MIT
#include <evalpp/core/table.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace resampling_rows_test {

namespace stats = evalpp::stats;
using evalpp::row_state;

constexpr auto all = [](std::size_t) { return true; };

// Two columns, a dense one of two lanes and a sparse one.
evalpp::table some_table(std::size_t n) {
  evalpp::column_info dense{"dense", ""}, sparse{"sparse", ""};
  dense.lanes = 2;
  sparse.sparse = true;
  evalpp::table rows({dense, sparse});
  rows.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    rows.states()[i] = row_state::scored;
    rows.row(0, i)[0] = static_cast<std::int64_t>(i);
    rows.row(0, i)[1] = 1;
    rows.named(1, i).add(i % 2 == 0 ? "b" : "a", 10 + static_cast<std::int64_t>(i));
  }
  return rows;
}

TEST(resampling_rows, are_one_for_each_example) {
  const stats::resampling_rows units = stats::resampling_rows_of(some_table(3), 0, all);
  EXPECT_EQ(units.lanes, 2u);
  EXPECT_EQ(units.keys, (std::vector<std::uint64_t>{stats::resampling_key("0"), stats::resampling_key("1"),
                                                    stats::resampling_key("2")}));
  EXPECT_EQ(units.values, (std::vector<std::int64_t>{0, 1, 1, 1, 2, 1}));
  EXPECT_EQ(units.total(), (std::vector<std::int64_t>{3, 3}));
  EXPECT_TRUE(units.names.empty());
}

TEST(resampling_rows, of_a_sparse_column_have_a_lane_for_each_name) {
  const stats::resampling_rows units = stats::resampling_rows_of(some_table(3), 1, all);
  EXPECT_EQ(units.names, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(units.values, (std::vector<std::int64_t>{0, 10, 11, 0, 0, 12}));
}

TEST(resampling_rows, add_up_clusters_and_repeated_ids) {
  evalpp::table rows = some_table(4);
  rows.ids()[3] = "0";
  EXPECT_EQ(stats::resampling_rows_of(rows, 0, all).values, (std::vector<std::int64_t>{3, 2, 1, 1, 2, 1}));
  rows.set_clusters({"x", "y", "x", "y"});
  const stats::resampling_rows clusters = stats::resampling_rows_of(rows, 0, all);
  EXPECT_EQ(clusters.values, (std::vector<std::int64_t>{2, 2, 4, 2}));
  EXPECT_EQ(clusters.keys[1], stats::resampling_key("y"));
}

TEST(resampling_rows, leave_out_what_was_not_measured_or_not_chosen) {
  evalpp::table rows = some_table(4);
  rows.states()[0] = row_state::missing;
  rows.states()[1] = row_state::missing | row_state::counted_as_empty;
  const auto chosen = [](std::size_t i) { return i != 2; };
  EXPECT_EQ(stats::resampling_rows_of(rows, 0, chosen).values, (std::vector<std::int64_t>{1, 1, 3, 1}));
}

TEST(resampling_rows, count_weights) {
  evalpp::table rows = some_table(2);
  rows.set_weights({3, 5});
  EXPECT_EQ(stats::resampling_rows_of(rows, 0, all).values, (std::vector<std::int64_t>{0, 3, 5, 5}));
  EXPECT_EQ(stats::resampling_rows_of(rows, 1, all).values, (std::vector<std::int64_t>{0, 30, 55, 0}));
}

TEST(resampling_rows, of_nothing_are_none) {
  const stats::resampling_rows units = stats::resampling_rows_of(some_table(0), 0, all);
  EXPECT_EQ(units.size(), 0u);
  EXPECT_EQ(units.total(), (std::vector<std::int64_t>{0, 0}));
}

}  // namespace resampling_rows_test
