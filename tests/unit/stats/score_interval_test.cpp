// SPDX-License-Identifier: MIT
#include <evalpp/core/any_metric.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/chrf.hpp>
#include <evalpp/metrics/classification.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/rouge_l.hpp>
#include <evalpp/metrics/span_f1.hpp>
#include <evalpp/metrics/squad.hpp>
#include <evalpp/metrics/token_f1.hpp>
#include <evalpp/metrics/wer.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/betting.hpp>
#include <evalpp/stats/clustered_mean.hpp>
#include <evalpp/stats/proportion.hpp>
#include <evalpp/stats/saddlepoint.hpp>
#include <evalpp/stats/score_interval.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace score_interval_test {

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
  const auto resampled = em.interval({.method = stats::interval_method::bca_expanded});
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
  EXPECT_EQ(clustered.method, "wilson");
  EXPECT_TRUE(clustered.clustered);
  EXPECT_EQ(clustered.units, 12u);
  EXPECT_GT(clustered.ends.hi - clustered.ends.lo, 1.5 * alone);
}

// n / design effect and Student's t, from the standard errors of clustered_mean.
TEST(score_interval, of_a_proportion_over_clusters_is_wilsons_with_a_design_effect) {
  scored em(evalpp::exact_match{}, 90, 55);
  std::vector<std::string> documents;
  std::vector<std::uint64_t> cluster;
  std::vector<double> right;
  for (std::size_t i = 0; i < 90; ++i) {
    cluster.push_back(i * i % 23);
    documents.push_back("d" + std::to_string(cluster.back()));
    right.push_back(i < 55 ? 1 : 0);
  }
  em.rows.set_clusters(documents);
  const stats::clustered_mean mean = stats::clustered_mean_of(right, cluster);
  const auto expected = stats::clustered_wilson_interval(55, 90, mean.design_effect,
                                                         static_cast<std::int64_t>(mean.clusters), 0.9);
  const auto found = em.interval({.level = 0.9});
  EXPECT_NEAR(found.ends.lo, 100 * expected.lo, 1e-9);
  EXPECT_NEAR(found.ends.hi, 100 * expected.hi, 1e-9);
  EXPECT_NEAR(found.standard_error, 100 * mean.se_cr1, 1e-9);
}

// Nothing varies, so nobody knows how alike the items of a cluster are: each cluster counts as one item.
TEST(score_interval, of_clusters_that_are_all_right_is_that_of_as_many_items) {
  scored em(evalpp::exact_match{}, 60, 60);
  std::vector<std::string> documents;
  for (std::size_t i = 0; i < 60; ++i) documents.push_back(std::to_string(i / 5));
  em.rows.set_clusters(documents);
  const auto expected = stats::clustered_wilson_interval(12, 12, 1, 12);
  EXPECT_NEAR(em.interval().ends.lo, 100 * expected.lo, 1e-9);
  EXPECT_EQ(em.interval().ends.hi, 100);
}

TEST(score_interval, of_few_clusters_is_refused) {
  scored em(evalpp::exact_match{}, 60, 30);
  const auto with_clusters = [&](std::size_t each) {
    std::vector<std::string> documents;
    for (std::size_t i = 0; i < 60; ++i) documents.push_back(std::to_string(i * 7 % 60 / each));
    em.rows.set_clusters(documents);
    return em.interval();
  };
  const auto four = with_clusters(15), six = with_clusters(10), thirty = with_clusters(2);
  EXPECT_EQ(four.ends.status, interval_status::too_few);
  EXPECT_EQ(four.notes, (std::vector<std::string_view>{"fewer than 5 clusters"}));
  EXPECT_EQ(six.ends.status, interval_status::caution);
  EXPECT_EQ(six.notes, (std::vector<std::string_view>{"fewer than 10 clusters"}));
  EXPECT_EQ(thirty.ends.status, interval_status::ok);
}

