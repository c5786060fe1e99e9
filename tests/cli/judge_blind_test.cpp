// SPDX-License-Identifier: MIT
// People judge two systems without seeing which is which: `judge blind make`, then `judge blind analyse`.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli_judge_blind_test {

namespace json = evalpp::json;
using cli_test::number;
using cli_test::parsed;
using cli_test::parsed_lines;
using cli_test::text;

cli_test::outcome blind(std::vector<std::string> words) {
  words.insert(words.begin(), {"judge", "blind"});
  return cli_test::run(EVALPP_CLI, std::move(words));
}

// 12 questions: the candidate's answer says "better" to the first 8, "worse" to 9 and 10, and the last two
// are answered alike.
class cli_judge_blind : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string base, cand;
    for (int i = 1; i <= 12; ++i) {
      const std::string head = R"({"id":"q)" + std::to_string(i) + R"(","input":"ask )" + std::to_string(i) +
                               R"(","prediction":")";
      base += head + "plain\"}\n";
      cand += head + (i <= 8 ? "better" : i <= 10 ? "worse" : "plain") + "\"}\n";
    }
    dir.write("bline.jsonl", base);
    dir.write("cand.jsonl", cand);
  }
  cli_test::outcome make(std::vector<std::string> more = {}) const {
    std::vector<std::string> words{
        "make",   dir.path("bline.jsonl"), dir.path("cand.jsonl"), "--out", dir.path("review"), "--seed", "s",
        "--quiet"};
    words.insert(words.end(), more.begin(), more.end());
    return blind(std::move(words));
  }
  // Fills a sheet of JSONL as somebody who reads the answers: "better" before "plain" before "worse".
  std::string filled(const std::string& sheet, const std::string& rater) const {
    const std::map<std::string, int> worth{{"better", 2}, {"plain", 1}, {"worse", 0}};
    std::string out;
    for (const json::document& line : parsed_lines(dir.read("review/" + sheet))) {
      const json::value row = line.root();
      json::writer writer(out);
      const int a = worth.at(text(row["a"])), b = worth.at(text(row["b"]));
      writer.begin_object().member("review", text(row["review"])).member("item", text(row["item"]));
      writer.member("preference", a > b   ? "A"
                                  : a < b ? "B"
                                          : "tie")
          .member("rater", rater)
          .end_object()
          .line();
    }
    return out;
  }
  cli_test::outcome analyse(std::vector<std::string> sheets, std::vector<std::string> more = {}) const {
    sheets.insert(sheets.begin(), "analyse");
    sheets.insert(sheets.end(), {"--key", dir.path("review-key.json"), "--format", "json"});
    sheets.insert(sheets.end(), more.begin(), more.end());
    return blind(std::move(sheets));
  }

  cli_test::folder dir;
};

TEST_F(cli_judge_blind, sheets_and_key_lie_apart) {
  const auto done = make();
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_NE(done.out.find("10 pairs to rate on one sheet; 2 more have identical answers"), std::string::npos)
      << done.out;
  const auto lines = parsed_lines(dir.read("review/sheet.jsonl"));
  EXPECT_EQ(lines.size(), 10u);
  const auto key = parsed(dir.read("review-key.json"));
  EXPECT_EQ(text(key.root()["candidate"]), "cand");
  EXPECT_EQ(key.root()["items"].size(), 10u);
  for (const char* sheet : {"review/sheet.csv", "review/sheet.jsonl", "review/sheet.html"}) {
    const std::string held = dir.read(sheet);
    EXPECT_NE(held.find(text(key.root()["review"])), std::string::npos) << sheet;
    for (const char* hidden : {"\"q1\"", "q10", "cand", "bline"})
      EXPECT_EQ(held.find(hidden), std::string::npos) << hidden;
  }
}

