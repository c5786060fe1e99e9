// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// Which item of a predicted array is compared with which item of the reference's.
enum class array_mode : std::uint8_t {
  ordered,     ///< the one with the same index
  multiset,    ///< one that is equal as a whole; items that differ match nothing
  assignment,  ///< one each, so that as many leaves match as can
  keyed,       ///< the object with the same value of a key
};

/// What is different about the fields of one path, and about all below it until another rule says otherwise.
/// What is not given is as above.
struct field_rule {
  /// As `field_outcome::path` writes it: `order.lines`, `order.lines[].price`, `a["b.c"]`; `$` is the root. A
  /// path that no field has changes nothing. Of two rules for one path the later one counts.
  std::string path = {};
  std::optional<array_mode> arrays = {};
  std::optional<std::string> key = {};
  std::optional<double> abs_tol = {};
  std::optional<double> rel_tol = {};
  std::optional<bool> null_is_absent = {};
  std::optional<bool> trim = {};
  std::optional<bool> casefold = {};
  /// Runs of white space in strings are as good as one space.
  std::optional<bool> collapse_spaces = {};
  /// Strings that are date-times of RFC 3339 are equal when they mean the same instant:
  /// `2024-12-31T23:30:00-01:00` and `2025-01-01T00:30:00.0Z`. Others are compared as strings.
  std::optional<bool> instants = {};
  /// Members of the prediction's objects that no object of this path in the reference has do not count.
  std::optional<bool> ignore_extra = {};

  bool operator==(const field_rule&) const = default;
};

/// How two JSON values are compared field by field. Arrays inside arrays follow the same mode, unless `paths`
/// says otherwise.
struct field_options {
  array_mode arrays = array_mode::ordered;
  /// For `keyed`: the member that tells items apart, compared exactly but for what is done to strings. The
  /// first item that has a value is paired with the first, the second with the second; items without it
  /// match nothing. An array in whose reference no item has it is compared in order.
  std::string key = {};
  /// Numbers a, of the reference, and b are equal when |a - b| <= max(abs_tol, rel_tol * |a|). Exact decimal
  /// arithmetic: 0.1 means 1/10. 0, a negative number or NaN: equal numbers only, `1` and `1.0` being equal.
  double abs_tol = 0;
  double rel_tol = 0;
  /// A member whose value is null is as good as none.
  bool null_is_absent = false;
  /// White space at the ends of strings does not count.
  bool trim = false;
  /// Case does not count in strings (Unicode's full case folding; no normalisation).
  bool casefold = false;
  /// Rules for single paths.
  ///
  ///     .paths = {{.path = "lines", .arrays = array_mode::keyed, .key = "sku"},
  ///               {.path = "lines[].price", .abs_tol = 0.01}}
  std::vector<field_rule> paths = {};

  /// Is any array compared in this way?
  bool any_of(array_mode mode) const noexcept {
    bool found = arrays == mode;
    for (const field_rule& rule : paths) found = found || rule.arrays == mode;
    return found;
  }

  bool operator==(const field_options&) const = default;
};

/// Counts of leaves: scalars, `{}` and `[]`. They add up over examples.
struct field_counts {
  std::int64_t matched = 0;    ///< leaves of the reference that the prediction has too
  std::int64_t predicted = 0;  ///< leaves of the prediction
  std::int64_t reference = 0;  ///< leaves of the reference
  /// Pairs of arrays for which a limit kept the best pairing from being sought, see `field_comparer`:
  /// `matched` may then be too low, never too high.
  std::int64_t limited = 0;

  /// Of one example: does the prediction have all that the reference has, and nothing else?
  bool exact() const noexcept { return reference > 0 && matched == reference && matched == predicted; }

  /// Shares of all leaves, 0-1; 0 when there are none.
  double precision() const noexcept { return share(matched, predicted); }
  double recall() const noexcept { return share(matched, reference); }
  double f1() const noexcept { return share(2 * matched, predicted + reference); }

  field_counts& operator+=(const field_counts& other) noexcept {
    matched += other.matched;
    predicted += other.predicted;
    reference += other.reference;
    limited += other.limited;
    return *this;
  }
  bool operator==(const field_counts&) const = default;

 private:
  static double share(std::int64_t part, std::int64_t whole) noexcept {
    return whole == 0 ? 0.0 : evalpp::detail::ratio(part, whole);
  }
};

}  // namespace evalpp::inline EVALPP_ABI::json
