// SPDX-License-Identifier: MIT
#include "judge_items.hpp"

#include "compare_run.hpp"
#include "console.hpp"
#include "run_options.hpp"
#include "suggest.hpp"

#include <evalpp/data/dataset.hpp>
#include <evalpp/judge/answer_pair.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/judge/pairwise.hpp>
#include <evalpp/judge/pointwise.hpp>
#include <evalpp/workflow/join.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace cli {
namespace {

namespace data = evalpp::data;
namespace judge = evalpp::judge;
namespace workflow = evalpp::workflow;
using evalpp::error;
using evalpp::error_code;

evalpp::result<std::vector<data::dataset>> read_answers(const arguments& args,
                                                        const std::vector<std::string>& files) {
  if (args.value("--missing") == "worst")
    return error{error_code::invalid_argument, "--missing worst means nothing to a judge",
                 "skip the items without a prediction"};
  auto options = read_options_from(args, {});
  if (!options) return options.error();
  options->need_references = false;
  auto systems = read_systems(args, *options, files);
  if (!systems || args.given("--quiet")) return systems;
  for (const data::dataset& system : *systems)
    if (std::none_of(system.records.begin(), system.records.end(), [](const auto& r) { return r.input; }))
      note(system.file +
           ": no field holds what was asked, so that the judge sees the answers alone; name it with "
           "--input-field");
  return systems;
}

judge::item item_of(const data::record& r) {
  judge::item out{
      .id = r.id, .input = r.turns, .prediction = r.prediction.value_or(""), .references = r.references};
  if (r.turns.empty() && r.input) out.input.push_back({"user", *r.input});
  return out;
}

error nothing_to_judge(const std::string& file) {
  return {error_code::invalid_argument, "there is nothing to judge", "give a file with predictions", file};
}

evalpp::result<judging> one_by_one(const arguments& args, const judge::rubric& by) {
  const auto systems = read_answers(args, args.files());
  if (!systems) return systems.error();
  if (systems->size() != 1)
    return error{error_code::invalid_argument, "judge run reads the answers of one system",
                 "name one file of items"};
  std::vector<judge::item> items;
  for (const data::record& r : systems->front().records)
    if (r.prediction) items.push_back(item_of(r));
  if (items.empty()) return nothing_to_judge(args.files().front());
  judging out{.items = items.size(), .head = {}, .jobs = {}, .read = judge::verdict_judge(by)};
  out.head = [=](const auto& who) { return judge::pointwise_head(by, items, who); };
  out.jobs = [=](const auto& who, auto secret) { return judge::pointwise_jobs(by, items, who, secret); };
  return out;
}

// The pairs whose answers both systems gave; a note says what was left out.
evalpp::result<std::vector<judge::answer_pair>> pairs_of(const data::dataset& baseline,
                                                         const data::dataset& candidate,
                                                         workflow::join_policy policy, bool quiet) {
  if (auto alike = require_ids_alike(baseline, candidate); !alike) return alike.error();
  const auto items_of = [](const data::dataset& from) {
    std::vector<judge::item> out;
    for (const data::record& r : from.records) out.push_back(item_of(r));
    return out;
  };
  auto matched = judge::match_answers(items_of(baseline), items_of(candidate), policy);
  if (!matched) {
    error e = matched.error();
    e.message = baseline.file + " (the baseline) and " + candidate.file + ": " + e.message;
    if (policy == workflow::join_policy::strict && !e.fix.empty()) e.fix += ": --join intersect";
    return e;
  }
  std::vector<judge::answer_pair> pairs;
  for (std::size_t k = 0; k < matched->pairs.size(); ++k) {
    const auto& at = matched->joined.pairs[k];
    if (baseline.records[at.baseline].prediction && candidate.records[at.candidate].prediction)
      pairs.push_back(std::move(matched->pairs[k]));
  }
  if (quiet) return pairs;
  if (!matched->dropped.empty()) note("left out: " + matched->dropped);
  if (const std::size_t lacking = matched->pairs.size() - pairs.size(); lacking != 0)
    note("left out: " + std::to_string(lacking) + " of the pairs lack a prediction in one of the files");
  return pairs;
}

evalpp::result<judging> in_pairs(const arguments& args, const judge::rubric& by) {
  const auto read = read_pairs(args, args.value("--against"), args.files().front());
  if (!read) return read.error();
  if (!args.given("--quiet") && !by.examples.empty())
    note("the rubric's worked examples are of single answers: judging in pairs leaves them out");
  judging out{.items = read->pairs.size(), .head = {}, .jobs = {}, .read = judge::pair_judge()};
  out.head = [=, of = read->pairs, systems = read->names](const auto& who) {
    return judge::pairwise_head(by, of, who, systems);
  };
  out.jobs = [=, of = read->pairs](const auto& who, auto secret) {
    return judge::pairwise_jobs(by, of, who, secret);
  };
  return out;
}

}  // namespace

evalpp::result<paired_answers> read_pairs(const arguments& args, const std::string& baseline,
                                          const std::string& candidate) {
  const std::string join = args.value("--join", "strict");
  if (join != "strict" && join != "intersect")
    return error{error_code::unknown_name, "--join cannot be \"" + join + '"',
                 suggestion(join, {"strict", "intersect"})};
  const auto systems = read_answers(args, {baseline, candidate});
  if (!systems) return systems.error();
  if (systems->size() != 2)
    return error{error_code::invalid_argument, "a comparison needs the answers of two systems",
                 "give each of them a file of items"};
  auto pairs =
      pairs_of(systems->front(), systems->back(),
               join == "intersect" ? workflow::join_policy::intersect : workflow::join_policy::strict,
               args.given("--quiet"));
  if (!pairs) return pairs.error();
  if (pairs->empty()) return nothing_to_judge(candidate);
  return paired_answers{std::move(*pairs), {systems->front().system, systems->back().system}};
}

evalpp::result<judging> judging_from(const arguments& args, const judge::rubric& by) {
  if (args.given("--against")) return in_pairs(args, by);
  if (args.given("--join"))
    return error{error_code::invalid_argument, "--join means nothing without --against",
                 "name the baseline with --against"};
  return one_by_one(args, by);
}

}  // namespace cli
