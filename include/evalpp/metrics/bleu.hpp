// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/reference_counts.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/detail/ngram_overlap.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/tokenizer_13a.hpp>
#include <evalpp/text/tokenizer_none.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// What BLEU does with an n-gram order that has no match (Chen and Cherry 2014, the methods that
/// sacreBLEU offers):
///
///     evalpp::bleu{.smoothing = evalpp::smoothing::floor(0.01)}
class smoothing {
 public:
  /// The precision stays 0, and so does BLEU.
  static const smoothing none;
  /// The k-th such order counts as 1/2^k of a match, as NIST's mteval-v13a does. The default.
  static const smoothing exponential;
  /// Such an order counts as `value` of a match.
  static constexpr smoothing floor(double value = 0.1) { return {method::floor, value}; }
  /// From bigrams on, every order has `value` matches and n-grams more than counted.
  static constexpr smoothing add_k(double value = 1) { return {method::add_k, value}; }

  constexpr bool is_exponential() const noexcept { return method_ == method::exponential; }
  constexpr bool is_floor() const noexcept { return method_ == method::floor; }
  constexpr bool is_add_k() const noexcept { return method_ == method::add_k; }
  /// The value of `floor` or `add_k`, else 0.
  constexpr double value() const noexcept { return value_; }

  /// As sacreBLEU prints it: `none`, `exp`, `floor[0.10]`, `add-k[1.00]`. A value that two decimals
  /// do not tell is printed in full.
  std::string signature() const {
    if (is_exponential()) return "exp";
    if (is_floor()) return "floor[" + value_text() + "]";
    if (is_add_k()) return "add-k[" + value_text() + "]";
    return "none";
  }

  constexpr bool operator==(const smoothing&) const = default;

 private:
  enum class method { none, exponential, floor, add_k };

  // Up to 2^53 a count and a value add up without overflow.
  constexpr smoothing(method m, double value)
      : method_(m),
        value_(detail::checked_option(value, 0, 0x1p53, "a smoothing value must lie in 0..2^53")) {}

  std::string value_text() const {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value_, std::chars_format::fixed, 2).ptr;
    double read = 0;
    std::from_chars(buffer, end, read);
    return read == value_ ? std::string(buffer, end) : signature_builder::shortest(value_);
  }

  method method_;
  double value_;
};
inline constexpr smoothing smoothing::none{method::none, 0};
inline constexpr smoothing smoothing::exponential{method::exponential, 0};

namespace detail {
/// The reference length closest to the hypothesis'; of two as close the shorter.
struct closest_length {
  std::size_t hypothesis;
  std::size_t length = static_cast<std::size_t>(-1);

  constexpr void consider(std::size_t candidate) noexcept {
    const auto distance = [this](std::size_t to) {
      return to > hypothesis ? to - hypothesis : hypothesis - to;
    };
    if (distance(candidate) < distance(length) ||
        (distance(candidate) == distance(length) && candidate < length))
      length = candidate;
  }
};
}  // namespace detail

/// BLEU and what it is made of. Orders above the metric's `max_order` are 0.
struct bleu_score {
  static constexpr std::size_t orders = 8;

  double value = 0;  ///< 0-100; 100.00000000000004 for a perfect match, as in sacreBLEU
  std::array<double, orders> precisions{};  ///< by order, 0-100, after smoothing
  std::array<double, orders> counts{};      ///< matched n-grams; with add_k after smoothing
  std::array<double, orders> totals{};      ///< n-grams of the hypotheses; with add_k after smoothing
  double brevity_penalty = 1;               ///< 0-1
  double ratio = 0;                         ///< hypothesis length / reference length; 0 when the latter is 0
  std::int64_t hypothesis_length = 0;       ///< in tokens
  std::int64_t reference_length = 0;        ///< of the closest references, in tokens
  int max_order = 4;

  /// `value` without the rounding error that lifts a perfect match above 100.
  double clamped() const noexcept { return (std::min)(value, 100.0); }

