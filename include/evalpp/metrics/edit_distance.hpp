// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/unit_sum.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/detail/lcs.hpp>
#include <evalpp/metrics/detail/levenshtein.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_code_points.hpp>
#include <evalpp/text/tokenizer_whitespace.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// Which edits are counted, and what the most of them is.
enum class edit_kind {
  levenshtein,  ///< insertions, deletions, substitutions; at most the longer length
  indel,        ///< insertions and deletions; at most the sum of the lengths
  lcs,          ///< the longer length without the longest common subsequence; at most the longer length
};

constexpr std::string_view to_string(edit_kind kind) noexcept {
  return kind == edit_kind::levenshtein ? "levenshtein" : kind == edit_kind::indel ? "indel" : "lcs";
}

/// How alike the sides are, and how many edits apart.
struct edit_similarity_score {
  double value = 0;           ///< mean of the similarities, 0-1; 0 when there are no examples
  std::int64_t distance = 0;  ///< edits, summed over the examples
  std::int64_t total = 0;     ///< examples

  std::vector<part> parts() const { return {{"distance", distance}, {"total", total}}; }
};

/// The mean over the examples, 0-1, of 1 - distance / largest possible distance: 1 for equal sides,
/// empty ones among them. `distance` holds the edits themselves. With several references the one
/// that is most alike counts, the first of equals.
///
/// The normalised similarities of rapidfuzz (`Levenshtein`, `Indel`, `LCSseq`), over code points as
/// they stand or over tokens. O(hypothesis * reference / 64) per example and reference.
template <class Tokenizer, edit_kind Kind>
struct basic_edit_similarity {
  [[no_unique_address]] Tokenizer tokenizer = as_it_stands();

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;

  struct statistics {
    unit_sum similarity;
    std::int64_t distance;
    std::int64_t total;
  };
  struct scratch {
    detail::levenshtein levenshtein;
    detail::lcs_scratch lcs;
  };

  std::string name() const { return std::string(to_string(Kind)); }
  std::string signature() const { return signature_builder{}.add("tok", tokenizer.signature()).str(); }

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& hypothesis, const token_references& references, scratch& s) const {
    if (references.empty()) return {};
    double best = -1;
    std::int64_t best_distance = 0;
    for (const encoded_reference& reference : references) {
      const std::int64_t edits = distance(hypothesis, reference, references.vocabulary(), s);
      const std::int64_t most = largest(hypothesis.size(), reference.size());
      const double similarity = most == 0 ? 1.0 : detail::keep(1.0 - detail::ratio(edits, most));
      if (similarity > best) {
        best = similarity;
        best_distance = edits;
      }
    }
    return {unit_sum::of(best), best_distance, 1};
  }

  edit_similarity_score score(const statistics& s) const {
    return {s.similarity.mean(s.total), s.distance, s.total};
  }

  bool operator==(const basic_edit_similarity&) const = default;

 private:
  static constexpr Tokenizer as_it_stands() {
    Tokenizer tokenizer{};
    if constexpr (requires { tokenizer.strip; }) tokenizer.strip = false;
    return tokenizer;
  }

  static std::int64_t largest(std::size_t hypothesis, std::size_t reference) {
    return static_cast<std::int64_t>(Kind == edit_kind::indel ? hypothesis + reference
                                                              : (std::max)(hypothesis, reference));
  }
  static std::int64_t distance(const token_ids& hypothesis, const encoded_reference& reference,
                               std::uint32_t vocabulary, scratch& s) {
    if constexpr (Kind == edit_kind::levenshtein) {
      return s.levenshtein.distance(hypothesis.ids, reference, vocabulary);
    } else {
      const auto common =
          static_cast<std::int64_t>(detail::lcs_length(hypothesis.ids, reference, vocabulary, s.lcs));
      return largest(hypothesis.size(), reference.size()) - (Kind == edit_kind::indel ? 2 : 1) * common;
    }
  }
};

/// Over the code points of the texts as they stand.
using levenshtein_similarity = basic_edit_similarity<text::tokenizer_code_points, edit_kind::levenshtein>;
using indel_similarity = basic_edit_similarity<text::tokenizer_code_points, edit_kind::indel>;
using lcs_similarity = basic_edit_similarity<text::tokenizer_code_points, edit_kind::lcs>;

/// Over the words between whitespace.
using word_levenshtein_similarity = basic_edit_similarity<text::tokenizer_whitespace, edit_kind::levenshtein>;
using word_indel_similarity = basic_edit_similarity<text::tokenizer_whitespace, edit_kind::indel>;
using word_lcs_similarity = basic_edit_similarity<text::tokenizer_whitespace, edit_kind::lcs>;

namespace ids {
/// Over given tokens.
using levenshtein_similarity = basic_edit_similarity<given, edit_kind::levenshtein>;
using indel_similarity = basic_edit_similarity<given, edit_kind::indel>;
using lcs_similarity = basic_edit_similarity<given, edit_kind::lcs>;
}  // namespace ids

static_assert(scalar_metric<levenshtein_similarity> && dense_statistics<levenshtein_similarity::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
