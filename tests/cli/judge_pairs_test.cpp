// SPDX-License-Identifier: MIT
// Two systems compared by a judge, over a recording: no network.
#include "cli.hpp"

#include <evalpp/judge/answer_pair.hpp>
#include <evalpp/judge/client.hpp>
#include <evalpp/judge/clients/replay.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/pairwise.hpp>
#include <evalpp/judge/presets.hpp>
#include <evalpp/judge/reask.hpp>
#include <evalpp/judge/run.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli_judge_pairs_test {

namespace json = evalpp::json;
namespace judge = evalpp::judge;
using cli_test::folder;
using cli_test::number;
using cli_test::parsed;
using cli_test::text;

cli_test::outcome run_judge(std::vector<std::string> words) {
  words.insert(words.begin(), "judge");
  return cli_test::run(EVALPP_CLI, std::move(words));
}

// Prefers the answer with "good" in it, the first where both have it, refuses to judge "taboo", and gives no
// verdict on "gray" before it is asked again.
class word_judge : public judge::client {
 public:
  judge::completion complete(const judge::request& asked) override {
    const std::string& prompt = asked.messages[1].content;
    const std::size_t second = prompt.find("<answer B");
    const std::string_view a = std::string_view(prompt).substr(0, second),
                           b = std::string_view(prompt).substr(second);
    const bool in_a = a.find("good") != std::string_view::npos,
               in_b = b.find("good") != std::string_view::npos;
    judge::completion out;
    out.usage = {.prompt_tokens = 100, .completion_tokens = 10};
    out.choices.push_back({.text = std::string(R"({"reasoning": "so", "preference": ")") +
                                   (in_a   ? "A"
                                    : in_b ? "B"
                                           : "tie") +
                                   "\"}"});
    if (asked.messages.size() == 2 && prompt.find("gray") != std::string::npos)
      out.choices.front().text = "[[C]]";
    if (b.find("taboo") != std::string_view::npos) out.choices.front() = {.refusal = "I cannot"};
    return out;
  }
};

// Three times eight pairs: two won, one lost, one tie, one inconsistent, two identical, one refused in one
// order.
struct row {
  const char *id, *baseline, *candidate;
};
const std::vector<row> rows = {{"w1", "bad", "good one"},
                               {"w2", "bad", "good two"},
                               {"l1", "good", "bad"},
                               {"t1", "grey", "white"},
                               {"f1", "good a", "good b"},
                               {"i1", "same", "same"},
                               {"i2", "", ""},
                               {"r1", "taboo", "good other"}};

class cli_judge_pairs : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string first, second;
    for (const char* const times : {" ", "  ", "   "}) {
      for (const row& r : rows) {
        const std::string id = r.id + std::to_string(pairs.size());
        pairs.push_back(
            {id, {{"user", "which?"}}, r.baseline + std::string(times), r.candidate + std::string(times)});
        first += line(id, pairs.back().baseline);
        // The candidate's file has its rows in another order: they are joined by id.
        second = line(id, pairs.back().candidate) + second;
      }
    }
    dir.write("old.jsonl", first);
    dir.write("new.jsonl", second);
    record({.model = "m", .base_url = "in-process"});
  }
  // What the rule says of the pairs, added to the recording.
  void record(const judge::judge_options& who) {
    word_judge rule;
    judge::one_by_one answers(rule);
    auto recording = judge::recording_client::open(calls, who.base_url, answers);
    ASSERT_TRUE(recording);
    const judge::rubric by = *judge::find_preset("mt-bench");
    auto log = judge::journal::in_memory(judge::pairwise_head(by, pairs, who, {}));
    judge::steady_clock time;
    const auto jobs = judge::pairwise_jobs(by, pairs, who, log.head().secret);
    ASSERT_TRUE(judge::run_and_reask(*recording, time, jobs, judge::pair_judge(), log, {}, who.base_url));
  }
  static std::string line(const std::string& id, const std::string& answer) {
    return R"({"id": ")" + id + R"(", "input": "which?", "prediction": ")" + answer + "\"}\n";
  }
  cli_test::outcome run(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"run",      "--rubric", "mt-bench",  "--model", "m",
                                   "--replay", calls,      "--against", base};
    words.insert(words.end(), more.begin(), more.end());
    words.push_back(data);
    return run_judge(std::move(words));
  }

  std::vector<judge::answer_pair> pairs;
  folder dir;
  std::string calls = dir.path("calls.jsonl"), journal = dir.path("j.jsonl"), base = dir.path("old.jsonl"),
              data = dir.path("new.jsonl");
};

