// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/core/unit_sum.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/detail/ngram_overlap.hpp>
#include <evalpp/metrics/detail/own_tokens.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_whitespace.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace detail {

/// Counts the different n-grams of a sequence, by naming n-grams with the name of their first n-1
/// tokens and their last token. Exact, O(n * tokens) expected.
class distinct_ngrams {
 public:
  /// `ids` are 1..vocabulary.
  std::int64_t count(std::span<const std::uint32_t> ids, std::uint32_t vocabulary, int n) {
    if (n == 1) {
      seen_.assign(std::size_t{vocabulary} + 1, false);
      for (const std::uint32_t id : ids) seen_[id] = true;
      return std::count(seen_.begin(), seen_.end(), true);
    }
    const auto order = static_cast<std::size_t>(n);
    if (ids.size() < order) return 0;
    names_.assign(ids.begin(), ids.end());
    for (std::size_t k = 1; k < order; ++k) {
      pairs_.clear(ids.size());
      for (std::size_t j = ids.size() - 1; j >= k; --j)
        names_[j] = pairs_.insert(std::uint64_t{names_[j - 1]} << 32 | ids[j]);
    }
    return pairs_.size();
  }

 private:
  std::vector<bool> seen_;            // by id
  std::vector<std::uint32_t> names_;  // names_[j] is that of the n-gram that ends at j
  dictionary<std::uint64_t> pairs_;
};

/// A mean over examples of a number in 0..1, which is what `distinct` and `repetition` are.
struct mean_statistics {
  unit_sum sum;
  std::int64_t examples;
};

inline ratio_of_sums mean_terms(const mean_statistics& s, double best) noexcept {
  return {keep(best * s.sum.value()), static_cast<double>(s.examples)};
}

inline std::uint32_t vocabulary_of(std::span<const std::uint32_t> ids) noexcept {
  return ids.empty() ? 0 : *std::max_element(ids.begin(), ids.end());
}

}  // namespace detail

/// A mean over examples, and how many there were.
struct mean_score {
  double value = 0;           ///< 0 when there are no examples
  std::int64_t examples = 0;  ///< those that the mean is over

  std::vector<part> parts() const { return {{"examples", examples}}; }
};

/// A ratio of lengths, and the lengths.
struct length_ratio_score {
  double value = 0;
  std::int64_t hypothesis_length = 0;
  std::int64_t reference_length = 0;

  std::vector<part> parts() const { return {{"hyp_len", hypothesis_length}, {"ref_len", reference_length}}; }
};

/// distinct-n (Li et al. 2016), per example: the number of different n-grams of a hypothesis divided
/// by the number of its n-grams, 0-1, averaged over the examples that have an n-gram. Higher is more
/// varied; long texts score lower than short ones. References are not read. (Over a whole corpus
/// distinct-n is not a sum over examples and therefore not offered.)
template <class Tokenizer>
struct basic_distinct {
  [[no_unique_address]] Tokenizer tokenizer{};
  bounded<1, 9> order = 2;
  bool lowercase = false;

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool scores_without_reference = true;

  std::string name() const { return "distinct" + std::to_string(static_cast<int>(order)); }
  std::string signature() const {
    return signature_builder{}
        .add("case", lowercase ? "lc" : "mixed")
        .add("n", static_cast<int>(order))
        .add("tok", tokenizer.signature())
        .str();
  }

  using statistics = detail::mean_statistics;
  using scratch = detail::distinct_ngrams;

  detail::own_tokens<Tokenizer> encoder() const {
    if constexpr (std::same_as<Tokenizer, given>)
      return {};
    else
      return {{tokenizer, lowercase ? letter_case::lower : letter_case::as_is, trailing_space::keep}};
  }

