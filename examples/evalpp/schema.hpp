// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace cli {

/// `evalpp schema ...`; returns the exit code.
int schema(const std::vector<std::string>& words);

}  // namespace cli
