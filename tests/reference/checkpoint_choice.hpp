// SPDX-License-Identifier: MIT
#pragma once

// The choice among checkpoints replicate by replicate, as it is told: draw, choose by what was drawn, look at
// the chosen one on what was not. The oracle of stats/checkpoint_choice.hpp, for values that are all finite.

#include <evalpp/stats/poisson_weights.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace reference {

struct checkpoint_choice {
  std::size_t best = 0;
  double corrected = 0;  // with the mean of all checkpoints as a control
  double plain = 0;      // the mean of the out-of-bag values themselves
  std::vector<std::size_t> wins;
  std::size_t invalid = 0;
};

template <class Value>
checkpoint_choice choose_checkpoint(const std::vector<evalpp::stats::resampling_rows>& systems, Value value,
                                    bool higher, std::size_t replicates, std::uint64_t seed) {
  const evalpp::stats::poisson_weights weights(seed);
  const std::size_t n = systems[0].size();
  const auto first_best = [&](const std::vector<double>& values) {
    std::size_t best = 0;
    for (std::size_t k = 1; k < values.size(); ++k)
      if (higher ? values[k] > values[best] : values[k] < values[best]) best = k;
    return best;
  };
  // The values when example i counts times(i).
  const auto values_when = [&](auto times) {
    std::vector<double> values;
    for (const auto& rows : systems) {
      std::vector<std::int64_t> sum(rows.lanes);
      for (std::size_t i = 0; i < n; ++i)
        for (std::size_t l = 0; l < rows.lanes; ++l) sum[l] += times(i) * rows.row(i)[l];
      values.push_back(value(sum));
    }
    return values;
  };
  const auto mean = [](const std::vector<double>& values) {
    double sum = 0;
    for (const double v : values) sum += v;
    return sum / static_cast<double>(values.size());
  };

  checkpoint_choice out;
  out.wins.resize(systems.size());
  const std::vector<double> all = values_when([](std::size_t) { return 1; });
  out.best = first_best(all);
  double above = 0;
  for (std::size_t b = 0; b < replicates; ++b) {
    std::size_t drawn = 0, left = 0;
    for (const std::uint64_t key : systems[0].keys) ++(weights(key, b) == 0 ? left : drawn);
    if (drawn == 0 || left == 0) {
      ++out.invalid;
      continue;
    }
    const std::size_t winner =
        first_best(values_when([&](std::size_t i) { return weights(systems[0].keys[i], b); }));
    const std::vector<double> outside =
        values_when([&](std::size_t i) { return weights(systems[0].keys[i], b) == 0 ? 1 : 0; });
    ++out.wins[winner];
    above += outside[winner] - mean(outside);
    out.plain += outside[winner];
  }
  const auto valid = static_cast<double>(replicates - out.invalid);
  out.corrected = mean(all) + above / valid;
  out.plain /= valid;
  return out;
}

}  // namespace reference
