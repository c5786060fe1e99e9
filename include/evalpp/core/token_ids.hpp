// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>
#include <span>

namespace evalpp::inline EVALPP_ABI {

/// A sequence of tokens as every metric over tokens sees it: 32-bit ids of the dictionary that
/// belongs to the example's references. Ids of reference tokens are 1..vocabulary; a hypothesis
/// token that has no such id is `unknown_token`. A view: the encoder owns the memory.
struct token_ids {
  std::span<const std::uint32_t> ids = {};
  /// `line_ends[k]` = number of tokens up to the end of line k, for tokenizers that keep lines.
  std::span<const std::uint32_t> line_ends = {};

  std::size_t size() const noexcept { return ids.size(); }
  bool empty() const noexcept { return ids.empty(); }
};

inline constexpr std::uint32_t unknown_token = 0;

}  // namespace evalpp::inline EVALPP_ABI
