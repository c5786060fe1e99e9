// SPDX-License-Identifier: MIT
// No golden file covers seqeval: the oracle is its algorithm in tests/reference/span_f1.hpp.
#include <evalpp/core/metric.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/metrics/span_f1.hpp>

#include <reference/span_f1.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace span_f1_test {

using evalpp::labelled_span;
using evalpp::span_f1;
using evalpp::span_overlap;
using spans = std::vector<labelled_span>;

template <class Metric, class Example>
evalpp::span_f1_score score(const Example& predicted, const Example& actual) {
  const Metric metric;
  return metric.score(evalpp::measure(metric, predicted, actual));
}
template <class Metric>
evalpp::span_f1_score score(const char* predicted, const char* actual) {
  return score<Metric>(std::string(predicted), std::string(actual));
}

std::map<std::string, reference::span_counts> counts_of(const evalpp::span_f1_score& s) {
  std::map<std::string, reference::span_counts> counts;
  for (const auto& row : s.types.rows) counts[row.label] = {row.correct, row.predicted, row.support};
  return counts;
}

TEST(span_f1, counts_spans_with_the_same_type_and_borders) {
  const auto s = score<span_f1>("B-PER I-PER O B-LOC O B-ORG", "B-PER I-PER O B-LOC I-LOC B-PER");
  EXPECT_EQ(s.types.micro.precision, 1.0 / 3.0);
  EXPECT_EQ(s.types.micro.recall, 1.0 / 3.0);
  EXPECT_EQ(s.value, s.types.micro.f1);
  ASSERT_EQ(s.types.rows.size(), 3U);
  EXPECT_EQ(s.types.rows[0].label, "LOC");
  EXPECT_EQ(s.types.rows[2].label, "PER");
  EXPECT_EQ(s.types.rows[2].precision, 1.0);
  EXPECT_EQ(s.types.rows[2].recall, 0.5);
  EXPECT_EQ(s.types.rows[2].support, 2);
}

// What seqeval does with sequences that are no IOB2.
TEST(span_f1, an_inside_tag_without_a_beginning_begins_a_span) {
  EXPECT_EQ(score<span_f1>("O I-PER", "O B-PER").value, 1);
  EXPECT_EQ(score<span_f1>("B-PER I-LOC", "B-PER B-LOC").value, 1);
  EXPECT_EQ(score<span_f1>("I-PER I-PER", "B-PER I-PER").value, 1);
  EXPECT_EQ(score<span_f1>("B-PER B-PER", "B-PER I-PER").value, 0);
}

TEST(span_f1, a_type_may_hold_hyphens_or_be_missing) {
  EXPECT_EQ(score<span_f1>("B-A-B I-A-B", "B-A-B I-A-B").types.rows[0].label, "A-B");
  EXPECT_EQ(score<span_f1>("B I O", "B I O").types.rows[0].label, "_");
}

TEST(span_f1, sequences_of_different_length_and_empty_ones_have_a_score) {
  EXPECT_EQ(score<span_f1>("B-PER", "B-PER O B-LOC").types.micro.recall, 0.5);
  EXPECT_EQ(score<span_f1>("", "B-PER").value, 0);
  EXPECT_EQ(score<span_f1>("", "").value, 0);
  EXPECT_EQ(span_f1{}.score({}).value, 0);
  EXPECT_EQ(
      (span_f1{.zero_division = 1}.score(evalpp::measure(span_f1{}, "", "B-PER")).types.micro.precision), 1);
}

// seqeval's values, but for the macro average, which is NaN there.
TEST(span_f1, zero_division_decides_when_there_is_no_span) {
  for (const int zero_division : {0, 1}) {
    const span_f1 metric{.zero_division = zero_division};
    const auto s = metric.score(evalpp::measure(metric, "O O", "O O"));
    EXPECT_EQ(s.value, zero_division);
    for (const auto& average : {s.types.micro, s.types.weighted, s.types.macro}) {
      EXPECT_EQ(average.precision, zero_division);
      EXPECT_EQ(average.recall, zero_division);
      EXPECT_EQ(average.f1, zero_division);
    }
  }
}

TEST(span_f1, tags_may_come_as_a_range_or_as_spans) {
  const std::vector<std::string> predicted{"B-PER", "I-PER", "O", "B-LOC"};
  EXPECT_EQ(counts_of(score<span_f1>(predicted, predicted)),
            counts_of(score<span_f1>("B-PER I-PER O B-LOC", "B-PER I-PER O B-LOC")));
  const spans same{{"LOC", 3, 4}, {"PER", 0, 2}};
  const spans other{{"PER", 0, 2}, {"PER", 0, 2}, {"LOC", 3, 5}};
  EXPECT_EQ(counts_of(score<span_f1>(same, other)),
            (std::map<std::string, reference::span_counts>{{"LOC", {0, 1, 1}}, {"PER", {1, 1, 1}}}));
}

