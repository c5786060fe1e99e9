// SPDX-License-Identifier: MIT
// Every kind of file, how rows are read and joined, and what counts. Expected values are worked out by
// hand: exact match and word error rate of one-word answers.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace cli_input_test {

using cli_test::folder;
using cli_test::number;
using cli_test::score;
using cli_test::scores;
using cli_test::text;

// Two of three right.
constexpr std::string_view references = "red\ngreen\nblue\n";
constexpr std::string_view hypotheses = "red\ngreen\nblack\n";
constexpr double two_of_three = 100.0 * 2 / 3;

void expect_two_of_three(std::vector<std::string> words, std::string_view input = {}) {
  words.insert(words.end(), {"-m", "em"});
  const std::string call = words.front();
  const auto printed = scores(std::move(words), input);
  EXPECT_NEAR(number(printed.root()[0]["value"]), two_of_three, 1e-9) << call;
  EXPECT_EQ(printed.root()[0]["n"].as_int64(), 3) << call;
}

TEST(cli_input, lines_end_at_line_feeds_only) {
  const folder files;
  const std::string ref = files.write("ref.txt", references);
  expect_two_of_three({ref, files.write("plain.txt", hypotheses)});
  expect_two_of_three({ref, files.write("no_final.txt", "red\ngreen\nblack")});
  // A line separator, a form feed and a lone carriage return do not end a line.
  const std::string odd = files.write("odd.txt",
                                      "red\xE2\x80\xA8red\ngr\x0C"
                                      "een\rgreen\nblue\n");
  const auto printed = scores({ref, odd, "-m", "em"});
  EXPECT_EQ(printed.root()[0]["n"].as_int64(), 3);
  EXPECT_NEAR(number(printed.root()[0]["value"]), 100.0 / 3, 1e-9);
}

TEST(cli_input, one_carriage_return_before_a_line_feed_is_dropped_counted_and_noted) {
  const folder files;
  const std::string ref = files.write("ref.txt", references);
  const std::string dos = files.write("dos.txt", "red\r\ngreen\r\nblack\n");
  const auto done = score({ref, dos, "-m", "em:raw", "--format", "json"});
  EXPECT_TRUE(done.says("dos.txt: dropped the carriage return at the end of 2 lines")) << done.err;
  const auto printed = cli_test::parsed(done.out);
  EXPECT_NEAR(number(printed.root()[0]["value"]), two_of_three, 1e-9);
  // Two of them: one stays, and the answer is another to the byte.
  const auto twice = scores({ref, files.write("twice.txt", "red\r\r\ngreen\nblack\n"), "-m", "em:raw"});
  EXPECT_NEAR(number(twice.root()[0]["value"]), 100.0 / 3, 1e-9);
}

TEST(cli_input, empty_lines_are_empty_answers_that_count) {
  const folder files;
  const std::string ref = files.write("ref.txt", references), hyp = files.write("hyp.txt", "red\n\nblue\n");
  const auto done = score({ref, hyp, "-m", "em", "--format", "json"});
  EXPECT_TRUE(done.says("empty predictions: 1 of 3")) << done.err;
  const auto printed = cli_test::parsed(done.out);
  EXPECT_EQ(printed.root()[0]["n"].as_int64(), 3);
  EXPECT_EQ(printed.root()[0]["n_empty"].as_int64(), 1);
  EXPECT_NEAR(number(printed.root()[0]["value"]), two_of_three, 1e-9);
}

TEST(cli_input, standard_input_is_text_and_either_side) {
  const folder files;
  expect_two_of_three({files.write("ref.txt", references), "-"}, hypotheses);
  expect_two_of_three({"-", files.write("hyp.txt", hypotheses)}, references);
  const auto printed = scores({files.path("ref.txt"), "-", "-m", "em"}, hypotheses);
  EXPECT_EQ(text(printed.root()[0]["system"]), "stdin");
}

