// SPDX-License-Identifier: MIT
// The operation empirical_bernstein_cs of the golden files: Python's confseq.
#include <evalpp/stats/confidence_sequence.hpp>

#include <gtest/gtest.h>
#include <vector>
#include "golden/stats_cases.hpp"

namespace golden_stats_sequence_test {

TEST(stats_sequence, empirical_bernstein) {
  golden::for_each_stats_case("empirical_bernstein_cs", 1, [](const golden::stats_case& one) {
    evalpp::stats::confidence_sequence watch{.level = 1 - golden::number(one.input["alpha"])};
    std::vector<double> lower, upper;
    for (const double x : golden::doubles(one.input["x"])) {
      const auto interval = watch.add(x);
      lower.push_back(interval.lo);
      upper.push_back(interval.hi);
    }
    one.expect_all(lower, "lower");
    one.expect_all(upper, "upper");
  });
}

}  // namespace golden_stats_sequence_test
