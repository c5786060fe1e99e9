// SPDX-License-Identifier: MIT
#include "judge_blind.hpp"

#include "arguments.hpp"
#include "compare_output.hpp"
#include "console.hpp"
#include "judge_bias.hpp"
#include "judge_help.hpp"
#include "judge_items.hpp"
#include "run_options.hpp"
#include "suggest.hpp"

#include <evalpp/data/file.hpp>
#include <evalpp/judge/blind_answers.hpp>
#include <evalpp/judge/blind_key.hpp>
#include <evalpp/judge/blind_report.hpp>
#include <evalpp/judge/blind_review.hpp>
#include <evalpp/judge/blind_sheet.hpp>
#include <evalpp/judge/pair_bias.hpp>
#include <evalpp/judge/pair_comparison.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/scores_json.hpp>
#include <evalpp/workflow/comparison_text.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>
#include <variant>

namespace cli {
namespace {

namespace data = evalpp::data;
namespace judge = evalpp::judge;
namespace fs = std::filesystem;
using evalpp::error;
using evalpp::error_code;

// The files of a review, none of which may be there yet: filled sheets are somebody's work.
struct review_files {
  fs::path folder, key;

  static evalpp::result<review_files> from(const arguments& args) {
    if (!args.given("--out")) return refusal("judge blind make needs --out", "name a folder for the sheets");
    review_files out;
    std::error_code fault;
    out.folder = fs::weakly_canonical(fs::absolute(args.value("--out"), fault), fault);
    if (fault || !out.folder.has_filename()) out.folder = out.folder.parent_path();
    out.key = args.given("--key") ? fs::weakly_canonical(fs::absolute(args.value("--key"), fault), fault)
                                  : fs::path(out.folder.string() + "-key.json");
    const std::string inside = out.folder.string() + '/';
    if (out.key == out.folder || out.key.string().starts_with(inside))
      return refusal("the key may not lie among the sheets",
                     "keep it apart from those who rate: choose another --key");
    return out;
  }
};

evalpp::status write_review(const judge::blind_review& review, const review_files& to) {
  std::vector<std::pair<fs::path, std::string>> files{{to.key, to_json(review.key)}};
  for (std::size_t s = 0; s < review.sheets.size(); ++s) {
    const std::string name = review.sheets.size() == 1 ? "sheet" : "sheet-" + std::to_string(s + 1);
    files.emplace_back(to.folder / (name + ".csv"), to_csv(review.sheets[s]));
    files.emplace_back(to.folder / (name + ".jsonl"), to_jsonl(review.sheets[s]));
    files.emplace_back(to.folder / (name + ".html"), to_html(review.sheets[s]));
  }
  std::error_code fault;
  for (const auto& [path, bytes] : files)
    if (fs::exists(path, fault))
      return error{.code = error_code::io,
                   .message = "the file is there already, and may hold somebody's work",
                   .fix = "choose another folder, or take it away first",
                   .file = path.string()};
  fs::create_directories(to.folder, fault);
  if (fault)
    return error{.code = error_code::io,
                 .message = "cannot make the folder: " + fault.message(),
                 .file = to.folder.string()};
  for (const auto& [path, bytes] : files)
    if (auto good = data::write_bytes(path.string(), bytes); !good) return good;
  return std::monostate{};
}

int make(const std::vector<std::string>& words) {
  const auto args = arguments::parse(words, {{"--help", "-h", false},
                                             {"--out", "-o"},
                                             {"--key", ""},
                                             {"--n", "-n"},
                                             {"--seed", ""},
                                             {"--raters", ""},
                                             {"--repeats", ""},
                                             {"--strip", ""},
                                             {"--quiet", "-q", false},
                                             {"--id", ""},
                                             {"--prediction", ""},
                                             {"--references", ""},
                                             {"--input-field", ""},
                                             {"--input", ""},
                                             {"--missing", ""},
                                             {"--join", ""}});
  if (!args) return fail(args.error());
  if (args->given("--help")) return print(judge_help()) ? exit_ok : exit_usage;
  if (args->files().size() != 2)
    return fail(refusal("judge blind make needs two files of answers",
                        "evalpp judge blind make BASE.jsonl CAND.jsonl --out FOLDER"));
  const auto n = count_of(*args, "--n", 1);
  if (!n) return fail(n.error());
  const auto raters = count_of(*args, "--raters", 1);
  if (!raters) return fail(raters.error());
  constexpr std::int64_t most_sheets = 1000;
  if (raters->value_or(1) > most_sheets)
    return fail(refusal("--raters cannot be more than 1000", "give the same sheet to several people"));
  const auto repeats = count_of(*args, "--repeats", 0);
  if (!repeats) return fail(repeats.error());
  const auto files = review_files::from(*args);
  if (!files) return fail(files.error());
  const auto read = read_pairs(*args, args->files()[0], args->files()[1]);
  if (!read) return fail(read.error());

  judge::blind_options options;
  options.seed = args->value("--seed");
  if (options.seed.empty()) options.seed = judge::draw_blind_seed();
  if (options.seed.empty())
    return fail(refusal("the system gives no random numbers", "give some of your own with --seed"));
  options.items = static_cast<std::size_t>(n->value_or(0));
  options.sheets = static_cast<std::size_t>(raters->value_or(1));
  options.repeats = static_cast<std::size_t>(repeats->value_or(0));
  options.strip = args->values("--strip");
  options.baseline = read->names.baseline;
  options.candidate = read->names.candidate;
  const auto review = make_blind_review(read->pairs, options);
  if (!review) return fail(review.error());
  if (const auto written = write_review(*review, *files); !written) return fail(written.error());
  const auto& entries = review->key.entries;
  const std::size_t rows = review->sheets.front().items.size();
  const auto again = static_cast<std::size_t>(
      std::count_if(entries.begin(), entries.end(), [](const auto& e) { return e.again && e.sheet == 0; }));
  const std::size_t items = rows - again;
  std::string text =
      "review " + review->key.review + "\n" + std::to_string(items) + " pairs to rate on " +
      (review->sheets.size() == 1 ? std::string("one sheet")
                                  : std::to_string(review->sheets.size()) + " sheets, one for each person") +
      "; " + std::to_string(review->key.identical.size()) +
      " more have identical answers and count as ties\n";
  if (again != 0)
    text +=
        std::to_string(again) + " of them stand on a sheet twice, the second time with the sides swapped\n";
  for (std::size_t k = 0; k < options.strip.size(); ++k)
    text += "stripped \"" + evalpp::report::printable(options.strip[k]) + "\" from " +
            std::to_string(review->stripped[k]) + " answers\n";
  text += "sheets: " + files->folder.string() + " (csv, jsonl and html are the same: fill in one)\n";
  text += "key:    " + files->key.string() + " (keep it from those who rate)\n";
  if (*n && static_cast<std::size_t>(**n) > items)
    note("only " + std::to_string(items) + " pairs differ: all of them are on the sheet");
  if (options.repeats > again)
    note("only " + std::to_string(again) + " are repeated: half of the pairs on a sheet at most");
  return print(text) ? exit_ok : exit_usage;
}

evalpp::result<judge::blind_answers> read_sheets(const arguments& args, const judge::blind_key& key) {
  judge::blind_answer_reader reader(key);
  for (const std::string& path : args.files()) {
    const std::string extension = fs::path(path).extension().string();
    const bool lines = extension == ".jsonl" || extension == ".ndjson";
    if (!lines && extension != ".csv")
      return error{.code = error_code::invalid_argument,
                   .message = "a filled sheet is CSV or JSONL",
                   .fix = "name it by its kind: .csv or .jsonl; from a page, save the answers as a file",
                   .file = path};
    const auto text = data::read_text(path);
    if (!text) return text.error();
    if (auto good = reader.add(*text, lines ? data::input_kind::jsonl : data::input_kind::csv); !good)
      return good.error();
  }
  judge::blind_answers out = std::move(reader).finish();
  if (out.answers.empty())
    return error{.code = error_code::missing_field,
                 .message = "no pair has an answer: " + std::to_string(out.unanswered) + " rows are empty, " +
                            std::to_string(out.unreadable) + " unreadable, " +
                            std::to_string(out.conflicting) + " contradict each other",
                 .fix = "fill in the column \"preference\" with A, B or tie",
                 .file = args.files().front()};
  return out;
}

// All that an analysis shows.
struct blind_analysis {
  const judge::blind_key& key;
  const judge::blind_answers& answers;
  judge::blind_report report;
  evalpp::workflow::metric_comparison comparison;
  judge::pair_bias bias;
};

std::string analysis_json(const blind_analysis& of) {
  std::string text;
  evalpp::json::writer out(text);
  out.begin_object().member("review", of.key.review).member("n", of.report.pairs.size());
  out.member("rated", of.report.rated).member("unrated", of.report.unrated);
  out.member("identical", of.key.identical.size()).key("comparison").begin_array().begin_object();
  write_comparison_members(out, "judge", "blind", of.key.candidate, of.comparison);
  out.member("baseline_system", of.key.baseline).key("parts");
  evalpp::report::write_parts(out, of.comparison.candidate.parts);
  out.end_object().end_array().key("bias").begin_object();
  write_pair_bias(out, of.bias);
  out.end_object().key("raters").begin_array();
  for (const judge::blind_rater& r : of.report.raters)
    out.begin_object()
        .member("rater", r.name)
        .member("answers", r.answers)
        .member("repeated", r.repeated)
        .member("kept", r.kept)
        .end_object();
  out.end_array().key("agreement").begin_object().member("pairs", of.report.agreement.pairs);
  out.member("equal", of.report.agreement.equal);
  write_estimated(out, "alpha", of.report.agreement.alpha);
  write_estimated(out, "fleiss_kappa", of.report.agreement.fleiss);
  out.end_object().key("rows").begin_object().member("rows", of.answers.rows);
  out.member("answered", of.answers.answers.size()).member("unanswered", of.answers.unanswered);
  out.member("unreadable", of.answers.unreadable).member("repeated", of.answers.repeated);
  out.member("conflicting", of.answers.conflicting).end_object().end_object().line();
  return text;
}

std::string analysis_text(const blind_analysis& of) {
  using evalpp::report::printable;
  const auto& found = of.comparison;
  const std::string candidate = printable(of.key.candidate), baseline = printable(of.key.baseline);
  std::string text = candidate + " against " + baseline + ", judged blind by " +
                     std::to_string(of.report.raters.size()) +
                     (of.report.raters.size() == 1 ? " person" : " people") + "\n\n";
  text += "win rate of " + candidate + ": " +
          evalpp::report::format_value(found.candidate.value, evalpp::scale::fraction) + "; wins " +
          std::to_string(found.wins) + ", ties " + std::to_string(found.ties) + ", losses " +
          std::to_string(found.losses) + '\n';
  if (!of.key.identical.empty())
    text += "of the ties, " + std::to_string(of.key.identical.size()) + " are identical answers\n";
  text += "win rate of " + candidate + " less that of " + baseline + ": " +
          evalpp::workflow::sentence(found) + "\n\n";
  text += pair_bias_text(of.bias);
  const judge::rater_agreement& agreement = of.report.agreement;
  if (agreement.pairs != 0)
    text += "\nagreement over the " + std::to_string(agreement.pairs) +
            " pairs that several have rated: equal " +
            evalpp::report::format_value(agreement.equal.value_or(0), evalpp::scale::fraction) +
            ", Krippendorff's alpha " + shown(agreement.alpha) + ", Fleiss' kappa " +
            shown(agreement.fleiss) + '\n';
  text += '\n' + std::to_string(of.report.rated) + " pairs rated, " + std::to_string(of.report.unrated) +
          " not; of " + std::to_string(of.answers.rows) + " rows " +
          std::to_string(of.answers.answers.size()) + " count, " + std::to_string(of.answers.unanswered) +
          " are empty, " + std::to_string(of.answers.unreadable) + " unreadable, " +
          std::to_string(of.answers.repeated) + " repeated, " + std::to_string(of.answers.conflicting) +
          " conflicting\n";
  for (const judge::blind_rater& r : of.report.raters) {
    text += "  " + printable(r.name) + ": " + std::to_string(r.answers) + " answers";
    if (r.repeated != 0)
      text += "; of " + std::to_string(r.repeated) + " pairs seen twice the same verdict on " +
              std::to_string(r.kept);
    text += '\n';
  }
  return text;
}

int analyse(const std::vector<std::string>& words) {
  const auto args = arguments::parse(words, {{"--help", "-h", false},
                                             {"--key", ""},
                                             {"--format", "-f"},
                                             {"--ci", ""},
                                             {"--seed", ""},
                                             {"--resamples", ""},
                                             {"--quiet", "-q", false}});
  if (!args) return fail(args.error());
  if (args->given("--help")) return print(judge_help()) ? exit_ok : exit_usage;
  const auto json = json_asked(*args);
  if (!json) return fail(json.error());
  const auto intervals = intervals_from(*args);
  if (!intervals) return fail(intervals.error());
  if (!*intervals)
    return fail(refusal("--ci none leaves nothing to decide by", "give a level, such as 0.95"));
  if (args->files().empty() || !args->given("--key"))
    return fail(refusal("judge blind analyse needs filled sheets and their key",
                        "evalpp judge blind analyse SHEET... --key KEY.json"));
  const auto bytes = data::read_text(args->value("--key"));
  if (!bytes) return fail(bytes.error());
  const auto key = judge::read_blind_key(bytes->text, bytes->file);
  if (!key) return fail(key.error());
  const auto answers = read_sheets(*args, *key);
  if (!answers) return fail(answers.error());
  if (!args->given("--quiet"))
    for (const std::string& line : answers->notes) note(line);

  judge::blind_report_options how{.level = (*intervals)->level};
  how.resampling.seed = (*intervals)->resampling.seed;
  judge::blind_report report = blind_report_of(evalpp::threads(), *key, *answers, how);
  auto comparison = judge::compare_pairs(
      evalpp::threads(), report.pairs, "blind|people:" + std::to_string(report.raters.size()),
      judge::required_orders::any, {.level = (*intervals)->level, .resampling = (*intervals)->resampling});
  judge::pair_bias_options bias_of{.level = (*intervals)->level, .one_order_is_enough = true};
  bias_of.resampling.seed = (*intervals)->resampling.seed;
  judge::pair_bias bias = judge::pair_bias_of(evalpp::threads(), report.pairs, bias_of);
  bias.position = judge::position_bias_of(report.single, bias_of.level);
  const blind_analysis all{*key, *answers, std::move(report), std::move(comparison), bias};
  return print(*json ? analysis_json(all) : analysis_text(all)) ? exit_ok : exit_usage;
}

}  // namespace

int judge_blind(const std::vector<std::string>& words) {
  if (words.empty()) {
    write_stderr(judge_help());
    return exit_usage;
  }
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (words[0] == "make") return make(rest);
  if (words[0] == "analyse" || words[0] == "analyze") return analyse(rest);
  if (words[0] == "--help" || words[0] == "-h") return print(judge_help()) ? exit_ok : exit_usage;
  return fail({error_code::unknown_name, "judge blind has no command \"" + words[0] + '"',
               suggestion(words[0], {"make", "analyse"})});
}

}  // namespace cli
