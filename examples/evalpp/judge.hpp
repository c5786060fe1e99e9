// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace cli {

/// `evalpp judge run|report|blind|rubrics ...`: returns the exit code.
int judge_command(const std::vector<std::string>& words);

}  // namespace cli
