// SPDX-License-Identifier: MIT
#include <evalpp/core/any_metric.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/classification.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/rouge_l.hpp>
#include <evalpp/metrics/squad.hpp>
#include <evalpp/metrics/ter.hpp>
#include <evalpp/metrics/token_f1.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/workflow/compare.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace compare_test {

namespace workflow = evalpp::workflow;
using texts = std::vector<std::string>;
using workflow::verdict;

// Systems that are both right on `both` items, one of them on `lost` and `won`, and wrong on the rest.
struct two_systems {
  texts references, baseline, candidate;
  two_systems(int n, int both, int lost, int won) {
    for (int i = 0; i < n; ++i) {
      const std::string right = "the answer to question " + std::to_string(i);
      references.push_back(right);
      baseline.push_back(i < both + lost ? right : "no idea");
      candidate.push_back(i < both || (i >= both + lost && i < both + lost + won) ? right : "never heard");
    }
  }
  template <class... Ms>
  auto run(const texts& hypotheses, Ms... metrics) const {
    return evalpp::evaluate(hypotheses, references, metrics...);
  }
};

// The worked example of the command line's contract: 812 items, 99 wins, 49 losses, a margin of 5 points.
// The interval is Newcombe's for pairs, computed apart (tests/golden has it to 1e-9); the number of items
// follows from sd = 0.4224 and a gain 1.158 points above the margin: (1.96 * 42.24 / 1.158)^2 - 812 = 4304.
TEST(compare, of_exact_match_with_a_margin) {
  const two_systems s(812, 588, 49, 99);
  const auto found =
      evalpp::compare(s.run(s.baseline, evalpp::exact_match{}), s.run(s.candidate, evalpp::exact_match{}),
                      {.primary = "exact_match", .margin = 5.0});
  const workflow::metric_comparison& m = found.main();
  EXPECT_NEAR(m.baseline.value, 100 * 637 / 812.0, 1e-12);
  EXPECT_NEAR(m.candidate.value, 100 * 687 / 812.0, 1e-12);
  EXPECT_NEAR(m.delta, 100 * 50 / 812.0, 1e-12);
  EXPECT_NEAR(m.ci.lo, 3.25, 0.05);
  EXPECT_NEAR(m.ci.hi, 9.07, 0.05);
  EXPECT_EQ(m.ci_method, "newcombe-paired");
  EXPECT_EQ(m.wins, 99u);
  EXPECT_EQ(m.ties, 664u);
  EXPECT_EQ(m.losses, 49u);
  EXPECT_EQ(m.outcome, verdict::real_size_open);
  EXPECT_EQ(m.needed, 4300);
  EXPECT_EQ(m.newly_right.size(), 20u);
  EXPECT_EQ(m.newly_right.front(), "637");
  EXPECT_EQ(m.newly_wrong.front(), "588");
  // 148 discordant pairs: the exact two-sided p of 49 of 148 is 4.9e-5, mid-p below it.
  EXPECT_GT(*m.p_mcnemar, 1e-5);
  EXPECT_LT(*m.p_mcnemar, 4.9e-5);
  EXPECT_LT(m.randomization.p, 0.001);
  EXPECT_LT(m.p_bootstrap, 0.001);
  // Cohen's d_z: the mean of the differences over their standard deviation.
  const double mean = 50 / 812.0, variance = (148 / 812.0 - mean * mean) * 812 / 811;
  EXPECT_NEAR(m.effect_size, mean / std::sqrt(variance), 1e-9);
}

TEST(compare, is_turned_where_lower_is_better) {
  const two_systems s(60, 20, 0, 40);
  const auto found = evalpp::compare(s.run(s.baseline, evalpp::ter{}), s.run(s.candidate, evalpp::ter{}));
  EXPECT_LT(found.main().delta, 0);
  EXPECT_LT(found.main().ci.hi, 0);
  EXPECT_EQ(found.outcome(), verdict::better);
  EXPECT_EQ(found.main().wins, 40u);
  EXPECT_FALSE(found.main().p_mcnemar);
  const auto back = evalpp::compare(s.run(s.candidate, evalpp::ter{}), s.run(s.baseline, evalpp::ter{}));
  EXPECT_EQ(back.outcome(), verdict::worse);
}

