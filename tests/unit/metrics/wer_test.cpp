// SPDX-License-Identifier: MIT
#include <evalpp/metrics/wer.hpp>

#include <gtest/gtest.h>
#include <evalpp/core/evaluate.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace wer_test {

using evalpp::error_rate_score;

error_rate_score wer(const std::string& hypothesis, const std::string& reference) {
  const evalpp::wer metric;
  return metric.score(evalpp::measure(metric, hypothesis, reference));
}

TEST(wer, counts_edits_per_reference_word) {
  const error_rate_score s = wer("the cat sat on a mat today", "the cat sat on the mat");
  EXPECT_EQ(s.hits, 5);
  EXPECT_EQ(s.substitutions, 1);
  EXPECT_EQ(s.insertions, 1);
  EXPECT_EQ(s.deletions, 0);
  EXPECT_DOUBLE_EQ(s.value, 2.0 / 6.0);
  EXPECT_DOUBLE_EQ(s.mer, 2.0 / 7.0);
  EXPECT_DOUBLE_EQ(s.wip, 5.0 / 6.0 * (5.0 / 7.0));
  EXPECT_DOUBLE_EQ(s.wil, 1.0 - 5.0 / 6.0 * (5.0 / 7.0));
}

TEST(wer, exceeds_one_with_enough_insertions) { EXPECT_DOUBLE_EQ(wer("a b c d", "x").value, 4.0); }

TEST(wer, counts_insertions_against_an_empty_reference) {
  const error_rate_score none = wer("", "");
  EXPECT_EQ(none.value, 0.0);
  EXPECT_EQ(none.mer, 0.0);
  EXPECT_EQ(none.wip, 1.0);
  const error_rate_score inserted = wer("a b c", " ");
  EXPECT_EQ(inserted.value, 3.0);
  EXPECT_EQ(inserted.mer, 1.0);
  EXPECT_EQ(inserted.wip, 0.0);
  const error_rate_score deleted = wer("", "a b");
  EXPECT_EQ(deleted.value, 1.0);
  EXPECT_EQ(deleted.wil, 1.0);
}

TEST(wer, looks_at_the_first_reference_only) {
  const evalpp::wer metric;
  const std::vector<std::string> references{"x y", "a b"};
  EXPECT_EQ(metric.score(evalpp::measure(metric, std::string("a b"), references)).value, 1.0);
}

TEST(wer, sums_edits_over_the_examples) {
  const std::vector<std::string> hypotheses{"a b c", "x"}, references{"a b d", "x"};
  const auto run = evalpp::evaluate(hypotheses, references, evalpp::wer{});
  EXPECT_DOUBLE_EQ(run.score<0>().value, 1.0 / 4.0);
}

TEST(wer, takes_token_ids) {
  const evalpp::ids::wer metric;
  const std::vector<std::int64_t> hypothesis{7, 8, 9}, reference{7, 9};
  EXPECT_DOUBLE_EQ(metric.score(evalpp::measure(metric, hypothesis, reference)).value, 0.5);
}

TEST(wer, names_its_options) {
  EXPECT_EQ(evalpp::wer{}.name(), "wer");
  EXPECT_EQ(evalpp::wer{}.signature(), "tok:jiwer_words");
  EXPECT_EQ(evalpp::ids::wer{}.signature(), "tok:given");
}

}  // namespace wer_test
