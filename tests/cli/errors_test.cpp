// SPDX-License-Identifier: MIT
// What cannot be scored: exit code 2, nothing on standard output, and an error with place and fix.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace cli_errors_test {

using cli_test::folder;
using cli_test::score;

void expect_error(const std::vector<std::string>& words, std::initializer_list<std::string_view> said,
                  std::string_view input = {}) {
  const auto done = score(words, input);
  EXPECT_EQ(done.code, 2) << done.err;
  EXPECT_EQ(done.out, "");
  for (const std::string_view one : said)
    EXPECT_TRUE(done.says(one)) << '"' << one << "\" is not in: " << done.err;
}

struct text_files : folder {
  std::string ref = write("ref.txt", "one two\nthree four\nfive six\n");
  std::string hyp = write("hyp.txt", "one two\nthree for\nfive sax\n");
};

TEST(cli_errors, unknown_names_get_the_nearest_known_one) {
  const text_files f;
  expect_error({f.ref, f.hyp, "-m", "belu"}, {"belu", "bleu"});
  expect_error({f.ref, f.hyp, "-m", "BLEU"}, {"BLEU", "bleu"});
  expect_error({f.ref, f.hyp, "-m", "rouge10"}, {"rouge1"});
  expect_error({f.ref, f.hyp, "-m", "rouge-l"}, {"rougeL"});
  expect_error({f.ref, f.hyp, "-m", "zzzz"}, {"bleu, chrf, chrf++, ter"});
  expect_error({f.ref, f.hyp, "-m", "bleu:tokenise=zh"}, {"bleu", "tokenise", "tokenize"});
  expect_error({f.ref, f.hyp, "-m", "chrf:char_oder=4"}, {"char_order"});
  expect_error({f.ref, f.hyp, "-m", "wer:stem"}, {"wer", "stem"});
  expect_error({f.ref, f.hyp, "-m", "bleu:tokenize=ja"}, {"tokenize", "13a", "intl", "zh"});
  expect_error({f.ref, f.hyp, "--fromat", "json"}, {"--fromat", "--format"});
  expect_error({f.ref, f.hyp, "--f", "json"}, {"--f", "mean -f?"});
  expect_error({f.ref, f.hyp, "--format", "jso"}, {"json"});
  expect_error({f.ref, f.hyp, "--input", "jsonlines"}, {"jsonl"});
  expect_error({f.ref, f.hyp, "--missing", "worse"}, {"worst"});
  const auto command = cli_test::run(EVALPP_CLI, {"scor", f.ref, f.hyp});
  EXPECT_EQ(command.code, 2);
  EXPECT_TRUE(command.says("score")) << command.err;
  EXPECT_EQ(command.out, "");
}

TEST(cli_errors, metric_lists_that_mean_nothing) {
  const text_files f;
  expect_error({f.ref, f.hyp, "-m", ""}, {"-m"});
  expect_error({f.ref, f.hyp, "-m", "bleu,"}, {"bleu,"});
  expect_error({f.ref, f.hyp, "-m", "bleu:"}, {"bleu:"});
  expect_error({f.ref, f.hyp, "-m", "bleu:lowercase:lowercase"}, {"twice"});
  expect_error({f.ref, f.hyp, "-m", "bleu:max_order=9"}, {"max_order", "1 to 8"});
  expect_error({f.ref, f.hyp, "-m", "bleu:max_order=two"}, {"max_order"});
  expect_error({f.ref, f.hyp, "-m", "bleu:lowercase=perhaps"}, {"lowercase"});
  expect_error({f.ref, f.hyp, "-m", "bleu:tokenize=z\\:h"}, {"z:h"});
  expect_error({f.ref, f.hyp, "-m", "bleu:tokenize=z\\,h"}, {"z,h"});
  expect_error({f.ref, f.hyp, "-m"}, {"-m"});
  expect_error({f.ref, f.hyp, "--threads", "many"}, {"--threads"});
  expect_error({f.ref, f.hyp, "--quiet=yes"}, {"--quiet"});
  expect_error({}, {"--help"});
}

