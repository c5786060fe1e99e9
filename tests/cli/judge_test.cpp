// SPDX-License-Identifier: MIT
// A judge without a network: recorded calls are replayed, what fails is counted and named, a stopped run goes
// on.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli_judge_test {

namespace json = evalpp::json;
using cli_test::folder;
using cli_test::number;
using cli_test::parsed;

cli_test::outcome judge(std::vector<std::string> words) {
  words.insert(words.begin(), "judge");
  return cli_test::run(EVALPP_CLI, std::move(words));
}

const std::string data = std::string(EVALPP_SAMPLE_DIR) + "/candidate.jsonl";

// A recording of the sample, by the rule of examples/judge_client; and the words of a run over it.
class cli_judge : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto done = cli_test::run(EVALPP_JUDGE_CLIENT, {data, calls});
    ASSERT_EQ(done.code, 0) << done.err;
  }
  std::vector<std::string> run_words(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"run",          "--rubric", "correctness", "--model",
                                   "overlap-rule", "--replay", calls};
    words.insert(words.end(), more.begin(), more.end());
    words.push_back(data);
    return words;
  }
  // Puts other bytes in the place of the first ones, all over the recording.
  void change_recording(std::string_view from, std::string_view to, std::size_t times) const {
    std::string text = dir.read("calls.jsonl");
    for (std::size_t at = 0; times > 0 && (at = text.find(from, at)) != std::string::npos; --times) {
      text.replace(at, from.size(), to);
      at += to.size();
    }
    dir.write("calls.jsonl", text);
  }

  folder dir;
  std::string calls = dir.path("calls.jsonl"), journal = dir.path("j.jsonl");
};

TEST_F(cli_judge, report_has_the_fields_that_are_promised) {
  const auto done = judge(run_words({"--journal", journal, "--format", "json"}));
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  const json::value root = printed.root();
  const char* const order[] = {"n", "scored", "unscored", "calls", "metrics", "bias"};
  for (std::size_t k = 0; k < 6; ++k) EXPECT_EQ(root.member_at(k).key, order[k]);
  EXPECT_EQ(number(root["n"]), 50);
  EXPECT_EQ(number(root["scored"]), 50);
  EXPECT_EQ(number(root["calls"]), 50);
  EXPECT_TRUE(root["unscored"].empty());
  ASSERT_EQ(root["metrics"].size(), 2u);
  EXPECT_EQ(root["metrics"][0]["metric"].as_string(), "judge:correctness");
  const json::value whole = root["metrics"][1];
  EXPECT_EQ(whole["metric"].as_string(), "judge");
  EXPECT_EQ(whole["unit"].as_string(), "0-1");
  const double mean = number(whole["parts"]["mean_score"]);
  EXPECT_DOUBLE_EQ(number(whole["value"]), (mean - 1) / 4);
  EXPECT_LT(number(whole["ci"]["lo"]), number(whole["value"]));

  const auto again = judge({"report", journal, "--format", "json"});
  EXPECT_EQ(again.code, 0);
  const auto reported = parsed(again.out);
  EXPECT_EQ(number(reported.root()["metrics"][1]["value"]), number(whole["value"]));
}

TEST_F(cli_judge, second_run_asks_nothing) {
  ASSERT_EQ(judge(run_words({"--journal", journal})).code, 0);
  const std::string before = dir.read("j.jsonl");
  const auto dry = parsed(judge(run_words({"--journal", journal, "--dry-run"})).out);
  EXPECT_EQ(number(dry.root()["items"]), 50);
  EXPECT_EQ(number(dry.root()["calls"]), 0);
  ASSERT_EQ(judge(run_words({"--journal", journal})).code, 0);
  EXPECT_EQ(dir.read("j.jsonl"), before);
}

TEST_F(cli_judge, dry_run_sends_and_writes_nothing) {
  const auto done = judge(run_words({"--journal", journal, "--dry-run", "--price", "1,2"}));
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  const json::value root = printed.root();
  EXPECT_EQ(number(root["calls"]), 50);
  EXPECT_EQ(number(root["completion_tokens_max"]), 50 * 1024);
  EXPECT_DOUBLE_EQ(number(root["usd"]), (number(root["prompt_tokens"]) + 2 * 50 * 1024) / 1e6);
  EXPECT_EQ(dir.read("j.jsonl"), "");
}

TEST_F(cli_judge, stopped_run_is_resumable) {
  const auto first = judge(run_words({"--journal", journal, "--max-calls", "20", "--format", "json"}));
  EXPECT_EQ(first.code, 5) << first.err;
  const auto part = parsed(first.out);
  EXPECT_EQ(number(part.root()["n"]), 50);
  EXPECT_EQ(number(part.root()["scored"]), 20);
  EXPECT_EQ(number(part.root()["pending"]), 30);
  const auto rest = judge(run_words({"--journal", journal, "--format", "json"}));
  EXPECT_EQ(rest.code, 0) << rest.err;
  const auto whole = parsed(rest.out);
  EXPECT_EQ(number(whole.root()["scored"]), 50);
  EXPECT_EQ(number(whole.root()["calls"]), 50);
}

