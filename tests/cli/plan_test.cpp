// SPDX-License-Identifier: MIT
// How many items: figures checked elsewhere, the JSON, and what is refused with the way out.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli_plan_test {

namespace json = evalpp::json;
using cli_test::number;
using cli_test::parsed;

cli_test::outcome plan(std::vector<std::string> words) {
  words.insert(words.begin(), "plan");
  return cli_test::run(EVALPP_CLI, std::move(words));
}

json::document planned(std::vector<std::string> words) {
  words.insert(words.end(), {"--format", "json"});
  const auto done = plan(std::move(words));
  EXPECT_EQ(done.code, 0) << done.err;
  return parsed(done.out);
}

// One number of one answer.
double planned(std::vector<std::string> words, std::string_view section, std::string_view member) {
  const auto printed = planned(std::move(words));
  return number(printed.root()[section][member]);
}

TEST(cli_plan, items_for_a_margin) {
  const auto printed = planned({"--margin", "5"});
  const json::value root = printed.root();
  EXPECT_EQ(number(root["level"]), 0.95);
  EXPECT_EQ(number(root["power"]), 0.8);
  EXPECT_EQ(number(root["base"]), 0.8);
  EXPECT_EQ(number(root["discordance"]), 0.2);
  EXPECT_EQ(number(root["margin"]["points"]), 5);
  EXPECT_EQ(number(root["margin"]["paired"]), 626);
  EXPECT_EQ(number(root["margin"]["unpaired_per_model"]), 906);
  const json::value by = root["margin"]["by_discordance"];
  EXPECT_EQ(number(by[1]["discordance"]), 0.1);
  EXPECT_EQ(number(by[1]["paired"]), 312);
  EXPECT_EQ(number(by[4]["paired"]), 1254);
  EXPECT_FALSE(root.contains("items"));

  const auto other = planned({"--margin=3", "--discordance=0.1"});
  EXPECT_EQ(number(other.root()["margin"]["paired"]), 870);
  const std::string text = plan({"--margin", "5"}).out;
  for (const char* figure :
       {" 626  items that both models answer", " 906  items for each model", " 1254  40 %"})
    EXPECT_NE(text.find(figure), std::string::npos) << text;
}

TEST(cli_plan, what_items_show) {
  const auto printed = planned({"-n", "200", "--base", "0.8", "--margin", "5"});
  const json::value items = printed.root()["items"];
  EXPECT_EQ(number(items["n"]), 200);
  EXPECT_NEAR(number(items["half_width"]), 5.5, 0.05);
  // Connor's formula at n = 200: (1.96 sqrt .2 + .8416 sqrt(.2 - d^2))^2 / d^2 for d = 0.0881.
  EXPECT_NEAR(number(items["paired_gain"]), 8.81, 0.005);
  EXPECT_GT(number(items["unpaired_gain"]), number(items["paired_gain"]));
  EXPECT_GT(number(items["paired_chance"]), number(items["unpaired_chance"]));
  const std::string text = plan({"-n200"}).out;
  EXPECT_NE(text.find("+-5.5  points: the 95 % interval"), std::string::npos) << text;
}

TEST(cli_plan, of_too_few_items_nothing_is_promised) {
  const auto printed = planned({"-n", "1"});
  EXPECT_TRUE(printed.root()["items"]["paired_gain"].is_null());
  EXPECT_TRUE(printed.root()["items"]["unpaired_gain"].is_null());
  EXPECT_NE(plan({"-n", "1"}).out.find("too few items"), std::string::npos);
  const auto mean = planned({"-n", "1", "--sd", "5"});
  EXPECT_TRUE(mean.root()["items"]["half_width"].is_null());
}

TEST(cli_plan, other_questions) {
  const auto printed = planned({"--half-width", "3", "--at-least", "0.99", "--preference", "0.6"});
  EXPECT_EQ(number(printed.root()["half_width"]["items"]), 682);
  EXPECT_EQ(number(printed.root()["at_least"]["items"]), 299);
  EXPECT_EQ(number(printed.root()["preference"]["pairs"]), 194);
  EXPECT_EQ(planned({"--at-least", "0.999"}, "at_least", "items"), 2995);
  EXPECT_EQ(planned({"--drop", "9", "--base", "0.98"}, "drop", "items_per_window"), 92);
  EXPECT_EQ(planned({"--drop", "2", "--base", "0.98"}, "drop", "items_per_window"), 899);
  EXPECT_GT(planned({"--at-least", "0.99", "--failures", "1"}, "at_least", "items"), 299);
  const auto mean = planned({"--margin", "2", "--sd", "15"});
  EXPECT_NEAR(number(mean.root()["margin"]["paired"]), 444, 1);
  EXPECT_FALSE(mean.root().contains("base"));
}