void expect_same(const workflow::metric_comparison& b, const workflow::metric_comparison& a) {
  EXPECT_EQ(b.n, a.n);
  EXPECT_EQ(b.n_missing, a.n_missing);
  EXPECT_EQ(b.units, a.units);
  EXPECT_EQ(b.delta, a.delta);
  EXPECT_EQ(b.ci.status, a.ci.status);
  if (a.ci.usable()) {
    EXPECT_EQ(b.ci.lo, a.ci.lo);
    EXPECT_EQ(b.ci.hi, a.ci.hi);
  }
  EXPECT_EQ(b.baseline.ci->lo, a.baseline.ci->lo);
  EXPECT_EQ(b.candidate.ci->hi, a.candidate.ci->hi);
  EXPECT_EQ(b.candidate_bounds.lo, a.candidate_bounds.lo);
  EXPECT_EQ(b.standard_error, a.standard_error);
  EXPECT_EQ(b.p_bootstrap, a.p_bootstrap);
  EXPECT_EQ(b.randomization.p, a.randomization.p);
  EXPECT_EQ(b.p_mcnemar, a.p_mcnemar);
  EXPECT_EQ(b.outcome, a.outcome);
}

// The draws are shared and nothing else: each metric has the bits that it has alone, also where some rows
// count for one metric only.
TEST(compare, of_several_metrics_is_that_of_each) {
  two_systems s(60, 20, 10, 15);
  std::vector<texts> references;
  for (const std::string& reference : s.references) references.push_back({reference});
  for (std::size_t i = 9; i < references.size(); i += 10) references[i].clear();  // counts for squad_v2 alone
  const auto measured = [&](const std::vector<evalpp::any_metric>& metrics, const texts& hypotheses) {
    return evalpp::metric_set(metrics).measure(evalpp::seq, hypotheses, references);
  };
  const std::vector<evalpp::any_metric> all{evalpp::exact_match{}, evalpp::squad_v2{}, evalpp::bleu{},
                                            evalpp::token_f1{}, evalpp::ter{}};
  const std::vector<evalpp::any_scorer> scorers(all.begin(), all.end());
  const auto together = workflow::compare_tables(evalpp::threads(2), measured(all, s.baseline),
                                                 measured(all, s.candidate), scorers);
  ASSERT_TRUE(together);
  for (std::size_t m = 0; m < all.size(); ++m) {
    const auto alone = workflow::compare_tables(evalpp::seq, measured({all[m]}, s.baseline),
                                                measured({all[m]}, s.candidate), std::span(&scorers[m], 1));
    ASSERT_TRUE(alone);
    const workflow::metric_comparison &a = alone->main(), &b = together->metrics[m];
    EXPECT_EQ(a.n, m == 1 ? 60u : 54u);
    expect_same(b, a);
  }
}

