// SPDX-License-Identifier: MIT
// Every golden value that the command line can express, through files, the real program and its JSON.
#include "cli.hpp"

#include "golden/golden.hpp"

#include <gtest/gtest.h>
#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cli_golden_test {

namespace json = evalpp::json;
using cli_test::expect_close;
using cli_test::folder;
using cli_test::parsed_lines;
using cli_test::scores;
using cli_test::text;

// The `-m` item for the arguments of a sacreBLEU constructor.
std::string spec_of(std::string_view metric, json::value args) {
  std::string spec(metric);
  for (const json::member m : args.members()) {
    const std::string_view key = m.key == "smooth_method"     ? "smooth"
                                 : m.key == "max_ngram_order" ? "max_order"
                                                              : m.key;
    if (m.value.is_null() || m.value.as_bool() == false) continue;
    spec += ':';
    spec += key;
    if (m.value.is_bool()) continue;
    spec += '=';
    spec += m.value.is_number() ? std::string(m.value.number_text()) : text(m.value);
  }
  return spec;
}

struct option_set {
  std::string spec;
  json::value expected;
};

std::vector<option_set> option_sets(json::value golden) {
  std::vector<option_set> sets;
  for (const std::string_view metric : {"bleu", "chrf", "ter"})
    for (const json::value one : golden[metric].items())
      if (one["args"]["tokenize"].as_string() != "ja-mecab")
        sets.push_back({spec_of(metric, one["args"]), one});
  return sets;
}

std::string list_of(const std::vector<option_set>& sets) {
  std::string list;
  for (const option_set& one : sets) list += (list.empty() ? "" : ",") + one.spec;
  return list;
}

// sacreBLEU's signature without its version, the contract says; evalpp may add what its line leaves open.
void expect_signature(json::value actual, json::value expected, const std::string& spec) {
  std::string wanted = text(expected);
  wanted.resize(std::min(wanted.size(), wanted.find("|version")));
  const std::string printed = text(actual);
  EXPECT_TRUE(printed == wanted || printed.starts_with(wanted + '|'))
      << spec << ": " << printed << " is not " << wanted;
}

void expect_parts(json::value parts, json::value expected, const std::string& spec) {
  if (expected.contains("counts")) {
    for (const std::string_view name : {"counts", "totals", "precisions"}) {
      ASSERT_EQ(parts[name].size(), expected[name].size()) << spec << ' ' << name;
      for (std::size_t k = 0; k < parts[name].size(); ++k)
        expect_close(parts[name][k], expected[name][k], spec + ' ' + std::string(name));
    }
    expect_close(parts["bp"], expected["bp"], spec + " bp");
    expect_close(parts["hyp_len"], expected["sys_len"], spec + " hyp_len");
    expect_close(parts["ref_len"], expected["ref_len"], spec + " ref_len");
  }
  if (expected.contains("num_edits")) {
    expect_close(parts["num_edits"], expected["num_edits"], spec + " num_edits");
    expect_close(parts["ref_length"], expected["ref_length"], spec + " ref_length");
  }
}

// The first `rows` lines of a golden input, as it stands: its fields hyp and refs are known names.
std::string rows_of(const std::string& input, std::size_t rows) {
  const std::string all = cli_test::read_file(golden::path("text/" + input + ".jsonl"));
  std::size_t end = 0;
  for (std::size_t i = 0; i < rows && end < all.size(); ++i) end = all.find('\n', end) + 1;
  return all.substr(0, end);
}

void check_sacrebleu(const std::string& name, const std::string& input) {
  const golden::json_file expected("text/" + name + ".json");
  if (!expected) return;
  const folder files;
  const std::string run =
      files.write("run.jsonl", rows_of(input, static_cast<std::size_t>(*expected["n"].as_int64())));
  const auto sets = option_sets(expected.root());
  ASSERT_FALSE(sets.empty());
  const json::document printed =
      scores({run, "-m", list_of(sets), "--per-example", files.path("each.jsonl")});
  const auto each = parsed_lines(files.read("each.jsonl"));
  ASSERT_EQ(printed.root().size(), sets.size());
  ASSERT_EQ(each.size(), static_cast<std::size_t>(*expected["n"].as_int64()));
  for (std::size_t m = 0; m < sets.size(); ++m) {
    const auto& [spec, wanted] = sets[m];
    const json::value got = printed.root()[m];
    EXPECT_EQ(text(got["spec"]), spec);
    EXPECT_EQ(text(got["unit"]), "0-100");
    EXPECT_EQ(got["n"].as_int64(), expected["n"].as_int64());
    expect_close(got["value"], wanted["score"], name + ' ' + spec);
    expect_signature(got["signature"], wanted["signature"], spec);
    expect_parts(got["parts"], wanted, spec);
    ASSERT_EQ(wanted["sentence"].size(), each.size());
    for (std::size_t i = 0; i < each.size(); ++i)
      expect_close(each[i].root()["scores"][spec], wanted["sentence"][i],
                   name + ' ' + spec + " row " + std::to_string(i));
  }
}