// Of the examples' own values: what the saddlepoint header tests against its twin.
TEST(score_interval, of_a_mean_is_the_saddlepoints) {
  const scored rouge(evalpp::rouge_l{}, 50, 31);
  std::vector<double> values;
  for (std::size_t i = 0; i < 50; ++i) values.push_back(rouge.metric.score_row(rouge.rows, 0, i));
  const auto expected = stats::saddlepoint_mean_interval(values);
  const auto found = rouge.interval();
  EXPECT_EQ(found.method, "saddlepoint");
  EXPECT_NEAR(found.ends.lo, expected.lo, 1e-9);
  EXPECT_NEAR(found.ends.hi, expected.hi, 1e-9);
  EXPECT_EQ(found.ends.status, interval_status::ok);
  EXPECT_EQ(found.replicates, 0u);
}

TEST(score_interval, of_a_ratio_of_sums_is_the_saddlepoints) {
  const scored wer(evalpp::wer{}, 50, 31);
  std::vector<double> edits, words;
  for (std::size_t i = 0; i < 50; ++i) {
    words.push_back(10);
    edits.push_back(10 * wer.metric.score_row(wer.rows, 0, i));
  }
  const auto expected = stats::saddlepoint_ratio_interval(edits, words, 0.99);
  EXPECT_NEAR(wer.interval({.level = 0.99}).ends.lo, expected.lo, 1e-9);
  EXPECT_NEAR(wer.interval({.level = 0.99}).ends.hi, expected.hi, 1e-9);
}

// Of entities in 9 of 60 sentences a resample may find none at all; the metric says 0 then, the saddlepoint
// nothing.
TEST(score_interval, of_a_ratio_that_rests_on_few_items_is_resampled) {
  const auto method_of = [](std::size_t with_entities) {
    std::vector<std::string> predicted, gold;
    for (std::size_t i = 0; i < 60; ++i) {
      gold.emplace_back(i < with_entities ? "B-PER O" : "O O");
      predicted.emplace_back(i < with_entities && i % 3 != 0 ? "B-PER O" : "O O");
    }
    const auto run = evalpp::evaluate(predicted, gold, evalpp::span_f1{});
    const evalpp::any_scorer metric{evalpp::span_f1{}};
    return stats::interval_of(evalpp::seq, metric, run.rows(), 0, [](std::size_t) { return true; }).method;
  };
  EXPECT_EQ(method_of(9), "bca+");
  EXPECT_EQ(method_of(10), "saddlepoint");
}

TEST(score_interval, is_made_by_any_method_that_suits_the_metric) {
  const scored em(evalpp::exact_match{}, 263, 81);
  const auto of = [&](stats::interval_method m) { return em.interval({.method = m}).ends; };
  const auto exact = stats::clopper_pearson_interval(81, 263);
  EXPECT_NEAR(of(stats::interval_method::clopper_pearson).lo, 100 * exact.lo, 1e-9);
  EXPECT_NEAR(of(stats::interval_method::jeffreys).hi, 100 * stats::jeffreys_interval(81, 263).hi, 1e-9);
  EXPECT_NEAR(of(stats::interval_method::mid_p).lo, 100 * stats::mid_p_interval(81, 263).lo, 1e-9);
  for (const auto m : stats::interval_methods) {
    const auto found = em.interval({.method = m});
    EXPECT_EQ(found.method, to_string(m));
    EXPECT_EQ(found.ends.status, interval_status::ok) << found.method;
    const double room = m == stats::interval_method::betting ? 4 : 1;  // it is wider
    EXPECT_NEAR(found.ends.lo, 25.5, room) << found.method;
    EXPECT_NEAR(found.ends.hi, 36.6, room) << found.method;
  }
  const scored bleu(evalpp::bleu{}, 60, 40);
  const auto hall = bleu.interval({.method = stats::interval_method::hall}).ends;
  const auto usual = bleu.interval().ends;
  EXPECT_NEAR(hall.lo, usual.lo, 0.1 * (usual.hi - usual.lo));
  EXPECT_NEAR(hall.hi, usual.hi, 0.1 * (usual.hi - usual.lo));
  const auto none = bleu.interval({.method = stats::interval_method::wilson});
  EXPECT_EQ(none.ends.status, interval_status::undefined);
  EXPECT_EQ(none.notes.size(), 1u);
}