// So are several candidates: one in the order of the baseline, one in another, one that lacks examples, one
// that has no prediction for some. Their p values, which were asked for at once, are adjusted.
TEST(compare, of_several_candidates_is_that_of_each) {
  const two_systems s(80, 20, 10, 15), t(80, 15, 20, 30);
  const auto labels = [](const texts& answers) {
    return evalpp::evaluate(answers, texts(answers.size(), "no idea"), evalpp::classification{}).rows();
  };
  const auto run = [&](const texts& hypotheses) {
    return s.run(hypotheses, evalpp::exact_match{}, evalpp::bleu{}, evalpp::token_f1{}).rows();
  };
  const std::vector<evalpp::any_metric> metrics{evalpp::exact_match{}, evalpp::bleu{}, evalpp::token_f1{}};
  const std::vector<evalpp::any_scorer> scorers(metrics.begin(), metrics.end());
  evalpp::table baseline = run(s.baseline);
  evalpp::key_column key{"part", {}};
  for (int i = 0; i < 80; ++i) key.values.push_back(i < 40 ? "x" : "y");
  baseline.add_key(key);
  std::vector<evalpp::table> tables{run(s.candidate), run(t.baseline), run(t.candidate), run(t.candidate)};
  std::swap(tables[1].ids()[3], tables[1].ids()[70]);
  for (std::size_t i = 0; i < 40; ++i) tables[2].ids()[i].insert(0, "another ");
  for (const std::size_t i : {7u, 8u}) {
    tables[3].states()[i] = evalpp::row_state::missing;
    tables[3].clear_row(i);
  }
  const workflow::compare_options options{
      .margin = 2, .join = workflow::join_policy::intersect, .slices = {"part"}};
  std::vector<workflow::candidate_table> candidates;
  for (const evalpp::table& rows : tables) candidates.push_back({&rows});
  const auto together = workflow::compare_all(evalpp::threads(2), baseline, candidates, scorers, options);
  ASSERT_TRUE(together);
  ASSERT_EQ(together->size(), 4u);
  const std::size_t pairs[] = {80, 80, 40, 78};
  for (std::size_t c = 0; c < 4; ++c) {
    const workflow::comparison& found = (*together)[c];
    const auto alone = workflow::compare_tables(evalpp::seq, baseline, tables[c], scorers, options);
    ASSERT_TRUE(alone);
    EXPECT_EQ(found.dropped, alone->dropped);
    ASSERT_EQ(found.slices.size(), c == 2 ? 1u : 2u);
    ASSERT_EQ(alone->slices.size(), found.slices.size());
    for (std::size_t m = 0; m < metrics.size(); ++m) {
      EXPECT_EQ(found.metrics[m].n, pairs[c]);
      expect_same(found.metrics[m], alone->metrics[m]);
      EXPECT_GE(*found.metrics[m].p_adjusted, found.metrics[m].p());
      EXPECT_EQ(found.metrics[m].p_adjustment, "holm");
      EXPECT_FALSE(alone->metrics[m].p_adjusted);
      for (std::size_t k = 0; k < found.slices.size(); ++k) {
        EXPECT_EQ(found.slices[k].key, alone->slices[k].key);
        expect_same(found.slices[k].metrics[m], alone->slices[k].metrics[m]);
        EXPECT_EQ(found.slices[k].shrunk, alone->slices[k].shrunk);
        EXPECT_EQ(found.slices[k].metrics[m].p_adjusted, alone->slices[k].metrics[m].p_adjusted);
      }
    }
  }

  // Lanes that only another candidate has are empty, and change nothing.
  const std::vector<evalpp::any_scorer> accuracy{evalpp::any_metric(evalpp::classification{})};
  const evalpp::table first = labels(s.baseline);
  const std::vector<evalpp::table> others{labels(s.candidate), labels(texts(80, "no idea"))};
  const std::vector<workflow::candidate_table> both{{&others[0], "a"}, {&others[1], "b"}};
  const auto named = workflow::compare_all(evalpp::seq, first, both, accuracy);
  ASSERT_TRUE(named);
  for (std::size_t c = 0; c < 2; ++c)
    expect_same((*named)[c].main(),
                workflow::compare_tables(evalpp::seq, first, others[c], accuracy)->main());
}

TEST(compare, of_several_candidates_names_the_one_that_cannot_be) {
  const two_systems s(20, 5, 5, 5);
  const auto a = s.run(s.baseline, evalpp::exact_match{}), b = s.run(s.candidate, evalpp::exact_match{});
  auto c = b;
  c.rows().ids()[0] = "new";
  const auto scorers = evalpp::scorers_of(a.metrics());
  const std::vector<workflow::candidate_table> both{{&b.rows(), "this"}, {&c.rows(), "that"}};
  const auto found = workflow::compare_all(evalpp::seq, a.rows(), both, scorers);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().message.rfind("that: ", 0), 0u) << found.error().message;
  EXPECT_TRUE(workflow::compare_all(evalpp::seq, a.rows(), {}, scorers)->empty());
}

TEST(compare, of_a_system_with_itself_finds_no_difference) {
  const two_systems s(50, 20, 10, 15);
  const auto run = s.run(s.baseline, evalpp::bleu{}, evalpp::exact_match{});
  const auto found = evalpp::compare(run, run);
  for (const auto& m : found.metrics) {
    EXPECT_EQ(m.outcome, verdict::no_difference);
    EXPECT_TRUE(m.identical);
    EXPECT_EQ(m.ci.status, evalpp::interval_status::degenerate);
    EXPECT_EQ(m.delta, 0);
    EXPECT_EQ(m.p_bootstrap, 1);
    EXPECT_EQ(m.randomization.p, 1);
    EXPECT_EQ(m.ties, 50u);
  }
  EXPECT_EQ(*found.metrics[1].p_mcnemar, 1);
}

TEST(compare, joins_by_id_and_says_what_it_leaves_out) {
  const two_systems s(40, 20, 5, 10);
  auto baseline = s.run(s.baseline, evalpp::exact_match{});
  auto candidate = s.run(s.candidate, evalpp::exact_match{});
  candidate.rows().ids()[0] = "new";
  const auto scorers = evalpp::scorers_of(baseline.metrics());
  const auto strict = workflow::compare_tables(evalpp::seq, baseline.rows(), candidate.rows(), scorers);
  ASSERT_FALSE(strict);
  EXPECT_EQ(strict.error().code, evalpp::error_code::mismatch);
  EXPECT_NE(
      strict.error().message.find("1 id is only in the baseline (0), 1 id is only in the candidate (new)"),
      std::string::npos)
      << strict.error().message;
  const auto shared = evalpp::compare(baseline, candidate, {.join = workflow::join_policy::intersect});
  EXPECT_EQ(shared.main().n, 39u);
  EXPECT_FALSE(shared.dropped.empty());
}

