// SPDX-License-Identifier: MIT
#pragma once

#include "arguments.hpp"
#include "plan_output.hpp"

#include <evalpp/core/result.hpp>

namespace cli {

/// Reads what a plan assumes from two systems that answered the same items: how often one is right and the
/// other wrong, or the standard deviation of their differences. The items at hand are theirs unless `-n` says
/// otherwise.
evalpp::status read_pilot(const arguments& args, plan_questions& asked);

}  // namespace cli