TEST(cli_errors, an_empty_value_is_no_value) {
  const text_files f;
  const std::string run = f.write("run.jsonl", "{\"prediction\":\"a\",\"references\":[\"a\"]}\n");
  for (const char* const option : {"--format", "--per-example", "--slice", "--input", "--missing",
                                   "--prediction", "--id", "--threads"}) {
    expect_error({run, option, ""}, {option, "needs a value"});
    expect_error({run, std::string(option) + '='}, {option, "needs a value"});
  }
  expect_error({f.ref, f.hyp, "--refs", ""}, {"--refs needs a value"});
  expect_error({f.ref, ""}, {"\"\": cannot open"});
}

TEST(cli_errors, text_files_that_do_not_fit) {
  const text_files f;
  expect_error({f.ref, f.write("short.txt", "one two\nfive six\n")},
               {"ref.txt:2:", "ref.txt has 3 lines", "short.txt has 2", "shifted"});
  expect_error({f.ref, f.write("long.txt", "one two\nthree\nfour\nfive six\n")},
               {"long.txt:3:", "has 4", "line 2 probably contained a line break"});
  expect_error({f.ref, f.write("empty.txt", "")}, {"empty.txt:1:", "has 0"});
  expect_error({f.path("empty.txt"), f.path("empty.txt")}, {"empty.txt"});
  expect_error({f.ref, f.hyp, "--refs", f.path("short.txt")}, {"short.txt has 2"});
  expect_error({f.ref, f.hyp, "--refs", f.ref}, {"ref.txt", "twice"});
  expect_error({f.ref, f.ref}, {"ref.txt:1:", "identical", "references come first"});
  expect_error({f.ref, f.write("copy.txt", f.read("ref.txt"))}, {"copy.txt:1:", "identical"});
  const auto meant = cli_test::scores({f.ref, f.path("copy.txt"), "--allow-identical", "-m", "em"});
  EXPECT_EQ(cli_test::number(meant.root()[0]["value"]), 100);
  // One file per example in place of one per reference: 2 files of 3 lines for 2 hypotheses.
  expect_error({f.ref, "--refs", f.write("ref2.txt", "a\nb\nc\n"), f.write("two.txt", "x\ny\n")},
               {"transposed", "one file per reference"});
  expect_error({f.ref}, {"ref.txt", "twos"});
  expect_error({f.ref, f.hyp, "--slice", "domain"}, {"domain", "JSONL"});
  // Meant as --refs: ignoring it would be a wrong score.
  expect_error({f.ref, f.hyp, "--references", f.path("two.txt")}, {"--references", "two.txt", "--refs"});
}

TEST(cli_errors, files_that_cannot_be_read) {
  const text_files f;
  expect_error({f.ref, f.path("nowhere.txt")}, {"nowhere.txt", "No such file"});
  expect_error({f.path("nowhere.jsonl")}, {"nowhere.jsonl"});
  expect_error({"/", "/"}, {"directory"});
  expect_error({f.ref, f.write("latin.txt", "one\nth\xFCr\nfive\n")}, {"latin.txt:2:3:", "0xFC", "iconv"});
  expect_error({f.write("bad.jsonl", "{\"prediction\":\"\xC0\xAF\",\"references\":[\"a\"]}\n")},
               {"bad.jsonl:1:16:", "UTF-8"});
  expect_error({f.ref, f.write("utf16.txt", "\xFF\xFEo\x00")}, {"UTF-16", "iconv"});
  expect_error({f.ref, f.write("hyp.txt.gz", "\x1F\x8B\x08")}, {"gzip", "zcat"});
  expect_error({"-", "-"}, {"standard input"}, "a\n");
}

