// SPDX-License-Identifier: MIT
// `evalpp schema` as it is called from outside: every kind of input and error, the JSON to the letter.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <filesystem>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli_schema_test {

namespace fs = std::filesystem;
namespace json = evalpp::json;
using cli_test::folder;
using cli_test::outcome;
using cli_test::text;
using words = std::vector<std::string>;

outcome schema(words arguments, std::string_view input = {}) {
  arguments.insert(arguments.begin(), "schema");
  return cli_test::run(EVALPP_CLI, std::move(arguments), input);
}

/// The document that `--format json` printed, whatever the verdict.
json::document judged(words arguments, int code, std::string_view input = {}) {
  arguments.insert(arguments.end(), {"--format", "json"});
  const outcome done = schema(std::move(arguments), input);
  EXPECT_EQ(done.code, code) << done.err;
  return cli_test::parsed(done.out);
}

std::string keys(json::value object) {
  std::string list;
  for (const json::member m : object.members()) list += (list.empty() ? "" : " ") + std::string(m.key);
  return list;
}

void expect_error(const words& arguments, std::initializer_list<std::string_view> said) {
  const outcome done = schema(arguments);
  EXPECT_EQ(done.code, 2) << done.err;
  EXPECT_EQ(done.out, "");
  for (const std::string_view one : said)
    EXPECT_TRUE(done.says(one)) << '"' << one << "\" is not in: " << done.err;
}

struct files : folder {
  std::string person = write("person.json", R"({"type": "object", "required": ["age"],
    "properties": {"age": {"type": "integer"}, "name": {"type": "string"}, "no": false},
    "additionalProperties": false})");
};

// ---- Documents ------------------------------------------------------------------------------------

TEST(cli_schema, one_document) {
  const files f;
  const std::string good = f.write("good.json", R"({"age": 1})"),
                    bad = f.write("bad.json", R"({"age": "x"})");
  const json::document valid = judged({f.person, good}, 0);
  EXPECT_EQ(json::write(valid.root()),
            R"([{"file":")" + good + R"(","index":0,"id":null,"valid":true,"errors":[],"errors_total":0}])");
  const json::document invalid = judged({f.person, bad}, 1);
  const json::value one = invalid.root()[0];
  EXPECT_EQ(keys(one), "file index id valid errors errors_total");
  EXPECT_EQ(one["valid"].as_bool(), false);
  const json::value error = one["errors"][0];
  EXPECT_EQ(keys(error).substr(0, 69),
            "instanceLocation keywordLocation keyword message expected got kind pa");
  EXPECT_EQ(text(error["instanceLocation"]), "/age");
  EXPECT_EQ(text(error["keywordLocation"]), "/properties/age/type");
  EXPECT_EQ(text(error["keyword"]), "type");
  EXPECT_EQ(text(error["expected"]), "integer");
  EXPECT_EQ(text(error["got"]), R"("x")");
  EXPECT_EQ(text(error["kind"]), "type_other");
  EXPECT_EQ(one["errors"].size(), 1U);
}

TEST(cli_schema, where_errors_are_reported) {
  const files f;
  const json::document done =
      judged({f.person, f.write("a.jsonl", "{}\n{\"age\": 1, \"x\": 2}\n{\"age\": 1, \"no\": 3}\n[]\n")}, 1);
  const auto error = [&](std::size_t i) { return done.root()[i]["errors"][0]; };
  EXPECT_EQ(text(error(0)["instanceLocation"]), "");
  EXPECT_EQ(text(error(0)["keywordLocation"]), "/required");
  EXPECT_EQ(text(error(0)["kind"]), "missing_required");
  EXPECT_TRUE(error(0)["got"].is_null());
  EXPECT_EQ(text(error(1)["instanceLocation"]), "/x");
  EXPECT_EQ(text(error(1)["keyword"]), "additionalProperties");
  EXPECT_EQ(text(error(1)["kind"]), "extra_property");
  EXPECT_EQ(text(error(2)["instanceLocation"]), "/no");
  EXPECT_EQ(text(error(2)["keyword"]), "properties");
  EXPECT_EQ(text(error(3)["kind"]), "wrong_root");
  for (std::size_t i = 0; i < 4; ++i)
    EXPECT_EQ(done.root()[i]["index"].as_int64(), static_cast<std::int64_t>(i));
}