TEST(cli_golden, sacrebleu_edge) { check_sacrebleu("edge", "edge"); }
TEST(cli_golden, sacrebleu_fuzz) { check_sacrebleu("fuzz300", "fuzz300"); }
TEST(cli_golden, sacrebleu_several_references) { check_sacrebleu("multi200", "multi200"); }
TEST(cli_golden, sacrebleu_every_option_with_several_references) {
  if (golden::full()) check_sacrebleu("multi100.full", "multi200");
}

// Text cannot hold line breaks: the rows without any, sentence by sentence.
TEST(cli_golden, text_files_score_like_rows) {
  const golden::json_file expected("text/fuzz300.json");
  if (!expected) return;
  const auto examples = golden::examples("text/fuzz300.jsonl");
  std::string hypotheses, references;
  std::vector<std::size_t> kept;
  const auto fits = [](const std::string& line) {
    return line.find('\n') == std::string::npos && (line.empty() || line.back() != '\r');
  };
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (!fits(examples[i].hypothesis) || !fits(examples[i].references[0])) continue;
    kept.push_back(i);
    hypotheses += examples[i].hypothesis + '\n';
    references += examples[i].references[0] + '\n';
  }
  ASSERT_GT(kept.size(), 200u);
  const folder files;
  const auto sets = option_sets(expected.root());
  const json::document printed =
      scores({files.write("ref.txt", references), files.write("hyp.txt", hypotheses), "-m",
              list_of(sets) + ",em,f1", "--per-example", files.path("each.jsonl")});
  const auto each = parsed_lines(files.read("each.jsonl"));
  ASSERT_EQ(each.size(), kept.size());
  EXPECT_EQ(text(printed.root()[0]["system"]), "hyp");
  for (std::size_t k = 0; k < kept.size(); ++k) {
    const json::value got = each[k].root()["scores"];
    EXPECT_EQ(text(each[k].root()["id"]), std::to_string(k));
    for (const auto& [spec, wanted] : sets) expect_close(got[spec], wanted["sentence"][kept[k]], spec);
    EXPECT_EQ(cli_test::number(got["em"]) == 100, *expected["squad"]["v1_em"][kept[k]].as_bool());
    EXPECT_NEAR(cli_test::number(got["f1"]), 100 * cli_test::number(expected["squad"]["v1_f1"][kept[k]]),
                1e-9);
  }
}

// The first call of the issue, on files that only the full set has.
TEST(cli_golden, two_systems_as_text_files) {
  if (!golden::full()) return;
  const golden::json_file expected("text/mt200.sig.json");
  if (!expected) return;
  const folder files;
  std::vector<std::string> words;
  for (const std::string_view field : {"refs", "hyp", "hyp2"}) {
    std::string lines;
    for (const golden::example& e : golden::examples("text/mt200.jsonl", field == "refs" ? "hyp" : field))
      lines += (field == "refs" ? e.references[0] : e.hypothesis) + '\n';
    words.push_back(files.write(std::string(field) + ".txt", lines));
  }
  words.insert(words.end(), {"-m", "bleu,chrf,chrf++,ter,rouge1,rouge2,rougeL,rougeLsum,em,f1"});
  const json::document printed = scores(words);
  ASSERT_EQ(printed.root().size(), 20u);
  const json::value sig = expected["sig"]["bs"];
  for (std::size_t system = 0; system < 2; ++system) {
    const auto got = [&](std::size_t m) { return printed.root()[10 * system + m]; };
    EXPECT_EQ(text(got(0)["system"]), system == 0 ? "hyp" : "hyp2");
    expect_close(got(0)["value"], sig["BLEU"][system]["score"], "bleu");
    expect_close(got(1)["value"], sig["chrF2"][system]["score"], "chrf");
    expect_close(got(3)["value"], sig["TER"][system]["score"], "ter");
  }
}