TEST(cli_input, refs_adds_references) {
  const folder files;
  const std::string ref = files.write("ref.txt", references), hyp = files.write("hyp.txt", hypotheses);
  const std::string second = files.write("second.txt", "x\nx\nblack\n"),
                    third = files.write("third.txt", "y\ny\n\n");
  const auto printed = scores({ref, hyp, "--refs", second, "--refs=" + third, "-m", "em,bleu"});
  EXPECT_EQ(number(printed.root()[0]["value"]), 100);
  EXPECT_TRUE(text(printed.root()[1]["signature"]).starts_with("nrefs:3|"));
}

constexpr std::string_view rows =
    "{\"id\":\"a\",\"prediction\":\"red\",\"references\":[\"red\"]}\n"
    "{\"id\":\"b\",\"prediction\":\"green\",\"references\":[null,\"x\",\"green\"]}\n"
    "{\"id\":\"c\",\"prediction\":\"black\",\"references\":\"blue\"}\n";

TEST(cli_input, rows_in_every_kind_of_file) {
  const folder files;
  const std::string array =
      "[{\"id\":1,\"hyp\":\"red\",\"ref\":\"red\"},{\"id\":2,\"hyp\":\"green\",\"ref\":\"green\"},"
      "{\"id\":3,\"hyp\":\"black\",\"ref\":\"blue\"}]";
  const std::string tsv = "id\tprediction\treference\na\tred\tred\nb\tgreen\tgreen\nc\t\"black\tblue\n";
  const std::string csv =
      "reference,id,output\r\nred,1,red\r\n\"green\",2,\"green\"\r\n\"bl\"\"ue, \",3,black";
  expect_two_of_three({files.write("run.jsonl", rows)});
  expect_two_of_three({files.write("run.ndjson", rows)});
  expect_two_of_three({files.write("run.json", array)});
  expect_two_of_three({files.write("run.tsv", tsv)});
  expect_two_of_three({files.write("run.csv", csv)});
  expect_two_of_three({files.write("rows.log", rows), "--input", "jsonl"});
  expect_two_of_three({files.write("array.log", array), "--input", "json"});
  expect_two_of_three({files.write("tsv.log", tsv), "--input=tsv"});
  expect_two_of_three({files.write("csv.log", csv), "--input", "csv"});
  expect_two_of_three({"-", "--input", "jsonl"}, rows);
  expect_two_of_three(
      {files.write("ref.tsv", references), files.write("hyp.json", hypotheses), "--input", "text"});
}

TEST(cli_input, squad_files) {
  const folder files;
  const std::string dataset = files.write(
      "dev.json",
      "{\"version\":\"v2.0\",\"data\":[{\"title\":\"t\",\"paragraphs\":[{\"context\":\"c\",\"qas\":["
      "{\"id\":\"q1\",\"question\":\"?\",\"answers\":[{\"text\":\"The "
      "red\",\"answer_start\":0}],\"is_impossible\":false},"
      "{\"id\":\"q2\",\"question\":\"?\",\"answers\":[{\"text\":\"green\",\"answer_start\":0},{\"text\":"
      "\"lime\","
      "\"answer_start\":0}],\"is_impossible\":false},"
      "{\"id\":\"q3\",\"question\":\"?\",\"answers\":[],\"is_impossible\":true}]}]}]}");
  const std::string answers =
      files.write("answers.json", "{\"q1\":\"red!\",\"q2\":\"Lime\",\"q3\":\"blue\"}");
  for (const auto& words :
       {std::vector<std::string>{dataset, answers}, {dataset, answers, "--input", "squad"}}) {
    const auto printed = scores(words);
    EXPECT_EQ(text(printed.root()[0]["metric"]), "squad_v2");  // chosen by the dataset
    EXPECT_EQ(text(printed.root()[0]["system"]), "answers");
    EXPECT_NEAR(number(printed.root()[0]["parts"]["exact_match"]), two_of_three, 1e-9);
    EXPECT_EQ(number(printed.root()[0]["parts"]["no_ans_exact_match"]), 0);
  }
  const std::string partial = files.write("partial.json", "{\"q1\":\"red\",\"q3\":\"\"}");
  EXPECT_EQ(score({dataset, partial}).code, 2);
  const auto worst = scores({dataset, partial, "--missing", "worst"});
  EXPECT_NEAR(number(worst.root()[0]["value"]), two_of_three, 1e-9);
}

