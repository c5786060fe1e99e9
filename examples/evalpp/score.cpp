// SPDX-License-Identifier: MIT
#include "score.hpp"

#include "arguments.hpp"
#include "console.hpp"
#include "measured_system.hpp"
#include "metric_list.hpp"
#include "run_options.hpp"
#include "score_help.hpp"
#include "score_output.hpp"
#include "score_run.hpp"
#include "suggest.hpp"

#include <evalpp/data/dataset.hpp>
#include <evalpp/data/file.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>
#include <vector>

namespace cli {
namespace {

using evalpp::error;
using evalpp::error_code;
namespace data = evalpp::data;

const std::vector<option> known_to_score = with_run_options({{"--per-example", ""}, {"--preset", ""}});

using run_writer = std::string (*)(const scored_run&);

evalpp::result<run_writer> format_writer(const std::string& name) {
  if (name == "table") return run_writer{[](const scored_run& run) { return to_terminal(run, colours()); }};
  if (name == "json") return run_writer{to_json};
  if (name == "jsonl") return run_writer{to_jsonl};
  if (name == "csv") return run_writer{to_csv};
  if (name == "markdown" || name == "md") return run_writer{to_markdown};
  return error{error_code::unknown_name, "there is no format \"" + name + "\"",
               suggestion(name, {"table", "json", "jsonl", "csv", "markdown"})};
}

// Refuses a method of intervals that means nothing for one of the metrics.
evalpp::status check_method(const std::optional<evalpp::stats::score_interval_options>& intervals,
                            const std::vector<chosen_metric>& metrics, bool clustered) {
  if (!intervals || !intervals->method) return std::monostate{};
  for (const chosen_metric& m : metrics) {
    const std::string_view why =
        evalpp::stats::why_unsuitable(*intervals->method, m.metric.kind(), clustered);
    if (why.empty()) continue;
    const std::string method(to_string(*intervals->method));
    return error{error_code::invalid_argument,
                 "--method " + method + " is not for " + m.spec.text + ": " + std::string(why),
                 "leave it out, and every metric has the interval of its kind"};
  }
  return std::monostate{};
}

// Refuses a file that cannot be written before the work is done, and one that is also read.
evalpp::status check_output(const std::string& path, const std::vector<std::string>& inputs) {
  namespace fs = std::filesystem;
  if (path == "-")
    return error{error_code::invalid_argument, "--per-example cannot write to standard output",
                 "the scores go there; name a file"};
  std::error_code ignored;
  for (const std::string& input : inputs)
    if (fs::equivalent(path, input, ignored))
      return error{error_code::invalid_argument, "--per-example would overwrite an input",
                   "name another file", path};
  const bool there = fs::exists(path, ignored);
  if (there && !fs::is_regular_file(path, ignored) && !fs::is_directory(path, ignored))
    return std::monostate{};  // a pipe or a device: opening it would be noticed
  auto opened = data::check_writable(path);
  if (opened && !there) fs::remove(path, ignored);
  return opened;
}

}  // namespace

int score(const std::vector<std::string>& words) {
  const auto args = arguments::parse(words, known_to_score);
  if (!args) return fail(args.error());
  if (args->given("--help")) return print(score_help()) ? exit_ok : exit_usage;

  // What was typed is checked before any file is read.
  const auto write = format_writer(args->value("--format", "table"));
  if (!write) return fail(write.error());
  const auto threads = thread_count(*args);
  if (!threads) return fail(threads.error());
  const auto intervals = intervals_from(*args);
  if (!intervals) return fail(intervals.error());
  auto metrics = chosen_metrics(*args);
  if (!metrics) return fail(metrics.error());
  const auto options = read_options_from(*args, *metrics);
  if (!options) return fail(options.error());
  if (args->files().empty())
    return fail(
        {error_code::invalid_argument, "score needs files", "evalpp score --help shows how to call it"});
  const std::string preset = args->value("--preset");
  if (args->given("--preset") && preset != "sacrebleu" && preset != "rouge_score")
    return fail({error_code::unknown_name, "there is no preset \"" + preset + "\"",
                 suggestion(preset, {"sacrebleu", "rouge_score"})});
  if (!preset.empty() && args->given("--cluster"))
    return fail(
        {error_code::invalid_argument, preset + " knows no clusters", "leave out --cluster or --preset"});
  const std::string per_example = args->value("--per-example");
  if (args->given("--per-example")) {
    std::vector<std::string> inputs = args->files();
    inputs.insert(inputs.end(), options->references.begin(), options->references.end());
    if (const auto writable = check_output(per_example, inputs); !writable) return fail(writable.error());
  }

  if (!args->given("--quiet"))
    for (const chosen_metric& m : *metrics)
      for (const std::string& text : m.notes) note(text);
  auto systems = read_systems(*args, *options);
  if (!systems) return fail(systems.error());

  if (metrics->empty()) *metrics = *make_metrics(default_metrics(*args, *options, *systems));
  if (const auto suits = check_method(*intervals, *metrics, args->given("--cluster")); !suits)
    return fail(suits.error());
  auto measured = measure_systems(*metrics, std::move(*systems),
                                  {.threads = *threads,
                                   .missing_is_worst = args->value("--missing") == "worst",
                                   .quiet = args->given("--quiet"),
                                   .clustered = args->given("--cluster")});
  scored_run run = score_systems(std::move(*metrics), std::move(measured),
                                 {.threads = *threads,
                                  .quiet = args->given("--quiet"),
                                  .slices = options->slices,
                                  .intervals = *intervals});
  if (!preset.empty()) add_published(run, preset);
  if (args->given("--per-example"))
    if (const auto written = data::write_bytes(per_example, per_example_jsonl(run)); !written)
      return fail(written.error());
  return print_result((*write)(run));
}

}  // namespace cli
