// SPDX-License-Identifier: MIT
#include "score.hpp"

#include "arguments.hpp"
#include "console.hpp"
#include "metric_list.hpp"
#include "score_help.hpp"
#include "score_output.hpp"
#include "score_run.hpp"
#include "suggest.hpp"

#include <evalpp/data/file.hpp>
#include <evalpp/data/read.hpp>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
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

const std::vector<option> known_options = {
    {"--help", "-h", false},
    {"--metrics", "-m"},
    {"--format", "-f"},
    {"--per-example", ""},
    {"--slice", ""},
    {"--input", ""},
    {"--refs", ""},
    {"--missing", ""},
    {"--prediction", ""},
    {"--references", ""},
    {"--id", ""},
    {"--input-field", ""},
    {"--ci", ""},
    {"--method", ""},
    {"--seed", ""},
    {"--resamples", ""},
    {"--cluster", ""},
    {"--threads", ""},
    {"--allow-identical", "", false},
    {"--quiet", "-q", false},
};

// What is scored when the user names no metric.
std::string default_metrics(const std::vector<data::dataset>& systems, bool is_squad) {
  if (!is_squad) return "bleu,chrf,rouge1,rouge2,rougeL,f1,em";
  const auto& records = systems.front().records;
  const bool unanswerable =
      std::any_of(records.begin(), records.end(), [](const data::record& r) { return r.references.empty(); });
  return unanswerable ? "squad_v2" : "squad";
}

// A dataset and files of answers to it, rather than a file per system.
bool reads_squad(const arguments& args, const data::read_options& options,
                 const std::vector<data::dataset>& systems) {
  const data::input_kind kind = options.kind.value_or(data::kind_of(args.files().front()));
  return kind != data::input_kind::text && systems.size() < args.files().size();
}

using writer = std::string (*)(const scored_run&);

evalpp::result<writer> format_writer(const std::string& name) {
  if (name == "table") return writer{[](const scored_run& run) { return to_terminal(run, colours()); }};
  if (name == "json") return writer{to_json};
  if (name == "jsonl") return writer{to_jsonl};
  if (name == "csv") return writer{to_csv};
  if (name == "markdown" || name == "md") return writer{to_markdown};
  return error{error_code::unknown_name, "there is no format \"" + name + "\"",
               suggestion(name, {"table", "json", "jsonl", "csv", "markdown"})};
}

// Lists of `-m` add up, as if they were one.
evalpp::result<std::vector<chosen_metric>> chosen_metrics(const arguments& args) {
  std::vector<chosen_metric> all;
  for (const std::string& list : args.values("--metrics")) {
    auto some = make_metrics(list);
    if (!some) return some.error();
    std::move(some->begin(), some->end(), std::back_inserter(all));
  }
  return all;
}

evalpp::result<data::read_options> read_options_from(const arguments& args,
                                                     const std::vector<chosen_metric>& metrics) {
  data::read_options options;
  if (args.given("--input")) {
    const std::string kind = args.value("--input");
    options.kind = data::parse_kind(kind);
    if (!options.kind)
      return error{error_code::unknown_name, "there is no input kind \"" + kind + "\"",
                   suggestion(kind, {"text", "jsonl", "json", "tsv", "csv", "squad"})};
  }
  options.fields = {.id = args.value("--id"),
                    .prediction = args.value("--prediction"),
                    .references = args.value("--references"),
                    .input = args.value("--input-field")};
  options.slices = args.values("--slice");
  options.cluster = args.value("--cluster");
  options.references = args.values("--refs");
  options.allow_identical = args.given("--allow-identical");
  const std::string missing = args.value("--missing", "error");
  if (missing != "error" && missing != "skip" && missing != "worst")
    return error{error_code::unknown_name, "--missing cannot be \"" + missing + "\"",
                 suggestion(missing, {"error", "skip", "worst"})};
  options.allow_missing = missing != "error";
  // Rows of labels: `label` and `prediction` are their fields whatever else a row holds, and lists are sets.
  const bool labels =
      !metrics.empty() && std::all_of(metrics.begin(), metrics.end(),
                                      [](const chosen_metric& m) { return m.for_sets.has_value(); });
  if (labels) {
    options.allow_lists = true;
    options.preferred = {.prediction = "prediction", .references = "label"};
  }
  options.allow_documents =
      !metrics.empty() &&
      std::all_of(metrics.begin(), metrics.end(), [](const chosen_metric& m) { return m.reads_json; });
  if (options.allow_documents) options.need_references = false;
  return options;
}

