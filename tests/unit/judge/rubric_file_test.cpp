// SPDX-License-Identifier: MIT
#include <evalpp/judge/rubric_file.hpp>

#include <evalpp/core/error.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/judge/rubric.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace rubric_file_test {

namespace judge = evalpp::judge;
using judge::read_rubric;

// What the message must name, where the text is no rubric.
void expect_fault(std::string_view text, std::string_view named) {
  const auto read = read_rubric(text, "r.json");
  ASSERT_FALSE(read) << text;
  EXPECT_NE(to_string(read.error()).find(named), std::string::npos) << to_string(read.error());
  EXPECT_EQ(read.error().file, "r.json");
  EXPECT_NE(read.error().line, 0U) << to_string(read.error());
  EXPECT_NE(read.error().column, 0U) << to_string(read.error());
}
std::string with_criteria(std::string_view criteria) {
  return R"({"name": "r", "criteria": [)" + std::string(criteria) + "]}";
}

TEST(RubricFile, ReadsTheSmallestRubric) {
  const auto read = read_rubric(
      R"({"name":"helpful","criteria":[{"name":"correct","description":"is it so?","scale":{"1":"wrong","3":"partly","5":"right"},"weight":1}]})");
  ASSERT_TRUE(read) << to_string(read.error());
  const judge::rubric expected{.name = "helpful",
                               .criteria = {{.name = "correct",
                                             .description = "is it so?",
                                             .scale = {{1, "wrong"}, {3, "partly"}, {5, "right"}}}}};
  EXPECT_EQ(*read, expected);
}

TEST(RubricFile, OrdersLevelsAsNumbers) {
  const auto read = read_rubric(with_criteria(R"({"name": "c", "scale": {"10": "", "9": "", "-2": ""}})"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->criteria[0].scale, (std::vector<judge::level>{{-2, ""}, {9, ""}, {10, ""}}));
}

TEST(RubricFile, GivesBackWhatWasWritten) {
  const judge::rubric whole{
      .name = "whole",
      .criteria = {{.name = "tree",
                    .parts = {{.name = "runs", .points = 5}, {.name = "leaks", .points = -2.5}},
                    .weight = 3},
                   {.name = "tone \"of voice\"",
                    .description = "d",
                    .scale = {{-1, "bad"}, {1, "good"}},
                    .weight = 0}},
      .instructions = "Judge.",
      .steps = {"Read.", "Think."},
      .with_references = false,
      .examples = {{.judged = {.id = {},
                               .input = {{"user", "q"}, {"assistant", "a"}},
                               .prediction = "p",
                               .references = {"x"}},
                    .reasoning = "because",
                    .scores = {1, 0, -1}}}};
  const std::string text = to_json(whole);
  const auto read = read_rubric(text);
  ASSERT_TRUE(read) << to_string(read.error());
  EXPECT_EQ(*read, whole);
  EXPECT_EQ(to_json(*read), text);
}

TEST(RubricFile, SchemaIsOneAndKnowsWhatIsWritten) {
  const auto schema = evalpp::json::schema::compile(judge::rubric_schema);
  ASSERT_TRUE(schema) << to_string(schema.error());
  EXPECT_TRUE(schema->conforms(with_criteria(R"({"name": "c", "points": 1})")));
  EXPECT_FALSE(schema->conforms(R"({"name": "r", "criteria": []})"));
}

TEST(RubricFile, RefusesWhatIsNoRubricAndSaysWhere) {
  expect_fault("", "r.json:1:1");
  expect_fault("{\n  \"name\": }", "r.json:2:11");
  expect_fault("[]", "document");
  expect_fault(R"({"name": "r", "name": "s", "criteria": []})", "r.json:1:15");
  expect_fault(R"({"criteria": []})", "name");
  expect_fault(R"({"name": "r", "criteria": []})", "/criteria");
  expect_fault(with_criteria(R"({"name": "c", "scale": {"1": "", "2": ""}, "wieght": 2})"), "wieght");
  expect_fault(with_criteria(R"({"name": "c", "scale": {"1": "", "x": ""}})"), "/criteria/0/scale");
  expect_fault(with_criteria(R"({"name": "c", "scale": {"01": "", "2": ""}})"), "/criteria/0/scale");
  expect_fault(with_criteria(R"({"name": "c", "scale": {"1": ""}})"), "/criteria/0/scale");
  expect_fault(with_criteria(R"({"name": "c", "scale": {"1": "", "1": ""}})"), "1");
  expect_fault(with_criteria(R"({"name": "c"})"), "/criteria/0");
  expect_fault(with_criteria(R"({"name": "c", "points": 1, "scale": {"1": "", "2": ""}})"), "/criteria/0");
  expect_fault(with_criteria(R"({"name": "c", "points": 1, "weight": -1})"), "weight");
  expect_fault(with_criteria(R"({"name": "c", "points": -1})"), "points");
  expect_fault(with_criteria(R"({"name": "c", "points": 0})"), "points");
  expect_fault(with_criteria(R"({"name": "c", "points": 1e300})"), "points");
  expect_fault(with_criteria(R"({"name": "c", "scale": {"1": "", "2": ""}, "weight": 1.7e308})"), "weight");
  expect_fault(with_criteria(R"({"name": "c", "scale": {"1": "", "2": ""}, "weight": 0})"), "weight");
  expect_fault(with_criteria(R"({"name": "c", "points": 1}, {"name": "c", "points": 1})"), "\"c\"");
  expect_fault(with_criteria(R"({"name": "c", "scale": {"0": "", "9999999": ""}})"), "million");
}

TEST(RubricFile, NamesLineAndColumnAndTheWordThatWasMeant) {
  const auto scale = [](std::string_view rest) {
    return "{\"name\": \"r\", \"criteria\": [\n {\"name\": \"c\", \"points\": 1},\n  {" + std::string(rest) +
           "}]}";
  };
  expect_fault(scale(R"("name": "d", "points": 1,)"
                     "\n"
                     R"("wieght": 2)"),
               "r.json:4:11");
  expect_fault(scale(R"("name": "d", "points": 1, "wieght": 2)"), "did you mean \"weight\"?");
  expect_fault(scale(R"("name": "d", "scael": {"1": "", "2": ""})"), "did you mean \"scale\"?");
  expect_fault(scale(R"("name": "d", "scael": {"1": "", "2": ""})"), "r.json:3:26");
  expect_fault(scale(R"("name": "d")"), "r.json:3:3");
  expect_fault(scale(R"("name": "d", "points": 0)"), "r.json:3:3");
  expect_fault(scale(R"("name": "c", "points": 1)"), "r.json:3:3");
  expect_fault(scale(R"("name": "d", "parts": [{"name": "e", "points": 1},
  {"name": "c", "points": 2}])"),
               "r.json:4:3");
  expect_fault(scale(R"("name": "d", "parts": [{"name": "e", "scale": {"1": "", "2": ""}, "weight": 0}])"),
               "r.json:3:26");
}

