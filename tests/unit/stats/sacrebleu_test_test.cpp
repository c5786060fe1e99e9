// SPDX-License-Identifier: MIT
// Against sacreBLEU's own figures: tests/golden/sacrebleu_bootstrap_test.cpp.
#include <evalpp/core/any_metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/stats/sacrebleu_test.hpp>

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sacrebleu_test_test {

namespace stats = evalpp::stats;
using evalpp::detail::is_nan;

constexpr std::size_t n = 24;

stats::paired_rows pairs_of(const evalpp::any_metric& metric, const std::vector<std::string>& baseline,
                            const std::vector<std::string>& system) {
  const evalpp::metric_set set({metric});
  const std::vector<std::vector<std::string>> references(baseline.size(), {"yes"});
  std::vector<stats::row_pair> pairs;
  for (std::size_t i = 0; i < baseline.size(); ++i) pairs.push_back({i, i});
  return stats::paired_rows_of(set.measure(evalpp::seq, baseline, references),
                               set.measure(evalpp::seq, system, references), 0, pairs,
                               [](const stats::row_pair&) { return true; });
}

// Every period-th answer is wrong.
bool is_right(std::size_t i, std::size_t period) { return i % period != 0; }
std::vector<std::string> answers(std::size_t period) {
  std::vector<std::string> out;
  for (std::size_t i = 0; i < n; ++i) out.push_back(is_right(i, period) ? "yes" : "no");
  return out;
}

// In examples right, so that differences are whole and ties are ties.
int right_of(const std::vector<std::size_t>& drawn, std::size_t period) {
  int right = 0;
  for (const std::size_t i : drawn) right += is_right(i, period) ? 1 : 0;
  return right;
}

TEST(sacrebleu_paired_bootstrap, counts_what_exceeds_the_difference_less_its_mean) {
  const evalpp::any_metric metric = evalpp::exact_match{};
  const auto found = stats::sacrebleu_paired_bootstrap(metric, pairs_of(metric, answers(3), answers(4)),
                                                       {.seed = 3, .replicates = 200});
  EXPECT_DOUBLE_EQ(found.baseline, 100.0 * 16 / 24);
  EXPECT_DOUBLE_EQ(found.system, 100.0 * 18 / 24);
  stats::numpy_generator stream(3);
  std::vector<int> apart;
  double mean = 0;
  for (int b = 0; b < 200; ++b) {
    std::vector<std::size_t> drawn;
    for (std::size_t i = 0; i < n; ++i) drawn.push_back(stream.below(n));
    apart.push_back(std::abs(right_of(drawn, 3) - right_of(drawn, 4)));
    mean += apart.back() / 200.0;
  }
  int counted = 0;
  for (const int d : apart) counted += d - mean > 2 ? 1 : 0;
  ASSERT_GT(counted, 0);
  EXPECT_DOUBLE_EQ(found.p_value, (counted + 1) / 201.0);
}

TEST(sacrebleu_randomization, counts_what_exceeds_the_difference) {
  const evalpp::any_metric metric = evalpp::exact_match{};
  const auto found = stats::sacrebleu_randomization(metric, pairs_of(metric, answers(3), answers(4)),
                                                    {.seed = 3, .replicates = 0, .trials = 500});
  stats::numpy_generator stream(3);
  stats::numpy_coins coins(stream);
  int more = 0, as_much = 0;
  for (int t = 0; t < 500; ++t) {
    int a = 0, b = 0;
    for (std::size_t i = 0; i < n; ++i) {
      const bool first = coins.next();
      a += is_right(i, first ? 3 : 4) ? 1 : 0;
      b += is_right(i, first ? 4 : 3) ? 1 : 0;
    }
    more += std::abs(a - b) > 2 ? 1 : 0;
    as_much += std::abs(a - b) >= 2 ? 1 : 0;
  }
  EXPECT_DOUBLE_EQ(found.p_value, (more + 1) / 501.0);
  EXPECT_GT(as_much, more + 50);  // why that is no test of a discrete metric
  EXPECT_TRUE(is_nan(found.baseline_estimate.mean));
}

// "never by chance"
TEST(sacrebleu_tests, of_a_system_against_itself_have_the_least_p) {
  const evalpp::any_metric metric = evalpp::bleu{};
  const auto rows = pairs_of(metric, answers(5), answers(5));
  const auto bootstrap = stats::sacrebleu_paired_bootstrap(metric, rows);
  const auto randomization = stats::sacrebleu_randomization(metric, rows, {.trials = 100});
  EXPECT_EQ(bootstrap.p_value, 1.0 / 1001);
  EXPECT_EQ(randomization.p_value, 1.0 / 101);
}

// A ratio of sums, which has no value where the denominator is 0.
struct quotient {
  struct statistics {
    std::int64_t part, whole;
  };
  struct result {
    double value;
  };
  static constexpr evalpp::scale unit = evalpp::scale::fraction;
  static constexpr bool higher_is_better = true;
  std::string name() const { return "quotient"; }
  std::string signature() const { return ""; }
  statistics measure(std::string_view, std::span<const std::string_view>) const { return {}; }
  result score(const statistics& s) const {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    return {s.whole == 0 ? none : static_cast<double>(s.part) / static_cast<double>(s.whole)};
  }
  bool operator==(const quotient&) const = default;
};

TEST(sacrebleu_tests, of_what_is_no_number_say_so) {
  const evalpp::any_scorer metric{quotient{}};
  stats::paired_rows pairs;
  pairs.units.lanes = 4;
  pairs.units.keys = {1, 2};
  pairs.units.values = {1, 2, 0, 0, 1, 2, 0, 0};
  EXPECT_TRUE(is_nan(stats::sacrebleu_paired_bootstrap(metric, pairs).p_value));
  EXPECT_TRUE(is_nan(stats::sacrebleu_randomization(metric, pairs).p_value));
  // Replicates without a value only: every fourth draws the second row twice.
  pairs.units.values = {1, 2, 1, 3, 1, 2, 0, 0};
  const auto found = stats::sacrebleu_paired_bootstrap(metric, pairs);
  EXPECT_EQ(found.baseline_estimate.half_width, 0);
  EXPECT_TRUE(is_nan(found.system_estimate.mean));
  EXPECT_FALSE(is_nan(found.system));
  EXPECT_TRUE(is_nan(found.p_value));
}

TEST(sacrebleu_tests, of_nothing_find_nothing) {
  const evalpp::any_metric metric = evalpp::exact_match{};
  const auto none = pairs_of(metric, {}, {});
  for (const auto& found :
       {stats::sacrebleu_paired_bootstrap(metric, none), stats::sacrebleu_randomization(metric, none)}) {
    EXPECT_EQ(found.p_value, 1);
    EXPECT_TRUE(is_nan(found.system_estimate.mean));
  }
}

}  // namespace sacrebleu_test_test
