// SPDX-License-Identifier: MIT
#include "judge.hpp"

#include "arguments.hpp"
#include "console.hpp"
#include "judge_blind.hpp"
#include "judge_help.hpp"
#include "judge_output.hpp"
#include "judge_rank.hpp"
#include "judge_run.hpp"
#include "suggest.hpp"

#include <evalpp/data/dataset.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/presets.hpp>
#include <evalpp/judge/rubric_file.hpp>
#include <evalpp/report/text_table.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {
namespace {

using evalpp::error;
using evalpp::error_code;

int judge_report(const std::vector<std::string>& words) {
  const auto args = arguments::parse(words, {{"--help", "-h", false},
                                             {"--format", "-f"},
                                             {"--human", ""},
                                             {"--panel", ""},
                                             {"--candidate-model", ""},
                                             {"--baseline-model", ""},
                                             {"--ci", ""},
                                             {"--method", ""},
                                             {"--seed", ""},
                                             {"--resamples", ""},
                                             {"--quiet", "-q", false}});
  if (!args) return fail(args.error());
  if (args->given("--help")) return print_result(judge_help());
  const auto report = judged_report::from(*args);
  if (!report) return fail(report.error());
  if (args->files().size() != 1)
    return fail({error_code::invalid_argument, "judge report reads one journal",
                 "evalpp judge report JOURNAL.jsonl"});
  const std::string& path = args->files().front();
  const auto journal = evalpp::judge::read_journal(path);
  if (!journal) return fail(journal.error());
  if (!args->given("--quiet"))
    for (const std::string& text : journal->notes) note(text);
  const auto text = report->text(*journal, evalpp::data::system_name(path));
  if (!text) {
    error e = text.error();
    if (e.file.empty()) e.file = path;
    return fail(e);
  }
  return print_result(*text);
}

int judge_rubrics(const std::vector<std::string>& words) {
  const auto args = arguments::parse(words, {{"--help", "-h", false}, {"--schema", "", false}});
  if (!args) return fail(args.error());
  if (args->given("--help")) return print_result(judge_help());
  if (args->given("--schema")) return print_result(evalpp::judge::rubric_schema);
  std::vector<std::string> names;
  evalpp::report::text_table lines(
      {"rubric", "for"}, {evalpp::report::text_table::align::left, evalpp::report::text_table::align::left});
  for (const evalpp::judge::preset& p : evalpp::judge::presets()) {
    names.push_back(p.rubric.name);
    lines.add({p.rubric.name, std::string(p.summary)});
  }
  if (args->files().empty()) return print_result(lines.plain());
  std::string text;
  for (const std::string& name : args->files()) {
    const auto found = evalpp::judge::find_preset(name);
    if (!found)
      return fail({error_code::unknown_name, "there is no rubric \"" + name + '"', suggestion(name, names)});
    text += to_json(*found) + '\n';
  }
  return print_result(text);
}

}  // namespace

int judge_command(const std::vector<std::string>& words) {
  if (words.empty()) {
    write_stderr(judge_help());
    return exit_usage;
  }
  const std::vector<std::string> rest(words.begin() + 1, words.end());
  if (words[0] == "run") return judge_run(rest);
  if (words[0] == "report") return judge_report(rest);
  if (words[0] == "blind") return judge_blind(rest);
  if (words[0] == "rank") return judge_rank(rest);
  if (words[0] == "rubrics") return judge_rubrics(rest);
  if (words[0] == "--help" || words[0] == "-h") return print_result(judge_help());
  return fail({error_code::unknown_name, "judge has no command \"" + words[0] + '"',
               suggestion(words[0], {"run", "report", "rank", "blind", "rubrics"})});
}

}  // namespace cli