TEST(RubricFile, RefusesWorkedExamplesThatDoNotFit) {
  const auto with_example = [](std::string_view verdicts) {
    return R"({"name": "r", "criteria": [{"name": "c", "scale": {"1": "", "2": ""}}], "examples": [{"prediction": "p", "verdicts": )" +
           std::string(verdicts) + "}]}";
  };
  EXPECT_TRUE(read_rubric(with_example(R"({"c": 2})")));
  expect_fault(with_example("{}"), "worked example 1");
  expect_fault(with_example(R"({"c": 3})"), "worked example 1");
  expect_fault(with_example(R"({"c": true})"), "worked example 1");
  expect_fault(with_example(R"({"c": 1, "d": 1})"), "no criterion");
}

TEST(RubricFile, RefusesATreeThatIsTooDeep) {
  std::string text = R"({"name": "leaf", "points": 1})";
  for (int k = 0; k < 5000; ++k)
    text = R"({"name": "n)" + std::to_string(k) + R"(", "parts": [)" + text + "]}";
  EXPECT_FALSE(read_rubric(with_criteria(text)));
  std::string fair = R"({"name": "leaf", "points": 1})";
  for (int k = 0; k < 31; ++k) fair = R"({"name": "n)" + std::to_string(k) + R"(", "parts": [)" + fair + "]}";
  EXPECT_TRUE(read_rubric(with_criteria(fair)));
  const auto deeper = read_rubric(with_criteria(R"({"name": "n", "parts": [)" + fair + "]}"));
  ASSERT_FALSE(deeper);
  EXPECT_EQ(deeper.error().code, evalpp::error_code::limit);
}

}  // namespace rubric_file_test