TEST(cli_schema, the_branch_that_was_meant_is_in_the_causes) {
  const files f;
  const std::string either = f.write("either.json", R"({"anyOf": [
    {"properties": {"kind": {"const": "circle"}, "r": {"type": "number"}}},
    {"properties": {"kind": {"const": "square"}, "a": {"type": "number"}}}]})");
  const json::document done = judged({either, f.write("d.json", R"({"kind": "circle", "r": "3"})")}, 1);
  const json::value errors = done.root()[0]["errors"];
  ASSERT_EQ(errors.size(), 1U);
  EXPECT_EQ(text(errors[0]["keyword"]), "anyOf");
  EXPECT_EQ(text(errors[0]["keywordLocation"]), "/anyOf");
  EXPECT_EQ(text(errors[0]["instanceLocation"]), "");
  EXPECT_EQ(text(errors[0]["causes"][0]["instanceLocation"]), "/r");
  EXPECT_EQ(text(errors[0]["causes"][0]["kind"]), "type_quoted_number");
}

TEST(cli_schema, no_more_than_32_errors_and_the_count_of_all) {
  const files f;
  const std::string numbers = f.write("numbers.json", R"({"items": {"type": "number"}})");
  std::string many = "[\"\"";
  for (int i = 1; i < 100; ++i) many += ",\"\"";
  const json::document done = judged({numbers, f.write("many.json", many + "]")}, 1);
  EXPECT_EQ(done.root()[0]["errors"].size(), 32U);
  EXPECT_EQ(done.root()[0]["errors_total"].as_int64(), 100);
}

TEST(cli_schema, documents_that_do_not_parse) {
  const files f;
  struct row {
    std::string_view text, kind;
    int offset, line, column;
  };
  const std::vector<row> rows = {
      {"{\"age\": 1,\n}", "expected_key", 11, 2, 1},
      {"{\"age\": 1", "eof", 9, 1, 10},
      {"{\"age\": 1} x", "trailing", 11, 1, 12},
      {"{\"age\": 01}", "bad_number", 9, 1, 10},
      {"{\"age\": 1, \"age\": 2}", "duplicate_key", 11, 1, 12},
      {"{\"age\": 1, \"\\u0061ge\": 2}", "duplicate_key", 11, 1, 12},
      {"\xEF\xBB\xBF{\"age\": 1}", "bom", 0, 1, 1},
      {"\"\xFF\"", "bad_utf8", 1, 1, 2},
      {"", "eof", 0, 1, 1},
  };
  for (const row& r : rows) {
    SCOPED_TRACE(std::string(r.text));
    const json::document done = judged({f.person, f.write("d.json", r.text)}, 1);
    const json::value one = done.root()[0];
    EXPECT_EQ(one["valid"].as_bool(), false);
    ASSERT_EQ(one["errors"].size(), 1U);
    const json::value error = one["errors"][0];
    EXPECT_EQ(keys(error),
              "instanceLocation keywordLocation keyword message expected got kind offset line column");
    EXPECT_EQ(text(error["keyword"]), "parse");
    EXPECT_EQ(text(error["kind"]), r.kind);
    EXPECT_EQ(error["offset"].as_int64(), r.offset);
    EXPECT_EQ(error["line"].as_int64(), r.line);
    EXPECT_EQ(error["column"].as_int64(), r.column);
  }
  const json::document deep =
      judged({f.person, f.write("deep.json", std::string(2000, '[') + std::string(2000, ']'))}, 1);
  EXPECT_EQ(text(deep.root()[0]["errors"][0]["kind"]), "depth");
}

TEST(cli_schema, a_document_a_line) {
  const files f;
  const std::string lines = f.write(
      "lines.jsonl", "\xEF\xBB\xBF{\"age\": 1}\r\n\n{\"age\": 2}\n{\"age\": }\n\xEF\xBB\xBF{\"age\": 3}\n");
  const outcome done = schema({f.person, lines, "--format", "json"});
  EXPECT_EQ(done.code, 1);
  EXPECT_TRUE(done.says("byte order mark")) << done.err;
  EXPECT_TRUE(done.says("carriage return at the end of 1 line")) << done.err;
  EXPECT_TRUE(done.says("1 blank line")) << done.err;
  const json::document all = cli_test::parsed(done.out);
  ASSERT_EQ(all.root().size(), 4U);
  EXPECT_EQ(all.root()[0]["valid"].as_bool(), true);
  EXPECT_EQ(all.root()[1]["valid"].as_bool(), true);
  const json::value error = all.root()[2]["errors"][0];
  EXPECT_EQ(error["line"].as_int64(), 4);  // in the file
  EXPECT_EQ(error["column"].as_int64(), 9);
  EXPECT_EQ(text(all.root()[3]["errors"][0]["kind"]), "bom");
}

TEST(cli_schema, repeated_keys_can_be_resolved) {
  const files f;
  const std::string twice = f.write("twice.json", R"({"age": "x", "age": 1})");
  judged({f.person, twice}, 1);
  judged({f.person, twice, "--duplicates", "first"}, 1);
  judged({f.person, twice, "--duplicates", "last"}, 0);
}

