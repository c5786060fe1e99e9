// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/clear_blocks.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// For each token id, the set of reference positions that hold it, one bit per position.
///
/// The one structure from which n-gram overlap, longest common subsequence and edit distance are
/// all counted, 64 positions per machine word: bit `i % 64` of word `i / 64` of `row(id)` is set
/// when `reference[i] == id`. Building is O(vocabulary * words + length). Beyond `max_length` no
/// rows are kept, because they would need length * vocabulary bits: kernels then build the masks
/// of one strip of the reference at a time.
class match_masks {
 public:
  static constexpr std::size_t max_length = 512;
  static constexpr std::size_t word_bits = 64;

  /// Ids must lie in 1..vocabulary. Reuses its memory.
  void build(std::span<const std::uint32_t> reference, std::uint32_t vocabulary) {
    length_ = reference.size();
    words_ = (length_ + word_bits - 1) / word_bits;
    if (!has_rows()) return;
    const std::size_t cleared = (std::size_t{vocabulary} + 1) * words_;
    if (rows_.size() < cleared + slack) rows_.resize(cleared + slack);
    detail::clear_blocks(rows_.data(), cleared * sizeof rows_[0]);
    std::uint64_t* const rows = rows_.data();
    const std::size_t words = words_, length = length_;  // the stores might change the members
    for (std::size_t i = 0; i < length; ++i)
      rows[reference[i] * words + i / word_bits] |= std::uint64_t{1} << (i % word_bits);
  }

  std::size_t length() const noexcept { return length_; }
  /// Words per row; 0 for an empty reference.
  std::size_t words() const noexcept { return words_; }
  bool has_rows() const noexcept { return length_ <= max_length; }

  /// The positions of `id`; all zero for `unknown_token`. Needs `has_rows()`.
  const std::uint64_t* row(std::uint32_t id) const noexcept { return rows_.data() + id * words_; }

 private:
  static constexpr std::size_t slack = detail::clear_block / sizeof(std::uint64_t);

  std::size_t length_ = 0;
  std::size_t words_ = 0;
  std::vector<std::uint64_t> rows_;
};

}  // namespace evalpp::inline EVALPP_ABI
