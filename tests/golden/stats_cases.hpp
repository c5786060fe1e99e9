// SPDX-License-Identifier: MIT
#pragma once

// The cases of stats/golden_stats.json: each test of a part names its ops and how many cases each has, so
// that an op that disappears or grows is noticed.

#include "golden/golden.hpp"

#include <evalpp/detail/fp.hpp>

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

namespace golden {

/// A number of the file; "nan", "inf" and "-inf" are strings there.
inline double number(json::value v) {
  if (const auto text = v.as_string()) {
    if (*text == "nan" || *text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    if (*text == "inf" || *text == "Infinity") return std::numeric_limits<double>::infinity();
    if (*text == "-inf" || *text == "-Infinity") return -std::numeric_limits<double>::infinity();
  }
  const auto d = v.as_double();
  if (!d) ADD_FAILURE() << "a number was expected in a golden file";
  return d.value_or(0.0);
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

}  // namespace golden
