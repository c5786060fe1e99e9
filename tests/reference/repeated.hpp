// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace reference {

/// What a weight per item means: the items again, each in its place as often as it counts. An item
/// is `width` values wide.
template <class T>
std::vector<T> repeated(const std::vector<T>& values, std::span<const std::uint32_t> weights,
                        std::size_t width = 1) {
  std::vector<T> out;
  for (std::size_t i = 0; i < weights.size(); ++i)
    for (std::uint32_t k = 0; k < weights[i]; ++k)
      for (std::size_t j = 0; j < width; ++j) out.push_back(values[i * width + j]);
  return out;
}

}  // namespace reference
