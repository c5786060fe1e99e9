// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Numbers by the hash of something that the caller keeps and compares. Open addressing, never more than half
/// full.
class hash_index {
 public:
  static constexpr std::uint32_t nothing = 0xFFFFFFFFU;

  void insert(std::uint64_t hash, std::uint32_t number) {
    if (2 * (count_ + 1) > slots_.size()) grow();
    place({hash, number});
    ++count_;
  }

  /// The first number with this hash for which `same(number)` holds, in the order of insertion; else
  /// `nothing`.
  template <class Same>
  std::uint32_t find(std::uint64_t hash, Same same) const {
    if (slots_.empty()) return nothing;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t at = static_cast<std::size_t>(hash) & mask; slots_[at].number != nothing;
         at = (at + 1) & mask) {
      if (slots_[at].hash == hash && same(slots_[at].number)) return slots_[at].number;
    }
    return nothing;
  }

 private:
  struct slot {
    std::uint64_t hash = 0;
    std::uint32_t number = nothing;
  };

  void place(slot entry) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = static_cast<std::size_t>(entry.hash) & mask;
    while (slots_[at].number != nothing) at = (at + 1) & mask;
    slots_[at] = entry;
  }
  void grow() {
    std::vector<slot> old(slots_.empty() ? 16 : 2 * slots_.size());
    old.swap(slots_);
    for (const slot& entry : old) {
      if (entry.number != nothing) place(entry);
    }
  }

  std::vector<slot> slots_;
  std::size_t count_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