TEST(cli_plan, levels_and_power_are_the_users) {
  const double usual = planned({"--margin", "5"}, "margin", "paired");
  EXPECT_GT(planned({"--margin", "5", "--power", "0.9"}, "margin", "paired"), usual);
  EXPECT_GT(planned({"--margin", "5", "--ci", "0.99"}, "margin", "paired"), usual);
  EXPECT_EQ(planned({"--margin", "5", "--ci", "0.95", "--power", "0.8"}, "margin", "paired"), usual);
}

// Where nearly all is right, models cannot differ on a fifth of the items.
TEST(cli_plan, the_guess_of_discordance_leaves_room) {
  const auto printed = planned({"--margin", "3", "--base", "0.95"});
  EXPECT_NEAR(number(printed.root()["discordance"]), 0.06, 1e-12);
  EXPECT_LT(number(printed.root()["margin"]["paired"]),
            number(printed.root()["margin"]["unpaired_per_model"]));
}

// A pilot of right and wrong answers: of 100 items, the baseline alone has 5 right and the candidate
// alone 12.
struct pilot_files : cli_test::folder {
  std::string base, cand;
  pilot_files() {
    std::string rows[2];
    for (int i = 0; i < 100; ++i) {
      const bool right[] = {i < 70, (i >= 5 && i < 82)};
      for (int s = 0; s < 2; ++s)
        rows[s] += "{\"id\":" + std::to_string(i) + ",\"prediction\":\"" +
                   (right[s] ? "a b c d " : "x y z ") + std::to_string(i) + "\",\"references\":[\"a b c d " +
                   std::to_string(i) + "\"]}\n";
    }
    base = write("base.jsonl", rows[0]);
    cand = write("cand.jsonl", rows[1]);
  }
};

TEST(cli_plan, a_pilot_tells_the_discordance) {
  const pilot_files f;
  const auto printed = planned({f.base, f.cand, "-m", "em", "--margin", "5"});
  const json::value root = printed.root();
  EXPECT_EQ(number(root["base"]), 0.7);
  EXPECT_EQ(number(root["discordance"]), 0.17);
  EXPECT_EQ(number(root["pilot"]), 100);
  EXPECT_EQ(number(root["items"]["n"]), 100);
  EXPECT_EQ(number(root["margin"]["paired"]),
            planned({"--margin", "5", "--discordance", "0.17"}, "margin", "paired"));
  // Newcombe's Wilson interval of 17 of 100: 0.1089 to 0.2555.
  EXPECT_NEAR(number(root["margin"]["paired_range"]["lo"]),
              planned({"--margin", "5", "--discordance", "0.1089"}, "margin", "paired"), 2);
  EXPECT_NEAR(number(root["margin"]["paired_range"]["hi"]),
              planned({"--margin", "5", "--discordance", "0.2555"}, "margin", "paired"), 2);
  const std::string text = plan({f.base, f.cand, "-m", "em", "--margin", "5"}).out;
  EXPECT_NE(text.find("The pilot of 100 items leaves room: on 10.9 % to 25.5 %"), std::string::npos) << text;
}

TEST(cli_plan, a_pilot_tells_the_deviation_of_other_scores) {
  const pilot_files f;
  const auto printed = planned({f.base, f.cand, "-m", "rouge1", "--margin", "5"});
  // A wrong answer shares one of 4 words with a reference of 5: F = 2 / 9. So 17 differences of 7 / 9, 12 up
  // and 5 down: sum of squares 17 (7 / 9)^2 - 100 (0.07 * 7 / 9)^2, over 99.
  const double sd = number(printed.root()["sd"]);
  EXPECT_NEAR(sd, 31.7622, 1e-3);
  EXPECT_EQ(number(printed.root()["margin"]["paired"]),
            planned({"--margin", "5", "--sd", std::to_string(sd)}, "margin", "paired"));
  // SQuAD drops the article: 1 of 4 words, F = 1 / 4; on the 0-100 scale.
  const auto percent = planned({f.base, f.cand, "-m", "f1", "--margin", "5"});
  EXPECT_NEAR(number(percent.root()["sd"]), 30.6279, 1e-3);
}

