// SPDX-License-Identifier: MIT
#include <evalpp/data/jsonl.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jsonl_test {

namespace data = evalpp::data;
namespace json = evalpp::json;
using evalpp::error_code;
using texts = std::vector<std::string>;

evalpp::result<data::dataset> read(std::string_view text, const data::read_options& options = {}) {
  auto source = data::to_text("run.jsonl", std::string(text));
  if (!source) return source.error();
  return data::read_jsonl(*source, options);
}

std::string message(const evalpp::result<data::dataset>& read) { return read ? "" : to_string(read.error()); }

TEST(data_jsonl, documents_are_their_own_text) {
  const std::string_view rows =
      R"({"prediction":{"a": [1]},"references":[[1],{"text":"x","answer_start":0}]})"
      "\n"
      R"({"prediction":[["b"]],"references":{"text":["t"]}})"
      "\n"
      R"({"prediction":"{\"c\": 1}","references":[null,"{}"]})";
  const auto set = read(rows, {.allow_documents = true});
  ASSERT_TRUE(set) << message(set);
  EXPECT_EQ(set->records[0].prediction, R"({"a":[1]})");
  EXPECT_EQ(set->records[0].references, (texts{"[1]", R"({"text":"x","answer_start":0})"}));
  EXPECT_EQ(set->records[1].prediction, R"([["b"]])");
  EXPECT_EQ(set->records[1].references, (texts{R"({"text":["t"]})"}));
  EXPECT_EQ(set->records[2].prediction, R"({"c": 1})");
  EXPECT_EQ(set->records[2].references, (texts{"{}"}));
  EXPECT_FALSE(read(rows));  // a list of lists is no list of references elsewhere
}

TEST(data_jsonl, reads_a_row_as_the_documentation_shows_it) {
  const auto set = read(
      R"({"id":"t1","input":"When?","prediction":"Within 5 days.","references":["within five days","in 5 days"],)"
      R"("category":"refund","meta":{"lang":"de"}})"
      "\n",
      {.slices = {"category", "meta.lang", "meta"}});
  ASSERT_TRUE(set) << message(set);
  ASSERT_EQ(set->size(), 1U);
  const data::record& r = set->records[0];
  EXPECT_EQ(r.id, "t1");
  EXPECT_EQ(r.input, "When?");
  EXPECT_EQ(r.prediction, "Within 5 days.");
  EXPECT_EQ(r.references, (texts{"within five days", "in 5 days"}));
  EXPECT_EQ(r.slices, (texts{"refund", "de", R"({"lang":"de"})"}));
  EXPECT_EQ(r.line, 1U);
  EXPECT_TRUE(set->has_ids);
  EXPECT_EQ(set->system, "run");
  EXPECT_EQ(
      set->notes,
      texts{"read run.jsonl: 1 row, JSONL, prediction=prediction, references=references, id=id (auto)"});
}

TEST(data_jsonl, null_references_are_missing_and_empty_ones_are_not) {
  const auto set = read(R"({"hyp":"a","refs":[null,"","x",null]}
{"hyp":"b","refs":[]}
{"hyp":"c","refs":null}
{"hyp":"d","refs":"one"})");
  ASSERT_TRUE(set) << message(set);
  EXPECT_EQ(set->records[0].references, (texts{"", "x"}));
  EXPECT_EQ(set->records[0].missing_references, 2U);
  EXPECT_TRUE(set->records[1].references.empty());
  EXPECT_TRUE(set->records[2].references.empty());
  EXPECT_EQ(set->records[3].references, texts{"one"});
  EXPECT_FALSE(set->has_ids);
  EXPECT_EQ(set->records[3].id, "3");
  EXPECT_EQ(set->notes[0],
            "read run.jsonl: 4 rows, JSONL, prediction=hyp, references=refs (auto), joined by position");
}

TEST(data_jsonl, references_that_a_row_lacks_are_refused_where_they_are_needed) {
  constexpr std::string_view rows = R"({"hyp":"d","refs":"one"}
{"hyp":"e"})";
  const auto needed = read(rows);
  ASSERT_FALSE(needed);
  EXPECT_EQ(needed.error().code, error_code::missing_field);
  EXPECT_EQ(needed.error().line, 2U);
  const auto not_needed = read(rows, {.need_references = false});
  ASSERT_TRUE(not_needed) << message(not_needed);
  EXPECT_TRUE(not_needed->records[1].references.empty());
}

