// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::judge {

/// Why an item has no score. None of these is ever a zero, a lowest level or a pass.
enum class unscored : std::uint8_t {
  refusal,         ///< the model would not judge
  content_filter,  ///< the provider withheld the verdict
  truncated,       ///< the verdict was cut by the limit of tokens
  empty,           ///< the model said nothing
  malformed,       ///< no JSON object of the verdict's form
  missing_field,   ///< a criterion has no verdict
  conflict,        ///< two verdicts that differ
  out_of_scale,    ///< a score that the scale does not have
  timeout,         ///< no answer in time, also when tried again
  transport,       ///< no answer: connection, server, rate limit
  rejected,        ///< the provider refuses this request (another 4xx)
};

/// The names of the reasons, in the order of the enumeration: as reports and journals write them.
inline constexpr std::array<std::string_view, 11> unscored_names = {
    "refusal",  "content_filter", "truncated", "empty",     "malformed", "missing_field",
    "conflict", "out_of_scale",   "timeout",   "transport", "rejected"};

inline constexpr std::string_view name_of(unscored reason) {
  return unscored_names[static_cast<std::size_t>(reason)];
}

}  // namespace evalpp::inline EVALPP_ABI::judge
