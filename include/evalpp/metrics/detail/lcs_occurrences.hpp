// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Where each token of a long reference stands: only the words of its row that are not zero.
/// Memory and time to build are linear in the reference and the vocabulary, whatever the text.
class token_occurrences {
 public:
  struct entry {
    std::uint64_t bits;
    std::size_t word;
  };

  void build(std::span<const std::uint32_t> reference, std::uint32_t vocabulary) {
    words_ = (reference.size() + 63) / 64;
    // begin_[id + 1] counts the entries of id, then is their end, then, once filled, their start.
    begin_.assign(std::size_t{vocabulary} + 3, 0);
    newest_.assign(std::size_t{vocabulary} + 1, no_word);
    for (std::size_t i = 0; i < reference.size(); ++i) {
      std::size_t& word = newest_[reference[i]];
      begin_[reference[i] + 1] += word != i / 64;
      word = i / 64;
    }
    std::size_t total = 0;
    for (std::size_t& begin : begin_) begin = total += begin;
    entries_.resize(total);
    newest_.assign(newest_.size(), no_word);
    for (std::size_t i = reference.size(); i-- > 0;) {
      const std::uint32_t id = reference[i];
      std::size_t& begin = begin_[id + 1];
      if (newest_[id] != i / 64) {
        newest_[id] = i / 64;
        entries_[--begin] = {0, i / 64};
      }
      entries_[begin].bits |= std::uint64_t{1} << (i % 64);
    }
  }

  std::size_t words() const noexcept { return words_; }

  /// The entries of `id`, by word; none for `unknown_token`.
  std::span<const entry> operator[](std::uint32_t id) const noexcept {
    return {entries_.data() + begin_[id + 1], begin_[id + 2] - begin_[id + 1]};
  }

 private:
  static constexpr std::size_t no_word = SIZE_MAX;

  std::size_t words_ = 0;
  std::vector<std::size_t> begin_, newest_;
  std::vector<entry> entries_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
