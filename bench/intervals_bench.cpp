// SPDX-License-Identifier: MIT
// From rows to an interval, and to the p of a paired comparison. ns/draw: per example and replicate (or
// trial), values of replicates, jackknife and sorting included. Peers, where Python has NumPy, SciPy and
// sacreBLEU (EVALPP_PEER_SACREBLEU_DIR): `x_scipy` is scipy.stats.bootstrap, `x_numpy` the same resampling as
// a loop of index draws, `x_sacrebleu` its bootstrap and its paired tests, from statistics that are made
// already.

#include <evalpp/core/any_scorer.hpp>
#include <evalpp/core/evaluate.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/rouge_l.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/bootstrap_interval.hpp>
#include <evalpp/stats/paired_rows.hpp>
#include <evalpp/stats/randomization_test.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <common.hpp>

#include <benchmark/benchmark.h>
#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace {

namespace stats = evalpp::stats;

const auto every = [](const auto&) { return true; };

// Nanoseconds per example and replicate of a script that sets `seconds` for `draws` of them.
double peer_ns(const std::string& name, const std::string& script) {
  const bench::text_corpus corpus = bench::segments(1000);
  // `python_seconds` divides by the examples; the script divides by the replicates.
  return 1e9 * bench::python_seconds(name, "EVALPP_PEER_SACREBLEU_DIR", corpus, script);
}

double sacrebleu_bootstrap_ns() {
  return peer_ns("sacrebleu_bootstrap", R"(
from sacrebleu.metrics import BLEU
from sacrebleu.significance import _bootstrap_resample
metric = BLEU(references=[[r[0] for r in references]])
rows = metric._extract_corpus_statistics(hypotheses, None)
best = 1e9
for _ in range(3):
    begin = time.process_time()
    _bootstrap_resample(rows, metric, 300)
    best = min(best, time.process_time() - begin)
seconds = best / 300
)");
}

