// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Which of the 64 reference words from `first` on are `id`.
inline std::uint64_t match_bits(const encoded_reference& reference, std::uint32_t id, std::size_t first) {
  if (reference.masks.has_rows()) {
    const std::uint64_t* const masks = reference.masks.row(id);
    const std::size_t word = first / 64, bit = first % 64;
    if (bit == 0) return masks[word];
    const std::uint64_t high = word + 1 < reference.masks.words() ? masks[word + 1] << (64 - bit) : 0;
    return masks[word] >> bit | high;
  }
  if (id == unknown_token) return 0;
  const std::uint32_t* const words = reference.ids.data() + first;
  const std::size_t count = std::min<std::size_t>(64, reference.size() - first);
  std::uint64_t bits = 0;
  for (std::size_t k = 0; k < count; ++k) bits |= std::uint64_t{words[k] == id} << k;
  return bits;
}

/// The edits that no order of the hypothesis words saves: as many as the longer side has words that
/// find no equal one on the other side.
class least_edits {
 public:
  std::int64_t operator()(std::span<const std::uint32_t> hypothesis, const encoded_reference& reference) {
    return static_cast<std::int64_t>((std::max)(hypothesis.size(), reference.size()) -
                                     common(hypothesis, reference));
  }

 private:
  std::size_t common(std::span<const std::uint32_t> hypothesis, const encoded_reference& reference) {
    std::size_t found = 0;
    if (reference.size() <= 64) {
      std::uint64_t left = ~std::uint64_t{0};
      for (const std::uint32_t id : hypothesis) {
        const std::uint64_t places = *reference.masks.row(id) & left;
        left ^= places & (0 - places);
        found += places != 0;
      }
      return found;
    }
    left_.assign(*std::max_element(reference.ids.begin(), reference.ids.end()) + std::size_t{1}, 0);
    for (const std::uint32_t id : reference.ids) ++left_[id];
    for (const std::uint32_t id : hypothesis) {
      if (id >= left_.size() || left_[id] == 0) continue;
      --left_[id];
      ++found;
    }
    return found;
  }

  std::vector<std::uint32_t> left_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
