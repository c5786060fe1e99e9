// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace cli {

/// What `evalpp score --help` prints: calls to copy, then options and metrics.
std::string score_help();

}  // namespace cli
