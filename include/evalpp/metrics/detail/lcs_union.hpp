// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/lcs_lines.hpp>
#include <evalpp/metrics/detail/lcs_union_long.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// The union LCS of ROUGE-Lsum: for each line of the reference, the union over the lines of the
// hypothesis of the positions that one longest common subsequence takes, and of those positions as
// many as the hypothesis has tokens for.
//
// Which LCS is taken changes the number, so the trace of the ROUGE tools is followed exactly. It
// needs no table, only the columns: with S_j the column after j hypothesis tokens (see lcs.hpp) and
// P_j the matches of token j, the trace stands at (i, j), takes the match if P_j holds i, drops
// token j if S_j has a 0 at i, and else drops i. So from all positions that are left it moves at
// once to the highest bit of X_j = ~S_j | P_j.
//
// Several lines of the reference share a word of 64 positions, with carries cut at the ends of
// lines, and their traces run side by side.
namespace evalpp::inline EVALPP_ABI::detail {

/// Lines of the reference whose traces run side by side.
inline constexpr std::size_t lines_at_once = 4;

/// The traces of `lines_at_once` lines of the reference through the columns of one line of the hypothesis,
/// from its end. `open` holds the positions of each line; returns those that are taken. When no
/// part of the common subsequence is left, no match is open either, and the trace takes no more.
inline std::uint64_t trace_lcs(std::span<const std::uint64_t> matches, const std::uint64_t* columns,
                               const std::uint64_t* lines) noexcept {
  std::array<std::uint64_t, lines_at_once> open;
  std::copy_n(lines, lines_at_once, open.begin());
  std::uint64_t taken = 0;
  for (std::size_t j = matches.size(); j-- > 0;)
    for (std::uint64_t& positions : open) {
      const std::uint64_t candidates = columns[j] & positions;
      const std::uint64_t upto = ~std::uint64_t{0} >> std::countl_zero(candidates | 1);
      const std::uint64_t hit = (upto ^ (upto >> 1)) & matches[j] & candidates;
      taken |= hit;
      positions &= upto ^ hit;
    }
  return taken;
}

/// As many lines of the reference as fit in 64 positions.
struct packed_lines {
  std::uint64_t tops = 0;               // the last position of each line
  std::array<std::uint64_t, 64> lines;  // the positions of each, none to fill up the last group
  std::size_t count = 0;

  void clear() noexcept {
    tops = 0;
    count = 0;
  }
  /// A line at positions [begin, end).
  void add(std::size_t begin, std::size_t end) noexcept {
    const std::uint64_t top = std::uint64_t{1} << (end - 1);
    tops |= top;
    if (count % lines_at_once == 0) std::fill_n(&lines[count], lines_at_once, 0u);
    lines[count++] = (top * 2 - 1) & (~std::uint64_t{0} << begin);
  }
};

/// What a line of the hypothesis takes of packed lines. `columns` has room for one word a token.
inline std::uint64_t mark_packed_lines(std::span<const std::uint64_t> matches, const packed_lines& packed,
                                       std::uint64_t* columns) noexcept {
  const std::uint64_t below_tops = ~packed.tops;
  std::uint64_t s = ~std::uint64_t{0};
  for (std::size_t j = 0; j < matches.size(); ++j) {
    // Without the tops in the sum no carry leaves a line; their own bit is in `s & ~match` or
    // becomes the carry that arrives.
    s = ((s & below_tops) + (s & matches[j] & below_tops)) | (s & ~matches[j]);
    columns[j] = ~s | matches[j];
  }
  std::uint64_t taken = 0;
  for (std::size_t line = 0; line < packed.count; line += lines_at_once)
    taken |= trace_lcs(matches, columns, &packed.lines[line]);
  return taken;
}

struct lcs_union_scratch {
  std::vector<std::uint64_t> matches, columns;  // one word per hypothesis token
  std::vector<std::uint64_t> rows;              // by id: its positions among the packed lines
  std::vector<std::uint64_t> taken;             // one bit per reference token
  std::vector<std::uint32_t> counts;
  long_union_lcs_scratch longer;
};

class union_lcs {
 public:
  union_lcs(const token_ids& hypothesis, const encoded_reference& reference, std::uint32_t vocabulary,
            lcs_union_scratch& scratch)
      : hypothesis_(hypothesis), reference_(reference), vocabulary_(vocabulary), scratch_(scratch) {}

