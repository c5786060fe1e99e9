// SPDX-License-Identifier: MIT
// ROUGE from raw UTF-8 to the statistics of each example. `x_twin` is the ratio to the maps and full
// tables of tests/reference/ (given the tokens), `x_rouge_score` to rouge_score where Python can import it
// (EVALPP_PEER_ROUGE_SCORE_DIR, EVALPP_PYTHON).

#include <evalpp/core/bundle.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/rouge.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>

#include <common.hpp>
#include <reference/rouge.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

namespace twin = evalpp::reference;
using lines = twin::rouge_text<std::string>;

lines tokens(std::string_view text) {
  evalpp::text::token_buffer buffer;
  evalpp::text::tokenizer_rouge{}(text, buffer);
  lines made;
  std::size_t i = 0;
  for (const std::uint32_t end : buffer.line_ends()) {
    made.emplace_back();
    for (; i < end; ++i) made.back().emplace_back(buffer[i]);
  }
  return made;
}

// Seconds per example of the twin over tokens that are there.
template <class Count>
double twin_seconds(const bench::text_corpus& corpus, std::size_t examples, Count count) {
  const bench::text_corpus some = corpus.first(examples);
  std::vector<lines> hypotheses, references;
  for (std::size_t i = 0; i < some.size(); ++i) {
    hypotheses.push_back(tokens(some.hypotheses[i]));
    references.push_back(tokens(some.references[i][0]));
  }
  return bench::best_seconds([&] {
           for (std::size_t i = 0; i < some.size(); ++i) count(hypotheses[i], references[i]);
         }) /
         static_cast<double>(some.size());
}

double rouge_score_seconds(const std::string& name, const bench::text_corpus& corpus, std::size_t examples,
                           const std::string& arguments) {
  return bench::python_seconds(name, "EVALPP_PEER_ROUGE_SCORE_DIR", corpus.first(examples), R"(
from rouge_score import rouge_scorer
scorer = rouge_scorer.RougeScorer()" + arguments + R"()
seconds = 1e300
for _ in range(3):
    before = time.process_time()
    for hypothesis, gold in zip(hypotheses, references):
        scorer.score(gold[0], hypothesis)
    seconds = min(seconds, time.process_time() - before)
)");
}

template <class Metric>
void from_text(benchmark::State& state, const Metric& metric, const bench::text_corpus& corpus, double twin,
               double rouge_score) {
  evalpp::prepared<Metric, evalpp::text_kind> gold;
  evalpp::scratch<Metric, evalpp::text_kind> buffers;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   typename Metric::statistics sum{};
                   for (std::size_t i = 0; i < corpus.size(); ++i) {
                     evalpp::prepare<evalpp::text_kind>(metric, corpus.references[i], gold);
                     sum += evalpp::measure(metric, corpus.hypotheses[i], gold, buffers);
                   }
                   benchmark::DoNotOptimize(sum);
                 },
                 {{"twin", twin}, {"rouge_score", rouge_score}});
}

void count_12l(const lines& hypothesis, const lines& reference) {
  benchmark::DoNotOptimize(twin::rouge_n(hypothesis, reference, 1));
  benchmark::DoNotOptimize(twin::rouge_n(hypothesis, reference, 2));
  benchmark::DoNotOptimize(twin::rouge_l(hypothesis, reference));
}

