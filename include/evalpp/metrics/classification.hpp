// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/detail/class_report.hpp>
#include <evalpp/metrics/detail/label_order.hpp>
#include <evalpp/metrics/detail/precision_recall.hpp>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// What a confusion matrix says, 0-1. All numbers are 0 and all lists empty without examples.
struct classification_score {
  double value = 0;  ///< accuracy
  double accuracy = 0;
  double balanced_accuracy = 0;  ///< the mean recall of the classes that occur
  double mcc = 0;                ///< Matthews correlation (Gorodkin's R_k), -1..1; 0 when a side is constant
  class_report classes;          ///< precision, recall and F, per class and averaged
  /// `confusion[t][p]`: examples of class t predicted as p. Empty beyond `max_confusion` classes.
  std::vector<std::vector<std::int64_t>> confusion;

  static constexpr std::size_t max_confusion = 1000;

  std::vector<part> parts() const {
    std::vector<part> all{{"accuracy", accuracy}, {"balanced_accuracy", balanced_accuracy}};
    classes.append_averages(all);
    all.push_back({"mcc", mcc});
    classes.append_classes(all);
    all.push_back({"confusion", confusion});
    return all;
  }
};

/// Single-label classification: accuracy, balanced accuracy, precision, recall and F1 (macro, micro,
/// weighted and per class), Matthews correlation and the confusion matrix.
///
/// The hypothesis is the predicted label, the first reference the true one; labels are any text and
/// equal byte for byte. Classes are those that occur on either side. Equal to scikit-learn 1.2
/// (`precision_recall_fscore_support`, `balanced_accuracy_score`, `matthews_corrcoef`), bit for bit
/// up to 2^53 squared examples. The statistics are counts of (true, predicted) pairs: measuring takes
/// O(label), scoring O(pairs log pairs).
struct classification {
  bounded<0, 1> zero_division = 0;             ///< what precision or recall without a denominator is
  label_order order = label_order::automatic;  ///< how classes are listed

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_proportion = true;

  using statistics = sparse_counts;
  struct scratch {
    sparse_counts counts;
    std::string key;
  };

  std::string name() const { return "classification"; }
  std::string signature() const {
    return signature_builder{}.add("zero", zero_division).add("labels", to_string(order)).str();
  }

  const statistics& measure(std::string_view predicted, std::span<const std::string_view> actual,
                            scratch& s) const {
    s.counts.clear();
    if (!actual.empty()) {
      write_pair(actual[0], predicted, s.key);
      s.counts.add(s.key, 1);
    }
    return s.counts;
  }

  classification_score score(const statistics& s) const {
    std::vector<pair> pairs;
    std::vector<std::string_view> labels;
    for (std::size_t k = 0; k < s.size(); ++k) {
      pairs.push_back(read_pair(s[k]));
      labels.push_back(pairs.back().actual);
      labels.push_back(pairs.back().predicted);
    }
    const detail::label_index index(std::move(labels), order);
    const std::size_t n = index.size();

    classification_score result;
    if (n <= classification_score::max_confusion) result.confusion.assign(n, std::vector<std::int64_t>(n, 0));
    std::vector<detail::class_counts> counts(n);
    std::int64_t total = 0, correct = 0;
    for (const pair& p : pairs) {
      const std::size_t actual = index[p.actual], predicted = index[p.predicted];
      counts[actual].actual += p.count;
      counts[predicted].predicted += p.count;
      if (actual == predicted) {
        counts[actual].both += p.count;
        correct += p.count;
      }
      total += p.count;
      if (!result.confusion.empty()) result.confusion[actual][predicted] += p.count;
    }
    if (total == 0) return {};

    result.value = result.accuracy = detail::ratio(correct, total);
    result.balanced_accuracy = balanced_accuracy(counts);
    result.mcc = matthews_correlation(counts, correct, total);
    result.classes = class_report(index, counts, {static_cast<double>(zero_division)});
    return result;
  }

  bool operator==(const classification& other) const {
    return zero_division == other.zero_division && order == other.order;
  }

 private:
  struct pair {
    std::string_view actual, predicted;
    std::int64_t count;
  };

  // The name of a pair of labels: "<bytes of the true label>:<true><predicted>".
  static void write_pair(std::string_view actual, std::string_view predicted, std::string& key) {
    char size[24];
    const char* const end = std::to_chars(size, size + sizeof size, actual.size()).ptr;
    key.assign(size, static_cast<std::size_t>(end - size));
    key += ':';
    key += actual;
    key += predicted;
  }
  // Any other name, as a damaged file may hold, is a pair of nothing and itself.
  static pair read_pair(const sparse_counts::entry& e) noexcept {
    const char* const last = e.name.data() + e.name.size();
    std::size_t size = 0;
    const auto [end, fault] = std::from_chars(e.name.data(), last, size);
    if (fault != std::errc{} || end == last || *end != ':' || size > static_cast<std::size_t>(last - end) - 1)
      return {{}, e.name, e.count};
    const std::string_view labels(end + 1, static_cast<std::size_t>(last - end) - 1);
    return {labels.substr(0, size), labels.substr(size), e.count};
  }

  static double balanced_accuracy(std::span<const detail::class_counts> counts) {
    std::vector<double> recalls;
    for (const detail::class_counts& c : counts)
      if (c.actual != 0) recalls.push_back(detail::ratio(c.both, c.actual));
    if (recalls.empty()) return 0;
    const double sum = detail::pairwise_sum(0, recalls.size(), [&](std::size_t k) { return recalls[k]; });
    return detail::keep(sum / static_cast<double>(recalls.size()));
  }

  static double matthews_correlation(std::span<const detail::class_counts> counts, std::int64_t correct,
                                     std::int64_t total) {
    // Sums of products of counts: whole numbers, exact in a double below 2^53.
    double both = 0, actual = 0, predicted = 0;
    for (const detail::class_counts& c : counts) {
      const auto a = static_cast<double>(c.actual), p = static_cast<double>(c.predicted);
      both = detail::keep(both + detail::keep(a * p));
      actual = detail::keep(actual + detail::keep(a * a));
      predicted = detail::keep(predicted + detail::keep(p * p));
    }
    const auto n = static_cast<double>(total);
    const double square = detail::keep(n * n);
    const double covariance = detail::keep(detail::keep(static_cast<double>(correct) * n) - both);
    const double variance_predicted = detail::keep(square - predicted);
    const double variance_actual = detail::keep(square - actual);
    const double product = detail::keep(variance_actual * variance_predicted);
    if (product == 0) return 0;
    return detail::keep(covariance / detail::keep(std::sqrt(product)));
  }
};
static_assert(scalar_metric<classification>);

}  // namespace evalpp::inline EVALPP_ABI
