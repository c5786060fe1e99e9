// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/reference_counts.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/detail/char_ngrams.hpp>
#include <evalpp/metrics/detail/char_ngrams_text.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// chrF and what it is made of.
struct chrf_score {
  double value = 0;      ///< 0-100
  double precision = 0;  ///< 0-100, mean over the orders that both sides have n-grams of
  double recall = 0;     ///< likewise
  std::string label;     ///< what papers and sacreBLEU call it: `chrF2`, `chrF2++`

  std::vector<part> parts() const { return {{"name", label}, {"precision", precision}, {"recall", recall}}; }
};

/// chrF (Popovic 2015): the F-score of character n-grams, precision and recall averaged over the
/// orders 1 to `char_order`. With `word_order` 1 or 2, n-grams of words take part as orders of their
/// own: chrF+ and chrF++ (Popovic 2017). Higher is better, 0-100; works on single sentences too.
///
/// Equal to sacreBLEU 2.6.0 with the same options, bit for bit: scores, counts, and the signature, to
/// which `|beta:N` is added when it is not 2 (sacreBLEU prints it in the name alone). Of several
/// references the one with the best F counts, the first of equals. An order takes part when both
/// sides have n-grams of it; without any match, and without any text, the score is 0. With
/// `eps_smoothing` every order takes part, the F-scores are averaged, and nothing is ever 0: an
/// empty text scores 1e-14.
///
/// Characters are code points, not bytes; nothing is normalised, and malformed UTF-8 counts as
/// U+FFFD. Statistics are exact integers. O(length) per example in time and memory, with one step
/// for 64 characters of the shorter text while it has no more than 512; nothing is allocated after
/// warm-up.
template <int DefaultWordOrder>
struct basic_chrf {
  bounded<1, 8> char_order = 6;                 ///< the longest n-grams of characters
  bounded<0, 4> word_order = DefaultWordOrder;  ///< the longest n-grams of words; 0 is none
  bounded<0, 1000> beta = 2;                    ///< how many times recall weighs more than precision
  bool lowercase = false;                       ///< compare lower-cased text
  bool whitespace = false;                      ///< whitespace is characters too
  bool eps_smoothing = false;                   ///< as chrF++.py, NLTK and Moses do

  static constexpr scale unit = scale::percent;
  static constexpr bool higher_is_better = true;

  /// `chrf`, with one `+` per word order.
  std::string name() const { return "chrf" + std::string(static_cast<std::size_t>(int{word_order}), '+'); }
  std::string signature() const {
    signature_builder fields;
    fields.add("case", lowercase ? "lc" : "mixed")
        .add("eff", !eps_smoothing)
        .add("nc", int{char_order})
        .add("nw", int{word_order})
        .add("space", whitespace);
    if (beta != 2) fields.add("beta", int{beta});
    return fields.str();
  }

  /// The n-grams of one order.
  struct order_counts {
    std::int64_t hypothesis;  ///< in the hypothesis; 0 when the reference has none
    std::int64_t reference;   ///< in the reference
    std::int64_t matches;     ///< in common, each as often as on the side where it is rarer
  };
  struct statistics {
    reference_counts references;
    std::array<order_counts, 8> characters;  ///< by order; 0 above `char_order`
    std::array<order_counts, 4> words;       ///< by order; 0 above `word_order`
  };
  using scratch = detail::ngram_counter;

  detail::character_encoder encoder() const {
    return {lowercase ? letter_case::lower : letter_case::as_is, whitespace, word_order > 0};
  }

  statistics measure(const detail::character_text& hypothesis, const detail::character_references& references,
                     scratch& s) const {
    statistics best{};
    if (references.size() == 1) {
      best = against(hypothesis, references[0], s);
    } else {
      double best_f = -1;
      for (std::size_t r = 0; r < references.size(); ++r) {
        const statistics counted = against(hypothesis, references[r], s);
        const double f = score(counted).value;
        if (f <= best_f) continue;
        best_f = f;
        best = counted;
      }
    }
    if (!references.empty()) best.references = reference_counts::of(references.size());
    return best;
  }

  chrf_score score(const statistics& s) const { return score_with(s, detail::ratio); }

  /// Counts by order, as sacreBLEU resamples them, see `single_precision_metric`: precision and recall of an
  /// order are quotients in single precision there.
  using single_statistics = std::array<float, 3 * (8 + 4)>;

