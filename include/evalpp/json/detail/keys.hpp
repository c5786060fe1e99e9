// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/storage.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The members of an object as the parser keeps them: key, value, key, value. Eight bytes can be read
/// from the beginning of every key.
struct member_nodes {
  const node* first = nullptr;
  std::size_t count = 0;
  const char* bytes = nullptr;

  std::string_view key(std::size_t i) const { return {bytes + first[2 * i].where, first[2 * i].size()}; }
};

/// Tells whether an object has a key twice. Equal keys are found by a hash of their first and last bytes
/// and their length; where that takes more steps than it should, because the keys were chosen to
/// collide, they are sorted.
class key_set {
 public:
  /// True when all keys are different. False when two are equal, or when that is not clear quickly.
  bool surely_distinct(const member_nodes& members) {
    if (members.count < 2) return true;
    if (members.count == 2) {
      return members.first[0].tag != members.first[2].tag || members.key(0) != members.key(1);
    }
    if (members.count > most) return false;
    const int width = static_cast<int>(std::bit_width(8 * members.count));
    next_round(std::size_t{1} << width);
    slot* const slots = slots_.data();
    const std::size_t last = (std::size_t{1} << width) - 1;
    const int shift = 64 - width;
    std::size_t steps = members.count;  // those beyond the first for each key
    for (std::size_t i = 0; i < members.count; ++i) {
      const node key = members.first[2 * i];
      std::size_t at = static_cast<std::size_t>(hash(members.bytes + key.where, key.size()) >> shift);
      for (; slots[at].round == round_; at = (at + 1) & last) {
        const node other = members.first[2 * std::size_t{slots[at].member}];
        if (key.tag == other.tag && members.key(i) == members.key(slots[at].member)) return false;
        if (steps-- == 0) return false;
      }
      slots[at] = {round_, static_cast<std::uint32_t>(i)};
    }
    return true;
  }

  /// The members in the order of their keys, equal ones in the order of the text.
  const std::vector<std::size_t>& sorted(const member_nodes& members) {
    order_.resize(members.count);
    for (std::size_t i = 0; i < members.count; ++i) order_[i] = i;
    std::sort(order_.begin(), order_.end(), [&members](std::size_t a, std::size_t b) {
      const int compared = members.key(a).compare(members.key(b));
      return compared != 0 ? compared < 0 : a < b;
    });
    return order_;
  }

 private:
  static constexpr std::size_t most = 0xFFFFFFF;  // what a slot can number

  /// A slot is in use when its round is that of the object at hand, so that none needs clearing.
  struct slot {
    std::uint32_t round = 0;
    std::uint32_t member = 0;
  };

  static std::uint64_t hash(const char* key, std::size_t size) noexcept {
    static constexpr std::array<std::uint64_t, 9> within = [] {
      std::array<std::uint64_t, 9> masks{};
      for (std::size_t i = 1; i < 9; ++i) masks[i] = masks[i - 1] << 8 | 0xFF;
      return masks;
    }();
    const std::uint64_t mask = within[(std::min)(size, std::size_t{8})];
    const std::uint64_t head = load8(key) & mask;
    const std::uint64_t tail = load8(key + (size > 8 ? size - 8 : 0)) & mask;
    return ((head ^ size) * 0x9E3779B97F4A7C15u + tail) * 0xD6E8FEB86659FD93u;
  }

  void next_round(std::size_t size) {
    if (slots_.size() < size) {
      slots_.assign(size, slot{});
      round_ = 0;
    }
    if (++round_ == 0) {
      std::fill(slots_.begin(), slots_.end(), slot{});
      round_ = 1;
    }
  }

  std::vector<slot> slots_;
  std::uint32_t round_ = 0;
  std::vector<std::size_t> order_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
