// SPDX-License-Identifier: MIT
#include <evalpp/stats/resampling_rows.hpp>
#include <evalpp/stats/strata.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace strata_test {

namespace stats = evalpp::stats;
using numbers = std::vector<std::uint32_t>;

constexpr auto all = [](std::size_t) { return true; };

evalpp::table measured(std::size_t n) {
  evalpp::column_info info;
  info.lanes = 1;
  evalpp::table rows({info});
  rows.resize(n);
  for (auto& state : rows.states()) state = evalpp::row_state::scored;
  return rows;
}

TEST(strata_from, numbers_them_as_they_come) {
  const auto found = stats::strata_from(numbers{7, 3, 7, 0, 3, 7});
  EXPECT_EQ(found.of, (numbers{0, 1, 0, 2, 1, 0}));
  EXPECT_EQ(found.size, (numbers{3, 2, 1}));
  EXPECT_TRUE(stats::strata_from({}).size.empty());
}

TEST(strata_of, follows_the_units_of_the_rows) {
  evalpp::table rows = measured(6);
  rows.states()[1] = evalpp::row_state::missing;
  const evalpp::key_column key{"domain", {"news", "law", "law", "news", "talk", "law"}};
  const auto found = stats::strata_of(rows, key, [](std::size_t i) { return i != 4; });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->of, (numbers{0, 1, 0, 1}));
  EXPECT_EQ(found->size, (numbers{2, 2}));
  EXPECT_EQ(found->of.size(),
            stats::resampling_rows_of(rows, 0, [](std::size_t i) { return i != 4; }).size());
}

TEST(strata_of, counts_a_cluster_once) {
  evalpp::table rows = measured(4);
  rows.set_clusters({"a", "b", "a", "c"});
  const auto found = stats::strata_of(rows, {"domain", {"x", "y", "x", "y"}}, all);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->of, (numbers{0, 1, 1}));
  EXPECT_EQ(found->size, (numbers{1, 2}));
}

TEST(strata_of, follows_the_units_of_pairs) {
  const evalpp::table rows = measured(4);
  const evalpp::key_column key{"domain", {"x", "y", "x", "y"}};
  const std::vector<stats::row_pair> pairs{{3, 0}, {0, 1}, {1, 2}};
  const auto found = stats::strata_of(rows, key, pairs, [](const stats::row_pair&) { return true; });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->of, (numbers{0, 1, 0}));  // rows 3, 0 and 1
  const auto some =
      stats::strata_of(rows, key, pairs, [](const stats::row_pair& p) { return p.baseline != 0; });
  ASSERT_TRUE(some);
  EXPECT_EQ(some->size, (numbers{2}));
}

TEST(strata_of, refuses_a_cluster_in_two_strata) {
  evalpp::table rows = measured(3);
  rows.set_clusters({"a", "b", "a"});
  const auto found = stats::strata_of(rows, {"domain", {"x", "y", "y"}}, all);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, evalpp::error_code::mismatch);
}

TEST(strata_of, no_rows_is_none) {
  const auto found = stats::strata_of(measured(0), {"domain", {}}, all);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->of.empty());
}

}  // namespace strata_test