void rouge_1_2_l(benchmark::State& state) {
  const auto corpus = bench::summaries(3000);
  from_text(state, evalpp::bundle{evalpp::rouge_1{}, evalpp::rouge_2{}, evalpp::rouge_l{}}, corpus,
            twin_seconds(corpus, 200, count_12l),
            rouge_score_seconds("rouge_12l", corpus, 200, "['rouge1', 'rouge2', 'rougeL']"));
}
void rouge_1_2_l_lsum(benchmark::State& state) {
  const auto corpus = bench::summaries(3000);
  const auto all = [](const lines& hypothesis, const lines& reference) {
    count_12l(hypothesis, reference);
    benchmark::DoNotOptimize(twin::rouge_lsum(hypothesis, reference));
  };
  from_text(state,
            evalpp::bundle{evalpp::rouge_1{}, evalpp::rouge_2{}, evalpp::rouge_l{}, evalpp::rouge_lsum{}},
            corpus, twin_seconds(corpus, 200, all),
            rouge_score_seconds("rouge_12ls", corpus, 200, "['rouge1', 'rouge2', 'rougeL', 'rougeLsum']"));
}
void rouge_1_2_l_lsum_stemmed(benchmark::State& state) {
  const auto corpus = bench::summaries(3000);
  constexpr evalpp::text::tokenizer_rouge stem{.stem = true};
  from_text(state,
            evalpp::bundle{evalpp::rouge_1{stem}, evalpp::rouge_2{stem}, evalpp::rouge_l{stem},
                           evalpp::rouge_lsum{stem}},
            corpus, 0,
            rouge_score_seconds("rouge_12ls_stem", corpus, 200,
                                "['rouge1', 'rouge2', 'rougeL', 'rougeLsum'], use_stemmer=True"));
}
void rouge_l_documents(benchmark::State& state) {
  const auto corpus = bench::documents(50);
  const auto l = [](const lines& hypothesis, const lines& reference) {
    benchmark::DoNotOptimize(twin::rouge_l(hypothesis, reference));
  };
  from_text(state, evalpp::rouge_l{}, corpus, twin_seconds(corpus, 2, l),
            rouge_score_seconds("rouge_l_documents", corpus, 2, "['rougeL']"));
}
void rouge_lsum_documents(benchmark::State& state) {
  auto corpus = bench::documents(20);
  const auto in_lines = [](std::string& text) {  // a sentence a line
    for (std::size_t at = 0; (at = text.find(". ", at)) != text.npos; ++at) text[at + 1] = '\n';
  };
  for (auto& text : corpus.hypotheses) in_lines(text);
  for (auto& texts : corpus.references) in_lines(texts[0]);
  const auto lsum = [](const lines& hypothesis, const lines& reference) {
    benchmark::DoNotOptimize(twin::rouge_lsum(hypothesis, reference));
  };
  from_text(state, evalpp::rouge_lsum{}, corpus, twin_seconds(corpus, 1, lsum),
            rouge_score_seconds("rouge_lsum_documents", corpus, 1, "['rougeLsum']"));
}
void rouge_w_1_2(benchmark::State& state) {
  const auto corpus = bench::summaries(3000);
  const auto w = [](const lines& hypothesis, const lines& reference) {
    benchmark::DoNotOptimize(twin::rouge_w(hypothesis, reference, 1.2));
  };
  from_text(state, evalpp::rouge_w{}, corpus, twin_seconds(corpus, 200, w), 0);
}
void rouge_su4(benchmark::State& state) {
  const auto corpus = bench::summaries(3000);
  const auto su = [](const lines& hypothesis, const lines& reference) {
    benchmark::DoNotOptimize(twin::rouge_s(hypothesis, reference, 4, true));
  };
  from_text(state, evalpp::rouge_su{}, corpus, twin_seconds(corpus, 200, su), 0);
}
BENCHMARK(rouge_1_2_l)->Unit(benchmark::kMillisecond);
BENCHMARK(rouge_1_2_l_lsum)->Unit(benchmark::kMillisecond);
BENCHMARK(rouge_1_2_l_lsum_stemmed)->Unit(benchmark::kMillisecond);
BENCHMARK(rouge_l_documents)->Unit(benchmark::kMillisecond);
BENCHMARK(rouge_lsum_documents)->Unit(benchmark::kMillisecond);
BENCHMARK(rouge_w_1_2)->Unit(benchmark::kMillisecond);
BENCHMARK(rouge_su4)->Unit(benchmark::kMillisecond);

}  // namespace
