// SPDX-License-Identifier: MIT
// WER and CER from raw UTF-8, and WER of two documents of 100,000 ids. `x_twin` is the ratio to the
// full matrix of tests/reference/ over tokens that are there, `x_jiwer` to jiwer where Python can
// import it.

#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/cer.hpp>
#include <evalpp/metrics/wer.hpp>
#include <evalpp/text/token_buffer.hpp>

#include <common.hpp>
#include <reference/levenshtein.hpp>

#include <benchmark/benchmark.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

template <class Metric>
double twin_seconds(const Metric& metric, const bench::text_corpus& corpus) {
  const std::size_t examples = std::min<std::size_t>(20, corpus.size());
  std::vector<std::vector<std::string>> sides[2];
  for (std::size_t i = 0; i < examples; ++i)
    for (const bool is_reference : {false, true}) {
      evalpp::text::token_buffer buffer;
      metric.tokenizer(is_reference ? corpus.references[i][0] : corpus.hypotheses[i], buffer);
      sides[is_reference].emplace_back();
      for (std::size_t k = 0; k < buffer.size(); ++k) sides[is_reference].back().emplace_back(buffer[k]);
    }
  return bench::best_seconds([&] {
           for (std::size_t i = 0; i < examples; ++i)
             benchmark::DoNotOptimize(reference::jiwer_split(sides[1][i], sides[0][i]));
         }) /
         static_cast<double>(examples);
}

template <class Metric>
void from_text(benchmark::State& state, const Metric& metric, const bench::text_corpus& corpus,
               const std::string& jiwer) {
  const double peer = bench::python_seconds(jiwer, "EVALPP_PEER_JIWER_DIR", corpus, R"(
import jiwer
streams = [each[0] for each in references]
before = time.process_time()
jiwer.process_)" + jiwer + R"((streams, hypotheses)
seconds = time.process_time() - before
)");
  evalpp::prepared<Metric, evalpp::text_kind> gold;
  evalpp::scratch<Metric, evalpp::text_kind> buffers;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   evalpp::edit_counts sum{};
                   for (std::size_t i = 0; i < corpus.size(); ++i) {
                     evalpp::prepare<evalpp::text_kind>(metric, corpus.references[i], gold);
                     evalpp::operator+=(sum, evalpp::measure(metric, corpus.hypotheses[i], gold, buffers));
                   }
                   benchmark::DoNotOptimize(sum);
                 },
                 {{"twin", twin_seconds(metric, corpus)}, {"jiwer", peer}});
}

void wer_segments(benchmark::State& state) {
  from_text(state, evalpp::wer{}, bench::segments(3000), "words");
}
BENCHMARK(wer_segments)->Unit(benchmark::kMillisecond);
void wer_documents(benchmark::State& state) {
  from_text(state, evalpp::wer{}, bench::documents(20), "words");
}
BENCHMARK(wer_documents)->Unit(benchmark::kMillisecond);
void cer_segments(benchmark::State& state) {
  from_text(state, evalpp::cer{}, bench::segments(3000), "characters");
}
BENCHMARK(cer_segments)->Unit(benchmark::kMillisecond);

void wer_100000_ids(benchmark::State& state) {
  const bench::id_corpus corpus = bench::id_sequences(1, 100000);
  using kind = evalpp::kind_of<bench::id_sequence>;
  using metric = evalpp::ids::wer;
  evalpp::prepared<metric, kind> gold;
  evalpp::scratch<metric, kind> buffers;
  bench::measure(state, bench::work_of(corpus), [&] {
    evalpp::prepare<kind>(metric{}, corpus.references[0], gold);
    benchmark::DoNotOptimize(evalpp::measure(metric{}, corpus.hypotheses[0], gold, buffers));
  });
}
BENCHMARK(wer_100000_ids)->Unit(benchmark::kMillisecond);

}  // namespace
