// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/executor.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/detail/wrap.hpp>
#include <evalpp/stats/detail/add_replicates.hpp>
#include <evalpp/stats/poisson_weights.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats {

/// The sums of rows of statistics in each of many bootstrap replicates: what an interval is made of.
///
///     evalpp::stats::replicate_sums sums(lanes, 10'240, seed);
///     sums.add(keys, rows);                         // in any order, in any number of parts
///     sums.sum(replicate, lane);
///
/// Exact integers, modulo 2^64: the same bits whatever the order of the rows, the number of threads or ranks
/// and the instruction set. Rows are read once and not kept; parts merge by `+=`, so a saved object of
/// 8 bytes per lane and replicate stands for a run whose rows are gone. Examples are drawn by key (see
/// `resampling_key`): rows with equal keys are drawn together, as a cluster.
///
/// `Weights` says how often each replicate draws an example: `poisson_weights`, or `fair_bits` for the
/// examples that a randomization test exchanges.
///
/// O(rows * lanes * replicates), about half a nanosecond for each.
template <class Weights>
class basic_replicate_sums {
 public:
  /// The number of replicates is rounded up to whole blocks of 256.
  basic_replicate_sums(std::size_t lanes, std::size_t replicates, std::uint64_t seed)
      : lanes_(lanes), blocks_((replicates + block_size - 1) / block_size), seed_(seed) {
    sums_.resize(blocks_ * (lanes_ + 1) * block_size);
  }

  std::size_t lanes() const noexcept { return lanes_; }
  std::size_t replicates() const noexcept { return blocks_ * block_size; }
  std::uint64_t seed() const noexcept { return seed_; }

  /// Adds rows of `lanes()` numbers, one row for each key.
  template <executor Executor>
  void add(const Executor& run_on, std::span<const std::uint64_t> keys, std::span<const std::int64_t> rows) {
    const Weights weights(seed_);
    const detail::lane_block all[] = {{rows, lanes_}};
    const std::size_t n = lanes_ == 0 ? keys.size() : (std::min)(keys.size(), rows.size() / lanes_);
    run_on.for_chunks(replicates(), [&](std::size_t begin, std::size_t end, std::size_t) {
      for (std::size_t block = begin / block_size; block < end / block_size; ++block)
        detail::add_rows(weights, block, n, keys.data(), all,
                         sums_.data() + block * (lanes_ + 1) * block_size);
    });
  }
  void add(std::span<const std::uint64_t> keys, std::span<const std::int64_t> rows) { add(seq, keys, rows); }

  /// The sum of one lane in one replicate.
  std::int64_t sum(std::size_t replicate, std::size_t lane) const noexcept {
    return static_cast<std::int64_t>(
        sums_[(replicate / block_size * (lanes_ + 1) + lane) * block_size + replicate % block_size]);
  }
  /// How many rows it drew; a replicate that drew none has no value.
  std::int64_t drawn(std::size_t replicate) const noexcept { return sum(replicate, lanes_); }
  /// All lanes of one replicate, into `row`, which has room for them.
  void copy_row(std::size_t replicate, std::int64_t* row) const noexcept {
    for (std::size_t k = 0; k < lanes_; ++k) row[k] = sum(replicate, k);
  }

  /// Adds the sums over other rows. Refuses sums of another shape or seed, and then changes nothing.
  status merge(const basic_replicate_sums& other) {
    if (other.lanes_ != lanes_ || other.blocks_ != blocks_ || other.seed_ != seed_)
      return error{error_code::mismatch, "replicates of another number, width or seed cannot be merged",
                   "resample both with the same options"};
    for (std::size_t i = 0; i < sums_.size(); ++i) sums_[i] += other.sums_[i];
    return std::monostate{};
  }

  bool operator==(const basic_replicate_sums&) const = default;

 private:
  static constexpr std::size_t block_size = Weights::block_size;
  static_assert(chunk_size == block_size, "one chunk of work is one block");

  std::size_t lanes_;
  std::size_t blocks_;
  std::uint64_t seed_;
  std::vector<std::uint64_t> sums_;  // by block, lane (the last one counts rows), replicate within the block
};

/// The sums of the keyed Poisson bootstrap.
using replicate_sums = basic_replicate_sums<poisson_weights>;

}  // namespace evalpp::inline EVALPP_ABI::stats
