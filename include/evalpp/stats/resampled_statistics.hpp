// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace evalpp::inline EVALPP_ABI::stats {

/// Statistics that are resampled together with others: the lanes of every unit, and `values(lanes, out)`,
/// which writes the numbers that summed statistics are worth, a pure function that threads may call at once.
/// A view of both.
class resampled_statistics {
 public:
  /// `count` numbers are made of the sums.
  template <class Values>
  resampled_statistics(std::span<const std::int64_t> rows, std::size_t lanes, std::size_t count,
                       const Values& values) noexcept
      : rows_(rows),
        lanes_(lanes),
        count_(count),
        values_(&values),
        call_([](const void* f, std::span<const std::int64_t> sums, std::span<double> out) {
          (*static_cast<const Values*>(f))(sums, out);
        }) {}

  std::span<const std::int64_t> rows() const noexcept { return rows_; }
  std::size_t lanes() const noexcept { return lanes_; }
  std::size_t count() const noexcept { return count_; }
  void values(std::span<const std::int64_t> sums, std::span<double> out) const { call_(values_, sums, out); }

 private:
  std::span<const std::int64_t> rows_;
  std::size_t lanes_, count_;
  const void* values_;
  void (*call_)(const void*, std::span<const std::int64_t>, std::span<double>);
};

}  // namespace evalpp::inline EVALPP_ABI::stats
