// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace cli {

/// `evalpp judge rank JOURNAL...`: several systems in one order, from runs in pairs; returns the exit code.
int judge_rank(const std::vector<std::string>& words);

}  // namespace cli
