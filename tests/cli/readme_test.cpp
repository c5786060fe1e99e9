// SPDX-License-Identifier: MIT
// The README shows what the programs print and what the tests compile, so it cannot drift.
#include "cli.hpp"

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace {

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

TEST(cli_readme, the_first_program_is_the_one_that_is_tested) {
  const std::string page = read_file(root + "/README.md");
  const std::string source = read_file(root + "/tests/consumer/hello.cpp");
  ASSERT_NE(source, "");
  EXPECT_EQ(squeezed(block_after(page, "```cpp")), squeezed(source.substr(source.find("#include"))));
}

#ifdef EVALPP_HELLO  // a build of some tests only may lack the program
TEST(cli_readme, the_first_program_prints_what_the_readme_shows) {
  std::string shown = block_after(read_file(root + "/README.md"), "```\n$ g++");
  ASSERT_NE(shown, "");
  shown.erase(0, shown.find('\n') + 1);  // the command
  EXPECT_EQ(cli_test::run(EVALPP_HELLO, {}).out, shown);
}
#endif

}  // namespace
