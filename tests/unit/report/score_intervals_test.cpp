// SPDX-License-Identifier: MIT
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/report/score_intervals.hpp>
#include <evalpp/report/stream.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <sstream>
#include <string>
#include <vector>

namespace score_intervals_test {

namespace report = evalpp::report;

template <class... Ms>
auto some_run(std::size_t n, Ms... metrics) {
  std::vector<std::string> answers, gold;
  for (std::size_t i = 0; i < n; ++i) {
    gold.push_back("the answer number " + std::to_string(i) + " is what was asked for");
    answers.push_back(i % 3 != 0 ? gold.back() : "the answer is not what was asked for");
  }
  return evalpp::evaluate(answers, gold, metrics...);
}

TEST(score_intervals, stand_beside_the_scores) {
  const auto run = some_run(60, evalpp::bleu{}, evalpp::exact_match{});
  const auto scores = report::scores_with_intervals(evalpp::threads(2), run, {.level = 0.9});
  ASSERT_EQ(scores.size(), 2u);
  const auto alone = evalpp::stats::interval_of(evalpp::seq, evalpp::any_scorer(evalpp::bleu{}), run.rows(),
                                                0, [](std::size_t) { return true; }, {.level = 0.9});
  EXPECT_EQ(scores[0].value, run.score<0>().value);
  EXPECT_EQ(scores[0].ci->lo, alone.ends.lo);
  EXPECT_EQ(scores[0].ci->level, 0.9);
  EXPECT_EQ(scores[0].ci_method, "bca+");
  EXPECT_EQ(scores[0].ci_replicates, 10'240u);
  EXPECT_EQ(scores[0].ci_seed, 12345u);
  EXPECT_EQ(scores[1].ci_method, "wilson");
  EXPECT_TRUE(scores[1].ci_notes.empty());
}

// 40 of 60 right: Wilson's interval is 54.1 to 77.3.
TEST(score_intervals, are_printed_with_a_run) {
  std::ostringstream out;
  out << some_run(60, evalpp::exact_match{});
  EXPECT_EQ(out.str(),
            "metric  value [95% interval]  unit   signature\n"
            "em               67 [54, 77]  0-100  tok:squad|rules:1.1\n"
            "n = 60\n"
            "[95% intervals] wilson\n");
}

TEST(score_intervals, that_cannot_be_given_are_explained) {
  std::ostringstream out;
  out << some_run(3, evalpp::bleu{});
  EXPECT_NE(out.str().find("\n[no interval] fewer than 10 items: bleu\n"), std::string::npos) << out.str();
  out.str("");
  out << some_run(0, evalpp::bleu{});
  EXPECT_NE(out.str().find("\n[no interval] no items: bleu\n"), std::string::npos) << out.str();
}

TEST(score_intervals, are_left_out_of_the_text_of_scores_without_any) {
  const auto run = some_run(3, evalpp::exact_match{});
  EXPECT_EQ(report::to_text(run.scores()),
            "metric  value  unit   signature\n"
            "em      66.67  0-100  tok:squad|rules:1.1\n"
            "n = 3\n");
}

}  // namespace score_intervals_test
