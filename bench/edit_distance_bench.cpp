// SPDX-License-Identifier: MIT
// Levenshtein distance from numbered tokens (masks included, as rapidfuzz builds its own), with the
// split into kinds of edits, and of characters from raw UTF-8; and of many pairs at once, from ids that
// nothing has numbered. `x_twin` is the ratio to the full matrix of tests/reference/, `x_rapidfuzz` to
// rapidfuzz-cpp where EVALPP_PEER_RAPIDFUZZ_DIR gives its checkout.

#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/detail/levenshtein.hpp>
#include <evalpp/metrics/edit_distance.hpp>
#include <evalpp/metrics/levenshtein_distances.hpp>

#include <common.hpp>
#include <reference/levenshtein.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>
#if defined(EVALPP_PEER_RAPIDFUZZ)
#include <rapidfuzz/distance/Levenshtein.hpp>
#endif

namespace {

// Ids are those of a byte-level vocabulary, in which 0..255 are single bytes and words come after.
bench::id_corpus corpus_of(std::size_t length, bool related) {
  auto corpus = bench::id_sequences(length <= 64 ? 2000 : length > 1000 ? 20 : 100, length, related);
  for (auto* side : {&corpus.hypotheses, &corpus.references})
    for (auto& sequence : *side)
      for (auto& id : sequence) id += 256;
  return corpus;
}

template <class Sequences, class Distance>
double seconds_of(const Sequences& hypotheses, const Sequences& references, std::size_t examples,
                  Distance distance) {
  return bench::best_seconds([&] {
           for (std::size_t i = 0; i < examples; ++i)
             benchmark::DoNotOptimize(distance(hypotheses[i], references[i]));
         }) /
         static_cast<double>(examples);
}
template <class Sequences>
double twin_seconds(const Sequences& hypotheses, const Sequences& references) {
  return seconds_of(hypotheses, references, 5,
                    [](const auto& h, const auto& r) { return reference::levenshtein(r, h); });
}
template <class Sequences>
double rapidfuzz_seconds([[maybe_unused]] const Sequences& hypotheses,
                         [[maybe_unused]] const Sequences& references) {
#if defined(EVALPP_PEER_RAPIDFUZZ)
  return seconds_of(hypotheses, references, hypotheses.size(), [](const auto& h, const auto& r) {
    return rapidfuzz::levenshtein_distance(h.begin(), h.end(), r.begin(), r.end());
  });
#else
  return 0;
#endif
}

template <class Count>
void from_ids(benchmark::State& state, Count count) {
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
  evalpp::detail::levenshtein engine;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   for (std::size_t i = 0; i < corpus.size(); ++i) {
                     reference.ids = references[i];
                     reference.masks.build(reference.ids, vocabularies[i]);
                     benchmark::DoNotOptimize(count(engine, hypotheses[i], reference, vocabularies[i]));
                   }
                 },
                 {{"twin", twin_seconds(corpus.hypotheses, corpus.references)},
                  {"rapidfuzz", rapidfuzz_seconds(corpus.hypotheses, corpus.references)}});
}
void levenshtein_ids(benchmark::State& state) {
  from_ids(state, [](auto& engine, const auto& h, const auto& r, std::uint32_t vocabulary) {
    return engine.distance(h, r, vocabulary);
  });
}
void levenshtein_split_ids(benchmark::State& state) {
  from_ids(state, [](auto& engine, const auto& h, const auto& r, std::uint32_t vocabulary) {
    return engine.split(h, r, vocabulary).hits;
  });
}

std::vector<std::string> first_references(const bench::text_corpus& corpus) {
  std::vector<std::string> references;
  for (const auto& each : corpus.references) references.push_back(each[0]);
  return references;
}
void levenshtein_characters(benchmark::State& state) {
  const bench::text_corpus corpus = bench::segments(2000);
  const std::vector<std::string> references = first_references(corpus);
  using metric = evalpp::levenshtein_similarity;
  const metric similarity;
  evalpp::prepared<metric, evalpp::text_kind> gold;
  evalpp::scratch<metric, evalpp::text_kind> buffers;
  bench::measure(
      state, bench::work_of(corpus),
      [&] {
        for (std::size_t i = 0; i < corpus.size(); ++i) {
          evalpp::prepare<evalpp::text_kind>(similarity, references[i], gold);
          benchmark::DoNotOptimize(evalpp::measure(similarity, corpus.hypotheses[i], gold, buffers).distance);
        }
      },
      {{"twin", twin_seconds(corpus.hypotheses, references)},
       {"rapidfuzz", rapidfuzz_seconds(corpus.hypotheses, references)}});
}
BENCHMARK(levenshtein_characters)->Unit(benchmark::kMillisecond);

template <class Corpus, class Sides>
void many(benchmark::State& state, const Corpus& corpus, const Sides& hypotheses, const Sides& references) {
  std::vector<std::int64_t> distances(hypotheses.size());
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   evalpp::levenshtein_distances(hypotheses, references, distances);
                   benchmark::DoNotOptimize(distances.data());
                 },
                 {{"twin", twin_seconds(hypotheses, references)},
                  {"rapidfuzz", rapidfuzz_seconds(hypotheses, references)}});
}
void levenshtein_many_ids(benchmark::State& state) {
  const auto corpus = corpus_of(static_cast<std::size_t>(state.range(0)), state.range(1) != 0);
  many(state, corpus, corpus.hypotheses, corpus.references);
}
void levenshtein_many_characters(benchmark::State& state) {
  const bench::text_corpus corpus = bench::segments(2000);
  const std::vector<std::string> references = first_references(corpus);
  many(state, corpus, corpus.hypotheses, references);
}
BENCHMARK(levenshtein_many_characters)->Unit(benchmark::kMillisecond);

void lengths(benchmark::internal::Benchmark* bench) {
  bench->ArgNames({"tokens", "related"})->Unit(benchmark::kMillisecond);
  for (const int length : {25, 60, 128, 192, 256, 512, 2048})
    for (const int related : {1, 0}) bench->Args({length, related});
}
BENCHMARK(levenshtein_ids)->Apply(lengths);
BENCHMARK(levenshtein_split_ids)->Apply(lengths);
BENCHMARK(levenshtein_many_ids)->Apply(lengths);

}  // namespace