TEST_F(cli_judge_pairs, report_has_the_fields_that_are_promised) {
  const auto done = run({"--journal", journal, "--format", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  const json::value root = printed.root();
  const char* const order[] = {"n", "scored", "unscored", "calls", "metrics", "comparison", "bias"};
  for (std::size_t k = 0; k < 7; ++k) EXPECT_EQ(root.member_at(k).key, order[k]);
  EXPECT_EQ(number(root["n"]), 24);
  EXPECT_EQ(number(root["scored"]), 21);
  EXPECT_EQ(number(root["unscored"]["refusal"]), 3);
  EXPECT_EQ(number(root["calls"]), 36) << "two for each pair whose answers differ";
  EXPECT_EQ(number(root["tokens"]["prompt"]), 3600);

  ASSERT_EQ(root["metrics"].size(), 1u);
  const json::value metric = root["metrics"][0];
  EXPECT_EQ(text(metric["metric"]), "judge");
  EXPECT_EQ(text(metric["system"]), "new");
  EXPECT_EQ(text(metric["unit"]), "0-1");
  // Six wins and twelve ties of 21.
  EXPECT_DOUBLE_EQ(number(metric["value"]), 4.0 / 7);
  EXPECT_EQ(number(metric["n_missing"]), 3);
  EXPECT_LT(number(metric["ci"]["lo"]), 4.0 / 7);
  EXPECT_EQ(number(metric["parts"]["wins"]), 6);

  ASSERT_EQ(root["comparison"].size(), 1u);
  const json::value found = root["comparison"][0];
  const char* const keys[] = {
      "metric", "spec", "unit", "higher_is_better", "system", "baseline", "candidate", "delta",   "ci", "p",
      "n",      "wins", "ties", "losses",           "margin", "verdict",  "needed",    "sentence"};
  std::size_t at = 0;  // `ci_status` says that these are few pairs
  for (const auto [key, value] : found.members())
    if (key != "ci_status" && at < 18) {
      EXPECT_EQ(key, keys[at]);
      ++at;
    }
  EXPECT_EQ(text(found["metric"]), "judge");
  EXPECT_EQ(text(found["system"]), "new");
  EXPECT_EQ(text(found["baseline_system"]), "old");
  EXPECT_DOUBLE_EQ(number(found["candidate"]), 4.0 / 7);
  EXPECT_DOUBLE_EQ(number(found["baseline"]), 3.0 / 7);
  EXPECT_DOUBLE_EQ(number(found["delta"]), 1.0 / 7);
  EXPECT_TRUE(found["p"]["mcnemar"].is_null());
  EXPECT_EQ(number(found["n"]), 21);
  EXPECT_EQ(number(found["wins"]), 6);
  EXPECT_EQ(number(found["ties"]), 12);
  EXPECT_EQ(number(found["losses"]), 3);
  EXPECT_EQ(text(found["verdict"]), "undecided");
  const json::value parts = found["parts"];
  const char* const part_keys[] = {"win_rate", "wins", "ties", "losses", "inconsistent"};
  for (std::size_t k = 0; k < 5; ++k) EXPECT_EQ(parts.member_at(k).key, part_keys[k]);
  EXPECT_DOUBLE_EQ(number(parts["win_rate"]), 4.0 / 7);
  EXPECT_EQ(number(parts["inconsistent"]), 3);

  // The journal says the same of itself.
  const auto again = run_judge({"report", journal, "--format", "json"});
  EXPECT_EQ(again.code, 0) << again.err;
  EXPECT_EQ(again.out, done.out);
}

TEST_F(cli_judge_pairs, table_says_who_is_better_in_words) {
  const auto done = run();
  ASSERT_EQ(done.code, 0) << done.err;
  for (const char* says :
       {"new against old by the rubric mt-bench, judged by m",
        "new is preferred in 6 of 21 pairs, old in 3, 12 are ties", "6 ties are of identical answers",
        "3 ties are inconsistent, another verdict in the other order: 20.00 % of", "UNDECIDED: +0.1",
        "24 pairs: 21 scored, 3 unscored (refusal)", "36 calls"})
    EXPECT_NE(done.out.find(says), std::string::npos) << says << '\n' << done.out;
}

TEST_F(cli_judge_pairs, resumed_run_makes_only_the_missing_calls) {
  const auto first = run({"--journal", journal, "--max-calls", "5", "--format", "json"});
  EXPECT_EQ(first.code, 5) << first.err;
  const auto part = parsed(first.out);
  EXPECT_EQ(number(part.root()["calls"]), 5);
  EXPECT_EQ(number(part.root()["n"]), 24);
  EXPECT_GT(number(part.root()["pending"]), 0);
  const auto dry = parsed(run({"--journal", journal, "--dry-run"}).out);
  EXPECT_EQ(number(dry.root()["items"]), 24);
  EXPECT_EQ(number(dry.root()["calls"]), 31);
  const auto rest = run({"--journal", journal, "--format", "json"});
  EXPECT_EQ(rest.code, 0) << rest.err;
  const auto whole = parsed(rest.out);
  EXPECT_EQ(number(whole.root()["calls"]), 36);
  EXPECT_EQ(number(whole.root()["scored"]), 21);
  EXPECT_EQ(number(whole.root()["pending"]), 0);
}

TEST_F(cli_judge_pairs, samples_are_asked_and_their_spread_is_reported) {
  record({.model = "m", .base_url = "in-process", .samples = 3});
  const auto done = run({"--samples", "3", "--format", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["calls"]), 108);
  EXPECT_EQ(number(printed.root()["scored"]), 21);
  const json::value samples = printed.root()["bias"]["samples"];
  EXPECT_EQ(number(samples["per_question"]), 3);
  // Each of the 18 pairs that are judged in two orders, less the three orders that are refused.
  EXPECT_EQ(number(samples["questions"]), 33);
  EXPECT_EQ(number(samples["scored"]), 99);
  EXPECT_EQ(number(samples["unscored"]["refusal"]), 9);
  EXPECT_EQ(number(samples["share_differing"]), 0) << "a rule does not waver";
  EXPECT_EQ(number(samples["mean_sd"]), 0);
  const auto table = run({"--samples", "3"});
  EXPECT_NE(table.out.find("every question was asked 3 times: 99 answers scored, 9 unscored (refusal)"),
            std::string::npos)
      << table.out;
  for (const char* bad : {"0", "21", "1.5"}) EXPECT_EQ(run({"--samples", bad}).code, 2) << bad;
}

TEST_F(cli_judge_pairs, verdict_that_is_none_is_asked_for_once_more_when_asked_for) {
  pairs = {{"g1", {{"user", "which?"}}, "dark", "gray"}, {"g2", {{"user", "which?"}}, "bad", "good"}};
  dir.write("old.jsonl", line("g1", "dark") + line("g2", "bad"));
  dir.write("new.jsonl", line("g1", "gray") + line("g2", "good"));
  record({.model = "m", .base_url = "in-process", .reask = true});
  const auto plain = parsed(run({"--format", "json"}).out);
  EXPECT_EQ(number(plain.root()["unscored"]["malformed"]), 1);
  EXPECT_EQ(number(plain.root()["calls"]), 4);
  EXPECT_FALSE(plain.root()["bias"].contains("reask"));
  const auto done = run({"--reask", "--journal", journal, "--format", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["scored"]), 2);
  EXPECT_EQ(number(printed.root()["calls"]), 6);
  EXPECT_EQ(number(printed.root()["bias"]["reask"]["asked"]), 2) << "both orders";
  EXPECT_EQ(number(printed.root()["bias"]["reask"]["scored"]), 2);
  const auto table = run_judge({"report", journal});
  EXPECT_NE(table.out.find("2 answers without a verdict were asked for once more, 2 came"), std::string::npos)
      << table.out;
  // A rerun asks nothing.
  const std::string before = dir.read("j.jsonl");
  EXPECT_EQ(run({"--reask", "--journal", journal}).code, 0);
  EXPECT_EQ(dir.read("j.jsonl"), before);
}

TEST_F(cli_judge_pairs, identical_files_need_no_call) {
  const auto done = run_judge({"run", "--rubric", "tone", "--model", "m", "--replay", calls, "--against",
                               base, "--format", "json", base});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["calls"]), 0);
  EXPECT_EQ(number(printed.root()["scored"]), 24);
  const json::value found = printed.root()["comparison"][0];
  EXPECT_EQ(number(found["candidate"]), 0.5);
  EXPECT_EQ(number(found["ties"]), 24);
  EXPECT_EQ(text(found["verdict"]), "no_difference");
}

