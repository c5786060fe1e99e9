// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace cli {

/// `evalpp judge run ...`: judges the items of a file and reports; returns the exit code.
int judge_run(const std::vector<std::string>& words);

}  // namespace cli
