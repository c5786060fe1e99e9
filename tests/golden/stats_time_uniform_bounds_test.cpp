// SPDX-License-Identifier: MIT
// Time-uniform bounds against confseq: confseq_bounds.
#include <evalpp/stats/time_uniform_bounds.hpp>

#include "golden/stats_cases.hpp"

namespace golden_stats_time_uniform_bounds_test {

namespace stats = evalpp::stats;
using golden::stats_case;

TEST(GoldenStatsTimeUniformBounds, Bounds) {
  golden::for_each_stats_case("confseq_bounds", 8, [](const stats_case& one) {
    const auto name = one.input["fn"].as_string().value_or("");
    const auto a = golden::doubles(one.input["args"]);
    if (name == "normal_mixture_one_sided") {
      EXPECT_EQ(a[1], a[3]);
      one.expect(stats::one_sided_normal_mixture_bound(a[0], a[1], a[2]), one.expected, name);
    } else if (name == "gamma_exponential") {
      EXPECT_EQ(a[1], a[4]);
      one.expect(stats::gamma_exponential_bound(a[0], a[1], a[2], a[3]), one.expected, name);
    } else if (name == "beta_binomial") {
      EXPECT_EQ(a[1], a[5]);
      one.expect(stats::beta_binomial_bound(a[0], a[1], a[2], a[3], a[4]), one.expected, name);
    } else if (name == "log_beta_binomial") {
      const auto scale = stats::detail::mixture_scale(a[2], a[5]);
      one.expect(stats::detail::log_beta_binomial(a[0], a[1], scale, a[3], a[4]).value(), one.expected, name);
    } else if (name == "poly_stitching") {
      one.expect(stats::stitched_bound(a[0], a[1], a[2], a[3], a[4], a[5]), one.expected, name);
    } else if (name == "bernoulli") {
      EXPECT_EQ(a[2], a[4]);
      const auto i = stats::bernoulli_sequence_interval(static_cast<std::int64_t>(a[0]),
                                                        static_cast<std::int64_t>(a[1]), a[3], 1 - a[2]);
      one.expect(i.lo, one.expected[0], "lo");
      one.expect(i.hi, one.expected[1], "hi");
    } else {
      ADD_FAILURE() << "a bound that no test knows: " << name;
    }
  });
}

}  // namespace golden_stats_time_uniform_bounds_test
