// SPDX-License-Identifier: MIT
#include <evalpp/workflow/join.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <vector>

namespace join_test {

using evalpp::stats::row_pair;
using evalpp::workflow::join_by_id;
using evalpp::workflow::join_policy;
using evalpp::workflow::join_rows;
using ids = std::vector<std::string>;
using rows = std::vector<std::size_t>;
using pairs = std::vector<row_pair>;

TEST(join, matches_ids_in_any_order) {
  const auto found = join_by_id(ids{"a", "b", "c"}, ids{"c", "a", "b"});
  EXPECT_EQ(found.pairs, (pairs{{0, 1}, {1, 2}, {2, 0}}));
  EXPECT_TRUE(found.complete());
}

TEST(join, names_what_one_side_lacks) {
  const ids a{"a", "b", "c"}, b{"d", "b"};
  const auto found = join_by_id(a, b);
  EXPECT_EQ(found.pairs, (pairs{{1, 1}}));
  EXPECT_EQ(found.only_baseline, (rows{0, 2}));
  EXPECT_EQ(found.only_candidate, (rows{0}));
  EXPECT_EQ(left_out(found, a, b),
            "2 ids are only in the baseline (a, c), 1 id is only in the candidate (d)");
  EXPECT_EQ(left_out(join_by_id(a, a), a, a), "");
}

TEST(join, matches_an_id_that_occurs_several_times_in_order) {
  const auto found = join_by_id(ids{"a", "a", "b", "a"}, ids{"a", "b", "a"});
  EXPECT_EQ(found.pairs, (pairs{{0, 0}, {1, 2}, {2, 1}}));
  EXPECT_EQ(found.only_baseline, (rows{3}));
  const ids same{"a", "b", "a"};
  EXPECT_EQ(join_by_id(same, same).pairs, (pairs{{0, 0}, {1, 1}, {2, 2}}));
}

TEST(join, is_strict_unless_asked_otherwise) {
  const ids a{"a", "b"}, b{"b"};
  EXPECT_FALSE(join_rows(a, b));
  EXPECT_TRUE(join_rows(a, b, join_policy::intersect));
  EXPECT_TRUE(join_rows(a, a));
  EXPECT_FALSE(join_rows(ids{"a"}, b, join_policy::intersect)) << "nothing in common";
  EXPECT_FALSE(join_rows({}, {}, join_policy::intersect));
}

TEST(join, names_a_few_ids_of_many) {
  const ids a{"1", "2", "3", "4", "5"}, b{"5"};
  EXPECT_EQ(left_out(join_by_id(a, b), a, b), "4 ids are only in the baseline (1, 2, 3, ...)");
}

}  // namespace join_test
