// SPDX-License-Identifier: MIT
#include <evalpp/data/options.hpp>

#include <gtest/gtest.h>
#include <optional>

namespace options_test {

namespace data = evalpp::data;
using data::input_kind;

TEST(data_options, the_extension_says_the_kind) {
  EXPECT_EQ(data::kind_of("a/run.jsonl"), input_kind::jsonl);
  EXPECT_EQ(data::kind_of("run.NDJSON"), input_kind::jsonl);
  EXPECT_EQ(data::kind_of("run.json"), input_kind::json);
  EXPECT_EQ(data::kind_of("run.tsv"), input_kind::tsv);
  EXPECT_EQ(data::kind_of("run.csv"), input_kind::csv);
  EXPECT_EQ(data::kind_of("run.jsonl.txt"), input_kind::text);
  EXPECT_EQ(data::kind_of("json"), input_kind::text);
  EXPECT_EQ(data::kind_of(""), input_kind::text);
  EXPECT_EQ(data::kind_of("-"), input_kind::text);
}

TEST(data_options, words_name_the_kinds) {
  EXPECT_EQ(data::parse_kind("text"), input_kind::text);
  EXPECT_EQ(data::parse_kind("jsonl"), input_kind::jsonl);
  EXPECT_EQ(data::parse_kind("json"), input_kind::json);
  EXPECT_EQ(data::parse_kind("tsv"), input_kind::tsv);
  EXPECT_EQ(data::parse_kind("csv"), input_kind::csv);
  EXPECT_EQ(data::parse_kind("squad"), input_kind::squad);
  EXPECT_EQ(data::parse_kind("parquet"), std::nullopt);
  EXPECT_EQ(data::parse_kind(""), std::nullopt);
}

}  // namespace options_test
