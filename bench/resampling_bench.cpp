// SPDX-License-Identifier: MIT
// Replicate sums of the keyed Poisson bootstrap. ns/draw: per example and replicate, all lanes together.
// `x_gather` is the ratio to the usual way, which draws row numbers (std::mt19937_64, without the bias of a
// distribution object) and adds up the rows they name.

#include <evalpp/core/executor.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/replicate_sums.hpp>

#include <common.hpp>

#include <benchmark/benchmark.h>
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <random>
#include <span>
#include <vector>

namespace {

struct rows {
  std::vector<std::uint64_t> keys;
  std::vector<std::int64_t> values;

  rows(std::size_t n, std::size_t lanes, std::uint64_t below) {
    for (std::size_t i = 0; i < n; ++i) keys.push_back(evalpp::stats::mix64(i));
    for (std::size_t i = 0; i < n * lanes; ++i)
      values.push_back(static_cast<std::int64_t>(evalpp::stats::mix64(~i) % below));
  }
};

double gather_seconds(const rows& data, std::size_t lanes) {
  const std::size_t n = data.keys.size();
  constexpr std::size_t replicates = 20;
  std::mt19937_64 random(1);
  std::vector<std::int64_t> sum(lanes);
  return bench::best_seconds([&] {
           for (std::size_t b = 0; b < replicates; ++b) {
             std::fill(sum.begin(), sum.end(), 0);
             for (std::size_t i = 0; i < n; ++i) {
               const std::size_t drawn = static_cast<std::size_t>((random() >> 32) * n >> 32);
               for (std::size_t k = 0; k < lanes; ++k) sum[k] += data.values[drawn * lanes + k];
             }
             benchmark::DoNotOptimize(sum.data());
           }
         }) /
         static_cast<double>(replicates * n);
}

// `kind`: 0 for counts of a segment, 1 for lengths in characters, 2 for fractions in units of 2^-32.
void replicate_sums(benchmark::State& state) {
  const auto n = static_cast<std::size_t>(state.range(0));
  const auto lanes = static_cast<std::size_t>(state.range(1));
  constexpr std::uint64_t largest[] = {40, 5000, std::uint64_t{1} << 32};
  const rows data(n, lanes, largest[state.range(2)]);
  constexpr std::size_t replicates = 1024;
  double best = 1e300;
  for (auto _ : state) {
    const double before = bench::cpu_seconds();
    evalpp::stats::replicate_sums sums(lanes, replicates, 12345);
    sums.add(data.keys, data.values);
    benchmark::DoNotOptimize(sums.sum(7, 0));
    best = std::min(best, bench::cpu_seconds() - before);
  }
  best /= static_cast<double>(n * replicates);
  state.counters["ns/draw"] = 1e9 * best;
  state.counters["x_gather"] = gather_seconds(data, lanes) / best;
}
BENCHMARK(replicate_sums)
    ->ArgNames({"rows", "lanes", "kind"})
    ->ArgsProduct({{3'000, 100'000}, {1, 10}, {0, 1, 2}})
    ->Unit(benchmark::kMillisecond);

// Metrics of 21, 39 and 9 lanes (as wide as BLEU, chrF and ROUGE), of which half are used, resampled
// together. `x_apart` is the ratio to one after the other.
void bootstrap_of_several_metrics(benchmark::State& state) {
  namespace stats = evalpp::stats;
  const auto n = static_cast<std::size_t>(state.range(0));
  constexpr std::size_t lanes[] = {21, 39, 9}, replicates = 1024;
  const auto first_over_second = [](std::span<const std::int64_t> sums, std::span<double> out) {
    out[0] = static_cast<double>(sums[0]) / static_cast<double>(sums[1] + 1);
  };
  std::vector<rows> data;
  std::vector<stats::resampled_statistics> metrics;
  for (const std::size_t width : lanes) {
    rows& of = data.emplace_back(n, width, 40);
    for (std::size_t i = 0; i < of.values.size(); ++i)
      if (i % width > width / 2) of.values[i] = 0;
  }
  for (std::size_t m = 0; m < data.size(); ++m)
    metrics.emplace_back(data[m].values, lanes[m], 1, first_over_second);
  const auto seconds = [&](std::span<const stats::resampled_statistics> some) {
    return bench::best_seconds([&] {
      const auto found =
          stats::bootstrap_all(evalpp::seq, data.front().keys, some, {.replicates = replicates});
      benchmark::DoNotOptimize(found.front().mid_rank);
    });
  };
  double together = 0, apart = 0;
  for (auto _ : state) {
    together = seconds(metrics);
    apart = 0;
    for (const auto& one : metrics) apart += seconds(std::span(&one, 1));
  }
  state.counters["ns/draw"] = 1e9 * together / static_cast<double>(n * replicates);
  state.counters["x_apart"] = apart / together;
}
BENCHMARK(bootstrap_of_several_metrics)
    ->ArgName("rows")
    ->Arg(3'000)
    ->Arg(100'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
