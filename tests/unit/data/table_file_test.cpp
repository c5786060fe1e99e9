// SPDX-License-Identifier: MIT
#include <evalpp/data/table_file.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace table_file_test {

namespace data = evalpp::data;
using evalpp::error_code;
using evalpp::row_state;
using evalpp::table;

table example() {
  table rows({{"bleu", "case:mixed|tok:13a", evalpp::scale::percent, true, false, 3},
              {"classes", "zero:0", evalpp::scale::fraction, false, true, 0}});
  rows.resize(4);
  rows.ids()[0] = "a \"quoted\"\n\xC3\xA9";
  rows.ids()[2] = "";
  const std::int64_t extremes[] = {std::numeric_limits<std::int64_t>::min(),
                                   std::numeric_limits<std::int64_t>::max(), (std::int64_t{1} << 53) + 1};
  for (std::size_t k = 0; k < 3; ++k) rows.row(0, 1)[k] = extremes[k];
  rows.named(1, 0).add(std::string_view("cat\0dog", 7), -3);
  rows.named(1, 0).add("", 5);
  rows.named(1, 3).add("z", std::numeric_limits<std::int64_t>::max());
  rows.states()[0] = row_state::scored;
  rows.states()[1] = row_state::empty_hypothesis | row_state::no_reference;
  rows.states()[3] = row_state::missing | row_state::counted_as_empty;
  return rows;
}

table dressed() {
  table rows = example();
  rows.set_clusters({"d1", "d1", "d2", ""});
  rows.set_weights({1, 0, 2, std::numeric_limits<std::int64_t>::max()});
  rows.add_key({"domain", {"x", "y", "x", "(none)"}});
  rows.add_key({"lang", {"de", "en", "", "fr"}});
  return rows;
}

evalpp::result<table> read(std::string_view text) {
  return data::read_table({"t.jsonl", std::string(text), false});
}

TEST(data_table_file, comes_back_bit_for_bit) {
  for (const table& rows :
       {table{}, example(), dressed(), table({{"em", "s", evalpp::scale::percent, true, false, 0}})}) {
    const auto text = data::write_table(rows);
    ASSERT_TRUE(text);
    const auto back = read(*text);
    ASSERT_TRUE(back) << to_string(back.error());
    EXPECT_TRUE(*back == rows) << *text;
    EXPECT_EQ(*data::write_table(*back), *text);
  }
}

TEST(data_table_file, survives_the_disk) {
  const std::string path = testing::TempDir() + "evalpp_table_file_test.jsonl";
  ASSERT_TRUE(data::save_table(dressed(), path));
  const auto back = data::load_table(path);
  ASSERT_TRUE(back);
  EXPECT_TRUE(*back == dressed());
  EXPECT_FALSE(data::save_table(dressed(), "/nonexistent/table"));
  EXPECT_FALSE(data::load_table("/nonexistent/table"));
}

// What a hostile file may hold sums without undefined behaviour, like everything that adds up.
TEST(data_table_file, sums_of_the_extremes_wrap_around) {
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  table rows({{"dense", "", evalpp::scale::percent, true, false, 1},
              {"named", "", evalpp::scale::percent, true, true, 0}});
  rows.resize(2);
  for (std::size_t i = 0; i < 2; ++i) {
    rows.row(0, i)[0] = most;
    rows.named(1, i).add("x", most);
  }
  rows.set_weights({most, 1});
  const auto all = [](std::size_t) { return true; };
  EXPECT_EQ(rows.sum(0, all)[0], std::numeric_limits<std::int64_t>::min());  // 1 + (2^63 - 1)
  EXPECT_EQ(rows.sum_named(1, all).count("x"), std::numeric_limits<std::int64_t>::min());
}

// A file of version 1 as it is out there. Never edit it: it has to load for ever.
constexpr std::string_view version_1 =
    R"({"format":"evalpp-table","format_version":1,"library":"0.1.0","rows":2,"columns":[{"name":"bleu","signature":"case:mixed|tok:13a","unit":"0-100","higher_is_better":true,"lanes":3},{"name":"classes","signature":"zero:0","unit":"0-1","higher_is_better":false,"sparse":true}],"keys":["domain"],"clusters":true,"weights":true}
{"id":"t1","cluster":"d1","weight":2,"keys":["weather"],"columns":[[1,-2,9223372036854775807],{"a":1,"b":-2}]}
{"id":"t2","state":["empty_hypothesis","no_reference"],"cluster":"d2","weight":1,"keys":["news"],"columns":[[0,0,0],{}]}
)";