  std::vector<part> parts() const {
    return {{"precisions", first(precisions)}, {"counts", whole(counts)}, {"totals", whole(totals)},
            {"bp", brevity_penalty},           {"ratio", ratio},          {"hyp_len", hypothesis_length},
            {"ref_len", reference_length}};
  }

 private:
  std::vector<double> first(const std::array<double, orders>& values) const {
    return {values.begin(), values.begin() + max_order};
  }
  // Counts are integers unless add_k adds a fraction.
  part_value whole(const std::array<double, orders>& values) const {
    std::vector<std::int64_t> integers;
    for (const double number : first(values)) {
      integers.push_back(static_cast<std::int64_t>(number));
      if (static_cast<double>(integers.back()) != number) return first(values);
    }
    return integers;
  }
};

/// BLEU (Papineni et al. 2002): the geometric mean of clipped n-gram precisions, times a penalty for
/// hypotheses that are shorter than their references. Higher is better, 0-100; it is meant for
/// corpora, a single sentence is best scored with `effective_order`.
///
/// Equal to sacreBLEU 2.6.0 with the same options, bit for bit: scores, counts, and the signature,
/// to which `|order:N` is added when `max_order` is not 4 (sacreBLEU does not print it). With
/// several references an n-gram is clipped to its largest count in any of them, and the reference
/// length is the closest one, the shorter of two equally close. An example without references
/// counts as nothing. Without any match, or without hypothesis tokens, the score is 0.
///
/// Statistics are exact integers. O(tokens) per example; nothing is allocated after warm-up.
template <class Tokenizer>
struct basic_bleu {
  [[no_unique_address]] Tokenizer tokenizer{};
  bool lowercase = false;        ///< compare lower-cased text; no effect on tokens that are given
  bounded<1, 8> max_order = 4;   ///< the longest n-grams
  bool effective_order = false;  ///< leave out orders that the hypotheses are too short for
  evalpp::smoothing smoothing = evalpp::smoothing::exponential;

  static constexpr scale unit = scale::percent;
  static constexpr bool higher_is_better = true;

  std::string name() const { return "bleu"; }
  std::string signature() const {
    signature_builder fields;
    fields.add("case", lowercase ? "lc" : "mixed")
        .add("eff", effective_order)
        .add("tok", tokenizer.signature())
        .add("smooth", smoothing.signature());
    if (max_order != 4) fields.add("order", static_cast<int>(max_order));
    return fields.str();
  }

  struct statistics {
    reference_counts references;
    std::int64_t hypothesis_length;
    std::int64_t reference_length;                         ///< of the closest reference
    std::array<std::int64_t, bleu_score::orders> matches;  ///< by n-gram order, clipped
    std::array<std::int64_t, bleu_score::orders> totals;   ///< by n-gram order, of the hypothesis
  };
  using scratch = detail::ngram_scratch;

  token_encoder<Tokenizer> encoder() const {
    return {tokenizer, lowercase ? letter_case::lower : letter_case::as_is, trailing_space::strip};
  }

  statistics measure(const token_ids& hypothesis, const token_references& references, scratch& s) const {
    statistics counted{};
    if (references.empty()) return counted;
    counted.references = reference_counts::of(references.size());
    counted.hypothesis_length = static_cast<std::int64_t>(hypothesis.size());
    detail::closest_length closest{hypothesis.size()};
    for (const encoded_reference& reference : references) closest.consider(reference.size());
    counted.reference_length = static_cast<std::int64_t>(closest.length);
    const auto matches = detail::count_ngram_matches(hypothesis.ids, references, max_order, s);
    std::copy_n(matches.begin(), bleu_score::orders, counted.matches.begin());
    for (int n = 1; n <= max_order; ++n)
      counted.totals[static_cast<std::size_t>(n - 1)] = detail::ngram_count(hypothesis.size(), n);
    return counted;
  }

