// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/lcs.hpp>
#include <evalpp/metrics/detail/rouge_score.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>

#include <string>

namespace evalpp::inline EVALPP_ABI {

/// ROUGE-L (Lin 2004): the longest common subsequence with a reference, over the whole text as one
/// sequence; line breaks mean nothing (see rouge_lsum). Higher is better, 0-1; the value is the
/// mean F over the examples.
///
/// Equal to rouge_score 0.1.2, example by example and bit for bit; a text without tokens scores 0.
/// ROUGE-1.5.5's ROUGE-L is rouge_lsum. An example without references counts as nothing.
/// O(hypothesis * reference / 64) per example and linear memory, for texts of any length; nothing
/// is allocated after warm-up.
template <class Tokenizer>
struct basic_rouge_l {
  [[no_unique_address]] Tokenizer tokenizer{};
  rouge_references references = rouge_references::best;
  bounded_real<0, 1> alpha = 0.5;  ///< F is precision at 1 and recall at 0
  bool five_decimals = false;      ///< round as ROUGE-1.5.5 does, F from rounded precision and recall

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;

  std::string name() const { return "rougeL"; }
  std::string signature() const {
    signature_builder fields;
    detail::add_rouge_fields(fields, tokenizer.signature(), references, alpha, five_decimals);
    return fields.str();
  }

  using statistics = rouge_statistics;
  using scratch = detail::lcs_scratch;

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& hypothesis, const token_references& gold, scratch& s) const {
    const detail::rouge_rules rules{references, alpha, five_decimals};
    return detail::measure_rouge(rules, gold, [&](const encoded_reference& reference) {
      const auto hits =
          static_cast<double>(detail::lcs_length(hypothesis.ids, reference, gold.vocabulary(), s));
      return detail::sequence_counts(hits, hypothesis, reference);
    });
  }

  rouge_score score(const statistics& s) const { return detail::score_rouge(s); }
  /// `nrefs:2`, or `nrefs:var` when the number of references varies.
  std::string data_signature(const statistics& s) const { return s.references.signature(); }

  bool operator==(const basic_rouge_l&) const = default;
};

using rouge_l = basic_rouge_l<text::tokenizer_rouge>;
static_assert(scalar_metric<rouge_l>);

namespace ids {
/// ROUGE-L of tokens that are given.
using rouge_l = basic_rouge_l<given>;
}  // namespace ids

}  // namespace evalpp::inline EVALPP_ABI
