// SPDX-License-Identifier: MIT
#include <evalpp/data/delimited.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace delimited_test {

namespace data = evalpp::data;
using data::input_kind;
using row = std::vector<std::string>;

std::vector<row> rows_of(std::string_view text, input_kind kind) {
  data::delimited_reader reader(text, kind);
  std::vector<row> rows;
  row cells;
  for (;;) {
    const auto more = reader.next(cells);
    EXPECT_TRUE(more);
    if (!more || !*more) return rows;
    rows.push_back(cells);
  }
}

evalpp::result<data::dataset> read(std::string_view text, input_kind kind) {
  return data::read_delimited({"run.csv", std::string(text), false}, kind);
}

TEST(data_delimited, csv_follows_rfc_4180) {
  EXPECT_EQ(rows_of("a,b\r\n1,2\n", input_kind::csv), (std::vector<row>{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(rows_of("\"a, \"\"b\"\"\nc\",d", input_kind::csv), (std::vector<row>{{"a, \"b\"\nc", "d"}}));
  EXPECT_EQ(rows_of("\"\",", input_kind::csv), (std::vector<row>{{"", ""}}));
  EXPECT_EQ(rows_of(",\n,\n", input_kind::csv), (std::vector<row>{{"", ""}, {"", ""}}));
  EXPECT_EQ(rows_of("\"a\r\nb\"\r\n", input_kind::csv),
            (std::vector<row>{{"a\r\nb"}}));  // kept inside quotes
  EXPECT_EQ(rows_of("a \"b\" c,d", input_kind::csv), (std::vector<row>{{"a \"b\" c", "d"}}));
  EXPECT_EQ(rows_of("a\tb", input_kind::csv), (std::vector<row>{{"a\tb"}}));
}

TEST(data_delimited, tsv_has_no_quoting) {
  EXPECT_EQ(rows_of("a\t\"b\n\"c\td,e\r\n", input_kind::tsv),
            (std::vector<row>{{"a", "\"b"}, {"\"c", "d,e"}}));
  EXPECT_EQ(rows_of("a\t", input_kind::tsv), (std::vector<row>{{"a", ""}}));
}

TEST(data_delimited, a_header_names_the_fields) {
  const auto set =
      read("id\tprediction\treference\tcategory\nt1\trefund in 5 days\trefund within 5 days\trefund\n",
           input_kind::tsv);
  ASSERT_TRUE(set);
  EXPECT_EQ(set->records[0].id, "t1");
  EXPECT_EQ(set->records[0].prediction, "refund in 5 days");
  EXPECT_EQ(set->records[0].references, row{"refund within 5 days"});
  EXPECT_EQ(set->records[0].line, 2U);
}

TEST(data_delimited, an_empty_cell_is_an_empty_text) {
  const auto set = read("prediction,reference\n,\n", input_kind::csv);
  ASSERT_TRUE(set);
  EXPECT_EQ(set->records[0].prediction, "");
  EXPECT_EQ(set->records[0].references, row{""});
}

TEST(data_delimited, lines_count_in_the_file) {
  const auto set = read("id,prediction,reference\n1,\"a\nb\",c\n\n2,d,e\n", input_kind::csv);
  ASSERT_TRUE(set);
  EXPECT_EQ(set->records[0].line, 2U);
  EXPECT_EQ(set->records[1].line, 5U);
  EXPECT_EQ(set->size(), 2U);
}

TEST(data_delimited, faults_are_located) {
  const std::pair<std::string_view, std::size_t> cases[] = {
      {"prediction,reference\na,b\nc\n", 3},             // a cell too few
      {"prediction,reference\na,b,c\n", 2},              // and too many
      {"prediction,reference\n\"a\nb\",c\n\"d,e\n", 4},  // a quote that does not end
      {"prediction,reference\n\"a\"b,c\n", 2},           // text after a quote
      {"prediction,reference,reference\na,b,c\n", 1},    // a column twice
      {"a,b\n", 1},                                      // no field that is known
      {"", 1},
  };
  for (const auto& [text, line] : cases) {
    const auto set = read(text, input_kind::csv);
    ASSERT_FALSE(set) << text;
    EXPECT_EQ(set.error().line, line) << text;
    EXPECT_EQ(set.error().file, "run.csv");
  }
}

TEST(data_delimited, any_bytes_end_in_rows_or_an_error) {
  const std::string alphabet = "a\",\n\r";
  for (unsigned code = 0; code < 5U * 5U * 5U * 5U * 5U * 5U; ++code) {
    std::string text;
    for (unsigned rest = code, i = 0; i < 6; ++i, rest /= 5) text += alphabet[rest % 5];
    data::delimited_reader reader(text, input_kind::csv);
    row cells;
    std::size_t rows = 0;
    for (;; ++rows) {
      const auto more = reader.next(cells);
      if (!more || !*more) break;
      ASSERT_FALSE(cells.empty());
    }
    ASSERT_LE(rows, text.size());
  }
}

}  // namespace delimited_test
