// SPDX-License-Identifier: MIT
// chrF from raw UTF-8 to the statistics of each segment. `x_twin` is the ratio to the maps of n-grams
// of tests/reference/, `x_sacrebleu` to sacreBLEU where Python can import it
// (EVALPP_PEER_SACREBLEU_DIR, EVALPP_PYTHON). EVALPP_SIMD=baseline or avx2 shows other machines.

#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/chrf.hpp>

#include <common.hpp>
#include <reference/chrf.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace {

double twin_seconds(const bench::text_corpus& corpus, std::size_t word_order) {
  const bench::text_corpus some = corpus.first(corpus.bytes() / corpus.size() > 5000 ? 2 : 100);
  const reference::chrf twin{.word_order = word_order};
  return bench::best_seconds([&] {
           for (std::size_t i = 0; i < some.size(); ++i)
             benchmark::DoNotOptimize(twin.measure(some.hypotheses[i], some.references[i]));
         }) /
         static_cast<double>(some.size());
}

double sacrebleu_seconds(const std::string& name, const bench::text_corpus& corpus, int word_order) {
  return bench::python_seconds(name, "EVALPP_PEER_SACREBLEU_DIR", corpus.first(1000),
                               "word_order = " + std::to_string(word_order) + R"(
from sacrebleu.metrics import CHRF
streams = [list(stream) for stream in zip(*references)]
seconds = 1e300
for _ in range(3):
    metric = CHRF(word_order=word_order)
    before = time.process_time()
    metric.corpus_score(hypotheses, streams)
    seconds = min(seconds, time.process_time() - before)
)");
}

template <class Metric>
void from_text(benchmark::State& state, const std::string& name, const bench::text_corpus& corpus) {
  const Metric chrf;
  const int word_order = chrf.word_order;
  evalpp::prepared<Metric, evalpp::text_kind> gold;
  evalpp::scratch<Metric, evalpp::text_kind> buffers;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   typename Metric::statistics sum{};
                   for (std::size_t i = 0; i < corpus.size(); ++i) {
                     evalpp::prepare<evalpp::text_kind>(chrf, corpus.references[i], gold);
                     evalpp::operator+=(sum, evalpp::measure(chrf, corpus.hypotheses[i], gold, buffers));
                   }
                   benchmark::DoNotOptimize(sum);
                 },
                 {{"twin", twin_seconds(corpus, static_cast<std::size_t>(word_order))},
                  {"sacrebleu", sacrebleu_seconds(name, corpus, word_order)}});
}

void chrf_segments(benchmark::State& state) {
  from_text<evalpp::chrf>(state, "chrf_segments", bench::segments(3000));
}
void chrf_pp_segments(benchmark::State& state) {
  from_text<evalpp::chrf_pp>(state, "chrf_pp_segments", bench::segments(3000));
}
void chrf_segments_4_references(benchmark::State& state) {
  from_text<evalpp::chrf>(state, "chrf_segments4", bench::segments(1000, 4));
}
void chrf_summaries(benchmark::State& state) {
  from_text<evalpp::chrf>(state, "chrf_summaries", bench::summaries(1000));
}
void chrf_documents(benchmark::State& state) {
  from_text<evalpp::chrf>(state, "chrf_documents", bench::documents(20));
}
BENCHMARK(chrf_segments)->Unit(benchmark::kMillisecond);
BENCHMARK(chrf_pp_segments)->Unit(benchmark::kMillisecond);
BENCHMARK(chrf_segments_4_references)->Unit(benchmark::kMillisecond);
BENCHMARK(chrf_summaries)->Unit(benchmark::kMillisecond);
BENCHMARK(chrf_documents)->Unit(benchmark::kMillisecond);

// The same segments in letters of other scripts: each ASCII letter becomes one of the alphabet that
// begins at `first`, of two bytes (Cyrillic) or three (CJK, where words also lose their spaces).
bench::text_corpus transliterated(bench::text_corpus corpus, unsigned first, unsigned alphabet) {
  const auto replace = [&](std::string& text) {
    std::string made;
    unsigned context = 0;
    for (const char c : text) {
      if (c < 'A' || c > 'z') {
        if (c != ' ' || first < 0x800) made += c;
        continue;
      }
      context = (context * 31 + static_cast<unsigned char>(c)) % 1000003;
      evalpp::text::append_utf8(
          made, static_cast<char32_t>(first +
                                      (alphabet > 64 ? context : static_cast<unsigned char>(c)) % alphabet));
      context %= 64;
    }
    text = made;
  };
  for (auto& text : corpus.hypotheses) replace(text);
  for (auto& each : corpus.references)
    for (auto& text : each) replace(text);
  return corpus;
}
void chrf_segments_cyrillic(benchmark::State& state) {
  from_text<evalpp::chrf>(state, "chrf_cyrillic", transliterated(bench::segments(1000), 0x400, 64));
}
void chrf_segments_cjk(benchmark::State& state) {
  from_text<evalpp::chrf>(state, "chrf_cjk", transliterated(bench::segments(1000), 0x4E00, 2000));
}
BENCHMARK(chrf_segments_cyrillic)->Unit(benchmark::kMillisecond);
BENCHMARK(chrf_segments_cjk)->Unit(benchmark::kMillisecond);

// References read once, as in epochs, n-best lists and rollouts.
void chrf_segments_prepared(benchmark::State& state) {
  const auto corpus = bench::segments(3000);
  using metric = evalpp::chrf;
  const metric chrf;
  std::vector<evalpp::prepared<metric, evalpp::text_kind>> gold;
  for (const auto& references : corpus.references) gold.push_back(evalpp::prepare(chrf, references));
  evalpp::scratch<metric, evalpp::text_kind> buffers;
  bench::measure(state, bench::work_of(corpus), [&] {
    metric::statistics sum{};
    for (std::size_t i = 0; i < corpus.size(); ++i)
      evalpp::operator+=(sum, evalpp::measure(chrf, corpus.hypotheses[i], gold[i], buffers));
    benchmark::DoNotOptimize(sum);
  });
}
BENCHMARK(chrf_segments_prepared)->Unit(benchmark::kMillisecond);

}  // namespace
