// SPDX-License-Identifier: MIT
#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/classification.hpp>
#include <evalpp/stats/paired_rows.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace paired_rows_test {

namespace stats = evalpp::stats;
using texts = std::vector<std::string>;

const auto all = [](const stats::row_pair&) { return true; };

TEST(paired_rows, hold_the_lanes_of_both_systems) {
  const texts references{"a b c d", "e f g h", "i j k l"};
  auto first = evalpp::evaluate(texts{"a b", "e f g", "i"}, references, evalpp::bleu{});
  auto second =
      evalpp::evaluate(texts{"i j k l", "a", "e f"}, texts{"i j k l", "a b c d", "e f g h"}, evalpp::bleu{});
  const std::vector<stats::row_pair> pairs{{0, 1}, {2, 0}};
  const auto rows = stats::paired_rows_of(first.rows(), second.rows(), 0, pairs, all);
  ASSERT_EQ(rows.size(), 2u);
  ASSERT_EQ(rows.lanes(), first.rows().columns()[0].info.lanes);
  EXPECT_EQ(rows.units.keys[0], stats::resampling_key("0"));
  EXPECT_EQ(rows.units.keys[1], stats::resampling_key("2"));
  for (std::size_t u = 0; u < 2; ++u) {
    const auto unit = rows.units.row(u);
    const auto a = rows.baseline(unit), b = rows.candidate(unit);
    const auto from_a = std::as_const(first.rows()).row(0, pairs[u].baseline);
    const auto from_b = std::as_const(second.rows()).row(0, pairs[u].candidate);
    EXPECT_TRUE(std::equal(a.begin(), a.end(), from_a.begin(), from_a.end()));
    EXPECT_TRUE(std::equal(b.begin(), b.end(), from_b.begin(), from_b.end()));
  }
}

TEST(paired_rows, hold_the_lanes_of_every_candidate) {
  const texts references{"a b c d", "e f g h", "i j k l"};
  const auto run = [&](const texts& hypotheses) {
    return evalpp::evaluate(hypotheses, references, evalpp::bleu{}).rows();
  };
  const evalpp::table baseline = run({"a b", "e f g", "i"}), first = run({"a", "e", "i j"}),
                      second = run({"d", "h", "l"});
  const std::vector<stats::row_pair> pairs{{0, 1}, {2, 0}}, others{{0, 2}, {2, 2}}, fewer{{0, 0}};
  const stats::paired_units units = stats::paired_units_of(baseline, pairs, all);
  const stats::paired_units same = stats::paired_units_of(baseline, others, all, &units);
  EXPECT_TRUE(same.drawn_like(units));
  EXPECT_EQ(same.keys, units.keys);
  EXPECT_EQ(same.unit_of, (std::vector<std::uint32_t>{0, 1}));
  const stats::paired_units less = stats::paired_units_of(baseline, fewer, all, &units);
  EXPECT_FALSE(less.drawn_like(units));
  EXPECT_EQ(less.keys, (std::vector<std::uint64_t>{stats::resampling_key("0")}));

  const std::vector<stats::paired_candidate> both{{&first, &units}, {&second, &same}};
  const stats::paired_rows rows = stats::paired_rows_of(baseline, both, 0);
  const stats::paired_rows of_first = stats::paired_rows_of(baseline, first, 0, units);
  const stats::paired_rows of_second = stats::paired_rows_of(baseline, second, 0, same);
  ASSERT_EQ(rows.lanes(), of_first.lanes());
  for (std::size_t u = 0; u < 2; ++u) {
    const auto unit = rows.units.row(u), a = of_first.units.row(u), b = of_second.units.row(u);
    const auto equal = [](auto x, auto y) { return std::equal(x.begin(), x.end(), y.begin(), y.end()); };
    EXPECT_TRUE(equal(rows.baseline(unit), of_first.baseline(a)));
    EXPECT_TRUE(equal(rows.candidate(unit, 0), of_first.candidate(a)));
    EXPECT_TRUE(equal(rows.candidate(unit, 1), of_second.candidate(b)));
  }
}

TEST(paired_rows, of_one_cluster_or_one_id_are_one_unit) {
  const texts hypotheses{"a", "b", "c"};
  auto first = evalpp::evaluate(hypotheses, hypotheses, evalpp::bleu{});
  const auto second = first;
  const std::vector<stats::row_pair> pairs{{0, 0}, {1, 1}, {2, 2}};
  EXPECT_EQ(stats::paired_rows_of(first.rows(), second.rows(), 0, pairs, all).size(), 3u);
  first.rows().set_clusters({"x", "y", "x"});
  const auto rows = stats::paired_rows_of(first.rows(), second.rows(), 0, pairs, all);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows.units.keys[0], stats::resampling_key("x"));
  EXPECT_EQ(rows.units.total()[0], 3);  // BLEU's first lane: unigrams that match
}

TEST(paired_rows, of_named_counts_are_as_wide_as_both_systems_have_names) {
  auto first = evalpp::evaluate(texts{"x", "y"}, texts{"x", "x"}, evalpp::classification{});
  auto second = evalpp::evaluate(texts{"z", "x"}, texts{"x", "x"}, evalpp::classification{});
  const std::vector<stats::row_pair> pairs{{0, 0}, {1, 1}};
  const auto rows = stats::paired_rows_of(first.rows(), second.rows(), 0, pairs, all);
  EXPECT_EQ(rows.lanes(), rows.units.names.size());
  const evalpp::any_scorer scorer{evalpp::classification{}};
  const auto total = rows.units.total();
  EXPECT_EQ(scorer.value(rows.baseline(total), rows.units.names), 0.5);
  EXPECT_EQ(scorer.value(rows.candidate(total), rows.units.names), 0.5);
}

TEST(paired_rows, that_are_not_chosen_are_left_out) {
  auto run = evalpp::evaluate(texts{"a", "b"}, texts{"a", "b"}, evalpp::bleu{});
  const std::vector<stats::row_pair> pairs{{0, 0}, {1, 1}};
  const auto rows = stats::paired_rows_of(run.rows(), run.rows(), 0, pairs,
                                          [](const stats::row_pair& p) { return p.baseline == 1; });
  ASSERT_EQ(rows.size(), 1u);
  EXPECT_EQ(rows.units.keys[0], stats::resampling_key("1"));
}

}  // namespace paired_rows_test
