// SPDX-License-Identifier: MIT
#pragma once

// The cases of stats/golden_stats.json: what statistics packages gave, each with its tolerance.

#include <evalpp/json/value.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "golden/golden.hpp"

namespace golden {

/// A number of a case, where NaN and the infinities are strings.
inline double extended(json::value v) {
  if (const auto text = v.as_string()) {
    if (*text == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (*text == "inf") return std::numeric_limits<double>::infinity();
    if (*text == "-inf") return -std::numeric_limits<double>::infinity();
  }
  const auto number = v.as_double();
  if (!number) ADD_FAILURE() << "a number was expected in a golden file";
  return number.value_or(0.0);
}

struct stats_case {
  json::value input, expected;
  double tolerance = 0;

  /// |found - expected| <= tolerance * max(1, |expected|).
  void expect(double found, json::value wanted, std::string_view what) const {
    const double w = extended(wanted);
    if (w == found) return;
    EXPECT_LE(std::abs(found - w), tolerance * std::max(1.0, std::abs(w)))
        << what << ": " << found << " for " << w;
  }
  void expect(double found, std::string_view key) const { expect(found, expected[key], key); }

  void expect_all(const std::vector<double>& found, std::string_view key) const {
    ASSERT_EQ(found.size(), expected[key].size()) << key;
    for (std::size_t i = 0; i < found.size(); ++i) expect(found[i], expected[key][i], key);
  }
};

/// Runs `check(stats_case)` over every case of an operation, and fails unless there are `count`.
template <class Check>
void for_each_stats_case(std::string_view op, std::size_t count, const Check& check) {
  const json_file file("stats/golden_stats.json");
  if (!file) return;
  std::size_t found = 0;
  for (const json::value one : file["cases"].items()) {
    if (one["op"].as_string() != op) continue;
    ++found;
    SCOPED_TRACE(std::string(one["id"].as_string().value_or("")));
    check(stats_case{one["input"], one["expected"], extended(one["tol"])});
  }
  EXPECT_EQ(found, count) << op;
}

/// The whole numbers of an array, flattened when it holds rows.
template <class Integer>
std::vector<Integer> integers(json::value array) {
  std::vector<Integer> out;
  for (const json::value item : array.items()) {
    if (item.size() != 0) {
      for (const json::value inner : item.items()) out.push_back(static_cast<Integer>(extended(inner)));
    } else {
      out.push_back(static_cast<Integer>(extended(item)));
    }
  }
  return out;
}

}  // namespace golden
