// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/detail/class_report.hpp>
#include <evalpp/metrics/detail/label_order.hpp>
#include <evalpp/metrics/detail/span_set.hpp>

#include <algorithm>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// Reads an example as a set of labels: a range of texts or integers, or one text with U+001F (unit
/// separator) between the labels. Repeated and empty labels do not count; the first reference does.
struct label_set_encoder {
  static constexpr char separator = '\x1F';

  using scratch = detail::span_set;
  template <class Kind>
  struct prepared : detail::span_set {};

  void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const {
    out.clear();
    if (!references.empty()) read(references[0], out);
  }
  template <class Key, class Range>
  void prepare(std::span<const Range* const> references, prepared<tokens_kind<Key>>& out) const {
    out.clear();
    if (!references.empty()) read(*references[0], out);
  }
  template <class Hypothesis, class Kind>
  const detail::span_set* encode(const Hypothesis& hypothesis, const prepared<Kind>&, scratch& s) const {
    read(hypothesis, s);
    return &s;
  }

  bool operator==(const label_set_encoder&) const = default;

 private:
  static void add(std::string_view label, detail::span_set& out) {
    if (!label.empty()) out.add(label);
  }
  static void read(std::string_view text, detail::span_set& out) {
    out.clear();
    while (true) {
      const std::size_t end = text.find(separator);
      add(text.substr(0, end), out);
      if (end == std::string_view::npos) break;
      text.remove_prefix(end + 1);
    }
    out.finish();
  }
  template <class Range>
  requires(!text_like<Range>) static void read(const Range& labels, detail::span_set& out) {
    out.clear();
    for (const auto& label : labels) {
      if constexpr (text_like<std::ranges::range_value_t<const Range>>) {
        add(std::string_view(label), out);
      } else {
        static_assert(std::integral<std::ranges::range_value_t<const Range>>, "labels are texts or integers");
        char digits[24];
        const char* const end = std::to_chars(digits, digits + sizeof digits, label).ptr;
        out.add({digits, static_cast<std::size_t>(end - digits)});
      }
    }
    out.finish();
  }
};

/// What sets of labels say, 0-1. All numbers are 0 without examples.
struct multilabel_score {
  double value = 0;      ///< accuracy
  double accuracy = 0;   ///< the share of examples whose set is exactly right (subset accuracy)
  class_report classes;  ///< precision, recall and F, per label and averaged

  /// The parts of `classification`, NaN where a set of labels has no such thing.
  std::vector<part> parts() const {
    constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::vector<part> all{{"accuracy", accuracy}, {"balanced_accuracy", none}};
    classes.append_averages(all);
    all.push_back({"mcc", none});
    classes.append_classes(all);
    all.push_back({"confusion", none});
    return all;
  }
};

/// Multi-label classification: every example has a set of labels, which may be empty.
///
/// Subset accuracy, and precision, recall and F1 per label and averaged (macro, micro, weighted),
/// equal to scikit-learn 1.2 on the indicator matrix of the labels that occur on either side.
/// O(l log l) for the l labels of an example.
struct multilabel {
  bounded<0, 1> zero_division = 0;             ///< what precision or recall without a denominator is
  label_order order = label_order::automatic;  ///< how labels are listed

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_proportion = true;

  using statistics = sparse_counts;
  struct scratch {
    sparse_counts counts;
    std::string key;
  };

  std::string name() const { return "multilabel"; }
  std::string signature() const {
    return signature_builder{}.add("zero", zero_division).add("labels", to_string(order)).str();
  }
  label_set_encoder encoder() const { return {}; }

  const statistics& measure(const detail::span_set* predicted, const detail::span_set& actual,
                            scratch& s) const {
    s.counts.clear();
    bool same = true;
    detail::for_each_label(
        actual, *predicted, [&](std::string_view label, auto in_actual, auto in_predicted) {
          const detail::class_counts c{detail::count_common(actual, in_actual, *predicted, in_predicted),
                                       static_cast<std::int64_t>(in_predicted.second - in_predicted.first),
                                       static_cast<std::int64_t>(in_actual.second - in_actual.first)};
          same = same && c.actual == c.predicted;
          detail::label_counts::add(s.counts, s.key, label, c);
        });
    detail::label_counts::add(s.counts, s.key, detail::label_counts::total, {}, 1);
    detail::label_counts::add(s.counts, s.key, detail::label_counts::exact, {}, same);
    return s.counts;
  }

  multilabel_score score(const statistics& s) const {
    const std::int64_t total = s.count({&detail::label_counts::total, 1});
    if (total == 0) return {};
    const detail::label_counts counts(s, order);
    multilabel_score result;
    result.value = result.accuracy = detail::ratio(s.count({&detail::label_counts::exact, 1}), total);
    result.classes = class_report(counts.index, counts.each, {static_cast<double>(zero_division)});
    return result;
  }

  bool operator==(const multilabel& other) const {
    return zero_division == other.zero_division && order == other.order;
  }
};
static_assert(scalar_metric<multilabel>);

}  // namespace evalpp::inline EVALPP_ABI
