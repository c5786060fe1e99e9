// SPDX-License-Identifier: MIT
#include <evalpp/core/any_metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/classification.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <string>
#include <vector>

namespace {

namespace stats = evalpp::stats;
using evalpp::interval_status;

constexpr auto all = [](std::size_t) { return true; };

struct scored {
  evalpp::any_metric metric;
  evalpp::table rows;

  // n answers of which the first `right` are right.
  scored(evalpp::any_metric m, std::size_t n, std::size_t right) : metric(m) {
    std::vector<std::string> answers, gold;
    for (std::size_t i = 0; i < n; ++i) {
      gold.push_back("the answer number " + std::to_string(i) + " is what was asked for");
      answers.push_back(i < right ? gold.back() : "the answer is not what was asked for");
    }
    rows = evalpp::metric_set({metric}).measure(evalpp::seq, answers, gold);
  }
  stats::score_interval interval(const stats::score_interval_options& options = {}) const {
    return stats::interval_of(evalpp::seq, metric, rows, 0, all, options);
  }
};

// Newcombe 1998, table I: 81 of 263, 95 %: 0.2553 to 0.3662.
TEST(score_interval, of_a_proportion_is_wilsons) {
  const scored em(evalpp::exact_match{}, 263, 81);
  const auto found = em.interval();
  EXPECT_EQ(found.method, "wilson");
  EXPECT_NEAR(found.ends.lo, 25.53, 0.005);
  EXPECT_NEAR(found.ends.hi, 36.62, 0.005);
  const scored accuracy(evalpp::classification{}, 263, 81);
  EXPECT_NEAR(accuracy.interval().ends.lo, 0.2553, 0.00005);
}

// All right: resampling would say 100 to 100.
TEST(score_interval, of_answers_that_are_all_right_is_not_certain) {
  const scored em(evalpp::exact_match{}, 20, 20);
  EXPECT_LT(em.interval().ends.lo, 90);
  EXPECT_EQ(em.interval().ends.hi, 100);
  const auto resampled = em.interval({.method = stats::bootstrap_method::bca_expanded});
  EXPECT_EQ(resampled.method, "bca+");
  EXPECT_EQ(resampled.ends.status, interval_status::degenerate);
}

TEST(score_interval, of_a_corpus_metric_is_resampled) {
  const scored bleu(evalpp::bleu{}, 60, 40);
  const auto found = bleu.interval();
  EXPECT_EQ(found.method, "bca+");
  EXPECT_EQ(found.ends.status, interval_status::ok);
  EXPECT_TRUE(found.ends.contains(bleu.metric.score(bleu.rows, 0).value));
  EXPECT_GT(found.ends.hi - found.ends.lo, 1);
  const auto threads = stats::interval_of(evalpp::threads(8), bleu.metric, bleu.rows, 0, all);
  EXPECT_EQ(threads.ends.lo, found.ends.lo);
  EXPECT_EQ(threads.ends.hi, found.ends.hi);
  EXPECT_NE(bleu.interval({.resampling = {.seed = 1}}).ends.lo, found.ends.lo);
}

TEST(score_interval, draws_clusters_whole) {
  scored em(evalpp::exact_match{}, 60, 30);
  std::vector<std::string> documents;
  for (std::size_t i = 0; i < 60; ++i) documents.push_back(std::to_string(i / 5));  // all right or all wrong
  const double alone = em.interval().ends.hi - em.interval().ends.lo;
  em.rows.set_clusters(documents);
  const auto clustered = em.interval();
  EXPECT_EQ(clustered.method, "bca+");
  EXPECT_GT(clustered.ends.hi - clustered.ends.lo, 1.5 * alone);
}

TEST(score_interval, leaves_out_rows_that_do_not_count) {
  scored em(evalpp::exact_match{}, 263 + 7, 81);
  for (std::size_t i = 263; i < 270; ++i) {
    em.rows.states()[i] = evalpp::row_state::missing;
    em.rows.clear_row(i);
  }
  EXPECT_NEAR(em.interval().ends.lo, 25.53, 0.005);
  const auto some =
      stats::interval_of(evalpp::seq, em.metric, em.rows, 0, [](std::size_t i) { return i < 81; });
  EXPECT_EQ(some.ends.hi, 100);
}

TEST(score_interval, of_nothing_is_undefined) {
  EXPECT_FALSE(scored(evalpp::exact_match{}, 0, 0).interval().ends.usable());
  EXPECT_EQ(scored(evalpp::bleu{}, 0, 0).interval().ends.status, interval_status::undefined);
}

TEST(score_interval, of_few_examples_is_refused_or_rough) {
  EXPECT_EQ(scored(evalpp::bleu{}, 1, 1).interval().ends.status, interval_status::too_few);
  EXPECT_EQ(scored(evalpp::bleu{}, 9, 5).interval().ends.status, interval_status::too_few);
  EXPECT_EQ(scored(evalpp::bleu{}, 10, 5).interval().ends.status, interval_status::caution);
  EXPECT_EQ(scored(evalpp::bleu{}, 29, 15).interval().ends.status, interval_status::caution);
  EXPECT_EQ(scored(evalpp::bleu{}, 30, 15).interval().ends.status, interval_status::ok);
}

}  // namespace
