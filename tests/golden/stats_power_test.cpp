// SPDX-License-Identifier: MIT
// Sample sizes against R, statsmodels and scipy: power_two_prop, power_t, mcnemar_power.
#include <evalpp/stats/power.hpp>

#include <cmath>
#include "golden/stats_cases.hpp"

namespace golden_stats_power_test {

namespace stats = evalpp::stats;
using golden::number;
using golden::stats_case;

stats::test_design design(const stats_case& one) {
  return {.alpha = number(one.input["alpha"]), .power = number(one.input["power"])};
}

TEST(GoldenStatsPower, TwoProportions) {
  golden::for_each_stats_case("power_two_prop", 3, [](const stats_case& one) {
    const auto plan =
        stats::two_proportion_examples_needed(number(one.input["p1"]), number(one.input["p2"]), design(one));
    one.expect(plan.effect_h, "h");
    one.expect(plan.arcsine, "n_arcsine");
    one.expect(plan.unpooled, "n_unpooled_R");
  });
}

TEST(GoldenStatsPower, TTest) {
  golden::for_each_stats_case("power_t", 2, [](const stats_case& one) {
    const auto kind = one.input["type"].as_string() == "paired" ? stats::t_test_kind::paired
                                                                : stats::t_test_kind::two_sample;
    const double delta = number(one.input["delta"]) / number(one.input["sd"]);
    one.expect(stats::t_test_examples_needed(delta, kind, design(one)), "n");
  });
}

TEST(GoldenStatsPower, McNemar) {
  golden::for_each_stats_case("mcnemar_power", 1, [](const stats_case& one) {
    const double n =
        stats::mcnemar_items_needed(number(one.input["p10"]), number(one.input["p01"]), design(one));
    one.expect(n, "n_raw");
    one.expect(std::ceil(n), "n");
  });
}

}  // namespace golden_stats_power_test
