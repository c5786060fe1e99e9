// SPDX-License-Identifier: MIT
// The interval of every score: what the options do, and what is refused.
#include "cli.hpp"
#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cli_interval_test {

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

TEST(cli_interval, is_made_by_the_method_that_is_asked_for) {
  const answers f(263, 81);
  const auto of = [&](const std::string& metric, const std::string& method) {
    const auto printed = scores({f.run, "-m", metric, "--method", method});
    EXPECT_EQ(text(printed.root()[0]["ci"]["method"]), method);
    return number(printed.root()[0]["ci"]["lo"]);
  };
  for (const char* method : {"wilson", "clopper-pearson", "jeffreys", "mid-p", "betting", "saddlepoint",
                             "hall", "bca+", "bca", "percentile", "basic", "normal"})
    EXPECT_NEAR(of("em", method), 25.5, 3.5) << method;
  for (const char* method : {"betting", "saddlepoint", "hall", "bca+"}) of("rougeL", method);
  for (const char* method : {"saddlepoint", "hall", "percentile"}) of("wer", method);
  const auto usual = scores({f.run, "-m", "rougeL,wer"});
  EXPECT_EQ(text(usual.root()[0]["ci"]["method"]), "saddlepoint");
  EXPECT_EQ(text(usual.root()[1]["ci"]["method"]), "saddlepoint");
}

TEST(cli_interval, says_what_is_doubtful_about_it) {
  const answers few(20, 11), clustered(40, 11);
  const auto bleu = scores({few.run, "-m", "bleu"});
  EXPECT_EQ(text(bleu.root()[0]["ci_status"]), "caution");
  EXPECT_EQ(text(bleu.root()[0]["ci_notes"][0]), "fewer than 30 items");
  const auto em = scores({clustered.run, "-m", "em", "--cluster", "doc"});
  EXPECT_EQ(text(em.root()[0]["ci"]["method"]), "wilson");
  EXPECT_EQ(text(em.root()[0]["ci_notes"][0]), "fewer than 10 clusters");
  const std::string table = score({few.run, "-m", "bleu,em"}).out;
  EXPECT_NE(table.find("[caution] fewer than 30 items: bleu of run, em of run\n"), std::string::npos)
      << table;
  const answers many(60, 30);
  const auto sure = scores({many.run, "-m", "em"});
  EXPECT_FALSE(sure.root()[0].contains("ci_notes"));
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

// Nor a bare number where a guarantee can be had.
TEST(cli_interval, of_a_mean_that_does_not_vary_is_a_bet) {
  const answers alike(40, 40);
  const auto printed = scores({alike.run, "-m", "f1"});
  const json::value f1 = printed.root()[0];
  EXPECT_EQ(text(f1["ci"]["method"]), "betting");
  EXPECT_LT(f1["ci"]["lo"].as_double(), 95.0);
  EXPECT_EQ(f1["ci"]["hi"].as_double(), 100.0);
  EXPECT_EQ(text(f1["ci_status"]), "caution");
  EXPECT_EQ(text(f1["ci_notes"][0]), "all items score alike, which proves nothing");
  const std::string table = score({alike.run, "-m", "f1"}).out;
  EXPECT_NE(table.find("[95% intervals] betting\n[caution] all items score alike"), std::string::npos)
      << table;
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
  refuse({"--method", "wilson", "-m", "bleu"}, "--method wilson is not for bleu: the value is no share");
  refuse({"--method", "saddlepoint", "-m", "chrf"}, "--method saddlepoint is not for chrf");
  refuse({"--method", "betting", "-m", "wer"}, "--method betting is not for wer");
  refuse({"--method", "jeffreys", "--cluster", "doc"}, "these come in clusters");
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

// What sacreBLEU 2.6.0 and rouge_score 0.1.2 gave for these files with 200 replicates of seed 12345.
TEST(cli_interval, shows_what_sacrebleu_and_rouge_score_print) {
  const golden::json_file expected("text/multi200.json");
  if (!expected || !expected["bleu"][0]["boot"].exists()) return;
  const std::vector<std::string> reading{golden::path("text/multi200.jsonl"),
                                         "--prediction",
                                         "hyp",
                                         "--references",
                                         "refs",
                                         "--resamples",
                                         "200"};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), reading.begin(), reading.end());
    return scores(more);
  };
  const auto bleu = with({"-m", "bleu", "--preset", "sacrebleu"});
  ASSERT_EQ(expected["bleu"][0]["args"].size(), 0u) << "the first set is the default";
  cli_test::expect_close(bleu.root()[0]["sacrebleu"]["mean"], expected["bleu"][0]["boot"]["mean"], "mean");
  cli_test::expect_close(bleu.root()[0]["sacrebleu"]["ci"], expected["bleu"][0]["boot"]["ci"], "half-width");

  const json::value rouge = expected["rouge"][0]["bootstrap"];
  if (!rouge.exists()) return;  // the subset does without
  std::vector<std::string> types;
  std::string list;
  for (const json::member m : rouge.members())
    if (m.key.substr(0, 5) == "rouge") {
      types.emplace_back(m.key);
      list += (list.empty() ? "" : ",") + types.back();
    }
  const auto found = with({"-m", list, "--preset", "rouge_score"});
  for (std::size_t m = 0; m < types.size(); ++m)
    for (const char* const which : {"low", "mid", "high"})
      cli_test::expect_close(found.root()[m]["rouge_score"][which], rouge[types[m]][which][2], types[m]);
  EXPECT_GE(types.size(), 5u);
}

TEST(cli_interval, of_a_preset_knows_no_clusters_and_no_other_tools) {
  const answers f(60, 40);
  EXPECT_EQ(score({f.run, "-m", "bleu", "--preset", "sacrebleu", "--cluster", "doc"}).code, 2);
  const auto unknown = score({f.run, "-m", "bleu", "--preset", "sacreblue"});
  EXPECT_EQ(unknown.code, 2);
  EXPECT_TRUE(unknown.says("sacrebleu")) << unknown.err;
}

}  // namespace cli_interval_test