TEST(compare, refuses_what_was_measured_otherwise) {
  const two_systems s(40, 20, 5, 10);
  const auto baseline = s.run(s.baseline, evalpp::bleu{});
  const auto other = s.run(s.candidate, evalpp::bleu{.lowercase = true});
  const auto scorers = evalpp::scorers_of(baseline.metrics());
  const auto found = workflow::compare_tables(evalpp::seq, baseline.rows(), other.rows(), scorers);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().message.find("signatures differ"), std::string::npos);
  const auto absent =
      workflow::compare_tables(evalpp::seq, baseline.rows(), baseline.rows(), scorers, {.primary = "chrf"});
  ASSERT_FALSE(absent);
  EXPECT_EQ(absent.error().code, evalpp::error_code::unknown_name);
}

TEST(compare, gives_the_same_bits_for_any_number_of_threads) {
  const two_systems s(300, 120, 30, 60);
  const auto a = s.run(s.baseline, evalpp::bleu{}), b = s.run(s.candidate, evalpp::bleu{});
  const auto scorers = evalpp::scorers_of(a.metrics());
  const auto one = workflow::compare_tables(evalpp::seq, a.rows(), b.rows(), scorers);
  for (const std::size_t n : {2u, 8u}) {
    const auto more = workflow::compare_tables(evalpp::threads(n), a.rows(), b.rows(), scorers);
    EXPECT_EQ(one->main().ci.lo, more->main().ci.lo);
    EXPECT_EQ(one->main().ci.hi, more->main().ci.hi);
    EXPECT_EQ(one->main().p_bootstrap, more->main().p_bootstrap);
    EXPECT_EQ(one->main().randomization.p, more->main().randomization.p);
  }
}

TEST(compare, of_slices_adjusts_their_p_together) {
  const two_systems s(90, 30, 10, 40);
  auto a = s.run(s.baseline, evalpp::exact_match{}), b = s.run(s.candidate, evalpp::exact_match{});
  evalpp::key_column key{"part", {}};
  for (int i = 0; i < 90; ++i) key.values.push_back(i % 3 == 0 ? "x" : "y");
  a.rows().add_key(key);
  const auto found = evalpp::compare(a, b, {.slices = {"part"}});
  ASSERT_EQ(found.slices.size(), 2u);
  EXPECT_EQ(found.slices[0].key, "x");
  EXPECT_EQ(found.slices[0].metrics[0].n, 30u);
  EXPECT_EQ(found.slices[1].metrics[0].n, 60u);
  const double p0 = found.slices[0].metrics[0].p(), p1 = found.slices[1].metrics[0].p();
  EXPECT_DOUBLE_EQ(*found.slices[1].metrics[0].p_adjusted, std::fmin(1, 2 * std::fmin(p0, p1)));
  EXPECT_EQ(found.slices[0].metrics[0].p_adjustment, "holm");
  // Both slices gain about the same: what is left of their distance is chance, and goes.
  ASSERT_EQ(found.slices[0].shrunk.size(), 1u);
  EXPECT_NEAR(found.slices[0].shrunk[0], found.slices[1].shrunk[0], 1e-9);
  const auto scorers = evalpp::scorers_of(a.metrics());
  EXPECT_FALSE(workflow::compare_tables(evalpp::seq, a.rows(), b.rows(), scorers, {.slices = {"nowhere"}}));
}

TEST(compare, of_clusters_resamples_them_together) {
  const two_systems s(120, 40, 15, 40);
  auto a = s.run(s.baseline, evalpp::exact_match{});
  const auto b = s.run(s.candidate, evalpp::exact_match{});
  const auto alone = evalpp::compare(a, b);
  texts clusters;
  for (int i = 0; i < 120; ++i) clusters.push_back(std::to_string(i / 4));
  a.rows().set_clusters(clusters);
  const auto together = evalpp::compare(a, b);
  EXPECT_EQ(together.main().units, 30u);
  EXPECT_FALSE(together.main().p_mcnemar);  // assumes independent items
  EXPECT_EQ(together.main().ci_method, "bca+");
  EXPECT_GT(together.main().ci.hi - together.main().ci.lo, 1.5 * (alone.main().ci.hi - alone.main().ci.lo));
}

