// SPDX-License-Identifier: MIT
// What is printed: the JSON of the contract, key by key, the other formats, the files, and nothing else.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace cli_output_test {

namespace json = evalpp::json;
using cli_test::folder;
using cli_test::number;
using cli_test::parsed;
using cli_test::parsed_lines;
using cli_test::score;
using cli_test::scores;
using cli_test::text;

std::vector<std::string> keys(json::value object) {
  std::vector<std::string> names;
  for (const json::member m : object.members()) names.emplace_back(m.key);
  return names;
}

struct sample : folder {
  std::string base =
      write("base.jsonl",
            "{\"id\":\"a\",\"lang\":\"de\",\"prediction\":\"red\",\"references\":[\"red\"]}\n"
            "{\"id\":\"b\",\"lang\":\"en\",\"prediction\":\"\",\"references\":[\"green\"]}\n"
            "{\"id\":\"c\",\"lang\":\"de\",\"prediction\":\"blue\",\"references\":[\"green\"]}\n"
            "{\"id\":\"d\",\"prediction\":\"blue\",\"references\":[\"blue\"]}\n");
  std::string cand =
      write("cand.jsonl",
            "{\"id\":\"a\",\"lang\":\"en\",\"prediction\":\"red\",\"references\":[\"red\"]}\n"
            "{\"id\":\"b\",\"lang\":\"fr\",\"prediction\":\"green\",\"references\":[\"green\"]}\n");
};

TEST(cli_output, json_has_the_keys_of_the_contract_in_its_order) {
  const sample f;
  const auto printed = scores({f.base, f.cand, "-m", "em,wer,rougeL:stem"});
  ASSERT_EQ(printed.root().size(), 6u);
  const std::vector<std::string> promised = {"metric",           "spec",      "system",  "value", "unit",
                                             "higher_is_better", "signature", "version", "n",     "n_empty",
                                             "n_missing",        "parts",     "ci"};
  const std::string metrics[] = {"em", "wer", "rougeL"}, specs[] = {"em", "wer", "rougeL:stem"};
  for (std::size_t i = 0; i < 6; ++i) {
    const json::value one = printed.root()[i];
    auto names = keys(one);
    names.resize(promised.size());
    EXPECT_EQ(names, promised);
    EXPECT_EQ(text(one["metric"]), metrics[i % 3]);
    EXPECT_EQ(text(one["spec"]), specs[i % 3]);
    EXPECT_EQ(text(one["system"]), i < 3 ? "base" : "cand");
    EXPECT_EQ(text(one["unit"]), i % 3 == 0 ? "0-100" : "0-1");
    EXPECT_EQ(one["higher_is_better"].as_bool(), i % 3 != 1);
    EXPECT_FALSE(one.contains("status"));
  }
  EXPECT_EQ(number(printed.root()[0]["value"]), 50);
  EXPECT_EQ(printed.root()[0]["n_empty"].as_int64(), 1);
}

TEST(cli_output, parts_are_those_of_the_contract) {
  const sample f;
  const auto printed = scores({f.base, "-m", "bleu,rouge1,squad,squad_v2,wer,cer,classification"});
  const auto has = [&](std::size_t m, std::initializer_list<std::string_view> names) {
    for (const std::string_view name : names)
      EXPECT_TRUE(printed.root()[m]["parts"].contains(name))
          << text(printed.root()[m]["metric"]) << ' ' << name;
  };
  has(0, {"precisions", "counts", "totals", "bp", "hyp_len", "ref_len"});
  has(1, {"precision", "recall", "fmeasure"});
  has(2, {"exact_match", "f1"});
  has(3, {"exact_match", "f1", "has_ans_exact_match", "has_ans_f1", "no_ans_exact_match", "no_ans_f1"});
  for (const std::size_t m : {std::size_t{4}, std::size_t{5}})
    has(m, {"hits", "substitutions", "insertions", "deletions", "mer", "wil", "wip"});
  has(6, {"accuracy", "balanced_accuracy", "precision_macro", "recall_macro", "f1_macro", "precision_micro",
          "recall_micro", "f1_micro", "precision_weighted", "recall_weighted", "f1_weighted", "mcc", "labels",
          "per_class", "confusion"});
}

TEST(cli_output, numbers_are_shortest_round_trip) {
  const folder f;
  const auto done = score({"-", "--input", "jsonl", "-m", "rouge1", "-f", "json"},
                          "{\"prediction\":\"a b c\",\"references\":[\"a x y\"]}\n");
  EXPECT_NE(done.out.find("\"value\":0.3333333333333333,"), std::string::npos) << done.out;
}

