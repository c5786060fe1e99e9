// SPDX-License-Identifier: MIT
#pragma once

#include "metric_spec.hpp"

#include <evalpp/json/extract.hpp>
#include <evalpp/json/field_options.hpp>

namespace cli {

/// `choice=only|first|last|largest`: which JSON of an output with several.
evalpp::json::candidate_choice read_choice(option_reader& options);

/// How fields are compared with a reference's: arrays, key, abs_tol, rel_tol, null_is_absent, trim, casefold.
evalpp::json::field_options read_field_options(option_reader& options);

}  // namespace cli
