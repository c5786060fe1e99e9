// SPDX-License-Identifier: MIT
#pragma once

// Classification from the definitions: every number counts its examples anew. The oracle of
// metrics/{classification,multilabel}.hpp and the slow side of the ratio that their bench prints. A
// single label is a set of one.

#include <cmath>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace reference {

using label_set = std::set<std::string>;

struct prf {
  double precision = 0, recall = 0, f1 = 0, support = 0;
};

struct class_scores {
  std::map<std::string, prf> per_class;
  prf macro, micro, weighted;
  double accuracy = 0;  // the share of equal sets
  double balanced_accuracy = 0;
};

inline prf prf_of(double both, double predicted, double actual, double zero_division) {
  prf r;
  r.precision = predicted == 0 ? zero_division : both / predicted;
  r.recall = actual == 0 ? zero_division : both / actual;
  r.f1 = r.precision + r.recall == 0 ? 0 : 2 * r.precision * r.recall / (r.precision + r.recall);
  r.support = actual;
  return r;
}

inline class_scores classify(const std::vector<label_set>& actual, const std::vector<label_set>& predicted,
                             double zero_division) {
  class_scores s;
  label_set labels;
  for (const label_set& l : actual) labels.insert(l.begin(), l.end());
  for (const label_set& l : predicted) labels.insert(l.begin(), l.end());

  double all_both = 0, all_predicted = 0, all_actual = 0, occurring = 0;
  for (const std::string& label : labels) {
    double both = 0, in_predicted = 0, in_actual = 0;
    for (std::size_t i = 0; i < actual.size(); ++i) {
      both += static_cast<double>(actual[i].count(label) * predicted[i].count(label));
      in_predicted += static_cast<double>(predicted[i].count(label));
      in_actual += static_cast<double>(actual[i].count(label));
    }
    const prf r = s.per_class[label] = prf_of(both, in_predicted, in_actual, zero_division);
    const double n = static_cast<double>(labels.size());
    s.macro.precision += r.precision / n;
    s.macro.recall += r.recall / n;
    s.macro.f1 += r.f1 / n;
    s.weighted.precision += r.precision * in_actual;
    s.weighted.recall += r.recall * in_actual;
    s.weighted.f1 += r.f1 * in_actual;
    if (in_actual > 0) {
      s.balanced_accuracy += r.recall;
      ++occurring;
    }
    all_both += both;
    all_predicted += in_predicted;
    all_actual += in_actual;
  }
  s.micro = prf_of(all_both, all_predicted, all_actual, zero_division);
  if (labels.empty()) s.macro = s.weighted = s.micro;  // of no counts at all, as every average
  if (all_actual > 0) {
    s.weighted.precision /= all_actual;
    s.weighted.recall /= all_actual;
    s.weighted.f1 /= all_actual;
    s.balanced_accuracy /= occurring;
  } else if (!labels.empty()) {  // nothing is true, something was predicted
    s.weighted = {0, zero_division, 0, 0};
  }
  for (std::size_t i = 0; i < actual.size(); ++i) s.accuracy += actual[i] == predicted[i];
  if (!actual.empty()) s.accuracy /= static_cast<double>(actual.size());
  return s;
}

/// Gorodkin's correlation of two sequences of single labels, from the covariances of their indicators.
inline double matthews(const std::vector<std::string>& actual, const std::vector<std::string>& predicted) {
  std::set<std::string> labels(actual.begin(), actual.end());
  labels.insert(predicted.begin(), predicted.end());
  const auto n = static_cast<double>(actual.size());
  double xy = 0, xx = 0, yy = 0;
  for (const std::string& label : labels) {
    double mean_x = 0, mean_y = 0;
    for (std::size_t i = 0; i < actual.size(); ++i) {
      mean_x += (actual[i] == label) / n;
      mean_y += (predicted[i] == label) / n;
    }
    for (std::size_t i = 0; i < actual.size(); ++i) {
      const double x = (actual[i] == label) - mean_x, y = (predicted[i] == label) - mean_y;
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
  }
  return xx < 1e-9 || yy < 1e-9 ? 0 : xy / std::sqrt(xx * yy);
}

}  // namespace reference
