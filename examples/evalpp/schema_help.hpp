// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace cli {

/// What `evalpp schema --help` prints: calls to copy, then options.
std::string_view schema_help();

}  // namespace cli
