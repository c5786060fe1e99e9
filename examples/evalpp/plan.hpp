// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace cli {

/// `evalpp plan ...`; returns the exit code.
int plan(const std::vector<std::string>& words);

}  // namespace cli