void check_rouge(const std::string& name) {
  const golden::json_file expected("text/" + name + ".json");
  if (!expected) return;
  const folder files;
  for (const json::value set : expected["rouge"].items()) {
    const std::string stem = set["use_stemmer"].as_bool() == true ? ":stem" : "";
    std::string list;
    for (const json::member m : set["mean"].members())
      list += (list.empty() ? "" : ",") + std::string(m.key) + stem;
    const json::document printed = scores(
        {golden::path("text/" + name + ".jsonl"), "-m", list, "--per-example", files.path("each.jsonl")});
    const auto each = parsed_lines(files.read("each.jsonl"));
    std::size_t k = 0;
    for (const json::member m : set["mean"].members()) {
      const json::value got = printed.root()[k++];
      EXPECT_EQ(text(got["metric"]), m.key);
      EXPECT_EQ(text(got["unit"]), "0-1");
      expect_close(got["value"], m.value["fmeasure"], list);
      for (const std::string_view name_of_part : {"precision", "recall", "fmeasure"})
        expect_close(got["parts"][name_of_part], m.value[name_of_part], list);
      const json::value sentences = set["sentence"][m.key];
      for (std::size_t i = 0; i < sentences.size(); ++i)
        expect_close(each[i].root()["scores"][std::string(m.key) + stem], sentences[i][2], list);
    }
  }
}

TEST(cli_golden, rouge_edge) { check_rouge("edge"); }
TEST(cli_golden, rouge_several_references) { check_rouge("multi200"); }
TEST(cli_golden, rouge_summaries) { check_rouge("sum300"); }

void check_answers(const std::string& name) {
  const golden::json_file expected("text/" + name + ".json");
  if (!expected) return;
  const folder files;
  const json::document printed =
      scores({golden::path("text/" + name + ".jsonl"), "-m", "squad,squad_v2,em,f1,em:v2,f1:v2,wer,cer",
              "--per-example", files.path("each.jsonl")});
  const auto got = [&](std::size_t m) { return printed.root()[m]; };
  const json::value v1 = expected["squad"]["v1"], v2 = expected["squad"]["v2"];
  expect_close(got(0)["value"], v1["f1"], "squad");
  expect_close(got(0)["parts"]["exact_match"], v1["exact_match"], "squad exact_match");
  expect_close(got(0)["parts"]["f1"], v1["f1"], "squad f1");
  expect_close(got(1)["value"], v2["f1"], "squad_v2");
  const json::value parts = got(1)["parts"];
  expect_close(parts["exact_match"], v2["exact"], "squad_v2 exact_match");
  expect_close(parts["has_ans_exact"], v2["HasAns_exact"], "has_ans_exact");
  expect_close(parts["has_ans_exact_match"], v2["HasAns_exact"], "has_ans_exact_match");
  expect_close(parts["has_ans_f1"], v2["HasAns_f1"], "has_ans_f1");
  EXPECT_EQ(parts["no_ans_total"].as_int64(), 0);
  expect_close(got(2)["value"], v1["exact_match"], "em");
  expect_close(got(3)["value"], v1["f1"], "f1");
  expect_close(got(4)["value"], v2["exact"], "em:v2");
  expect_close(got(5)["value"], v2["f1"], "f1:v2");

  const json::value words = expected["wer"]["jiwer_words"], characters = expected["wer"]["jiwer_chars"];
  EXPECT_EQ(got(6)["higher_is_better"].as_bool(), false);
  EXPECT_EQ(text(got(6)["unit"]), "0-1");
  expect_close(got(6)["value"], words["wer"], "wer");
  for (const std::string_view part :
       {"hits", "substitutions", "insertions", "deletions", "mer", "wil", "wip"})
    expect_close(got(6)["parts"][part], words[part], "wer " + std::string(part));
  expect_close(got(7)["value"], characters["cer"], "cer");
  for (const std::string_view part : {"hits", "substitutions", "insertions", "deletions"})
    expect_close(got(7)["parts"][part], characters[part], "cer " + std::string(part));

  const auto each = parsed_lines(files.read("each.jsonl"));
  for (std::size_t i = 0; i < each.size(); ++i) {
    const json::value row = each[i].root()["scores"];
    EXPECT_NEAR(cli_test::number(row["squad"]), 100 * cli_test::number(expected["squad"]["v1_f1"][i]), 1e-9);
    expect_close(row["wer"], expected["wer"]["words"][i][0], "wer of a row");
    expect_close(row["cer"], expected["wer"]["chars"][i][0], "cer of a row");
  }
}

