// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// The known name nearest to `name` by edit distance, whatever the case, or empty when none is near.
std::string nearest(std::string_view name, const std::vector<std::string>& known);

/// The fix for a name that is not known: "did you mean X?", or all that there are when none is near.
std::string suggestion(std::string_view name, const std::vector<std::string>& known);

}  // namespace cli