TEST(cli_errors, kinds_do_not_mix) {
  const text_files f;
  const std::string rows = f.write("run.jsonl", "{\"prediction\":\"a\",\"references\":[\"a\"]}\n");
  expect_error({f.ref, rows}, {"ref.txt is text", "run.jsonl is JSONL", "--input"});
  expect_error({rows, "-"}, {"mix"}, "a\n");
  expect_error({rows, "--refs", f.ref}, {"--refs", "run.jsonl"});
}

TEST(cli_errors, rows_that_lack_something) {
  const folder f;
  expect_error({f.write("a.jsonl", "{\"id\":1,\"references\":[\"x\"]}\n")},
               {"a.jsonl:1:", "prediction", "--prediction"});
  expect_error({f.write("b.jsonl", "{\"id\":1,\"prediction\":\"x\"}\n")},
               {"b.jsonl:1:", "references", "--references"});
  expect_error({f.write("c.jsonl", "{\"prediction\":\"x\",\"output\":\"y\",\"references\":[\"x\"]}\n")},
               {"c.jsonl:1:", "\"prediction\" and \"output\"", "--prediction"});
  expect_error({f.path("c.jsonl"), "--prediction", "foo"},
               {"c.jsonl", "\"foo\"", "prediction, output, references"});
  expect_error({f.path("c.jsonl"), "--prediction", "output", "--slice", "bar"}, {"\"bar\"", "--slice"});
  expect_error({f.write("d.jsonl",
                        "{\"id\":1,\"prediction\":\"x\",\"references\":[\"x\"]}\n"
                        "{\"prediction\":\"x\",\"references\":[\"x\"]}\n")},
               {"d.jsonl:2:", "id"});
  expect_error({f.write("e.jsonl", "{\"prediction\":[\"x\",\"y\"],\"references\":[\"x\"]}\n")},
               {"e.jsonl:1:2:", "list of 2"});
  expect_error({f.write("f.jsonl", "{\"prediction\":\"x\",\"references\":[[\"x\"]]}\n")},
               {"f.jsonl:1:19:", "list of lists"});
  expect_error({f.write("g.jsonl",
                        "{\"prediction\":\"x\",\"references\":[\"x\"]}\n"
                        "{\"prediction\":\"x\"}\n")},
               {"g.jsonl:2:1:", "\"references\" is missing", "[]"});
  expect_error({f.write("h.jsonl", "{\"prediction\":[null],\"references\":[\"x\"]}\n")},
               {"h.jsonl:1:2:", "null", "--missing skip"});
  expect_error(
      {f.write("i.jsonl", "{\"prediction\":[\"x\",null],\"label\":[\"x\"]}\n"), "-m", "classification"},
      {"i.jsonl:1:2:", "null among its labels"});
  expect_error({f.path("g.jsonl"), "--prediction", "references"},
               {"g.jsonl:1:", "same field", "--references"});
}

TEST(cli_errors, squad_datasets_that_are_broken) {
  const folder f;
  const std::string answers = f.write("answers.json", "{\"q\":\"a\"}");
  const auto dataset = [&](const std::string& name, const std::string& articles) {
    return f.write(name, "{\"data\":[" + articles + "]}");
  };
  const std::string question = "{\"id\":\"q\",\"answers\":[{\"text\":\"a\"}]}";
  const std::string good = "{\"paragraphs\":[{\"qas\":[" + question + "]}]}";
  expect_error({answers, dataset("good.json", good)}, {"answers.json:1:1:", "before its predictions"});
  expect_error({dataset("twice.json", good + ',' + good), answers},
               {"twice.json: ", "\"q\" appears twice", "an id of its own"});
  // A part that is left out in silence would be a smaller test.
  expect_error({dataset("article.json", good + ",{\"title\":\"t\"}"), answers},
               {"article.json: /data/1 has no list of paragraphs"});
  expect_error({dataset("paragraph.json", "{\"paragraphs\":[{\"context\":\"c\"}]}"), answers},
               {"paragraph.json: /data/0/paragraphs/0 has no list of questions"});
  expect_error({f.path("good.json"), answers, "--id", "x"}, {"SQuAD", "--id"});
}

