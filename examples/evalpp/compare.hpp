// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace cli {

/// `evalpp compare`: the words after it; returns the exit code.
int compare(const std::vector<std::string>& words);

}  // namespace cli