TEST(cli_schema, a_limit_is_neither_valid_nor_invalid) {
  const files f;
  const std::string slow = f.write("slow.json", R"({"pattern": "(.+)\\1\\1\\1$"})");
  const std::string a = f.write("a.json", '"' + std::string(2000, 'a') + "bb\"");
  const json::document done = judged({slow, a}, 1);
  EXPECT_TRUE(done.root()[0]["valid"].is_null());
  EXPECT_EQ(text(done.root()[0]["errors"][0]["kind"]), "limit");
  EXPECT_NE(schema({slow, a}).out.find("undecided"), std::string::npos);
  std::string brackets;
  for (int i = 0; i < 1500; ++i) brackets += "{ x ";
  const json::document hostile = judged({f.person, f.write("brackets.txt", brackets)}, 1);
  EXPECT_TRUE(hostile.root()[0]["valid"].is_null());
  EXPECT_EQ(text(hostile.root()[0]["errors"][0]["kind"]), "limit");
}

// ---- Model output ---------------------------------------------------------------------------------

TEST(cli_schema, model_output_a_line) {
  const files f;
  const std::string outputs = f.write("outputs.txt",
                                      "{\"age\": 1}\n"
                                      "Sure: {\"age\": 2} Done.\n"
                                      "\n"
                                      "no idea\n"
                                      "{\"age\": 1} {\"age\": 2}\n"
                                      "<think>{\"age\": 1}\n"
                                      "see {\"age\": x}\n"
                                      "{\"age\": 1, \"age\": 2}\n"
                                      "{\"age\": \"1\"}");
  const json::document done = judged({f.person, outputs}, 1);
  ASSERT_EQ(done.root().size(), 9U);
  for (const json::value one : done.root().items())
    EXPECT_EQ(keys(one), "file index id valid errors errors_total strict extraction");
  const auto kind = [&](std::size_t i) { return text(done.root()[i]["errors"][0]["kind"]); };
  EXPECT_EQ(done.root()[0]["strict"].as_bool(), true);
  EXPECT_EQ(text(done.root()[0]["extraction"]["kind"]), "exact");
  EXPECT_EQ(done.root()[1]["valid"].as_bool(), true);
  EXPECT_EQ(done.root()[1]["strict"].as_bool(), false);
  EXPECT_EQ(keys(done.root()[1]["extraction"]).substr(0, 20), "kind candidates span");
  EXPECT_EQ(json::write(done.root()[1]["extraction"]["span"]), "[6,16]");
  EXPECT_EQ(text(done.root()[1]["extraction"]["kind"]), "prose");
  EXPECT_EQ(kind(2), "empty");
  EXPECT_EQ(kind(3), "no_candidate");
  EXPECT_EQ(kind(4), "multiple");
  EXPECT_EQ(done.root()[4]["extraction"]["candidates"].as_int64(), 2);
  EXPECT_EQ(kind(5), "reasoning_unclosed");
  EXPECT_EQ(kind(6), "no_candidate");
  EXPECT_EQ(done.root()[6]["errors"][0]["offset"].as_int64(), 12);
  EXPECT_EQ(done.root()[6]["errors"][0]["line"].as_int64(), 7);
  EXPECT_EQ(kind(7), "duplicate_key");
  EXPECT_EQ(kind(8), "type_quoted_number");
  EXPECT_EQ(done.root()[8]["strict"].as_bool(), false);
  const json::document first = judged({f.person, outputs, "--choice", "first"}, 1);
  EXPECT_EQ(first.root()[4]["valid"].as_bool(), true);
}

TEST(cli_schema, a_file_as_one_output) {
  const files f;
  const std::string answer = f.write("answer.md", "\xEF\xBB\xBFHere:\n```json\n{\"age\": 1}\n```\n");
  const json::document done = judged({f.person, answer, "--whole"}, 0);
  ASSERT_EQ(done.root().size(), 1U);
  EXPECT_EQ(text(done.root()[0]["extraction"]["kind"]), "fence");
  EXPECT_EQ(done.root()[0]["extraction"]["bom"].as_bool(), true);
  EXPECT_EQ(done.root()[0]["strict"].as_bool(), false);
  EXPECT_EQ(json::write(done.root()[0]["extraction"]["span"]), "[17,27]");
  const json::document input = judged({f.person, "-"}, 1, "x\n{\"age\": 1}");
  EXPECT_EQ(input.root().size(), 2U);
  judged({f.person, "-", "--input", "json"}, 0, "{\"age\": 1}");
}

