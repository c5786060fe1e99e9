// SPDX-License-Identifier: MIT
// Labels are read or refused with their place; nobody counts twice.
#include <evalpp/judge/human_labels.hpp>

#include <evalpp/data/file.hpp>
#include <evalpp/judge/rubric.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace human_labels_test {

namespace judge = evalpp::judge;
using evalpp::error_code;
using judge::human_label;

const judge::rubric by{.name = "r",
                       .criteria = {{.name = "correct", .scale = {{1, ""}, {5, ""}}},
                                    {.name = "more",
                                     .parts = {{.name = "short", .points = 1},
                                               {.name = "signed", .scale = {{-2, ""}, {2, ""}}}}}}};

evalpp::result<judge::human_labels> read(std::string text,
                                         const std::vector<judge::rating_scale>& scales = rating_scales(by)) {
  return judge::read_human_labels({"h.jsonl", std::move(text)}, scales);
}

TEST(human_labels, scales_are_those_of_the_leaves) {
  using kind = judge::rating_scale::kind;
  const std::vector<judge::rating_scale> expected = {
      {"correct", kind::levels, 1, 5}, {"short", kind::met, 0, 1}, {"signed", kind::levels, -2, 2}};
  EXPECT_EQ(judge::rating_scales(by), expected);
  EXPECT_EQ(expected[2].categories(), 5u);
  EXPECT_DOUBLE_EQ(expected[2].fraction(1), 0.75);
}

TEST(human_labels, both_forms_are_read) {
  const auto found = read(R"({"id": "a", "rater": "ann", "correct": 4, "short": true}

{"id": 7, "rater": 2, "scores": {"signed": -2, "short": 0}, "correct": null}
)");
  ASSERT_TRUE(found) << to_string(found.error());
  const std::vector<human_label> expected = {
      {"a", "ann", 0, 4}, {"a", "ann", 1, 1}, {"7", "2", 2, -2}, {"7", "2", 1, 0}};
  EXPECT_EQ(found->labels, expected);
  EXPECT_TRUE(found->notes.empty());
}

TEST(human_labels, preferences_are_read_by_name) {
  const auto found = read(R"({"id":"a","preference":"candidate"}
{"id":"b","preference":"baseline"}
{"id":"c","preference":"tie"})",
                          judge::preference_scales());
  ASSERT_TRUE(found);
  const std::vector<human_label> expected = {{"a", "", 0, 2}, {"b", "", 0, 0}, {"c", "", 0, 1}};
  EXPECT_EQ(found->labels, expected);
  EXPECT_EQ(rating_of(judge::preference::candidate), 2);
  EXPECT_EQ(rating_of(judge::preference::tie), 1);
  EXPECT_EQ(rating_of(judge::preference::baseline), 0);
}

TEST(human_labels, other_fields_are_passed_over_and_named) {
  const auto found = read(R"({"id":"a","correct":1,"comment":"hm"}
{"id":"b","correct":1,"comment":"so","corect":5})");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->labels.size(), 2u);
  ASSERT_EQ(found->notes.size(), 1u);
  EXPECT_EQ(found->notes[0],
            R"(h.jsonl: passed over fields that are no criterion: "comment" (2 lines), "corect" (1 line))");
}

TEST(human_labels, ids_and_raters_do_not_run_into_each_other) {
  const auto found = read(R"({"id":"ab","rater":"c","correct":1}
{"id":"a","rater":"bc","correct":2})");
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ(found->labels.size(), 2u);
}

struct refused {
  std::string_view line;
  error_code code;
  std::string_view says;
};

TEST(human_labels, what_does_not_fit_is_refused_with_line_field_and_fix) {
  const refused cases[] = {
      {R"({"correct":1})", error_code::missing_field, "\"id\" is missing"},
      {R"({"id":null,"correct":1})", error_code::wrong_type, "\"id\" cannot be null"},
      {R"({"id":1.5,"correct":1})", error_code::wrong_type, "\"id\" cannot be 1.5"},
      {R"({"id":"b","rater":[],"correct":1})", error_code::wrong_type, "\"rater\" cannot be []"},
      {R"({"id":"b","correct":6})", error_code::wrong_type,
       "\"correct\" cannot be 6; give a whole number from 1 to 5"},
      {R"({"id":"b","correct":4.5})", error_code::wrong_type, "\"correct\" cannot be 4.5"},
      {R"({"id":"b","correct":"4"})", error_code::wrong_type, "\"correct\" cannot be \"4\""},
      {R"({"id":"b","correct":true})", error_code::wrong_type, "\"correct\" cannot be true"},
      {R"({"id":"b","correct":1e999})", error_code::wrong_type, "\"correct\" cannot be"},
      {R"({"id":"b","short":2})", error_code::wrong_type, "\"short\" cannot be 2; give true or false"},
      {R"({"id":"b","scores":[4]})", error_code::wrong_type, "\"scores\" is no object"},
      {R"({"id":"b","scores":{"corect":4}})", error_code::unknown_name,
       "\"corect\" is no criterion of the rubric; label \"correct\", \"short\", \"signed\""},
      {R"({"id":"b","note":"none"})", error_code::missing_field, "the line labels nothing"},
      {R"({"id":"b","correct":null})", error_code::missing_field, "the line labels nothing"},
      {R"({"id":"a","correct":2})", error_code::duplicate,
       "\"correct\" of item \"a\" is labelled again, after line 1"},
      {R"({"id":"b","correct":2,"scores":{"correct":2}})", error_code::duplicate, "again, after line 2"},
      {R"({"id":"b","correct":2,"correct":3})", error_code::duplicate, "keep one of the two values"},
      {R"([1])", error_code::wrong_type, "a label must be an object"},
      {R"({"id":"b")", error_code::syntax, "write a line such as"},
  };
  for (const refused& c : cases) {
    const auto found = read(R"({"id":"a","correct":1})"
                            "\n" +
                            std::string(c.line) + "\n");
    ASSERT_FALSE(found) << c.line;
    EXPECT_EQ(found.error().code, c.code) << to_string(found.error());
    EXPECT_EQ(found.error().file, "h.jsonl");
    EXPECT_EQ(found.error().line, 2u) << c.line;
    EXPECT_FALSE(found.error().fix.empty()) << c.line;
    EXPECT_NE(to_string(found.error()).find(c.says), std::string::npos) << to_string(found.error());
  }
}

TEST(human_labels, file_without_labels_is_an_error) {
  for (const char* text : {"", "\n \n"}) {
    const auto found = read(text);
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, error_code::missing_field);
  }
}

}  // namespace human_labels_test
