// SPDX-License-Identifier: MIT
#include <evalpp/json/extract.hpp>
#include <evalpp/json/write.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace extract_test {

namespace json = evalpp::json;
using json::candidate_choice;
using json::candidate_roots;
using json::extraction_failure;
using json::extraction_kind;

/// What is extracted as text, or why nothing is: "fence {"a":1}", "multiple".
std::string outcome(std::string_view output, const json::extract_options& options = {}) {
  const json::extraction found = json::extract(output, options);
  if (!found) return std::string(to_string(found.failure));
  return std::string(to_string(found.kind)).append(" ").append(found.span.of(output));
}

TEST(json_extract, takes_the_whole_output_first) {
  EXPECT_EQ(outcome(R"( {"a": [1, 2]} )"), R"(exact {"a": [1, 2]})");
  EXPECT_EQ(outcome("\t[]\r\n"), "exact []");
  EXPECT_EQ(outcome("-1.5e3\n"), "exact -1.5e3");
  EXPECT_EQ(outcome(R"("a ```json {} ``` b")"), R"(exact "a ```json {} ``` b")");
  EXPECT_EQ(outcome("true"), "exact true");
  EXPECT_EQ(outcome("false"), "exact false");
  EXPECT_EQ(outcome("null"), "exact null");
}

TEST(json_extract, drops_a_byte_order_mark_and_says_so) {
  EXPECT_EQ(outcome("\xEF\xBB\xBF [1] "), "bom [1]");
  EXPECT_EQ(outcome("\xEF\xBB\xBF"
                    "7"),
            "bom 7");
  const json::extraction behind = json::extract("\xEF\xBB\xBF```\n[1]\n```");
  EXPECT_EQ(behind.kind, extraction_kind::fence);
  EXPECT_TRUE(behind.bom);
  EXPECT_EQ(behind.span, (json::byte_span{7, 10}));
}

TEST(json_extract, tells_empty_outputs_from_those_without_json) {
  for (const std::string_view blank : {"", " \n\t", "\xEF\xBB\xBF", "<think>x</think> \n"}) {
    EXPECT_EQ(outcome(blank), "empty") << blank;
  }
  for (const std::string_view prose : {"No.", "Yes: true", "\"a\" or \"b\"", "nullable", "12 of 13", "}{"}) {
    EXPECT_EQ(outcome(prose), "no_candidate") << prose;
  }
}

TEST(json_extract, finds_fenced_blocks) {
  EXPECT_EQ(outcome("```json\n{\"a\":1}\n```"), R"(fence {"a":1})");
  EXPECT_EQ(outcome("So:\n\n  ```JSON5 title\r\n[1]\r\n  ```\r\n"), "fence [1]");
  EXPECT_EQ(outcome("```application/json\n[1]\n```"), "fence [1]");
  EXPECT_EQ(outcome("~~~~jsonc\n[1]\n~~~~"), "fence [1]");
  EXPECT_EQ(outcome("```\n[1]\n```"), "fence [1]");
  EXPECT_EQ(outcome("```json\n42\n```"), "fence 42");
  EXPECT_EQ(outcome("```\n\"a\"\n```"), "fence \"a\"");
  EXPECT_EQ(outcome("```json\n[1]```\nDone."), "fence [1]");
  EXPECT_EQ(outcome("```json\n[1]``` Done."), "fence [1]");
  EXPECT_EQ(outcome("```json\n{\"a\":1}"), R"(fence {"a":1})");  // cut off behind the value
  EXPECT_EQ(outcome("```json\nHere: {\"a\":1} it is\n```"), R"(fence {"a":1})");
  EXPECT_EQ(outcome("```json\n{\"a\":1}\n{\"a\":2}\n```"), "multiple");
  EXPECT_EQ(outcome("```json\n```"), "no_candidate");
  EXPECT_EQ(json::extract("```json\n```").kind, extraction_kind::fence);
}

TEST(json_extract, a_fence_inside_a_string_ends_nothing) {
  EXPECT_EQ(outcome("```json\n{\"a\":\"```\"}\n```"), R"(fence {"a":"```"})");
  EXPECT_EQ(outcome("````json\n{\"a\":\"```x```\"}\n````\n{}"), R"(fence {"a":"```x```"})");
  const std::string_view broken = "```json\n{'a': 'see ```x``` there'}\n```";
  EXPECT_EQ(json::extract(broken).repairable.of(broken), "{'a': 'see ```x``` there'}");
  // JSON with raw line breaks in a string that holds Markdown: the block is no answer.
  EXPECT_EQ(outcome("{\"a\":\"so:\n```json\n{\"b\":1}\n```\n\"}"), "no_candidate");
  EXPECT_EQ(outcome("{\"a\":\"so:\n```json\n{\"b\":1}\n```\n"), "no_candidate");
}

