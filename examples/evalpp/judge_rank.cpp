// SPDX-License-Identifier: MIT
#include "judge_rank.hpp"

#include "arguments.hpp"
#include "console.hpp"
#include "judge_help.hpp"
#include "run_options.hpp"

#include <evalpp/core/result.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/judged_pairs.hpp>
#include <evalpp/judge/panel.hpp>
#include <evalpp/judge/ranking.hpp>
#include <evalpp/parallel/threads.hpp>
#include <evalpp/report/format.hpp>
#include <evalpp/report/scores_json.hpp>
#include <evalpp/report/text_table.hpp>

#include <cstddef>
#include <utility>

namespace cli {
namespace {

namespace judge = evalpp::judge;
namespace report = evalpp::report;
using align = report::text_table::align;
using evalpp::error;
using evalpp::error_code;

evalpp::result<judge::judged_pairs_run> read_run(const std::string& path, bool quiet) {
  const auto journal = judge::read_journal(path);
  if (!journal) return journal.error();
  if (!quiet)
    for (const std::string& text : journal->notes) note(text);
  const auto named = [&](error e) {
    if (e.file.empty()) e.file = path;
    return e;
  };
  if (!judge::panel_of(journal->head).empty()) {
    auto run = judge::panel_pairs_run_of(*journal);
    if (!run) return named(run.error());
    return judge::judged_pairs_run(std::move(*run));
  }
  auto run = judge::judged_pairs_run_of(*journal);
  if (!run) return named(run.error());
  return run;
}

std::string ranking_json(const judge::ranking& found) {
  std::string text;
  evalpp::json::writer out(text);
  out.begin_object().member("pairs", found.pairs).member("questions", found.questions);
  out.member("connected", found.connected).key("systems").begin_array();
  for (const judge::ranked_system& s : found.systems) {
    out.begin_object().member("system", s.name).member("pairs", s.pairs).member("elo", s.elo);
    report::write_interval(out, "ci", s.ci, "bca_expanded");
    out.member("rank", s.rank);
    report::write_interval(out, "rank_ci", s.rank_ci, "percentile");
    out.member("first", s.first).end_object();
  }
  out.end_array().end_object().line();
  return text;
}

std::string ranking_text(const judge::ranking& found) {
  report::text_table lines(
      {"rank", "system", "Elo [interval]", "ranks", "first", "pairs"},
      {align::right, align::left, align::right, align::right, align::right, align::right});
  const auto whole = [](double number, const evalpp::interval& ci) {
    return report::format_value(number, ci, evalpp::scale::percent);
  };
  for (const judge::ranked_system& s : found.systems) {
    std::string rank = "-", ranks = "-";
    if (found.connected) {
      rank = std::to_string(static_cast<std::size_t>(s.rank));
      ranks = std::to_string(static_cast<std::size_t>(s.rank_ci.lo)) + " to " +
              std::to_string(static_cast<std::size_t>(s.rank_ci.hi));
    }
    lines.add({std::move(rank), s.name, found.connected ? whole(s.elo, s.ci) : "-", std::move(ranks),
               report::format_value(100 * s.first, evalpp::scale::percent) + " %", std::to_string(s.pairs)});
  }
  std::string text = lines.plain();
  text += std::to_string(found.pairs) + " pairs on " + std::to_string(found.questions) +
          " questions; Bradley-Terry, intervals resampled by question\n";
  if (!found.connected)
    text += "no strengths: some system beats all others always, or never, or never meets them\n";
  return text;
}

}  // namespace

int judge_rank(const std::vector<std::string>& words) {
  const auto args = arguments::parse(words, {{"--help", "-h", false},
                                             {"--format", "-f"},
                                             {"--ci", ""},
                                             {"--method", ""},
                                             {"--seed", ""},
                                             {"--resamples", ""},
                                             {"--quiet", "-q", false}});
  if (!args) return fail(args.error());
  if (args->given("--help")) return print(judge_help()) ? exit_ok : exit_usage;
  const auto json = json_asked(*args);
  if (!json) return fail(json.error());
  const auto intervals = intervals_from(*args);
  if (!intervals) return fail(intervals.error());
  if (!*intervals || (*intervals)->method)
    return fail({error_code::invalid_argument, "a ranking has the intervals of its kind",
                 "leave out --ci none and --method"});
  if (args->files().empty())
    return fail({error_code::invalid_argument, "judge rank needs journals of runs in pairs",
                 "evalpp judge rank A-against-B.jsonl B-against-C.jsonl ..."});
  std::vector<judge::judged_pairs_run> runs;
  for (const std::string& path : args->files()) {
    auto run = read_run(path, args->given("--quiet"));
    if (!run) return fail(run.error());
    runs.push_back(std::move(*run));
  }
  const auto found =
      judge::rank_systems(evalpp::threads(), runs, (*intervals)->level, (*intervals)->resampling);
  if (!found) return fail(found.error());
  return print_result(*json ? ranking_json(*found) : ranking_text(*found));
}

}  // namespace cli
