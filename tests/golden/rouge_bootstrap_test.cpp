// SPDX-License-Identifier: MIT
// The `bootstrap` parts of the golden files: rouge_score's BootstrapAggregator after np.random.seed(12345),
// the same doubles. Types are counted, so that none is passed over in silence.
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/rouge_l.hpp>
#include <evalpp/metrics/rouge_lsum.hpp>
#include <evalpp/metrics/rouge_n.hpp>
#include <evalpp/stats/rouge_bootstrap.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace golden_rouge_bootstrap_test {

namespace json = evalpp::json;
namespace stats = evalpp::stats;

class aggregator {
 public:
  aggregator(const std::vector<golden::example>& examples, json::value expected)
      : examples_(examples),
        expected_(expected),
        stream_(static_cast<std::uint32_t>(expected["np.random.seed"].as_int64().value_or(0))),
        samples_(static_cast<std::size_t>(expected["n_samples"].as_int64().value_or(0))) {}

  // Types in the order of rouge_score's dictionary: one stream runs through them all.
  template <class Metric>
  void expect_type(const Metric& metric) {
    const json::value type = expected_[metric.name()];
    if (!type.exists()) return;
    SCOPED_TRACE(metric.name());
    std::vector<double> scores;
    for (const golden::example& e : examples_) {
      const auto score = metric.score(evalpp::measure(metric, e.hypothesis, e.views()));
      scores.insert(scores.end(), {score.precision, score.recall, score.fmeasure});
    }
    const auto found = stats::rouge_bootstrap(stream_, scores, 3, samples_);
    ASSERT_EQ(found.size(), 3u);
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_EQ(found[c].low, type["low"][c].as_double());
      EXPECT_EQ(found[c].mid, type["mid"][c].as_double());
      EXPECT_EQ(found[c].high, type["high"][c].as_double());
    }
    ++compared_;
  }
  std::size_t compared() const { return compared_; }

 private:
  const std::vector<golden::example>& examples_;
  json::value expected_;
  stats::numpy_random_state stream_;
  std::size_t samples_;
  std::size_t compared_ = 0;
};

void expect_file(std::string_view expectations, std::string_view inputs) {
  const golden::json_file file(expectations);
  if (!file) return;
  if (!golden::full() && !file["rouge"][0]["bootstrap"].exists())
    GTEST_SKIP() << "the committed subset has no bootstrap of " << inputs;
  const auto examples = golden::examples(inputs);
  ASSERT_EQ(file["rouge"].size(), 2u);
  for (const json::value set : file["rouge"].items()) {
    const evalpp::text::tokenizer_rouge tokenizer{.stem = set["use_stemmer"].as_bool().value_or(false)};
    SCOPED_TRACE(std::string(expectations) + (tokenizer.stem ? " stemmed" : ""));
    aggregator all(examples, set["bootstrap"]);
    for (int n = 1; n <= 9; ++n) all.expect_type(evalpp::rouge_n{.tokenizer = tokenizer, .n = n});
    all.expect_type(evalpp::rouge_l{.tokenizer = tokenizer});
    all.expect_type(evalpp::rouge_lsum{.tokenizer = tokenizer});
    EXPECT_EQ(all.compared(), set["bootstrap"].size() - 2);  // beside the seed and the number of samples
    EXPECT_GE(all.compared(), 5u);
  }
}

TEST(rouge_bootstrap_golden, corner_cases) { expect_file("text/edge.json", "text/edge.jsonl"); }
TEST(rouge_bootstrap_golden, fuzzed_text) { expect_file("text/fuzz300.json", "text/fuzz300.jsonl"); }
TEST(rouge_bootstrap_golden, several_references) { expect_file("text/multi200.json", "text/multi200.jsonl"); }
TEST(rouge_bootstrap_golden, summaries) { expect_file("text/sum300.json", "text/sum300.jsonl"); }

}  // namespace golden_rouge_bootstrap_test
