// SPDX-License-Identifier: MIT
#include <evalpp/data/squad.hpp>
#include <evalpp/json/parse.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace squad_test {

namespace data = evalpp::data;
namespace json = evalpp::json;

constexpr std::string_view questions_text = R"({"version":"v2.0","data":[{"title":"T","paragraphs":[
 {"context":"...","qas":[
  {"id":"q1","question":"Where?","answers":[{"text":"Paris","answer_start":5},{"text":"in Paris","answer_start":2}],"is_impossible":false},
  {"id":"q2","question":"Why?","answers":[],"plausible_answers":[{"text":"because","answer_start":1}],"is_impossible":true}]},
 {"context":"...","qas":[{"id":7,"question":"Who?","answers":[{"text":"","answer_start":0}]}]}]}]})";

evalpp::result<data::dataset> predictions(std::string_view text, const data::read_options& options = {}) {
  const auto questions_document = json::parse(questions_text);
  const auto questions = data::read_squad_questions({"dev.json", "", false}, questions_document->root());
  EXPECT_TRUE(questions);
  const auto document = json::parse(text);
  return data::read_squad_predictions({"pred.json", "", false}, document->root(), *questions, options);
}

TEST(data_squad, joins_answers_to_questions_by_id) {
  const auto set = predictions(R"({"7":"Anna","q1":"Paris","q2":""})");
  ASSERT_TRUE(set);
  ASSERT_EQ(set->size(), 3U);
  EXPECT_EQ(set->records[0].id, "q1");
  EXPECT_EQ(set->records[0].prediction, "Paris");
  EXPECT_EQ(set->records[0].references, (std::vector<std::string>{"Paris", "in Paris"}));
  EXPECT_EQ(set->records[0].input, "Where?");
  EXPECT_TRUE(set->records[1].references.empty());  // plausible answers are no answers
  EXPECT_EQ(set->records[2].id, "7");
  EXPECT_EQ(set->records[2].prediction, "Anna");
  EXPECT_EQ(set->system, "pred");
}

TEST(data_squad, an_unanswered_question_is_a_missing_prediction) {
  const auto refused = predictions(R"({"q1":"Paris","q2":null})");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "2 questions have no prediction, the first is \"q2\"");
  const auto kept = predictions(R"({"q1":"Paris","q2":null})", {.allow_missing = true});
  ASSERT_TRUE(kept);
  EXPECT_FALSE(kept->records[1].has_prediction());
  EXPECT_FALSE(kept->records[2].has_prediction());
}

TEST(data_squad, answers_to_unknown_questions_are_noted) {
  const auto set = predictions(R"({"7":"a","q1":"b","q2":"c","q9":"d","q8":"e"})");
  ASSERT_TRUE(set);
  EXPECT_EQ(set->notes.back(), "pred.json: 2 answers to no question of the dataset passed over");
}

TEST(data_squad, wrong_forms_are_refused_with_their_place) {
  EXPECT_FALSE(predictions("[]"));
  EXPECT_FALSE(predictions(R"({"q1":3,"q2":"","7":""})"));
  for (const char* const text :
       {"[]", R"({"data":{}})", R"({"data":[{}]})", R"({"data":[{"paragraphs":[{"qas":[{"answers":[]}]}]}]})",
        R"({"data":[{"paragraphs":[{"qas":[{"id":"a"}]}]}]})",
        R"({"data":[{"paragraphs":[{"qas":[{"id":"a","answers":[{"text":1}]}]}]}]})"}) {
    const auto document = json::parse(text);
    const auto questions = data::read_squad_questions({"dev.json", "", false}, document->root());
    ASSERT_FALSE(questions) << text;
    EXPECT_EQ(questions.error().file, "dev.json");
  }
}

}  // namespace squad_test
