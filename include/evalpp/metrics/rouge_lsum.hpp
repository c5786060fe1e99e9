// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/lcs_union.hpp>
#include <evalpp/metrics/detail/rouge_score.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>

#include <string>

namespace evalpp::inline EVALPP_ABI {

/// ROUGE-L of summaries, one sentence a line (Lin 2004, section 3.2): for each line of the
/// reference, the union over the lines of the hypothesis of its longest common subsequences, no
/// token counted more often than the hypothesis has it. Only '\n' ends a line: text without line
/// breaks gives ROUGE-L with that clipping. Higher is better, 0-1; the value is the mean F.
///
/// Equal to rouge_score 0.1.2's `rougeLsum` (without `split_summaries`, which guesses sentences),
/// example by example and bit for bit, and to the ROUGE-L of ROUGE-1.5.5 where presets say so. A
/// text without tokens scores 0. An example without references counts as nothing.
/// O(hypothesis * reference / 64) per example. Memory is linear, times the root of the length for
/// lines of many thousand tokens; nothing is allocated after warm-up.
template <class Tokenizer>
struct basic_rouge_lsum {
  [[no_unique_address]] Tokenizer tokenizer{};
  rouge_references references = rouge_references::best;
  bounded_real<0, 1> alpha = 0.5;  ///< F is precision at 1 and recall at 0
  bool five_decimals = false;      ///< round as ROUGE-1.5.5 does, F from rounded precision and recall

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;

  std::string name() const { return "rougeLsum"; }
  std::string signature() const {
    signature_builder fields;
    detail::add_rouge_fields(fields, tokenizer.signature(), references, alpha, five_decimals);
    return fields.str();
  }

  using statistics = rouge_statistics;
  using scratch = detail::lcs_union_scratch;

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& hypothesis, const token_references& gold, scratch& s) const {
    const detail::rouge_rules rules{references, alpha, five_decimals};
    return detail::measure_rouge(rules, gold, [&](const encoded_reference& reference) {
      const auto hits =
          static_cast<double>(detail::union_lcs_hits(hypothesis, reference, gold.vocabulary(), s));
      return detail::sequence_counts(hits, hypothesis, reference);
    });
  }

  rouge_score score(const statistics& s) const { return detail::score_rouge(s); }
  /// `nrefs:2`, or `nrefs:var` when the number of references varies.
  std::string data_signature(const statistics& s) const { return s.references.signature(); }

  bool operator==(const basic_rouge_lsum&) const = default;
};

using rouge_lsum = basic_rouge_lsum<text::tokenizer_rouge>;
static_assert(scalar_metric<rouge_lsum>);

namespace ids {
/// ROUGE-Lsum of tokens that are given, which are one line.
using rouge_lsum = basic_rouge_lsum<given>;
}  // namespace ids

}  // namespace evalpp::inline EVALPP_ABI
