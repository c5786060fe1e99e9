// SPDX-License-Identifier: MIT
#include <evalpp/json/tally.hpp>

#include <gtest/gtest.h>
#include <vector>

namespace tally_test {

using evalpp::json::failure_histogram;
using evalpp::json::tally;
using entries = std::vector<tally::entry>;

TEST(json_tally, counts_names) {
  tally t;
  EXPECT_EQ(t.size(), 0U);
  EXPECT_EQ(t.count("a"), 0);
  EXPECT_TRUE(t.commonest().empty());
  t.add("a");
  t.add("b", 3);
  t.add("a");
  t.add("never", 0);
  EXPECT_EQ(t.count("a"), 2);
  EXPECT_EQ(t.count("b"), 3);
  EXPECT_EQ(t.size(), 2U);
  EXPECT_EQ(t.total(), 5);
}

TEST(json_tally, names_the_commonest_first) {
  tally t;
  for (const char* name : {"c", "b", "a", "d", "b", "d", ""}) t.add(name);
  EXPECT_EQ(t.commonest(), (entries{{"b", 2}, {"d", 2}, {"", 1}, {"a", 1}, {"c", 1}}));
  EXPECT_EQ(t.commonest(3), (entries{{"b", 2}, {"d", 2}, {"", 1}}));
  EXPECT_TRUE(t.commonest(0).empty());
}

TEST(json_tally, adds_up_in_any_order) {
  tally a, b;
  a.add("x", 2);
  a.add("y");
  b.add("y", 5);
  b.add("z");
  tally ab = a, ba = b;
  ab += b;
  ba += a;
  EXPECT_EQ(ab, ba);
  EXPECT_EQ(ab.commonest(), (entries{{"y", 6}, {"x", 2}, {"z", 1}}));
  EXPECT_EQ(ab.total(), 9);
  ab += tally();
  EXPECT_EQ(ab, ba);
  ab += ab;
  EXPECT_EQ(ab.count("y"), 12);
  EXPECT_EQ(ab.total(), 18);
}

TEST(json_failure_histogram, counts_by_keyword_and_by_kind) {
  failure_histogram a;
  a.add("type", "type_null");
  a.add("type", "type_other", 2);
  a.add_kind("fence");
  EXPECT_EQ(a.keywords.commonest(), (entries{{"type", 3}}));
  EXPECT_EQ(a.kinds.commonest(), (entries{{"type_other", 2}, {"fence", 1}, {"type_null", 1}}));
  failure_histogram b;
  b.add("required", "missing_required");
  failure_histogram ab = a, ba = b;
  ab += b;
  ba += a;
  EXPECT_EQ(ab, ba);
  EXPECT_EQ(ab.kinds.total(), 5);
  EXPECT_NE(ab, a);
}

}  // namespace tally_test
