// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

struct part;

/// What one part of a score can hold.
using part_value =
    std::variant<double, std::int64_t, bool, std::string, std::vector<double>, std::vector<std::int64_t>,
                 std::vector<std::string>, std::vector<std::vector<std::int64_t>>, std::vector<part>>;

/// One named part of a score: a precision, a count, a confusion matrix. Reports print parts
/// without knowing the metric that they come from.
struct part {
  std::string name;
  part_value value;
};

}  // namespace evalpp::inline EVALPP_ABI