TEST_F(cli_judge_blind, filled_sheet_gives_the_comparison_of_a_judge) {
  ASSERT_EQ(make().code, 0);
  const auto done = analyse({dir.write("ann.jsonl", filled("sheet.jsonl", "ann"))});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  ASSERT_EQ(printed.root()["comparison"].size(), 1u);
  const json::value found = printed.root()["comparison"][0];
  // 8 wins, 2 losses and 2 identical pairs: (8 + 1) / 12.
  EXPECT_DOUBLE_EQ(number(found["candidate"]), 0.75);
  EXPECT_DOUBLE_EQ(number(found["baseline"]), 0.25);
  EXPECT_DOUBLE_EQ(number(found["delta"]), 0.5);
  EXPECT_EQ(number(found["wins"]), 8);
  EXPECT_EQ(number(found["ties"]), 2);
  EXPECT_EQ(number(found["losses"]), 2);
  EXPECT_EQ(text(found["system"]), "cand");
  const char* const order[] = {"metric", "spec",     "unit",      "higher_is_better",
                               "system", "baseline", "candidate", "delta"};
  for (std::size_t k = 0; k < 8; ++k) EXPECT_EQ(found.member_at(k).key, order[k]);
  EXPECT_EQ(number(printed.root()["rated"]), 10);
  EXPECT_EQ(number(printed.root()["rows"]["answered"]), 10);
  // The sides are balanced and this person looks at the answers: 10 decided answers.
  EXPECT_EQ(number(printed.root()["bias"]["position"]["first"]["of"]), 10);
}

TEST_F(cli_judge_blind, csv_that_a_spreadsheet_has_saved_is_the_same) {
  ASSERT_EQ(make().code, 0);
  const auto of_jsonl = parsed(analyse({dir.write("x.jsonl", filled("sheet.jsonl", "x"))}).out);
  std::string csv = "item,preference,comment,rater,review\r\n";
  for (const json::document& line : parsed_lines(filled("sheet.jsonl", "x")))
    csv += text(line.root()["item"]) + ',' + text(line.root()["preference"]) + ",\"a, b\",x," +
           text(line.root()["review"]) + "\r\n";
  const auto done = analyse({dir.write("x.csv", csv)});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto of_csv = parsed(done.out);
  EXPECT_EQ(json::write(of_csv.root()["comparison"]), json::write(of_jsonl.root()["comparison"]));
}

TEST_F(cli_judge_blind, several_people_have_sheets_and_an_agreement) {
  ASSERT_EQ(make({"--raters", "2"}).code, 0);
  EXPECT_EQ(dir.read("review/sheet.jsonl"), "");
  EXPECT_NE(dir.read("review/sheet-1.html"), "");
  const auto done = analyse({dir.write("ann.jsonl", filled("sheet-1.jsonl", "ann")),
                             dir.write("ben.jsonl", filled("sheet-2.jsonl", "ben"))});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(printed.root()["raters"].size(), 2u);
  EXPECT_EQ(number(printed.root()["agreement"]["pairs"]), 10);
  EXPECT_EQ(number(printed.root()["agreement"]["equal"]), 1);
  EXPECT_NEAR(number(printed.root()["agreement"]["alpha"]["value"]), 1, 1e-12);
  EXPECT_DOUBLE_EQ(number(printed.root()["comparison"][0]["candidate"]), 0.75);  // a pair counts once
}

TEST_F(cli_judge_blind, controls_are_drawn_and_analysed) {
  const auto made = make({"--repeats", "3", "--strip", "PLAI"});
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_NE(made.out.find("3 of them stand on a sheet twice"), std::string::npos) << made.out;
  EXPECT_NE(made.out.find("stripped \"PLAI\" from 10 answers"), std::string::npos) << made.out;
  std::string sheet = dir.read("review/sheet.jsonl");
  ASSERT_EQ(parsed_lines(sheet).size(), 13u);
  EXPECT_EQ(sheet.find("plain"), std::string::npos);
  for (std::size_t at; (at = sheet.find("[...]n")) != std::string::npos;) sheet.replace(at, 6, "plain");
  dir.write("review/sheet.jsonl", sheet);
  const auto done = analyse({dir.write("ann.jsonl", filled("sheet.jsonl", "ann"))});
  ASSERT_EQ(done.code, 0) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["raters"][0]["answers"]), 10);
  EXPECT_EQ(number(printed.root()["raters"][0]["repeated"]), 3);
  EXPECT_EQ(number(printed.root()["raters"][0]["kept"]), 3);
  EXPECT_DOUBLE_EQ(number(printed.root()["comparison"][0]["candidate"]), 0.75);  // as without them
}

