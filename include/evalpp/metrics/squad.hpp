// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/core/unit_sum.hpp>
#include <evalpp/metrics/detail/answers.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_squad.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// The two numbers of the SQuAD 1.1 script, 0-100. Both are 0 when there are no examples.
struct squad_score {
  double value = 0;  ///< f1
  double exact_match = 0;
  double f1 = 0;
  std::int64_t total = 0;

  std::vector<part> parts() const { return {{"exact_match", exact_match}, {"f1", f1}, {"total", total}}; }
};

/// SQuAD 1.1: exact match and F1 of answers, each with its best gold answer; the value is F1.
///
/// Equal to the official script and to Hugging Face's `squad`, with the one difference that an
/// example without any reference is counted as missing and is not scored 0.
template <class Tokenizer>
struct basic_squad {
  [[no_unique_address]] Tokenizer tokenizer{};

  static constexpr scale unit = scale::percent;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;

  struct statistics {
    std::int64_t exact;
    unit_sum f1;
    std::int64_t total;
  };
  using scratch = detail::bag_scratch;

  std::string name() const { return "squad"; }
  std::string signature() const {
    return signature_builder{}
        .add("tok", tokenizer.signature())
        .add("rules", to_string(answer_rules::squad_v1))
        .str();
  }

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& answer, const token_references& gold, scratch& s) const {
    const detail::answer_score best = detail::best_answer<answer_rules::squad_v1>(answer, gold, s);
    return {best.exact, unit_sum::of(best.f1), 1};
  }

  squad_score score(const statistics& s) const {
    const double f1 = detail::percentage(s.f1.value(), s.total);
    return {f1, detail::percentage(static_cast<double>(s.exact), s.total), f1, s.total};
  }

  bool operator==(const basic_squad&) const = default;
};

/// The numbers of the SQuAD 2.0 script, 0-100: over all questions, over those with a gold answer
/// (`has_ans`) and over those without (`no_ans`). A number over no questions is 0.
struct squad_v2_score {
  struct group {
    double exact = 0;
    double f1 = 0;
    std::int64_t total = 0;
  };

  double value = 0;  ///< all.f1
  group all;
  group has_answer;
  group no_answer;

  std::vector<part> parts() const {
    return {{"exact_match", all.exact},
            {"f1", all.f1},
            {"total", all.total},
            {"has_ans_exact", has_answer.exact},
            {"has_ans_exact_match", has_answer.exact},
            {"has_ans_f1", has_answer.f1},
            {"has_ans_total", has_answer.total},
            {"no_ans_exact", no_answer.exact},
            {"no_ans_exact_match", no_answer.exact},
            {"no_ans_f1", no_answer.f1},
            {"no_ans_total", no_answer.total}};
  }
};

/// SQuAD 2.0: exact match and F1 where questions may have no answer; the value is F1.
///
/// A question has an answer when it has any reference. Gold answers that normalise to nothing are
/// dropped; with none left the right answer is the empty one. Equal to the official evaluation
/// without `na_prob`.
template <class Tokenizer>
struct basic_squad_v2 {
  [[no_unique_address]] Tokenizer tokenizer{};

  static constexpr scale unit = scale::percent;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_mean = true;
  static constexpr bool scores_without_reference = true;

  struct statistics {
    struct group {
      std::int64_t exact;
      unit_sum f1;
      std::int64_t total;
    };
    group has_answer;
    group no_answer;
  };
  using scratch = detail::bag_scratch;

  std::string name() const { return "squad_v2"; }
  std::string signature() const {
    return signature_builder{}
        .add("tok", tokenizer.signature())
        .add("rules", to_string(answer_rules::squad_v2))
        .str();
  }

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& answer, const token_references& gold, scratch& s) const {
    const detail::answer_score best = detail::best_answer<answer_rules::squad_v2>(answer, gold, s);
    const typename statistics::group one{best.exact, unit_sum::of(best.f1), 1};
    statistics counts{};
    (gold.empty() ? counts.no_answer : counts.has_answer) = one;
    return counts;
  }

  squad_v2_score score(const statistics& s) const {
    auto all = s.has_answer;
    all += s.no_answer;
    const squad_v2_score::group total = percentages(all);
    return {total.f1, total, percentages(s.has_answer), percentages(s.no_answer)};
  }

  bool operator==(const basic_squad_v2&) const = default;

 private:
  static squad_v2_score::group percentages(const typename statistics::group& g) {
    return {detail::percentage(static_cast<double>(g.exact), g.total),
            detail::percentage(g.f1.value(), g.total), g.total};
  }
};

using squad = basic_squad<text::tokenizer_squad>;
using squad_v2 = basic_squad_v2<text::tokenizer_squad>;

static_assert(scalar_metric<squad> && dense_statistics<squad::statistics>);
static_assert(scalar_metric<squad_v2> && dense_statistics<squad_v2::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
