// SPDX-License-Identifier: MIT
// Special functions against 60-digit mpmath and scipy: normal_cdf, normal_quantile, ibeta, ibeta_inv, t_cdf,
// t_quantile, chi2_sf, lgamma_, binom_tail. All relative to the value itself, tails included.
#include "golden/stats_cases.hpp"

#include <evalpp/stats/beta.hpp>
#include <evalpp/stats/binomial.hpp>
#include <evalpp/stats/gamma.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/student_t.hpp>

namespace golden_stats_special_test {

namespace json = evalpp::json;
namespace stats = evalpp::stats;
using golden::expect_close;
using golden::number;

TEST(GoldenStatsSpecial, Functions) {
  const golden::json_file file("stats/golden_stats.json");
  if (!file) return;
  using input = json::value;
  const auto one = [&](std::string_view op, std::size_t count, double tolerance, const auto& function) {
    golden::each_case(file, op, count,
                      [&](input in, json::value expected, double tol, const std::string& id) {
                        const double want = number(expected);
                        expect_close(function(in), want, tol, id);
                        if (want != 0) expect_close(function(in), want, tolerance, id + " (relative)", true);
                      });
  };
  one("normal_cdf", 5, 4e-16, [](input in) { return stats::normal_cdf(number(in["x"])); });
  one("normal_quantile", 7, 3e-16, [](input in) { return stats::normal_quantile(number(in["p"])); });
  one("ibeta", 4, 1e-15,
      [](input in) { return stats::beta_cdf(number(in["x"]), number(in["a"]), number(in["b"])); });
  one("ibeta_inv", 8, 2e-15,
      [](input in) { return stats::beta_quantile(number(in["p"]), number(in["a"]), number(in["b"])); });
  one("t_cdf", 4, 1e-15, [](input in) { return stats::student_t_cdf(number(in["t"]), number(in["df"])); });
  one("t_quantile", 7, 2e-15,
      [](input in) { return stats::student_t_quantile(number(in["p"]), number(in["df"])); });
  one("chi2_sf", 5, 2e-14, [](input in) { return stats::chi_square_sf(number(in["x"]), number(in["df"])); });
  one("lgamma_", 3, 4e-16, [](input in) { return stats::log_gamma(number(in["x"])); });
}

TEST(GoldenStatsSpecial, BinomialTails) {
  const golden::json_file file("stats/golden_stats.json");
  if (!file) return;
  golden::each_case(
      file, "binom_tail", 3, [](json::value in, json::value expected, double, const std::string& id) {
        const auto n = in["n"].as_int64().value();
        const auto k = in["k"].as_int64().value();
        const double p = number(in["p"]);
        expect_close(stats::binomial_pmf(k, n, p), number(expected["pmf"]), 2e-15, id, true);
        expect_close(stats::binomial_cdf(k, n, p), number(expected["cdf"]), 2e-15, id, true);
        expect_close(stats::binomial_sf(k - 1, n, p), number(expected["sf_incl"]), 2e-15, id, true);
      });
}

}  // namespace golden_stats_special_test
