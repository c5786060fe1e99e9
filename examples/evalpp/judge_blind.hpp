// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace cli {

/// `evalpp judge blind make|analyse ...`: people judge two systems without seeing which is which; returns the
/// exit code.
int judge_blind(const std::vector<std::string>& words);

}  // namespace cli