TEST(json_extract, only_fenced_json_counts_when_there_is_some) {
  EXPECT_EQ(outcome("Like {\"x\":0}:\n```json\n{\"a\":1}\n```\nnot {\"y\":0}"), R"(fence {"a":1})");
  EXPECT_EQ(outcome("{\"x\":0}\n```json\n{\"a\":1,}\n```"), "no_candidate");
  EXPECT_EQ(outcome("Range [0, 1) gives\n```json\n{\"a\":1}\n```"), R"(fence {"a":1})");
  EXPECT_EQ(outcome("```sh\nls -l\n```\n```json\n[1]\n```"), "fence [1]");
  EXPECT_EQ(outcome("```sh\nls -l\n```\ngives [1]"), "prose [1]");
  EXPECT_EQ(outcome("```\nls -l\n```\ngives [1]"), "prose [1]");
  EXPECT_EQ(outcome("```\n[user@host]$ ls\n```\ngives {\"a\":1}"), R"(prose {"a":1})");
  EXPECT_EQ(outcome("```python\nx = {\"a\":1}\n```"), R"(prose {"a":1})");
  EXPECT_EQ(outcome("Use ```json {\"a\":1}``` here"), R"(prose {"a":1})");
  EXPECT_EQ(outcome("````md\n```json\n[1]\n```\n````"), "prose [1]");
}

TEST(json_extract, finds_outermost_brackets_in_prose) {
  EXPECT_EQ(outcome("It is {\"a\":[{}]}."), R"(prose {"a":[{}]})");
  EXPECT_EQ(outcome("it's \"so\" {\"a\":1}"), R"(prose {"a":1})");
  EXPECT_EQ(outcome("say \"x {\"a\":1}"), R"(prose {"a":1})");  // quotes in prose do not count
  EXPECT_EQ(outcome("{\"a\":1}}}]"), R"(prose {"a":1})");
  EXPECT_EQ(outcome("{\"a\":\"}\"} and more"), R"(prose {"a":"}"})");
  EXPECT_EQ(outcome("{\"a\":\"\\\"}\"} and more"), R"(prose {"a":"\"}"})");
}

TEST(json_extract, takes_nothing_out_of_what_is_broken) {
  const json::extraction nested = json::extract("See [x, {\"a\":1}] now");
  EXPECT_EQ(nested.failure, extraction_failure::no_candidate);
  EXPECT_EQ(nested.broken, 1U);
  EXPECT_EQ(outcome("[{\"a\":1}},{\"b\":2}]"), "no_candidate");
  EXPECT_EQ(outcome("[{\"a\":1],{\"b\":2}]"), "no_candidate");
  EXPECT_EQ(outcome("{\"a\":[1,2},\"b\":{\"c\":1}}"), "no_candidate");
  const json::extraction behind = json::extract("Set {1,2} is {\"a\":1}");
  EXPECT_TRUE(behind);
  EXPECT_EQ(behind.candidates, 1U);
  EXPECT_EQ(behind.broken, 1U);
}

TEST(json_extract, a_bracket_that_never_closes_is_cut_json_or_prose) {
  const std::string_view cut = "Here: {\"a\": [1, {\"b\":2}";
  const json::extraction found = json::extract(cut);
  EXPECT_EQ(found.failure, extraction_failure::no_candidate);
  EXPECT_TRUE(found.truncated);
  EXPECT_EQ(found.broken, 1U);
  EXPECT_EQ(found.repairable.of(cut), "{\"a\": [1, {\"b\":2}");
  EXPECT_EQ(found.fault, json::fault::eof);
  EXPECT_EQ(found.fault_offset, cut.size());
  EXPECT_EQ(outcome("a {name of {\"a\":1}"), R"(prose {"a":1})");
  EXPECT_EQ(outcome(":-{ {\"a\":1}"), "no_candidate");  // a value follows: it may be JSON
  EXPECT_EQ(outcome("[ {{\"a\":1}"), "no_candidate");
  EXPECT_EQ(outcome("{\"a\":1} then {\"b\":"), R"(prose {"a":1})");
  EXPECT_EQ(outcome("{"), "no_candidate");
}