  single_statistics in_single_precision(const statistics& s) const noexcept {
    single_statistics row{};
    auto* out = row.data();
    const auto add = [&out](const order_counts& order) {
      for (const std::int64_t count : {order.hypothesis, order.reference, order.matches})
        *out++ = static_cast<float>(count);
    };
    for (const order_counts& order : s.characters) add(order);
    for (const order_counts& order : s.words) add(order);
    return row;
  }
  double single_value(const single_statistics& sums) const {
    statistics s{};
    const auto* from = sums.data();
    const auto read = [&from](order_counts& order) {
      for (std::int64_t* const count : {&order.hypothesis, &order.reference, &order.matches})
        *count = detail::whole(*from++);
    };
    for (order_counts& order : s.characters) read(order);
    for (order_counts& order : s.words) read(order);
    return score_with(s, detail::single_ratio).value;
  }

  /// `nrefs:2`, or `nrefs:var` when the number of references varies.
  std::string data_signature(const statistics& s) const { return s.references.signature(); }

  bool operator==(const basic_chrf&) const = default;

 private:
  template <class Ratio>
  chrf_score score_with(const statistics& s, const Ratio& ratio) const {
    using detail::keep;
    const double eps = 1e-16;
    const double factor = keep(int{beta} * int{beta});
    const double both = keep(1 + factor);
    double precisions = 0, recalls = 0, sum = 0;
    std::int64_t effective = 0;
    const auto add = [&](const order_counts& order) {
      const double p = order.hypothesis > 0 ? ratio(order.matches, order.hypothesis) : eps;
      const double r = order.reference > 0 ? ratio(order.matches, order.reference) : eps;
      const double denominator = keep(keep(factor * p) + r);
      const double f = denominator > 0 ? keep(keep(keep(both * p) * r) / denominator) : eps;
      sum = keep(sum + f);
      if (order.hypothesis > 0 && order.reference > 0) {
        precisions = keep(precisions + p);
        recalls = keep(recalls + r);
        ++effective;
      }
    };
    for (const order_counts& order : std::span(s.characters).first(size(char_order))) add(order);
    for (const order_counts& order : std::span(s.words).first(size(word_order))) add(order);
    if (effective > 0) {
      // Two divisors, or -ffast-math makes a reciprocal of the one.
      precisions = keep(precisions / keep(static_cast<double>(effective)));
      recalls = keep(recalls / keep(static_cast<double>(effective)));
    }

    chrf_score result;
    if (eps_smoothing) {
      result.value = keep(keep(100.0 * sum) / keep(static_cast<double>(char_order + word_order)));
    } else if (keep(precisions + recalls) > 0) {
      const double f =
          keep(keep(keep(both * precisions) * recalls) / keep(keep(factor * precisions) + recalls));
      result.value = keep(100.0 * f);
    }
    result.precision = keep(100.0 * precisions);
    result.recall = keep(100.0 * recalls);
    result.label = "chrF" + std::to_string(int{beta}) + std::string(size(word_order), '+');
    return result;
  }

  static constexpr std::size_t size(int order) noexcept { return static_cast<std::size_t>(order); }

  statistics against(const detail::character_text& hypothesis, const detail::character_text& reference,
                     scratch& s) const {
    statistics counted{};
    const auto characters = s.count(hypothesis.characters, reference.characters, size(char_order));
    fill(std::span(counted.characters).first(size(char_order)), hypothesis.characters, reference.characters,
         characters);
    if (word_order > 0) {
      const auto words = s.count(hypothesis.words, reference.words, size(word_order));
      fill(std::span(counted.words).first(size(word_order)), hypothesis.words, reference.words, words);
    }
    return counted;
  }

  using symbols = std::span<const std::uint32_t>;
  static void fill(std::span<order_counts> orders, symbols hypothesis, symbols reference,
                   const detail::ngram_matches& matches) noexcept {
    for (std::size_t n = 0; n < orders.size() && n < reference.size(); ++n)
      orders[n] = {hypothesis.size() > n ? static_cast<std::int64_t>(hypothesis.size() - n) : 0,
                   static_cast<std::int64_t>(reference.size() - n), matches[n]};
  }
};

/// chrF, as sacreBLEU computes it by default.
using chrf = basic_chrf<0>;
/// chrF++, with unigrams and bigrams of words.
using chrf_pp = basic_chrf<2>;

static_assert(scalar_metric<chrf> && dense_statistics<chrf::statistics>);
static_assert(scalar_metric<chrf_pp> && dense_statistics<chrf_pp::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
