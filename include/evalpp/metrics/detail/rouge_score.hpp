// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/reference_counts.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/core/unit_sum.hpp>
#include <evalpp/detail/fp.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <vector>

// What all ROUGE metrics share: counts of one hypothesis and one reference go in, precision, recall
// and F of the example come out.
namespace evalpp::inline EVALPP_ABI {

/// What several references of one example mean to ROUGE.
enum class rouge_references {
  best,         ///< the reference with the highest F, the first of equals (rouge_score's `score_multi`)
  best_recall,  ///< the reference with the highest recall, the first of equals (ROUGE-1.5.5 `-f B`)
  pooled,       ///< matches and lengths summed over the references (ROUGE-1.5.5 `-f A`)
  mean,         ///< the mean over the references of precision, of recall and of F
  /// Each reference is left out once, the best of the others taken, and the mean of these (Lin
  /// 2004): comparable with a human who is scored against the other references. One reference
  /// cannot be left out and counts as it is.
  jackknife,
};

constexpr std::string_view to_string(rouge_references references) noexcept {
  constexpr std::string_view names[] = {"best", "best_recall", "pooled", "mean", "jackknife"};
  return names[static_cast<std::size_t>(references)];
}

/// Means over the examples, each 0-1; all 0 when there are none.
struct rouge_score {
  double value = 0;  ///< the mean F, which is not the F of the mean precision and recall
  double precision = 0;
  double recall = 0;
  double fmeasure = 0;
  std::int64_t examples = 0;

  std::vector<part> parts() const {
    return {{"precision", precision}, {"recall", recall}, {"fmeasure", fmeasure}};
  }
};

/// Sums over the examples. Exact: a single example comes back bit for bit (see unit_sum).
struct rouge_statistics {
  reference_counts references;
  unit_sum precision;
  unit_sum recall;
  unit_sum fmeasure;
};
static_assert(dense_statistics<rouge_statistics>);

namespace detail {

/// Matches of one pair of texts and what each side has to match.
struct rouge_counts {
  double hits = 0;
  double hypothesis = 0;
  double reference = 0;
  double recall = 0;  // what best_recall chooses by: ROUGE-1.5.5 does not always report that one
};

struct rouge_triple {
  double precision = 0;
  double recall = 0;
  double fmeasure = 0;
};

/// `x` in 0..1 as ROUGE-1.5.5 prints it and computes on: rounded to 5 decimals.
inline double five_decimals(double x) noexcept {
  char digits[32];
  const auto end = std::to_chars(digits, std::end(digits), x, std::chars_format::fixed, 5).ptr;
  int whole = 0;
  for (const char* c = digits; c != end; ++c)
    if (*c != '.') whole = whole * 10 + (*c - '0');
  return keep(static_cast<double>(whole) / keep(100000.0));  // no product with 1e-5
}

/// The options that all ROUGE metrics have, and how their counts become ratios.
struct rouge_rules {
  rouge_references references = rouge_references::best;
  double alpha = 0.5;
  bool rounded = false;
  double power = 1;  // ratios are lifted to it

  double ratio(double hits, double total) const noexcept {
    if (!(total > 0)) return 0;
    double ratio = keep(hits / keep(total));
    if (power != 1) ratio = keep(std::pow(ratio, power));
    return rounded ? five_decimals(ratio) : ratio;
  }
  /// F = P R / ((1 - alpha) P + alpha R); at 1/2 the bits of rouge_score's 2 P R / (P + R).
  rouge_triple triple(const rouge_counts& counts) const noexcept {
    const double p = ratio(counts.hits, counts.hypothesis);
    const double r = ratio(counts.hits, counts.reference);
    const double denominator = keep(keep(keep(1 - alpha) * p) + keep(alpha * r));
    const double f = denominator > 0 ? keep(keep(p * r) / keep(denominator)) : 0.0;
    return {p, r, rounded ? five_decimals(f) : f};
  }
};

/// Makes one triple of the counts against each reference of an example.
class rouge_fold {
 public:
  explicit rouge_fold(const rouge_rules& rules) noexcept : rules_(rules) {}

