// SPDX-License-Identifier: MIT
// SQuAD's exact match and F1 from raw text, in one pass. Ratios: to the literal twin
// (tests/reference/), and to the logic of the official script run by Python.

#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/answer_match.hpp>
#include <evalpp/metrics/squad.hpp>
#include <evalpp/metrics/token_f1.hpp>

#include <common.hpp>
#include <reference/squad.hpp>
#include <reference/tokenizers.hpp>

#include <benchmark/benchmark.h>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace {

// Short answers, 1 to 6 words; half of the predictions are right up to case, articles and full stops,
// the others are edited.
bench::text_corpus answers(std::size_t n, std::size_t references = 1) {
  const bench::ranks words(bench::vocabulary().size());
  bench::generator g(5);
  const auto written = [&](const bench::id_sequence& ids) {
    std::string text = g.chance(0.2) ? "the" : "";
    for (const std::uint32_t id : ids) {
      if (!text.empty()) text += ' ';
      text += bench::vocabulary()[id];
    }
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z' && g.chance(0.4))
      text[0] = static_cast<char>(text[0] - 'a' + 'A');
    if (g.chance(0.2)) text += '.';
    return text;
  };
  bench::text_corpus made;
  for (std::size_t i = 0; i < n; ++i) {
    const bench::id_sequence gold = bench::drawn(1 + g.below(3) + g.below(4), words, g);
    made.references.emplace_back();
    for (std::size_t r = 0; r < references; ++r)
      made.references.back().push_back(written(r == 0 ? gold : bench::edited(gold, words, g)));
    made.hypotheses.push_back(written(g.chance(0.5) ? gold : bench::edited(gold, words, g)));
  }
  return made;
}

double twin_seconds(const bench::text_corpus& corpus) {
  const bench::text_corpus some = corpus.first(1000);
  return bench::best_seconds([&] {
           for (std::size_t i = 0; i < some.size(); ++i) {
             const auto answer = evalpp::reference::tokenize_squad(some.hypotheses[i]);
             std::vector<evalpp::reference::words> gold;
             for (const auto& reference : some.references[i])
               gold.push_back(evalpp::reference::tokenize_squad(reference));
             benchmark::DoNotOptimize(reference::squad_v1(answer, gold));
           }
         }) /
         static_cast<double>(some.size());
}

double python_seconds(const std::string& name, const bench::text_corpus& corpus) {
  return bench::python_seconds(name, nullptr, corpus.first(20000), R"(
import re, string
from collections import Counter
punctuation = set(string.punctuation)
def normal(text):
    text = ''.join(c for c in text.lower() if c not in punctuation)
    return ' '.join(re.sub(r'\b(a|an|the)\b', ' ', text).split())
def exact(answer, gold):
    return normal(answer) == normal(gold)
def f1(answer, gold):
    answer, gold = normal(answer).split(), normal(gold).split()
    same = sum((Counter(answer) & Counter(gold)).values())
    if same == 0:
        return 0
    precision, recall = 1.0 * same / len(answer), 1.0 * same / len(gold)
    return 2 * precision * recall / (precision + recall)
seconds = 1e300
for _ in range(3):
    before = time.process_time()
    for answer, golds in zip(hypotheses, references):
        max(exact(answer, gold) for gold in golds)
        max(f1(answer, gold) for gold in golds)
    seconds = min(seconds, time.process_time() - before)
)");
}

template <class Metric>
void from_text(benchmark::State& state, const Metric& metric, const bench::text_corpus& corpus,
               const std::vector<std::pair<std::string, double>>& peers) {
  evalpp::prepared<Metric, evalpp::text_kind> gold;
  evalpp::scratch<Metric, evalpp::text_kind> buffers;
  bench::measure(
      state, bench::work_of(corpus),
      [&] {
        typename Metric::statistics sum{};
        for (std::size_t i = 0; i < corpus.size(); ++i) {
          evalpp::prepare<evalpp::text_kind>(metric, corpus.references[i], gold);
          evalpp::operator+=(sum, evalpp::measure(metric, corpus.hypotheses[i], gold, buffers));
        }
        benchmark::DoNotOptimize(sum);
      },
      peers);
}

void squad_answers(benchmark::State& state) {
  const auto corpus = answers(100000);
  from_text(state, evalpp::squad{}, corpus,
            {{"twin", twin_seconds(corpus)}, {"script", python_seconds("squad", corpus)}});
}
void squad_answers_3_references(benchmark::State& state) {
  const auto corpus = answers(30000, 3);
  from_text(state, evalpp::squad{}, corpus,
            {{"twin", twin_seconds(corpus)}, {"script", python_seconds("squad3", corpus)}});
}
void squad_summaries(benchmark::State& state) {
  const auto corpus = bench::summaries(3000);
  from_text(state, evalpp::squad{}, corpus,
            {{"twin", twin_seconds(corpus)}, {"script", python_seconds("squad_summaries", corpus)}});
}
void quasi_match_answers(benchmark::State& state) {
  from_text(state, evalpp::answer_match{}, answers(100000), {});
}
BENCHMARK(squad_answers)->Unit(benchmark::kMillisecond);
BENCHMARK(squad_answers_3_references)->Unit(benchmark::kMillisecond);
BENCHMARK(squad_summaries)->Unit(benchmark::kMillisecond);
BENCHMARK(quasi_match_answers)->Unit(benchmark::kMillisecond);

// Token ids against prepared references: the reward of a reinforcement learning step.
void token_f1_ids(benchmark::State& state) {
  const auto corpus = bench::id_sequences(500, static_cast<std::size_t>(state.range(0)));
  using kind = evalpp::kind_of<bench::id_sequence>;
  using metric = evalpp::ids::token_f1;
  const metric f1;
  std::vector<evalpp::prepared<metric, kind>> gold;
  for (const auto& reference : corpus.references) gold.push_back(evalpp::prepare(f1, reference));
  evalpp::scratch<metric, kind> buffers;
  const double twin =
      bench::best_seconds([&] {
        for (std::size_t i = 0; i < corpus.size(); ++i)
          benchmark::DoNotOptimize(reference::squad_f1(corpus.hypotheses[i], corpus.references[i]));
      }) /
      static_cast<double>(corpus.size());
  bench::measure(state, bench::work_of(corpus),
                 [&] {
                   metric::statistics sum{};
                   for (std::size_t i = 0; i < corpus.size(); ++i)
                     evalpp::operator+=(sum, evalpp::measure(f1, corpus.hypotheses[i], gold[i], buffers));
                   benchmark::DoNotOptimize(sum);
                 },
                 {{"twin", twin}});
}
BENCHMARK(token_f1_ids)->ArgName("tokens")->Arg(32)->Arg(512)->Unit(benchmark::kMillisecond);

}  // namespace
