// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/fault.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// What to do when an object has the same key twice (`"a"` and `"\u0061"` are the same key).
enum class duplicate_keys : std::uint8_t {
  last,   ///< the last value counts, at the place of the first
  first,  ///< the first value counts
  error,  ///< the text is rejected
};

/// What to do with an escape such as `\ud800` that is half of a surrogate pair.
enum class lone_surrogates : std::uint8_t {
  reject,
  replace,  ///< U+FFFD takes its place, and it is counted
};

struct parse_options {
  /// Containers inside one another; a text nested deeper is rejected. Any value is safe: the stack
  /// is not used.
  std::size_t max_depth = 1024;
  duplicate_keys duplicates = duplicate_keys::last;
  lone_surrogates surrogates = lone_surrogates::reject;
};

/// What a caller may want to know beyond the document or the error.
struct parse_report {
  json::fault fault = json::fault::none;
  std::vector<std::size_t> repeated_keys;  ///< offset of the opening quote of each, ascending
  std::size_t replaced_surrogates = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::json
