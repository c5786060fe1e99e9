// SPDX-License-Identifier: MIT
#include <evalpp/core/any_metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/span_f1.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/paired_rows.hpp>
#include <evalpp/stats/sketch_interval.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace sketch_interval_test {

namespace stats = evalpp::stats;
using evalpp::error_code;

constexpr auto all = [](std::size_t) { return true; };
const std::vector<evalpp::any_metric> metrics{evalpp::bleu{}, evalpp::exact_match{}};

// Answers of which those are right whose number `modulus` divides.
evalpp::table some_rows(std::size_t n, std::size_t modulus,
                        const std::vector<evalpp::any_metric>& by = metrics) {
  std::vector<std::string> answers, gold;
  for (std::size_t i = 0; i < n; ++i) {
    gold.push_back("the answer number " + std::to_string(i) + " is what was asked for");
    answers.push_back(i % modulus != 0 ? gold.back() : "the answer is " + std::to_string(i % 7) + " I guess");
  }
  return evalpp::metric_set(by).measure(evalpp::seq, answers, gold);
}

std::vector<stats::scored_column> columns_of(const std::vector<evalpp::any_metric>& by) {
  std::vector<stats::scored_column> columns;
  for (const auto& m : by) columns.push_back({m, columns.size()});
  return columns;
}

evalpp::replicate_sketch sketch_of(const evalpp::table& rows, const stats::resampling_options& options = {}) {
  return stats::replicate_sketch_of(evalpp::seq, rows, columns_of(metrics), all, options);
}

// What the rows of both say, pair by pair, but for the acceleration.
TEST(sketch_interval, of_a_difference_is_that_of_the_paired_rows) {
  const evalpp::table a = some_rows(90, 3), b = some_rows(90, 4);
  const auto baseline = sketch_of(a, {.seed = 5}), candidate = sketch_of(b, {.seed = 5});
  std::vector<stats::row_pair> pairs;
  for (std::size_t i = 0; i < 90; ++i) pairs.push_back({i, i});
  for (std::size_t m = 0; m < metrics.size(); ++m) {
    const auto rows = stats::paired_rows_of(a, b, m, pairs, [](const auto&) { return true; });
    auto expected = stats::bootstrap(evalpp::seq, rows.units,
                                     [&](std::span<const std::int64_t> lanes) {
                                       return evalpp::detail::keep(metrics[m].value(rows.candidate(lanes)) -
                                                                   metrics[m].value(rows.baseline(lanes)));
                                     },
                                     {.seed = 5});
    expected.acceleration = 0;
    const auto ends = stats::bootstrap_interval(expected, 0.9);
    const auto found = stats::paired_sketch_interval(baseline, candidate, m, metrics[m], 0.9);
    ASSERT_TRUE(found) << to_string(found.error());
    EXPECT_EQ(found->baseline, metrics[m].score(a, m).value);
    EXPECT_EQ(found->candidate, metrics[m].score(b, m).value);
    EXPECT_EQ(found->delta, expected.estimate);
    EXPECT_EQ(found->ci.ends.lo, ends.lo);
    EXPECT_EQ(found->ci.ends.hi, ends.hi);
    EXPECT_EQ(found->ci.ends.status, evalpp::interval_status::ok);
    EXPECT_EQ(found->ci.method, "bc+");
    EXPECT_EQ(found->ci.standard_error, expected.standard_error());
  }
}