  template <class References>
  statistics measure(const token_ids& hypothesis, const References&, scratch& s) const {
    const std::int64_t all = detail::ngram_count(hypothesis.size(), order);
    if (all == 0) return {};
    const std::int64_t distinct = s.count(hypothesis.ids, detail::vocabulary_of(hypothesis.ids), order);
    return {unit_sum::of(detail::ratio(distinct, all)), 1};
  }
  mean_score score(const statistics& s) const { return {s.sum.mean(s.examples), s.examples}; }
  ratio_of_sums as_ratio(const statistics& s) const noexcept { return detail::mean_terms(s, 1); }

  bool operator==(const basic_distinct&) const = default;
};

/// Repetition (seq-rep-n of Welleck et al. 2020), per example: the share of a hypothesis' n-grams
/// that occurred in it before, 1 - distinct-n, averaged over the examples that have an n-gram. Lower
/// is better: a text that loops comes close to 1. References are not read.
template <class Tokenizer>
struct basic_repetition {
  [[no_unique_address]] Tokenizer tokenizer{};
  bounded<1, 9> order = 4;
  bool lowercase = false;

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = false;
  static constexpr bool scores_without_reference = true;

  std::string name() const { return "repetition" + std::to_string(static_cast<int>(order)); }
  std::string signature() const { return distinct().signature(); }

  using statistics = detail::mean_statistics;
  using scratch = detail::distinct_ngrams;

  detail::own_tokens<Tokenizer> encoder() const { return distinct().encoder(); }

  template <class References>
  statistics measure(const token_ids& hypothesis, const References&, scratch& s) const {
    const std::int64_t all = detail::ngram_count(hypothesis.size(), order);
    if (all == 0) return {};
    const std::int64_t distinct = s.count(hypothesis.ids, detail::vocabulary_of(hypothesis.ids), order);
    return {unit_sum::of(detail::ratio(all - distinct, all)), 1};
  }
  mean_score score(const statistics& s) const { return {s.sum.mean(s.examples), s.examples}; }
  ratio_of_sums as_ratio(const statistics& s) const noexcept { return detail::mean_terms(s, 1); }

  bool operator==(const basic_repetition&) const = default;

 private:
  basic_distinct<Tokenizer> distinct() const { return {tokenizer, order, lowercase}; }
};

/// Self-BLEU (Zhu et al. 2018) of the responses to one prompt: the mean over the responses of the
/// sentence BLEU of each against all others, 0-100, averaged over the examples. Lower is more
/// varied; 100 when all responses are the same. Hand over any one response as the hypothesis and the
/// others as its references: which one is the hypothesis makes no difference. An example with one
/// response counts as nothing. O(responses^2 * tokens).
template <class Tokenizer>
struct basic_self_bleu {
  basic_bleu<Tokenizer> sentence{.effective_order = true};  ///< how each response is scored

  static constexpr scale unit = scale::percent;
  static constexpr bool higher_is_better = false;

  std::string name() const { return "self_bleu"; }
  std::string signature() const { return sentence.signature(); }

  using statistics = detail::mean_statistics;
  struct scratch {
    detail::ngram_scratch ngrams;
    encoded_reference hypothesis;
  };

  auto encoder() const { return sentence.encoder(); }

  statistics measure(const token_ids& hypothesis, const token_references& references, scratch& s) const {
    if (references.empty()) return {};
    // The hypothesis as a reference for the others. Its unknown tokens are in none of them.
    s.hypothesis.ids.assign(hypothesis.ids.begin(), hypothesis.ids.end());
    s.hypothesis.masks.build(s.hypothesis.ids, references.vocabulary());
    double sum = score_against_others(references.size(), references, s);
    for (std::size_t k = 0; k < references.size(); ++k)
      sum = detail::keep(sum + score_against_others(k, references, s));
    const double mean = detail::keep(sum / static_cast<double>(references.size() + 1));
    // -ffast-math would multiply by the inverse of a constant.
    return {unit_sum::of(detail::keep(mean / detail::keep(100.0))), 1};
  }

