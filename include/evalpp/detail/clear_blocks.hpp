// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstring>

namespace evalpp::inline EVALPP_ABI::detail {

inline constexpr std::size_t clear_block = 64;

/// Clears `bytes` bytes, rounded up to whole blocks of 64 for which there must be room. For tables that
/// are cleared for every example and mostly short: `memset` branches on their size, which cannot be
/// predicted, and for a size it knows g++ writes `rep stos`, which starts slowly.
inline void clear_blocks(void* first, std::size_t bytes) noexcept {
  if (bytes > 8 * clear_block) {
    std::memset(first, 0, bytes);
    return;
  }
  char* const at = static_cast<char*>(first);
  for (std::size_t done = 0; done < bytes; done += clear_block) std::memset(at + done, 0, clear_block);
}

}  // namespace evalpp::inline EVALPP_ABI::detail
