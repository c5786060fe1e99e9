// SPDX-License-Identifier: MIT
// What choosing the best of K checkpoints adds to its score, and what is left of it after the out-of-bag
// correction, in points of accuracy. Checkpoints answer the same items; a latent normal variable of the item
// correlates them by rho. Flat: all have 70 % true accuracy. Rising: from 64 to 76 %.
//
//   evalpp_checkpoint_study [--quick]

#include <evalpp/parallel/threads.hpp>
#include <evalpp/stats/checkpoint_choice.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/one_standard_error.hpp>
#include <evalpp/stats/proportion.hpp>

#include "study.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string_view>
#include <vector>

namespace {

namespace stats = evalpp::stats;

struct setting {
  std::size_t n, k;
  double rho;
  bool rising;
};

struct outcome {
  double naive = 0, corrected = 0, best = 0, paired = 0, plain = 0;
  bool covered = false, covered_shifted = false;
};

double accuracy(const setting& s, std::size_t k) {
  return s.rising ? 0.64 + 0.12 * static_cast<double>(k) / static_cast<double>(s.k - 1) : 0.7;
}

outcome run(const setting& s, std::uint64_t number, std::uint64_t seed) {
  study::random random(number, seed);
  std::vector<double> threshold(s.k);
  for (std::size_t k = 0; k < s.k; ++k) threshold[k] = stats::normal_quantile(accuracy(s, k));
  std::vector<double> scores(s.k * s.n);
  const double common = std::sqrt(s.rho), own = std::sqrt(1 - s.rho);
  for (std::size_t i = 0; i < s.n; ++i) {
    const double item = random.normal();
    for (std::size_t k = 0; k < s.k; ++k)
      scores[k * s.n + i] = common * item + own * random.normal() < threshold[k] ? 1 : 0;
  }
  const auto matrix = *stats::checkpoint_scores_of(scores, s.k);
  const auto choice =
      stats::choose_checkpoint(evalpp::seq, matrix, {.resampling = {.seed = seed, .replicates = 1024}});
  const auto rule = stats::one_standard_error(evalpp::seq, matrix);
  const double truth = accuracy(s, *choice.best);
  const auto right = static_cast<std::int64_t>(std::llround(choice.naive * static_cast<double>(s.n)));
  const auto ends = stats::wilson_interval(right, static_cast<std::int64_t>(s.n));
  return {.naive = 100 * (choice.naive - truth),
          .corrected = 100 * (choice.corrected - truth),
          .best = 100 * truth,
          .paired = 100 * accuracy(s, *rule.paired),
          .plain = 100 * accuracy(s, *rule.plain),
          .covered = ends.contains(truth),
          .covered_shifted = ends.contains(truth + choice.naive - choice.corrected)};
}

}  // namespace

int main(int argc, char** argv) {
  const bool quick = argc > 1 && std::string_view(argv[1]) == "--quick";
  const std::size_t runs = quick ? 20 : 2000;
  const std::vector<setting> settings{
      {100, 10, 0, false},   {100, 10, 0.5, false},  {100, 10, 0.8, false}, {100, 10, 0.95, false},
      {200, 5, 0, false},    {200, 5, 0.8, false},   {200, 10, 0, false},   {200, 10, 0.5, false},
      {200, 10, 0.8, false}, {200, 10, 0.95, false}, {200, 20, 0, false},   {200, 20, 0.8, false},
      {500, 10, 0, false},   {500, 10, 0.8, false},  {100, 10, 0.5, true},  {100, 10, 0.95, true},
      {200, 10, 0.5, true},  {200, 10, 0.95, true},  {500, 10, 0.5, true},  {500, 10, 0.95, true}};
  std::printf(
      "Points of accuracy, %zu data sets a row. Bias: estimate less true accuracy of the chosen one, with "
      "the "
      "simulation's\nstandard error; sd: of that difference; covers: how often the 95 %% interval (Wilson) "
      "of the "
      "chosen one's score holds its true\naccuracy, as it is and moved by the correction.\n\n"
      "| curve | n | K | rho | naive bias | corrected bias | naive sd | corrected sd | covers, naive | "
      "covers, moved | true: best | paired "
      "1-SE | "
      "plain 1-SE |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
      runs);
  const evalpp::threads pool;
  for (std::size_t number = 0; number < settings.size(); ++number) {
    const setting& s = settings[number];
    std::vector<outcome> found(runs);
    pool.for_chunks(runs * evalpp::chunk_size, [&](std::size_t begin, std::size_t, std::size_t) {
      const std::size_t at = begin / evalpp::chunk_size;
      found[at] = run(s, number, at);
    });
    study::moments naive, corrected, best, paired, plain, covered, covered_shifted;
    for (const outcome& o : found) {
      naive.add(o.naive);
      corrected.add(o.corrected);
      best.add(o.best);
      paired.add(o.paired);
      plain.add(o.plain);
      covered.add(o.covered);
      covered_shifted.add(o.covered_shifted);
    }
    std::printf(
        "| %s | %zu | %zu | %g | %+.2f +- %.2f | %+.2f +- %.2f | %.2f | %.2f | %.3f | %.3f | %.2f | %.2f | "
        "%.2f |\n",
        s.rising ? "rising" : "flat", s.n, s.k, s.rho, naive.mean(), naive.error(), corrected.mean(),
        corrected.error(), naive.deviation(), corrected.deviation(), covered.mean(), covered_shifted.mean(),
        best.mean(), paired.mean(), plain.mean());
    std::fflush(stdout);
  }
  return 0;
}