// One answer in fifty is no blank: its influence is all of the variance.
TEST(score_interval, warns_of_skew_and_of_few_items_that_vary) {
  const scored rouge(evalpp::rouge_l{}, 50, 49);
  const auto found = rouge.interval();
  EXPECT_EQ(found.ends.status, interval_status::caution);
  EXPECT_EQ(found.notes, (std::vector<std::string_view>{"strong skew", "a few items make up the variance"}));
  EXPECT_GT(found.skew_ratio, 0.3);
  EXPECT_NEAR(found.effective_units, 1.04, 0.02);  // (sum d^2)^2 / sum d^4 of one outlier in 50
  const scored bleu(evalpp::bleu{}, 50, 49);
  EXPECT_EQ(bleu.interval().ends.status, interval_status::caution);
}

// The saddlepoint sees no error where nothing varies; bets on a bounded score still say something, if items
// are independent and count once.
TEST(score_interval, of_a_mean_that_does_not_vary_is_a_bet) {
  scored alike(evalpp::rouge_l{}, 50, 50);
  const auto found = alike.interval();
  EXPECT_EQ(found.method, "betting");
  EXPECT_EQ(found.ends.status, interval_status::caution);
  EXPECT_EQ(found.notes, (std::vector<std::string_view>{"all items score alike, which proves nothing"}));
  const auto expected = stats::betting_interval(std::vector<double>(50, 1.0));
  EXPECT_NEAR(found.ends.lo, expected.lo, 1e-12);
  EXPECT_EQ(found.ends.hi, 1);
  EXPECT_LT(found.ends.lo, 0.95);
  const auto strict = alike.interval({.level = 0.99});
  EXPECT_LT(strict.ends.lo, found.ends.lo);

  const scored f1(evalpp::token_f1{}, 50, 50);
  EXPECT_EQ(f1.interval().method, "betting");
  EXPECT_NEAR(f1.interval().ends.lo, 100 * expected.lo, 1e-9);

  const auto asked_for = alike.interval({.method = stats::interval_method::saddlepoint});
  EXPECT_EQ(asked_for.method, "saddlepoint");
  EXPECT_EQ(asked_for.ends.status, interval_status::degenerate);
  EXPECT_FALSE(asked_for.ends.usable());
  EXPECT_EQ(scored(evalpp::rouge_l{}, 9, 9).interval().ends.status, interval_status::too_few);
  EXPECT_EQ(scored(evalpp::wer{}, 50, 50).interval().ends.status, interval_status::degenerate);
  EXPECT_EQ(scored(evalpp::bleu{}, 50, 50).interval().ends.status, interval_status::degenerate);
  std::vector<std::string> documents;
  for (std::size_t i = 0; i < 50; ++i) documents.push_back(std::to_string(i / 2));
  alike.rows.set_clusters(documents);
  EXPECT_EQ(alike.interval().ends.status, interval_status::degenerate);
}

