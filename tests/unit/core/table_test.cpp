// SPDX-License-Identifier: MIT
#include <evalpp/core/reference_counts.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/table.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace table_test {

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

// The same under other ids, as another rank would have evaluated it.
table second_part() {
  table t = two_columns();
  for (std::string& id : t.ids()) id = "second " + id;
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
  ASSERT_TRUE(t.append(second_part()));
  EXPECT_EQ(t.rows(), 6u);
  EXPECT_EQ(t.ids()[3], "second 0");
  EXPECT_EQ(t.sum(0, all), (std::vector<std::int64_t>{12, 60}));
  table more_keys = second_part();
  more_keys.add_key({"language", {"fr", "fr", ""}});
  ASSERT_TRUE(with_key.append(more_keys));
  EXPECT_EQ(with_key.find_key("language")->values.size(), 6u);
  EXPECT_EQ(with_key.find_key("nothing"), nullptr);
}

TEST(table, says_why_parts_do_not_fit) {
  using evalpp::error_code;
  const auto refused = [](table part, error_code code, const char* message) {
    table t = two_columns();
    const auto status = t.append(part);
    ASSERT_FALSE(status) << message;
    EXPECT_EQ(status.error().code, code);
    EXPECT_NE(status.error().message.find(message), std::string::npos) << status.error().message;
    EXPECT_TRUE(t == two_columns());
  };
  refused(two_columns(), error_code::duplicate, "the id \"0\" appears twice");
  table twice = second_part();
  twice.ids()[2] = twice.ids()[1];
  refused(twice, error_code::duplicate, "the id \"second 1\" appears twice");
  refused(table(), error_code::mismatch, "different numbers of metrics");
  refused(table({{"other", "a:1", evalpp::scale::percent, true, false, 2},
                 {"named", "b:2", evalpp::scale::fraction, true, true, 0}}),
          error_code::mismatch, "different metrics: 'dense' and 'other'");
  refused(table({{"dense", "a:3", evalpp::scale::percent, true, false, 2},
                 {"named", "b:2", evalpp::scale::fraction, true, true, 0}}),
          error_code::mismatch, "different signatures: a:1 and a:3");
  refused(table({{"dense", "a:1", evalpp::scale::percent, true, false, 3},
                 {"named", "b:2", evalpp::scale::fraction, true, true, 0}}),
          error_code::mismatch, "different statistics of 'dense'");
  table weighted = second_part();
  weighted.set_weights({1, 2, 3});
  refused(weighted, error_code::mismatch, "weights or clusters");
}

TEST(table, grows_and_shrinks_in_all_its_columns) {
  table t = two_columns();
  t.set_weights({2, 2, 2});
  t.set_clusters({"d", "d", "e"});
  t.add_key({"language", {"de", "en", "de"}});
  for (const std::size_t n : {5u, 2u}) {
    t.resize(n);
    EXPECT_EQ(t.ids().size(), n);
    EXPECT_EQ(t.states().size(), n);
    EXPECT_EQ(t.clusters().size(), n);
    EXPECT_EQ(t.weights().size(), n);
    EXPECT_EQ(t.keys()[0].values.size(), n);
    EXPECT_EQ(t.columns()[0].dense.size(), 2 * n);
    EXPECT_EQ(t.columns()[1].named.size(), n);
  }
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

}  // namespace table_test
