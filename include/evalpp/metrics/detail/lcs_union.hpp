// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/lcs.hpp>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// The union LCS of ROUGE-Lsum: for each line of the reference, the union over the lines of the
// hypothesis of the positions that one longest common subsequence takes, and of those positions as
// many as the hypothesis has tokens for.
//
// Which LCS is taken changes the number, so the trace of the ROUGE tools is followed exactly. It
// needs no table, only the columns: with S_j the column after j hypothesis tokens and P_j the
// matches of token j, the trace stands at (i, j), takes the match if P_j holds i, drops token j if
// S_j has a 0 at i, and else drops i. So from all positions that are left it moves at once to the
// highest bit of X_j = ~S_j | P_j.
//
// All lines of the reference share one column, with carries cut at the ends of lines.
namespace evalpp::inline EVALPP_ABI::detail {

struct lcs_union_scratch {
  std::vector<std::uint64_t> columns;  // one X per hypothesis token of a block
  // For references of more than 64 tokens:
  token_occurrences occurrences;
  std::vector<std::uint64_t> column, line_tops, checkpoints, taken;
  std::vector<std::uint32_t> trace, left, counts;
};

/// Calls `visit(begin, end)` for every line that has tokens. Without line ends, all is one line.
template <class Visit>
void for_each_line(const token_ids& tokens, Visit visit) {
  std::uint32_t begin = 0;
  for (const std::uint32_t end : tokens.line_ends) {
    if (end > begin) visit(begin, end);
    begin = end;
  }
  const auto size = static_cast<std::uint32_t>(tokens.size());
  if (size > begin) visit(begin, size);
}

/// References of up to 64 tokens: columns are words.
inline std::size_t union_lcs_hits_in_words(const token_ids& hypothesis, const encoded_reference& reference,
                                           lcs_union_scratch& scratch) {
  std::uint64_t tops = 0;  // the last position of each line
  for_each_line(reference.tokens(),
                [&](std::uint32_t, std::uint32_t end) { tops |= std::uint64_t{1} << (end - 1); });

  scratch.columns.resize(hypothesis.size());
  std::uint64_t* const columns = scratch.columns.data();
  std::uint64_t taken = 0;
  for_each_line(hypothesis, [&](std::uint32_t begin, std::uint32_t end) {
    std::uint64_t s = ~std::uint64_t{0};
    for (std::uint32_t j = begin; j < end; ++j) {
      const std::uint64_t match = *reference.masks.row(hypothesis.ids[j]);
      // Without the tops in the sum no carry leaves a line; their own bit is in `s & ~match` or
      // becomes the carry that arrives.
      s = ((s & ~tops) + (s & match & ~tops)) | (s & ~match);
      columns[j] = ~s;
    }
    for (std::uint64_t rest = tops, below = 0; rest != 0; rest &= rest - 1) {
      const std::uint64_t upto = (rest & (~rest + 1)) * 2 - 1;
      std::uint64_t open = upto & ~below;  // positions the trace has not passed
      below = upto;
      std::int32_t length = std::popcount(columns[end - 1] & open);
      for (std::uint32_t j = end; length > 0;) {
        --j;
        const std::uint64_t match = *reference.masks.row(hypothesis.ids[j]);
        // Not empty while a part of the common subsequence is still to come.
        const std::uint64_t candidates = (columns[j] | match) & open;
        const std::uint64_t highest = std::bit_floor(candidates);
        const std::uint64_t hit = highest & match;
        taken |= hit;
        length -= hit != 0;
        open &= (highest - 1) | (highest & ~hit);
      }
    }
  });

  std::uint64_t unused = taken;  // each hypothesis token uses up one taken position of its own kind
  for (const std::uint32_t id : hypothesis.ids) {
    const std::uint64_t match = *reference.masks.row(id) & unused;
    unused ^= match & (~match + 1);
  }
  return static_cast<std::size_t>(std::popcount(taken ^ unused));
}

/// References of any length.
class long_union_lcs {
 public:
  long_union_lcs(const token_ids& hypothesis, const token_ids& reference, std::uint32_t vocabulary,
                 lcs_union_scratch& scratch)
      : hypothesis_(hypothesis),
        reference_(reference),
        scratch_(scratch),
        words_((reference.size() + 63) / 64) {
    scratch.occurrences.build(reference.ids, vocabulary);
    scratch.line_tops.assign(words_, 0);
    for_each_line(reference, [&](std::uint32_t, std::uint32_t end) {
      scratch.line_tops[(end - 1) / 64] |= std::uint64_t{1} << ((end - 1) % 64);
    });
    scratch.taken.assign(words_, 0);
    scratch.column.resize(words_);
    for_each_line(hypothesis, [&](std::uint32_t begin, std::uint32_t end) { mark(begin, end); });
  }

  std::size_t hits(std::uint32_t vocabulary) const {
    std::vector<std::uint32_t>& counts = scratch_.counts;
    counts.assign(std::size_t{vocabulary} + 1, 0);
    for (std::size_t i = 0; i < reference_.size(); ++i)
      if ((scratch_.taken[i / 64] >> (i % 64) & 1) != 0) ++counts[reference_.ids[i]];
    std::size_t hits = 0;
    for (const std::uint32_t id : hypothesis_.ids)
      if (counts[id] > 0) {
        --counts[id];
        ++hits;
      }
    return hits;
  }

 private:
  static constexpr std::size_t words_kept = std::size_t{1} << 16;  // half a megabyte of columns

  /// Adds the positions that the line [begin, end) of the hypothesis takes in every line of the
  /// reference. Forward, a column is kept every `stride` tokens; backward, the columns of one
  /// stride are recomputed at a time: O(words * sqrt(tokens)) memory for any line.
  void mark(std::uint32_t begin, std::uint32_t end) {
    const auto root = static_cast<std::size_t>(std::sqrt(static_cast<double>(end - begin)));
    const std::size_t stride = std::max({words_kept / words_, root, std::size_t{1}});
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
      for (std::size_t line = 0; line < scratch_.trace.size(); ++line) trace(line, block, block_end);
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

  /// The recurrence with the tops of lines left out of the sum.
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
  void trace(std::size_t line, std::size_t block, std::size_t block_end) {
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
        scratch_.taken[i / 64] |= std::uint64_t{1} << (i % 64);
      }
    }
    scratch_.trace[line] = static_cast<std::uint32_t>(i);
    scratch_.left[line] = left;
  }

  token_ids hypothesis_, reference_;
  lcs_union_scratch& scratch_;
  std::size_t words_;
};

/// The hits of ROUGE-Lsum: over all lines of the reference, the positions in the union LCS with the
/// lines of the hypothesis, no token counted more often than the hypothesis holds it.
inline std::size_t union_lcs_hits(const token_ids& hypothesis, const encoded_reference& reference,
                                  std::uint32_t vocabulary, lcs_union_scratch& scratch) {
  if (hypothesis.empty() || reference.size() == 0) return 0;
  if (reference.size() <= 64) return union_lcs_hits_in_words(hypothesis, reference, scratch);
  return long_union_lcs(hypothesis, reference.tokens(), vocabulary, scratch).hits(vocabulary);
}

}  // namespace evalpp::inline EVALPP_ABI::detail
