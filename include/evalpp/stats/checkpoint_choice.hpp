// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/checkpoint_rows.hpp>
#include <evalpp/stats/detail/add_replicates.hpp>
#include <evalpp/stats/detail/strict.hpp>
#include <evalpp/stats/normal.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// How the best checkpoint is found and its value corrected.
struct checkpoint_options {
  bool higher_is_better = true;
  resampling_options resampling = {};
};

/// The best of several checkpoints, and what it is worth.
struct checkpoint_choice {
  std::vector<double> values;       ///< of each checkpoint, on all examples
  std::optional<std::size_t> best;  ///< the earliest of those with the best value; none when none has a value
  double naive = detail::nan;       ///< the value of the best: too good, since it was chosen for it
  double corrected = detail::nan;   ///< what to expect of the one that is chosen, on other examples
  double monte_carlo_error = detail::nan;  ///< of `corrected`, from the finite number of replicates
  std::vector<std::size_t> wins;           ///< replicates in which each checkpoint would have been chosen
  std::size_t replicates = 0;
  std::size_t invalid = 0;  ///< replicates that drew nothing or everything, or had no value
  std::size_t units = 0;    ///< examples, or clusters, that were drawn from

  /// The interval of the corrected value, from one of the best checkpoint's value: moved by the correction,
  /// not cut to any range. Simulated with Wilson's at 95 %, it holds the true value of the chosen one in 92
  /// to 98
  /// %, as it was in 60 to 95 %. `undefined` without a corrected value.
  interval corrected_interval(const interval& of_best) const noexcept {
    if (detail::is_nan(corrected)) return no_interval(of_best.level, interval_status::undefined);
    const detail::strict move = detail::strict(corrected) - naive;
    interval moved = of_best;
    moved.lo = (of_best.lo + move).value();
    moved.hi = (of_best.hi + move).value();
    return moved;
  }
};

namespace detail {

// Weight 1 for what a replicate of the bootstrap did not draw.
class out_of_bag_weights {
 public:
  static constexpr std::size_t block_size = poisson_weights::block_size;
  static constexpr std::uint8_t max_weight = 1;

  explicit out_of_bag_weights(std::uint64_t seed) noexcept : drawn_(seed) {}
  EVALPP_ALWAYS_INLINE void block(std::uint64_t key, std::uint64_t number,
                                  std::uint8_t* weights) const noexcept {
    drawn_.block(key, number, weights);
    for (std::size_t b = 0; b < block_size; ++b) weights[b] = static_cast<std::uint8_t>(weights[b] == 0);
  }

 private:
  poisson_weights drawn_;
};

// The candidates for the choice, those with a value on all examples, and the first of the best of them.
struct contest {
  std::vector<std::size_t> candidates;
  bool higher;

  contest(std::span<const double> values, bool higher_is_better) : higher(higher_is_better) {
    for (std::size_t k = 0; k < values.size(); ++k)
      if (is_finite(values[k])) candidates.push_back(k);
  }
  std::optional<std::size_t> best(std::span<const double> values) const noexcept {
    std::optional<std::size_t> found;
    for (const std::size_t k : candidates) {
      if (!is_finite(values[k])) continue;
      if (!found || (higher ? values[k] > values[*found] : values[k] < values[*found])) found = k;
    }
    return found;
  }
  // How far `values[k]` lies above the mean of all candidates.
  strict excess(std::span<const double> values, std::size_t k) const noexcept {
    strict sum = 0;
    for (const std::size_t other : candidates) sum += strict(values[k]) - values[other];
    return sum / real(candidates.size());
  }
};

template <class Value>
void values_of(const checkpoint_rows& rows, const Value& value, std::span<const std::int64_t> sums,
               std::vector<double>& values) {
  values.resize(rows.checkpoints());
  for (std::size_t k = 0; k < values.size(); ++k) values[k] = value(k, rows.part(k, sums));
}

// One lane after the other, of one replicate of a block.
inline void copy_lanes(std::span<const std::uint64_t> block, std::size_t replicate,
                       std::vector<std::int64_t>& row) noexcept {
  for (std::size_t l = 0; l < row.size(); ++l)
    row[l] = static_cast<std::int64_t>(block[l * poisson_weights::block_size + replicate]);
}

}  // namespace detail

