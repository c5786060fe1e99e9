// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/metrics/detail/label_order.hpp>
#include <evalpp/metrics/detail/precision_recall.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// Precision, recall and F1 of every class and their averages, 0-1.
struct class_report {
  struct row {
    std::string label;
    double precision = 0;
    double recall = 0;
    double f1 = 0;
    std::int64_t support = 0;    ///< how often the class is true
    std::int64_t predicted = 0;  ///< how often it was predicted
    std::int64_t correct = 0;    ///< how often it was both
  };
  struct average {
    double precision = 0;
    double recall = 0;
    double f1 = 0;
  };

  std::vector<row> rows;  ///< in the order of the labels
  average macro;          ///< the plain mean over the classes
  average micro;          ///< of the counts of all classes, added up
  average weighted;       ///< the mean weighted by support
  bool integers = false;  ///< the labels are integers, and `labels` is reported as such

  class_report() = default;
  class_report(const detail::label_index& index, std::span<const detail::class_counts> counts,
               detail::precision_recall_rules rules)
      : integers(index.integers()) {
    std::vector<detail::precision_recall> each;
    each.reserve(counts.size());
    rows.reserve(counts.size());
    for (std::size_t k = 0; k < counts.size(); ++k) {
      const detail::class_counts& c = counts[k];
      each.push_back(detail::precision_recall_of(c, rules));
      rows.push_back(
          {index.names()[k], each[k].precision, each[k].recall, each[k].f, c.actual, c.predicted, c.both});
    }
    const detail::averaged_precision_recall averages = detail::averages_of(counts, each, rules);
    macro = named(averages.macro);
    micro = named(averages.micro);
    weighted = named(averages.weighted);
  }

  /// `precision_macro`, `recall_macro`, `f1_macro`, then micro and weighted.
  void append_averages(std::vector<part>& parts) const {
    append(parts, "macro", macro);
    append(parts, "micro", micro);
    append(parts, "weighted", weighted);
  }

  /// `labels`, and `per_class` with one group of parts per label.
  void append_classes(std::vector<part>& parts) const {
    if (integers) {
      std::vector<std::int64_t> labels(rows.size());
      for (std::size_t k = 0; k < rows.size(); ++k) detail::integer_label(rows[k].label, labels[k]);
      parts.push_back({"labels", std::move(labels)});
    } else {
      std::vector<std::string> labels;
      for (const row& r : rows) labels.push_back(r.label);
      parts.push_back({"labels", std::move(labels)});
    }
    std::vector<part> classes;
    for (const row& r : rows)
      classes.push_back(
          {r.label,
           std::vector<part>{
               {"precision", r.precision}, {"recall", r.recall}, {"f1", r.f1}, {"support", r.support}}});
    parts.push_back({"per_class", std::move(classes)});
  }

 private:
  static average named(const detail::precision_recall& p) noexcept { return {p.precision, p.recall, p.f}; }
  static void append(std::vector<part>& parts, std::string_view suffix, const average& a) {
    const std::string tail = "_" + std::string(suffix);
    parts.push_back({"precision" + tail, a.precision});
    parts.push_back({"recall" + tail, a.recall});
    parts.push_back({"f1" + tail, a.f1});
  }
};

}  // namespace evalpp::inline EVALPP_ABI