TEST(cli_output, metric_lists_add_up_and_options_may_be_attached) {
  const sample f;
  const auto printed =
      scores({f.base, "-m", "em", "-mwer,f1:raw", "--metrics=bleu:lowercase:smooth=floor:smooth_value=0.5"});
  ASSERT_EQ(printed.root().size(), 4u);
  EXPECT_EQ(text(printed.root()[2]["spec"]), "f1:raw");
  EXPECT_EQ(text(printed.root()[3]["signature"]), "nrefs:1|case:lc|eff:no|tok:13a|smooth:floor[0.50]");
  EXPECT_EQ(score({f.base, "-m", "em", "--format=json"}).out, score({f.base, "-m", "em", "-f", "json"}).out);
}

TEST(cli_output, slices_are_scores_of_their_rows_alone) {
  const sample f;
  const auto printed = scores({f.base, f.cand, "-m", "em,wer", "--slice", "lang"});
  const json::value slices = printed.root()[0]["slices"];
  ASSERT_EQ(slices.size(), 3u);
  EXPECT_EQ(text(slices[0]["field"]), "lang");
  EXPECT_EQ(text(slices[0]["key"]), "de");
  EXPECT_EQ(number(slices[0]["value"]), 50);
  EXPECT_EQ(slices[0]["n"].as_int64(), 2);
  EXPECT_EQ(text(slices[1]["key"]), "en");
  EXPECT_EQ(slices[1]["n_empty"].as_int64(), 1);
  EXPECT_EQ(text(slices[2]["key"]), "(none)");
  EXPECT_EQ(number(slices[2]["value"]), 100);
  EXPECT_EQ(number(printed.root()[1]["slices"][1]["value"]), 1);
  EXPECT_EQ(text(printed.root()[2]["slices"][1]["key"]), "fr");
}

TEST(cli_output, a_slice_with_as_many_groups_as_rows_is_no_trouble) {
  const folder f;
  std::string rows;
  for (int i = 0; i < 20000; ++i) {
    const std::string n = std::to_string(i);
    rows += "{\"id\":" + n + ",\"prediction\":\"" + n + "\",\"references\":[\"" + n + "\"]}\n";
  }
  const auto printed = scores({f.write("run.jsonl", rows), "-m", "em,f1", "--slice", "id"});
  EXPECT_EQ(printed.root()[1]["slices"].size(), 20000u);
}

TEST(cli_output, per_example_lines_follow_the_input) {
  const sample f;
  scores({f.base, f.cand, "-m", "rouge1:stem,em,em", "--per-example", f.path("each.jsonl")});
  const auto each = parsed_lines(f.read("each.jsonl"));
  ASSERT_EQ(each.size(), 6u);
  EXPECT_EQ(keys(each[0].root()), (std::vector<std::string>{"id", "system", "scores"}));
  EXPECT_EQ(keys(each[0].root()["scores"]), (std::vector<std::string>{"rouge1:stem", "em"}));
  const std::string ids[] = {"a", "b", "c", "d", "a", "b"};
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(text(each[i].root()["id"]), ids[i]);
    EXPECT_EQ(text(each[i].root()["system"]), i < 4 ? "base" : "cand");
    EXPECT_EQ(number(each[i].root()["scores"]["em"]), i == 1 || i == 2 ? 0 : 100);
  }
}

TEST(cli_output, jsonl_holds_the_same_objects) {
  const sample f;
  const auto lines = parsed_lines(score({f.base, f.cand, "-m", "em,bleu", "--format", "jsonl"}).out);
  const auto array = scores({f.base, f.cand, "-m", "em,bleu"});
  ASSERT_EQ(lines.size(), array.root().size());
  for (std::size_t i = 0; i < lines.size(); ++i)
    EXPECT_EQ(json::write(lines[i].root()), json::write(array.root()[i]));
}