// The time of one more trial: what is measured before them falls out of the difference.
double sacrebleu_paired_ns(const char* method) {
  return peer_ns(std::string("sacrebleu_") + method, R"(
from sacrebleu.metrics import BLEU
from sacrebleu.significance import PairedTest
other = [h[:len(h) // 2] for h in hypotheses]
def run(n):
    best = 1e9
    for _ in range(3):
        begin = time.process_time()
        PairedTest([('a', hypotheses), ('b', other)], {'BLEU': BLEU()}, [[r[0] for r in references]],
                   test_type=')" + std::string(method) + R"(', n_samples=n)()
        best = min(best, time.process_time() - begin)
    return best
run(10)
seconds = (run(600) - run(100)) / 500
)");
}

double numpy_mean_ns() {
  return peer_ns("numpy_mean", R"(
import numpy
x = numpy.random.default_rng(1).random(len(hypotheses))
generator = numpy.random.default_rng(2)
best = 1e9
for _ in range(3):
    begin = time.process_time()
    for _ in range(1000): x[generator.integers(0, len(x), len(x))].mean()
    best = min(best, time.process_time() - begin)
seconds = best / 1000
)");
}

double scipy_mean_ns() {
  return peer_ns("scipy_mean", R"(
import numpy
from scipy.stats import bootstrap
x = numpy.random.default_rng(1).random(len(hypotheses))
best = 1e9
for _ in range(3):
    begin = time.process_time()
    bootstrap((x,), numpy.mean, n_resamples=1000, method='BCa', random_state=1)
    best = min(best, time.process_time() - begin)
seconds = best / 1000
)");
}

template <class Run>
void measure(benchmark::State& state, std::size_t draws, const Run& run,
             std::initializer_list<std::pair<const char*, double>> peers) {
  double best = 1e300;
  for (auto _ : state) {
    const double before = bench::cpu_seconds();
    run();
    best = std::min(best, bench::cpu_seconds() - before);
  }
  const double ns = 1e9 * best / static_cast<double>(draws);
  state.counters["ns/draw"] = ns;
  for (const auto& [name, peer] : peers)
    if (peer > 0) state.counters[std::string("x_") + name] = peer / ns;
}

// A mean of real numbers: BCa+ from 10,240 replicates.
void interval_of_mean(benchmark::State& state) {
  const auto corpus = bench::segments(1000);
  const auto run = evalpp::evaluate(corpus.hypotheses, corpus.references, evalpp::rouge_l{});
  const evalpp::any_scorer scorer{evalpp::rouge_l{}};
  const auto rows = stats::resampling_rows_of(run.rows(), 0, every);
  const auto value = [&](std::span<const std::int64_t> lanes) { return scorer.value(lanes); };
  measure(state, 1000 * 10'240,
          [&] {
            benchmark::DoNotOptimize(stats::bootstrap_interval(stats::bootstrap(evalpp::seq, rows, value)));
          },
          {{"numpy", numpy_mean_ns()}, {"scipy", scipy_mean_ns()}});
}
BENCHMARK(interval_of_mean)->Unit(benchmark::kMillisecond);

void interval_of_bleu(benchmark::State& state) {
  const auto corpus = bench::segments(1000);
  const auto run = evalpp::evaluate(corpus.hypotheses, corpus.references, evalpp::bleu{});
  const evalpp::any_scorer scorer{evalpp::bleu{}};
  const auto rows = stats::resampling_rows_of(run.rows(), 0, every);
  const auto value = [&](std::span<const std::int64_t> lanes) { return scorer.value(lanes); };
  measure(state, 1000 * 10'240,
          [&] {
            benchmark::DoNotOptimize(stats::bootstrap_interval(stats::bootstrap(evalpp::seq, rows, value)));
          },
          {{"sacrebleu", sacrebleu_bootstrap_ns()}});
}
BENCHMARK(interval_of_bleu)->Unit(benchmark::kMillisecond);

stats::paired_rows two_systems(const bench::text_corpus& corpus) {
  auto other = corpus.hypotheses;
  for (std::string& text : other) text.resize(text.size() / 2);
  const auto a = evalpp::evaluate(corpus.hypotheses, corpus.references, evalpp::bleu{});
  const auto b = evalpp::evaluate(other, corpus.references, evalpp::bleu{});
  std::vector<stats::row_pair> pairs;
  for (std::size_t i = 0; i < corpus.size(); ++i) pairs.push_back({i, i});
  return stats::paired_rows_of(a.rows(), b.rows(), 0, pairs, every);
}

void paired_bootstrap_of_bleu(benchmark::State& state) {
  const auto rows = two_systems(bench::segments(1000));
  const evalpp::any_scorer scorer{evalpp::bleu{}};
  const auto values = [&](std::span<const std::int64_t> lanes, std::span<double> out) {
    out[0] = scorer.value(rows.baseline(lanes));
    out[1] = scorer.value(rows.candidate(lanes));
    out[2] = out[1] - out[0];
  };
  measure(state, 1000 * 10'240,
          [&] { benchmark::DoNotOptimize(stats::bootstrap_each(evalpp::seq, rows.units, 3, values)); },
          {{"sacrebleu", sacrebleu_paired_ns("bs")}});
}
BENCHMARK(paired_bootstrap_of_bleu)->Unit(benchmark::kMillisecond);

void randomization_of_bleu(benchmark::State& state) {
  const auto rows = two_systems(bench::segments(1000));
  const evalpp::any_scorer scorer{evalpp::bleu{}};
  const auto value = [&](std::span<const std::int64_t> lanes) { return scorer.value(lanes); };
  measure(state, 1000 * 10'240,
          [&] { benchmark::DoNotOptimize(stats::randomization_test(evalpp::seq, rows, value)); },
          {{"sacrebleu", sacrebleu_paired_ns("ar")}});
}
BENCHMARK(randomization_of_bleu)->Unit(benchmark::kMillisecond);

}  // namespace
