// SPDX-License-Identifier: MIT
#include "judge_bias.hpp"

#include <evalpp/core/interval.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/scores_json.hpp>
#include <evalpp/report/text_table.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace cli {
namespace {

namespace judge = evalpp::judge;
namespace report = evalpp::report;
using align = report::text_table::align;
using judge::estimated;

void write_share(evalpp::json::writer& out, std::string_view name, const judge::counted_share& found) {
  begin_estimated(out.key(name), found.of == 0 ? std::nullopt : std::optional(found.share));
  out.member("count", found.count).member("of", found.of).end_object();
}

std::string shown_share(const judge::counted_share& found) {
  if (found.of == 0) return "-";
  return shown(found.share) + ", " + std::to_string(found.count) + " of " + std::to_string(found.of);
}

}  // namespace

void begin_estimated(evalpp::json::writer& out, const std::optional<estimated>& found) {
  out.begin_object().member("value", found ? std::optional(found->value) : std::nullopt);
  if (found && !found->method.empty()) report::write_interval(out, "ci", found->ci, found->method);
}

void write_estimated(evalpp::json::writer& out, std::string_view name,
                     const std::optional<estimated>& found) {
  begin_estimated(out.key(name), found);
  out.end_object();
}

// A number with as many digits as one beside it.
std::string as_exact(double value, const estimated& beside) {
  const std::string text = report::format_value(value, beside.ci, evalpp::scale::fraction);
  return text.substr(0, text.find(' '));
}

std::string shown(const std::optional<estimated>& found) {
  if (!found) return "-";
  std::string text = report::format_value(found->value, found->ci, evalpp::scale::fraction);
  if (found->ci.status == evalpp::interval_status::caution) text += " (caution)";
  return text;
}

void write_score_bias(evalpp::json::writer& out, const judge::judged_run& run,
                      const judge::score_bias& bias) {
  out.key("length").begin_object().member("n", bias.with_length).key("correlation").begin_object();
  for (std::size_t m = 0; m < bias.length.size(); ++m)
    write_estimated(out, run.metrics[m].info().name, bias.length[m]);
  out.end_object().end_object();
  write_share(out, "unscored", bias.unscored);
}

std::string score_bias_text(const judge::judged_run& run, const judge::score_bias& bias) {
  report::text_table table({"bias", "value"}, {align::left, align::left});
  for (std::size_t m = 0; m < bias.length.size(); ++m)
    table.add(
        {"correlation of " + run.metrics[m].info().name + " with the length of the answer",
         bias.with_length == 0 ? "not available: the journal does not tell lengths" : shown(bias.length[m])});
  table.add({"unscored", shown_share(bias.unscored)});
  return table.plain();
}

void write_pair_bias(evalpp::json::writer& out, const judge::pair_bias& bias) {
  const judge::position_bias& place = bias.position;
  out.key("position").begin_object();
  write_share(out, "first", place.first);
  write_share(out, "inconsistent", place.inconsistent);
  out.member("first_flips", place.first_flips).member("second_flips", place.second_flips);
  out.member("tie_flips", place.tie_flips).end_object();

  const judge::length_bias& length = bias.length;
  out.key("length").begin_object();
  write_share(out, "longer_won", length.longer_won);
  write_estimated(out, "correlation", length.correlation);
  begin_estimated(out.key("controlled_win_rate"), length.win_rate);
  if (length.why != judge::length_control::available) out.member("status", to_string(length.why));
  out.end_object().member("win_rate", length.raw_win_rate).end_object();

  out.key("self_preference");
  if (!bias.self) {
    out.value(nullptr);
    return;
  }
  out.begin_object().member("own", bias.self->own == judge::preference::candidate ? "candidate" : "baseline");
  write_estimated(out, "win_rate", bias.self->win_rate);
  out.end_object();
}

std::string pair_bias_text(const judge::pair_bias& bias) {
  report::text_table table({"bias", "value"}, {align::left, align::left});
  table.add({"prefers what stands first", shown_share(bias.position.first)});
  if (bias.position.inconsistent.of != 0)
    table.add({"says another thing in the other order", shown_share(bias.position.inconsistent)});
  if (bias.position.inconsistent.count != 0)
    table.add({"  first in both, second in both, a tie in one",
               std::to_string(bias.position.first_flips) + ", " + std::to_string(bias.position.second_flips) +
                   ", " + std::to_string(bias.position.tie_flips)});
  table.add({"prefers the longer answer", shown_share(bias.length.longer_won)});
  table.add({"correlation with the difference of lengths", shown(bias.length.correlation)});
  const bool controlled = bias.length.why == judge::length_control::available;
  table.add({"win rate at equal lengths",
             controlled ? shown(bias.length.win_rate) + ", " +
                              as_exact(bias.length.raw_win_rate, *bias.length.win_rate) + " without control"
             : bias.length.why == judge::length_control::too_few_pairs ? "not available: too few pairs"
                                                                       : "not available: equal lengths"});
  if (bias.self) table.add({"win rate of the judge's own answers", shown(bias.self->win_rate)});
  return table.plain();
}

}  // namespace cli
