// SPDX-License-Identifier: MIT
// The operations ks2, psi, wasserstein and cusum_ph of the golden files: scipy and R.
#include <evalpp/stats/cusum.hpp>
#include <evalpp/stats/divergence.hpp>
#include <evalpp/stats/divergence_inference.hpp>
#include <evalpp/stats/kolmogorov_smirnov.hpp>
#include <evalpp/stats/page_hinkley.hpp>
#include <evalpp/stats/wasserstein.hpp>

#include <gtest/gtest.h>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>
#include "golden/stats_cases.hpp"

namespace golden_stats_drift_test {

namespace stats = evalpp::stats;

TEST(stats_drift, kolmogorov_smirnov) {
  golden::for_each_stats_case("ks2", 2, [](const golden::stats_case& one) {
    const auto found =
        stats::kolmogorov_smirnov(golden::doubles(one.input["x"]), golden::doubles(one.input["y"]));
    one.expect(found->value, "D");
    one.expect(stats::ks_exact_p(*found), "p_exact");
    one.expect(stats::ks_limit_p(*found), "p_kolmogorov_R");
  });
}

TEST(stats_drift, bins) {
  golden::for_each_stats_case("psi", 3, [](const golden::stats_case& one) {
    const auto reference = golden::integers<std::uint64_t>(one.input["expected"]);
    const auto current = golden::integers<std::uint64_t>(one.input["actual"]);
    const double smoothing = golden::number(one.input["smooth"]);
    one.expect(stats::population_stability_index(reference, current, smoothing).value(), "psi");
    one.expect(stats::jensen_shannon_divergence(reference, current, smoothing).value(), "js_divergence_nats");
    const auto chi_square = stats::chi_square_homogeneity(reference, current).value();
    one.expect(chi_square.value, "chi2");
    one.expect(stats::chi_square_p(chi_square), "chi2_p");
    one.expect(static_cast<double>(chi_square.degrees_of_freedom), "chi2_df");
  });
}

TEST(stats_drift, wasserstein_and_energy) {
  golden::for_each_stats_case("wasserstein", 2, [](const golden::stats_case& one) {
    const auto x = golden::doubles(one.input["x"]), y = golden::doubles(one.input["y"]);
    one.expect(stats::wasserstein_distance(x, y).value(), "w1");
    one.expect(stats::energy_distance(x, y).value(), "energy");
  });
}

TEST(stats_drift, change_detectors) {
  golden::for_each_stats_case("cusum_ph", 2, [](const golden::stats_case& one) {
    const double threshold = golden::number(one.input["h"]);
    stats::cusum cusum{.target = golden::number(one.input["target"]),
                       .slack = golden::number(one.input["k"]),
                       .threshold = threshold};
    stats::page_hinkley page_hinkley{.tolerance = golden::number(one.input["delta"]), .threshold = threshold};
    std::vector<double> up, down, rise;
    double alarm_up = -1, alarm_down = -1, alarm_rise = -1;
    for (const double x : golden::doubles(one.input["x"])) {
      const auto at = static_cast<double>(up.size());
      cusum.add(x);
      page_hinkley.add(x);
      up.push_back(cusum.rise);
      down.push_back(cusum.fall);
      rise.push_back(page_hinkley.value);
      if (cusum.rising() && alarm_up < 0) alarm_up = at;
      if (cusum.falling() && alarm_down < 0) alarm_down = at;
      if (page_hinkley.rising() && alarm_rise < 0) alarm_rise = at;
    }
    one.expect_all(up, "cusum_up");
    one.expect_all(down, "cusum_down");
    one.expect_all(rise, "page_hinkley");
    one.expect(alarm_up, "alarm_up");
    one.expect(alarm_down, "alarm_down");
    one.expect(alarm_rise, "alarm_ph");
  });
}

}  // namespace golden_stats_drift_test
