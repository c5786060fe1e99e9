// SPDX-License-Identifier: MIT
#include <evalpp/core/accumulator.hpp>
#include <evalpp/core/any_metric.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/token_f1.hpp>

#include <made_range.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

// What a metric can be given: the shapes of references, the kinds of tokens, prepared references.

struct word {
  int stem = 0;
  bool plural = false;
  bool operator==(const word&) const = default;
};
// A hash as bad as one can be: only equality keeps these apart.
template <>
struct std::hash<word> {
  std::size_t operator()(const word&) const noexcept { return 7; }
};

namespace metric_test {

using evalpp::bleu;

// Correct tokens, tokens of the hypothesis and of the closest reference.
std::array<std::int64_t, 3> counts(const evalpp::bleu::statistics& s) {
  return {s.matches[0], s.hypothesis_length, s.reference_length};
}
std::array<std::int64_t, 3> counts(const evalpp::ids::bleu::statistics& s) {
  return {s.matches[0], s.hypothesis_length, s.reference_length};
}

TEST(metric, references_come_in_every_shape) {
  const std::array<std::int64_t, 3> expected{2, 3, 4};
  const char* const hypothesis = "a b c";
  EXPECT_EQ(counts(evalpp::measure(bleu{}, hypothesis, "a b x y")), expected);
  EXPECT_EQ(counts(evalpp::measure(bleu{}, std::string(hypothesis), std::string("a b x y"))), expected);
  EXPECT_EQ(counts(evalpp::measure(bleu{}, hypothesis, std::optional<std::string>("a b x y"))), expected);
  EXPECT_EQ(counts(evalpp::measure(bleu{}, hypothesis, std::vector<std::string_view>{"a b x y"})), expected);
  const std::vector<std::optional<std::string>> ragged{std::nullopt, "a b x y", std::nullopt};
  EXPECT_EQ(counts(evalpp::measure(bleu{}, hypothesis, ragged)), expected);
  const std::vector<std::string> text{"a b x y"};
  EXPECT_EQ(counts(evalpp::measure(bleu{}, hypothesis, std::span(text))), expected);
}

TEST(metric, more_references_than_a_list_keeps_in_place) {
  std::vector<std::string> many(40, "x");
  many.back() = "a b c";
  const auto s = evalpp::measure(bleu{}, "a b c", many);
  EXPECT_EQ(s.matches[0], 3);
  EXPECT_EQ(s.references.references, 40);
}

TEST(metric, tokens_are_anything_with_equality_and_hash) {
  const std::array<std::int64_t, 3> expected{2, 3, 4};
  const evalpp::ids::bleu m;
  EXPECT_EQ(counts(evalpp::measure(m, std::vector<int>{1, 2, 3}, std::vector<int>{1, 2, 8, 9})), expected);
  EXPECT_EQ(
      counts(evalpp::measure(m, std::vector<std::int64_t>{-1, 2, 3}, std::vector<std::int64_t>{-1, 2, 8, 9})),
      expected);
  EXPECT_EQ(
      counts(evalpp::measure(m, std::vector<std::uint16_t>{1, 2, 3}, std::vector<std::uint16_t>{1, 2, 8, 9})),
      expected);
  EXPECT_EQ(counts(evalpp::measure(m, std::vector<std::string>{"a", "a longer token", "c"},
                                   std::vector<std::string>{"a", "a longer token", "x", "y"})),
            expected);
  EXPECT_EQ(counts(evalpp::measure(m, std::vector<word>{{1, true}, {2, false}, {3, false}},
                                   std::vector<word>{{1, true}, {2, false}, {1, false}, {2, true}})),
            expected);
}

TEST(metric, several_references_of_tokens_are_one_level_deeper) {
  const std::vector<int> hypothesis{1, 2, 3};
  const std::vector<std::vector<int>> references{{9, 9, 9}, {3, 2, 1}};
  EXPECT_EQ(evalpp::measure(evalpp::ids::bleu{}, hypothesis, references).matches[0], 3);
}

TEST(metric, ids_that_differ_in_high_bits_are_different_tokens) {
  const std::vector<std::uint64_t> hypothesis{1}, reference{(std::uint64_t{1} << 32) + 1};
  EXPECT_EQ(evalpp::measure(evalpp::ids::bleu{}, hypothesis, reference).matches[0], 0);
}

TEST(metric, prepared_references_know_their_kind) {
  const evalpp::ids::bleu m;
  const auto gold = evalpp::prepare(m, std::vector<std::vector<int>>{{1, 2, 3}, {4}});
  EXPECT_EQ(gold.size(), 2u);
  EXPECT_EQ(evalpp::measure(m, std::vector<int>{4, 3}, gold).matches[0], 2);
  const auto text = evalpp::prepare(bleu{}, std::vector<std::string>{"a b", "c"});
  EXPECT_EQ(evalpp::measure(bleu{}, "c a", text).matches[0], 2);
  // A copy stands on its own.
  auto original = std::make_unique<evalpp::prepared<evalpp::bleu, evalpp::text_kind>>(text);
  const auto copy = *original;
  original.reset();
  EXPECT_EQ(evalpp::measure(bleu{}, "c a", copy).matches[0], 2);
}

TEST(evaluate, an_example_without_references_is_missing_and_not_zero) {
  const std::vector<std::string> hypotheses{"a b c d", "x", ""};
  const std::vector<std::vector<std::string>> references{{"a b c d"}, {}, {"y"}};
  const auto run = evalpp::evaluate(hypotheses, references, evalpp::token_f1{}, evalpp::token_f1_v2{});
  const auto scores = run.scores();
  EXPECT_EQ(scores[0].n, 2u);
  EXPECT_EQ(scores[0].n_missing, 1u);
  EXPECT_EQ(scores[0].n_empty, 1u);
  EXPECT_EQ(scores[0].value, 50.0);
  // To SQuAD 2.0 a question without an answer is a question.
  EXPECT_EQ(scores[1].n, 3u);
  EXPECT_EQ(scores[1].n_missing, 0u);
}

TEST(evaluate, rows_can_be_summed_by_any_choice) {
  const std::vector<std::string> hypotheses{"p", "q", "r"}, references{"p", "x", "r"};
  const auto run = evalpp::evaluate(hypotheses, references, evalpp::token_f1{});
  EXPECT_EQ(run.metrics().get<0>().score(run.statistics<0>([](std::size_t i) { return i != 1; })).value,
            100.0);
  EXPECT_EQ(run.score_row<0>(1).value, 0.0);
}

TEST(evaluate, parts_of_an_evaluation_append) {
  const std::vector<std::string> hypotheses{"a", "b", "c"}, references{"a", "x", "c"};
  auto whole = evalpp::evaluate(hypotheses, references, bleu{});
  auto first =
      evalpp::evaluate(std::span(hypotheses).first(1), std::span(references).first(1), bleu{}).rows();
  auto rest =
      evalpp::evaluate(std::span(hypotheses).subspan(1), std::span(references).subspan(1), bleu{}).rows();
  EXPECT_EQ(first.append(rest).error().code, evalpp::error_code::duplicate);  // both number from 0
  for (std::size_t i = 0; i < rest.rows(); ++i) rest.ids()[i] = std::to_string(i + 1);
  ASSERT_TRUE(first.append(rest));
  EXPECT_EQ(first.sum(0, [](std::size_t) { return true; }),
            whole.rows().sum(0, [](std::size_t) { return true; }));
  EXPECT_TRUE(first == whole.rows());
  const auto other = evalpp::evaluate(hypotheses, references, bleu{.lowercase = true}).rows();
  const auto refused = first.append(other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, evalpp::error_code::mismatch);
}

TEST(evaluate, ranges_may_make_their_elements) {
  const auto text = [](std::ptrdiff_t i) {
    return "a text that is too long to lie in its string, " + std::to_string(i);
  };
  const auto texts = [&](std::ptrdiff_t i) { return std::vector<std::string>{text(i + 1), text(i)}; };
  const auto one =
      evalpp::evaluate(made_range(text, 50), made_range(text, 50), bleu{}, evalpp::raw_exact_match{});
  EXPECT_EQ(one.score<1>().value, 100.0);
  const auto several =
      evalpp::evaluate(made_range(text, 50), made_range(texts, 50), bleu{}, evalpp::raw_exact_match{});
  EXPECT_EQ(several.score<1>().value, 100.0);
  EXPECT_NEAR(several.score<0>().value, 100.0, 1e-9);
}

TEST(evaluate, examples_lie_in_any_random_access_range) {
  const std::deque<std::string> hypotheses{"a b", "c"};
  const std::string_view references[] = {"a b", "x"};
  EXPECT_EQ(evalpp::evaluate(hypotheses, references, evalpp::exact_match{}).score<0>().value, 50.0);
  const std::deque<std::deque<int>> ids{{1, 2}, {3}};
  const std::array<std::vector<std::optional<std::array<std::int64_t, 2>>>, 2> gold{
      {{std::array<std::int64_t, 2>{1, 2}}, {std::nullopt}}};
  const auto run = evalpp::evaluate(ids, gold, evalpp::ids::exact_match{});
  EXPECT_EQ(run.score<0>().value, 100.0);
  EXPECT_EQ(run.scores()[0].n_missing, 1u);
}

#if EVALPP_HAS_EXCEPTIONS
TEST(evaluate, counts_that_differ_are_an_error) {
  const std::vector<std::string> two{"a", "b"}, three{"a", "b", "c"};
  EXPECT_THROW((void)evalpp::evaluate(two, three, bleu{}), evalpp::exception);
  EXPECT_THROW((void)evalpp::metric_set({bleu{}}).measure(evalpp::seq, three, two), evalpp::exception);
}

TEST(accumulator, merges_only_what_has_the_same_options) {
  evalpp::accumulator sum{bleu{}};
  sum.update("a b", "a b");
  EXPECT_THROW((sum += evalpp::accumulator{bleu{.lowercase = true}}), std::invalid_argument);
  EXPECT_EQ(sum.examples(), 1u);
  sum += evalpp::accumulator{bleu{}};
}
#endif

TEST(accumulator, counts_what_it_could_not_score) {
  evalpp::accumulator<evalpp::ids::token_f1, std::vector<int>> stream;
  stream.update(std::vector<int>{1, 2}, std::vector<int>{1, 2});
  stream.update(std::vector<int>{1, 2}, std::vector<std::vector<int>>{});
  EXPECT_EQ(stream.examples(), 1u);
  EXPECT_EQ(stream.missing(), 1u);
  EXPECT_EQ(stream.score().value, 100.0);
  stream.reset();
  EXPECT_EQ(stream.examples(), 0u);
}

}  // namespace metric_test
