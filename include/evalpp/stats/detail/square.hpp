// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/strict.hpp>

#include <optional>

namespace evalpp::inline EVALPP_ABI::stats::detail {

inline strict square(strict x) noexcept { return x * x; }

/// The value, or nothing where the arithmetic overflowed.
inline std::optional<double> if_finite(strict x) noexcept {
  if (!is_finite(x.value())) return std::nullopt;
  return x.value();
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