TEST(cli_schema, a_repair_is_listed_and_does_not_count) {
  const files f;
  const std::string outputs = f.write("o.txt", "Sure {\"age\": 1,}\n{\"age\": 007}\n{\"age\": 1}\nnothing\n");
  const json::document done = judged({f.person, outputs, "--repair"}, 1);
  const auto repair = [&](std::size_t i) { return done.root()[i]["repair"]; };
  EXPECT_EQ(done.root()[0]["valid"].as_bool(), false);
  EXPECT_EQ(keys(repair(0)).substr(0, 8), "ok flags");
  EXPECT_EQ(repair(0)["ok"].as_bool(), true);
  EXPECT_EQ(json::write(repair(0)["flags"]), R"(["trailing_comma"])");
  EXPECT_EQ(repair(0)["changes"][0]["offset"].as_int64(), 14);
  EXPECT_EQ(repair(1)["ok"].as_bool(), false);
  EXPECT_EQ(text(repair(1)["fault"]), "number_form");
  EXPECT_EQ(json::write(repair(2)), R"({"ok":true,"flags":[]})");
  EXPECT_EQ(repair(3)["ok"].as_bool(), false);
  const json::document plain = judged({f.person, outputs}, 1);
  EXPECT_FALSE(plain.root()[0].contains("repair"));
}

TEST(cli_schema, a_field_of_rows) {
  const files f;
  const std::string rows = f.write("rows.jsonl",
                                   "{\"id\": 7, \"prediction\": \"Sure: {\\\"age\\\": 1}\"}\n"
                                   "{\"id\": \"b\", \"prediction\": {\"age\": 2}}\n"
                                   "{\"id\": \"c\", \"prediction\": null}\n"
                                   "{\"id\": \"d\", \"prediction\": {\"age\": 1, \"age\": 2}}\n"
                                   "{\"prediction\": \"\\n{\\\"age\\\": y}\"}\n");
  const json::document done = judged({f.person, rows, "--field", "prediction"}, 1);
  const json::value all = done.root();
  ASSERT_EQ(all.size(), 5U);
  EXPECT_EQ(text(all[0]["id"]), "7");
  EXPECT_EQ(all[0]["valid"].as_bool(), true);
  EXPECT_TRUE(all[0].contains("extraction"));
  EXPECT_EQ(all[1]["valid"].as_bool(), true);
  EXPECT_FALSE(all[1].contains("extraction"));  // the document itself
  EXPECT_EQ(text(all[2]["errors"][0]["kind"]), "wrong_root");
  EXPECT_EQ(text(all[2]["errors"][0]["got"]), "null");
  EXPECT_EQ(text(all[3]["errors"][0]["kind"]), "duplicate_key");
  EXPECT_TRUE(all[4]["id"].is_null());
  EXPECT_EQ(all[4]["errors"][0]["line"].as_int64(), 2);  // in the string
  const std::string nested = f.write("nested.json", R"([{"a": {"b": {"age": 1}}}, {"a.b": {"age": 2}}])");
  const json::document inner = judged({f.person, nested, "--field", "a.b"}, 0);
  EXPECT_EQ(inner.root().size(), 2U);
}

TEST(cli_schema, fields_against_references) {
  const files f;
  const std::string rows =
      f.write("rows.jsonl",
              "{\"p\": {\"age\": 1, \"name\": \"a\"}, \"gold\": {\"name\": \"a\", \"age\": 1.0}}\n"
              "{\"p\": \"{\\\"age\\\": 2}\", \"gold\": [\"{\\\"age\\\": 3}\", \"{\\\"age\\\": 2}\"]}\n"
              "{\"p\": \"none\", \"gold\": {\"age\": 4}}\n"
              "{\"p\": {\"age\": 5}, \"gold\": \"no JSON\"}\n"
              "{\"p\": {\"age\": 6}, \"gold\": null}\n");
  const words call{f.person, rows, "--field", "p", "--references", "gold"};
  const json::document done = judged(call, 1);
  EXPECT_EQ(json::write(done.root()[0]["fields"]), R"({"matched":2,"predicted":2,"reference":2})");
  EXPECT_EQ(json::write(done.root()[1]["fields"]), R"({"matched":1,"predicted":1,"reference":1})");
  EXPECT_EQ(json::write(done.root()[2]["fields"]), R"({"matched":0,"predicted":0,"reference":1})");
  EXPECT_FALSE(done.root()[3].contains("fields"));
  EXPECT_FALSE(done.root()[4].contains("fields"));
  const outcome table = schema(call);
  for (const std::string_view said :
       {"all fields of a reference, no others          2", "field precision", "100.0 %", "field recall",
        "75.0 %", "reference is no JSON", "age    3   66.7 %"})
    EXPECT_NE(table.out.find(said), std::string::npos) << '"' << said << "\" is not in\n" << table.out;
  words loose = call;
  loose.insert(loose.end(), {"--fields", "abs_tol=1:arrays=multiset"});
  EXPECT_EQ(schema(loose).code, 1);
  expect_error({f.person, rows, "--references", "gold"}, {"--field"});
  expect_error({f.person, rows, "--field", "p", "--fields", "trim"}, {"--references"});
  loose.back() = "arrays=sets";
  expect_error(loose, {"arrays", "multiset"});
}

