// SPDX-License-Identifier: MIT
// The README shows what the programs print and what the tests compile, so it cannot drift.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace cli_readme_test {

using cli_test::read_file;

const std::string root = std::string(EVALPP_SAMPLE_DIR) + "/../..";

// The lines of the first fenced block after `mark`.
std::string block_after(const std::string& page, std::string_view mark) {
  const std::size_t at = page.find(mark);
  const std::size_t fence = at == std::string::npos ? at : page.find("```", at);
  if (fence == std::string::npos) return {};
  const std::size_t begin = page.find('\n', fence) + 1;
  return page.substr(begin, page.find("```", begin) - begin);
}

// C++ with its blanks taken out: clang-format breaks the lines of a page elsewhere.
std::string squeezed(std::string_view source) {
  std::string out;
  for (const char c : source)
    if (c != ' ' && c != '\n') out += c;
  return out;
}

TEST(cli_readme, the_demo_prints_what_the_readme_shows) {
  const std::string shown = block_after(read_file(root + "/README.md"), "<!-- demo -->");
  ASSERT_NE(shown, "");
  const std::string sample = EVALPP_SAMPLE_DIR;
  const auto done = cli_test::score({sample + "/baseline.jsonl", sample + "/candidate.jsonl"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(done.out, shown);
}

TEST(cli_readme, the_failures_of_structured_output_are_what_the_readme_shows) {
  const std::string shown = block_after(read_file(root + "/README.md"), "<!-- schema -->");
  ASSERT_NE(shown, "");
  const std::string sample = EVALPP_SAMPLE_DIR;
  const auto done =
      cli_test::run(EVALPP_CLI, {"schema", sample + "/booking.schema.json", sample + "/bookings.jsonl",
                                 "--field", "prediction", "--references", "references"});
  EXPECT_EQ(done.code, 1) << done.err;
  std::string printed = done.out;  // with the folder of the sample before its files
  for (std::size_t at; (at = printed.find(sample + "/")) != std::string::npos;)
    printed.erase(at, sample.size() + 1);
  EXPECT_EQ(squeezed(printed), squeezed(shown));  // the folder has widened the columns
}

TEST(cli_readme, the_comparison_is_what_the_readme_shows) {
  const std::string shown = block_after(read_file(root + "/README.md"), "<!-- compare -->");
  ASSERT_NE(shown, "");
  const std::string sample = EVALPP_SAMPLE_DIR;
  const auto done =
      cli_test::run(EVALPP_CLI, {"compare", sample + "/baseline.jsonl", sample + "/candidate.jsonl", "-m",
                                 "em,f1,bleu", "--margin", "5"});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(done.out, shown);
}

TEST(cli_readme, the_judged_answers_are_what_the_readme_shows) {
  const std::string shown = block_after(read_file(root + "/README.md"), "<!-- judge -->");
  ASSERT_NE(shown, "");
  const cli_test::folder dir;
  const std::string data = std::string(EVALPP_SAMPLE_DIR) + "/candidate.jsonl",
                    calls = dir.path("calls.jsonl");
  EXPECT_EQ(cli_test::run(EVALPP_JUDGE_CLIENT, {data, calls}).code, 0);
  const auto done =
      cli_test::run(EVALPP_CLI, {"judge", "run", "--rubric", "correctness", "--model", "overlap-rule",
                                 "--replay", calls, "--journal", dir.path("j.jsonl"), data});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(done.out, shown);
}

TEST(cli_readme, the_judged_pairs_are_what_the_readme_shows) {
  const std::string shown = block_after(read_file(root + "/README.md"), "<!-- judge-pairs -->");
  ASSERT_NE(shown, "");
  const cli_test::folder dir;
  const std::string data = std::string(EVALPP_SAMPLE_DIR) + "/candidate.jsonl",
                    base = std::string(EVALPP_SAMPLE_DIR) + "/baseline.jsonl",
                    calls = dir.path("pairs.jsonl");
  EXPECT_EQ(cli_test::run(EVALPP_JUDGE_CLIENT, {data, calls, base}).code, 0);
  const auto done = cli_test::run(EVALPP_CLI, {"judge", "run", "--rubric", "correctness", "--model",
                                               "overlap-rule", "--replay", calls, "--against", base, data});
  EXPECT_EQ(done.code, 0) << done.err;
  EXPECT_EQ(done.out, shown);
}

TEST(cli_readme, the_plan_is_what_the_readme_shows) {
  const std::string shown = block_after(read_file(root + "/README.md"), "<!-- plan -->");
  ASSERT_NE(shown, "");
  EXPECT_EQ(cli_test::run(EVALPP_CLI, {"plan", "--margin", "5"}).out, shown);
}

TEST(cli_readme, the_programs_are_those_that_are_tested) {
  const std::string page = read_file(root + "/README.md");
  const auto source = [](const char* name) {
    const std::string file = read_file(root + "/tests/consumer/" + name);
    return squeezed(file.substr(file.find("#include")));
  };
  EXPECT_EQ(squeezed(block_after(page, "```cpp")), source("hello.cpp"));
  EXPECT_EQ(squeezed(block_after(page, "<!-- conforms -->")), source("conforms.cpp"));
  EXPECT_EQ(squeezed(block_after(page, "<!-- compare program -->")), source("compare.cpp"));
}

#ifdef EVALPP_HELLO  // a build of some tests only may lack the program
TEST(cli_readme, the_first_program_prints_what_the_readme_shows) {
  std::string shown = block_after(read_file(root + "/README.md"), "```\n$ g++");
  ASSERT_NE(shown, "");
  shown.erase(0, shown.find('\n') + 1);  // the command
  EXPECT_EQ(cli_test::run(EVALPP_HELLO, {}).out, shown);
}
#endif

}  // namespace cli_readme_test