TEST(json_extract, cuts_leading_reasoning) {
  EXPECT_EQ(outcome("<think>{\"a\":0}</think>\n{\"a\":1}"), R"(prose {"a":1})");
  EXPECT_EQ(outcome(" <think>a</think> <think>b</think>```json\n3\n```"), "fence 3");
  EXPECT_EQ(outcome("<think>{\"a\":0}"), "reasoning_unclosed");
  EXPECT_EQ(outcome("<think>a</think><think>{\"a\":0}"), "reasoning_unclosed");
  EXPECT_EQ(outcome("<thinking>{\"a\":0}</thinking>{\"a\":0}"), R"(prose {"a":0})");  // not a name we know
  EXPECT_EQ(outcome("<plan>{\"a\":0}</plan>{\"a\":1}", {.reasoning_tags = {"think", "plan"}}),
            R"(prose {"a":1})");
  EXPECT_EQ(outcome("<think>{\"a\":0}</think>{\"a\":1}", {.reasoning_tags = {}}), "multiple");
  EXPECT_EQ(outcome("<think>x</think>42"), "no_candidate");  // scalars: only as a whole or in a block
  const json::extraction found = json::extract("<think>{</think> {\"a\":1}");
  EXPECT_TRUE(found.reasoning);
  EXPECT_EQ(found.span, (json::byte_span{17, 24}));
  EXPECT_EQ(found.broken, 0U);
}

TEST(json_extract, chooses_among_several) {
  const std::string_view several = "{\"a\":1} {\"a\":22} {\"a\":3}";
  EXPECT_EQ(outcome(several), "multiple");
  EXPECT_EQ(outcome(several, {.choice = candidate_choice::first}), R"(prose {"a":1})");
  EXPECT_EQ(outcome(several, {.choice = candidate_choice::last}), R"(prose {"a":3})");
  EXPECT_EQ(outcome(several, {.choice = candidate_choice::largest}), R"(prose {"a":22})");
  EXPECT_EQ(outcome("[1] [2]", {.choice = candidate_choice::largest}), "prose [1]");
  json::extractor extractor({.choice = candidate_choice::largest});
  EXPECT_EQ(extractor.extract(several).candidates, 3U);
  EXPECT_EQ(json::write(extractor.value()), R"({"a":22})");
  EXPECT_EQ(json::extract(several).candidates, 3U);
  EXPECT_EQ(json::extract(several).kind, extraction_kind::prose);
  EXPECT_TRUE(json::extract(several).span.empty());
}

TEST(json_extract, equal_candidates_count_as_one) {
  EXPECT_EQ(outcome(R"({"a":1,"b":[]} = {"b":[ ],"a":1.0})"), R"(prose {"a":1,"b":[]})");
  EXPECT_EQ(outcome(R"([1] [1] [2])"), "multiple");
  EXPECT_EQ(outcome(R"([1] [true])"), "multiple");
  EXPECT_EQ(outcome(R"(["A"] ["\u0041"])"), R"(prose ["A"])");
  EXPECT_EQ(json::extract("[1] [1.0]").candidates, 2U);
}

TEST(json_extract, restricts_roots_in_other_text_only) {
  const json::extract_options objects{.roots = candidate_roots::object};
  const json::extract_options arrays{.roots = candidate_roots::array};
  EXPECT_EQ(outcome("see [1]: {\"a\":1}", objects), R"(prose {"a":1})");
  EXPECT_EQ(outcome("see [1]: {\"a\":1}", arrays), "prose [1]");
  EXPECT_EQ(outcome("see [1]", objects), "no_candidate");
  EXPECT_EQ(outcome("```json\n[1]\n```\n```json\n{}\n```", objects), "fence {}");
  EXPECT_EQ(outcome("```json\n1\n```", objects), "no_candidate");
  EXPECT_EQ(outcome("[{\"a\":1}] it is", objects), "no_candidate");  // not out of an array
  EXPECT_EQ(outcome("[1]", objects), "exact [1]");
  EXPECT_EQ(json::extract("see [x] {\"a\":1,}", objects).broken, 1U);
}

TEST(json_extract, a_repeated_key_or_too_much_depth_is_a_failure_of_its_own) {
  const json::extraction repeated = json::extract(R"(It is {"a":1,"\u0061":2})");
  EXPECT_EQ(repeated.failure, extraction_failure::duplicate_key);
  EXPECT_EQ(repeated.fault, json::fault::duplicate_key);
  EXPECT_EQ(repeated.fault_offset, 13U);
  EXPECT_EQ(outcome(R"({"x":[{"a":1,"a":1}]})"), "duplicate_key");
  EXPECT_EQ(outcome(R"({"a":1,"a":2})", {.parse = {.duplicates = json::duplicate_keys::last}}),
            R"(exact {"a":1,"a":2})");
  EXPECT_EQ(outcome("[[[1]]]", {.parse = {.max_depth = 2}}), "depth");
  EXPECT_EQ(outcome(std::string(2000, '[') + std::string(2000, ']')), "depth");
}

