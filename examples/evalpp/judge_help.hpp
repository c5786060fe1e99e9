// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace cli {

/// What `evalpp judge --help` prints.
std::string_view judge_help();

}  // namespace cli
