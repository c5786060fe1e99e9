// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/detail/find_text.hpp>
#include <evalpp/metrics/detail/normalized_text.hpp>
#include <evalpp/text/normalize.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer_squad.hpp>
#include <evalpp/text/whitespace.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// The share of answers that match, 0-1, and the counts it comes from.
struct match_score {
  double value = 0;          ///< matched / total; 0 when there are no examples
  std::int64_t matched = 0;  ///< answers that match one of their references
  std::int64_t total = 0;

  std::vector<part> parts() const { return {{"matched", matched}, {"total", total}}; }
};

namespace detail {
struct match_counts {
  std::int64_t matched;
  std::int64_t total;

  match_score score() const noexcept { return {total == 0 ? 0.0 : ratio(matched, total), matched, total}; }
};
}  // namespace detail

/// Equality of whole texts, byte for byte unless options make it forgiving.
///
/// The value is that of Hugging Face's `exact_match`, options in its order: lower-casing, then
/// deletion of ASCII punctuation and of ASCII digits; case and whitespace count by default. As there,
/// NUL characters at the end of a text do not count (NumPy drops them). With several references one
/// that is equal is enough.
struct string_match {
  bool ignore_case = false;
  bool ignore_punctuation = false;
  bool ignore_numbers = false;

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_proportion = true;

  using statistics = detail::match_counts;

  struct normalizer {
    text::comparison_options options{};

    void operator()(std::string_view text, text::token_buffer&, std::string& out) const {
      text::normalize_for_comparison(text, options, out);
      out.resize(out.find_last_not_of('\0') + 1);
    }
    bool operator==(const normalizer&) const = default;
  };

  std::string name() const { return "exact_match"; }
  std::string signature() const {
    return signature_builder{}
        .add("case", ignore_case ? "lc" : "mixed")
        .add("punct", !ignore_punctuation)
        .add("num", !ignore_numbers)
        .str();
  }

  detail::normalized_text<normalizer> encoder() const {
    return {{{ignore_case, ignore_punctuation, ignore_numbers}}};
  }

  statistics measure(std::string_view answer, const detail::normalized_references& gold) const {
    return {gold.any([&](std::string_view g) { return g == answer; }), 1};
  }
  match_score score(const statistics& s) const { return s.score(); }

  bool operator==(const string_match&) const = default;
};
static_assert(scalar_metric<string_match> && dense_statistics<string_match::statistics>);

/// How an answer has to agree with its gold answer.
enum class answer_relation {
  equal,     ///< they are the same
  prefix,    ///< the answer begins with the gold answer
  contains,  ///< the gold answer occurs in the answer, as text: "art" occurs in "party"
};

/// What of an answer is compared.
enum class answer_form {
  squad,     ///< SQuAD's normal form: lower case, no punctuation, no articles, single spaces
  stripped,  ///< the text without the whitespace around it
};

constexpr std::string_view to_string(answer_relation relation) noexcept {
  return relation == answer_relation::equal    ? "equal"
         : relation == answer_relation::prefix ? "prefix"
                                               : "contains";
}
constexpr std::string_view to_string(answer_form form) noexcept {
  return form == answer_form::squad ? "squad" : "stripped";
}

/// Quasi-exact match and its relatives: the share of answers that equal, begin with or contain one of
/// their gold answers, once both are normalised.
///
/// As HELM defines `quasi_exact_match`, `prefix_exact_match` and `quasi_prefix_exact_match`, but for
/// gold answers that normalise to nothing: here they are matched by the answers that do so too, and
/// by no others (in HELM every answer begins with them, and an empty answer never matches).
/// O(answer + gold answers).
struct answer_match {
  answer_relation relation = answer_relation::equal;
  answer_form form = answer_form::squad;

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_proportion = true;

  using statistics = detail::match_counts;
  using scratch = std::vector<std::size_t>;

  struct normalizer {
    answer_form form{};

    void operator()(std::string_view text, text::token_buffer& words, std::string& out) const {
      if (form == answer_form::stripped) {
        out.assign(text::strip(text));
        return;
      }
      text::tokenizer_squad{}(text, words);
      out.clear();
      for (std::size_t i = 0; i < words.size(); ++i) {
        if (i != 0) out += ' ';
        out += words[i];
      }
    }
    bool operator==(const normalizer&) const = default;
  };

  std::string name() const {
    const std::string quasi = form == answer_form::squad ? "quasi_" : "";
    if (relation == answer_relation::contains) return quasi + "contains";
    return quasi + (relation == answer_relation::prefix ? "prefix_match" : "match");
  }
  std::string signature() const {
    return signature_builder{}.add("match", to_string(relation)).add("norm", to_string(form)).str();
  }

  detail::normalized_text<normalizer> encoder() const { return {{form}}; }

  statistics measure(std::string_view answer, const detail::normalized_references& gold, scratch& s) const {
    return {gold.any([&](std::string_view g) { return matches(answer, g, s); }), 1};
  }
  match_score score(const statistics& s) const { return s.score(); }

  bool operator==(const answer_match&) const = default;

 private:
  bool matches(std::string_view answer, std::string_view gold, scratch& s) const {
    if (gold.empty() || relation == answer_relation::equal) return answer == gold;
    if (relation == answer_relation::prefix) return answer.starts_with(gold);
    return detail::contains_text(answer, gold, s);
  }
};
static_assert(scalar_metric<answer_match> && dense_statistics<answer_match::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
