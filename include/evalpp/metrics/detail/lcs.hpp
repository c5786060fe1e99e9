// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/match_masks.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

// The longest common subsequence, 64 cells of the table at a time.
//
// A column of the table only ever steps up by 0 or 1, so it fits in one bit per reference position:
// in S a 0 says "the LCS grows by one here". With P the positions that hold the next hypothesis
// token, the next column is (S + (S & P)) | (S & ~P): the addition moves each 0 down to the lowest
// match of its block (Hyyro, "Bit-parallel LCS-length computation revisited", 2004). The length is
// the number of zeros in the end.
namespace evalpp::inline EVALPP_ABI::detail {

/// `a + b + carry` in a chain of words; `carry` becomes the carry out.
inline std::uint64_t add_with_carry(std::uint64_t a, std::uint64_t b, std::uint8_t& carry) noexcept {
#if defined(__GNUC__) && defined(__x86_64__)
  unsigned long long sum;
  carry = __builtin_ia32_addcarryx_u64(carry, a, b, &sum);
  return sum;
#else
  const std::uint64_t partial = a + b;
  const std::uint64_t sum = partial + carry;
  carry = static_cast<std::uint8_t>((partial < a) | (sum < partial));
  return sum;
#endif
}

/// References of up to 64 * Words tokens, one stored row of bits per token.
template <std::size_t Words>
std::size_t lcs_length_in_rows(std::span<const std::uint32_t> hypothesis, const match_masks& masks) noexcept {
  std::array<std::uint64_t, Words> column;
  column.fill(~std::uint64_t{0});
  for (const std::uint32_t id : hypothesis) {
    const std::uint64_t* match = masks.row(id);
    std::uint8_t carry = 0;
    for (std::size_t w = 0; w < Words; ++w) {
      const std::uint64_t s = column[w];
      column[w] = add_with_carry(s, s & match[w], carry) | (s & ~match[w]);
    }
  }
  std::size_t length = 0;
  for (const std::uint64_t word : column) length += static_cast<std::size_t>(std::popcount(~word));
  return length;
}

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

/// One step of the recurrence on a column of any length. Only words with a match, or that a carry
/// reaches, can change, and a carry ends at the first zero: most steps touch one or two words.
inline void lcs_step(std::span<std::uint64_t> column,
                     std::span<const token_occurrences::entry> matches) noexcept {
  std::uint8_t carry = 0;
  std::size_t w = 0;
  const auto carry_on = [&](std::size_t end) {
    for (; carry != 0 && w < end; ++w) {
      const std::uint64_t next = column[w] + 1;
      carry = next == 0;
      column[w] |= next;
    }
  };
  for (const token_occurrences::entry& match : matches) {
    carry_on(match.word);
    w = match.word;
    const std::uint64_t s = column[w];
    column[w] = add_with_carry(s, s & match.bits, carry) | (s & ~match.bits);
    ++w;
  }
  carry_on(column.size());
}

struct lcs_scratch {
  token_occurrences occurrences;
  std::vector<std::uint64_t> column;
};

/// For references beyond the stored rows. Linear memory; time is the number of (word, token)
/// matches plus the words that carries run through.
inline std::size_t lcs_length_in_lists(std::span<const std::uint32_t> hypothesis,
                                       std::span<const std::uint32_t> reference, std::uint32_t vocabulary,
                                       lcs_scratch& scratch) {
  scratch.occurrences.build(reference, vocabulary);
  scratch.column.assign(scratch.occurrences.words(), ~std::uint64_t{0});
  for (const std::uint32_t id : hypothesis)
    if (id != unknown_token) lcs_step(scratch.column, scratch.occurrences[id]);
  std::size_t length = 0;
  for (const std::uint64_t word : scratch.column) length += static_cast<std::size_t>(std::popcount(~word));
  return length;
}

/// The length of the longest common subsequence of a hypothesis and an encoded reference over a
/// dictionary of `vocabulary` ids. O(hypothesis * reference / 64) at worst, memory linear.
inline std::size_t lcs_length(std::span<const std::uint32_t> hypothesis, const encoded_reference& reference,
                              std::uint32_t vocabulary, lcs_scratch& scratch) {
  if (!reference.masks.has_rows()) return lcs_length_in_lists(hypothesis, reference.ids, vocabulary, scratch);
  switch (reference.masks.words()) {
    case 0:
      return 0;
    case 1:
      return lcs_length_in_rows<1>(hypothesis, reference.masks);
    case 2:
      return lcs_length_in_rows<2>(hypothesis, reference.masks);
    case 3:
      return lcs_length_in_rows<3>(hypothesis, reference.masks);
    case 4:
      return lcs_length_in_rows<4>(hypothesis, reference.masks);
    case 5:
      return lcs_length_in_rows<5>(hypothesis, reference.masks);
    case 6:
      return lcs_length_in_rows<6>(hypothesis, reference.masks);
    case 7:
      return lcs_length_in_rows<7>(hypothesis, reference.masks);
    default:
      return lcs_length_in_rows<8>(hypothesis, reference.masks);
  }
}

}  // namespace evalpp::inline EVALPP_ABI::detail