TEST(cli_schema, rows_without_the_field) {
  const files f;
  const std::string rows =
      f.write("rows.jsonl", "{\"p\": {\"age\": 1}}\n{\"id\": 5, \"q\": 1}\n{\"p\": {\"age\": 2}}\n");
  expect_error({f.person, rows, "--field", "p"}, {"rows.jsonl:2:1", "\"p\"", "id, q", "--missing"});
  const json::document skipped = judged({f.person, rows, "--field", "p", "--missing", "skip"}, 0);
  ASSERT_EQ(skipped.root().size(), 2U);
  EXPECT_EQ(skipped.root()[1]["index"].as_int64(), 2);
  const json::document worst = judged({f.person, rows, "--field", "p", "--missing", "worst"}, 1);
  ASSERT_EQ(worst.root().size(), 3U);
  EXPECT_EQ(worst.root()[1]["errors"].size(), 1U);
  EXPECT_EQ(text(worst.root()[1]["errors"][0]["kind"]), "missing");
  EXPECT_EQ(text(worst.root()[1]["id"]), "5");
}

// ---- Gates, formats, explanations -----------------------------------------------------------------

TEST(cli_schema, a_rate_to_reach) {
  const files f;
  const std::string half = f.write("half.jsonl", "{\"age\": 1}\n{}\n");
  EXPECT_EQ(schema({f.person, half}).code, 1);
  EXPECT_EQ(schema({f.person, half, "--min-rate", "0.5"}).code, 0);
  EXPECT_EQ(schema({f.person, half, "--min-rate", "0.51"}).code, 1);
  EXPECT_EQ(schema({f.person, half, "--min-rate", "0"}).code, 0);
  const std::string all = f.write("all.jsonl", "{\"age\": 1}\n");
  EXPECT_EQ(schema({f.person, all, "--min-rate", "1"}).code, 0);
  for (const char* wrong : {"1.1", "-0.1", "half", "95%"})
    expect_error({f.person, half, "--min-rate", wrong}, {"--min-rate", "0 to 1"});
  expect_error({f.person, half, "--min-rate", ""}, {"--min-rate", "needs a value"});
}

TEST(cli_schema, the_table_and_markdown) {
  const files f;
  const std::string outputs =
      f.write("o.txt", "{\"age\": 1}\n```json {\"age\": 2}```\nSure {\"age\": \"3\"}\n{\"age\": 4,}\n");
  const outcome table = schema({f.person, outputs, "--repair"});
  EXPECT_EQ(table.code, 1);
  for (const std::string_view said :
       {"2 of 4 outputs fit", "JSON found", "valid as it stands", "required fields present", "repaired",
        "failures by keyword", "failures by kind", "type_quoted_number", "prose", "commonest wrong values",
        "o.txt:3", "expected integer, got string \"3\""})
    EXPECT_NE(table.out.find(said), std::string::npos) << '"' << said << "\" is not in\n" << table.out;
  const outcome markdown = schema({f.person, outputs, "-f", "markdown"});
  EXPECT_NE(markdown.out.find("| step | documents | share |"), std::string::npos) << markdown.out;
  const outcome fine = schema({f.person, f.write("g.json", "{\"age\": 1}")});
  EXPECT_EQ(fine.code, 0);
  EXPECT_EQ(fine.out.find("failures"), std::string::npos);
  // A document says where in the file its fault is.
  const outcome placed = schema({f.person, f.write("p.json", "{\n  \"name\": \"x\",\n  \"age\": 1.5\n}")});
  EXPECT_NE(placed.out.find("p.json:3"), std::string::npos) << placed.out;
}

TEST(cli_schema, a_hostile_text_does_not_talk_to_the_terminal) {
  const files f;
  const outcome done = schema({f.person, f.write("o.txt", "{\"age\": \"\x1b[2J\"}\n"), "--explain", "0"});
  EXPECT_EQ(done.out.find('\x1b'), std::string::npos);
}

