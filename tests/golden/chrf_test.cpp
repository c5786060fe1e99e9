// SPDX-License-Identifier: MIT
// chrF of sacreBLEU 2.6.0 under every option set of the golden files: integers exact, and doubles
// too, because the operations are the same (the contract is 1e-9).
#include <evalpp/core/metric.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/chrf.hpp>

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace golden_chrf_test {

namespace json = evalpp::json;

evalpp::chrf with_arguments(json::value args) {
  const auto integer = [&](std::string_view key, int otherwise) {
    return static_cast<int>(args[key].as_int64().value_or(otherwise));
  };
  return {.char_order = integer("char_order", 6),
          .word_order = integer("word_order", 0),
          .beta = integer("beta", 2),
          .lowercase = args["lowercase"].as_bool().value_or(false),
          .whitespace = args["whitespace"].as_bool().value_or(false),
          .eps_smoothing = args["eps_smoothing"].as_bool().value_or(false)};
}

// [hypothesis total, reference total, matches] for each character order, then each word order.
std::vector<double> as_sacrebleu_lists_them(const evalpp::chrf& metric, const evalpp::chrf::statistics& s) {
  std::vector<double> row;
  const auto add = [&](const evalpp::chrf::order_counts& order) {
    for (const std::int64_t count : {order.hypothesis, order.reference, order.matches})
      row.push_back(static_cast<double>(count));
  };
  for (std::size_t n = 0; n < static_cast<std::size_t>(int{metric.char_order}); ++n) add(s.characters[n]);
  for (std::size_t n = 0; n < static_cast<std::size_t>(int{metric.word_order}); ++n) add(s.words[n]);
  return row;
}

void expect_parity(const evalpp::chrf& metric, const std::vector<golden::example>& examples,
                   json::value expected) {
  const auto rows = expected["stats"];  // the committed subset has them for some option sets only
  const auto sentences = expected["sentence"];
  if (golden::full()) {
    ASSERT_EQ(rows.size(), sentences.size());
  }
  ASSERT_GT(sentences.size(), 0u);
  ASSERT_LE(sentences.size(), examples.size());
  evalpp::scratch<evalpp::chrf, evalpp::text_kind> buffers;
  evalpp::prepared<evalpp::chrf, evalpp::text_kind> gold;
  evalpp::chrf::statistics sum{};
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    evalpp::prepare<evalpp::text_kind>(metric, examples[i].references, gold);
    const auto row = evalpp::measure(metric, examples[i].hypothesis, gold, buffers);
    if (rows.size() > 0) {
      EXPECT_EQ(as_sacrebleu_lists_them(metric, row), golden::doubles(rows[i])) << "row " << i;
    }
    EXPECT_EQ(metric.score(row).value, sentences[i].as_double()) << "row " << i;
    sum += row;
  }
  EXPECT_EQ(metric.score(sum).value, expected["score"].as_double());
  if (golden::full()) {
    EXPECT_EQ(metric.score(sum).label, expected["name"].as_string());
  }

  // sacreBLEU leaves beta out of its signature.
  std::string signature = metric.data_signature(sum) + "|" + metric.signature();
  if (const auto at = signature.find("|beta:"); at != std::string::npos) signature.resize(at);
  EXPECT_EQ(signature + "|version:2.6.0", expected["signature"].as_string());
}

void expect_file(std::string_view expectations, std::string_view inputs) {
  using evalpp::detail::simd_level;
  const golden::json_file file(expectations);
  if (!file) return;
  const auto examples = golden::examples(inputs);
  const simd_level before = evalpp::detail::cpu_level();
  std::size_t compared = 0;
  for (const simd_level level : {simd_level::baseline, simd_level::avx2, simd_level::avx512}) {
    if (evalpp::detail::force_simd_level(level) != level) continue;
    for (const json::value expected : file["chrf"].items()) {
      SCOPED_TRACE(std::string(expectations) + " " + std::string(*expected["signature"].as_string()));
      ++compared;
      expect_parity(with_arguments(expected["args"]), examples, expected);
    }
  }
  evalpp::detail::force_simd_level(before);
  EXPECT_GT(compared, 0u);
}

TEST(chrf_golden, every_option_set_on_the_corner_cases) { expect_file("text/edge.json", "text/edge.jsonl"); }
TEST(chrf_golden, every_option_set_on_fuzzed_text) { expect_file("text/fuzz300.json", "text/fuzz300.jsonl"); }
TEST(chrf_golden, several_references_some_missing) {
  expect_file("text/multi200.json", "text/multi200.jsonl");
}
TEST(chrf_golden, every_option_set_with_several_references) {
  expect_file("text/multi100.full.json", "text/multi200.jsonl");
}

}  // namespace golden_chrf_test
