// SPDX-License-Identifier: MIT
#include <evalpp/report/text_table.hpp>

#include <gtest/gtest.h>

namespace text_table_test {

using evalpp::report::text_table;
using align = text_table::align;

TEST(report_text_table, columns_are_aligned_and_lines_end_without_blanks) {
  text_table t({"name", "n"}, {align::left, align::right});
  t.add({"a", "100"});
  t.add({"\xE4\xB8\xAD\xE6\x96\x87\xE5\xAD\x97", "7"});  // six columns wide
  EXPECT_EQ(t.plain(),
            "name      n\n"
            "a       100\n"
            "\xE4\xB8\xAD\xE6\x96\x87\xE5\xAD\x97    7\n");
  text_table left({"a", "b"}, {align::left, align::left});
  left.add({"x", ""});
  EXPECT_EQ(left.plain(), "a  b\nx\n");
}

TEST(report_text_table, control_characters_are_spelt_out_in_a_terminal) {
  text_table t({"k", "v"}, {align::left, align::left});
  t.add({"a\nb\x1b[2J\x7f", "1"});
  EXPECT_EQ(t.plain(),
            "k                  v\n"
            "a\\x0ab\\x1b[2J\\x7f  1\n");
}

TEST(report_text_table, markdown_escapes_what_would_end_a_cell) {
  text_table t({"k", "v"}, {align::left, align::right});
  t.add({"a|b\\c\nd", "1"});
  EXPECT_EQ(t.markdown(), "| k | v |\n| --- | ---: |\n| a\\|b\\\\c d | 1 |\n");
}

TEST(report_text_table, csv_is_rfc_4180) {
  text_table t({"k", "v"}, {align::left, align::right});
  t.add({"a,b", "say \"x\""});
  t.add({"two\nlines", ""});
  EXPECT_EQ(t.csv(), "k,v\r\n\"a,b\",\"say \"\"x\"\"\"\r\n\"two\nlines\",\r\n");
}

}  // namespace text_table_test
