// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// The positions of each token id in a sequence, ascending.
class token_positions {
 public:
  void build(std::span<const std::uint32_t> tokens, std::uint32_t vocabulary) {
    // begin_[id + 1] counts id, then is the end of its positions, then, once filled, their start.
    begin_.assign(std::size_t{vocabulary} + 3, 0);
    for (const std::uint32_t id : tokens) ++begin_[id + 1];
    std::size_t total = 0;
    for (std::size_t& begin : begin_) begin = total += begin;
    positions_.resize(tokens.size());
    for (std::size_t i = tokens.size(); i-- > 0;) positions_[--begin_[tokens[i] + 1]] = i;
  }
  std::span<const std::size_t> operator[](std::uint32_t id) const noexcept {
    return {positions_.data() + begin_[id + 1], begin_[id + 2] - begin_[id + 1]};
  }

 private:
  std::vector<std::size_t> begin_, positions_;
};

struct skip_bigram_scratch {
  token_positions in_hypothesis, in_reference;
  std::vector<std::int64_t> hypothesis_counts, reference_counts;  // by id; all 0 between uses
};

/// The pairs of a text of `length` tokens, in their order, with at most `skip` tokens between them;
/// with any number of them when `skip` is negative.
constexpr std::int64_t skip_bigram_count(std::size_t length, int skip) noexcept {
  const auto n = static_cast<std::int64_t>(length);
  if (n == 0) return 0;
  const std::int64_t reach = skip < 0 ? n - 1 : (std::min)(std::int64_t{skip} + 1, n - 1);
  return (n - reach) * reach + reach * (reach - 1) / 2;  // the last `reach` tokens have fewer partners
}

/// Calls `visit(second, times)` for the pairs that begin with one token, which stands at `firsts`.
template <class Visit>
void for_each_partner(std::span<const std::uint32_t> tokens, std::span<const std::size_t> firsts, int skip,
                      Visit visit) {
  if (skip >= 0 && static_cast<std::size_t>(skip) < tokens.size()) {
    const std::size_t reach = static_cast<std::size_t>(skip) + 1;
    for (const std::size_t i : firsts)
      for (const std::uint32_t second : tokens.subspan(i + 1).first((std::min)(reach, tokens.size() - i - 1)))
        visit(second, std::int64_t{1});
    return;
  }
  std::size_t before = 0;  // how many of the firsts have been passed
  for (std::size_t j = firsts.front(); j < tokens.size(); ++j) {
    if (before > 0) visit(tokens[j], static_cast<std::int64_t>(before));
    before += before < firsts.size() && firsts[before] == j;
  }
}

/// Clipped matches of skip-bigrams, one first token at a time: counts of its partners are all that
/// is kept, so memory is linear however far the pairs reach. O(length * skip) for pairs of bounded
/// reach, O(length * different tokens) otherwise.
inline std::int64_t skip_bigram_hits(std::span<const std::uint32_t> hypothesis,
                                     std::span<const std::uint32_t> reference, std::uint32_t vocabulary,
                                     int skip, skip_bigram_scratch& scratch) {
  scratch.in_hypothesis.build(hypothesis, vocabulary);
  scratch.in_reference.build(reference, vocabulary);
  auto& in_hypothesis = scratch.hypothesis_counts;
  auto& in_reference = scratch.reference_counts;
  in_hypothesis.assign(std::size_t{vocabulary} + 1, 0);
  in_reference.assign(std::size_t{vocabulary} + 1, 0);
  std::int64_t hits = 0;
  for (std::uint32_t first = 1; first <= vocabulary; ++first) {
    const auto hypothesis_firsts = scratch.in_hypothesis[first];
    const auto reference_firsts = scratch.in_reference[first];
    if (hypothesis_firsts.empty() || reference_firsts.empty()) continue;
    for_each_partner(hypothesis, hypothesis_firsts, skip,
                     [&](std::uint32_t second, std::int64_t times) { in_hypothesis[second] += times; });
    for_each_partner(reference, reference_firsts, skip,
                     [&](std::uint32_t second, std::int64_t times) { in_reference[second] += times; });
    for_each_partner(reference, reference_firsts, skip, [&](std::uint32_t second, std::int64_t) {
      hits += (std::min)(in_hypothesis[second], in_reference[second]);
      in_hypothesis[second] = in_reference[second] = 0;
    });
    for_each_partner(hypothesis, hypothesis_firsts, skip,
                     [&](std::uint32_t second, std::int64_t) { in_hypothesis[second] = 0; });
  }
  return hits;
}

/// Clipped matches of single tokens, the last one of each text left out: what ROUGE-1.5.5 adds to
/// the skip-bigrams for ROUGE-SU.
inline std::int64_t unigram_hits_but_last(std::span<const std::uint32_t> hypothesis,
                                          std::span<const std::uint32_t> reference, std::uint32_t vocabulary,
                                          skip_bigram_scratch& scratch) {
  if (hypothesis.empty() || reference.empty()) return 0;
  auto& left = scratch.reference_counts;
  left.assign(std::size_t{vocabulary} + 1, 0);
  for (const std::uint32_t id : reference.first(reference.size() - 1)) ++left[id];
  std::int64_t hits = 0;
  for (const std::uint32_t id : hypothesis.first(hypothesis.size() - 1))
    if (left[id] > 0) {
      --left[id];
      ++hits;
    }
  return hits;
}

}  // namespace evalpp::inline EVALPP_ABI::detail
