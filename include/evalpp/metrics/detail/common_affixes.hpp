// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <cstddef>
#include <span>

namespace evalpp::inline EVALPP_ABI::detail {

/// How much two sequences begin with alike, and how much of the rest they end with: in no edit of fewest.
struct common_affixes {
  std::size_t prefix = 0, suffix = 0;

  template <class T>
  common_affixes(std::span<const T> a, std::span<const T> b) {
    const std::size_t shorter = (std::min)(a.size(), b.size());
    while (prefix < shorter && a[prefix] == b[prefix]) ++prefix;
    while (suffix < shorter - prefix && a[a.size() - 1 - suffix] == b[b.size() - 1 - suffix]) ++suffix;
  }

  /// What is left of either.
  template <class T>
  std::span<const T> inside(std::span<const T> sequence) const {
    return sequence.subspan(prefix, sequence.size() - prefix - suffix);
  }
};

}  // namespace evalpp::inline EVALPP_ABI::detail