TEST_F(cli_judge_pairs, item_of_one_file_only_is_an_error_or_left_out_and_counted) {
  dir.write("new.jsonl", dir.read("new.jsonl") + line("x9", "more"));
  const auto strict = run();
  EXPECT_EQ(strict.code, 2);
  for (const char* says :
       {"old.jsonl", "new.jsonl", "1 id is only in the candidate (x9)", "--join intersect"})
    EXPECT_TRUE(strict.says(says)) << says << '\n' << strict.err;
  const auto shared = run({"--join", "intersect", "--format", "json"});
  EXPECT_EQ(shared.code, 0) << shared.err;
  EXPECT_TRUE(shared.says("(x9)")) << shared.err;
  const auto printed = parsed(shared.out);
  EXPECT_EQ(number(printed.root()["n"]), 24);
}

TEST_F(cli_judge_pairs, pair_without_one_of_its_answers_is_skipped_when_asked_for) {
  dir.write("new.jsonl",
            dir.read("new.jsonl") + R"({"id": "x9", "input": "which?", "prediction": null})" + "\n");
  dir.write("old.jsonl", dir.read("old.jsonl") + line("x9", "more"));
  EXPECT_EQ(run().code, 2);
  const auto done = run({"--missing", "skip", "--format", "json"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_TRUE(done.says("1 of the pairs lack")) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["n"]), 24);
}

