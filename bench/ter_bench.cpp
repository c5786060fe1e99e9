// SPDX-License-Identifier: MIT
// TER from raw UTF-8, and the search for shifts alone, from token ids. `x_twin` is the ratio to the
// literal port in tests/reference/ (given the ids), `x_sacrebleu` to sacreBLEU where Python can import
// it (EVALPP_PEER_SACREBLEU_DIR, EVALPP_PYTHON).

#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/ter.hpp>

#include <common.hpp>
#include <reference/tercom.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

using metric = evalpp::ter;
using prepared = evalpp::prepared<metric, evalpp::text_kind>;

/// A corpus encoded: what the search is given.
struct encoded {
  std::vector<prepared> references;
  std::vector<std::vector<std::uint32_t>> hypotheses;

  explicit encoded(const bench::text_corpus& corpus) : references(corpus.size()) {
    const metric ter;
    decltype(ter.encoder())::scratch buffers;
    for (std::size_t i = 0; i < corpus.size(); ++i) {
      evalpp::prepare<evalpp::text_kind>(ter, corpus.references[i], references[i]);
      const auto ids = ter.encoder().encode(corpus.hypotheses[i], references[i], buffers).ids;
      hypotheses.emplace_back(ids.begin(), ids.end());
    }
  }
};

double twin_seconds(const bench::text_corpus& corpus, std::size_t count) {
  const encoded some(corpus.first(count));
  return bench::best_seconds([&] {
           reference::tercom twin;
           for (std::size_t i = 0; i < some.hypotheses.size(); ++i)
             benchmark::DoNotOptimize(twin.edits(some.hypotheses[i], some.references[i][0].ids));
         }) /
         static_cast<double>(some.hypotheses.size());
}

double sacrebleu_seconds(const std::string& name, const bench::text_corpus& corpus, std::size_t count) {
  return bench::python_seconds(name, "EVALPP_PEER_SACREBLEU_DIR", corpus.first(count), R"(
import sacrebleu
streams = [list(stream) for stream in zip(*references)]
metric = sacrebleu.TER()
before = time.process_time()
metric.corpus_score(hypotheses, streams)
seconds = time.process_time() - before
)");
}

void from_text(benchmark::State& state, const bench::text_corpus& corpus, double twin, double sacrebleu) {
  const metric ter;
  prepared gold;
  evalpp::scratch<metric, evalpp::text_kind> buffers;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   std::int64_t edits = 0;
                   for (std::size_t i = 0; i < corpus.size(); ++i) {
                     evalpp::prepare<evalpp::text_kind>(ter, corpus.references[i], gold);
                     edits += evalpp::measure(ter, corpus.hypotheses[i], gold, buffers).edits;
                   }
                   benchmark::DoNotOptimize(edits);
                 },
                 {{"twin", twin}, {"sacrebleu", sacrebleu}});
}

void from_ids(benchmark::State& state, const bench::text_corpus& corpus, double twin, double sacrebleu) {
  const encoded input(corpus);
  evalpp::detail::tercom engine;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   std::int64_t edits = 0;
                   for (std::size_t i = 0; i < input.hypotheses.size(); ++i)
                     edits += engine.edits(input.hypotheses[i], input.references[i][0]);
                   benchmark::DoNotOptimize(edits);
                 },
                 {{"twin", twin}, {"sacrebleu", sacrebleu}});
}

void segments(benchmark::State& state, bool text) {
  const bench::text_corpus corpus = bench::segments(3000);
  (text ? from_text : from_ids)(state, corpus, twin_seconds(corpus, 200),
                                sacrebleu_seconds("ter_segments", corpus, 500));
}
void ter_segments(benchmark::State& state) { segments(state, true); }
BENCHMARK(ter_segments)->Unit(benchmark::kMillisecond);
void ter_segments_ids(benchmark::State& state) { segments(state, false); }
BENCHMARK(ter_segments_ids)->Unit(benchmark::kMillisecond);

void summaries(benchmark::State& state, bool text) {
  const bench::text_corpus corpus = bench::summaries(500);
  (text ? from_text : from_ids)(state, corpus, twin_seconds(corpus, 5),
                                sacrebleu_seconds("ter_summaries", corpus, 10));
}
void ter_summaries(benchmark::State& state) { summaries(state, true); }
BENCHMARK(ter_summaries)->Unit(benchmark::kMillisecond);
void ter_summaries_ids(benchmark::State& state) { summaries(state, false); }
BENCHMARK(ter_summaries_ids)->Unit(benchmark::kMillisecond);

}  // namespace
