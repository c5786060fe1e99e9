// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/metrics/detail/answers.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_squad.hpp>
#include <evalpp/text/tokenizer_verbatim.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// How many answers are right.
struct exact_match_score {
  double value = 0;          ///< 100 * correct / total; 0 when there are no examples
  std::int64_t correct = 0;  ///< answers that equal one of their gold answers
  std::int64_t total = 0;

  std::vector<part> parts() const { return {{"correct", correct}, {"total", total}}; }
};

/// Exact match: the share of answers, 0-100, that equal one of their gold answers.
///
/// What is equal is the tokenizer's affair: with `text::tokenizer_squad` the number is the
/// `exact_match` of the SQuAD 1.1 script (case, punctuation, articles and spacing do not count),
/// with `text::tokenizer_verbatim` every byte counts, with `given` it is the sequence of tokens.
/// `Rules` says what empty gold answers mean. An example takes O(answer + gold answers).
template <class Tokenizer, answer_rules Rules = answer_rules::squad_v1>
struct basic_exact_match {
  [[no_unique_address]] Tokenizer tokenizer{};

  static constexpr scale unit = scale::percent;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_proportion = true;
  /// Under the rules of SQuAD 2.0 a question without a gold answer asks for an empty answer.
  static constexpr bool scores_without_reference = Rules == answer_rules::squad_v2;

  struct statistics {
    std::int64_t correct;
    std::int64_t total;
  };

  std::string name() const { return "em"; }
  std::string signature() const {
    return signature_builder{}.add("tok", tokenizer.signature()).add("rules", to_string(Rules)).str();
  }

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& answer, const token_references& gold) const noexcept {
    return {detail::best_exact<Rules>(answer, gold), 1};
  }

  exact_match_score score(const statistics& s) const {
    return {detail::percentage(static_cast<double>(s.correct), s.total), s.correct, s.total};
  }

  bool operator==(const basic_exact_match&) const = default;
};

/// SQuAD 1.1's exact match.
using exact_match = basic_exact_match<text::tokenizer_squad>;
/// SQuAD 2.0's exact match: questions may have no answer.
using exact_match_v2 = basic_exact_match<text::tokenizer_squad, answer_rules::squad_v2>;
/// Equality byte for byte.
using raw_exact_match = basic_exact_match<text::tokenizer_verbatim>;
namespace ids {
/// Equality of token sequences.
using exact_match = basic_exact_match<given>;
}  // namespace ids

static_assert(scalar_metric<exact_match> && dense_statistics<exact_match::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