TEST(sketch_interval, of_one_run_is_that_of_its_rows) {
  const evalpp::table rows = some_rows(60, 3);
  auto expected =
      stats::bootstrap(evalpp::seq, stats::resampling_rows_of(rows, 0, all),
                       [](std::span<const std::int64_t> lanes) { return metrics[0].value(lanes); });
  expected.acceleration = 0;
  const auto found = stats::sketch_interval(sketch_of(rows), 0, metrics[0]);
  EXPECT_EQ(found.ends.lo, stats::bootstrap_interval(expected).lo);
  EXPECT_EQ(found.replicates, 10'240u);
  EXPECT_TRUE(found.notes.empty());
}

TEST(sketch_interval, of_equal_runs_or_few_examples_is_none) {
  const auto sketch = sketch_of(some_rows(40, 3), {.replicates = 256});
  const auto same = stats::paired_sketch_interval(sketch, sketch, 0, metrics[0]);
  ASSERT_TRUE(same);
  EXPECT_EQ(same->delta, 0);
  EXPECT_EQ(same->ci.ends.status, evalpp::interval_status::degenerate);
  const auto few = sketch_of(some_rows(9, 3), {.replicates = 256});
  EXPECT_EQ(stats::sketch_interval(few, 0, metrics[0]).ends.status, evalpp::interval_status::too_few);
  const auto none = sketch_of(some_rows(0, 3), {.replicates = 256});
  EXPECT_EQ(stats::sketch_interval(none, 0, metrics[0]).ends.status, evalpp::interval_status::undefined);
}

TEST(sketch_interval, has_the_same_bits_for_any_threads_and_order) {
  evalpp::table rows = some_rows(70, 3);
  const auto one = sketch_of(rows, {.replicates = 512});
  EXPECT_TRUE(stats::replicate_sketch_of(evalpp::threads(8), rows, columns_of(metrics), all,
                                         {.replicates = 512}) == one);
  evalpp::table turned({rows.columns()[0].info, rows.columns()[1].info});
  turned.resize(70);
  for (std::size_t i = 0; i < 70; ++i) {
    turned.ids()[i] = rows.ids()[69 - i];
    turned.states()[i] = rows.states()[69 - i];
    for (std::size_t c = 0; c < 2; ++c) {
      const auto from = std::as_const(rows).row(c, 69 - i);
      std::copy(from.begin(), from.end(), turned.row(c, i).begin());
    }
  }
  EXPECT_TRUE(sketch_of(turned, {.replicates = 512}) == one);
}

TEST(sketch_interval, of_parts_merge_to_that_of_the_whole) {
  const evalpp::table rows = some_rows(50, 3);
  const auto part = [&](std::size_t begin, std::size_t end) {
    return stats::replicate_sketch_of(evalpp::seq, rows, columns_of(metrics),
                                      [=](std::size_t i) { return i >= begin && i < end; },
                                      {.replicates = 256});
  };
  auto merged = part(20, 50);
  ASSERT_TRUE(stats::merge(merged, part(0, 20)));
  EXPECT_TRUE(merged == part(0, 50));
  const auto other = sketch_of(rows, {.seed = 1, .replicates = 256});
  EXPECT_EQ(stats::merge(merged, other).error().code, error_code::mismatch);
  EXPECT_TRUE(merged == part(0, 50));
}

TEST(sketch_interval, refuses_what_is_no_pair) {
  const stats::resampling_options few{.replicates = 256};
  const auto base = sketch_of(some_rows(40, 3), few);
  const auto refused = [&](const evalpp::replicate_sketch& other, std::size_t column,
                           const evalpp::any_scorer& metric) {
    const auto found = stats::paired_sketch_interval(base, other, column, metric);
    return !found && found.error().code != error_code::syntax;
  };
  EXPECT_FALSE(refused(base, 0, metrics[0]));
  EXPECT_TRUE(refused(sketch_of(some_rows(41, 3), few), 0, metrics[0]));
  evalpp::table renamed = some_rows(40, 3);
  renamed.ids()[7] = "x";
  EXPECT_TRUE(refused(sketch_of(renamed, few), 0, metrics[0]));
  EXPECT_TRUE(refused(sketch_of(some_rows(40, 3), {.seed = 1, .replicates = 256}), 0, metrics[0]));
  EXPECT_TRUE(refused(sketch_of(some_rows(40, 3), {.replicates = 512}), 0, metrics[0]));
  EXPECT_TRUE(refused(base, 0, metrics[1]));
  EXPECT_TRUE(refused(base, 2, metrics[1]));
  const evalpp::any_scorer lowercase(evalpp::bleu{.lowercase = true});
  EXPECT_TRUE(refused(base, 0, lowercase));
}

// Each run has its own names of counts.
TEST(sketch_interval, takes_sparse_columns) {
  const std::vector<evalpp::any_metric> f1{evalpp::span_f1{}};
  std::vector<std::string> gold, first, second;
  for (std::size_t i = 0; i < 60; ++i) {
    gold.push_back("B-P I-P O B-L");
    first.push_back(i % 3 == 0 ? "B-P I-P O O" : "B-P I-P O B-L");
    second.push_back(i % 4 == 0 ? "B-X I-X O B-L" : "B-P I-P O B-L");
  }
  const auto sketch = [&](const std::vector<std::string>& answers) {
    const auto rows = evalpp::metric_set(f1).measure(evalpp::seq, answers, gold);
    return stats::replicate_sketch_of(evalpp::seq, rows, columns_of(f1), all, {.replicates = 1024});
  };
  const auto found = stats::paired_sketch_interval(sketch(first), sketch(second), 0, f1[0]);
  ASSERT_TRUE(found) << to_string(found.error());
  // 2 * 100 of 120 + 100 spans, and 2 * 105 of 120 + 120.
  EXPECT_NEAR(found->delta, 210 / 240.0 - 200 / 220.0, 1e-12);
  EXPECT_TRUE(found->ci.ends.contains(found->delta));
}

}  // namespace sketch_interval_test
