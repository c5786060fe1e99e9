// SPDX-License-Identifier: MIT
#include "compare.hpp"

#include "arguments.hpp"
#include "compare_gates.hpp"
#include "compare_help.hpp"
#include "compare_output.hpp"
#include "compare_run.hpp"
#include "console.hpp"
#include "measured_system.hpp"
#include "metric_list.hpp"
#include "run_options.hpp"
#include "suggest.hpp"

#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/dataset.hpp>
#include <evalpp/detail/fp.hpp>

#include <cstddef>
#include <optional>
#include <utility>
#include <variant>

namespace cli {
namespace {

using evalpp::error;
using evalpp::error_code;
namespace workflow = evalpp::workflow;

const std::vector<option> known_to_compare = with_run_options({
    {"--margin", ""},
    {"--equivalence", ""},
    {"--max-regression", ""},
    {"--min", ""},
    {"--fail-on-undecided", "", false},
    {"--primary", ""},
    {"--join", ""},
    {"--preset", ""},
});

enum class format { table, json, markdown, junit };

evalpp::result<format> format_from(const arguments& args) {
  const std::string name = args.value("--format", "table");
  if (name == "table") return format::table;
  if (name == "json") return format::json;
  if (name == "markdown" || name == "md") return format::markdown;
  if (name == "junit") return format::junit;
  return error{error_code::unknown_name, "there is no format \"" + name + "\"",
               suggestion(name, {"table", "json", "markdown", "junit"})};
}

evalpp::result<join_rule> join_from(const arguments& args) {
  const std::string name = args.value("--join", "strict");
  if (name == "strict") return join_rule::strict;
  if (name == "intersect") return join_rule::intersect;
  if (name != "worst")
    return error{error_code::unknown_name, "--join cannot be \"" + name + "\"",
                 suggestion(name, {"strict", "intersect", "worst"})};
  if (args.value("--missing", "worst") != "worst")
    return error{error_code::invalid_argument, "--join worst counts missing rows as wrong",
                 "leave out --missing, or say --missing worst"};
  return join_rule::worst;
}

// A number of points of a 0-100 scale, 0 or more.
evalpp::result<double> points_from(const arguments& args, const std::string& name) {
  const std::string text = args.value(name, "0");
  double points = 0;
  if (parse_number(text, points) && evalpp::detail::is_finite(points) && points >= 0) return points;
  return error{error_code::invalid_argument, name + " cannot be \"" + text + "\"",
               "give points of a 0-100 scale, 0 or more, such as 5"};
}

evalpp::result<workflow::compare_options> options_from(const arguments& args, join_rule rule) {
  if (args.value("--ci") == "none")
    return error{error_code::invalid_argument, "--ci none leaves nothing to decide by",
                 "give a level, such as 0.95"};
  if (args.value("--method", "auto") != "auto")
    return error{error_code::invalid_argument, "compare has no --method",
                 "each metric has the interval of its kind; evalpp score has others"};
  const auto intervals = intervals_from(args);
  if (!intervals) return intervals.error();
  workflow::compare_options options;
  options.level = (*intervals)->level;
  options.resampling = (*intervals)->resampling;
  options.slices = args.values("--slice");
  options.join =
      rule == join_rule::intersect ? workflow::join_policy::intersect : workflow::join_policy::strict;
  const auto margin = points_from(args, "--margin");
  if (!margin) return margin.error();
  options.margin = *margin;
  const auto equivalence = points_from(args, "--equivalence");
  if (!equivalence) return equivalence.error();
  if (args.given("--equivalence")) options.equivalence = *equivalence;
  return options;
}

// The column of --primary, by a metric's name or by all that was typed of it.
evalpp::status choose_primary(const arguments& args, const std::vector<chosen_metric>& metrics,
                              std::size_t& primary) {
  const std::string wanted = args.value("--primary");
  if (!args.given("--primary")) return std::monostate{};
  if (const auto found = find_metric(metrics, wanted)) {
    primary = *found;
    return std::monostate{};
  }
  std::vector<std::string> known;
  for (const chosen_metric& m : metrics) known.push_back(m.spec.text);
  return error{error_code::unknown_name, "the primary metric \"" + wanted + "\" is not among those measured",
               suggestion(wanted, known)};
}

}  // namespace

int compare(const std::vector<std::string>& words) {
  const auto args = arguments::parse(words, known_to_compare);
  if (!args) return fail(args.error());
  if (args->given("--help")) return print(compare_help()) ? exit_ok : exit_usage;

  // What was typed is checked before any file is read.
  const auto write = format_from(*args);
  if (!write) return fail(write.error());
  const auto threads = thread_count(*args);
  if (!threads) return fail(threads.error());
  const auto rule = join_from(*args);
  if (!rule) return fail(rule.error());
  const auto options = options_from(*args, *rule);
  if (!options) return fail(options.error());
  const std::string preset = args->value("--preset");
  if (args->given("--preset") && preset != "sacrebleu")
    return fail({error_code::unknown_name, "there is no preset \"" + preset + "\"",
                 suggestion(preset, {"sacrebleu"})});
  const auto gates = gates_from(*args);
  if (!gates) return fail(gates.error());
  auto metrics = chosen_metrics(*args);
  if (!metrics) return fail(metrics.error());
  auto reading = read_options_from(*args, *metrics);
  if (!reading) return fail(reading.error());
  if (args->files().empty())
    return fail(
        {error_code::invalid_argument, "compare needs files", "evalpp compare --help shows how to call it"});
  if (!preset.empty() && args->given("--cluster"))
    return fail({error_code::invalid_argument, "sacreBLEU knows no clusters",
                 "leave out --cluster or --preset sacrebleu"});
  if (!args->given("--quiet"))
    for (const chosen_metric& m : *metrics)
      for (const std::string& text : m.notes) note(text);
  auto systems = read_systems(*args, *reading);
  if (!systems) return fail(systems.error());
  if (systems->size() < 2)
    return fail({error_code::invalid_argument, "compare needs a baseline and a candidate",
                 "add a file: evalpp compare REF BASE CAND of text, or BASE.jsonl CAND.jsonl"});
  if (metrics->empty()) *metrics = *make_metrics(default_metrics(*args, *reading, *systems));
  std::size_t primary = 0;
  if (const auto chosen = choose_primary(*args, *metrics, primary); !chosen) return fail(chosen.error());

  std::vector<std::string> notes;
  if (const auto joined = join_datasets(*systems, *rule, notes); !joined) return fail(joined.error());
  if (!args->given("--quiet"))
    for (const std::string& text : notes) note(text);
  const auto measured =
      measure_systems(*metrics, std::move(*systems),
                      {.threads = *threads,
                       .missing_is_worst = *rule == join_rule::worst || args->value("--missing") == "worst",
                       .quiet = args->given("--quiet"),
                       .clustered = args->given("--cluster")});
  auto run = compare_systems(std::move(*metrics), measured, *options, *threads, args->given("--quiet"));
  if (!run) return fail(run.error());
  run->notes = std::move(notes);
  if (!preset.empty()) add_sacrebleu(*run, measured);
  for (compared_candidate& c : run->candidates) c.found.primary = primary;
  if (!args->given("--quiet"))
    for (const compared_candidate& c : run->candidates)
      if (!c.found.dropped.empty()) note(c.name + ": left out: " + c.found.dropped);
  const auto tried = try_gates(*run, *gates);
  if (!tried) return fail(tried.error());

  const std::string text = *write == format::json       ? comparison_json(*run)
                           : *write == format::markdown ? comparison_markdown(*run, *tried)
                           : *write == format::junit
                               ? comparison_junit(*run, *tried, gates->fail_on_undecided)
                               : comparison_terminal(*run, *tried, colours());
  return print_result(text, exit_code_of(*run, *tried, *gates));
}

}  // namespace cli
