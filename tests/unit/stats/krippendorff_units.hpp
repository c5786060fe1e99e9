// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

/// Twelve units and four observers, some of them silent: the example of Krippendorff 2011.
inline std::vector<std::optional<double>> krippendorff_units() {
  constexpr auto none = std::nullopt;
  return {1, 1, none, 1, 2, 2, 3, 2, 3, 3, 3, 3, 3,    3, 3, 3, 2,    2,    2, 2, 1,    2, 3,    4,
          4, 4, 4,    4, 1, 1, 2, 1, 2, 2, 2, 2, none, 5, 5, 5, none, none, 1, 1, none, 3, none, none};
}