// The draws are shared and nothing else: each metric has the bits that it has alone.
TEST(score_interval, of_several_metrics_are_those_of_each) {
  const std::vector<evalpp::any_metric> metrics{evalpp::bleu{}, evalpp::rouge_l{}, evalpp::chrf{},
                                                evalpp::span_f1{}, evalpp::squad_v2{}};
  std::vector<std::string> answers;
  std::vector<std::vector<std::string>> gold;
  for (std::size_t i = 0; i < 80; ++i) {
    gold.push_back({"the answer number " + std::to_string(i) + " is what was asked for"});
    answers.push_back(i % 3 == 0 ? gold.back()[0] : "the answer is not " + std::to_string(i % 7));
    if (i % 10 == 9) gold.back().clear();  // counts for squad_v2 alone
  }
  evalpp::table rows = evalpp::metric_set(metrics).measure(evalpp::seq, answers, gold);
  for (const bool clustered : {false, true}) {
    if (clustered) {
      std::vector<std::string> documents;
      for (std::size_t i = 0; i < 80; ++i) documents.push_back(std::to_string(i / 2));
      rows.set_clusters(documents);
    }
    std::vector<stats::scored_column> columns;
    for (const auto& m : metrics) columns.push_back({m, columns.size()});
    const stats::score_interval_options options{.method = stats::interval_method::bca_expanded};
    const auto together = stats::intervals_of(evalpp::threads(2), rows, columns, all, options);
    for (std::size_t m = 0; m < metrics.size(); ++m) {
      const auto alone = stats::interval_of(evalpp::seq, metrics[m], rows, m, all, options);
      EXPECT_EQ(together[m].units, alone.units);
      EXPECT_EQ(together[m].notes, alone.notes);
      EXPECT_EQ(together[m].standard_error, alone.standard_error);
      EXPECT_EQ(together[m].ends.status, alone.ends.status);
      if (!alone.ends.usable()) continue;  // no spans here
      EXPECT_EQ(together[m].ends.lo, alone.ends.lo);
      EXPECT_EQ(together[m].ends.hi, alone.ends.hi);
    }
    EXPECT_EQ(together[0].units, clustered ? 40u : 72u);
    EXPECT_EQ(together[4].units, clustered ? 40u : 80u);
    EXPECT_EQ(together[0].replicates, 10'240u);
  }
}

// So do systems, whether they were asked the same in the same order or not.
TEST(score_interval, of_several_systems_are_those_of_each) {
  const std::vector<evalpp::any_metric> metrics{evalpp::bleu{}, evalpp::rouge_l{}, evalpp::exact_match{},
                                                evalpp::squad_v2{}};
  const auto system = [&](std::size_t salt, std::size_t n) {
    std::vector<std::string> answers;
    std::vector<std::vector<std::string>> gold;
    for (std::size_t i = 0; i < n; ++i) {
      gold.push_back({"the answer number " + std::to_string(i) + " is what was asked for"});
      answers.push_back(i % salt == 0 ? gold.back()[0] : "the answer is not " + std::to_string(i % 7));
      if (i % 10 == 9) gold.back().clear();  // counts for squad_v2 alone
    }
    return evalpp::metric_set(metrics).measure(evalpp::seq, answers, gold);
  };
  std::vector<evalpp::table> tables{system(3, 80), system(2, 80), system(4, 80), system(3, 60),
                                    system(5, 80)};
  std::swap(tables[2].ids()[0], tables[2].ids()[5]);  // the same examples, in another order
  tables[4].states()[3] = evalpp::row_state::missing;
  tables[4].clear_row(3);
  std::vector<const evalpp::table*> systems;
  for (const evalpp::table& rows : tables) systems.push_back(&rows);
  std::vector<stats::scored_column> columns;
  for (const auto& m : metrics) columns.push_back({m, columns.size()});
  for (const auto method :
       {std::optional<stats::interval_method>{}, std::optional(stats::interval_method::bca_expanded)}) {
    const stats::score_interval_options options{.method = method};
    const auto together = stats::intervals_of(evalpp::threads(2), systems, columns, all, options);
    ASSERT_EQ(together.size(), tables.size());
    for (std::size_t s = 0; s < tables.size(); ++s) {
      for (std::size_t m = 0; m < metrics.size(); ++m) {
        const auto alone = stats::interval_of(evalpp::seq, metrics[m], tables[s], m, all, options);
        EXPECT_TRUE(alone.ends.usable());
        EXPECT_EQ(together[s][m].ends.lo, alone.ends.lo);
        EXPECT_EQ(together[s][m].ends.hi, alone.ends.hi);
        EXPECT_EQ(together[s][m].units, alone.units);
        EXPECT_EQ(together[s][m].method, alone.method);
        EXPECT_EQ(together[s][m].standard_error, alone.standard_error);
      }
    }
    EXPECT_EQ(together[4][0].units, 71u);
    EXPECT_EQ(together[3][3].units, 60u);
  }
}

TEST(score_interval, takes_metrics_over_token_ids) {
  std::vector<std::vector<int>> answers, gold;
  for (int i = 0; i < 40; ++i) {
    gold.push_back({1, 2, 3, i});
    answers.push_back({1, 2, i % 3, i});
  }
  const evalpp::ids::bleu bleu{};
  const auto run = evalpp::evaluate(answers, gold, bleu, evalpp::ids::exact_match{});
  const auto found = stats::interval_of(evalpp::seq, evalpp::any_scorer(bleu), run.rows(), 0, all);
  EXPECT_EQ(found.method, "bca+");
  EXPECT_TRUE(found.ends.contains(run.score<0>().value));
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

}  // namespace score_interval_test
