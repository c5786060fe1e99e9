// SPDX-License-Identifier: MIT
// BLEU from raw UTF-8 to the statistics of each segment, and from token ids. `x_twin` is the ratio to
// the map of vectors of tests/reference/ (given the tokens, where we start from text), `x_sacrebleu`
// to sacreBLEU where Python can import it (EVALPP_PEER_SACREBLEU_DIR, EVALPP_PYTHON).

#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer_13a.hpp>

#include <common.hpp>
#include <reference/bleu.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace {

std::vector<std::string> tokens_13a(std::string_view text) {
  evalpp::text::token_buffer buffer;
  evalpp::text::tokenizer_13a{}(text, buffer);
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < buffer.size(); ++i) tokens.emplace_back(buffer[i]);
  return tokens;
}

// Seconds per segment of the twin: counting alone, over tokens that are there.
double twin_seconds(const bench::text_corpus& corpus) {
  const bench::text_corpus some = corpus.first(200);
  std::vector<std::vector<std::string>> hypotheses;
  std::vector<std::vector<std::vector<std::string>>> references(some.size());
  for (std::size_t i = 0; i < some.size(); ++i) {
    hypotheses.push_back(tokens_13a(some.hypotheses[i]));
    for (const auto& reference : some.references[i]) references[i].push_back(tokens_13a(reference));
  }
  return bench::best_seconds([&] {
           for (std::size_t i = 0; i < some.size(); ++i)
             benchmark::DoNotOptimize(reference::count_bleu(hypotheses[i], references[i], 4));
         }) /
         static_cast<double>(some.size());
}

double sacrebleu_seconds(const std::string& name, const bench::text_corpus& corpus) {
  return bench::python_seconds(name, "EVALPP_PEER_SACREBLEU_DIR", corpus.first(3000), R"(
import sacrebleu
streams = [list(stream) for stream in zip(*references)]
seconds = 1e300
for _ in range(3):
    metric = sacrebleu.BLEU()
    before = time.process_time()
    metric.corpus_score(hypotheses, streams)
    seconds = min(seconds, time.process_time() - before)
    for module in (sacrebleu.tokenizers.tokenizer_13a, sacrebleu.tokenizers.tokenizer_re):
        for thing in vars(module).values():
            getattr(getattr(thing, '__call__', None), 'cache_clear', lambda: None)()
)");
}

void from_text(benchmark::State& state, const bench::text_corpus& corpus, double sacrebleu) {
  using metric = evalpp::bleu;
  const metric bleu;
  evalpp::prepared<metric, evalpp::text_kind> gold;
  evalpp::scratch<metric, evalpp::text_kind> buffers;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   metric::statistics sum{};
                   for (std::size_t i = 0; i < corpus.size(); ++i) {
                     evalpp::prepare<evalpp::text_kind>(bleu, corpus.references[i], gold);
                     evalpp::operator+=(sum, evalpp::measure(bleu, corpus.hypotheses[i], gold, buffers));
                   }
                   benchmark::DoNotOptimize(sum);
                 },
                 {{"twin", twin_seconds(corpus)}, {"sacrebleu", sacrebleu}});
}

void bleu_segments(benchmark::State& state) {
  const auto corpus = bench::segments(3000);
  from_text(state, corpus, sacrebleu_seconds("segments", corpus));
}
void bleu_segments_4_references(benchmark::State& state) {
  const auto corpus = bench::segments(1000, 4);
  from_text(state, corpus, sacrebleu_seconds("segments4", corpus));
}
void bleu_documents(benchmark::State& state) {
  const auto corpus = bench::documents(50);
  from_text(state, corpus, sacrebleu_seconds("documents", corpus));
}
BENCHMARK(bleu_segments)->Unit(benchmark::kMillisecond);
BENCHMARK(bleu_segments_4_references)->Unit(benchmark::kMillisecond);
BENCHMARK(bleu_documents)->Unit(benchmark::kMillisecond);

// References read once, as in epochs, n-best lists and rollouts.
void bleu_segments_prepared(benchmark::State& state) {
  const auto corpus = bench::segments(3000);
  using metric = evalpp::bleu;
  const metric bleu;
  std::vector<evalpp::prepared<metric, evalpp::text_kind>> gold;
  for (const auto& references : corpus.references) gold.push_back(evalpp::prepare(bleu, references));
  evalpp::scratch<metric, evalpp::text_kind> buffers;
  bench::measure(state, bench::work_of(corpus), [&] {
    metric::statistics sum{};
    for (std::size_t i = 0; i < corpus.size(); ++i)
      evalpp::operator+=(sum, evalpp::measure(bleu, corpus.hypotheses[i], gold[i], buffers));
    benchmark::DoNotOptimize(sum);
  });
}
BENCHMARK(bleu_segments_prepared)->Unit(benchmark::kMillisecond);

// Token ids against prepared references: the reward of a reinforcement learning step.
void bleu_ids(benchmark::State& state) {
  const auto length = static_cast<std::size_t>(state.range(0));
  const auto corpus = bench::id_sequences(200, length, state.range(1) != 0);
  using kind = evalpp::kind_of<bench::id_sequence>;
  using metric = evalpp::ids::bleu;
  const metric bleu;
  std::vector<evalpp::prepared<metric, kind>> gold;
  for (const auto& reference : corpus.references) gold.push_back(evalpp::prepare(bleu, reference));
  evalpp::scratch<metric, kind> buffers;
  const double twin = bench::best_seconds([&] {
                        for (std::size_t i = 0; i < 20; ++i)
                          benchmark::DoNotOptimize(reference::count_bleu<std::uint32_t>(
                              corpus.hypotheses[i], {corpus.references[i]}, 4));
                      }) /
                      20;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   metric::statistics sum{};
                   for (std::size_t i = 0; i < corpus.size(); ++i)
                     evalpp::operator+=(sum, evalpp::measure(bleu, corpus.hypotheses[i], gold[i], buffers));
                   benchmark::DoNotOptimize(sum);
                 },
                 {{"twin", twin}});
}
BENCHMARK(bleu_ids)
    ->ArgNames({"tokens", "related"})
    ->Args({64, 1})
    ->Args({128, 1})
    ->Args({512, 1})
    ->Args({512, 0})
    ->Args({2048, 1})
    ->Unit(benchmark::kMillisecond);

}  // namespace