  bleu_score score(const statistics& s) const {
    using detail::keep;
    bleu_score result;
    result.max_order = max_order;
    result.hypothesis_length = s.hypothesis_length;
    result.reference_length = s.reference_length;
    if (s.reference_length != 0) result.ratio = detail::ratio(s.hypothesis_length, s.reference_length);
    if (s.hypothesis_length < s.reference_length)
      result.brevity_penalty =
          s.hypothesis_length > 0
              ? std::exp(keep(1.0 - detail::ratio(s.reference_length, s.hypothesis_length)))
              : 0.0;
    const auto orders = static_cast<std::size_t>(static_cast<int>(max_order));
    for (std::size_t n = 0; n < orders; ++n) {
      result.counts[n] = static_cast<double>(s.matches[n]);
      result.totals[n] = static_cast<double>(s.totals[n]);
    }
    if (std::all_of(s.matches.begin(), s.matches.end(), [](std::int64_t m) { return m == 0; })) return result;

    double halving = 1;
    std::size_t effective = orders;
    for (std::size_t n = 0; n < orders; ++n) {
      double& count = result.counts[n];
      double& total = result.totals[n];
      if (smoothing.is_add_k() && n > 0) {
        count = keep(count + smoothing.value());
        total = keep(total + smoothing.value());
      }
      if (total == 0) break;
      if (effective_order) effective = n + 1;
      if (count != 0) {
        result.precisions[n] = keep(keep(100.0 * count) / total);
      } else if (smoothing.is_exponential()) {
        halving = keep(halving * 2);
        result.precisions[n] = keep(100.0 / keep(halving * total));
      } else if (smoothing.is_floor()) {
        result.precisions[n] = keep(keep(100.0 * smoothing.value()) / total);
      }
    }
    double logs = 0;
    for (std::size_t n = 0; n < effective; ++n) logs = keep(logs + log_precision(result.precisions[n]));
    result.value = keep(result.brevity_penalty * std::exp(keep(logs / static_cast<double>(effective))));
    return result;
  }

  /// Both lengths, then matches and totals by order: as sacreBLEU resamples them, see
  /// `single_precision_metric`. Sums are whole; the score of them is in double precision.
  using single_statistics = std::array<float, 2 + 2 * bleu_score::orders>;

  single_statistics in_single_precision(const statistics& s) const noexcept {
    single_statistics row{static_cast<float>(s.hypothesis_length), static_cast<float>(s.reference_length)};
    for (std::size_t n = 0; n < bleu_score::orders; ++n) {
      row[2 + n] = static_cast<float>(s.matches[n]);
      row[2 + bleu_score::orders + n] = static_cast<float>(s.totals[n]);
    }
    return row;
  }
  double single_value(const single_statistics& sums) const {
    statistics s{};
    s.hypothesis_length = detail::whole(sums[0]);
    s.reference_length = detail::whole(sums[1]);
    for (std::size_t n = 0; n < bleu_score::orders; ++n) {
      s.matches[n] = detail::whole(sums[2 + n]);
      s.totals[n] = detail::whole(sums[2 + bleu_score::orders + n]);
    }
    return score(s).value;
  }

  /// `nrefs:2`, or `nrefs:var` when the number of references varies.
  std::string data_signature(const statistics& s) const { return s.references.signature(); }

  bool operator==(const basic_bleu&) const = default;

 private:
  // sacreBLEU's log of 0, which makes the score exactly 0.
  static double log_precision(double p) { return p == 0 ? -9999999999.0 : std::log(p); }
};

/// BLEU of text, as sacreBLEU computes it by default.
using bleu = basic_bleu<text::tokenizer_13a>;
static_assert(scalar_metric<bleu> && dense_statistics<bleu::statistics>);

namespace ids {
/// BLEU of tokens that are given: ids, strings, or values of a type of the user's.
using bleu = basic_bleu<given>;
static_assert(scalar_metric<bleu>);
}  // namespace ids

/// What sacreBLEU's functions of these names compute.
namespace presets::sacrebleu {
inline constexpr evalpp::bleu corpus_bleu{};
inline constexpr evalpp::bleu sentence_bleu{.effective_order = true};
inline constexpr basic_bleu<text::tokenizer_none> raw_corpus_bleu{.effective_order = true,
                                                                  .smoothing = smoothing::floor(0.1)};
}  // namespace presets::sacrebleu

}  // namespace evalpp::inline EVALPP_ABI
