// SPDX-License-Identifier: MIT
#include "schema.hpp"

#include "arguments.hpp"
#include "console.hpp"
#include "json_options.hpp"
#include "metric_spec.hpp"
#include "progress.hpp"
#include "run_options.hpp"
#include "schema_file.hpp"
#include "schema_help.hpp"
#include "schema_input.hpp"
#include "schema_json.hpp"
#include "schema_output.hpp"
#include "schema_run.hpp"
#include "schema_suite.hpp"
#include "suggest.hpp"

#include <evalpp/core/executor.hpp>
#include <evalpp/json/dialect.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/parallel/threads.hpp>

#include <algorithm>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace cli {
namespace {

namespace data = evalpp::data;
namespace json = evalpp::json;
using evalpp::error;
using evalpp::error_code;
using evalpp::result;

const std::vector<option> known_to_schema = {
    {"--help", "-h", false}, {"--format", "-f"},     {"--field", ""},
    {"--references", ""},    {"--fields", ""},       {"--choice", ""},
    {"--repair", "", false}, {"--whole", "", false}, {"--duplicates", ""},
    {"--missing", ""},       {"--min-rate", ""},     {"--assert-format", "", false},
    {"--draft", ""},         {"--map", ""},          {"--explain", ""},
    {"--input", ""},         {"--suite", ""},        {"--quiet", "-q", false},
    {"--threads", ""},
};

constexpr std::size_t shown_failures = 10;
constexpr std::size_t flushed_size = 1 << 20;  // bytes of --format json

/// One word of a list, as its place in it.
result<std::size_t> choose(const arguments& args, const std::string& name,
                           const std::vector<std::string>& words, std::size_t otherwise) {
  if (!args.given(name)) return otherwise;
  const std::string word = args.value(name);
  const auto found = std::find(words.begin(), words.end(), word);
  if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
  return error{error_code::unknown_name, name + " cannot be \"" + word + '"', suggestion(word, words)};
}

enum class schema_format { table, json, markdown };

struct schema_settings {
  schema_format format = schema_format::table;
  schema_request schema;
  schema_input_options input;
  schema_judge_options judge;
  std::optional<double> min_rate;
  std::optional<std::string> explain;
  std::size_t threads = 0;
  bool quiet = false;
};

result<double> rate_of(const std::string& text) {
  double rate = 0;
  if (parse_number(text, rate) && rate >= 0 && rate <= 1) return rate;
  return error{error_code::invalid_argument, "--min-rate cannot be \"" + text + '"',
               "give a share from 0 to 1, such as 0.95"};
}

result<schema_settings> schema_settings_from(const arguments& args) {
  schema_settings out;
  const auto form = choose(args, "--format", {"table", "json", "markdown", "md"}, 0);
  if (!form) return form.error();
  out.format = *form == 3 ? schema_format::markdown : static_cast<schema_format>(*form);
  const auto draft = choose(args, "--draft", {"4", "6", "7", "2019-09", "2020-12", "v1"},
                            static_cast<std::size_t>(json::dialect::draft2020_12));
  if (!draft) return draft.error();
  out.schema.dialect = static_cast<json::dialect>(*draft);
  out.schema.assert_format = args.given("--assert-format");
  out.schema.maps = args.values("--map");
  const auto choice = choose(args, "--choice", {"only", "first", "last", "largest"}, 0);
  if (!choice) return choice.error();
  out.judge.choice = static_cast<json::candidate_choice>(*choice);
  const auto duplicates = choose(args, "--duplicates", {"last", "first", "error"}, 2);
  if (!duplicates) return duplicates.error();
  out.judge.duplicates = static_cast<json::duplicate_keys>(*duplicates);
  out.judge.repair = args.given("--repair");
  const auto missing = choose(args, "--missing", {"error", "skip", "worst"}, 0);
  if (!missing) return missing.error();
  out.input.when_missing = static_cast<schema_input_options::missing>(*missing);
  out.input.field = args.value("--field");
  out.input.whole = args.given("--whole");
  if (args.given("--input")) {
    static constexpr data::input_kind kinds[] = {data::input_kind::text, data::input_kind::jsonl,
                                                 data::input_kind::json};
    const auto kind = choose(args, "--input", {"text", "jsonl", "json"}, 0);
    if (!kind) return kind.error();
    out.input.kind = kinds[*kind];
  }
  if (args.given("--min-rate")) {
    const auto rate = rate_of(args.value("--min-rate"));
    if (!rate) return rate.error();
    out.min_rate = *rate;
  }
  if (args.given("--explain")) out.explain = args.value("--explain");
  if (args.given("--field") && out.input.field.empty())
    return error{error_code::invalid_argument, "--field needs the name of a field"};
  if (args.given("--missing") && out.input.field.empty())
    return error{error_code::invalid_argument, "--missing is about rows", "name the field with --field"};
  out.input.references = args.value("--references");
  out.judge.references = !out.input.references.empty();
  if (out.judge.references && out.input.field.empty())
    return error{error_code::invalid_argument, "--references is about rows",
                 "name the field to judge with --field"};
  if (args.given("--fields")) {
    if (!out.judge.references)
      return error{error_code::invalid_argument, "--fields says how references are compared",
                   "name their field with --references"};
    const auto spec = parse_metric_specs("fields:" + args.value("--fields"));
    if (!spec) return spec.error();
    option_reader reader(spec->front());
    out.judge.fields = read_field_options(reader);
    if (const auto wrong = reader.finish()) return *wrong;
  }
  const auto threads = thread_count(args);
  if (!threads) return threads.error();
  out.threads = *threads;
  out.quiet = args.given("--quiet");
  return out;
}

int run_suite(const arguments& args, const schema_settings& options) {
  if (!args.files().empty())
    return fail({error_code::invalid_argument, "--suite takes no files",
                 "evalpp schema --suite DIR --draft 2020-12 runs the tests below DIR/tests"});
  const std::string draft(to_string(options.schema.dialect));
  std::string problem;
  const auto ran = evalpp::cli::run_suite(args.value("--suite"), options.schema.dialect, problem);
  if (!ran)
    return fail(
        {error_code::io, std::move(problem), "DIR is the root of the suite: it holds tests/ and remotes/"});
  const std::string text = options.format == schema_format::json
                               ? suite_json(draft, *ran)
                               : suite_table(draft, *ran, options.format == schema_format::markdown);
  return print_result(text, ran->failed.empty() ? exit_ok : exit_gate_failed);
}

/// Whether `--explain` means this document.
bool is_meant(const schema_item& item, const std::string& name) {
  const std::string number = std::to_string(item.index);
  if (item.id == name || item.file + ':' + number == name) return true;
  return !item.id && number == name;
}

std::string title_of(const arguments& args, const schema_counts& n, const json::schema& schema) {
  std::string text =
      args.files().size() == 2 ? args.files()[1] : std::to_string(args.files().size() - 1) + " files";
  text += ": " + std::to_string(n.valid) + " of " + std::to_string(n.total) +
          (n.outputs == n.total ? n.total == 1 ? " output fits " : " outputs fit "
           : n.total == 1       ? " document fits "
                                : " documents fit ");
  return text + args.files()[0] + " (" + std::string(to_string(schema.dialect())) + ')';
}

/// What came of the items of a chunk.
struct judged_chunk {
  std::string array, told;  ///< --format json, without brackets; --explain
  bool found = false;       ///< a document that is meant
  std::vector<judged_item> failures;
};

judged_chunk judge_chunk(schema_judge& judge, std::span<const schema_item> items,
                         const schema_settings& options) {
  judged_chunk made;
  json::writer out(made.array);
  for (const schema_item& item : items) {
    const bool meant = !options.explain || is_meant(item, *options.explain);
    judged_item judged = judge.judge(item);
    if (meant && options.format == schema_format::json) write_judged(out, judged);
    if (meant && options.explain) made.told += (made.found ? "\n" : "") + explained(judged);
    made.found = made.found || meant;
    if (judged.valid != true && made.failures.size() < shown_failures)
      made.failures.push_back(std::move(judged));
  }
  return made;
}

/// Judges all items with all threads, as many chunks at a time as keep them busy, and hands the chunks over
/// in order.
template <class Take>
schema_judge judge_all(const json::schema& schema, const std::vector<schema_item>& items,
                       const schema_settings& options, Take take) {
  const evalpp::threads threads(options.threads);
  const std::size_t chunks = (items.size() + evalpp::chunk_size - 1) / evalpp::chunk_size;
  std::vector<schema_judge> judges(std::min(threads.workers(), chunks), schema_judge(schema, options.judge));
  const std::size_t together = 8 * judges.size() * evalpp::chunk_size;
  progress meter(items.size(), options.quiet, "documents");
  for (std::size_t from = 0; from < items.size(); from += together) {
    const auto some = std::span(items).subspan(from, std::min(together, items.size() - from));
    std::vector<judged_chunk> made((some.size() + evalpp::chunk_size - 1) / evalpp::chunk_size);
    observed(threads, meter)
        .for_chunks(some.size(), [&](std::size_t begin, std::size_t end, std::size_t worker) {
          made[begin / evalpp::chunk_size] =
              judge_chunk(judges[worker], some.subspan(begin, end - begin), options);
        });
    for (judged_chunk& chunk : made) take(chunk);
  }
  for (std::size_t i = 1; i < judges.size(); ++i) judges[0].add(judges[i]);
  return std::move(judges[0]);
}

int judge_files(const arguments& args, const schema_settings& options) {
  const auto schema = load_schema(options.schema);
  if (!schema) return fail(schema.error());
  const auto note_all = [&](const std::vector<std::string>& notes) {
    for (std::size_t i = 0; !options.quiet && i < notes.size(); ++i) note(notes[i]);
  };
  note_all(schema->notes);
  const auto input = read_schema_input({args.files().begin() + 1, args.files().end()}, options.input);
  if (!input) return fail(input.error());
  note_all(input->notes);
  if (input->items.empty())
    return fail({error_code::invalid_argument, "there is nothing to judge",
                 input->skipped == 0 ? "give a file with documents" : "no row has the field",
                 args.files()[1]});

  // The array is printed as it grows, but with --explain, which may yet find nothing.
  std::string array = "[", told;
  bool first = true, found = false, printed = true;
  schema_report report;
  const schema_judge judge = judge_all(schema->schema, input->items, options, [&](judged_chunk& chunk) {
    if (!chunk.array.empty() && !std::exchange(first, false)) array += ',';
    array += chunk.array;
    if (!chunk.told.empty() && !told.empty()) told += '\n';
    told += chunk.told;
    found = found || chunk.found;
    for (judged_item& failure : chunk.failures)
      if (report.failures.size() < shown_failures) report.failures.push_back(std::move(failure));
    if (options.explain || array.size() < flushed_size) return;
    printed = printed && print(std::exchange(array, {}));
  });
  array += "]\n";
  if (!found)
    return fail({error_code::unknown_name, "there is no document \"" + *options.explain + '"',
                 "name its id, its number in the file from 0, or FILE:NUMBER"});
  const schema_counts& counts = judge.counts();
  const bool reached = options.min_rate ? counts.rate() >= *options.min_rate : counts.valid == counts.total;
  const int code = reached ? exit_ok : exit_gate_failed;
  report.title = title_of(args, counts, schema->schema);
  if (options.format == schema_format::json) {
    if (!options.quiet) note(report.title);
    return printed ? print_result(array, code) : print_result({}, code);
  }
  if (options.explain) return print_result(told, code);
  report.skipped = input->skipped;
  report.repairs = options.judge.repair;
  return print_result(schema_tables(report, judge, options.format == schema_format::markdown, colours()),
                      code);
}

}  // namespace

int schema(const std::vector<std::string>& words) {
  const auto args = arguments::parse(words, known_to_schema);
  if (!args) return fail(args.error());
  if (args->given("--help")) return print(schema_help()) ? exit_ok : exit_usage;
  auto options = schema_settings_from(*args);
  if (!options) return fail(options.error());
  if (args->given("--suite")) return run_suite(*args, *options);
  if (args->files().size() < 2)
    return fail(
        {error_code::invalid_argument,
         args->files().empty() ? "schema needs a schema and files" : "schema needs files beside the schema",
         "evalpp schema --help shows how to call it"});
  options->schema.file = args->files().front();
  return judge_files(*args, *options);
}

}  // namespace cli
