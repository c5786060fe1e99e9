// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Numbers the different symbols (code points, word ids) of one text 1, 2, 3, ... by first use.
///
/// A two-level array and no hash: exact, two loads per look-up whatever the text, and emptied in
/// time proportional to what it holds. Pages are allocated when first touched and kept, 1 KB per
/// 256 code points in use, 4.5 MB if a program meets every page of Unicode.
class symbol_index {
 public:
  /// The number of `symbol`, or 0 when it has none.
  std::uint32_t find(std::uint32_t symbol) const noexcept {
    const std::size_t page = symbol / page_size;
    return page < pages_.size() ? slots_[pages_[page] + symbol % page_size] : 0;
  }

  /// The number of `symbol`, the next free one when it has none.
  std::uint32_t insert(std::uint32_t symbol) {
    if (symbol / page_size >= pages_.size()) pages_.resize(symbol / page_size + 1, 0);
    std::size_t& page = pages_[symbol / page_size];
    if (page == 0) {
      page = slots_.size();
      slots_.resize(slots_.size() + page_size, 0);
    }
    std::uint32_t& slot = slots_[page + symbol % page_size];
    if (slot == 0) {
      symbols_.push_back(symbol);
      slot = size();
    }
    return slot;
  }

  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(symbols_.size()); }

  void clear() noexcept {
    for (const std::uint32_t symbol : symbols_) slots_[pages_[symbol / page_size] + symbol % page_size] = 0;
    symbols_.clear();
  }

 private:
  static constexpr std::uint32_t page_size = 256;

  std::vector<std::size_t> pages_;  // where each page begins in slots_; 0 is the page that stays empty
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(page_size, 0);
  std::vector<std::uint32_t> symbols_;
};

/// For each symbol of a text of at most `max_length` symbols, the positions that hold it, one bit
/// each, in rows of `words()` words. ASCII symbols are their own row, so that the common case needs
/// no look-up at all.
class symbol_masks {
 public:
  static constexpr std::size_t max_length = 512;

  /// `words` is the width of a row: at least length / 64, rounded up. Reuses its memory.
  void build(std::span<const std::uint32_t> text, std::size_t words) {
    index_.clear();
    rows_.assign((direct + 1) * words, 0);
    for (std::size_t i = 0; i < text.size(); ++i) {
      std::size_t row = text[i];
      if (row >= direct) {
        row = direct + index_.insert(text[i]);
        if (row * words == rows_.size()) rows_.resize(rows_.size() + words, 0);
      }
      rows_[row * words + i / 64] |= std::uint64_t{1} << (i % 64);
    }
  }

  /// A copy of the addresses, which a kernel keeps in registers.
  struct view {
    const std::uint64_t* rows;
    const symbol_index* index;

    /// The positions of `symbol`, all zero when the text does not have it.
    const std::uint64_t* row(std::uint32_t symbol, std::size_t words) const noexcept {
      const std::size_t at = symbol < direct ? symbol : direct + index->find(symbol);
      return rows + at * words;
    }
  };
  view rows() const noexcept { return {rows_.data(), &index_}; }

 private:
  static constexpr std::uint32_t direct = 128;  // row 128 is that of no symbol

  symbol_index index_;
  std::vector<std::uint64_t> rows_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
