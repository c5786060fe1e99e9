// SPDX-License-Identifier: MIT
// Against sacreBLEU's own figures: tests/golden/sacrebleu_bootstrap_test.cpp. Here its rules from their
// definition, and what those figures do not reach.
#include <evalpp/core/any_metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/ter.hpp>
#include <evalpp/stats/sacrebleu_bootstrap.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace sacrebleu_bootstrap_test {

namespace stats = evalpp::stats;
using evalpp::detail::is_nan;

stats::resampling_rows rows_of(const evalpp::any_metric& metric, const std::vector<std::string>& hypotheses,
                               const std::vector<std::vector<std::string>>& references) {
  const evalpp::metric_set set({metric});
  return stats::resampling_rows_of(set.measure(evalpp::seq, hypotheses, references), 0,
                                   [](std::size_t) { return true; });
}

// 30 examples, of which every third is wrong.
stats::resampling_rows some_matches(const evalpp::any_metric& metric) {
  std::vector<std::string> hypotheses;
  for (int i = 0; i < 30; ++i) hypotheses.push_back(i % 3 == 0 ? "no" : "yes");
  return rows_of(metric, hypotheses, std::vector<std::vector<std::string>>(30, {"yes"}));
}

static_assert(evalpp::single_precision_metric<evalpp::bleu> && evalpp::single_precision_metric<evalpp::ter> &&
              !evalpp::single_precision_metric<evalpp::exact_match>);

TEST(sacrebleu_bootstrap, draws_sorts_and_cuts_a_fortieth_off_either_end) {
  const evalpp::any_metric metric = evalpp::exact_match{};
  const auto rows = some_matches(metric);
  std::vector<double> scores;
  stats::numpy_generator stream(7);
  for (int b = 0; b < 100; ++b) {
    double right = 0;
    for (int i = 0; i < 30; ++i) right += stream.below(30) % 3 == 0 ? 0 : 1;
    scores.push_back(100 * right / 30);
  }
  std::sort(scores.begin(), scores.end());
  double mean = 0;
  for (const double s : scores) mean += s / 100;
  const auto found = stats::sacrebleu_bootstrap(metric, rows, {.seed = 7, .replicates = 100});
  EXPECT_NEAR(found.mean, mean, 1e-11);
  EXPECT_NEAR(found.half_width, (scores[97] - scores[2]) / 2, 1e-12);
}

TEST(sacrebleu_bootstrap, has_the_published_defaults) {
  const evalpp::any_metric metric = evalpp::exact_match{};
  const auto rows = some_matches(metric);
  const auto usual = stats::sacrebleu_bootstrap(metric, rows);
  const auto spelt = stats::sacrebleu_bootstrap(metric, rows, {.seed = 12345, .replicates = 1000});
  EXPECT_EQ(usual.mean, spelt.mean);
  EXPECT_EQ(usual.half_width, spelt.half_width);
  EXPECT_NE(usual.mean, stats::sacrebleu_bootstrap(metric, rows, {.seed = 1}).mean);
}

// 2^24 words and one: single precision loses the one, as sacreBLEU does, and the order decides.
TEST(sacrebleu_bootstrap, adds_in_single_precision_in_the_order_drawn) {
  const evalpp::any_metric metric = evalpp::ter{};
  stats::resampling_rows rows = rows_of(metric, {"a", "a"}, {{"a"}, {"a"}});
  constexpr auto word = evalpp::ter::length_unit;
  rows.values[4] = word << 24;  // reference_counts, edits, reference length
  ASSERT_EQ(rows.lanes, 7u);
  rows.values[3] = 1;
  rows.values[rows.lanes + 3] = 3;
  const auto ter = [&](std::vector<std::size_t> drawn) {
    float edits = 0, words = 0;
    for (const std::size_t i : drawn) {
      edits += i == 0 ? 1.0f : 3.0f;
      words += i == 0 ? 0x1p24f : 1.0f;
    }
    return 100.0 * static_cast<double>(edits / words);
  };
  std::vector<double> scores;
  stats::numpy_generator stream(12345);
  for (int b = 0; b < 50; ++b) {
    const std::size_t first = stream.below(2);
    scores.push_back(ter({first, stream.below(2)}));
  }
  std::sort(scores.begin(), scores.end());
  const auto found = stats::sacrebleu_bootstrap(metric, rows, {.replicates = 50});
  EXPECT_EQ(found.half_width, 0.5 * (scores[48] - scores[1]));
}

TEST(sacrebleu_bootstrap, of_one_row_does_not_vary) {
  const evalpp::any_metric metric = evalpp::bleu{};
  const auto rows = rows_of(metric, {"the cat sat on the mat"}, {{"the cat sat on a mat"}});
  const auto found = stats::sacrebleu_bootstrap(metric, rows, {.replicates = 40});
  EXPECT_EQ(found.mean, metric.value(rows.total()));
  EXPECT_EQ(found.half_width, 0);
}

TEST(sacrebleu_bootstrap, of_nothing_is_nan) {
  const evalpp::any_metric metric = evalpp::bleu{};
  const auto none = stats::sacrebleu_bootstrap(metric, rows_of(metric, {}, {}));
  EXPECT_TRUE(is_nan(none.mean));
  EXPECT_TRUE(is_nan(none.half_width));
  const auto rows = rows_of(metric, {"a"}, {{"a"}});
  EXPECT_TRUE(is_nan(stats::sacrebleu_bootstrap(metric, rows, {.replicates = 0}).mean));
}

}  // namespace sacrebleu_bootstrap_test
