// SPDX-License-Identifier: MIT
#pragma once

// The cases of stats/golden_stats.json: what statistics packages gave, each with its tolerance. Each test
// names its ops and how many cases each has, so that an op that disappears or grows is noticed.

#include <evalpp/detail/fp.hpp>
#include <evalpp/json/value.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>
#include "golden/golden.hpp"

namespace golden {

/// A number of the file; "nan", "inf" and "-inf" are strings there.
inline double number(json::value v) {
  if (const auto text = v.as_string()) {
    if (*text == "nan") return std::numeric_limits<double>::quiet_NaN();
    if (*text == "inf") return std::numeric_limits<double>::infinity();
    if (*text == "-inf") return -std::numeric_limits<double>::infinity();
  }
  const auto d = v.as_double();
  if (!d) ADD_FAILURE() << "a number was expected in a golden file";
  return d.value_or(0.0);
}

/// The same, by its older name.
inline double extended(json::value v) { return number(v); }

/// The whole numbers of an array, flattened when it holds rows.
template <class Integer>
std::vector<Integer> integers(json::value array) {
  std::vector<Integer> out;
  for (const json::value item : array.items()) {
    if (item.size() == 0) out.push_back(static_cast<Integer>(number(item)));
    for (const json::value inner : item.items()) out.push_back(static_cast<Integer>(number(inner)));
  }
  return out;
}

/// |actual - expected| <= tol * max(1, |expected|); for `relative`, also within that of `expected` itself.
inline void expect_close(double actual, double expected, double tol, std::string_view what,
                         bool relative = false) {
  if (evalpp::detail::is_nan(expected) || !evalpp::detail::is_finite(expected)) {
    EXPECT_EQ(evalpp::detail::is_nan(actual), evalpp::detail::is_nan(expected)) << what;
    if (!evalpp::detail::is_nan(expected)) {
      EXPECT_EQ(actual, expected) << what;
    }
    return;
  }
  const double scale = relative ? std::fabs(expected) : (std::max)(1.0, std::fabs(expected));
  EXPECT_TRUE(!evalpp::detail::is_nan(actual) && std::fabs(actual - expected) <= tol * scale)
      << what << ": " << actual << " for " << expected << ", off by " << actual - expected;
}

/// Calls `check(input, expected, tol, id)` for every case of this op, and expects `count` of them.
template <class Check>
void each_case(const json_file& file, std::string_view op, std::size_t count, const Check& check) {
  std::size_t seen = 0;
  for (const json::value c : file["cases"].items()) {
    if (c["op"].as_string().value_or("") != op) continue;
    ++seen;
    const std::string id(c["id"].as_string().value_or(""));
    check(c["input"], c["expected"], number(c["tol"]), id);
  }
  EXPECT_EQ(seen, count) << op;
}

/// A case with its fields and its tolerance in one hand.
struct stats_case {
  json::value input, expected;
  double tolerance = 0;

  void expect(double found, json::value wanted, std::string_view what) const {
    expect_close(found, number(wanted), tolerance, what);
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
  each_case(file, op, count, [&](json::value input, json::value expected, double tol, const std::string& id) {
    SCOPED_TRACE(id);
    check(stats_case{input, expected, tol});
  });
}

}  // namespace golden
