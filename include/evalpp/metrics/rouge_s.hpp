// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/rouge_score.hpp>
#include <evalpp/metrics/detail/rouge_skip.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>

namespace evalpp::inline EVALPP_ABI {

/// `rouge_s::skip`: pairs with any number of tokens between them.
inline constexpr int unlimited_skip = -1;

/// ROUGE-S (Lin 2004): the overlap of skip-bigrams, pairs of tokens in their order with at most
/// `skip` tokens between them, each counted at most as often as the reference has it. ROUGE-SU
/// counts single tokens beside the pairs. Higher is better, 0-1; the value is the mean F.
///
/// Counts are those of ROUGE-1.5.5 (`-2 skip`, with `-U` for SU): the single tokens of SU leave the
/// last one of each text out, and no mark stands for the start of a sentence. `presets::rouge_1_5_5`
/// also rounds and treats several references as it does. A text without pairs scores 0. An example
/// without references counts as nothing. Memory is linear; time O(tokens * skip), and O(tokens *
/// different tokens) for unlimited pairs. Nothing is allocated after warm-up.
template <class Tokenizer, bool DefaultUnigrams = false>
struct basic_rouge_s {
  [[no_unique_address]] Tokenizer tokenizer{};
  bounded<unlimited_skip, (std::numeric_limits<int>::max)()> skip = 4;  ///< tokens between the two of a pair
  bool unigrams = DefaultUnigrams;                                      ///< ROUGE-SU
  rouge_references references = rouge_references::best;
  bounded_real<0, 1> alpha = 0.5;  ///< F is precision at 1 and recall at 0
  bool five_decimals = false;      ///< round as ROUGE-1.5.5 does, F from rounded precision and recall

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;

  /// `rougeS4`, `rougeSU4`, `rougeS*` where pairs are not limited.
  std::string name() const {
    return (unigrams ? "rougeSU" : "rougeS") + (skip < 0 ? "*" : std::to_string(static_cast<int>(skip)));
  }
  std::string signature() const {
    signature_builder fields;
    fields.add("skip", static_cast<int>(skip)).add("uni", unigrams);
    detail::add_rouge_fields(fields, tokenizer.signature(), references, alpha, five_decimals);
    return fields.str();
  }

  using statistics = rouge_statistics;
  using scratch = detail::skip_bigram_scratch;

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& hypothesis, const token_references& gold, scratch& s) const {
    const detail::rouge_rules rules{references, alpha, five_decimals};
    return detail::measure_rouge(rules, gold, [&](const encoded_reference& reference) {
      std::int64_t hits = detail::skip_bigram_hits(hypothesis.ids, reference.ids, gold.vocabulary(), skip, s);
      if (unigrams)
        hits += detail::unigram_hits_but_last(hypothesis.ids, reference.ids, gold.vocabulary(), s);
      detail::rouge_counts counts{static_cast<double>(hits), total(hypothesis.size()),
                                  total(reference.size())};
      counts.recall = rules.ratio(counts.hits, counts.reference);
      return counts;
    });
  }

  rouge_score score(const statistics& s) const { return detail::score_rouge(s); }
  /// `nrefs:2`, or `nrefs:var` when the number of references varies.
  std::string data_signature(const statistics& s) const { return s.references.signature(); }

  bool operator==(const basic_rouge_s&) const = default;

 private:
  double total(std::size_t length) const noexcept {
    const std::size_t singles = unigrams && length > 0 ? length - 1 : 0;
    return static_cast<double>(detail::skip_bigram_count(length, skip) + static_cast<std::int64_t>(singles));
  }
};

using rouge_s = basic_rouge_s<text::tokenizer_rouge>;
using rouge_su = basic_rouge_s<text::tokenizer_rouge, true>;
static_assert(scalar_metric<rouge_s>);

namespace ids {
/// ROUGE-S of tokens that are given.
using rouge_s = basic_rouge_s<given>;
using rouge_su = basic_rouge_s<given, true>;
}  // namespace ids

}  // namespace evalpp::inline EVALPP_ABI
