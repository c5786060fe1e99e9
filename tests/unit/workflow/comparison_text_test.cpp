// SPDX-License-Identifier: MIT
#include <evalpp/workflow/comparison_text.hpp>

#include <gtest/gtest.h>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>

namespace comparison_text_test {

using namespace evalpp::workflow;
using evalpp::interval_status;

metric_comparison of(verdict v, double delta, double lo, double hi, double margin = 0,
                     std::optional<std::int64_t> needed = std::nullopt) {
  metric_comparison m;
  m.baseline.name = "em";
  m.baseline.unit = evalpp::scale::percent;
  m.delta = delta;
  m.ci = {.lo = lo, .hi = hi, .level = 0.95, .status = interval_status::ok};
  m.n = m.units = 100;
  m.margin = margin;
  m.outcome = v;
  m.needed = needed;
  return m;
}

TEST(sentence, says_what_is_shown_and_what_is_open) {
  EXPECT_EQ(sentence(of(verdict::undecided, 3.9, -0.8, 8.6, 5, 410)),
            "UNDECIDED: +3.9 [-0.8, +8.6]; about 410 more items would settle it");
  EXPECT_EQ(sentence(of(verdict::real_size_open, 6.2, 3.3, 9.1, 5, 4300)),
            "REAL, SIZE OPEN: +6.2 [+3.3, +9.1]; a gain is shown, whether it reaches 5 is open (about 4300 "
            "more items would settle it)");
  EXPECT_EQ(sentence(of(verdict::worth_it, 9, 5.5, 12.5, 5)),
            "WORTH IT: +9.0 [+5.5, +12.5]; a gain of at least 5 is shown");
  EXPECT_EQ(sentence(of(verdict::real_but_small, 2, 1, 3, 5)),
            "REAL BUT SMALL: +2.0 [+1.0, +3.0]; a gain is shown, and that it is below 5");
  EXPECT_EQ(sentence(of(verdict::no_worthwhile_gain, 0, -2, 2, 5)),
            "NO WORTHWHILE GAIN: +0.0 [-2.0, +2.0]; a gain of 5 is ruled out");
  EXPECT_EQ(sentence(of(verdict::worse, -30, -50, -10)), "WORSE: -30 [-50, -10]; a regression is shown");
  EXPECT_EQ(sentence(of(verdict::better, 30, 10, 50)), "BETTER: +30 [+10, +50]; a gain is shown");
  EXPECT_EQ(sentence(of(verdict::equivalent, 0.25, 0.125, 0.375)),
            "EQUIVALENT: +0.25 [+0.12, +0.38]; the difference is within the bounds of equivalence");
}

TEST(sentence, of_what_cannot_be_settled_says_so) {
  EXPECT_NE(sentence(of(verdict::undecided, 0, -8, 8)).find("no sensible number of items"),
            std::string::npos);
  metric_comparison few = of(verdict::undecided, 3, 0, 0);
  few.ci.status = interval_status::too_few;
  EXPECT_EQ(sentence(few), "UNDECIDED: +3.00; too few items for an interval");
  few.n = 0;
  EXPECT_NE(sentence(few).find("no pair"), std::string::npos);
}

// A degenerate interval is never plus or minus zero.
TEST(sentence, of_systems_that_agree_shows_no_interval) {
  metric_comparison same = of(verdict::no_difference, 0, 0, 0);
  same.ci.status = interval_status::degenerate;
  same.identical = true;
  EXPECT_EQ(sentence(same), "NO DIFFERENCE: +0.00; the systems agree on every item");
}

TEST(sentence, counts_clusters_and_names_the_direction) {
  metric_comparison m = of(verdict::undecided, -3.9, -8.6, 0.8, 0, 410);
  m.units = 30;
  m.baseline.higher_is_better = false;
  EXPECT_EQ(sentence(m),
            "UNDECIDED: -3.9 [-8.6, +0.8] (lower is better); about 410 more clusters would settle it");
}

TEST(format_p, shows_what_can_be_told_apart) {
  EXPECT_EQ(format_p(1), "1.00");
  EXPECT_EQ(format_p(0.314), ".31");
  EXPECT_EQ(format_p(0.0314), ".031");
  EXPECT_EQ(format_p(0.00314), ".0031");
  EXPECT_EQ(format_p(0.00009), "<.0001");
}

TEST(comparison, prints_its_table_and_the_verdict_last) {
  comparison found;
  found.metrics.push_back(of(verdict::better, 30, 10, 50));
  found.metrics[0].baseline.n = found.metrics[0].candidate.n = 100;
  found.metrics[0].baseline.value = 40;
  found.metrics[0].candidate.value = 70;
  found.metrics[0].wins = 30;
  found.metrics[0].ties = 70;
  std::ostringstream out;
  out << found;
  EXPECT_NE(out.str().find("metric  baseline  candidate"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("+30 [+10, +50]"), std::string::npos) << out.str();
  EXPECT_NE(out.str().find("30 / 70 / 0"), std::string::npos) << out.str();
  EXPECT_TRUE(out.str().ends_with("BETTER: +30 [+10, +50]; a gain is shown\n")) << out.str();
}

}  // namespace comparison_text_test