TEST(compare, of_too_little_does_not_decide) {
  const two_systems s(4, 0, 0, 4);
  const auto found = evalpp::compare(s.run(s.baseline, evalpp::bleu{}), s.run(s.candidate, evalpp::bleu{}));
  EXPECT_EQ(found.outcome(), verdict::undecided);
  EXPECT_EQ(found.main().ci.status, evalpp::interval_status::too_few);
}

// A difference that does not vary has no interval, but it is no chance either.
TEST(compare, of_what_differs_everywhere_by_the_same_follows_the_randomization_test) {
  const texts references(20, "a b c d");
  const auto a = evalpp::evaluate(texts(20, "a b x y"), references, evalpp::ter{});
  const auto b = evalpp::evaluate(texts(20, "a b c y"), references, evalpp::ter{});
  const auto found = evalpp::compare(a, b);
  EXPECT_EQ(found.main().ci.status, evalpp::interval_status::degenerate);
  EXPECT_EQ(found.main().delta, -25);
  EXPECT_EQ(found.outcome(), verdict::better);
}

// What a gambler has who bets against the mean m of n values that are all x, as Waudby-Smith and Ramdas have
// it.
double capital_against(double m, double x, int n) {
  double sum = 0, squares = 0, variance = 0.25, product = 1;
  for (int t = 1; t <= n; ++t) {
    const double stake = std::fmin(std::sqrt(2 * std::log(2 / 0.05) / (n * variance)), 0.5 / m);
    product *= 1 + stake * (x - m);
    sum += x;
    const double off = x - (sum + 0.5) / (t + 1);
    squares += off * off;
    variance = (squares + 0.25) / (t + 1);
  }
  return product;
}

// Of bounded scores, whose mean is compared, bets say more. Differences lie in -1..1, where .25 is .625 of
// the way; what turns 1 into 2 / .05 is no more believed.
TEST(compare, of_what_differs_everywhere_by_the_same_is_a_bet) {
  for (const bool varies : {false, true}) {
    texts references(40, "k b c d"), first(40, "k b x y"), second(40, "k b c y");
    for (std::size_t i = 0; varies && i < 40; i += 2) {  // .25 and .5 instead of .5 and .75
      first[i] = "k x y z";
      second[i] = "k b y z";
    }
    const auto a = evalpp::evaluate(first, references, evalpp::token_f1{}, evalpp::rouge_l{});
    const auto b = evalpp::evaluate(second, references, evalpp::token_f1{}, evalpp::rouge_l{});
    const auto found = evalpp::compare(a, b, {.margin = 5});
    const workflow::metric_comparison &f1 = found.metrics[0], &rouge = found.metrics[1];
    EXPECT_NEAR(f1.delta, 25, 1e-12);
    EXPECT_EQ(f1.ci_method, "betting");
    EXPECT_EQ(f1.ci.status, evalpp::interval_status::caution);
    EXPECT_LT(f1.ci.lo, 25);
    EXPECT_GT(f1.ci.hi, 25);
    EXPECT_NEAR(capital_against((f1.ci.lo / 100 + 1) / 2, 0.625, 40), 40, 1e-6);
    EXPECT_NEAR(capital_against(1 - (f1.ci.hi / 100 + 1) / 2, 0.375, 40), 40, 1e-6);
    EXPECT_NEAR(rouge.ci.lo, f1.ci.lo / 100, 1e-9);
    EXPECT_NEAR(rouge.ci.hi, f1.ci.hi / 100, 1e-9);
    EXPECT_EQ(found.outcome(), workflow::verdict_on(f1.gain(), 5));
  }
}

// An example that one side has no prediction for takes part on neither.
TEST(compare, leaves_out_pairs_that_were_not_measured) {
  const two_systems s(30, 10, 5, 10);
  const auto a = s.run(s.baseline, evalpp::exact_match{});
  auto b = s.run(s.candidate, evalpp::exact_match{});
  b.rows().states()[0] = evalpp::row_state::missing;
  b.rows().clear_row(0);
  const auto found = evalpp::compare(a, b);
  EXPECT_EQ(found.main().n, 29u);
  EXPECT_EQ(found.main().n_missing, 1u);
  EXPECT_EQ(found.main().baseline.n, 29u);
}

}  // namespace compare_test
