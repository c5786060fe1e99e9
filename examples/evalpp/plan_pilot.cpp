// SPDX-License-Identifier: MIT
#include "plan_pilot.hpp"

#include "compare_run.hpp"
#include "console.hpp"
#include "measured_system.hpp"
#include "metric_list.hpp"
#include "run_options.hpp"

#include <evalpp/core/options.hpp>
#include <evalpp/data/dataset.hpp>
#include <evalpp/workflow/comparison.hpp>

#include <cmath>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace cli {
namespace {

namespace workflow = evalpp::workflow;

// The comparison of the two systems by the one metric.
evalpp::result<workflow::metric_comparison> compared(const arguments& args, const plan_questions& asked) {
  const auto threads = thread_count(args);
  if (!threads) return threads.error();
  auto metrics = chosen_metrics(args);
  if (!metrics) return metrics.error();
  if (metrics->size() != 1) return refusal("a pilot needs one metric", "name it with -m, such as -m em");
  auto reading = read_options_from(args, *metrics);
  if (!reading) return reading.error();
  auto systems = read_systems(args, *reading);
  if (!systems) return systems.error();
  if (systems->size() != 2)
    return refusal(
        "a pilot is a baseline and a candidate, not " + std::to_string(systems->size()) + " systems",
        "give REF BASE CAND of text, or BASE.jsonl CAND.jsonl");
  std::vector<std::string> notes;
  if (const auto joined = join_datasets(*systems, join_rule::strict, notes); !joined) return joined.error();
  const bool quiet = args.given("--quiet");
  const auto measured = measure_systems(
      *metrics, std::move(*systems),
      {.threads = *threads, .missing_is_worst = args.value("--missing") == "worst", .quiet = quiet});
  workflow::compare_options options;
  options.level = 1 - asked.assumptions.alpha;
  options.resampling.replicates = 1024;  // only the standard error is wanted, which needs none
  auto run = compare_systems(std::move(*metrics), measured, options, *threads, quiet);
  if (!run) return run.error();
  return run->candidates.front().found.main();
}

}  // namespace

evalpp::status read_pilot(const arguments& args, plan_questions& asked) {
  for (const char* known : {"--base", "--discordance", "--sd"})
    if (args.given(known))
      return refusal(std::string(known) + " is what the files tell", "leave out the option, or the files");
  const auto found = compared(args, asked);
  if (!found) return found.error();
  const auto n = static_cast<double>(found->n);
  const double points = found->baseline.unit == evalpp::scale::percent ? 1 : 100;
  if (!asked.items) asked.items = static_cast<std::int64_t>(found->n);
  asked.pilot = static_cast<std::int64_t>(found->n);
  if (found->identical || found->n < 2)
    return refusal("the systems differ on none of " + std::to_string(found->n) + " items",
                   "a larger pilot may tell more; or give --discordance, and no files");
  if (found->p_mcnemar) {  // right and wrong
    asked.assumptions.base = found->baseline.value * points / 100;
    asked.pilot_discordant = static_cast<std::int64_t>(found->wins + found->losses);
    asked.assumptions.discordance = static_cast<double>(asked.pilot_discordant) / n;
    asked.base_given = true;
  } else {
    asked.deviation = found->standard_error * points * std::sqrt(n);
  }
  return std::monostate{};
}

}  // namespace cli