evalpp::result<std::size_t> thread_count(const arguments& args) {
  const std::string text = args.value("--threads", "0");
  std::size_t count = 0;
  if (parse_number(text, count) && count <= 4096) return count;
  return error{error_code::invalid_argument, "--threads cannot be \"" + text + "\"",
               "give a whole number from 1 to 4096, or 0 for every core"};
}

// The intervals that were asked for; none for `--ci none`.
evalpp::result<std::optional<evalpp::stats::score_interval_options>> intervals_from(const arguments& args) {
  namespace stats = evalpp::stats;
  stats::score_interval_options options;
  const std::string level = args.value("--ci", "0.95");
  const bool none = level == "none";
  if (!none && (!parse_number(level, options.level) || !(options.level >= 0.5 && options.level < 1)))
    return error{error_code::invalid_argument, "--ci cannot be \"" + level + "\"",
                 "give a level from 0.5 to below 1, such as 0.95, or none"};
  const std::string method = args.value("--method", "auto");
  std::vector<std::string> known{"auto"};
  for (const auto m : {stats::bootstrap_method::bca_expanded, stats::bootstrap_method::bca,
                       stats::bootstrap_method::percentile, stats::bootstrap_method::basic,
                       stats::bootstrap_method::normal}) {
    known.emplace_back(to_string(m));
    if (method == to_string(m)) options.method = m;
  }
  if (!options.method && method != "auto")
    return error{error_code::unknown_name, "there is no method \"" + method + "\"",
                 suggestion(method, known)};
  const std::string seed = args.value("--seed", "12345");
  if (!parse_number(seed, options.resampling.seed))
    return error{error_code::invalid_argument, "--seed cannot be \"" + seed + "\"",
                 "give a whole number from 0 to 2^64 - 1"};
  // Fewer than five replicates in a tail say nothing of its end.
  std::size_t& replicates = options.resampling.replicates;
  const std::string resamples = args.value("--resamples");
  if (args.given("--resamples") &&
      (!parse_number(resamples, replicates) || replicates == 0 || replicates > 10'000'000 ||
       (!none && static_cast<double>(replicates) * (1 - options.level) < 10)))
    return error{
        error_code::invalid_argument, "--resamples cannot be \"" + resamples + "\"",
        "give a whole number up to 10000000 that leaves five or more beyond each end, such as 10240"};
  if (none) {
    for (const char* option : {"--method", "--seed", "--resamples", "--cluster"})
      if (args.given(option))
        return error{error_code::invalid_argument, std::string(option) + " means nothing with --ci none",
                     "leave out one of the two"};
    return std::optional<stats::score_interval_options>{};
  }
  return std::optional(options);
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
  const auto args = arguments::parse(words, known_options);
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
  const std::string per_example = args->value("--per-example");
  if (args->given("--per-example")) {
    std::vector<std::string> inputs = args->files();
    inputs.insert(inputs.end(), options->references.begin(), options->references.end());
    if (const auto writable = check_output(per_example, inputs); !writable) return fail(writable.error());
  }

  if (!args->given("--quiet"))
    for (const chosen_metric& m : *metrics)
      for (const std::string& text : m.notes) note(text);
  auto systems = data::read(args->files(), *options);
  if (!systems) return fail(systems.error());
  for (const data::dataset& system : *systems) {
    if (!args->given("--quiet"))
      for (const std::string& text : system.notes) note(text);
    if (system.size() == 0)
      return fail({error_code::invalid_argument, "there is nothing to score", "give a file with examples",
                   system.file});
  }

  scored_run run;
  run.metrics = metrics->empty()
                    ? *make_metrics(default_metrics(*systems, reads_squad(*args, *options, *systems)))
                    : std::move(*metrics);
  run.slices = options->slices;
  score_systems(run, std::move(*systems),
                {.threads = *threads,
                 .missing_is_worst = args->value("--missing") == "worst",
                 .quiet = args->given("--quiet"),
                 .clustered = args->given("--cluster"),
                 .intervals = *intervals});
  if (args->given("--per-example"))
    if (const auto written = data::write_bytes(per_example, per_example_jsonl(run)); !written)
      return fail(written.error());
  if (!print((*write)(run))) return fail({error_code::io, "cannot write to standard output"});
  return exit_ok;
}

}  // namespace cli
