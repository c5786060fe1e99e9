// SPDX-License-Identifier: MIT
// BLEU of sacreBLEU 2.6.0 under every option set of the golden files: integers exact, and doubles
// too, because the operations are the same (the contract is 1e-9).
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/text/tokenizer_char.hpp>
#include <evalpp/text/tokenizer_intl.hpp>
#include <evalpp/text/tokenizer_none.hpp>
#include <evalpp/text/tokenizer_zh.hpp>

#include "golden/golden.hpp"
#include "golden/sacrebleu_arguments.hpp"

#include <gtest/gtest.h>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace golden_bleu_test {

namespace json = evalpp::json;

void expect_numbers(const char* what, const std::array<double, evalpp::bleu_score::orders>& actual,
                    json::value expected) {
  const std::vector<double> numbers = golden::doubles(expected);
  for (std::size_t n = 0; n < numbers.size(); ++n) EXPECT_EQ(actual[n], numbers[n]) << what << ' ' << n + 1;
}

std::vector<double> as_sacrebleu_lists_them(const evalpp::bleu::statistics& s, std::size_t orders) {
  std::vector<double> row{static_cast<double>(s.hypothesis_length), static_cast<double>(s.reference_length)};
  for (std::size_t n = 0; n < orders; ++n) row.push_back(static_cast<double>(s.matches[n]));
  for (std::size_t n = 0; n < orders; ++n) row.push_back(static_cast<double>(s.totals[n]));
  return row;
}

template <class Metric>
void expect_parity(const Metric& metric, const std::vector<golden::example>& examples, json::value expected) {
  using statistics = typename Metric::statistics;
  const auto rows = expected["stats"];  // the committed subset has them for some option sets only
  const auto sentences = expected["sentence"];
  if (golden::full()) {
    ASSERT_EQ(rows.size(), sentences.size());
  }
  ASSERT_GT(sentences.size(), 0u);
  ASSERT_LE(sentences.size(), examples.size());
  evalpp::scratch<Metric, evalpp::text_kind> buffers;
  statistics sum{};
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    const auto gold = evalpp::prepare(metric, examples[i].references);
    const statistics row = evalpp::measure(metric, examples[i].hypothesis, gold, buffers);
    evalpp::bleu::statistics same_layout = evalpp::from_lanes<evalpp::bleu::statistics>(evalpp::lanes(row));
    const auto orders = static_cast<std::size_t>(static_cast<int>(metric.max_order));
    if (rows.size() > 0) {
      EXPECT_EQ(as_sacrebleu_lists_them(same_layout, orders), golden::doubles(rows[i])) << "row " << i;
    }
    EXPECT_EQ(metric.score(row).value, sentences[i].as_double()) << "row " << i;
    sum += row;
  }
  const evalpp::bleu_score score = metric.score(sum);
  EXPECT_EQ(score.value, expected["score"].as_double());
  EXPECT_EQ(score.brevity_penalty, expected["bp"].as_double());
  if (golden::full()) {
    EXPECT_EQ(score.ratio, expected["ratio"].as_double());
  }
  EXPECT_EQ(score.hypothesis_length, expected["sys_len"].as_int64());
  EXPECT_EQ(score.reference_length, expected["ref_len"].as_int64());
  expect_numbers("precision", score.precisions, expected["precisions"]);
  expect_numbers("count", score.counts, expected["counts"]);
  expect_numbers("total", score.totals, expected["totals"]);

  // sacreBLEU leaves the order out of its signature.
  std::string signature = metric.data_signature(sum) + "|" + metric.signature();
  if (const auto at = signature.find("|order:"); at != std::string::npos) signature.resize(at);
  EXPECT_EQ(signature + "|version:2.6.0", expected["signature"].as_string());
}

void expect_file(std::string_view expectations, std::string_view inputs) {
  const golden::json_file file(expectations);
  if (!file) return;
  const auto examples = golden::examples(inputs);
  std::size_t compared = 0;
  for (const json::value expected : file["bleu"].items()) {
    const json::value args = expected["args"];
    const std::string tokenize(args["tokenize"].as_string().value_or("13a"));
    if (tokenize == "ja-mecab") continue;  // needs MeCab and its dictionary: not offered
    SCOPED_TRACE(std::string(expectations) + " " + std::string(*expected["signature"].as_string()));
    ++compared;
    if (tokenize == "13a")
      expect_parity(golden::bleu_with_arguments<evalpp::text::tokenizer_13a>(args), examples, expected);
    else if (tokenize == "none")
      expect_parity(golden::bleu_with_arguments<evalpp::text::tokenizer_none>(args), examples, expected);
    else if (tokenize == "intl")
      expect_parity(golden::bleu_with_arguments<evalpp::text::tokenizer_intl>(args), examples, expected);
    else if (tokenize == "char")
      expect_parity(golden::bleu_with_arguments<evalpp::text::tokenizer_char>(args), examples, expected);
    else if (tokenize == "zh")
      expect_parity(golden::bleu_with_arguments<evalpp::text::tokenizer_zh>(args), examples, expected);
    else
      ADD_FAILURE() << "unknown tokenizer " << tokenize;
  }
  EXPECT_GT(compared, 0u);
}

TEST(bleu_golden, every_option_set_on_the_corner_cases) { expect_file("text/edge.json", "text/edge.jsonl"); }
TEST(bleu_golden, every_option_set_on_fuzzed_text) { expect_file("text/fuzz300.json", "text/fuzz300.jsonl"); }
TEST(bleu_golden, several_references_some_missing) {
  expect_file("text/multi200.json", "text/multi200.jsonl");
}
TEST(bleu_golden, every_option_set_with_several_references) {
  expect_file("text/multi100.full.json", "text/multi200.jsonl");
}

}  // namespace golden_bleu_test