TEST(json_extract, names_what_may_be_repaired) {
  const auto repairable = [](std::string_view output, const json::extract_options& options = {}) {
    return std::string(json::extract(output, options).repairable.of(output));
  };
  EXPECT_EQ(repairable("Here: {'a':1,} bye"), "{'a':1,}");
  EXPECT_EQ(repairable("{curly} words: {'a':1,}"), "{'a':1,}");
  EXPECT_EQ(repairable("{curly} words"), "{curly}");
  EXPECT_EQ(repairable("{curly} {words}"), "");
  EXPECT_EQ(repairable("{'a':1} {'a':2}"), "");  // which one is not for us to say
  EXPECT_EQ(repairable("{'a':1} {'a':2}", {.choice = candidate_choice::first}), "{'a':1}");
  EXPECT_EQ(repairable("{'a':1} {'a':2} {x}", {.choice = candidate_choice::last}), "{'a':2}");
  EXPECT_EQ(repairable("{x} {'a':1} {'a':22}", {.choice = candidate_choice::largest}), "{'a':22}");
  EXPECT_EQ(repairable("{'a':1} {\"a\":2}"), "");  // something parses
  EXPECT_EQ(repairable("```json\n{'a':1}\n```\n{'b':1}"), "{'a':1}");
}

TEST(json_extract, an_extractor_keeps_nothing_of_the_last_output) {
  json::extractor extractor;
  for (const std::string_view output :
       {"{\"a\":1}{\"a\":2}", "{\"a\":1}", "<think>", "```json\n[1]\n```", "[x", "x", "[1] [1]", ""}) {
    const json::extraction fresh = json::extract(output);
    const json::extraction& reused = extractor.extract(output);
    EXPECT_EQ(reused.kind, fresh.kind) << output;
    EXPECT_EQ(reused.failure, fresh.failure) << output;
    EXPECT_EQ(reused.span, fresh.span) << output;
    EXPECT_EQ(reused.candidates, fresh.candidates) << output;
    EXPECT_EQ(reused.truncated, fresh.truncated) << output;
  }
}

// Each of these takes minutes or for ever when any step of the search is quadratic.
TEST(json_extract, hostile_outputs_take_linear_time) {
  const auto many = [](std::string_view part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
  };
  EXPECT_EQ(outcome(many("[", 100'000)), "depth");
  EXPECT_EQ(outcome(many("[x", 100'000)), "limit");
  EXPECT_EQ(outcome(many("{x \"", 25'000)), "limit");
  EXPECT_EQ(outcome(many("[\\\"", 25'000)), "limit");
  EXPECT_EQ(outcome(many("\"", 1'000'000)), "no_candidate");
  EXPECT_EQ(outcome("{" + many("\"", 1'000'001)), "no_candidate");
  EXPECT_EQ(outcome("[" + many("\\", 1'000'000)), "no_candidate");
  EXPECT_EQ(outcome(many("{x}", 100'000)), "no_candidate");
  EXPECT_EQ(outcome(many("[1]", 100'000)), "prose [1]");
  EXPECT_EQ(outcome(many("]}", 500'000)), "no_candidate");
  EXPECT_EQ(outcome(many("```json\n{x\n", 50'000)), "limit");
  EXPECT_EQ(outcome(many("```sh\n", 100'000)), "no_candidate");
  EXPECT_EQ(outcome(many("```json\n{\"a\":[1\n```\n", 50'000)), "no_candidate");
  EXPECT_EQ(outcome(many("~~~\n\n", 100'000)), "no_candidate");
  EXPECT_EQ(outcome(many("``` ", 200'000)), "no_candidate");
  EXPECT_EQ(outcome("```json\n{'a':" + many("``` x", 200'000)), "no_candidate");
  EXPECT_EQ(outcome(many("<think></think>", 70'000) + "[1]"), "prose [1]");
  EXPECT_EQ(outcome("[1]" + std::string(1'000'000, ' ') + "x"), "prose [1]");
}

TEST(json_extract, gives_up_after_many_brackets_that_never_close) {
  std::string text;
  for (int i = 0; i < 999; ++i) text += "[x ";
  EXPECT_EQ(outcome(text + "{\"a\":1}"), R"(prose {"a":1})");
  EXPECT_EQ(outcome("[x " + text + "{\"a\":1}"), "limit");
  EXPECT_EQ(outcome("{\"a\":1} [x [x", {.max_unclosed = 2}), "limit");
}

TEST(json_extract, names_kinds_and_failures) {
  EXPECT_EQ(to_string(extraction_kind::none), "none");
  EXPECT_EQ(to_string(extraction_kind::prose), "prose");
  EXPECT_EQ(to_string(extraction_failure::none), "none");
  EXPECT_EQ(to_string(extraction_failure::reasoning_unclosed), "reasoning_unclosed");
  EXPECT_EQ(to_string(extraction_failure::depth), "depth");
}

}  // namespace extract_test
