// SPDX-License-Identifier: MIT
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/bootstrap_interval.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <vector>
#include "golden/stats_cases.hpp"

namespace golden_stats_bootstrap_test {

namespace stats = evalpp::stats;
using rows = std::vector<std::vector<double>>;

std::vector<double> sums(const rows& of) {
  std::vector<double> total(of.front().size());
  for (const auto& row : of)
    for (std::size_t k = 0; k < row.size(); ++k) total[k] += row[k];
  return total;
}

// The statistics of the golden cases, on their own scale.
double mean(const rows& of) { return sums(of)[0] / static_cast<double>(of.size()); }
double median(const rows& of) {
  std::vector<double> values;
  for (const auto& row : of) values.push_back(row[0]);
  std::sort(values.begin(), values.end());
  return stats::quantile(values, 0.5);
}
// True positives, false positives, false negatives; 0 when there are none.
double f1(const rows& of) {
  const auto s = sums(of);
  const double whole = 2 * s[0] + s[1] + s[2];
  return whole == 0 ? 0 : 2 * s[0] / whole;
}
// Hypothesis and reference length, then matched and all n-grams of orders 1 to 4.
double bleu(const rows& of) {
  const auto s = sums(of);
  double logs = 0;
  for (std::size_t n = 0; n < 4; ++n) {
    if (s[2 + n] == 0) return 0;
    logs += std::log(s[2 + n] / s[6 + n]) / 4;
  }
  return std::min(1.0, std::exp(1 - s[1] / s[0])) * std::exp(logs);
}

TEST(stats_golden, bootstrap_fixed) {
  const std::map<std::string, std::function<double(const rows&)>> statistics{
      {"mean", mean}, {"median", median}, {"f1", f1}, {"bleu", bleu}};
  golden::for_each_stats_case("bootstrap_fixed", 5, [&](const golden::stats_case& one) {
    const auto& statistic = statistics.at(std::string(one.input["stat"].as_string().value_or("")));
    rows data;
    for (const auto row : one.input["rows"].items()) {
      data.emplace_back();
      for (const auto v : row.items()) data.back().push_back(golden::number(v));
    }
    stats::bootstrap_distribution d;
    d.estimate = statistic(data);
    d.units = data.size();
    for (const auto drawn : one.input["indices"].items()) {
      rows replicate;
      for (const int i : golden::integers<int>(drawn)) replicate.push_back(data[static_cast<std::size_t>(i)]);
      d.replicates.push_back(statistic(replicate));
    }
    std::sort(d.replicates.begin(), d.replicates.end());
    d.mid_rank = stats::mid_rank_of(d.estimate, d.replicates);
    std::vector<double> left_out;
    for (std::size_t i = 0; i < data.size(); ++i) {
      rows rest = data;
      rest.erase(rest.begin() + static_cast<std::ptrdiff_t>(i));
      left_out.push_back(statistic(rest));
    }
    const stats::jackknife left = stats::jackknife_of(left_out);
    d.acceleration = left.acceleration;
    d.jackknife_error = left.standard_error;

    one.expect(d.estimate, "theta");
    one.expect(d.mean(), "boot_mean");
    one.expect(d.standard_error(), "boot_se");
    one.expect(d.mean() - d.estimate, "bias");
    one.expect(stats::normal_quantile(d.mid_rank), "z0_midrank");
    one.expect(d.acceleration, "acceleration_jack");
    one.expect(d.jackknife_error, "jack_se");

    const double level = golden::number(one.input["conf"]);
    using stats::bootstrap_method;
    using stats::quantile_rule;
    const auto expect = [&](bootstrap_method method, quantile_rule rule, std::string_view key) {
      const auto found = stats::bootstrap_interval(d, level, method, rule);
      one.expect_all({found.lo, found.hi}, key);
    };
    expect(bootstrap_method::percentile, quantile_rule::linear, "perc_type7");
    expect(bootstrap_method::percentile, quantile_rule::weibull, "perc_type6");
    expect(bootstrap_method::basic, quantile_rule::linear, "basic_type7");
    expect(bootstrap_method::normal, quantile_rule::linear, "normal_bias_corrected");
    expect(bootstrap_method::bca, quantile_rule::linear, "bca_type7");
  });
}

}  // namespace golden_stats_bootstrap_test