TEST(data_jsonl, an_id_is_a_string_or_an_integer) {
  const auto set = read(R"({"id":42,"hyp":"a","ref":"a"}
{"id":"43","hyp":"a","ref":"a"}
{"id":-7,"hyp":"a","ref":"a"}
{"id":123456789012345678901234567890,"hyp":"a","ref":"a"})");
  ASSERT_TRUE(set) << message(set);
  EXPECT_EQ(set->records[0].id, "42");
  EXPECT_EQ(set->records[1].id, "43");
  EXPECT_EQ(set->records[2].id, "-7");
  EXPECT_EQ(set->records[3].id, "123456789012345678901234567890");

  const auto twice =
      read("{\"id\":42,\"hyp\":\"a\",\"ref\":\"a\"}\n{\"id\":\"42\",\"hyp\":\"a\",\"ref\":\"a\"}\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, error_code::duplicate);
  EXPECT_EQ(twice.error().line, 2U);

  for (const char* const id : {"1.5", "true", "[1]", "{}", "null", "1e400"}) {
    const auto wrong = read(std::string(R"({"hyp":"a","ref":"a","id":)") + id + "}");
    ASSERT_FALSE(wrong) << id;
    EXPECT_EQ(wrong.error().line, 1U);
    EXPECT_EQ(wrong.error().column, 22U);
  }
  const auto missing = read("{\"id\":1,\"hyp\":\"a\",\"ref\":\"a\"}\n{\"hyp\":\"a\",\"ref\":\"a\"}\n");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, error_code::missing_field);
  EXPECT_EQ(missing.error().line, 2U);
}

TEST(data_jsonl, a_missing_prediction_is_an_error_unless_allowed) {
  for (const char* const row : {R"({"id":2,"ref":"a"})", R"({"id":2,"ref":"a","output":null})"}) {
    const std::string text = std::string("{\"id\":1,\"ref\":\"a\",\"output\":\"\"}\n") + row + "\n";
    const auto refused = read(text);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error_code::missing_field);
    EXPECT_EQ(refused.error().line, 2U);
    EXPECT_NE(refused.error().fix.find("--missing"), std::string::npos);
    const auto kept = read(text, {.allow_missing = true});
    ASSERT_TRUE(kept) << message(kept);
    EXPECT_EQ(kept->records[0].prediction, "");
    EXPECT_FALSE(kept->records[1].has_prediction());
  }
}

TEST(data_jsonl, labels_may_be_integers_strings_or_lists) {
  const auto single = read("{\"label\":1,\"prediction\":\"1\"}\n{\"label\":\"pos\",\"prediction\":true}\n");
  ASSERT_TRUE(single) << message(single);
  EXPECT_EQ(single->records[0].references, texts{"1"});
  EXPECT_EQ(single->records[0].prediction, "1");
  EXPECT_EQ(single->records[1].prediction, "true");

  const std::string_view lists =
      "{\"y_true\":[\"a\",\"b\"],\"y_pred\":[\"b\",3]}\n{\"y_true\":[],\"y_pred\":[]}\n"
      "{\"y_true\":[\"a\"],\"y_pred\":[\"a\"]}\n";
  const auto multi = read(lists, {.allow_lists = true});
  ASSERT_TRUE(multi) << message(multi);
  EXPECT_EQ(multi->records[0].references, (texts{"a", "b"}));
  EXPECT_EQ(multi->records[0].prediction_list, (texts{"b", "3"}));
  EXPECT_FALSE(multi->records[0].prediction);
  EXPECT_EQ(multi->records[1].prediction_list, texts{});
  EXPECT_TRUE(multi->records[1].has_prediction());
  EXPECT_EQ(multi->records[2].prediction, "a");

  const auto refused = read(lists);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, error_code::wrong_type);
  EXPECT_EQ(refused.error().line, 1U);
  EXPECT_EQ(refused.error().column, 21U);
}

TEST(data_jsonl, unwraps_what_harnesses_wrap) {
  const auto harness = read(R"({"doc_id":3,"target":"18","resps":[["#### 18"]]})");
  ASSERT_TRUE(harness) << message(harness);
  EXPECT_EQ(harness->records[0].prediction, "#### 18");
  const auto squad =
      read(R"({"id":"q","prediction":"Paris","answers":{"text":["Paris","paris"],"answer_start":[5,9]}}
{"id":"r","prediction":"","answers":{"text":[],"answer_start":[]}}
{"id":"s","prediction":"x","answers":[{"text":"X","answer_start":1}]})");
  ASSERT_TRUE(squad) << message(squad);
  EXPECT_EQ(squad->records[0].references, (texts{"Paris", "paris"}));
  EXPECT_TRUE(squad->records[1].references.empty());
  EXPECT_EQ(squad->records[2].references, texts{"X"});
}

TEST(data_jsonl, takes_the_last_assistant_turn_of_a_chat) {
  const auto set =
      read(R"({"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"no"},)"
           R"({"role":"user","content":"again"},{"role":"assistant","content":"yes"}],"reference":"yes"})");
  ASSERT_TRUE(set) << message(set);
  EXPECT_EQ(set->records[0].prediction, "yes");
  const auto shared =
      read(R"({"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}],"prediction":"b"})");
  ASSERT_TRUE(shared) << message(shared);
  EXPECT_EQ(shared->records[0].references, texts{"a"});
}