  void add(const rouge_counts& counts) noexcept {
    ++size_;
    switch (rules_.references) {
      case rouge_references::best_recall:
        if (size_ == 1 || counts.recall > chosen_.recall) chosen_ = counts;
        break;
      case rouge_references::pooled:
        chosen_.hits += counts.hits;
        chosen_.hypothesis += counts.hypothesis;
        chosen_.reference += counts.reference;
        break;
      case rouge_references::mean:
        sum(rules_.triple(counts));
        break;
      case rouge_references::best:
      case rouge_references::jackknife:
        rank(rules_.triple(counts));
        break;
    }
  }

  rouge_triple result() const noexcept {
    const auto n = static_cast<double>(size_);
    switch (rules_.references) {
      case rouge_references::best_recall:
      case rouge_references::pooled:
        return rules_.triple(chosen_);
      case rouge_references::mean:
        return {divided(first_.precision, n), divided(first_.recall, n), divided(first_.fmeasure, n)};
      case rouge_references::jackknife:
        if (size_ > 1) break;
        return first_;
      case rouge_references::best:
        return first_;
    }
    // All sets that leave one reference out hold the best one, but for the set without it.
    const auto left_out = [n](double best, double second) {
      return divided(keep(keep((n - 1) * best) + second), n);
    };
    return {left_out(first_.precision, second_.precision), left_out(first_.recall, second_.recall),
            left_out(first_.fmeasure, second_.fmeasure)};
  }

 private:
  // Under -ffast-math several quotients by one value become products with its inverse.
  static double divided(double x, double n) noexcept { return keep(x / keep(n)); }
  void sum(const rouge_triple& t) noexcept {
    first_ = {keep(first_.precision + t.precision), keep(first_.recall + t.recall),
              keep(first_.fmeasure + t.fmeasure)};
  }
  void rank(const rouge_triple& t) noexcept {
    if (size_ == 1 || t.fmeasure > first_.fmeasure) {
      second_ = first_;
      first_ = t;
    } else if (size_ == 2 || t.fmeasure > second_.fmeasure) {
      second_ = t;
    }
  }

  rouge_rules rules_;
  std::size_t size_ = 0;
  rouge_counts chosen_;
  rouge_triple first_, second_;
};

/// One example: `count(reference)` yields the counts against one of its references.
template <class Count>
rouge_statistics measure_rouge(const rouge_rules& rules, const token_references& references, Count count) {
  if (references.empty()) return {};
  rouge_fold fold(rules);
  for (const encoded_reference& reference : references) fold.add(count(reference));
  const rouge_triple triple = fold.result();
  return {reference_counts::of(references.size()), unit_sum::of(triple.precision),
          unit_sum::of(triple.recall), unit_sum::of(triple.fmeasure)};
}

inline rouge_score score_rouge(const rouge_statistics& s) {
  const std::int64_t n = s.references.examples;
  const double f = s.fmeasure.mean(n);
  return {f, s.precision.mean(n), s.recall.mean(n), f, n};
}

/// The counts of metrics that match tokens of whole texts. ROUGE-1.5.5 chooses by unrounded recall.
inline rouge_counts sequence_counts(double hits, const token_ids& hypothesis,
                                    const encoded_reference& reference) {
  const auto total = static_cast<double>(reference.size());
  return {hits, static_cast<double>(hypothesis.size()), total, total > 0 ? keep(hits / keep(total)) : 0.0};
}

/// The part of the signature that all ROUGE metrics share.
inline void add_rouge_fields(signature_builder& fields, std::string_view tokenizer,
                             rouge_references references, double alpha, bool rounded) {
  fields.add("tok", tokenizer).add("refs", to_string(references)).add("alpha", alpha);
  if (rounded) fields.add("round", 5);
}

}  // namespace detail
}  // namespace evalpp::inline EVALPP_ABI
