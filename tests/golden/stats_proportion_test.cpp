// SPDX-License-Identifier: MIT
// Proportions against scipy, statsmodels, R and mpmath: prop_ci, newcombe_diff, mcnemar.
// Not covered: wald_clipped (not offered: its coverage collapses near 0 and 1) and miettinen_nurminen_score.
#include "golden/stats_cases.hpp"

#include <evalpp/core/interval.hpp>
#include <evalpp/stats/binomial.hpp>
#include <evalpp/stats/mcnemar.hpp>
#include <evalpp/stats/proportion.hpp>
#include <evalpp/stats/two_proportions.hpp>

namespace golden_stats_proportion_test {

namespace json = evalpp::json;
namespace stats = evalpp::stats;
using golden::expect_close;
using golden::number;

void expect_interval(const evalpp::interval& actual, json::value expected, double tol,
                     const std::string& what) {
  expect_close(actual.lo, number(expected[0]), tol, what + " lo");
  expect_close(actual.hi, number(expected[1]), tol, what + " hi");
}

TEST(GoldenStatsProportion, OneProportion) {
  const golden::json_file file("stats/golden_stats.json");
  if (!file) return;
  golden::each_case(
      file, "prop_ci", 14, [](json::value in, json::value e, double tol, const std::string& id) {
        const auto k = in["k"].as_int64().value();
        const auto n = in["n"].as_int64().value();
        const double level = number(in["conf"]);
        expect_interval(stats::wilson_interval(k, n, level), e["wilson"], tol, id + " wilson");
        expect_interval(stats::wilson_cc_interval(k, n, level), e["wilson_cc"], tol, id + " wilson_cc");
        expect_interval(stats::clopper_pearson_interval(k, n, level), e["clopper_pearson"], tol, id + " cp");
        expect_interval(stats::jeffreys_interval(k, n, level, stats::jeffreys_ends::equal_tailed),
                        e["jeffreys_plain"], tol, id + " jeffreys");
        expect_interval(stats::jeffreys_interval(k, n, level), e["jeffreys_bcd"], tol, id + " bcd");
        expect_interval(stats::agresti_coull_interval(k, n, level), e["agresti_coull_clipped"], tol,
                        id + " ac");
        expect_interval(stats::mid_p_interval(k, n, level), e["mid_p"], tol, id + " mid_p");
        // The exact binomial test of 1/2 is McNemar's of a table with only discordant items.
        const stats::mcnemar_result sign = stats::mcnemar({.first_only = k, .second_only = n - k});
        expect_close(sign.p_exact, number(e["binom_test_half"]), tol, id + " binom_test");
      });
}

TEST(GoldenStatsProportion, TwoProportions) {
  const golden::json_file file("stats/golden_stats.json");
  if (!file) return;
  golden::each_case(
      file, "newcombe_diff", 5, [](json::value in, json::value e, double tol, const std::string& id) {
        expect_interval(stats::newcombe_interval(in["k1"].as_int64().value(), in["n1"].as_int64().value(),
                                                 in["k2"].as_int64().value(), in["n2"].as_int64().value(),
                                                 number(in["conf"])),
                        e["newcombe"], tol, id);
      });
}

TEST(GoldenStatsProportion, McNemar) {
  const golden::json_file file("stats/golden_stats.json");
  if (!file) return;
  golden::each_case(file, "mcnemar", 7, [](json::value in, json::value e, double tol, const std::string& id) {
    const auto cell = [&](std::size_t i, std::size_t j) { return in["table"][i][j].as_int64().value(); };
    const stats::mcnemar_result r = stats::mcnemar({cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1)});
    EXPECT_EQ(r.n_discordant, e["n_discordant"].as_int64().value()) << id;
    expect_close(r.p_exact, number(e["p_exact"]), tol, id + " exact", true);
    expect_close(r.p, number(e["p_midp"]), tol, id + " mid-p", true);
    expect_close(r.difference, number(e["diff"]), tol, id + " diff");
    expect_close(r.se, number(e["se_wald"]), tol, id + " se");
    if (!e.contains("chi2")) {
      EXPECT_EQ(r.n_discordant, 0) << id;
      return;
    }
    expect_close(r.chi2, number(e["chi2"]), tol, id + " chi2");
    expect_close(r.p_chi2, number(e["p_chi2"]), tol, id + " p chi2", true);
    expect_close(r.chi2_cc, number(e["chi2_cc"]), tol, id + " cc");
    expect_close(r.p_chi2_cc, number(e["p_chi2_cc"]), tol, id + " p cc", true);
  });
}

}  // namespace golden_stats_proportion_test