TEST(data_jsonl, gives_the_turns_before_the_answer) {
  using turns = std::vector<data::turn>;
  const auto whole = read(
      R"({"messages":[{"role":"system","content":"s"},{"role":"user","content":"q"},{"role":"assistant","content":"no"},)"
      R"({"role":"user","content":[{"type":"text","text":"again"}]},{"role":"assistant","content":null,"tool_calls":[]},)"
      R"({"role":"tool","content":"42"},{"role":"assistant","content":"yes"}],"reference":"yes"})");
  ASSERT_TRUE(whole) << message(whole);
  EXPECT_EQ(whole->records[0].prediction, "yes");
  EXPECT_EQ(whole->records[0].turns,
            (turns{{"system", "s"},
                   {"user", "q"},
                   {"assistant", "no"},
                   {"user", R"([{"type":"text","text":"again"}])"},
                   {"assistant", R"({"role":"assistant","content":null,"tool_calls":[]})"},
                   {"tool", "42"}}));
  const auto shared = read(
      R"({"prompt":[{"from":"human","value":"q"},{"from":"gpt","value":"a"},{"from":"human","value":"r"}],"completion":"b"})",
      {.need_references = false});
  ASSERT_TRUE(shared) << message(shared);
  EXPECT_EQ(shared->records[0].turns, (turns{{"user", "q"}, {"assistant", "a"}, {"user", "r"}}));
  const auto plain = read(R"({"input":"q","prediction":"b","reference":"c"})");
  ASSERT_TRUE(plain) << message(plain);
  EXPECT_TRUE(plain->records[0].turns.empty());
}

TEST(data_jsonl, a_chat_in_which_the_user_has_the_last_word_holds_no_answer) {
  const std::string chat =
      R"({"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"},{"role":"user","content":"r"}])";
  const auto question = read(chat + R"(,"prediction":"b"})");
  ASSERT_TRUE(question) << message(question);
  EXPECT_TRUE(question->records[0].references.empty());
  EXPECT_EQ(question->records[0].turns.size(), 3U);
  const auto nothing = read(chat + R"(,"reference":"b"})");
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().code, error_code::missing_field);
  EXPECT_EQ(nothing.error().column, 2U);
}

TEST(data_jsonl, objects_stay_json) {
  const auto set = read(R"({"prediction":"{\"a\": 1}","reference":{"a":1.0,"b":[null]}})");
  ASSERT_TRUE(set) << message(set);
  EXPECT_EQ(set->records[0].references, texts{R"({"a":1.0,"b":[null]})"});
}

TEST(data_jsonl, a_list_of_lists_of_references_is_refused) {
  const auto set = read(R"({"prediction":"a","references":[["x","y"],["z"]]})");
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().code, error_code::wrong_type);
  EXPECT_EQ(set.error().column, 19U);
}

TEST(data_jsonl, needed_fields_that_are_nowhere_are_named_with_those_that_are) {
  EXPECT_EQ(message(read(R"({"id":1,"text":"a","reference":"b"})")),
            "run.jsonl:1: no field holds the prediction; the fields are id, text, reference; name it with "
            "--prediction");
  EXPECT_EQ(message(read(R"({"id":1,"text":"a","reference":"b"})", {.fields = {.prediction = "txt"}})),
            "run.jsonl:1: no row has the field \"txt\" that --prediction names; the fields are id, text, "
            "reference");
  EXPECT_FALSE(read(R"({"prediction":"b"})"));
  EXPECT_TRUE(read(R"({"prediction":"b"})", {.need_references = false}));
  EXPECT_FALSE(read(R"({"prediction":"b","reference":"b"})", {.slices = {"lang"}}));
  EXPECT_FALSE(read(""));
  EXPECT_FALSE(read("\n\n"));
}

TEST(data_jsonl, fields_are_found_by_name_and_by_path) {
  const auto set = read(R"({"out":{"text":"a"},"gold.x":"b","n":3})",
                        {.fields = {.prediction = "out.text", .references = "gold.x", .weight = "n"}});
  ASSERT_TRUE(set) << message(set);
  EXPECT_EQ(set->records[0].prediction, "a");
  EXPECT_EQ(set->records[0].references, texts{"b"});
  EXPECT_EQ(set->records[0].weight, 3);
}

