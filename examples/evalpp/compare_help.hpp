// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace cli {

/// What `evalpp compare --help` prints.
std::string_view compare_help();

}  // namespace cli