void expect_error(const std::vector<std::string>& words, std::initializer_list<std::string_view> said) {
  const auto done = plan(words);
  EXPECT_EQ(done.code, 2) << done.err;
  EXPECT_EQ(done.out, "");
  for (const std::string_view one : said)
    EXPECT_TRUE(done.says(one)) << '"' << one << "\" is not in: " << done.err;
}

TEST(cli_plan, numbers_that_make_no_sense_are_refused_with_the_way_out) {
  for (const char* bad : {"0", "-5", "100", "nan", "five", "5%", "1e999"})
    expect_error({"--margin", bad}, {"--margin", bad, "points"});
  for (const char* bad : {"0", "1", "80", "nan", "-0.1"}) {
    for (const char* name : {"--power", "--base", "--discordance", "--ci", "--at-least"})
      expect_error({"--margin", "5", name, bad}, {name, bad, "above 0 and below 1"});
  }
  for (const char* bad : {"0", "-1", "1.5", "many", "9999999999999"})
    expect_error({"-n", bad}, {"--items", bad, "whole number"});
  for (const char* bad : {"0.5", "0.4", "1"}) expect_error({"--preference", bad}, {"--preference", "0.6"});
  expect_error({"--half-width", "50"}, {"--half-width", "below 50"});
  expect_error({"--margin", "5", "--sd", "0"}, {"--sd", "above 0"});
  expect_error({"--at-least", "0.9", "--failures", "-1"}, {"--failures", "whole number"});
}

TEST(cli_plan, what_cannot_be_true_together_is_refused) {
  expect_error({}, {"needs a question", "--margin 5"});
  expect_error({"--power", "0.9"}, {"needs a question"});
  expect_error({"--margin", "5", "--base", "0.98"}, {"no gain of 5 points", "0.98", "--base"});
  expect_error({"--margin", "30"}, {"base of 0.8", "--base"});
  expect_error({"--margin", "5", "--discordance", "0.04"}, {"0.04", "at least the margin"});
  expect_error({"--margin", "5", "--base", "0.9", "--discordance", "0.3"}, {"cannot differ", "0.3"});
  expect_error({"--margin", "5", "--sd", "3", "--discordance", "0.2"}, {"--sd", "--discordance"});
  expect_error({"--half-width", "5", "--sd", "3"}, {"--sd"});
  expect_error({"--drop", "90"}, {"cannot fall by 90"});
  expect_error({"--margin", "5", "--failures", "1"}, {"--at-least"});
}

TEST(cli_plan, a_pilot_that_tells_nothing_is_refused) {
  const pilot_files f;
  expect_error({f.base, f.base, "-m", "em", "--margin", "5"}, {"differ on none of 100 items"});
  expect_error({f.base, f.cand, "--margin", "5"}, {"one metric", "-m em"});
  expect_error({f.base, f.cand, "-m", "em,f1", "--margin", "5"}, {"one metric"});
  expect_error({f.base, "-m", "em", "--margin", "5"}, {"baseline and a candidate", "1 system"});
  expect_error({f.base, f.cand, "-m", "em", "--margin", "20"}, {"0.17", "smaller --margin"});
  expect_error({f.base, f.cand, "-m", "em", "--margin", "5", "--base", "0.8"}, {"--base", "files"});
  expect_error({f.base, f.cand, "-m", "em", "--cluster", "doc"}, {"--cluster"});
  expect_error({f.base, f.path("none.jsonl"), "-m", "em"}, {"none.jsonl"});
  expect_error({"--margin", "5", "-m", "em"}, {"--metrics", "BASE.jsonl"});
}

TEST(cli_plan, unknown_options_and_formats_get_the_nearest_known_one) {
  expect_error({"--margn", "5"}, {"--margn", "--margin"});
  expect_error({"--margin", "5", "--format", "jsn"}, {"jsn", "json"});
}

TEST(cli_plan, help_shows_every_option) {
  const auto done = plan({"--help"});
  EXPECT_EQ(done.code, 0);
  for (const char* name : {"--margin", "-n, --items", "--base", "--discordance", "--sd", "--power", "--ci",
                           "--half-width", "--at-least", "--failures", "--preference", "--drop", "--format"})
    EXPECT_NE(done.out.find(name), std::string::npos) << name;
  EXPECT_EQ(cli_test::run(EVALPP_CLI, {"help", "plan"}).out, done.out);
}

}  // namespace cli_plan_test