TEST(span_overlap, gives_credit_for_the_covered_part) {
  // 2 of the 3 predicted positions are among the 4 gold ones.
  const auto s = score<span_overlap>(spans{{"a", 0, 3}}, spans{{"a", 1, 5}});
  EXPECT_EQ(s.types.micro.precision, 2.0 / 3.0);
  EXPECT_EQ(s.types.micro.recall, 0.5);
  EXPECT_EQ(score<span_overlap>(spans{{"a", 0, 3}}, spans{{"b", 0, 3}}).value, 0);
}

TEST(span_overlap, spans_that_overlap_cover_a_position_once) {
  EXPECT_EQ(score<span_overlap>(spans{{"a", 0, 4}, {"a", 2, 6}}, spans{{"a", 0, 6}}).value, 1);
}

TEST(span_overlap, spans_without_or_beyond_all_positions_do_no_harm) {
  constexpr std::int64_t low = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t high = std::numeric_limits<std::int64_t>::max();
  EXPECT_EQ(score<span_overlap>(spans{{"a", 5, 5}, {"a", 7, 2}}, spans{{"a", 5, 5}}).value, 0);
  EXPECT_EQ(score<span_overlap>(spans{{"a", low, high}}, spans{{"a", low, high}}).value, 1);
  EXPECT_EQ(score<span_f1>(spans{{"a", low, high}}, spans{{"a", low, high}}).value, 1);
}

TEST(span_f1, agrees_with_the_twin_on_random_tags) {
  std::uint32_t state = 11;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  static const std::vector<std::string> kinds{"B", "B", "I", "I", "I", "O", "O", "E", "S", ".", "X"};
  static const std::vector<std::string> types{"", "-", "-PER", "-PER", "-LOC", "-A-B", "PER"};
  const auto draw = [&] {
    std::vector<std::string> tags(below(30));
    for (std::string& tag : tags) tag = kinds[below(11)] + types[below(7)];
    return tags;
  };
  for (int round = 0; round < 3000; ++round) {
    const auto actual = draw();
    auto predicted = draw();
    if (below(2)) {
      predicted = actual;
      if (!predicted.empty()) predicted[below(static_cast<std::uint32_t>(predicted.size()))] = "B-LOC";
    }
    const auto in_actual = reference::get_entities(actual), in_predicted = reference::get_entities(predicted);
    std::string text_actual, text_predicted;
    for (const auto& tag : actual) text_actual += tag + "\t";
    for (const auto& tag : predicted) text_predicted += " " + tag;
    ASSERT_EQ(counts_of(score<span_f1>(predicted, actual)), reference::count_exact(in_actual, in_predicted))
        << text_predicted << " | " << text_actual;
    ASSERT_EQ(counts_of(score<span_f1>(text_predicted, text_actual)),
              reference::count_exact(in_actual, in_predicted));
    ASSERT_EQ(counts_of(score<span_overlap>(predicted, actual)),
              reference::count_positions(in_actual, in_predicted));
  }
}

TEST(span_overlap, agrees_with_the_twin_on_random_spans) {
  std::uint32_t state = 3;
  const auto below = [&state](std::uint32_t n) {
    state = state * 1664525u + 1013904223u;
    return (state >> 8) % n;
  };
  for (int round = 0; round < 3000; ++round) {
    spans example[2];
    std::set<reference::entity> sets[2];
    for (int side = 0; side < 2; ++side)
      for (std::uint32_t n = below(8); n > 0; --n) {
        const std::int64_t begin = below(20), end = begin + below(9);
        const std::string type(1, static_cast<char>('a' + below(3)));
        example[side].push_back({type, begin, end});
        sets[side].insert({type, begin, end});
      }
    const auto found = counts_of(score<span_overlap>(example[0], example[1]));
    auto expected = reference::count_positions(sets[1], sets[0]);
    ASSERT_EQ(found, expected) << round;
    ASSERT_EQ(counts_of(score<span_f1>(example[0], example[1])), reference::count_exact(sets[1], sets[0]));
  }
}

TEST(span_f1, the_signature_tells_the_two_apart) {
  EXPECT_EQ(span_f1{}.signature(), "spans:exact|zero:0");
  EXPECT_EQ(span_overlap{}.signature(), "spans:positions|zero:0");
}

}  // namespace span_f1_test
