// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/stats/bootstrap.hpp>
#include <evalpp/stats/detail/multinomial_block.hpp>
#include <evalpp/stats/leave_one_out.hpp>
#include <evalpp/stats/resampling_rows.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

namespace detail {

// A distribution that knows all but its replicates.
template <class Value>
bootstrap_distribution begin_replicates(const resampling_rows& rows, const Value& value,
                                        const resampling_options& options) {
  const std::vector<std::int64_t> total = rows.total();
  bootstrap_distribution out;
  out.estimate = value(std::span<const std::int64_t>(total));
  out.units = rows.size();
  out.replicates.assign(replicate_count(options, rows.size()), no_value);
  return out;
}

// Fills the replicates of a distribution: `add_rows(block)` adds the rows that every replicate draws from.
template <executor Executor, class Add, class Value>
void draw_replicates(const Executor& run_on, bootstrap_distribution& out, std::uint64_t seed,
                     std::size_t lanes, const Add& add_rows, const Value& value) {
  static_assert(chunk_size == multinomial_block::size, "one chunk of work is one block");
  if (out.units == 0) return;
  run_on.for_chunks(out.replicates.size(), [&](std::size_t first, std::size_t, std::size_t) {
    multinomial_block block(seed, first, lanes);
    add_rows(block);
    std::vector<std::int64_t> sum(lanes);
    for (std::size_t b = 0; b < multinomial_block::size; ++b) {
      block.copy_sum(b, sum.data());
      out.replicates[first + b] = value(std::span<const std::int64_t>(sum));
    }
  });
}

}  // namespace detail

/// The textbook bootstrap (Efron 1979): every replicate draws as many units as there are, with replacement.
/// For those who must match it; the default is `bootstrap`, whose Poisson weights go by key instead of place.
/// Both give intervals within a point of coverage of each other; these are narrower by 0.065, 0.023 and 0.01
/// standard errors a side for 20, 50 and 200 units.
///
/// It has to know n beforehand, so it neither streams nor merges, and systems are paired only when their
/// units lie in the same order. The same bits for any executor. Fewer than 2^32 units.
/// O(units * lanes * replicates), about 2 nanoseconds for each unit and replicate and then half of one for
/// each lane, and 256 bytes for each unit and worker.
template <executor Executor, class Value>
bootstrap_distribution multinomial_bootstrap(const Executor& run_on, const resampling_rows& rows,
                                             const Value& value, const resampling_options& options = {}) {
  bootstrap_distribution out = detail::begin_replicates(rows, value, options);
  const auto all = [&](detail::multinomial_block& block) { block.add(rows.values.data(), rows.size()); };
  detail::draw_replicates(run_on, out, options.seed, rows.lanes, all, value);
  detail::finish(out, jackknife_of(leave_one_out(run_on, rows, value)));
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::stats
