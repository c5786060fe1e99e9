// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/ngram_overlap.hpp>
#include <evalpp/metrics/detail/rouge_score.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>

#include <cstddef>
#include <span>
#include <string>

namespace evalpp::inline EVALPP_ABI {

/// ROUGE-N (Lin 2004): the overlap of n-grams with a reference, each counted at most as often as
/// the reference has it. Higher is better, 0-1; the value is the mean F over the examples.
///
/// Equal to rouge_score 0.1.2, example by example and bit for bit, with `tokenizer.stem` for its
/// `use_stemmer`; a text without n-grams of that order scores 0. An example without references
/// counts as nothing. O(tokens) per example; nothing is allocated after warm-up.
///
///     evalpp::rouge_1{}   evalpp::rouge_2{.tokenizer = {.stem = true}}   evalpp::rouge_n{.n = 3}
template <class Tokenizer, int DefaultN = 1>
struct basic_rouge_n {
  [[no_unique_address]] Tokenizer tokenizer{};
  bounded<1, 9> n = DefaultN;  ///< tokens in an n-gram
  rouge_references references = rouge_references::best;
  bounded_real<0, 1> alpha = 0.5;  ///< F is precision at 1 and recall at 0
  bool five_decimals = false;      ///< round as ROUGE-1.5.5 does, F from rounded precision and recall

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;

  std::string name() const { return "rouge" + std::to_string(static_cast<int>(n)); }
  std::string signature() const {
    signature_builder fields;
    fields.add("n", static_cast<int>(n));
    detail::add_rouge_fields(fields, tokenizer.signature(), references, alpha, five_decimals);
    return fields.str();
  }

  using statistics = rouge_statistics;
  using scratch = detail::ngram_scratch;

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& hypothesis, const token_references& gold, scratch& s) const {
    const detail::rouge_rules rules{references, alpha, five_decimals};
    return detail::measure_rouge(rules, gold, [&](const encoded_reference& reference) {
      const auto matches =
          detail::count_ngram_matches(hypothesis.ids, std::span(&reference, 1), gold.vocabulary(), n, s);
      const auto hits = static_cast<double>(matches[static_cast<std::size_t>(n - 1)]);
      const auto total = static_cast<double>(detail::ngram_count(reference.size(), n));
      return detail::rouge_counts{hits, static_cast<double>(detail::ngram_count(hypothesis.size(), n)), total,
                                  rules.ratio(hits, total)};
    });
  }

  rouge_score score(const statistics& s) const { return detail::score_rouge(s); }
  /// `nrefs:2`, or `nrefs:var` when the number of references varies.
  std::string data_signature(const statistics& s) const { return s.references.signature(); }

  bool operator==(const basic_rouge_n&) const = default;
};

using rouge_n = basic_rouge_n<text::tokenizer_rouge>;
using rouge_1 = basic_rouge_n<text::tokenizer_rouge, 1>;
using rouge_2 = basic_rouge_n<text::tokenizer_rouge, 2>;
static_assert(scalar_metric<rouge_n>);

namespace ids {
/// ROUGE-N of tokens that are given.
using rouge_n = basic_rouge_n<given>;
using rouge_1 = basic_rouge_n<given, 1>;
using rouge_2 = basic_rouge_n<given, 2>;
}  // namespace ids

}  // namespace evalpp::inline EVALPP_ABI
