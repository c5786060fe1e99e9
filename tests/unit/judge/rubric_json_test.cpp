// SPDX-License-Identifier: MIT
#include <evalpp/judge/rubric_json.hpp>

#include <evalpp/core/error.hpp>
#include <evalpp/judge/presets.hpp>
#include <evalpp/judge/rubric.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace rubric_json_test {

namespace judge = evalpp::judge;

TEST(RubricJson, ComesBackAsItWasWritten) {
  const judge::rubric whole{
      .name = "whole",
      .criteria =
          {{.name = "tree",
            .parts = {{.name = "runs", .points = 5}, {.name = "leaks", .points = -2.5}},
            .weight = 0.1},
           {.name = "tone \"of voice\"", .description = "d", .scale = {{-1, "bad"}, {1, ""}}, .weight = 0}},
      .instructions = "Judge.",
      .steps = {"Read.", "Think."},
      .with_references = false,
      .examples = {{.judged = {.id = {}, .input = {{"user", "q"}}, .prediction = "p", .references = {"x"}},
                    .reasoning = "because",
                    .scores = {1, 0, -1}}}};
  const auto back = judge::rubric_from_json(to_json(whole));
  ASSERT_TRUE(back) << to_string(back.error());
  EXPECT_EQ(*back, whole);
  for (const judge::preset& p : judge::presets()) {
    const auto again = judge::rubric_from_json(to_json(p.rubric));
    ASSERT_TRUE(again) << p.rubric.name << ": " << to_string(again.error());
    EXPECT_EQ(*again, p.rubric);
  }
}

TEST(RubricJson, RefusesWhatItHasNotWritten) {
  const std::string text = R"({"name":"r","criteria":[{"name":"c","scale":{"1":"a","2":"b"}}]})";
  ASSERT_TRUE(judge::rubric_from_json(text));
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string out = text;
    out.replace(out.find(from), from.size(), to);
    return out;
  };
  for (const std::string& other :
       {std::string(), std::string("[]"), std::string("{}"), text + ' ',
        changed("\"name\":\"r\"", "\"name\":7"), changed("{\"1\":", "{\"x\":"),
        changed("{\"1\":", "{\"01\":"), changed("\"1\":\"a\",\"2\":\"b\"", "\"2\":\"b\",\"1\":\"a\""),
        changed("}]", ",\"weight\":1}]"), changed("}]", ",\"wieght\":2}]"), changed("}]", "}],\"steps\":[1]"),
        changed("\"a\"", "null"), changed(":[", ":[3,")})
    EXPECT_FALSE(judge::rubric_from_json(other)) << other;
}

}  // namespace rubric_json_test
