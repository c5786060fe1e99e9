// SPDX-License-Identifier: MIT
// Intervals by betting against confseq: hedged_betting, empirical_bernstein_cs.
#include <evalpp/stats/betting.hpp>

#include "golden/stats_cases.hpp"

namespace golden_stats_betting_test {

namespace stats = evalpp::stats;
using golden::number;
using golden::stats_case;

TEST(GoldenStatsBetting, Hedged) {
  golden::for_each_stats_case("hedged_betting", 3, [](const stats_case& one) {
    const double alpha = number(one.input["alpha"]);
    stats::betting_process process(number(one.input["m"]), alpha);
    stats::betting_sequence sequence(1 - alpha, static_cast<std::size_t>(number(one.input["breaks"])));
    std::vector<double> capital, lower, upper;
    for (const double x : golden::doubles(one.input["x"])) {
      process.add(x);
      sequence.add(x);
      capital.push_back(process.capital());
      lower.push_back(sequence.bounds().lo);
      upper.push_back(sequence.bounds().hi);
    }
    one.expect_all(capital, "capital");
    one.expect_all(lower, "cs_lower");
    one.expect_all(upper, "cs_upper");
    one.expect(lower.back(), "cs_lower_last");
    one.expect(upper.back(), "cs_upper_last");
  });
}

TEST(GoldenStatsBetting, EmpiricalBernstein) {
  golden::for_each_stats_case("empirical_bernstein_cs", 1, [](const stats_case& one) {
    stats::empirical_bernstein_sequence sequence(1 - number(one.input["alpha"]));
    std::vector<double> lower, upper;
    for (const double x : golden::doubles(one.input["x"])) {
      sequence.add(x);
      lower.push_back(sequence.bounds().lo);
      upper.push_back(sequence.bounds().hi);
    }
    one.expect_all(lower, "lower");
    one.expect_all(upper, "upper");
  });
}

}  // namespace golden_stats_betting_test