TEST_F(cli_judge_pairs, journal_that_is_just_begun_is_reported) {
  ASSERT_EQ(run({"--journal", journal}).code, 0);
  const std::string whole = dir.read("j.jsonl");
  dir.write("j.jsonl", whole.substr(0, whole.find('\n') + 1));
  const auto done = run_judge({"report", journal, "--format", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["n"]), 24);
  EXPECT_EQ(number(printed.root()["scored"]), 6) << "the identical ones";
  EXPECT_EQ(number(printed.root()["pending"]), 18);
}

TEST_F(cli_judge_pairs, journal_of_items_is_not_continued_in_pairs) {
  ASSERT_EQ(run_judge({"run", "--rubric", "mt-bench", "--model", "m", "--replay", calls, "--journal", journal,
                       data})
                .code,
            0);
  const auto done = run({"--journal", journal});
  EXPECT_EQ(done.code, 2);
  EXPECT_TRUE(done.says("kind")) << done.err;
}

TEST_F(cli_judge_pairs, errors_say_what_is_wrong_and_end_with_2) {
  dir.write("no_ids.jsonl", R"({"input": "which?", "prediction": "p"})"
                            "\n");
  dir.write("other.jsonl", R"({"id": "w10", "input": "what?", "prediction": "p"})"
                           "\n");
  const std::vector<std::pair<std::vector<std::string>, const char*>> cases = {
      {{"--ci", "none"}, "--ci none"},
      {{"--method", "bca"}, "--method"},
      {{"--join", "sideways"}, "--join"},
      {{"--missing", "worst"}, "worst"},
      {{"--against", dir.path("none.jsonl")}, "none.jsonl"},
      {{"--against", dir.path("no_ids.jsonl")}, "no ids"},
      {{"--against", dir.path("other.jsonl"), "--join", "intersect"}, "\"w10\" has another input"},
  };
  for (const auto& [words, says] : cases) {
    const auto done = run(words);
    EXPECT_EQ(done.code, 2) << says;
    EXPECT_TRUE(done.says(says)) << done.err;
    EXPECT_EQ(done.out, "");
  }
  const auto alone =
      run_judge({"run", "--rubric", "tone", "--model", "m", "--replay", calls, "--join", "strict", data});
  EXPECT_EQ(alone.code, 2);
  EXPECT_TRUE(alone.says("--against")) << alone.err;
}

}  // namespace cli_judge_pairs_test
