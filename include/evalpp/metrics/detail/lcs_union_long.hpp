// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/metrics/detail/lcs_carry.hpp>
#include <evalpp/metrics/detail/lcs_lines.hpp>
#include <evalpp/metrics/detail/lcs_occurrences.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

struct long_union_lcs_scratch {
  token_occurrences occurrences;
  std::vector<std::uint64_t> column, columns, line_tops, checkpoints;
  std::vector<std::uint32_t> trace, left;
};

/// The union LCS of lcs_union.hpp for lines of any length. All lines of the reference share one
/// column of many words, of which a step touches few.
class long_union_lcs {
 public:
  long_union_lcs(const token_ids& hypothesis, const token_ids& reference, std::uint32_t vocabulary,
                 long_union_lcs_scratch& scratch)
      : hypothesis_(hypothesis),
        reference_(reference),
        scratch_(scratch),
        words_((reference.size() + 63) / 64) {
    scratch.occurrences.build(reference.ids, vocabulary);
    scratch.line_tops.assign(words_, 0);
    for_each_line(reference, [&](std::uint32_t, std::uint32_t end) {
      scratch.line_tops[(end - 1) / 64] |= std::uint64_t{1} << ((end - 1) % 64);
    });
    scratch.column.resize(words_);
  }

  /// Sets the bits of the positions that are taken.
  void mark(std::span<std::uint64_t> taken) {
    for_each_line(hypothesis_, [&](std::uint32_t begin, std::uint32_t end) { mark(begin, end, taken); });
  }

 private:
  static constexpr std::size_t words_kept = std::size_t{1} << 16;  // half a megabyte of columns

  /// Adds the positions that the line [begin, end) of the hypothesis takes in every line of the
  /// reference. Forward, a column is kept every `stride` tokens; backward, the columns of one
  /// stride are recomputed at a time: O(words * sqrt(tokens)) memory for any line.
  void mark(std::uint32_t begin, std::uint32_t end, std::span<std::uint64_t> taken) {
    const auto root = static_cast<std::size_t>(std::sqrt(static_cast<double>(end - begin)));
    const std::size_t stride = (std::max)({words_kept / words_, root, std::size_t{1}});
    std::fill(scratch_.column.begin(), scratch_.column.end(), ~std::uint64_t{0});
    scratch_.checkpoints.clear();
    std::size_t last = begin;  // where the last block begins
    for (; end - last > stride; last += stride) {
      keep_checkpoint();
      for (std::size_t j = last; j < last + stride; ++j) step(hypothesis_.ids[j]);
    }
    keep_checkpoint();

    for (std::size_t block = last, block_end = end;; block_end = block, block -= stride) {
      restore_checkpoint();
      store_columns(block, block_end);
      if (block_end == end) open_traces();
      for (std::size_t line = 0; line < scratch_.trace.size(); ++line) trace(line, block, block_end, taken);
      if (block == begin) break;
    }
  }

  void keep_checkpoint() {
    scratch_.checkpoints.insert(scratch_.checkpoints.end(), scratch_.column.begin(), scratch_.column.end());
  }
  void restore_checkpoint() {
    const std::size_t rest = scratch_.checkpoints.size() - words_;
    std::copy_n(scratch_.checkpoints.begin() + static_cast<std::ptrdiff_t>(rest), words_,
                scratch_.column.begin());
    scratch_.checkpoints.resize(rest);
  }

  /// The recurrence with the tops of lines left out of the sum. Only words with a match, or that a
  /// carry reaches, can change, and a carry ends at the first zero: most steps touch few words.
  void step(std::uint32_t id) {
    std::uint64_t* const column = scratch_.column.data();
    const std::uint64_t* const tops = scratch_.line_tops.data();
    std::uint8_t carry = 0;
    std::size_t w = 0;
    const auto carry_on = [&](std::size_t end) {
      for (; carry != 0 && w < end; ++w) column[w] |= add_with_carry(column[w] & ~tops[w], 0, carry);
    };
    for (const token_occurrences::entry& match : scratch_.occurrences[id]) {
      carry_on(match.word);
      w = match.word;
      const std::uint64_t s = column[w];
      column[w] = add_with_carry(s & ~tops[w], s & match.bits & ~tops[w], carry) | (s & ~match.bits);
      ++w;
    }
    carry_on(words_);
  }

  /// X_j of tokens [begin, end), starting from the current column.
  void store_columns(std::size_t begin, std::size_t end) {
    scratch_.columns.resize((end - begin) * words_);
    std::uint64_t* x = scratch_.columns.data();
    for (std::size_t j = begin; j < end; ++j, x += words_) {
      step(hypothesis_.ids[j]);
      for (std::size_t w = 0; w < words_; ++w) x[w] = ~scratch_.column[w];
      for (const token_occurrences::entry& match : scratch_.occurrences[hypothesis_.ids[j]])
        x[match.word] |= match.bits;
    }
  }

  /// Starts the trace of every line of the reference at its end, with the length of its LCS.
  void open_traces() {
    scratch_.trace.clear();
    scratch_.left.clear();
    for_each_line(reference_, [&](std::uint32_t begin, std::uint32_t end) {
      scratch_.trace.push_back(end);
      scratch_.left.push_back(zeros(begin, end));
    });
  }

  /// The zeros of the current column in [begin, end).
  std::uint32_t zeros(std::size_t begin, std::size_t end) const {
    std::int32_t count = 0;
    for (std::size_t w = begin / 64; w <= (end - 1) / 64; ++w) {
      std::uint64_t word = ~scratch_.column[w];
      if (w == begin / 64) word &= ~std::uint64_t{0} << (begin % 64);
      if (w == (end - 1) / 64) word &= ~std::uint64_t{0} >> (63 - (end - 1) % 64);
      count += std::popcount(word);
    }
    return static_cast<std::uint32_t>(count);
  }

  /// Carries on the trace of one line of the reference through the stored columns.
  void trace(std::size_t line, std::size_t block, std::size_t block_end, std::span<std::uint64_t> taken) {
    std::uint32_t left = scratch_.left[line];
    std::size_t i = scratch_.trace[line];  // positions below i are open
    for (std::size_t j = block_end; left > 0 && j-- > block;) {
      const std::uint64_t* const x = scratch_.columns.data() + (j - block) * words_;
      // While a part of the common subsequence is left X has a bit below i in the line.
      std::size_t w = (i - 1) / 64;
      std::uint64_t word = x[w] & (~std::uint64_t{0} >> (63 - (i - 1) % 64));
      while (word == 0) word = x[--w];
      i = w * 64 + 64 - static_cast<std::size_t>(std::countl_zero(word));
      if (reference_.ids[i - 1] == hypothesis_.ids[j]) {
        --i;
        --left;
        taken[i / 64] |= std::uint64_t{1} << (i % 64);
      }
    }
    scratch_.trace[line] = static_cast<std::uint32_t>(i);
    scratch_.left[line] = left;
  }

  token_ids hypothesis_, reference_;
  long_union_lcs_scratch& scratch_;
  std::size_t words_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
