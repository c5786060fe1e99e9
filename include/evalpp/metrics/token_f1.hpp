// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/core/unit_sum.hpp>
#include <evalpp/metrics/detail/answers.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_squad.hpp>
#include <evalpp/text/tokenizer_whitespace.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// The mean F1 of the answers.
struct token_f1_score {
  double value = 0;  ///< 0-100; 0 when there are no examples
  std::int64_t total = 0;

  std::vector<part> parts() const { return {{"total", total}}; }
};

/// Token F1: the mean over the examples, 0-100, of the best F1 with one of the gold answers, where
/// precision and recall count the tokens that both have, as bags.
///
/// With `text::tokenizer_squad` the number is the `f1` of the SQuAD 1.1 script. `Rules` says what
/// empty answers mean: under SQuAD 1.1 no common token is F1 0 even if both sides are empty, under
/// SQuAD 2.0 two empty sides are F1 1. An example takes O(answer + gold answers).
template <class Tokenizer, answer_rules Rules = answer_rules::squad_v1>
struct basic_token_f1 {
  [[no_unique_address]] Tokenizer tokenizer{};

  static constexpr scale unit = scale::percent;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;
  /// Under the rules of SQuAD 2.0 a question without a gold answer asks for an empty answer.
  static constexpr bool scores_without_reference = Rules == answer_rules::squad_v2;

  struct statistics {
    unit_sum f1;
    std::int64_t total;
  };
  using scratch = detail::bag_scratch;

  std::string name() const { return "f1"; }
  std::string signature() const {
    return signature_builder{}.add("tok", tokenizer.signature()).add("rules", to_string(Rules)).str();
  }

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& answer, const token_references& gold, scratch& s) const {
    return {unit_sum::of(detail::best_answer<Rules>(answer, gold, s).f1), 1};
  }

  token_f1_score score(const statistics& s) const {
    return {detail::percentage(s.f1.value(), s.total), s.total};
  }

  bool operator==(const basic_token_f1&) const = default;
};

/// SQuAD 1.1's F1.
using token_f1 = basic_token_f1<text::tokenizer_squad>;
/// SQuAD 2.0's F1: questions may have no answer.
using token_f1_v2 = basic_token_f1<text::tokenizer_squad, answer_rules::squad_v2>;
/// F1 of the words between whitespace, as they stand.
using raw_token_f1 = basic_token_f1<text::tokenizer_whitespace>;
namespace ids {
/// F1 of given tokens.
using token_f1 = basic_token_f1<given>;
}  // namespace ids

static_assert(scalar_metric<token_f1> && dense_statistics<token_f1::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