TEST(cli_schema, threads_change_nothing) {
  const files f;
  static constexpr std::string_view outputs[] = {R"("{\"age\": 1}")",
                                                 R"("Sure: {\"age\": \"1\"}")",
                                                 R"("{\"age\": 1,}")",
                                                 R"({"age": 1, "no": 2})",
                                                 R"("nothing")",
                                                 R"({"name": "x", "age": 3})",
                                                 "null"};
  std::string rows;
  for (std::size_t i = 0; i < 5000; ++i) {
    rows += "{\"id\": " + std::to_string(i);
    if (i % 11 != 0) rows += ", \"p\": " + std::string(outputs[i % std::size(outputs)]);
    rows += ", \"r\": {\"age\": " + std::to_string(i % 3) + "}}\n";
  }
  const std::string run = f.write("run.jsonl", rows);
  const words call{f.person, run, "--field", "p", "--missing", "worst", "--references", "r", "--repair"};
  for (const char* const format : {"json", "table", "markdown"}) {
    const auto of = [&](const char* threads) {
      words with = call;
      with.insert(with.end(), {"--format", format, "--threads", threads});
      const outcome done = schema(with);
      EXPECT_EQ(done.code, 1) << done.err;
      return done.out;
    };
    const std::string one = of("1");
    EXPECT_EQ(of("0"), one);
    EXPECT_EQ(of("7"), one);
    if (format != std::string_view("json")) continue;
    const json::document array = cli_test::parsed(one);
    ASSERT_EQ(array.root().size(), 5000U);
    for (std::size_t i = 0; i < 5000; ++i)
      EXPECT_EQ(array.root()[i]["index"].as_int64(), static_cast<std::int64_t>(i));
  }
  EXPECT_NE(schema({f.person, run, "--field", "p", "--missing", "worst", "--explain", "4999"})
                .out.find("(id 4999)"),
            std::string::npos);
  expect_error({f.person, run, "--field", "p", "--threads", "many"}, {"--threads", "many"});
}

TEST(cli_schema, one_document_in_full) {
  const files f;
  const std::string rows =
      f.write("r.jsonl", "{\"id\": \"a\", \"p\": {\"age\": 1}}\n{\"id\": \"b\", \"p\": \"{'age': x\"}\n");
  const outcome told = schema({f.person, rows, "--field", "p", "--explain", "b", "--repair"});
  EXPECT_EQ(told.code, 1);
  EXPECT_NE(told.out.find("(id b): not valid"), std::string::npos) << told.out;
  EXPECT_NE(told.out.find("{'age': x"), std::string::npos);
  EXPECT_EQ(told.out.find("(id a)"), std::string::npos);
  const json::document one = judged({f.person, rows, "--field", "p", "--explain", "b"}, 1);
  ASSERT_EQ(one.root().size(), 1U);
  EXPECT_EQ(text(one.root()[0]["id"]), "b");
  const std::string plain = f.write("plain.jsonl", "{}\n{\"age\": 1}\n");
  EXPECT_NE(schema({f.person, plain, "--explain", "1"}).out.find("plain.jsonl:2: valid"), std::string::npos);
  EXPECT_NE(schema({f.person, plain, "--explain", plain + ":0"}).out.find("\"age\""), std::string::npos);
  expect_error({f.person, plain, "--explain", "9"}, {"no document \"9\""});
}

// ---- Schemas --------------------------------------------------------------------------------------

TEST(cli_schema, drafts_and_formats) {
  const files f;
  const std::string four = f.write("four.json", R"({"minimum": 1, "exclusiveMinimum": true})");
  const std::string one = f.write("one.json", "1");
  judged({four, one, "--draft", "4"}, 1);
  expect_error({four, one}, {"four.json:1:", "exclusiveMinimum"});
  const std::string date = f.write("date.json", R"({"format": "date"})"), no = f.write("no.json", "\"x\"");
  judged({date, no}, 0);
  judged({date, no, "--assert-format"}, 1);
  judged({date, no, "--draft", "v1"}, 1);
  const outcome warned = schema({f.write("all.json", "{}"), one});
  EXPECT_EQ(warned.code, 0);
  EXPECT_TRUE(warned.says("accepts everything")) << warned.err;
  EXPECT_EQ(schema({f.path("all.json"), one, "-q"}).err, "");
}

TEST(cli_schema, schemas_that_do_not_compile) {
  const files f;
  const std::string one = f.write("one.json", "1");
  expect_error({f.write("a.json", "{\"type\":\n  \"number\",}"), one}, {"a.json:2:12"});
  expect_error({f.write("b.json", "{\n \"type\": \"numbre\"}"), one}, {"b.json:2:10", "/type", "numbre"});
  expect_error({f.write("c.json", "{\"pattern\": \"(a\"}"), one}, {"c.json:1:13", "/pattern"});
  expect_error({f.write("d.json", "{\"$ref\": \"#/$defs/x\"}"), one}, {"d.json:1:10", "/$ref"});
  expect_error({f.write("e.json", "{\"$ref\": \"#\"}"), one}, {"e.json"});
  expect_error({f.write("g.json", "{\"a\": 1, \"a\": 2}"), one}, {"g.json:1:10"});
  expect_error({f.path("none.json"), one}, {"none.json", "cannot open"});
}