TEST(cli_errors, a_message_cannot_talk_to_the_terminal) {
  const folder f;
  const auto done = score({f.write("a.jsonl", "{\"\\u001b[31mx\\nevalpp: all is well\":1}\n")});
  EXPECT_EQ(done.code, 2);
  EXPECT_TRUE(done.says("\\x1b[31mx\\x0aevalpp: all is well")) << done.err;
  EXPECT_EQ(done.err.find('\x1b'), std::string::npos);
  // Keys that are data do not flood it either.
  std::string row = "{\"k\":0";
  for (int i = 0; i < 5000; ++i) row += ",\"k" + std::to_string(i) + "\":0";
  EXPECT_LT(score({f.write("b.jsonl", row + "}\n")}).err.size(), 1000u);
}

TEST(cli_errors, files_that_do_not_parse) {
  const folder f;
  expect_error(
      {f.write("a.jsonl", "{\"prediction\":\"x\",\"references\":[\"x\"]}\n\n{\"prediction\":\"x\" 1}\n")},
      {"a.jsonl:3:19:", "','", "every line"});
  expect_error({f.write("twice.jsonl", "{\"prediction\":\"x\",\"prediction\":\"y\"}\n")},
               {"twice.jsonl:1:19:", "keep one"});
  expect_error({f.write("b.jsonl", "[1]\n")}, {"b.jsonl:1:1:", "object"});
  expect_error({f.write("c.jsonl", "")}, {"c.jsonl:1:"});
  expect_error({f.write("d.json", "{\"a\":1}")}, {"d.json:1:1:", "array of rows"});
  expect_error({f.write("e.json", "[{\"prediction\":\"x\",\n\"references\":\n")}, {"e.json:3:"});
  expect_error({f.write("f.csv", "id,prediction,reference\n1,a,b\n2,a,b,c\n")},
               {"f.csv:3:", "4 cells", "quote"});
  expect_error({f.write("g.csv", "prediction,reference\n\"a,b\n")}, {"g.csv:2:1:", "does not end"});
  expect_error({f.write("h.tsv", "prediction\treference\nx\n")}, {"h.tsv:2:", "1 cell", "tab"});
  expect_error({f.write("i.tsv", "")}, {"i.tsv:1:", "empty"});
  expect_error({f.write("j.csv", "x,y\n1,2\n")}, {"j.csv:1:", "prediction"});
  expect_error({f.write("k.csv", "prediction,reference\n")}, {"k.csv", "nothing to score"});
}

TEST(cli_errors, the_file_of_examples_is_checked_before_the_work) {
  const text_files f;
  expect_error({f.ref, f.hyp, "--per-example", f.path("no/such/folder.jsonl")}, {"folder.jsonl"});
  expect_error({f.ref, f.hyp, "--per-example", "/"}, {"directory"});
  expect_error({f.ref, f.hyp, "--per-example", "-"}, {"--per-example", "standard output"});
  expect_error({f.ref, f.hyp, "--per-example", f.hyp}, {"hyp.txt", "overwrite"});
  EXPECT_EQ(f.read("hyp.txt"), "one two\nthree for\nfive sax\n");
  // What stands there survives a call that fails, and no empty file is left.
  const std::string old = f.write("old.jsonl", "old\n");
  expect_error({f.ref, f.path("nowhere.txt"), "--per-example", old}, {"nowhere.txt"});
  EXPECT_EQ(f.read("old.jsonl"), "old\n");
  expect_error({f.ref, f.path("nowhere.txt"), "--per-example", f.path("new.jsonl")}, {"nowhere.txt"});
  EXPECT_FALSE(std::filesystem::exists(f.path("new.jsonl")));
}

}  // namespace cli_errors_test