TEST(cli_input, null_is_a_missing_reference_and_empty_is_one) {
  const auto printed = scores({"-", "--input", "jsonl", "-m", "em,wer,bleu"},
                              "{\"prediction\":\"\",\"references\":[\"\"]}\n"
                              "{\"prediction\":\"red\",\"references\":[null,\"red\"]}\n"
                              "{\"prediction\":\"red\",\"references\":[null]}\n"
                              "{\"prediction\":\"red\",\"references\":[]}\n"
                              "{\"prediction\":\"red\",\"references\":null}\n");
  EXPECT_EQ(printed.root()[0]["n"].as_int64(), 2);
  EXPECT_EQ(printed.root()[0]["n_missing"].as_int64(), 3);
  EXPECT_EQ(printed.root()[0]["n_empty"].as_int64(), 1);
  EXPECT_EQ(number(printed.root()[0]["value"]), 100);
  EXPECT_EQ(number(printed.root()[1]["value"]), 0);
  EXPECT_TRUE(text(printed.root()[2]["signature"]).starts_with("nrefs:1|"));
}

constexpr std::string_view with_gaps =
    "{\"id\":1,\"prediction\":\"red\",\"references\":[\"red\"]}\n"
    "{\"id\":2,\"prediction\":null,\"references\":[\"red\"]}\n"
    "{\"id\":3,\"references\":[\"the\"]}\n"
    "{\"id\":4,\"prediction\":\"\",\"references\":[\"red\"]}\n";