TEST(cli_schema, references_lead_to_files_beside_and_below_the_schema) {
  const files f;
  fs::create_directory(f.path("sub"));
  f.write("sub/age.json", R"({"type": "integer"})");
  f.write("with id.json", R"({"$id": "https://example.com/other", "type": "integer"})");
  const std::string good = f.write("good.json", R"({"a": 1})"), bad = f.write("bad.json", R"({"a": "x"})");
  const auto refers = [&](const std::string& to, const std::string& id = {}) {
    return f.write("s.json", (id.empty() ? "{" : "{\"$id\": \"" + id + "\",") +
                                 R"("properties": {"a": {"$ref": ")" + to + R"("}}})");
  };
  for (const char* to : {"sub/age.json", "./sub/../sub/age.json", "with%20id.json"}) {
    judged({refers(to), good}, 0);
    judged({refers(to), bad}, 1);
  }
  judged({refers("sub/age.json", "https://example.com/s.json"), bad}, 1);  // beside the $id, beside the file
  judged({f.write("bom.json", "\xEF\xBB\xBF{\"type\": \"object\"}"), good}, 0);

  fs::create_directory(f.path("deep"));
  f.write("secret.json", R"({"type": "integer"})");
  const std::string inner = f.write("deep/s.json", R"({"properties": {"a": {"$ref": "../secret.json"}}})");
  expect_error({inner, good}, {"secret.json", "--map", "deep/s.json:1:"});
  fs::create_symlink(f.path("secret.json"), f.path("deep/link.json"));
  expect_error({f.write("deep/t.json", R"({"properties": {"a": {"$ref": "link.json"}}})"), good},
               {"link.json"});

  const std::string web = refers("https://example.org/age");
  expect_error({web, good}, {"https://example.org/age", "--map"});
  const std::string map = "https://example.org/age=" + f.path("sub/age.json");
  judged({web, good, "--map", map}, 0);
  judged({web, bad, "--map", map}, 1);
  expect_error({web, good, "--map", "nothing"}, {"--map", "URI=FILE"});
  expect_error({web, good, "--map", "urn:x=" + f.path("none")}, {"none"});
}

TEST(cli_schema, usage) {
  const files f;
  const std::string one = f.write("one.json", "{}");
  expect_error({}, {"needs a schema"});
  expect_error({f.person}, {"needs files"});
  expect_error({f.person, f.path("none.json")}, {"none.json", "cannot open"});
  expect_error({f.person, f.write("empty.jsonl", "")}, {"nothing to judge"});
  expect_error({f.person, f.write("empty.txt", "")}, {"nothing to judge"});
  expect_error({f.person, one, "--formt", "json"}, {"--format"});
  expect_error({f.person, one, "--format", "jsn"}, {"json"});
  expect_error({f.person, one, "--draft", "5"}, {"--draft", "2020-12"});
  expect_error({f.person, one, "--choice", "firts"}, {"first"});
  expect_error({f.person, one, "--duplicates", "keep"}, {"error"});
  expect_error({f.person, one, "--missing", "worst"}, {"--field"});
  expect_error({f.person, f.write("o.txt", "{}"), "--field", "p"}, {"--field", "--input jsonl"});
  expect_error({f.person, f.write("r.jsonl", "[1]\n"), "--field", "p"}, {"r.jsonl:1:1", "object"});
  expect_error({f.person, f.write("r.jsonl", "{\"p\": {}}\n{\"p\":\n"), "--field", "p"}, {"r.jsonl:2:"});
  expect_error({f.person, f.write("r.jsonl", "{\"p\": {}, \"p\": {}}\n"), "--field", "p"},
               {"r.jsonl:1:11", "twice"});
  expect_error({f.person, "-", "-"}, {"only once"});
  const outcome help = schema({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* option :
       {"--field", "--choice", "--repair", "--whole", "--duplicates", "--missing", "--min-rate",
        "--assert-format", "--draft", "--map", "--explain", "--suite", "--format"})
    EXPECT_NE(help.out.find(option), std::string::npos) << option;
}

// ---- Suites ---------------------------------------------------------------------------------------

TEST(cli_schema, a_folder_in_the_layout_of_the_suite) {
  const folder f;
  expect_error({"--suite", f.path(""), "--draft", "7"}, {"draft7"});
  fs::create_directories(f.path("tests/draft7/optional/format"));
  f.write("tests/draft7/a.json", R"([{"description": "numbers", "schema": {"type": "number"}, "tests": [
    {"description": "one", "data": 1, "valid": true}, {"description": "text", "data": "x", "valid": true}]}])");
  f.write("tests/draft7/ref.json", R"([{"description": "remote",
    "schema": {"$ref": "http://localhost:1234/r.json"}, "tests": [{"description": "t", "data": 1, "valid": true}]}])");
  const std::string dates = R"([{"description": "dates", "schema": {"format": "date"}, "tests": [
    {"description": "no date", "data": "x", "valid": false}]}])";
  f.write("tests/draft7/optional/format/date.json", dates);
  f.write("tests/draft7/date.json", dates);
  const json::document before = judged({"--suite", f.path(""), "--draft", "7"}, 1);
  EXPECT_EQ(keys(before.root()).substr(0, 28), "draft passed failed excluded");
  EXPECT_EQ(text(before.root()["draft"]), "7");
  EXPECT_EQ(before.root()["passed"].as_int64(), 2);
  EXPECT_EQ(before.root()["excluded"].size(), 0U);
  const json::value failed = before.root()["failed"];
  ASSERT_EQ(failed.size(), 3U);
  EXPECT_EQ(keys(failed[0]), "file group test expected");
  EXPECT_EQ(json::write(failed[0]), R"({"file":"a.json","group":"numbers","test":"text","expected":true})");
  EXPECT_EQ(text(failed[1]["file"]), "date.json");
  EXPECT_EQ(text(failed[2]["file"]), "ref.json");
  fs::create_directories(f.path("remotes"));
  f.write("remotes/r.json", R"({"type": "integer"})");
  const json::document after = judged({"--suite", f.path(""), "--draft", "7"}, 1);
  EXPECT_EQ(after.root()["passed"].as_int64(), 3);
  const outcome table = schema({"--suite", f.path(""), "--draft", "7"});
  EXPECT_EQ(table.code, 1);
  EXPECT_NE(table.out.find("3 of 5 tests pass"), std::string::npos) << table.out;
  f.write("tests/draft7/broken.json", "[{\"schema\": {}}]");
  expect_error({"--suite", f.path(""), "--draft", "7"}, {"broken.json", "tests"});
  expect_error({"--suite", f.path(""), "x.json"}, {"--suite"});
}

