// SPDX-License-Identifier: MIT
#include <evalpp/metrics/ter.hpp>

#include <gtest/gtest.h>
#include <evalpp/core/evaluate.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ter_test {

evalpp::ter_score ter(std::string_view hypothesis, const std::vector<std::string>& references,
                      const evalpp::ter& metric = {}) {
  return metric.score(evalpp::measure(metric, hypothesis, references));
}

TEST(ter, counts_a_moved_block_as_one_edit) {
  const auto s = ter("on the mat sat the cat", {"the cat sat on the mat"});
  EXPECT_EQ(s.num_edits, 2);  // two blocks of two words change places around "sat"
  EXPECT_DOUBLE_EQ(s.value, 100.0 * (2.0 / 6.0));
}

TEST(ter, takes_the_nearest_reference_and_the_mean_length) {
  const auto s = ter("a b c", {"a b c d", "a b c", "x"});
  EXPECT_EQ(s.num_edits, 0);
  EXPECT_DOUBLE_EQ(s.ref_length, 8.0 / 3.0);
  EXPECT_EQ(s.value, 0.0);
}

TEST(ter, gives_empty_sides_a_meaning) {
  EXPECT_EQ(ter("", {""}).value, 0.0);
  EXPECT_EQ(ter("a b", {""}).value, 100.0);
  EXPECT_EQ(ter("a b", {""}).num_edits, 2);
  EXPECT_EQ(ter("", {"a b"}).value, 100.0);
  EXPECT_EQ(evalpp::ter{}.score({}).value, 0.0);
}

TEST(ter, lower_cases_unless_told_otherwise) {
  EXPECT_EQ(ter("THE cat", {"the cat"}).num_edits, 0);
  EXPECT_EQ(ter("THE cat", {"the cat"}, {.case_sensitive = true}).num_edits, 1);
}

TEST(ter, tokenizes_references_twice_when_normalizing) {
  const evalpp::ter metric{.tokenizer = {.normalized = true}};
  const auto s = ter("the dog's.", {"the dog's."}, metric);
  EXPECT_EQ(s.num_edits, 2);  // [the] [dog's] [.] against [the] [dog] ['s] [.]
  EXPECT_DOUBLE_EQ(s.ref_length, 4.0);
}

TEST(ter, sums_fractional_lengths_exactly) {
  const std::vector<std::string> hypotheses(3, "a");
  const std::vector<std::vector<std::string>> references(3, {"a b", "a", "a"});
  const auto run = evalpp::evaluate(hypotheses, references, evalpp::ter{});
  EXPECT_EQ(run.score<0>().ref_length, 4.0);
}

// The values are sacreBLEU's. 17, 19 and 100 do not divide the unit that lengths are counted in.
TEST(ter, takes_the_mean_length_of_any_number_of_references) {
  std::vector<std::string> of_17(16, "a b c"), of_19(18, "a"), of_100(99);
  of_17.push_back("a");
  of_19.push_back("b c");
  of_100.push_back("a");
  EXPECT_DOUBLE_EQ(ter("a b", of_17).ref_length, 2.8823529411764706);
  EXPECT_DOUBLE_EQ(ter("a b", of_17).value, 34.69387755102041);
  const std::vector<std::string> hypotheses{"a b", "a b c", "x"};
  const auto run = evalpp::evaluate(hypotheses, std::vector{of_17, of_19, of_100}, evalpp::ter{});
  EXPECT_EQ(run.score<0>().num_edits, 3);
  EXPECT_DOUBLE_EQ(run.score<0>().ref_length, 3.944984520123839);
  EXPECT_DOUBLE_EQ(run.score<0>().value, 76.04592577478164);
}

TEST(ter, takes_token_ids) {
  const evalpp::ids::ter metric;
  const std::vector<std::int32_t> hypothesis{4, 5, 6, 1, 2, 3}, reference{1, 2, 3, 4, 5, 6};
  EXPECT_EQ(evalpp::measure(metric, hypothesis, reference).edits, 1);
}

TEST(ter, prints_the_signature_of_sacrebleu) {
  const evalpp::ter metric{.tokenizer = {.normalized = true, .no_punct = true, .asian_support = true},
                           .case_sensitive = true};
  EXPECT_EQ(metric.signature(), "case:mixed|tok:tercom|norm:yes|punct:no|asian:yes");
  EXPECT_EQ(evalpp::ter{}.signature(), "case:lc|tok:tercom|norm:no|punct:yes|asian:no");
  const evalpp::ter plain;
  auto sum = evalpp::measure(plain, std::string("a"), std::vector<std::string>{"a"});
  EXPECT_EQ(plain.data_signature(sum), "nrefs:1");
  sum += evalpp::measure(plain, std::string("a"), std::vector<std::string>{"a", "b"});
  EXPECT_EQ(plain.data_signature(sum), "nrefs:var");
}

}  // namespace ter_test