/// Chooses the best of K checkpoints and corrects its value for having been chosen. Among ten equally good
/// checkpoints on 200 examples the best looks 2 to 5 points better than it is.
///
/// Each replicate of the keyed Poisson bootstrap chooses by what it drew and looks at the chosen one on what
/// it did not draw, 37 % of the examples. The mean over the replicates estimates the value of "train, choose
/// the best, use it". Simulated (bench/checkpoint_study.cpp, 100 to 500 examples, K 5 to 20), in points: the
/// naive value is 2.1 to 6.9 too good among equals, the corrected one right to 0.1; where training still
/// improves, 0.4 to 4.0 too good against 0.2 to 0.9 too low, since a replicate chooses by fewer examples. Its
/// interval is that of the best one's value, moved (`corrected_interval`).
///
/// Computed as the distance of the chosen one from the mean of all candidates, to which their mean on all
/// examples is added: for means that is the same expectation with less error of resampling, and it is exact
/// where all candidates agree.
///
/// `value(k, lanes)` is the metric of checkpoint k from its summed statistics, a pure function that threads
/// may call at once; `rows` by `checkpoint_rows_of`. Equal values go to the earlier checkpoint. A checkpoint
/// whose value is not finite is never chosen. A single candidate has nothing to be corrected: its value
/// stays. Without a candidate, or without a replicate that has a value (a single example), `corrected` is
/// NaN; below 30 examples take it as a hint. The same bits for any executor. O(K * lanes * examples *
/// replicates).
///
/// The out-of-bag idea: L. Breiman 1996; for model selection, I. Tsamardinos, E. Greasidou, G. Borboudakis,
/// Bootstrapping the out-of-sample predictions for efficient and accurate cross-validation, 2018.
template <executor Executor, class Value>
checkpoint_choice choose_checkpoint(const Executor& run_on, const checkpoint_rows& rows, const Value& value,
                                    const checkpoint_options& options = {}) {
  using detail::strict;
  constexpr std::size_t block_size = poisson_weights::block_size;
  checkpoint_choice out;
  out.units = rows.size();
  out.wins.resize(rows.checkpoints());
  detail::values_of(rows, value, detail::column_sums(rows.values, rows.lanes()), out.values);
  const detail::contest race(out.values, options.higher_is_better);
  out.best = race.best(out.values);
  if (!out.best) return out;
  out.naive = out.values[*out.best];

  out.replicates = replicate_count(options.resampling, rows.size());
  std::vector<std::optional<std::size_t>> chosen(out.replicates);
  std::vector<double> excess(out.replicates);
  const poisson_weights in_bag(options.resampling.seed);
  const detail::out_of_bag_weights out_of_bag(options.resampling.seed);
  static_assert(chunk_size == block_size, "one chunk of work is one block");
  run_on.for_chunks(out.replicates, [&](std::size_t begin, std::size_t end, std::size_t) {
    const std::size_t lanes = rows.lanes();
    std::vector<std::uint64_t> drawn((lanes + 1) * block_size), left((lanes + 1) * block_size);
    const std::size_t block = begin / block_size;
    detail::add_rows(in_bag, block, rows.size(), rows.keys.data(), rows.values.data(), lanes, drawn.data());
    detail::add_rows(out_of_bag, block, rows.size(), rows.keys.data(), rows.values.data(), lanes,
                     left.data());
    std::vector<std::int64_t> sums(lanes);
    std::vector<double> values;
    for (std::size_t b = begin; b < end; ++b) {
      const std::size_t at = b - begin;
      if (drawn[lanes * block_size + at] == 0 || left[lanes * block_size + at] == 0) continue;
      detail::copy_lanes(drawn, at, sums);
      detail::values_of(rows, value, sums, values);
      const auto winner = race.best(values);
      if (!winner) continue;
      detail::copy_lanes(left, at, sums);
      detail::values_of(rows, value, sums, values);
      excess[b] = race.excess(values, *winner).value();
      if (detail::is_finite(excess[b])) chosen[b] = winner;
    }
  });

  strict sum = 0;
  for (std::size_t b = 0; b < out.replicates; ++b) {
    if (!chosen[b]) {
      ++out.invalid;
      continue;
    }
    ++out.wins[*chosen[b]];
    sum += excess[b];
  }
  if (race.candidates.size() == 1) {
    out.corrected = out.naive;
    out.monte_carlo_error = 0;
    return out;
  }
  if (out.invalid == out.replicates) return out;
  const strict valid = detail::real(out.replicates - out.invalid);
  const strict mean = sum / valid;
  strict squares = 0;
  for (std::size_t b = 0; b < out.replicates; ++b)
    if (chosen[b]) squares += (excess[b] - mean) * (excess[b] - mean);
  out.corrected = (out.naive - race.excess(out.values, *out.best) + mean).value();
  out.monte_carlo_error = (sqrt(squares) / valid).value();
  return out;
}

/// The same by a matrix of scores, whose value is the mean.
template <executor Executor>
checkpoint_choice choose_checkpoint(const Executor& run_on, const checkpoint_scores& scores,
                                    const checkpoint_options& options = {}) {
  return choose_checkpoint(run_on, scores.rows, scores, options);
}

}  // namespace evalpp::inline EVALPP_ABI::stats
