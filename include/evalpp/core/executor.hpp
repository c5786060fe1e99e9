// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>

namespace evalpp::inline EVALPP_ABI {

/// How many examples one unit of work holds: small enough to stay in cache, large enough to share out.
inline constexpr std::size_t chunk_size = 256;

/// Runs `body(begin, end, worker)` over 0..n in chunks of `chunk_size`. Chunks may run in any order
/// and at once; `worker` < workers() names the one that runs it, and no two share a number at a time.
template <class E>
concept executor = requires(const E e, std::size_t n, void (*body)(std::size_t, std::size_t, std::size_t)) {
  { e.workers() } -> std::convertible_to<std::size_t>;
  e.for_chunks(n, body);
};

/// The executor that does one chunk after the other, in the calling thread.
struct sequential {
  std::size_t workers() const noexcept { return 1; }

  template <class Body>
  void for_chunks(std::size_t n, Body&& body) const {
    for (std::size_t begin = 0; begin < n; begin += chunk_size)
      body(begin, (std::min)(n, begin + chunk_size), std::size_t{0});
  }
};
inline constexpr sequential seq{};

}  // namespace evalpp::inline EVALPP_ABI
