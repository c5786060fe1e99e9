// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/metric.hpp>
#include <evalpp/core/sparse_counts.hpp>
#include <evalpp/metrics/classification.hpp>
#include <evalpp/metrics/multilabel.hpp>
#include <evalpp/metrics/span_f1.hpp>

#include <reference/classification.hpp>
#include <reference/span_f1.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

// Labels, sets of labels and tag sequences of arbitrary bytes. The first byte chooses the options; a
// byte 1 ends a text; texts are true and predicted in turn. All are compared with their definitions.
namespace fuzz_classification_detail {

inline void require(bool holds) {
  if (!holds) std::abort();
}
inline void near(double a, double b) { require(std::abs(a - b) <= 1e-9); }

inline void same(const evalpp::class_report& found, const reference::class_scores& expected) {
  require(found.rows.size() == expected.per_class.size());
  for (const auto& row : found.rows) {
    const reference::prf& r = expected.per_class.at(row.label);
    near(row.precision, r.precision);
    near(row.recall, r.recall);
    near(row.f1, r.f1);
    near(static_cast<double>(row.support), r.support);
  }
  near(found.macro.f1, expected.macro.f1);
  near(found.micro.f1, expected.micro.f1);
  near(found.weighted.f1, expected.weighted.f1);
}

inline reference::label_set split(const std::string& text) {
  reference::label_set labels;
  std::string label;
  for (const char c : text + '\x1F') {
    if (c != '\x1F') {
      label += c;
      continue;
    }
    if (!label.empty()) labels.insert(label);
    label.clear();
  }
  return labels;
}

inline std::map<std::string, reference::span_counts> counts_of(const evalpp::span_f1_score& s) {
  std::map<std::string, reference::span_counts> counts;
  for (const auto& row : s.types.rows) counts[row.label] = {row.correct, row.predicted, row.support};
  return counts;
}

// The twin reads tags of ASCII; empty ones it has none.
inline std::vector<std::string> tags(const std::string& text) {
  std::vector<std::string> made;
  std::string tag;
  for (const char c : text + '\x02') {
    if (c != '\x02' && c != ' ') {
      tag += static_cast<char>(c & 0x7F);
      continue;
    }
    if (!tag.empty()) made.push_back(tag);
    tag.clear();
  }
  return made;
}

}  // namespace fuzz_classification_detail

inline int fuzz_classification(const std::uint8_t* data, std::size_t size) {
  using namespace fuzz_classification_detail;
  if (size == 0) return 0;
  const int zero_division = data[0] & 1;
  std::vector<std::string> texts(1);
  for (std::size_t i = 1; i < size; ++i) {
    if (data[i] == 1)
      texts.emplace_back();
    else
      texts.back() += static_cast<char>(data[i]);
  }
  if (texts.size() % 2 != 0) texts.emplace_back();

  const evalpp::classification single{.zero_division = zero_division};
  const evalpp::multilabel multi{.zero_division = zero_division};
  const evalpp::span_f1 spans{};
  const evalpp::span_overlap overlap{};
  evalpp::sparse_counts single_sum, multi_sum;
  std::vector<std::string> actual, predicted;
  std::vector<reference::label_set> actual_one, predicted_one, actual_sets, predicted_sets;
  for (std::size_t i = 0; i + 1 < texts.size(); i += 2) {
    const std::string &a = texts[i], &p = texts[i + 1];
    single_sum += evalpp::measure(single, p, a);
    multi_sum += evalpp::measure(multi, p, a);
    actual.push_back(a);
    predicted.push_back(p);
    actual_one.push_back({a});
    predicted_one.push_back({p});
    actual_sets.push_back(split(a));
    predicted_sets.push_back(split(p));

    const double value = spans.score(evalpp::measure(spans, p, a)).value;
    require(value >= 0 && value <= 1);
    const auto a_tags = tags(a), p_tags = tags(p);
    const auto in_a = reference::get_entities(a_tags), in_p = reference::get_entities(p_tags);
    require(counts_of(spans.score(evalpp::measure(spans, p_tags, a_tags))) ==
            reference::count_exact(in_a, in_p));
    require(counts_of(overlap.score(evalpp::measure(overlap, p_tags, a_tags))) ==
            reference::count_positions(in_a, in_p));
  }

  const auto one = single.score(single_sum);
  const auto expected = reference::classify(actual_one, predicted_one, zero_division);
  near(one.accuracy, expected.accuracy);
  near(one.balanced_accuracy, expected.balanced_accuracy);
  near(one.mcc, reference::matthews(actual, predicted));
  same(one.classes, expected);

  const auto many = multi.score(multi_sum);
  const auto expected_sets = reference::classify(actual_sets, predicted_sets, zero_division);
  near(many.accuracy, expected_sets.accuracy);
  same(many.classes, expected_sets);

  // Names that no measurement makes.
  evalpp::sparse_counts damaged;
  for (const std::string& text : texts) damaged.add(text, static_cast<std::int64_t>(text.size()) + 1);
  single.score(damaged);
  multi.score(damaged);
  spans.score(damaged);
  return 0;
}
