// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/detail/rouge_score.hpp>
#include <evalpp/metrics/detail/rouge_weighted.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>

#include <cmath>
#include <string>

namespace evalpp::inline EVALPP_ABI {

/// ROUGE-W (Lin 2004): ROUGE-Lsum in which matches that follow each other count for more, a run of
/// k of them k^weight. Precision and recall are the ratios to the power 1/weight. Higher is better,
/// 0-1; the value is the mean F over the examples. Only '\n' ends a line.
///
/// Counts are those of ROUGE-1.5.5 (`-w weight`), two habits included: a run that is cut by a token
/// used up elsewhere goes on into the next one or is lost at the end of the line, and what the
/// reference has is weighted line by line and again as a whole, (sum of |line|^weight)^weight, so
/// that recall falls with every line. Where it divides by 0 (an empty reference) the score is 0.
/// An example without references counts as nothing.
///
/// O(hypothesis * reference) per example, cell by cell; memory is linear, times the root of the
/// length for lines of many thousand tokens; nothing is allocated after warm-up.
template <class Tokenizer>
struct basic_rouge_w {
  [[no_unique_address]] Tokenizer tokenizer{};
  bounded_real<1, 16> weight = 1.2;
  rouge_references references = rouge_references::best;
  bounded_real<0, 1> alpha = 0.5;  ///< F is precision at 1 and recall at 0
  bool five_decimals = false;      ///< round as ROUGE-1.5.5 does, F from rounded precision and recall

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;

  std::string name() const { return "rougeW"; }
  std::string signature() const {
    signature_builder fields;
    fields.add("weight", static_cast<double>(weight));
    detail::add_rouge_fields(fields, tokenizer.signature(), references, alpha, five_decimals);
    return fields.str();
  }

  using statistics = rouge_statistics;
  using scratch = detail::weighted_lcs_scratch;

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& hypothesis, const token_references& gold, scratch& s) const {
    const detail::rouge_rules rules{references, alpha, five_decimals,
                                    detail::keep(1.0 / detail::keep(weight))};
    detail::weighted_lcs subsequences(weight, s);
    return detail::measure_rouge(rules, gold, [&](const encoded_reference& reference) {
      double base = 0;
      const double hits = subsequences.hits(hypothesis, reference.tokens(), gold.vocabulary(), base);
      return detail::rouge_counts{hits, subsequences.power(hypothesis.size()), std::pow(base, weight),
                                  base > 0 ? detail::keep(hits / detail::keep(base)) : 0.0};
    });
  }

  rouge_score score(const statistics& s) const { return detail::score_rouge(s); }
  /// `nrefs:2`, or `nrefs:var` when the number of references varies.
  std::string data_signature(const statistics& s) const { return s.references.signature(); }

  bool operator==(const basic_rouge_w&) const = default;
};

using rouge_w = basic_rouge_w<text::tokenizer_rouge>;
static_assert(scalar_metric<rouge_w>);

namespace ids {
/// ROUGE-W of tokens that are given, which are one line.
using rouge_w = basic_rouge_w<given>;
}  // namespace ids

}  // namespace evalpp::inline EVALPP_ABI