TEST(cli_output, csv_and_markdown_and_the_table_show_the_same_numbers) {
  const sample f;
  const std::string csv = score({f.base, f.cand, "-m", "em,wer", "--format", "csv", "--slice", "lang"}).out;
  EXPECT_TRUE(csv.starts_with("system,metric,spec,slice,key,value,unit,")) << csv;
  EXPECT_NE(csv.find("\r\nbase,em,em,,,50,0-100,true,4,1,0,"), std::string::npos) << csv;
  EXPECT_NE(csv.find("\r\nbase,em,em,lang,de,50,0-100,true,2,0,0,"), std::string::npos) << csv;
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * (1 + 3) + 2 * (1 + 2));

  const std::string markdown = score({f.base, f.cand, "-m", "em,wer", "--format", "markdown"}).out;
  EXPECT_NE(markdown.find("| em | 0-100 | 50 [15, 85] | 100 [34, 100] |"), std::string::npos) << markdown;
  EXPECT_NE(markdown.find("| wer | 0-1 (lower is better) | 0.5000 | 0.0000 |"), std::string::npos)
      << markdown;

  const std::string table = score({f.base, f.cand, "-m", "em,wer"}).out;
  EXPECT_EQ(table, score({f.base, f.cand, "-m", "em,wer", "--format", "table"}).out);
  EXPECT_NE(table.find("em      0-100                  50 [15, 85]  100 [34, 100]\n"), std::string::npos)
      << table;
  EXPECT_NE(table.find("base: 4 items, 1 with an empty prediction (counted)\n"), std::string::npos) << table;
  EXPECT_EQ(table.find('\x1b'), std::string::npos) << "no colours outside of a terminal";
}

TEST(cli_output, a_signature_that_differs_between_systems_is_shown_for_each) {
  const sample f;
  const std::string more =
      f.write("more.jsonl", "{\"id\":\"a\",\"prediction\":\"red\",\"references\":[\"red\",\"rot\"]}\n");
  const std::string table = score({f.base, f.cand, more, "-m", "bleu,em"}).out;
  EXPECT_NE(table.find("\nbleu         nrefs:1|"), std::string::npos) << table;
  EXPECT_NE(table.find("\nbleu (more)  nrefs:2|"), std::string::npos) << table;
  EXPECT_EQ(table.find("bleu (cand)"), std::string::npos) << table;
  EXPECT_EQ(table.find("em (more)"), std::string::npos) << table;
  const std::string markdown = score({f.base, more, "-m", "bleu", "-f", "markdown"}).out;
  EXPECT_NE(markdown.find("- bleu (more): `nrefs:2|"), std::string::npos) << markdown;
}

TEST(cli_output, the_name_of_a_file_cannot_talk_to_the_terminal) {
  const folder f;
  const auto done = score({f.write("ref.txt", "a\nb\n"), f.write("\x1b[31mred.txt", "a\nc\n"), "-m", "em"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ((done.out + done.err).find('\x1b'), std::string::npos) << done.out << done.err;
}

TEST(cli_output, a_cell_cannot_talk_to_the_terminal) {
  const auto done = score({"-", "--input", "jsonl", "-m", "em", "--slice", "k"},
                          "{\"k\":\"a\\u001b[2J\\nb\",\"prediction\":\"x\",\"references\":[\"x\"]}\n");
  EXPECT_NE(done.out.find("a\\x1b[2J\\x0ab"), std::string::npos) << done.out;
  EXPECT_EQ(done.out.find('\x1b'), std::string::npos);
}

TEST(cli_output, threads_change_nothing) {
  const sample f;
  std::string rows;
  for (int i = 0; i < 600; ++i)
    rows += "{\"prediction\":\"w" + std::to_string(i % 7) + " x\",\"references\":[\"w" +
            std::to_string(i % 5) + " x\"]}\n";
  const std::string run = f.write("run.jsonl", rows);
  const std::string one = score({run, "-m", "bleu,chrf,rougeL,ter,f1", "-f", "json", "--threads", "1"}).out;
  EXPECT_EQ(one, score({run, "-m", "bleu,chrf,rougeL,ter,f1", "-f", "json", "--threads", "3"}).out);
}

TEST(cli_output, help_and_version_go_to_standard_output) {
  const auto help = cli_test::run(EVALPP_CLI, {"--help"});
  EXPECT_EQ(help.code, 0);
  EXPECT_EQ(help.err, "");
  EXPECT_NE(help.out.find("evalpp score"), std::string::npos);
  const auto score_help = score({"--help"});
  EXPECT_EQ(score_help.code, 0);
  EXPECT_EQ(score_help.out, cli_test::run(EVALPP_CLI, {"help", "score"}).out);
  for (const std::string_view named : {"evalpp score ref.txt hyp.txt", "--per-example", "--missing",
                                       "classification", "zero_division", "rougeLsum"})
    EXPECT_NE(score_help.out.find(named), std::string::npos) << named;
  const auto version = cli_test::run(EVALPP_CLI, {"--version"});
  EXPECT_EQ(version.code, 0);
  EXPECT_TRUE(version.out.starts_with("evalpp 0.")) << version.out;
  const auto nothing = cli_test::run(EVALPP_CLI, {});
  EXPECT_EQ(nothing.code, 2);
  EXPECT_EQ(nothing.out, "");
}

}  // namespace cli_output_test
