// SPDX-License-Identifier: MIT
#include <evalpp/core/reference_counts.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/table.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace {

using evalpp::row_state;
using evalpp::table;

table two_columns() {
  table t({{"dense", "a:1", evalpp::scale::percent, true, false, 2},
           {"named", "b:2", evalpp::scale::fraction, true, true, 0}});
  t.resize(3);
  for (std::size_t i = 0; i < 3; ++i) {
    t.row(0, i)[0] = static_cast<std::int64_t>(i) + 1;
    t.row(0, i)[1] = 10;
    t.named(1, i).add(i == 1 ? "cat" : "dog", 1);
    t.states()[i] = row_state::scored;
  }
  return t;
}

const auto all = [](std::size_t) { return true; };

TEST(table, sums_with_weights) {
  table t = two_columns();
  EXPECT_EQ(t.sum(0, all), (std::vector<std::int64_t>{6, 30}));
  EXPECT_EQ(t.sum(0, [](std::size_t i) { return i == 2; }), (std::vector<std::int64_t>{3, 10}));
  EXPECT_EQ(t.sum_named(1, all).count("dog"), 2);
  t.set_weights({1, 0, 3});
  EXPECT_EQ(t.sum(0, all), (std::vector<std::int64_t>{10, 40}));
  EXPECT_EQ(t.sum_named(1, all).count("dog"), 4);
  EXPECT_EQ(t.sum_named(1, all).count("cat"), 0);
}

TEST(table, new_rows_are_numbered_and_empty) {
  table t = two_columns();
  t.resize(5);
  EXPECT_EQ(t.ids()[4], "4");
  EXPECT_EQ(t.count(row_state::missing), 2u);
  EXPECT_EQ(t.sum(0, all), (std::vector<std::int64_t>{6, 30}));
}

TEST(table, a_cleared_row_counts_nothing) {
  table t = two_columns();
  t.clear_row(0);
  EXPECT_EQ(t.sum(0, all), (std::vector<std::int64_t>{5, 20}));
  EXPECT_EQ(t.sum_named(1, all).count("dog"), 1);
}

TEST(table, appends_only_what_fits) {
  table t = two_columns();
  table with_key = two_columns();
  with_key.add_key({"language", {"de", "en", "de"}});
  EXPECT_FALSE(t.append(with_key));
  ASSERT_TRUE(t.append(two_columns()));
  EXPECT_EQ(t.rows(), 6u);
  EXPECT_EQ(t.sum(0, all), (std::vector<std::int64_t>{12, 60}));
  ASSERT_TRUE(with_key.append(with_key));
  EXPECT_EQ(with_key.find_key("language")->values.size(), 6u);
  EXPECT_EQ(with_key.find_key("nothing"), nullptr);
}

TEST(table, states_are_flags) {
  EXPECT_TRUE(has(row_state::missing | row_state::no_reference, row_state::missing));
  EXPECT_FALSE(has(row_state::empty_hypothesis, row_state::missing));
}

TEST(reference_counts, tell_whether_the_number_varied) {
  using evalpp::reference_counts;
  reference_counts sum{};
  EXPECT_EQ(sum.signature(), "nrefs:0");
  for (int i = 0; i < 3; ++i) evalpp::merge(sum, reference_counts::of(2));
  EXPECT_EQ(sum.signature(), "nrefs:2");
  // 1 and 3 have the mean of 2 and 2: only the squares tell.
  evalpp::merge(sum, reference_counts::of(1));
  evalpp::merge(sum, reference_counts::of(3));
  EXPECT_EQ(sum.signature(), "nrefs:var");
}

TEST(statistics, lanes_and_back) {
  struct pair {
    std::int64_t a, b;
  };
  const pair p{-1, std::numeric_limits<std::int64_t>::max()};
  const auto values = evalpp::lanes(p);
  EXPECT_EQ(values[0], -1);
  EXPECT_EQ(evalpp::from_lanes<pair>(values).b, p.b);
  pair wrapped = p;
  evalpp::merge(wrapped, pair{0, 1});  // an overflow wraps around instead of being undefined
  EXPECT_EQ(wrapped.b, std::numeric_limits<std::int64_t>::min());
  struct with_double {
    double x;
  };
  static_assert(!evalpp::dense_statistics<with_double>);
}

}  // namespace
