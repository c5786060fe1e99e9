// SPDX-License-Identifier: MIT
// The operations rank_corr, auroc, auroc_paired, bradley_terry and elo of the golden files: scipy,
// scikit-learn, R's cor.test, pROC and BradleyTerry2.
#include <evalpp/stats/auroc.hpp>
#include <evalpp/stats/auroc_inference.hpp>
#include <evalpp/stats/average_precision.hpp>
#include <evalpp/stats/bradley_terry.hpp>
#include <evalpp/stats/correlation_inference.hpp>
#include <evalpp/stats/elo.hpp>
#include <evalpp/stats/rank_correlation.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>
#include "golden/stats_cases.hpp"

namespace golden_stats_ranking_test {

namespace json = evalpp::json;
namespace stats = evalpp::stats;

TEST(stats_ranking, rank_correlations) {
  golden::for_each_stats_case("rank_corr", 5, [](const golden::stats_case& one) {
    const auto x = golden::doubles(one.input["x"]), y = golden::doubles(one.input["y"]);
    const auto tau = stats::kendall_tau_b(x, y);
    one.expect(tau->value, "tau_b");
    one.expect(static_cast<double>(tau->concordant), "concordant");
    one.expect(static_cast<double>(tau->discordant), "discordant");
    one.expect(static_cast<double>(tau->ties_x_only), "ties_x_only");
    one.expect(static_cast<double>(tau->ties_y_only), "ties_y_only");
    one.expect(static_cast<double>(tau->ties_both), "ties_both");
    const double spearman = stats::spearman_correlation(x, y).value();
    one.expect(spearman, "spearman");
    one.expect(stats::correlation_p(spearman, x.size()).value(), "spearman_p_t");
    const double pearson = stats::pearson_correlation(x, y).value();
    one.expect(pearson, "pearson");
    one.expect(stats::correlation_p(pearson, x.size()).value(), "pearson_p");
    const auto interval = stats::pearson_interval(pearson, x.size());
    one.expect_all({interval.lo, interval.hi}, "pearson_ci95_fisher");
    // scipy takes the exact p where there are no ties.
    const double by_normal = stats::kendall_normal_p(x, y).value();
    one.expect(by_normal, "kendall_p_normal_R");
    one.expect(stats::kendall_exact_p(*tau, x.size()).value_or(by_normal), "kendall_p_scipy");
  });
}

TEST(stats_ranking, area_under_the_curve) {
  golden::for_each_stats_case("auroc", 6, [](const golden::stats_case& one) {
    const auto labels = golden::integers<std::uint8_t>(one.input["y"]);
    const auto scores = golden::doubles(one.input["s"]);
    const auto found = stats::auroc(labels, scores);
    if (one.expected["auc"].as_string() == "nan") {
      EXPECT_FALSE(found);
      return;
    }
    one.expect(found->value, "auc");
    one.expect(found->variance.value(), "delong_var");
    one.expect(static_cast<double>(found->positives), "n_pos");
    one.expect(static_cast<double>(found->negatives), "n_neg");
    one.expect(found->value * static_cast<double>(found->positives * found->negatives), "mann_whitney_U");
    one.expect(stats::mann_whitney_p(labels, scores).value(), "mann_whitney_p_asym_nocc");
    one.expect(stats::average_precision(labels, scores).value(), "average_precision");
  });
}

TEST(stats_ranking, paired_areas) {
  golden::for_each_stats_case("auroc_paired", 1, [](const golden::stats_case& one) {
    const auto labels = golden::integers<std::uint8_t>(one.input["y"]);
    const auto found =
        stats::compare_auroc(labels, golden::doubles(one.input["s1"]), golden::doubles(one.input["s2"]));
    one.expect(found->first, "auc1");
    one.expect(found->second, "auc2");
    one.expect(found->covariance, "cov");
    one.expect(found->z.value(), "z");
    one.expect(stats::auroc_difference_p(*found), "p");
  });
}

TEST(stats_ranking, bradley_terry) {
  golden::for_each_stats_case("bradley_terry", 4, [](const golden::stats_case& one) {
    const std::size_t systems = one.input["wins"].size();
    const auto fit = stats::bradley_terry(golden::integers<double>(one.input["wins"]), systems);
    one.expect_all(fit.log_strengths, "log_strength_sum0");
    one.expect(fit.log_likelihood, "loglik");
    std::vector<double> from_first, error, error_from_first, elo;
    for (std::size_t i = 0; i < systems; ++i) {
      from_first.push_back(fit.log_strengths[i] - fit.log_strengths[0]);
      error.push_back(fit.standard_error(i));
      error_from_first.push_back(fit.standard_error(i, 0));
      elo.push_back(stats::elo_scale(fit.log_strengths[i]));
    }
    one.expect_all(from_first, "log_strength_ref0");
    one.expect_all(error, "se_sum0");
    one.expect_all(error_from_first, "se_ref0");
    one.expect_all(elo, "elo_scale_mean1000");
  });
}

TEST(stats_ranking, elo) {
  golden::for_each_stats_case("elo", 1, [](const golden::stats_case& one) {
    std::vector<double> ratings(static_cast<std::size_t>(golden::number(one.input["players"])),
                                golden::number(one.input["init"]));
    for (const json::value game : one.input["games"].items()) {
      const auto player = [&](std::size_t i) { return static_cast<std::size_t>(golden::number(game[i])); };
      stats::elo_update(ratings[player(0)], ratings[player(1)], golden::number(game[2]),
                        golden::number(one.input["k"]));
    }
    one.expect_all(ratings, "ratings");
  });
}

}  // namespace golden_stats_ranking_test
