// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/detail/fp.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

// What exact match, token F1 and the two SQuAD metrics share: the comparison of one answer with
// its gold answers, over normalised tokens.
namespace evalpp::inline EVALPP_ABI {

/// Whose rules decide when an answer or its gold answers are empty.
enum class answer_rules {
  /// SQuAD 1.1: an answer without a common token scores F1 0, even if both sides are empty.
  squad_v1,
  /// SQuAD 2.0: gold answers that normalise to nothing are dropped; when none is left the question
  /// has no answer, and only an empty answer is right (exact match and F1 1).
  squad_v2,
};

/// `1.1` or `2.0`, as signatures print it.
constexpr std::string_view to_string(answer_rules rules) noexcept {
  return rules == answer_rules::squad_v1 ? "1.1" : "2.0";
}

namespace detail {

/// How often each id of a reference is still free; all zero between calls.
using bag_scratch = std::vector<std::uint32_t>;

inline bool same_tokens(const token_ids& hypothesis, const encoded_reference& reference) noexcept {
  return std::equal(hypothesis.ids.begin(), hypothesis.ids.end(), reference.ids.begin(), reference.ids.end());
}

/// What an answer and a gold answer share.
struct answer_overlap {
  std::int64_t same;  ///< the size of the intersection of the two bags of tokens
  bool equal;
};

/// O(hypothesis + reference).
inline answer_overlap overlap(const token_ids& hypothesis, const encoded_reference& reference,
                              std::uint32_t vocabulary, bag_scratch& left) {
  if (reference.masks.words() == 1) {
    // Each hypothesis token takes the first free reference position that holds it.
    std::uint64_t taken = 0, elsewhere = hypothesis.size() ^ reference.size();
    std::int64_t same = 0;
    for (std::size_t i = 0; i < hypothesis.size(); ++i) {
      const std::uint64_t places = *reference.masks.row(hypothesis.ids[i]);
      const std::uint64_t free = places & ~taken;
      taken |= free & (~free + 1);
      same += static_cast<std::int64_t>(free != 0);
      elsewhere |= ~(places >> (i % 64)) & 1;
    }
    return {same, elsewhere == 0};
  }
  if (left.size() <= vocabulary) left.resize(std::size_t{vocabulary} + 1);
  for (const std::uint32_t id : reference.ids) ++left[id];
  std::int64_t same = 0;
  for (const std::uint32_t id : hypothesis.ids)
    if (left[id] != 0) {
      --left[id];
      ++same;
    }
  for (const std::uint32_t id : reference.ids) left[id] = 0;
  return {same, same_tokens(hypothesis, reference)};
}

/// The harmonic mean of precision and recall in the SQuAD scripts' order of operations.
inline double overlap_f1(std::int64_t same, std::size_t hypothesis, std::size_t reference) noexcept {
  if (same == 0) return 0.0;
  const double precision = keep(static_cast<double>(same) / static_cast<double>(hypothesis));
  const double recall = keep(static_cast<double>(same) / static_cast<double>(reference));
  return keep(keep(keep(2.0 * precision) * recall) / keep(precision + recall));
}

/// True when SQuAD 2.0 treats the question as one without an answer.
inline bool unanswerable(const token_references& references) noexcept {
  return std::all_of(references.begin(), references.end(),
                     [](const encoded_reference& gold) { return gold.ids.empty(); });
}

/// True when the answer equals one of the gold answers.
template <answer_rules Rules>
bool best_exact(const token_ids& hypothesis, const token_references& references) noexcept {
  if constexpr (Rules == answer_rules::squad_v2) {
    // An empty gold answer equals an empty answer only, and counts only if there is no other kind.
    if (hypothesis.empty()) return unanswerable(references);
  }
  return std::any_of(references.begin(), references.end(),
                     [&](const encoded_reference& gold) { return same_tokens(hypothesis, gold); });
}

struct answer_score {
  bool exact = false;  ///< equal to one of the gold answers
  double f1 = 0;       ///< the highest with one of them
};

/// Both at once, in one pass over each gold answer.
template <answer_rules Rules>
answer_score best_answer(const token_ids& hypothesis, const token_references& references, bag_scratch& left) {
  if constexpr (Rules == answer_rules::squad_v2) {
    if (hypothesis.empty()) {
      const bool right = unanswerable(references);
      return {right, right ? 1.0 : 0.0};
    }
  }
  answer_score best;
  for (const encoded_reference& gold : references) {
    const answer_overlap with = overlap(hypothesis, gold, references.vocabulary(), left);
    best.exact |= with.equal;
    best.f1 = (std::max)(best.f1, overlap_f1(with.same, hypothesis.size(), gold.size()));
  }
  return best;
}

/// `100 * sum / total` in the scripts' order of operations; 0 when there are no examples.
inline double percentage(double sum, std::int64_t total) noexcept {
  return total == 0 ? 0.0 : keep(keep(100.0 * sum) / keep(static_cast<double>(total)));
}

}  // namespace detail
}  // namespace evalpp::inline EVALPP_ABI
