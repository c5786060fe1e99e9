// SPDX-License-Identifier: MIT
#pragma once

// Decimal numbers compared by schoolbook subtraction of their written digits: the oracle of
// metrics/numeric_match.hpp.

#include <algorithm>
#include <cstddef>
#include <string>

namespace reference {

/// A sign, digits with at most one point; no exponent.
struct written_number {
  bool negative = false;
  std::string whole, fraction;
};

inline written_number read_number(const std::string& text) {
  written_number n;
  bool behind = false;
  for (const char c : text) {
    if (c == '-') n.negative = true;
    if (c == '.') behind = true;
    if (c >= '0' && c <= '9') (behind ? n.fraction : n.whole) += c;
  }
  return n;
}

inline bool equal_numbers(const std::string& a, const std::string& b) {
  written_number x = read_number(a), y = read_number(b);
  const auto pad = [](std::string& s, std::size_t n, bool front) {
    s.insert(front ? 0 : s.size(), n - s.size(), '0');
  };
  const std::size_t whole = std::max(x.whole.size(), y.whole.size());
  const std::size_t fraction = std::max(x.fraction.size(), y.fraction.size());
  for (written_number* n : {&x, &y}) {
    pad(n->whole, whole, true);
    pad(n->fraction, fraction, false);
  }
  const bool zero = x.whole.find_first_not_of('0') == std::string::npos &&
                    x.fraction.find_first_not_of('0') == std::string::npos;
  return x.whole == y.whole && x.fraction == y.fraction && (zero || x.negative == y.negative);
}

}  // namespace reference