TEST_F(cli_judge, what_fails_is_unscored_with_its_reason) {
  change_recording(R"(\"correctness\": 5)", R"(\"correctness\": 6)", 3);
  change_recording(R"(\"reasoning\": \"words in common\")", R"(\"reasoning\": \"words in common)", 2);
  const auto done = judge(run_words({"--format", "json"}));
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  const json::value root = printed.root();
  EXPECT_GE(number(root["unscored"]["out_of_scale"]), 1);
  double unscored = 0;
  for (const auto [reason, count] : root["unscored"].members()) unscored += number(count);
  EXPECT_GE(unscored, 3);
  EXPECT_EQ(number(root["scored"]) + unscored, 50);
  EXPECT_EQ(number(root["metrics"][1]["n"]), number(root["scored"]));
  EXPECT_EQ(number(root["metrics"][1]["n_missing"]), unscored);
}

TEST_F(cli_judge, request_that_was_not_recorded_is_no_guess) {
  const auto done = judge(run_words({"--temperature", "0.7", "--format", "json"}));
  EXPECT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["unscored"]["rejected"]), 50);
  EXPECT_TRUE(printed.root()["metrics"][1]["value"].is_null());
  EXPECT_TRUE(done.says("no answer to 50 requests")) << done.err;
}

TEST_F(cli_judge, journal_of_another_run_is_refused) {
  ASSERT_EQ(judge(run_words({"--journal", journal})).code, 0);
  const auto other = judge(run_words({"--journal", journal, "--max-answer", "99"}));
  EXPECT_EQ(other.code, 2);
  EXPECT_TRUE(other.says("sampling")) << other.err;
}

TEST_F(cli_judge, cut_journal_is_reported_without_its_last_line) {
  ASSERT_EQ(judge(run_words({"--journal", journal})).code, 0);
  const std::string whole = dir.read("j.jsonl");
  dir.write("j.jsonl", whole.substr(0, whole.size() - 10));
  const auto done = judge({"report", journal, "--format", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["scored"]), 49);
  EXPECT_TRUE(done.says("cut")) << done.err;
}

TEST(cli_judge_rubrics, are_listed_printed_and_read_back) {
  const auto list = judge({"rubrics"});
  EXPECT_EQ(list.code, 0);
  for (const char* name : {"correctness", "format", "tone", "geval", "mt-bench", "checklist"})
    EXPECT_NE(list.out.find(name), std::string::npos) << name;
  const auto tone = judge({"rubrics", "tone"});
  const auto printed = parsed(tone.out);
  EXPECT_EQ(printed.root()["name"].as_string(), "tone");
  EXPECT_EQ(judge({"rubrics", "tune"}).code, 2);
  EXPECT_TRUE(judge({"rubrics", "tune"}).says("tone"));
}

TEST(cli_judge_errors, say_what_is_wrong_and_end_with_2) {
  const folder dir;
  const std::string bad = dir.write("r.json", R"({"name": "r", "criteria": [{"name": "c"}]})");
  const std::string empty = dir.write("calls.jsonl", "");
  const std::vector<std::pair<std::vector<std::string>, const char*>> cases = {
      {{}, "evalpp judge run"},
      {{"rum"}, "run"},
      {{"run", data}, "--rubric"},
      {{"run", "--rubric", "correctnes", "--model", "m", "--replay", empty, data}, "correctness"},
      {{"run", "--rubric", bad, "--model", "m", "--replay", empty, data}, "/criteria/0"},
      {{"run", "--rubric", "tone", "--model", "m", "--replay", empty, data}, "empty"},
      {{"run", "--rubric", "tone", "--model", "m", "--replay", dir.path("none"), data}, "none"},
      {{"run", "--rubric", "tone", "--model", "m", "--replay", empty}, "one file"},
      {{"run", "--rubric", "tone", "--model", "m", "--replay", empty, "--concurrency", "0", data},
       "--concurrency"},
      {{"run", "--rubric", "tone", "--model", "m", "--replay", empty, "--price", "1", data}, "--price"},
      {{"run", "--rubric", "tone", "--model", "m", "--replay", empty, "--max-usd", "-1", data}, "--max-usd"},
      {{"run", "--rubric", "tone", "--model", "m", "--replay", empty, "--missing", "worst", data}, "worst"},
      {{"report"}, "one journal"},
      {{"report", data}, "candidate.jsonl"},
      {{"report", dir.path("none.jsonl")}, "none.jsonl"},
  };
  for (const auto& [words, says] : cases) {
    const auto done = judge(words);
    EXPECT_EQ(done.code, 2) << says;
    EXPECT_TRUE(done.says(says)) << done.err;
    EXPECT_EQ(done.out, "");
  }
}

}  // namespace cli_judge_test
