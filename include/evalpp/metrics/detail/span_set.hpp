// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/metrics/detail/label_order.hpp>
#include <evalpp/metrics/detail/precision_recall.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Sets of labels that may stand at places, and how they are counted: span F1, span overlap and
// multi-label classification (labels without a place) are the same sums per label.
namespace evalpp::inline EVALPP_ABI::detail {

/// A set of (label, begin, end), in that order. Clearing keeps the memory; copies are independent.
class span_set {
 public:
  struct item {
    std::string_view label;
    std::int64_t begin = 0, end = 0;
  };

  std::size_t size() const noexcept { return places_.size(); }
  item operator[](std::size_t k) const noexcept {
    const place& p = places_[k];
    return {label(p), p.begin, p.end};
  }

  /// To fill it: clear, add in any order, finish. It is then ordered by label, begin and end.
  void clear() noexcept {
    labels_.clear();
    places_.clear();
  }
  void add(std::string_view label, std::int64_t begin = 0, std::int64_t end = 0) {
    places_.push_back({labels_.size(), label.size(), begin, end});
    labels_.append(label);
  }
  void finish() {
    std::sort(places_.begin(), places_.end(), [this](const place& a, const place& b) {
      if (const int order = label(a).compare(label(b)); order != 0) return order < 0;
      return a.begin != b.begin ? a.begin < b.begin : a.end < b.end;
    });
    const auto same = [this](const place& a, const place& b) {
      return a.begin == b.begin && a.end == b.end && label(a) == label(b);
    };
    places_.erase(std::unique(places_.begin(), places_.end(), same), places_.end());
  }

 private:
  struct place {
    std::size_t at, size;
    std::int64_t begin, end;
  };
  std::string_view label(const place& p) const noexcept {
    return std::string_view(labels_).substr(p.at, p.size);
  }

  std::string labels_;
  std::vector<place> places_;
};

/// Calls `visit(label, actual range, predicted range)` for each label of either set, in order. A
/// range is the pair of indices between which the set has the label.
template <class Visit>
void for_each_label(const span_set& actual, const span_set& predicted, Visit visit) {
  const auto end_of = [](const span_set& s, std::size_t from, std::string_view label) {
    while (from < s.size() && s[from].label == label) ++from;
    return from;
  };
  for (std::size_t a = 0, p = 0; a < actual.size() || p < predicted.size();) {
    const bool take_actual =
        p == predicted.size() || (a < actual.size() && actual[a].label <= predicted[p].label);
    const std::string_view label = take_actual ? actual[a].label : predicted[p].label;
    const std::size_t a_end = end_of(actual, a, label), p_end = end_of(predicted, p, label);
    visit(label, std::pair{a, a_end}, std::pair{p, p_end});
    a = a_end;
    p = p_end;
  }
}

/// The number of places that are in both ranges, which are of one label.
inline std::int64_t count_common(const span_set& a, std::pair<std::size_t, std::size_t> in_a,
                                 const span_set& b, std::pair<std::size_t, std::size_t> in_b) {
  std::int64_t common = 0;
  auto [i, i_end] = in_a;
  auto [j, j_end] = in_b;
  while (i < i_end && j < j_end) {
    const span_set::item x = a[i], y = b[j];
    const bool x_first = x.begin != y.begin ? x.begin < y.begin : x.end < y.end;
    const bool same = x.begin == y.begin && x.end == y.end;
    common += same;
    i += x_first || same;
    j += !x_first;
  }
  return common;
}

/// Counts per label as they lie in `sparse_counts`: the name is one letter for what is counted and
/// the label.
class label_counts {
 public:
  static constexpr char actual = 'a', predicted = 'p', both = 'b', total = 'n', exact = 'e';

  static void add(sparse_counts& counts, std::string& key, char what, std::string_view label,
                  std::int64_t n) {
    if (n == 0) return;
    key = what;
    key += label;
    counts.add(key, n);
  }
  static void add(sparse_counts& counts, std::string& key, std::string_view label, const class_counts& c) {
    add(counts, key, actual, label, c.actual);
    add(counts, key, predicted, label, c.predicted);
    add(counts, key, both, label, c.both);
  }

  label_counts(const sparse_counts& counts, label_order order) : index(labels_of(counts), order) {
    each.resize(index.size());
    for (std::size_t k = 0; k < counts.size(); ++k) {
      const auto [name, n] = counts[k];
      if (!is_label(name)) continue;
      class_counts& of_label = each[index[name.substr(1)]];
      (name[0] == actual ? of_label.actual : name[0] == predicted ? of_label.predicted : of_label.both) = n;
    }
  }

  label_index index;
  std::vector<class_counts> each;

 private:
  static bool is_label(std::string_view name) noexcept {
    return !name.empty() && (name[0] == actual || name[0] == predicted || name[0] == both);
  }
  static std::vector<std::string_view> labels_of(const sparse_counts& counts) {
    std::vector<std::string_view> labels;
    for (std::size_t k = 0; k < counts.size(); ++k)
      if (is_label(counts[k].name)) labels.push_back(counts[k].name.substr(1));
    return labels;
  }
};

}  // namespace evalpp::inline EVALPP_ABI::detail
