// SPDX-License-Identifier: MIT
#include <evalpp/data/text_lines.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>
#include <vector>

namespace text_lines_test {

namespace data = evalpp::data;

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> notes;
  return data::split_lines({"f.txt", std::string(text), false}, notes);
}

using lines = std::vector<std::string>;

TEST(data_text_lines, only_lf_ends_a_line) {
  EXPECT_EQ(lines_of(""), lines{});
  EXPECT_EQ(lines_of("a"), lines{"a"});
  EXPECT_EQ(lines_of("a\n"), lines{"a"});
  EXPECT_EQ(lines_of("a\n\n"), (lines{"a", ""}));
  EXPECT_EQ(lines_of("\n"), lines{""});
  EXPECT_EQ(lines_of("a\nb"), (lines{"a", "b"}));
  // What Python's splitlines() also breaks at.
  EXPECT_EQ(lines_of("a\vb\fc\x1c\x1d\x1e\xC2\x85\xE2\x80\xA8\xE2\x80\xA9\rd\n").size(), 1U);
}

TEST(data_text_lines, one_carriage_return_before_lf_is_dropped_and_counted) {
  data::line_reader reader("a\r\nb\r\r\n\r\nc\rd\ne\r");
  lines found;
  for (std::string_view line; reader.next(line);) found.emplace_back(line);
  EXPECT_EQ(found, (lines{"a", "b\r", "", "c\rd", "e\r"}));
  EXPECT_EQ(reader.carriage_returns(), 3U);
  EXPECT_EQ(reader.number(), 5U);
}

TEST(data_text_lines, says_what_was_dropped) {
  std::vector<std::string> notes;
  data::split_lines({"f.txt", "a\r\nb\n", true}, notes);
  EXPECT_EQ(notes, (lines{"f.txt: dropped a byte order mark",
                          "f.txt: dropped the carriage return at the end of 1 line"}));
}

TEST(data_text_lines, keeps_nul_bytes) {
  EXPECT_EQ(lines_of(std::string_view("a\0b\n", 4)), lines{std::string("a\0b", 3)});
}

}  // namespace text_lines_test
