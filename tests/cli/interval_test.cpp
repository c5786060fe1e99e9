// SPDX-License-Identifier: MIT
// The interval of every score: what the options do, and what is refused.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>

namespace {

namespace json = evalpp::json;
using cli_test::folder;
using cli_test::number;
using cli_test::score;
using cli_test::scores;
using cli_test::text;

// n rows of which the first `right` are right; every five are one document.
struct answers : folder {
  std::string run;
  answers(int n, int right) {
    std::string rows;
    for (int i = 0; i < n; ++i)
      rows += "{\"id\":" + std::to_string(i) + ",\"doc\":\"d" + std::to_string(i / 5) +
              "\",\"prediction\":\"" + (i < right ? "a b c d " + std::to_string(i) : "x") +
              "\",\"references\":[\"a b c d " + std::to_string(i) + "\"]}\n";
    run = write("run.jsonl", rows);
  }
};

// Newcombe 1998, table I: 81 of 263: 0.2553 to 0.3662.
TEST(cli_interval, of_exact_match_is_wilsons) {
  const answers f(263, 81);
  const auto printed = scores({f.run, "-m", "em"});
  const json::value ci = printed.root()[0]["ci"];
  EXPECT_NEAR(number(ci["lo"]), 25.53, 0.005);
  EXPECT_NEAR(number(ci["hi"]), 36.62, 0.005);
  EXPECT_EQ(number(ci["level"]), 0.95);
  EXPECT_EQ(text(ci["method"]), "wilson");
}

TEST(cli_interval, of_all_else_is_resampled_the_same_way_every_time) {
  const answers f(60, 40);
  const auto of = [&](std::vector<std::string> more) {
    std::vector<std::string> words{f.run, "-m", "bleu", "-f", "json"};
    words.insert(words.end(), more.begin(), more.end());
    return score(words).out;
  };
  const std::string usual = of({});
  EXPECT_NE(usual.find("\"method\":\"bca+\""), std::string::npos) << usual;
  EXPECT_EQ(of({"--threads", "1"}), of({"--threads", "8"}));
  EXPECT_EQ(of({"--seed", "12345", "--resamples", "10240", "--ci", "0.95", "--method", "auto"}), usual);
  EXPECT_NE(of({"--seed", "1"}), usual);
  EXPECT_NE(of({"--resamples", "2048"}), usual);
  EXPECT_NE(of({"--method", "percentile"}).find("\"method\":\"percentile\""), std::string::npos);
}

TEST(cli_interval, is_wider_at_a_higher_level_and_for_clusters) {
  const answers f(60, 40);
  const auto width = [&](std::vector<std::string> more) {
    std::vector<std::string> words{f.run, "-m", "bleu"};
    words.insert(words.end(), more.begin(), more.end());
    const auto printed = scores(words);
    return number(printed.root()[0]["ci"]["hi"]) - number(printed.root()[0]["ci"]["lo"]);
  };
  EXPECT_GT(width({"--ci", "0.99"}), width({}));
  EXPECT_GT(width({"--cluster", "doc"}), 1.3 * width({}));
}

TEST(cli_interval, is_left_out_when_nobody_wants_it) {
  const answers f(60, 40);
  const auto printed = scores({f.run, "-m", "bleu", "--ci", "none"});
  EXPECT_FALSE(printed.root()[0].contains("ci"));
  const std::string table = score({f.run, "-m", "em", "--ci", "none"}).out;
  EXPECT_NE(table.find("em      0-100  66.67\n"), std::string::npos) << table;
  EXPECT_EQ(table.find("interval"), std::string::npos) << table;
}

// Never plus or minus zero.
TEST(cli_interval, says_why_there_is_none) {
  const answers few(9, 5), alike(40, 40);
  const auto printed = scores({few.run, "-m", "bleu"});
  EXPECT_TRUE(printed.root()[0]["ci"].is_null());
  EXPECT_EQ(text(printed.root()[0]["ci_status"]), "too_few");
  const auto flat = scores({alike.run, "-m", "bleu"});
  EXPECT_TRUE(flat.root()[0]["ci"].is_null());
  EXPECT_EQ(text(flat.root()[0]["ci_status"]), "degenerate");
  const std::string table = score({alike.run, "-m", "bleu"}).out;
  EXPECT_NE(table.find("[no interval] all items score alike"), std::string::npos) << table;
}

TEST(cli_interval, options_that_make_no_sense_are_refused) {
  const answers f(12, 6);
  const auto refuse = [&](std::vector<std::string> more, std::string_view what) {
    std::vector<std::string> words{f.run, "-m", "em"};
    words.insert(words.end(), more.begin(), more.end());
    const auto done = score(words);
    EXPECT_EQ(done.code, 2);
    EXPECT_NE(done.err.find(what), std::string::npos) << done.err;
    EXPECT_EQ(done.out, "");
  };
  for (const char* level : {"95", "1", "0", "0.4", "nan", "", "0.95x", "-1"}) refuse({"--ci", level}, "--ci");
  refuse({"--method", "bca++"}, "bca+");
  for (const char* seed : {"-1", "1.5", "", "99999999999999999999"}) refuse({"--seed", seed}, "--seed");
  for (const char* n : {"0", "199", "-5", "1e4", "99999999999"}) refuse({"--resamples", n}, "--resamples");
  refuse({"--ci", "none", "--seed", "1"}, "--seed");
  refuse({"--cluster", "document"}, "--cluster");
}

TEST(cli_interval, every_row_needs_its_cluster) {
  const folder f;
  const std::string run = f.write("run.jsonl",
                                  "{\"doc\":1,\"prediction\":\"a\",\"references\":[\"a\"]}\n"
                                  "{\"prediction\":\"a\",\"references\":[\"a\"]}\n");
  const auto done = score({run, "-m", "em", "--cluster", "doc"});
  EXPECT_EQ(done.code, 2);
  EXPECT_NE(done.err.find("run.jsonl:2"), std::string::npos) << done.err;
  EXPECT_NE(done.err.find("cluster"), std::string::npos) << done.err;
}

}  // namespace
