// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace cli {

/// What `evalpp plan --help` prints: questions to copy, then options.
std::string_view plan_help();

}  // namespace cli
