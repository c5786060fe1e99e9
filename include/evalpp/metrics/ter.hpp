// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/reference_counts.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/unit_sum.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/detail/ter_encoder.hpp>
#include <evalpp/metrics/detail/tercom.hpp>
#include <evalpp/text/tokenizer_tercom.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// A translation edit rate and what it is the ratio of.
struct ter_score {
  double value = 0;  ///< 0-100, can exceed 100
  std::int64_t num_edits = 0;
  double ref_length = 0;  ///< the sum over the examples of the mean length of their references

  std::vector<part> parts() const { return {{"num_edits", num_edits}, {"ref_length", ref_length}}; }
};

/// Translation edit rate (Snover et al. 2006): insertions, deletions, substitutions and moves of
/// blocks of words that make the hypothesis equal to its nearest reference, summed over the
/// examples, per reference word. 0-100 and beyond; lower is better.
///
/// Equal to sacreBLEU 2.6.0 `TER`, limits of its search included: beam 25, blocks of up to 10 words
/// moved by up to 50, 1,000 trials; references are tokenized twice as there, which `normalized` shows
/// (`dog's.`). With several references the edits are those to the nearest, the
/// length is the mean of all, summed exactly: in units of 1/720720, and what more than 16 references
/// leave beside these. An empty reference costs one edit per hypothesis word; if all are empty, the
/// value is 100 with edits and 0 without.
///
/// O(hypothesis + shifts tried * words around them) per example.
template <class Tokenizer>
struct basic_ter {
  [[no_unique_address]] Tokenizer tokenizer{};
  bool case_sensitive = false;

  static constexpr scale unit = scale::percent;
  static constexpr bool higher_is_better = false;
  /// What one word of reference length counts: divisible by 1 to 16.
  static constexpr std::int64_t length_unit = 720720;

  struct statistics {
    reference_counts references;
    std::int64_t edits;
    std::int64_t reference_length;  ///< mean over the references, in 1 / length_unit, rounded down
    unit_sum rest;                  ///< what was rounded off, in 1 / length_unit; 0 up to 16 references
  };
  using scratch = detail::tercom;

  std::string name() const { return "ter"; }
  /// `case:lc|tok:tercom|norm:no|punct:yes|asian:no`
  std::string signature() const {
    return signature_builder{}
        .add("case", case_sensitive ? "mixed" : "lc")
        .add("tok", tokenizer.signature())
        .str();
  }
  std::string data_signature(const statistics& s) const { return s.references.signature(); }

  detail::ter_encoder<Tokenizer> encoder() const {
    return {{tokenizer, case_sensitive ? letter_case::as_is : letter_case::lower, trailing_space::strip}};
  }

  statistics measure(const token_ids& hypothesis, const token_references& references, scratch& s) const {
    if (references.empty()) return {};
    std::int64_t edits = 0, words = 0;
    for (std::size_t r = 0; r < references.size(); ++r) {
      const std::int64_t found = s.edits(hypothesis.ids, references[r]);
      edits = r == 0 ? found : (std::min)(edits, found);
      words += static_cast<std::int64_t>(references[r].size());
    }
    const auto n = static_cast<std::int64_t>(references.size());
    const std::int64_t units = words * length_unit;
    return {reference_counts::of(references.size()), edits, units / n,
            unit_sum::of(detail::ratio(units % n, n))};
  }

  ter_score score(const statistics& s) const {
    const double units = length_units(s);
    ter_score out{0, s.edits, detail::keep(units / detail::keep(static_cast<double>(length_unit)))};
    if (units > 0) {
      out.value = detail::keep(100.0 * detail::keep(static_cast<double>(s.edits) / out.ref_length));
    } else if (s.edits > 0) {
      out.value = 100.0;
    }
    return out;
  }

  /// Edits and reference length, as sacreBLEU resamples them, see `single_precision_metric`: their quotient
  /// is one of single precision there.
  using single_statistics = std::array<float, 2>;

  single_statistics in_single_precision(const statistics& s) const noexcept {
    return {static_cast<float>(s.edits), static_cast<float>(score(s).ref_length)};
  }
  double single_value(const single_statistics& sums) const noexcept {
    const double edits = static_cast<double>(sums[0]), words = static_cast<double>(sums[1]);
    if (words > 0) return detail::keep(100.0 * detail::single(detail::keep(edits / detail::keep(words))));
    return edits > 0 ? 100.0 : 0.0;
  }

  ratio_of_sums as_ratio(const statistics& s) const noexcept {
    return {100.0 * static_cast<double>(s.edits),
            detail::keep(length_units(s) / detail::keep(static_cast<double>(length_unit)))};
  }

  bool operator==(const basic_ter&) const = default;

 private:
  static double length_units(const statistics& s) noexcept {
    return detail::keep(static_cast<double>(s.reference_length) + s.rest.value());
  }
};

/// sacreBLEU's TER.
using ter = basic_ter<text::tokenizer_tercom>;
namespace ids {
/// The translation edit rate of given tokens.
using ter = basic_ter<given>;
}  // namespace ids

static_assert(scalar_metric<ter> && dense_statistics<ter::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
