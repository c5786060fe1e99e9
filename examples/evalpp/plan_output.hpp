// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/workflow/plan.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace cli {

/// What was asked of `evalpp plan`. Margins are points, shares 0..1.
struct plan_questions {
  evalpp::workflow::plan_assumptions assumptions;
  bool base_given = false;
  std::optional<double> margin, deviation, half_width, at_least, preference, drop;
  std::optional<std::int64_t> items;
  std::optional<std::int64_t> pilot;  ///< items of the pilot that the assumptions come from
  std::int64_t pilot_discordant = 0;  ///< of them, those on which one system is right and the other wrong
  std::int64_t failures = 0;
};

/// The answers in sentences.
std::string plan_text(const plan_questions& q);
/// The answers as one object; a number that does not exist is null.
std::string plan_json(const plan_questions& q);

}  // namespace cli