  mean_score score(const statistics& s) const {
    return {detail::keep(100.0 * s.sum.mean(s.examples)), s.examples};
  }
  ratio_of_sums as_ratio(const statistics& s) const noexcept { return detail::mean_terms(s, 100); }

  bool operator==(const basic_self_bleu&) const = default;

 private:
  // Response k of the references and, last, the hypothesis.
  double score_against_others(std::size_t k, const token_references& references, scratch& s) const {
    const std::size_t last = references.size();
    const auto response = [&](std::size_t r) -> const encoded_reference& {
      return r == last ? s.hypothesis : references[r];
    };
    const encoded_reference& one = response(k);
    detail::closest_length closest{one.size()};
    s.ngrams.hits.assign(one.size(), 0);
    for (std::size_t r = 0; r <= last; ++r) {
      if (r == k) continue;
      closest.consider(response(r).size());
      detail::match_ngrams<true>(one.ids, response(r), references.vocabulary(), sentence.max_order,
                                 {nullptr, s.ngrams.hits.data()}, s.ngrams.names);
    }
    typename basic_bleu<Tokenizer>::statistics counted{};
    counted.hypothesis_length = static_cast<std::int64_t>(one.size());
    counted.reference_length = static_cast<std::int64_t>(closest.length);
    const auto matches = detail::total_hits(s.ngrams.hits, sentence.max_order);
    std::copy_n(matches.begin(), counted.matches.size(), counted.matches.begin());
    for (int n = 1; n <= sentence.max_order; ++n)
      counted.totals[static_cast<std::size_t>(n - 1)] = detail::ngram_count(one.size(), n);
    return sentence.score(counted).value;
  }
};

/// How long a hypothesis is, in tokens, compared with its reference (the closest one, as BLEU has
/// it): summed lengths over summed lengths, 1 is as long. 0 when the references have no token. There
/// is no better direction; `higher_is_better` says what more tokens do to the number.
template <class Tokenizer>
struct basic_length_ratio {
  [[no_unique_address]] Tokenizer tokenizer{};

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;

  std::string name() const { return "length_ratio"; }
  std::string signature() const { return signature_builder{}.add("tok", tokenizer.signature()).str(); }

  struct statistics {
    std::int64_t hypothesis_length;
    std::int64_t reference_length;  ///< of the closest reference
  };

  token_encoder<Tokenizer> encoder() const { return {tokenizer}; }

  statistics measure(const token_ids& hypothesis, const token_references& references) const {
    if (references.empty()) return {};
    detail::closest_length closest{hypothesis.size()};
    for (const encoded_reference& reference : references) closest.consider(reference.size());
    return {static_cast<std::int64_t>(hypothesis.size()), static_cast<std::int64_t>(closest.length)};
  }
  length_ratio_score score(const statistics& s) const {
    return {s.reference_length == 0 ? 0.0 : detail::ratio(s.hypothesis_length, s.reference_length),
            s.hypothesis_length, s.reference_length};
  }
  ratio_of_sums as_ratio(const statistics& s) const noexcept {
    return {static_cast<double>(s.hypothesis_length), static_cast<double>(s.reference_length)};
  }

  bool operator==(const basic_length_ratio&) const = default;
};

using distinct = basic_distinct<text::tokenizer_whitespace>;
using repetition = basic_repetition<text::tokenizer_whitespace>;
using self_bleu = basic_self_bleu<text::tokenizer_13a>;
using length_ratio = basic_length_ratio<text::tokenizer_whitespace>;
static_assert(scalar_metric<distinct> && scalar_metric<repetition> && scalar_metric<self_bleu> &&
              scalar_metric<length_ratio>);

namespace ids {
using distinct = basic_distinct<given>;
using repetition = basic_repetition<given>;
using self_bleu = basic_self_bleu<given>;
using length_ratio = basic_length_ratio<given>;
}  // namespace ids

}  // namespace evalpp::inline EVALPP_ABI
