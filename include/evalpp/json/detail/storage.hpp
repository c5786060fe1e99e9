// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// An allocator under which `resize` does not write what it makes room for.
template <class T>
struct uninitialised : std::allocator<T> {
  static_assert(std::is_trivially_default_constructible_v<T> && std::is_trivially_copyable_v<T>);
  template <class U>
  struct rebind {
    using other = uninitialised<U>;
  };
  uninitialised() = default;
  template <class U>
  uninitialised(const uninitialised<U>&) noexcept {}

  template <class U>
  void construct(U* place) noexcept {
    ::new (static_cast<void*>(place)) U;
  }
  template <class U, class... Arguments>
  void construct(U* place, Arguments&&... arguments) {
    ::new (static_cast<void*>(place)) U(std::forward<Arguments>(arguments)...);
  }
};

template <class T>
using buffer = std::vector<T, uninitialised<T>>;

/// Eight bytes as a number, the first one lowest.
inline std::uint64_t load8(const char* from) noexcept {
  std::uint64_t word;
  std::memcpy(&word, from, sizeof word);
  if constexpr (std::endian::native == std::endian::big) {
    std::uint64_t turned = 0;
    for (int i = 0; i < 8; ++i) turned = turned << 8 | (word >> 8 * i & 0xFF);
    word = turned;
  }
  return word;
}

/// Four bytes as a number, likewise.
constexpr std::uint32_t load4(const char* from) noexcept {
  std::uint32_t word = 0;
  for (int i = 3; i >= 0; --i) word = word << 8 | static_cast<unsigned char>(from[i]);
  return word;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
