// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/metrics/detail/error_rate.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_jiwer_words.hpp>

#include <string>

namespace evalpp::inline EVALPP_ABI {

/// Word error rate: the substitutions, insertions and deletions that turn the first reference into
/// the hypothesis, summed over the examples, per reference token. A fraction that can exceed 1;
/// lower is better. Further references are not looked at.
///
/// With `text::tokenizer_jiwer_words` equal to jiwer 4 in its default transformation, with `mer`,
/// `wil` and `wip` beside it. An empty reference counts its insertions; when all references are
/// empty the value is the number of insertions. Among alignments of fewest edits jiwer's choice is
/// taken, which matters to `mer`, `wil` and `wip` only.
///
/// O(hypothesis * reference / 64) per example, memory below O(hypothesis + reference) words up to
/// 100,000 tokens on either side.
template <class Tokenizer>
struct basic_wer {
  [[no_unique_address]] Tokenizer tokenizer{};

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = false;

  using statistics = edit_counts;
  using scratch = detail::levenshtein;

  std::string name() const { return "wer"; }
  std::string signature() const { return signature_builder{}.add("tok", tokenizer.signature()).str(); }

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& hypothesis, const token_references& references, scratch& s) const {
    return detail::first_reference_edits(hypothesis, references, s);
  }

  error_rate_score score(const statistics& s) const { return detail::error_rates(s); }
  ratio_of_sums as_ratio(const statistics& s) const noexcept { return detail::edits_per_token(s); }

  bool operator==(const basic_wer&) const = default;
};

/// jiwer 4's word error rate.
using wer = basic_wer<text::tokenizer_jiwer_words>;
namespace ids {
/// The error rate of given tokens.
using wer = basic_wer<given>;
}  // namespace ids

static_assert(scalar_metric<wer> && dense_statistics<wer::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
