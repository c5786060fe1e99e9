// SPDX-License-Identifier: MIT
#pragma once

#include "schema_run.hpp"
#include "schema_suite.hpp"

#include <evalpp/json/write.hpp>

#include <string>

namespace cli {

/// The object of one document, as `--format json` promises it.
void write_judged(evalpp::json::writer& out, const judged_item& item);

/// What `--suite --format json` promises.
std::string suite_json(const std::string& draft, const evalpp::cli::suite_result& result);

}  // namespace cli
