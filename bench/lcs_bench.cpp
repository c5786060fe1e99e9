// SPDX-License-Identifier: MIT
// LCS length of token ids. `lcs_ids` is from numbered tokens (masks included, as rapidfuzz builds its
// own), `rouge_l_ids` from arbitrary ids through the dictionary to the statistics. `x_twin` is the
// ratio to the full table of tests/reference/, `x_rapidfuzz` to rapidfuzz-cpp where
// EVALPP_PEER_RAPIDFUZZ_DIR gives its checkout.

#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/lcs.hpp>
#include <evalpp/metrics/rouge_l.hpp>

#include <common.hpp>
#include <reference/lcs.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <vector>
#if defined(EVALPP_PEER_RAPIDFUZZ)
#include <rapidfuzz/distance/LCSseq.hpp>
#endif

namespace {

// 60 tokens against 55, or two equal lengths. Ids are those of a byte-level vocabulary, in which
// 0..255 are single bytes and words come after them.
bench::id_corpus corpus_of(std::size_t length, bool related) {
  auto corpus = bench::id_sequences(length == 60 ? 1000 : length > 1000 ? 20 : 100, length, related);
  if (length == 60)
    for (auto& reference : corpus.references) reference.resize(55);
  for (auto* side : {&corpus.hypotheses, &corpus.references})
    for (auto& sequence : *side)
      for (auto& id : sequence) id += 256;
  return corpus;
}

template <class Length>
double seconds_of(const bench::id_corpus& corpus, std::size_t examples, Length length) {
  return bench::best_seconds([&] {
           for (std::size_t i = 0; i < examples; ++i)
             benchmark::DoNotOptimize(length(corpus.hypotheses[i], corpus.references[i]));
         }) /
         static_cast<double>(examples);
}

double twin_seconds(const bench::id_corpus& corpus) {
  return seconds_of(corpus, 5,
                    [](const auto& h, const auto& r) { return evalpp::reference::lcs_length(r, h); });
}

double rapidfuzz_seconds([[maybe_unused]] const bench::id_corpus& corpus) {
#if defined(EVALPP_PEER_RAPIDFUZZ)
  return seconds_of(corpus, corpus.size(), [](const auto& h, const auto& r) {
    return rapidfuzz::lcs_seq_similarity(h.begin(), h.end(), r.begin(), r.end());
  });
#else
  return 0;
#endif
}

void lcs_ids(benchmark::State& state) {
  const auto corpus = corpus_of(static_cast<std::size_t>(state.range(0)), state.range(1) != 0);
  std::vector<bench::id_sequence> hypotheses, references;
  std::vector<std::uint32_t> vocabularies;
  evalpp::dictionary<std::uint64_t> words;
  for (std::size_t i = 0; i < corpus.size(); ++i) {
    words.clear(corpus.references[i].size());
    references.emplace_back();
    for (const std::uint32_t id : corpus.references[i]) references.back().push_back(words.insert(id));
    hypotheses.emplace_back();
    for (const std::uint32_t id : corpus.hypotheses[i]) hypotheses.back().push_back(words.find(id));
    vocabularies.push_back(words.size());
  }
  evalpp::encoded_reference reference;
  evalpp::detail::lcs_scratch scratch;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   for (std::size_t i = 0; i < corpus.size(); ++i) {
                     reference.ids = references[i];
                     reference.masks.build(reference.ids, vocabularies[i]);
                     benchmark::DoNotOptimize(
                         evalpp::detail::lcs_length(hypotheses[i], reference, vocabularies[i], scratch));
                   }
                 },
                 {{"twin", twin_seconds(corpus)}, {"rapidfuzz", rapidfuzz_seconds(corpus)}});
}

void rouge_l_ids(benchmark::State& state) {
  const auto corpus = corpus_of(static_cast<std::size_t>(state.range(0)), state.range(1) != 0);
  using kind = evalpp::kind_of<bench::id_sequence>;
  using metric = evalpp::ids::rouge_l;
  const metric rouge;
  evalpp::prepared<metric, kind> gold;
  evalpp::scratch<metric, kind> buffers;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   metric::statistics sum{};
                   for (std::size_t i = 0; i < corpus.size(); ++i) {
                     evalpp::prepare<kind>(rouge, corpus.references[i], gold);
                     evalpp::operator+=(sum, evalpp::measure(rouge, corpus.hypotheses[i], gold, buffers));
                   }
                   benchmark::DoNotOptimize(sum);
                 },
                 {{"twin", twin_seconds(corpus)}, {"rapidfuzz", rapidfuzz_seconds(corpus)}});
}

void lengths(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"tokens", "related"})->Unit(benchmark::kMillisecond);
  for (const int length : {60, 128, 256, 512, 2048})
    for (const int related : {1, 0}) bench->Args({length, related});
}
BENCHMARK(lcs_ids)->Apply(lengths);
BENCHMARK(rouge_l_ids)->Apply(lengths);

}  // namespace
