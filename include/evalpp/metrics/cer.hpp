// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/metrics/detail/error_rate.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_code_points.hpp>

#include <string>

namespace evalpp::inline EVALPP_ABI {

/// Character error rate: the word error rate (wer.hpp) of the code points, spaces among them, of the
/// texts without the whitespace at their ends. Equal to jiwer 4 in its default transformation.
/// `tokenizer.strip = false` keeps the whitespace.
struct cer {
  text::tokenizer_code_points tokenizer{};

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = false;

  using statistics = edit_counts;
  using scratch = detail::levenshtein;

  std::string name() const { return "cer"; }
  std::string signature() const { return signature_builder{}.add("tok", tokenizer.signature()).str(); }

  token_encoder<text::tokenizer_code_points> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& hypothesis, const token_references& references, scratch& s) const {
    return detail::first_reference_edits(hypothesis, references, s);
  }

  error_rate_score score(const statistics& s) const { return detail::error_rates(s); }
  ratio_of_sums as_ratio(const statistics& s) const noexcept { return detail::edits_per_token(s); }

  bool operator==(const cer&) const = default;
};

static_assert(scalar_metric<cer> && dense_statistics<cer::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