TEST(data_jsonl, a_row_that_does_not_parse_is_located_in_the_file) {
  const auto set = read("{\"prediction\":\"a\",\"ref\":\"b\"}\n\n{\"prediction\":\"é\",\"ref\":tru}\n");
  ASSERT_FALSE(set);
  EXPECT_EQ(set.error().line, 3U);
  EXPECT_EQ(set.error().column, 28U);
  EXPECT_EQ(set.error().offset, 58U);
  EXPECT_EQ(read("[1]").error().code, error_code::wrong_type);
  EXPECT_EQ(read("{\"prediction\":\"a\"").error().code, error_code::syntax);
}

TEST(data_jsonl, every_truncation_is_an_error_with_a_place) {
  const std::string text = "{\"id\":\"a\",\"prediction\":\"b\",\"references\":[\"c\",null]}";
  ASSERT_TRUE(read(text));
  for (std::size_t length = 1; length < text.size(); ++length) {
    const auto cut = read(text.substr(0, length));
    ASSERT_FALSE(cut) << length;
    EXPECT_EQ(cut.error().line, 1U);
    EXPECT_EQ(cut.error().column, length + 1);
  }
}

TEST(data_jsonl, blank_lines_and_carriage_returns_are_noted) {
  const auto set = read("\xEF\xBB\xBF{\"hyp\":\"a\",\"ref\":\"b\"}\r\n\r\n{\"hyp\":\"c\",\"ref\":\"d\"}\r\n");
  ASSERT_TRUE(set) << message(set);
  EXPECT_EQ(set->size(), 2U);
  EXPECT_EQ(set->records[1].line, 3U);
  EXPECT_EQ(set->records[1].id, "1");
  EXPECT_EQ(set->notes.size(), 4U);
}

TEST(data_jsonl, rows_of_one_document_read_the_same) {
  const std::string text = R"([{"id":1,"hyp":"a","refs":["b",null]},{"id":"2","hyp":"","refs":[]}])";
  const data::source_text source{"run.json", text, false};
  const auto document = json::parse(text);
  const auto set = data::read_json_rows(source, document->root());
  ASSERT_TRUE(set) << message(set);
  EXPECT_EQ(set->records[0].references, texts{"b"});
  EXPECT_EQ(set->records[1].id, "2");
  const auto object = json::parse(R"({"a":1})");
  EXPECT_FALSE(data::read_json_rows(source, object->root()));
  const data::source_text mixed{"run.json",
                                "[{\"hyp\":\"[,\\\"\",\"refs\":[1,{}]},\n\n {\"hyp\":\"c\"} ,\n  3]", false};
  const auto rows = json::parse(mixed.text);
  ASSERT_TRUE(rows);
  const auto refused = data::read_json_rows(mixed, rows->root());
  EXPECT_EQ(message(refused), "run.json:4:3: row 2: a row must be an object, this is number");
}

TEST(data_jsonl, keys_that_are_data_stay_fast) {
  std::string text;
  for (int i = 0; i < 20'000; ++i) {
    text += "{\"prediction\":\"a\",\"ref\":\"b\",\"k" + std::to_string(i) + "\":1}\n";
  }
  EXPECT_TRUE(read(text));
}

TEST(data_jsonl, a_key_twice_in_a_row_is_an_error) {
  const auto twice =
      read("{\"prediction\":\"a\",\"references\":[]}\n{\"prediction\":\"a\",\"prediction\":\"b\"}\n");
  ASSERT_FALSE(twice);
  EXPECT_EQ(twice.error().code, error_code::duplicate);
  EXPECT_EQ(twice.error().line, 2U);
  EXPECT_EQ(twice.error().column, 19U);
  EXPECT_NE(twice.error().fix, "");
}

TEST(data_jsonl, one_and_one_point_nought_are_one_label) {
  const std::string_view rows = "{\"label\":1,\"prediction\":1.0}\n{\"label\":[2.0],\"prediction\":0.5}\n";
  const auto labels = read(rows, {.allow_lists = true});
  ASSERT_TRUE(labels) << message(labels);
  EXPECT_EQ(labels->records[0].prediction, "1");
  EXPECT_EQ(labels->records[1].references, texts{"2"});
  EXPECT_EQ(labels->records[1].prediction, "0.5");
  EXPECT_FALSE(labels->records[0].reference_list);
  EXPECT_TRUE(labels->records[1].reference_list);
  EXPECT_EQ(read(rows)->records[0].prediction, "1.0");  // a text is what was written
}

}  // namespace jsonl_test