TEST_F(cli_judge_blind, rows_without_a_verdict_are_counted) {
  ASSERT_EQ(make().code, 0);
  std::string half = filled("sheet.jsonl", "ann");
  half.replace(half.find("\"preference\":\"") + 14, 1, "?");
  half.erase(half.rfind("{"));
  const auto done = analyse({dir.write("ann.jsonl", half)});
  ASSERT_EQ(done.code, 0) << done.err;
  EXPECT_TRUE(done.says("ann.jsonl:1: the preference")) << done.err;
  const auto printed = parsed(done.out);
  EXPECT_EQ(number(printed.root()["rows"]["unreadable"]), 1);
  EXPECT_EQ(number(printed.root()["unrated"]), 2);
  EXPECT_EQ(number(printed.root()["comparison"][0]["n"]), 10);
}

TEST_F(cli_judge_blind, what_does_not_belong_together_is_refused) {
  ASSERT_EQ(make().code, 0);
  const std::string ann = dir.write("ann.jsonl", filled("sheet.jsonl", "ann"));
  ASSERT_EQ(make({"--out", dir.path("other"), "--seed", "t"}).code, 0);
  const auto other_key = blind({"analyse", ann, "--key", dir.path("other-key.json")});
  EXPECT_EQ(other_key.code, 2);
  EXPECT_TRUE(other_key.says("ann.jsonl:1: the sheet is of the review")) << other_key.err;
  std::string changed = dir.read("review-key.json");
  const std::size_t side = changed.find(R"("candidate":"A")");
  dir.write("changed.json", changed.replace(side, 15, R"("candidate":"B")"));
  const auto tampered = blind({"analyse", ann, "--key", dir.path("changed.json")});
  EXPECT_EQ(tampered.code, 2);
  EXPECT_TRUE(tampered.says("the key was changed")) << tampered.err;
  EXPECT_EQ(analyse({dir.path("review/sheet.jsonl")}).code, 2);  // nobody has filled it in
  EXPECT_EQ(analyse({dir.path("review/sheet.html")}).code, 2);
  EXPECT_EQ(analyse({dir.path("none.csv")}).code, 2);
}

TEST_F(cli_judge_blind, work_that_is_there_is_not_overwritten) {
  ASSERT_EQ(make().code, 0);
  const std::string before = dir.read("review-key.json");
  const auto again = make({"--seed", "other"});
  EXPECT_EQ(again.code, 2);
  EXPECT_TRUE(again.says("is there already")) << again.err;
  EXPECT_EQ(dir.read("review-key.json"), before);
}

TEST_F(cli_judge_blind, key_among_the_sheets_is_refused) {
  const auto done = make({"--key", dir.path("review/key.json")});
  EXPECT_EQ(done.code, 2);
  EXPECT_TRUE(done.says("may not lie among the sheets")) << done.err;
  EXPECT_EQ(dir.read("review/sheet.csv"), "");
}

TEST_F(cli_judge_blind, sample_is_as_large_as_asked) {
  ASSERT_EQ(make({"--n", "4"}).code, 0);
  EXPECT_EQ(parsed_lines(dir.read("review/sheet.jsonl")).size(), 4u);
  EXPECT_EQ(make({"--n", "0", "--out", dir.path("o")}).code, 2);
  EXPECT_EQ(blind({"make", dir.path("bline.jsonl"), dir.path("bline.jsonl"), "--out", dir.path("o")}).code,
            2);
  EXPECT_EQ(blind({"make", dir.path("bline.jsonl"), "--out", dir.path("o")}).code, 2);
  EXPECT_EQ(blind({"mak"}).code, 2);
}

}  // namespace cli_judge_blind_test
