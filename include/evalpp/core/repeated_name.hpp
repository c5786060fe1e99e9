// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace evalpp::inline EVALPP_ABI {

/// Two equal ids, or names of keys, by their places.
struct repeated_name {
  std::size_t first;
  std::size_t again;
};

/// Where a name of `name_of(0)` .. `name_of(n - 1)` stands for the second time, the earliest such place;
/// nothing when all differ. O(n) expected, whatever the names.
template <class NameOf>
std::optional<repeated_name> find_repeated_name(std::size_t n, NameOf&& name_of) {
  dictionary<std::string_view> seen;
  seen.clear(n);
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t number = seen.insert(std::string_view(name_of(i)));
    if (number <= i) return repeated_name{number - std::size_t{1}, i};  // so far number k stands at k - 1
  }
  return std::nullopt;
}

}  // namespace evalpp::inline EVALPP_ABI
