// SPDX-License-Identifier: MIT
// Classification, sets of labels and entity spans, from text to the statistics of the corpus. The
// ratio is to the literal twins (tests/reference/), which go on to the scores.

#include <evalpp/core/metric.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/metrics/classification.hpp>
#include <evalpp/metrics/multilabel.hpp>
#include <evalpp/metrics/span_f1.hpp>

#include <common.hpp>
#include <reference/classification.hpp>
#include <reference/span_f1.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace {

// Labels "class 0" .. "class n-1" by Zipf rank; three of four predictions are right.
bench::text_corpus labels(std::size_t n, std::uint32_t classes) {
  const bench::ranks words(classes);
  bench::generator g(6);
  const auto draw = [&] { return "class " + std::to_string(words.draw(g)); };
  bench::text_corpus made;
  for (std::size_t i = 0; i < n; ++i) {
    made.references.push_back({draw()});
    made.hypotheses.push_back(g.chance(0.75) ? made.references.back()[0] : draw());
  }
  return made;
}

// Up to 4 labels of 30, U+001F between them.
bench::text_corpus label_sets(std::size_t n) {
  const bench::ranks words(30);
  bench::generator g(7);
  const auto draw = [&] {
    std::string text;
    for (std::uint32_t k = g.below(5); k > 0; --k) {
      if (!text.empty()) text += '\x1F';
      text += "label " + std::to_string(words.draw(g));
    }
    return text;
  };
  bench::text_corpus made;
  for (std::size_t i = 0; i < n; ++i) {
    made.references.push_back({draw()});
    made.hypotheses.push_back(g.chance(0.5) ? made.references.back()[0] : draw());
  }
  return made;
}

// Sentences of 25 tags, one span in six tags, of four types; one tag in ten is predicted wrongly.
bench::text_corpus tags(std::size_t n) {
  static constexpr const char* types[] = {"PER", "LOC", "ORG", "MISC"};
  bench::generator g(8);
  bench::text_corpus made;
  for (std::size_t i = 0; i < n; ++i) {
    std::string actual, predicted;
    const char* open = nullptr;
    for (int t = 0; t < 25; ++t) {
      std::string tag = "O";
      if (open != nullptr && g.chance(0.4)) {
        tag = std::string("I-") + open;
      } else if (g.chance(0.17)) {
        open = types[g.below(4)];
        tag = std::string("B-") + open;
      } else {
        open = nullptr;
      }
      if (t != 0) actual += ' ', predicted += ' ';
      actual += tag;
      predicted += g.chance(0.9) ? tag : std::string("B-") + types[g.below(4)];
    }
    made.references.push_back({actual});
    made.hypotheses.push_back(predicted);
  }
  return made;
}

template <class Metric>
void from_text(benchmark::State& state, const Metric& metric, const bench::text_corpus& corpus, double twin) {
  evalpp::prepared<Metric, evalpp::text_kind> gold;
  evalpp::scratch<Metric, evalpp::text_kind> buffers;
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   evalpp::sparse_counts sum;
                   for (std::size_t i = 0; i < corpus.size(); ++i) {
                     evalpp::prepare<evalpp::text_kind>(metric, corpus.references[i], gold);
                     sum += evalpp::measure(metric, corpus.hypotheses[i], gold, buffers);
                   }
                   benchmark::DoNotOptimize(metric.score(sum));
                 },
                 {{"twin", twin}});
}

double classify_seconds(const bench::text_corpus& corpus, reference::label_set (*read)(const std::string&)) {
  const bench::text_corpus some = corpus.first(2000);
  std::vector<reference::label_set> actual, predicted;
  for (std::size_t i = 0; i < some.size(); ++i) {
    actual.push_back(read(some.references[i][0]));
    predicted.push_back(read(some.hypotheses[i]));
  }
  return bench::best_seconds([&] { benchmark::DoNotOptimize(reference::classify(actual, predicted, 0)); }) /
         static_cast<double>(some.size());
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> pieces(1);
  for (const char c : text) {
    if (c == separator)
      pieces.emplace_back();
    else
      pieces.back() += c;
  }
  return pieces;
}

void classification_labels(benchmark::State& state) {
  const auto corpus = labels(100000, static_cast<std::uint32_t>(state.range(0)));
  from_text(state, evalpp::classification{}, corpus,
            classify_seconds(corpus, [](const std::string& text) { return reference::label_set{text}; }));
}
BENCHMARK(classification_labels)
    ->ArgName("classes")
    ->Arg(2)
    ->Arg(10)
    ->Arg(1000)
    ->Unit(benchmark::kMillisecond);

void multilabel_sets(benchmark::State& state) {
  const auto corpus = label_sets(30000);
  from_text(state, evalpp::multilabel{}, corpus, classify_seconds(corpus, [](const std::string& text) {
              const auto pieces = split(text, '\x1F');
              return text.empty() ? reference::label_set{}
                                  : reference::label_set(pieces.begin(), pieces.end());
            }));
}
BENCHMARK(multilabel_sets)->Unit(benchmark::kMillisecond);

void span_f1_tags(benchmark::State& state) {
  const auto corpus = tags(10000);
  const auto some = corpus.first(500);
  const double twin = bench::best_seconds([&] {
                        for (std::size_t i = 0; i < some.size(); ++i)
                          benchmark::DoNotOptimize(reference::count_exact(
                              reference::get_entities(split(some.references[i][0], ' ')),
                              reference::get_entities(split(some.hypotheses[i], ' '))));
                      }) /
                      static_cast<double>(some.size());
  from_text(state, evalpp::span_f1{}, corpus, twin);
}
BENCHMARK(span_f1_tags)->Unit(benchmark::kMillisecond);

}  // namespace
