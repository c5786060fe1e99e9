// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/write.hpp>
#include <evalpp/judge/estimated.hpp>
#include <evalpp/judge/pair_bias.hpp>
#include <evalpp/judge/score_bias.hpp>
#include <evalpp/judge/verdict_rows.hpp>

#include <optional>
#include <string>
#include <string_view>

// What a judge prefers beside the better answer, as it is shown.
namespace cli {

/// {"value","ci"} under a name: null without a value, no `ci` when none was asked for.
void write_estimated(evalpp::json::writer& out, std::string_view name,
                     const std::optional<evalpp::judge::estimated>& found);
/// The beginning of that object, for what else is in it.
void begin_estimated(evalpp::json::writer& out, const std::optional<evalpp::judge::estimated>& found);
/// A number on 0-1 with its interval, for people; `-` without a value.
std::string shown(const std::optional<evalpp::judge::estimated>& found);

/// The members of `bias` for single answers: {"length":{"n","METRIC":{...}},"unscored"}.
void write_score_bias(evalpp::json::writer& out, const evalpp::judge::judged_run& run,
                      const evalpp::judge::score_bias& bias);
/// The same for people, a line each.
std::string score_bias_text(const evalpp::judge::judged_run& run, const evalpp::judge::score_bias& bias);

/// The members of `bias` for pairs: {"position","length","self_preference"}.
void write_pair_bias(evalpp::json::writer& out, const evalpp::judge::pair_bias& bias);
/// The same for people, a line each.
std::string pair_bias_text(const evalpp::judge::pair_bias& bias);

}  // namespace cli
