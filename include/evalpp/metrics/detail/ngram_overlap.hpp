// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/metrics/detail/ngram_masks.hpp>
#include <evalpp/metrics/detail/ngram_masks_avx2.hpp>
#include <evalpp/metrics/detail/ngram_names.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// The memory that counting n-gram matches reuses from one example to the next.
struct ngram_scratch {
  ngram_names names;
  std::vector<ngram_hits> hits;
};

template <bool Hits>
void match_ngrams(std::span<const std::uint32_t> hypothesis, const encoded_reference& reference,
                  std::uint32_t vocabulary, int last, ngram_sink out, ngram_names& names) {
  if (reference.masks.has_rows()) {
    match_by_masks<Hits>(hypothesis, reference.masks, last, out);
  } else {
    names.match<Hits>(hypothesis, reference.ids, vocabulary, last, out);
  }
}

/// The matches of orders 1..last among these hits.
inline ngram_totals total_hits(std::span<const ngram_hits> hits, int last) noexcept {
  ngram_totals totals{};
  for (const ngram_hits each : hits)
    for (std::size_t n = 0; n < static_cast<std::size_t>(last); ++n) totals[n] += (each >> n) & 1;
  return totals;
}

/// For n = 1..last, the number of the hypothesis' n-grams that are matched, each n-gram clipped to
/// the largest count that any one of the references has (Papineni et al. 2002); entries above
/// `last` are 0. For ROUGE-N against one reference, hand over a span of that one.
///
/// `vocabulary` is that of the dictionary behind the ids; hypothesis ids may be `unknown_token`.
/// Exact. O(tokens * words per reference) up to 512 reference tokens, O(tokens) beyond.
inline ngram_totals count_ngram_matches(std::span<const std::uint32_t> hypothesis,
                                        std::span<const encoded_reference> references,
                                        std::uint32_t vocabulary, int last, ngram_scratch& scratch) {
  if (references.size() == 1) {
    ngram_totals totals{};
    match_ngrams<false>(hypothesis, references[0], vocabulary, last, {&totals, nullptr}, scratch.names);
    return totals;
  }
#if EVALPP_X86_SIMD
  if (std::array<const std::uint64_t*, 4> rows; four_references(references, last, rows)) {
    ngram_totals totals{};
    match_four_references(hypothesis, rows, totals);
    return totals;
  }
#endif
  scratch.hits.assign(hypothesis.size(), 0);
  for (const encoded_reference& reference : references)
    match_ngrams<true>(hypothesis, reference, vocabulary, last, {nullptr, scratch.hits.data()},
                       scratch.names);
  return total_hits(scratch.hits, last);
}

inline ngram_totals count_ngram_matches(std::span<const std::uint32_t> hypothesis,
                                        const token_references& references, int last,
                                        ngram_scratch& scratch) {
  return count_ngram_matches(hypothesis, std::span(references.begin(), references.end()),
                             references.vocabulary(), last, scratch);
}

/// The number of n-grams of a sequence of `length` tokens.
constexpr std::int64_t ngram_count(std::size_t length, int n) noexcept {
  const auto order = static_cast<std::size_t>(n);
  return length < order ? 0 : static_cast<std::int64_t>(length - order + 1);
}

}  // namespace evalpp::inline EVALPP_ABI::detail
