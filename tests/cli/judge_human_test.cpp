// SPDX-License-Identifier: MIT
// A judge's journal against people's labels: `judge report J --human H`.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli_judge_human_test {

namespace json = evalpp::json;
using cli_test::number;
using cli_test::parsed;
using cli_test::text;

cli_test::outcome judge(std::vector<std::string> words) {
  words.insert(words.begin(), "judge");
  return cli_test::run(EVALPP_CLI, std::move(words));
}

// The journal of the sample, judged by the rule of examples/judge_client, with two criteria.
class cli_judge_human : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::string data = std::string(EVALPP_SAMPLE_DIR) + "/candidate.jsonl";
    ASSERT_EQ(cli_test::run(EVALPP_JUDGE_CLIENT, {data, calls}).code, 0);
    ASSERT_EQ(judge({"run", "--rubric", "correctness", "--model", "overlap-rule", "--replay", calls,
                     "--journal", journal, data})
                  .code,
              0);
  }
  // What the judge said of each item, in the order of the journal.
  std::vector<std::pair<std::string, int>> verdicts() const {
    std::vector<std::pair<std::string, int>> out;
    for (const json::document& line : cli_test::parsed_lines(dir.read("j.jsonl")))
      if (line.root().contains("outcome"))
        out.emplace_back(text(line.root()["about"]["item"]),
                         static_cast<int>(number(line.root()["outcome"]["verdicts"]["correctness"])));
    return out;
  }
  cli_test::outcome report(std::string_view labels, std::vector<std::string> more = {}) const {
    std::vector<std::string> words{"report", journal, "--human", dir.write("h.jsonl", labels)};
    words.insert(words.end(), more.begin(), more.end());
    return judge(std::move(words));
  }

  cli_test::folder dir;
  std::string calls = dir.path("calls.jsonl"), journal = dir.path("j.jsonl");
};

std::string label(const std::string& id, int level, const std::string& rater = "ann") {
  return R"({"id":")" + id + R"(","rater":")" + rater + R"(","correctness":)" + std::to_string(level) + "}\n";
}

TEST_F(cli_judge_human, who_agrees_with_the_judge_has_full_agreement) {
  std::string labels;
  int n = 0;
  double sum = 0;
  for (const auto& [id, level] : verdicts()) {
    sum += (level - 1) / 4.0;
    if (n++ < 40) labels += label(id, level);
  }
  const auto done = report(labels + label("not there", 1), {"--format", "json"});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_TRUE(done.says("left out what was not judged: 1 id, \"not there\"")) << done.err;
  const auto printed = parsed(done.out);
  const json::value human = printed.root()["human"];
  EXPECT_EQ(number(human["labels"]), 41);
  EXPECT_EQ(number(human["not_judged"]), 1);
  ASSERT_EQ(human["criteria"].size(), 1u);
  const json::value found = human["criteria"][0];
  EXPECT_EQ(text(found["criterion"]), "correctness");
  EXPECT_EQ(text(found["kind"]), "scale");
  EXPECT_EQ(number(found["n"]), 40);
  for (const char* name : {"agreement", "kappa", "alpha", "ac1", "pearson", "spearman", "kendall"})
    EXPECT_NEAR(number(found[name]["value"]), 1, 1e-12) << name;
  EXPECT_LT(number(found["agreement"]["ci"]["lo"]), 1);
  // Where people say what the judge says, the mean over all items is the judge's.
  EXPECT_NEAR(number(found["judge_mean"]), sum / 50, 1e-12);
  EXPECT_EQ(number(found["corrected_mean"]["labelled"]), 40);
  EXPECT_EQ(number(found["corrected_mean"]["unlabelled"]), 10);
  double on_the_diagonal = 0;
  for (std::size_t k = 0; k < 5; ++k) on_the_diagonal += number(found["confusion"]["counts"][k][k]);
  EXPECT_EQ(on_the_diagonal, 40);
  EXPECT_EQ(number(found["confusion"]["ratings"][0]), 1);
}

TEST_F(cli_judge_human, several_people_are_measured_by_each_other_too) {
  std::string labels;
  for (const auto& [id, level] : verdicts()) {
    labels += label(id, level);
    labels += label(id, level == 5 ? 4 : level, "ben");
  }
  const auto done = report(labels, {"--format", "json", "--quiet"});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(done.err, "");
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["human"]["raters"]), 2);
  const json::value found = printed.root()["human"]["criteria"][0];
  EXPECT_EQ(number(found["labels"]), 100);
  double fives = 0;
  for (const auto& [id, level] : verdicts()) fives += level == 5 ? 1 : 0;
  EXPECT_NEAR(number(found["human_agreement"]), 1 - fives / 50, 1e-12);
  EXPECT_NEAR(number(found["agreement"]["value"]), 1 - fives / 100, 1e-12);
  EXPECT_TRUE(found["human_alpha"]["value"].is_number());
}

TEST_F(cli_judge_human, table_names_the_numbers) {
  std::string labels;
  for (const auto& [id, level] : verdicts()) labels += label(id, level);
  const auto done = report(labels);
  ASSERT_EQ(done.code, 0) << done.err;
  for (const char* part : {"against 50 labels of 50 items by 1 person", "Cohen's kappa, quadratic",
                           "Gwet's AC1", "PPI++", "people \\ judge"})
    EXPECT_NE(done.out.find(part), std::string::npos) << part << " in " << done.out;
}

TEST_F(cli_judge_human, without_intervals_none_is_given) {
  std::string labels;
  for (const auto& [id, level] : verdicts()) labels += label(id, level);
  const auto printed = parsed(report(labels, {"--format", "json", "--ci", "none"}).out);
  const json::value found = printed.root()["human"]["criteria"][0];
  EXPECT_EQ(number(found["agreement"]["value"]), 1);
  for (const char* name : {"agreement", "kappa", "corrected_mean"})
    EXPECT_FALSE(found[name].contains("ci")) << name;
}

TEST_F(cli_judge_human, labels_that_do_not_fit_are_refused_with_their_line) {
  const std::string first = label(verdicts().front().first, 5);
  const std::pair<std::string, const char*> cases[] = {
      {R"({"id":"x","correctness":6})",
       "h.jsonl:2: \"correctness\" cannot be 6; give a whole number from 1 to 5"},
      {R"({"id":"x","scores":{"tone":1}})", "\"tone\" is no criterion of the rubric; label \"correctness\""},
      {R"({"id":"x","preference":"tie"})", "the line labels nothing"},
      {first, "labelled by \"ann\" again, after line 1"},
      {"{", "h.jsonl:2:"}};
  for (const auto& [line, says] : cases) {
    const auto done = report(first + line);
    EXPECT_EQ(done.code, 2) << line;
    EXPECT_TRUE(done.says(says)) << done.err;
    EXPECT_EQ(done.out, "");
  }
}

TEST_F(cli_judge_human, labels_of_other_data_are_refused) {
  const auto done = report(label("elsewhere", 3));
  EXPECT_EQ(done.code, 2);
  EXPECT_TRUE(done.says("no id of the labels was judged; the first is \"elsewhere\"")) << done.err;
  EXPECT_EQ(judge({"report", journal, "--human", dir.path("none.jsonl")}).code, 2);
}

}  // namespace cli_judge_human_test
