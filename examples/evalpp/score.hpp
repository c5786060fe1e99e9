// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace cli {

/// `evalpp score ...`; returns the exit code.
int score(const std::vector<std::string>& words);

}  // namespace cli
