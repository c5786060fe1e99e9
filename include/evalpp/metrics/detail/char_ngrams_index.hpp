// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
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

/// For each symbol of a text of at most 64 W symbols, the positions that hold it, one bit each, in
/// rows of W words. ASCII symbols are their own row, so that the common case needs no look-up at all.
/// A view, into the buffers of `symbol_masks`.
template <std::size_t W>
struct symbol_rows {
  static constexpr std::uint32_t direct = 128;  // row 128 is that of no symbol

  const std::uint64_t* rows;
  const symbol_index* index;

  /// The positions of `symbol`, all zero when the text does not have it.
  const std::uint64_t* operator[](std::uint32_t symbol) const noexcept {
    const std::size_t row = symbol < direct ? symbol : direct + index->find(symbol);
    return rows + row * W;
  }
};

/// What builds `symbol_rows` and keeps their memory.
class symbol_masks {
 public:
  static constexpr std::size_t max_length = 512;

  template <std::size_t W>
  symbol_rows<W> build(std::span<const std::uint32_t> text) {
    constexpr std::uint32_t direct = symbol_rows<W>::direct;
    index_.clear();
    if (rows_.size() < (direct + 1 + text.size()) * W) rows_.resize((direct + 1 + text.size()) * W);
    std::uint64_t* const rows = rows_.data();
    std::memset(rows, 0, (direct + 1) * W * sizeof *rows);
    for (std::size_t w = 0; w * 64 < text.size(); ++w) {
      std::uint64_t bit = 1;
      for (const std::uint32_t symbol :
           text.subspan(w * 64, std::min<std::size_t>(64, text.size() - w * 64))) {
        std::size_t row = symbol;
        if (symbol >= direct) {
          const std::uint32_t known = index_.size();
          row = direct + index_.insert(symbol);
          if (index_.size() != known) std::memset(rows + row * W, 0, W * sizeof *rows);
        }
        rows[row * W + w] |= bit;
        bit <<= 1;
      }
    }
    return {rows, &index_};
  }

 private:
  symbol_index index_;
  std::vector<std::uint64_t> rows_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