TEST(cli_schema, the_official_suite) {
  const std::string suite = EVALPP_JSON_SCHEMA_SUITE;
  if (suite.empty()) GTEST_SKIP() << "EVALPP_JSON_SCHEMA_SUITE is not set";
  for (const char* draft : {"4", "6", "7", "2019-09", "2020-12", "v1"}) {
    const json::document done = judged({"--suite", suite, "--draft", draft}, 0);
    EXPECT_EQ(json::write(done.root()["failed"]), "[]") << draft;
    EXPECT_GT(done.root()["passed"].as_int64(), 900) << draft;
  }
}

// ---- The metric -----------------------------------------------------------------------------------

TEST(cli_schema, as_a_metric_of_score) {
  const files f;
  const std::string run =
      f.write("run.jsonl",
              "{\"id\": 1, \"prediction\": \"{\\\"age\\\": 1}\", \"reference\": {\"age\": 1}}\n"
              "{\"id\": 2, \"prediction\": {\"age\": 2}, \"reference\": \"{\\\"age\\\": 3}\"}\n"
              "{\"id\": 3, \"prediction\": [[1]], \"reference\": {\"text\": [1]}}\n");
  const json::document done = cli_test::scores({run, "-m", "json:schema=" + f.person});
  const json::value score = done.root()[0];
  EXPECT_EQ(text(score["metric"]), "json");
  EXPECT_EQ(text(score["unit"]), "0-1");
  EXPECT_DOUBLE_EQ(cli_test::number(score["value"]), 2.0 / 3);
  const json::value parts = score["parts"];
  EXPECT_EQ(keys(parts).substr(0, 83),
            "exact_text extractable parses valid strict_valid required_present whole_exact repai");
  EXPECT_DOUBLE_EQ(cli_test::number(parts["whole_exact"]), 1.0 / 3);
  EXPECT_DOUBLE_EQ(cli_test::number(parts["parses"]), 1.0);
  EXPECT_DOUBLE_EQ(cli_test::number(parts["field_f1"]), 2.0 / 6);
  const std::string alone = f.write("alone.jsonl", "{\"prediction\": \"{\\\"age\\\": 1}\"}\n");
  const json::document lone = cli_test::scores({alone, "-m", "json:schema=" + f.person});
  EXPECT_EQ(cli_test::number(lone.root()[0]["value"]), 1);
  for (const char* name : {"exact_text", "whole_exact", "field_precision", "field_recall", "field_f1"})
    EXPECT_TRUE(lone.root()[0]["parts"][name].is_null()) << name;
  EXPECT_EQ(cli_test::score({alone, "-m", "json:schema=" + f.path("none.json")}).code, 2);
  EXPECT_EQ(cli_test::score({alone, "-m", "json:arrays=keyed"}).code, 2);
  EXPECT_EQ(cli_test::score({alone, "-m", "json:choice=best"}).code, 2);
  EXPECT_EQ(cli_test::score({alone, "-m", "json:scheme=x"}).code, 2);
  EXPECT_EQ(cli_test::score({alone, "-m", "json,em"}).code, 2);  // em needs references
}

TEST(cli_schema, the_sample) {
  const std::string sample = EVALPP_SAMPLE_DIR;
  const json::document done =
      judged({sample + "/booking.schema.json", sample + "/bookings.jsonl", "--field", "prediction"}, 1);
  EXPECT_EQ(done.root().size(), 20U);
}

}  // namespace cli_schema_test
