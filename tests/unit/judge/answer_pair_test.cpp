// SPDX-License-Identifier: MIT
#include <evalpp/judge/answer_pair.hpp>

#include <evalpp/judge/item.hpp>
#include <evalpp/workflow/join.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace answer_pair_test {

namespace judge = evalpp::judge;
using evalpp::workflow::join_policy;

judge::item item(std::string id, std::string prediction, std::string input = "q") {
  return {.id = std::move(id), .input = {{"user", std::move(input)}}, .prediction = std::move(prediction)};
}

TEST(AnswerPairs, AreMatchedByIdInTheOrderOfTheBaseline) {
  const std::vector<judge::item> baseline{item("a", "1"), item("b", "2")},
      candidate{item("b", "3"), item("a", "1")};
  const auto found = judge::match_answers(baseline, candidate);
  ASSERT_TRUE(found) << to_string(found.error());
  ASSERT_EQ(found->pairs.size(), 2u);
  EXPECT_EQ(found->pairs[0], (judge::answer_pair{"a", {{"user", "q"}}, "1", "1"}));
  EXPECT_EQ(found->pairs[1], (judge::answer_pair{"b", {{"user", "q"}}, "2", "3"}));
  EXPECT_TRUE(found->pairs[0].identical());
  EXPECT_FALSE(found->pairs[1].identical());
  EXPECT_EQ(found->dropped, "");
}

TEST(AnswerPairs, IdsThatDoNotFitAreNamedOnBothSides) {
  const std::vector<judge::item> baseline{item("a", "1"), item("b", "2")},
      candidate{item("a", "1"), item("c", "2"), item("d", "2")};
  const auto strict = judge::match_answers(baseline, candidate);
  ASSERT_FALSE(strict);
  EXPECT_NE(strict.error().message.find("1 id is only in the baseline (b)"), std::string::npos);
  EXPECT_NE(strict.error().message.find("2 ids are only in the candidate (c, d)"), std::string::npos);
  const auto shared = judge::match_answers(baseline, candidate, join_policy::intersect);
  ASSERT_TRUE(shared);
  EXPECT_EQ(shared->pairs.size(), 1u);
  EXPECT_NE(shared->dropped.find("(c, d)"), std::string::npos);
}

TEST(AnswerPairs, SystemsWithoutACommonIdAreRefused) {
  const std::vector<judge::item> baseline{item("a", "1")}, candidate{item("b", "1")};
  EXPECT_FALSE(judge::match_answers(baseline, candidate, join_policy::intersect));
  EXPECT_FALSE(judge::match_answers({}, {}, join_policy::intersect));
}

TEST(AnswerPairs, OneIdIsOneQuestion) {
  const std::vector<judge::item> baseline{item("a", "1", "what?")}, other{item("a", "2", "when?")};
  const auto found = judge::match_answers(baseline, other);
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().message.find("\"a\" has another input"), std::string::npos);
  std::vector<judge::item> first{item("a", "1")}, second{item("a", "2")};
  first[0].references = {"r"};
  second[0].references = {"s"};
  EXPECT_FALSE(judge::match_answers(first, second));
}

TEST(AnswerPairs, WhatOneSideDoesNotSayIsTheOthers) {
  std::vector<judge::item> baseline{item("a", "1")}, candidate{item("a", "2")};
  baseline[0].references = {"r"};
  candidate[0].input.clear();
  const auto found = judge::match_answers(baseline, candidate);
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ(found->pairs[0].references, (std::vector<std::string>{"r"}));
  EXPECT_EQ(found->pairs[0].input, baseline[0].input);
}

}  // namespace answer_pair_test