TEST(cli_input, missing_predictions_are_refused_left_out_or_wrong) {
  const folder files;
  const std::string run = files.write("run.jsonl", with_gaps);
  const auto refused = score({run, "-m", "em", "--format", "json"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_EQ(refused.out, "");
  EXPECT_TRUE(refused.says("run.jsonl:2:9:")) << refused.err;
  EXPECT_TRUE(refused.says("--missing skip")) << refused.err;

  const auto skipped =
      scores({run, "-m", "em,wer", "--missing", "skip", "--per-example", files.path("each.jsonl")});
  EXPECT_EQ(number(skipped.root()[0]["value"]), 50);
  EXPECT_EQ(skipped.root()[0]["n"].as_int64(), 2);
  EXPECT_EQ(skipped.root()[0]["n_missing"].as_int64(), 2);
  EXPECT_EQ(skipped.root()[0]["n_empty"].as_int64(), 1);
  const auto each = cli_test::parsed_lines(files.read("each.jsonl"));
  ASSERT_EQ(each.size(), 4u);
  EXPECT_TRUE(each[1].root()["scores"]["em"].is_null());
  EXPECT_EQ(number(each[3].root()["scores"]["em"]), 0);

  // "the" is nothing after normalization, which an empty answer would match: a missing one must not.
  const auto worst = scores({run, "-m", "em,wer", "--missing", "worst"});
  EXPECT_EQ(number(worst.root()[0]["value"]), 25);
  EXPECT_EQ(worst.root()[0]["n"].as_int64(), 4);
  EXPECT_EQ(worst.root()[0]["n_missing"].as_int64(), 2);
  EXPECT_EQ(worst.root()[0]["n_empty"].as_int64(), 1);
  EXPECT_NEAR(number(worst.root()[1]["value"]), 0.75, 1e-12);
}

TEST(cli_input, a_missing_answer_is_wrong_even_where_silence_is_right) {
  const auto printed = scores({"-", "--input", "jsonl", "-m", "squad_v2,em:v2", "--missing", "worst"},
                              "{\"id\":1,\"prediction\":null,\"references\":[]}\n"
                              "{\"id\":2,\"prediction\":\"\",\"references\":[]}\n");
  EXPECT_EQ(number(printed.root()[0]["value"]), 50);
  EXPECT_EQ(number(printed.root()[1]["value"]), 50);
}

TEST(cli_input, raw_answers_are_compared_as_they_stand) {
  const auto printed = scores({"-", "--input", "jsonl", "-m", "em,em:raw,em:v2,em:raw:v2,f1:raw,f1:raw:v2"},
                              "{\"prediction\":\"The red\",\"references\":[\"red\"]}\n"
                              "{\"prediction\":\"red\",\"references\":[\"red\"]}\n"
                              "{\"prediction\":\"\",\"references\":[]}\n");
  const double expected[] = {100, 50, 100, two_of_three, 100 * (2.0 / 3 + 1) / 2, 100 * (2.0 / 3 + 2) / 3};
  for (std::size_t m = 0; m < 6; ++m)
    EXPECT_NEAR(number(printed.root()[m]["value"]), expected[m], 1e-9) << text(printed.root()[m]["spec"]);
}

TEST(cli_input, nothing_scored_is_null_with_a_status) {
  const auto printed = scores({"-", "--input", "jsonl", "-m", "em", "--missing", "skip"},
                              "{\"id\":1,\"prediction\":null,\"references\":[\"a\"]}\n");
  EXPECT_TRUE(printed.root()[0]["value"].is_null());
  EXPECT_FALSE(text(printed.root()[0]["status"]).empty());
  EXPECT_EQ(printed.root()[0]["n"].as_int64(), 0);
}

TEST(cli_input, ids_are_strings_or_integers_and_42_is_42) {
  const folder files;
  const auto row = [](const std::string& id) {
    return "{\"id\":" + id + ",\"prediction\":\"a\",\"references\":[\"a\"]}\n";
  };
  scores({files.write("ok.jsonl", row("42") + row("\"43\"") + row("123456789012345678901234567890")), "-m",
          "em", "--per-example", files.path("each.jsonl")});
  const auto each = cli_test::parsed_lines(files.read("each.jsonl"));
  ASSERT_EQ(each.size(), 3u);
  EXPECT_EQ(text(each[0].root()["id"]), "42");
  EXPECT_EQ(text(each[1].root()["id"]), "43");
  EXPECT_EQ(text(each[2].root()["id"]), "123456789012345678901234567890");

  const auto twice = score({files.write("twice.jsonl", row("1") + row("42") + row("\"42\""))});
  EXPECT_EQ(twice.code, 2);
  EXPECT_TRUE(twice.says("twice.jsonl:3:") && twice.says("\"42\"") && twice.says("line 2")) << twice.err;
  EXPECT_EQ(score({files.write("real.jsonl", row("1.5"))}).code, 2);
  EXPECT_EQ(score({files.write("bool.jsonl", row("true"))}).code, 2);
}

TEST(cli_input, without_ids_the_row_number_is_the_id_and_the_output_says_so) {
  const folder files;
  const std::string run = files.write(
      "run.jsonl",
      "{\"prediction\":\"a\",\"references\":[\"a\"]}\n{\"prediction\":\"b\",\"references\":[\"a\"]}\n");
  const auto done = score({run, "-m", "em", "--per-example", files.path("each.jsonl")});
  EXPECT_NE(done.out.find("joined by position"), std::string::npos) << done.out;
  EXPECT_TRUE(done.says("joined by position"));
  const auto each = cli_test::parsed_lines(files.read("each.jsonl"));
  EXPECT_EQ(text(each[0].root()["id"]), "0");
  EXPECT_EQ(text(each[1].root()["id"]), "1");
  EXPECT_NE(score({run, "-q", "-m", "em", "--format", "json"}).out.find("joined by position"),
            std::string::npos);
}

TEST(cli_input, systems_are_named_after_their_files_and_equal_names_get_numbers) {
  const folder files, others;
  const std::string a = files.write("run.v1.jsonl", rows), b = others.write("run.v1.jsonl", rows);
  const auto printed = scores({a, b, files.write("x.jsonl", rows), b, "-m", "em"});
  ASSERT_EQ(printed.root().size(), 4u);
  EXPECT_EQ(text(printed.root()[0]["system"]), "run.v1");
  EXPECT_EQ(text(printed.root()[1]["system"]), "run.v1#2");
  EXPECT_EQ(text(printed.root()[2]["system"]), "x");
  EXPECT_EQ(text(printed.root()[3]["system"]), "run.v1#3");
}

TEST(cli_input, fields_are_detected_announced_and_overridden) {
  const folder files;
  const std::string run =
      files.write("run.jsonl", "{\"doc_id\":7,\"response\":\"a\",\"target\":\"a\",\"other\":\"b\"}\n");
  const auto detected = score({run, "-m", "em", "--format", "json"});
  EXPECT_TRUE(detected.says("prediction=response, references=target, id=doc_id (auto)")) << detected.err;
  const auto printed = cli_test::parsed(detected.out);
  EXPECT_EQ(number(printed.root()[0]["value"]), 100);
  const auto chosen = scores({run, "-m", "em", "--prediction", "other"});
  EXPECT_EQ(number(chosen.root()[0]["value"]), 0);
  EXPECT_EQ(score({run, "-m", "em", "-q"}).err, "");
  const auto nested =
      scores({"-", "--input", "jsonl", "-m", "em", "--prediction", "sample.text", "--references", "doc.gold"},
             "{\"sample\":{\"text\":\"a\"},\"doc\":{\"gold\":[\"a\"]}}\n");
  EXPECT_EQ(number(nested.root()[0]["value"]), 100);
}

TEST(cli_input, labels_of_any_type) {
  const auto printed = scores({"-", "--input", "jsonl", "-m", "classification"},
                              "{\"text\":\"x\",\"answer\":\"y\",\"label\":1,\"prediction\":\"1\"}\n"
                              "{\"label\":0,\"prediction\":0.0}\n{\"label\":2,\"prediction\":0}\n");
  EXPECT_NEAR(number(printed.root()[0]["value"]), 2.0 / 3, 1e-12);
  EXPECT_EQ(printed.root()[0]["parts"]["labels"][2].as_int64(), 2);
  EXPECT_EQ(printed.root()[0]["parts"]["confusion"][2][0].as_int64(), 1);
  const auto words = scores({"-", "--input", "jsonl", "-m", "classification"},
                            "{\"y_true\":true,\"y_pred\":true}\n{\"y_true\":false,\"y_pred\":true}\n");
  EXPECT_EQ(text(words.root()[0]["parts"]["labels"][0]), "false");
  EXPECT_EQ(number(words.root()[0]["parts"]["per_class"]["true"]["precision"]), 0.5);
}

// Label a: 1 true and missed, b: found, c: found where it is not. An empty set can be right.
TEST(cli_input, lists_of_labels_are_sets) {
  const folder files;
  const std::string run = files.write("run.jsonl",
                                      "{\"label\":[\"a\",\"b\"],\"prediction\":[\"b\"]}\n"
                                      "{\"label\":[],\"prediction\":[]}\n"
                                      "{\"label\":[\"b\"],\"prediction\":[\"c\",\"b\"]}\n"
                                      "{\"label\":null,\"prediction\":[\"c\"]}\n");
  const auto printed = scores({run, "-m", "classification"});
  const auto one = printed.root()[0];
  EXPECT_EQ(text(one["metric"]), "classification");
  EXPECT_NEAR(number(one["value"]), 1.0 / 3, 1e-12);
  EXPECT_EQ(one["n"].as_int64(), 3);
  EXPECT_EQ(one["n_missing"].as_int64(), 1);
  EXPECT_NEAR(number(one["parts"]["precision_micro"]), 2.0 / 3, 1e-12);
  EXPECT_NEAR(number(one["parts"]["recall_micro"]), 2.0 / 3, 1e-12);
  EXPECT_EQ(one["parts"]["per_class"]["b"]["support"].as_int64(), 2);
  for (const char* const undefined : {"balanced_accuracy", "mcc", "confusion"}) {
    EXPECT_TRUE(one["parts"].contains(undefined)) << undefined;
    EXPECT_TRUE(one["parts"][undefined].is_null()) << undefined;
  }
  // Further references of text are no sets: the first is the label.
  const auto text_files = scores({files.write("gold.txt", "a\nb\n"), files.write("pred.txt", "a\nc\n"),
                                  "--refs", files.write("more.txt", "x\nc\n"), "-m", "classification"});
  EXPECT_EQ(number(text_files.root()[0]["value"]), 0.5);
  // Beside a metric of text they are an error.
  const auto mixed = score({run, "-m", "classification,em"});
  EXPECT_EQ(mixed.code, 2);
  EXPECT_TRUE(mixed.says("run.jsonl:2:13:")) << mixed.err;
}

}  // namespace cli_input_test