TEST(data_table_file, a_file_of_version_1_loads) {
  const auto rows = read(version_1);
  ASSERT_TRUE(rows) << to_string(rows.error());
  ASSERT_EQ(rows->rows(), 2U);
  EXPECT_EQ(rows->ids()[1], "t2");
  EXPECT_EQ(rows->states()[1], row_state::empty_hypothesis | row_state::no_reference);
  EXPECT_EQ(rows->columns()[0].info.name, "bleu");
  EXPECT_EQ(rows->columns()[0].info.unit, evalpp::scale::percent);
  EXPECT_FALSE(rows->columns()[1].info.higher_is_better);
  EXPECT_EQ(rows->row(0, 0)[2], std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(rows->named(1, 0).count("b"), -2);
  EXPECT_EQ(rows->weights()[0], 2);
  EXPECT_EQ(rows->clusters()[1], "d2");
  EXPECT_EQ(rows->find_key("domain")->values[0], "weather");
}

std::string replaced(std::string_view what, std::string_view by) {
  std::string text(version_1);
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

TEST(data_table_file, members_of_the_future_are_passed_over) {
  EXPECT_TRUE(read(replaced("\"rows\":2", "\"rows\":2,\"new\":{\"x\":[1]}")));
  EXPECT_TRUE(read(replaced("\"id\":\"t1\"", "\"new\":null,\"id\":\"t1\"")));
  const auto newer = read(replaced("\"format_version\":1", "\"format_version\":2"));
  ASSERT_FALSE(newer);
  EXPECT_EQ(newer.error().code, error_code::version);
}

TEST(data_table_file, every_fault_has_a_line) {
  const struct {
    std::string_view what;
    std::string_view by;
    std::size_t line;
  } cases[] = {
      {"evalpp-table", "other", 1},
      {"\"format_version\":1", "\"format_version\":0", 1},
      {"\"rows\":2", "\"rows\":-1", 1},
      {"\"rows\":2", "\"rows\":1", 3},  // a row too many
      {"\"rows\":2", "\"rows\":3", 3},  // a row too few
      {"\"unit\":\"0-100\"", "\"unit\":\"0-7\"", 1},
      {"\"lanes\":3", "\"lanes\":-3", 1},
      {"\"lanes\":3", "\"lanes\":4", 2},
      {"\"lanes\":3", "\"lanes\":4611686018427387904", 2},  // must not be reserved
      {"\"signature\":\"zero:0\",", "", 1},
      {"\"keys\":[\"domain\"]", "\"keys\":[1]", 1},
      {"\"id\":\"t1\"", "\"id\":1", 2},
      {"\"weight\":2", "\"weight\":2.5", 2},
      {"\"weight\":2,", "", 2},
      {"\"cluster\":\"d1\",", "", 2},
      {"[\"weather\"]", "[]", 2},
      {"[\"weather\"]", "[null]", 2},
      {"[\"weather\"]", "{\"0\":\"weather\"}", 2},  // one member, and no element
      {"[\"domain\"]", "{\"domain\":1}", 1},
      {"[\"domain\"]", "[\"domain\",\"domain\"]", 1},
      {"\"clusters\":true", "\"clusters\":1", 1},
      {"\"weights\":true", "\"weights\":\"yes\"", 1},
      {"\"weight\":2", "\"weight\":-2", 2},
      {"\"id\":\"t2\"", "\"id\":\"t1\"", 3},
      {"[\"empty_hypothesis\",\"no_reference\"]", "\"missing\"", 3},
      {"[\"empty_hypothesis\",", "[1,", 3},
      {"no_reference", "unheard_of", 3},
      {"9223372036854775807", "9223372036854775808", 2},
      {"{\"a\":1,", "{\"a\":1.5,", 2},
      {"{\"a\":1,\"b\":-2}", "[]", 2},
      {"[0,0,0]", "[0,0]", 3},
      {"[0,0,0],{}", "[0,0,0]", 3},
      {"\"id\":\"t2\"", "\"id\" \"t2\"", 3},
      {"{\"id\":\"t2\"", "[{\"id\":\"t2\"", 3},
  };
  for (const auto& c : cases) {
    const auto rows = read(replaced(c.what, c.by));
    ASSERT_FALSE(rows) << c.what << " -> " << c.by;
    EXPECT_EQ(rows.error().line, c.line) << c.what << " -> " << c.by << ": " << to_string(rows.error());
    EXPECT_EQ(rows.error().file, "t.jsonl");
  }
  EXPECT_FALSE(read(""));
  EXPECT_FALSE(read("\n"));
}

TEST(data_table_file, every_truncation_is_noticed) {
  const std::string_view whole = version_1.substr(0, version_1.size() - 1);  // the last LF may go
  ASSERT_TRUE(read(whole));
  for (std::size_t length = 0; length < whole.size(); ++length)
    EXPECT_FALSE(read(whole.substr(0, length))) << length;
}

TEST(data_table_file, what_cannot_be_written_is_an_error) {
  table rows = example();
  rows.ids()[1] = "\xFF";
  EXPECT_EQ(data::write_table(rows).error().code, error_code::invalid_utf8);
  table names = example();
  names.named(1, 1).add("\xC0\xAF", 1);
  EXPECT_EQ(data::write_table(names).error().code, error_code::invalid_utf8);
  table twice = example();
  twice.ids()[1] = twice.ids()[3];
  EXPECT_EQ(data::write_table(twice).error().code, error_code::duplicate);
  table keys = dressed();
  keys.add_key({"lang", {"", "", "", ""}});
  EXPECT_EQ(data::write_table(keys).error().code, error_code::duplicate);
  table weights = example();
  weights.set_weights({1, 1, -1, 1});
  EXPECT_EQ(data::write_table(weights).error().code, error_code::invalid_argument);
  table clusters = example();
  clusters.set_clusters({"one"});
  EXPECT_EQ(data::write_table(clusters).error().code, error_code::mismatch);
}

}  // namespace table_file_test