  std::size_t hits() {
    std::size_t longest = 0;
    for_each_line(reference_.tokens(),
                  [&](std::size_t begin, std::size_t end) { longest = (std::max)(longest, end - begin); });
    if (longest > 64) return hits_of_long_lines();
    scratch_.matches.resize(hypothesis_.size());
    scratch_.columns.resize(hypothesis_.size());
    return reference_.size() <= 64 ? hits_in_one_word() : hits_in_words();
  }

 private:
  std::uint64_t mark(const packed_lines& packed) {
    std::uint64_t taken = 0;
    for_each_line(hypothesis_, [&](std::size_t begin, std::size_t end) {
      taken |= mark_packed_lines({&scratch_.matches[begin], end - begin}, packed, scratch_.columns.data());
    });
    return taken;
  }

  std::size_t hits_in_one_word() {
    for (std::size_t j = 0; j < hypothesis_.size(); ++j)
      scratch_.matches[j] = *reference_.masks.row(hypothesis_.ids[j]);
    packed_lines packed;
    for_each_line(reference_.tokens(), [&](std::size_t begin, std::size_t end) { packed.add(begin, end); });
    const std::uint64_t taken = mark(packed);
    std::uint64_t unused = taken;  // each hypothesis token uses up one taken position of its own kind
    for (const std::uint64_t matches : scratch_.matches) {
      const std::uint64_t match = matches & unused;
      unused ^= match & (0 - match);
    }
    return static_cast<std::size_t>(std::popcount(taken ^ unused));
  }

  /// Any number of lines of up to 64 tokens.
  std::size_t hits_in_words() {
    scratch_.rows.assign(std::size_t{vocabulary_} + 1, 0);
    scratch_.taken.assign((reference_.size() + 63) / 64, 0);
    packed_lines packed;
    std::size_t first = 0, last = 0;  // the tokens packed
    const auto flush = [&] {
      const auto tokens = std::span(reference_.ids).subspan(first, last - first);
      for (std::size_t i = 0; i < tokens.size(); ++i) scratch_.rows[tokens[i]] |= std::uint64_t{1} << i;
      for (std::size_t j = 0; j < hypothesis_.size(); ++j)
        scratch_.matches[j] = scratch_.rows[hypothesis_.ids[j]];
      const std::uint64_t taken = mark(packed);
      scratch_.taken[first / 64] |= taken << (first % 64);
      if (first % 64 != 0 && first / 64 + 1 < scratch_.taken.size())
        scratch_.taken[first / 64 + 1] |= taken >> (64 - first % 64);
      for (const std::uint32_t id : tokens) scratch_.rows[id] = 0;
    };
    for_each_line(reference_.tokens(), [&](std::size_t begin, std::size_t end) {
      if (end - first > 64) {
        flush();
        packed.clear();
        first = begin;
      }
      packed.add(begin - first, end - first);
      last = end;
    });
    flush();
    return hits_of_taken();
  }

  std::size_t hits_of_long_lines() {
    scratch_.taken.assign((reference_.size() + 63) / 64, 0);
    long_union_lcs(hypothesis_, reference_.tokens(), vocabulary_, scratch_.longer).mark(scratch_.taken);
    return hits_of_taken();
  }

  std::size_t hits_of_taken() {
    std::vector<std::uint32_t>& unused = scratch_.counts;
    unused.assign(std::size_t{vocabulary_} + 1, 0);
    for (std::size_t i = 0; i < reference_.size(); ++i)
      unused[reference_.ids[i]] += static_cast<std::uint32_t>(scratch_.taken[i / 64] >> (i % 64) & 1);
    std::size_t hits = 0;
    for (const std::uint32_t id : hypothesis_.ids)
      if (unused[id] > 0) {
        --unused[id];
        ++hits;
      }
    return hits;
  }

  const token_ids& hypothesis_;
  const encoded_reference& reference_;
  std::uint32_t vocabulary_;
  lcs_union_scratch& scratch_;
};

/// The hits of ROUGE-Lsum: over all lines of the reference, the positions in the union LCS with the
/// lines of the hypothesis, no token counted more often than the hypothesis holds it.
inline std::size_t union_lcs_hits(const token_ids& hypothesis, const encoded_reference& reference,
                                  std::uint32_t vocabulary, lcs_union_scratch& scratch) {
  if (hypothesis.empty() || reference.size() == 0) return 0;
  return union_lcs(hypothesis, reference, vocabulary, scratch).hits();
}

}  // namespace evalpp::inline EVALPP_ABI::detail