TEST(cli_golden, answers_and_error_rates_edge) { check_answers("edge"); }
TEST(cli_golden, answers_and_error_rates_fuzz) { check_answers("fuzz300"); }
TEST(cli_golden, answers_and_error_rates_several_references) { check_answers("multi200"); }

TEST(cli_golden, questions_without_an_answer) {
  const golden::json_file expected("text/noanswer120.json");
  if (!expected) return;
  const folder files;
  const json::document printed = scores({golden::path("text/noanswer120.jsonl"), "-m", "squad_v2,em,em:v2",
                                         "--per-example", files.path("each.jsonl")});
  const json::value wanted = expected["squad_v2"], total = wanted["total"];
  const json::value parts = printed.root()[0]["parts"];
  expect_close(printed.root()[0]["value"], total["f1"], "f1");
  for (const auto& [part, script] : {std::pair{"exact_match", "exact"},
                                     {"f1", "f1"},
                                     {"total", "total"},
                                     {"has_ans_exact_match", "HasAns_exact"},
                                     {"has_ans_f1", "HasAns_f1"},
                                     {"has_ans_total", "HasAns_total"},
                                     {"no_ans_exact_match", "NoAns_exact"},
                                     {"no_ans_f1", "NoAns_f1"},
                                     {"no_ans_total", "NoAns_total"}})
    expect_close(parts[part], total[script], part);
  EXPECT_EQ(printed.root()[0]["n_missing"].as_int64(), 0);
  // Version 1.1 has no such questions: they are missing there, never scored 0.
  EXPECT_EQ(printed.root()[1]["n_missing"].as_int64(), total["NoAns_total"].as_int64());
  EXPECT_EQ(printed.root()[1]["n"].as_int64(), total["HasAns_total"].as_int64());
  expect_close(printed.root()[2]["value"], total["exact"], "em:v2");
  const auto each = parsed_lines(files.read("each.jsonl"));
  ASSERT_EQ(each.size(), wanted["exact"].size());
  for (std::size_t i = 0; i < each.size(); ++i) {
    EXPECT_NEAR(cli_test::number(each[i].root()["scores"]["squad_v2"]),
                100 * cli_test::number(wanted["f1"][i]), 1e-9);
    EXPECT_NEAR(cli_test::number(each[i].root()["scores"]["em:v2"]),
                100 * cli_test::number(wanted["exact"][i]), 1e-9);
  }
}

TEST(cli_golden, classification) {
  const golden::json_file expected("text/cls1000.json");
  if (!expected) return;
  const json::value wanted = expected["classification"];
  const json::document printed =
      scores({golden::path("text/cls1000.jsonl"), "-m", "classification,classification:zero_division=1"});
  for (std::size_t zero = 0; zero < 2; ++zero) {
    const json::value parts = printed.root()[zero]["parts"];
    expect_close(printed.root()[zero]["value"], wanted["accuracy"], "value");
    for (const std::string_view part : {"accuracy", "balanced_accuracy", "mcc"})
      expect_close(parts[part], wanted[part], std::string(part));
    constexpr std::string_view columns[] = {"precision", "recall", "f1", "support"};
    for (const std::string average : {"macro", "micro", "weighted"})
      for (std::size_t k = 0; k < 3; ++k)
        expect_close(parts[std::string(columns[k]) + '_' + average],
                     wanted["prfs_" + average + "_zd" + std::to_string(zero)][k], average);
    ASSERT_EQ(parts["labels"].size(), wanted["labels"].size());
    for (std::size_t c = 0; c < parts["labels"].size(); ++c) {
      EXPECT_EQ(parts["labels"][c].as_int64(), wanted["labels"][c].as_int64());
      const json::value one = parts["per_class"][parts["labels"][c].number_text()];
      for (std::size_t k = 0; k < 4; ++k)
        expect_close(one[columns[k]], wanted["prfs_None_zd" + std::to_string(zero)][k][c], "per class");
      for (std::size_t p = 0; p < parts["labels"].size(); ++p)
        EXPECT_EQ(parts["confusion"][c][p].as_int64(), wanted["confusion"][c][p].as_int64());
    }
  }
}

}  // namespace cli_golden_test
