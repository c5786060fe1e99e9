// SPDX-License-Identifier: MIT
#include <evalpp/judge/pair_verdict.hpp>

#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/judged_pair.hpp>
#include <evalpp/judge/unscored.hpp>

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace pair_verdict_test {

namespace judge = evalpp::judge;
namespace json = evalpp::json;
using judge::finish_reason;
using judge::pair_order;
using judge::preference;
using judge::preferred_answer;
using judge::unscored;

judge::pair_reading read(std::string text, finish_reason finish = finish_reason::stop) {
  return judge::pair_verdict_reader().read({.text = std::move(text), .finish = finish});
}
std::string object(const std::string& preference) {
  return R"({"reasoning": "so", "preference": )" + preference + "}";
}

TEST(PairVerdict, IsAOrBOrTie) {
  for (const auto& [text, preferred] :
       {std::pair{R"("A")", preferred_answer::a}, std::pair{R"("B")", preferred_answer::b},
        std::pair{R"("tie")", preferred_answer::tie}}) {
    const auto found = read(object(text));
    ASSERT_TRUE(found) << found.detail;
    EXPECT_EQ(found.value->preferred, preferred);
    EXPECT_EQ(found.value->reasoning, "so");
  }
}

// The order says whose answer was A.
TEST(PairVerdict, MeansTheSystemWhoseAnswerStoodThere) {
  const judge::pair_verdict a{"", preferred_answer::a}, b{"", preferred_answer::b},
      tie{"", preferred_answer::tie};
  EXPECT_EQ(a.in(pair_order::baseline_first), preference::baseline);
  EXPECT_EQ(a.in(pair_order::candidate_first), preference::candidate);
  EXPECT_EQ(b.in(pair_order::baseline_first), preference::candidate);
  EXPECT_EQ(b.in(pair_order::candidate_first), preference::baseline);
  EXPECT_EQ(tie.in(pair_order::baseline_first), preference::tie);
  EXPECT_EQ(tie.in(pair_order::candidate_first), preference::tie);
}

TEST(PairVerdict, IsNeverBentIntoOne) {
  const std::vector<std::pair<std::string, unscored>> cases = {
      {object(R"("a")"), unscored::out_of_scale},
      {object(R"("C")"), unscored::out_of_scale},
      {object(R"("A, the first")"), unscored::out_of_scale},
      {object("1"), unscored::malformed},
      {object("true"), unscored::malformed},
      {object(R"(["A"])"), unscored::malformed},
      {object("null"), unscored::missing_field},
      {R"({"reasoning": "so"})", unscored::missing_field},
      {R"({"preference": "A"})", unscored::missing_field},
      {R"({"reasoning": 1, "preference": "A"})", unscored::malformed},
      {"{}", unscored::missing_field},
      {"[[A]]", unscored::malformed},
      {"", unscored::empty},
      {R"({"reasoning": "so", "preference": "A)", unscored::truncated},
      {R"({"reasoning": "so", "preference": "A", "preference": "B"})", unscored::conflict},
      // Judge.md 2.1: the first match would be A, though the verdict is B.
      {"I would say " + object(R"("A")") + ", but on reflection " + object(R"("B")"), unscored::conflict},
  };
  for (const auto& [text, why] : cases) {
    const auto found = read(text);
    ASSERT_FALSE(found) << text;
    EXPECT_EQ(name_of(found.reason), name_of(why)) << text;
    EXPECT_FALSE(found.detail.empty()) << text;
  }
  EXPECT_EQ(read(object(R"("A")"), finish_reason::content_filter).reason, unscored::content_filter);
  EXPECT_EQ(read("I will not", finish_reason::refusal).reason, unscored::refusal);
}

TEST(PairVerdict, SchemaAllowsWhatTheReaderTakesAndNoMore) {
  const auto schema = json::schema::compile(judge::pair_verdict_schema);
  ASSERT_TRUE(schema) << to_string(schema.error());
  const auto fits = [&](const std::string& text) {
    return schema->validate(json::parse(text)->root()).valid;
  };
  for (const char* good : {R"("A")", R"("B")", R"("tie")"}) EXPECT_TRUE(fits(object(good)));
  for (const std::string& bad : {object(R"("C")"), object("null"), std::string(R"({"preference": "A"})"),
                                 std::string(R"({"reasoning": "", "preference": "A", "more": 1})")})
    EXPECT_FALSE(fits(bad)) << bad;
}

TEST(PairVerdict, IsReadBackAsItWasWritten) {
  const judge::pair_verdict found{"why \"so\"", preferred_answer::b};
  std::string text;
  json::writer out(text);
  out.begin_object();
  write_pair_verdict_members(out, found);
  out.end_object();
  const auto back = read(text);
  ASSERT_TRUE(back) << back.detail;
  EXPECT_EQ(*back.value, found);
}

}  // namespace pair_verdict_test
