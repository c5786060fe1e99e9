// SPDX-License-Identifier: MIT
#include <evalpp/data/read.hpp>

#include <gtest/gtest.h>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace read_test {

namespace data = evalpp::data;
using evalpp::error_code;
using texts = std::vector<std::string>;

class data_read : public testing::Test {
 protected:
  /// Writes a file of that name and yields its path.
  std::string file(const std::string& name, std::string_view bytes) {
    const std::string path = testing::TempDir() + "evalpp_read_" + name;
    EXPECT_TRUE(data::write_bytes(path, bytes));
    return path;
  }
};

TEST_F(data_read, text_files_are_joined_line_by_line) {
  const std::string ref = file("ref.txt", "one\ntwo\r\n\n");
  const std::string ref2 = file("ref2.txt", "uno\ndos\ntres");
  const std::string hyp = file("hyp.txt", "eins\n\nthree\n");
  const auto systems = data::read(texts{ref, hyp, hyp}, {.references = {ref2}});
  ASSERT_TRUE(systems) << to_string(systems.error());
  ASSERT_EQ(systems->size(), 2U);
  EXPECT_EQ((*systems)[0].system, "evalpp_read_hyp");
  EXPECT_EQ((*systems)[1].system, "evalpp_read_hyp#2");
  const auto& records = (*systems)[0].records;
  ASSERT_EQ(records.size(), 3U);
  EXPECT_EQ(records[1].id, "1");
  EXPECT_EQ(records[1].prediction, "");
  EXPECT_EQ(records[1].references, (texts{"two", "dos"}));
  EXPECT_EQ(records[2].references, (texts{"", "tres"}));
  EXPECT_FALSE((*systems)[0].has_ids);
}

TEST_F(data_read, counts_that_differ_name_both_and_the_first_shifted_line) {
  const std::string ref = file("cref.txt", "the cat sat\na dog ran far\nbirds fly high up\nfish swim\n");
  const std::string broken = file("broken.txt", "the cat sits\na dog\nran far\nbirds fly high\nfish swim\n");
  const auto systems = data::read(texts{ref, broken});
  ASSERT_FALSE(systems);
  EXPECT_EQ(systems.error().code, error_code::mismatch);
  EXPECT_EQ(systems.error().file, broken);
  EXPECT_EQ(systems.error().line, 3U);
  EXPECT_NE(systems.error().message.find("has 4 lines"), std::string::npos);
  EXPECT_NE(systems.error().message.find("has 5"), std::string::npos);
  EXPECT_NE(systems.error().fix.find("line 2 probably contained a line break"), std::string::npos);

  const std::string shorter = file("shorter.txt", "the cat sits\na dog ran\nfish swim\n");
  const auto lacking = data::read(texts{ref, shorter});
  ASSERT_FALSE(lacking);
  EXPECT_EQ(lacking.error().file, ref);
  EXPECT_EQ(lacking.error().line, 3U);

  const std::string surplus = file("surplus.txt", "the cat sits\na dog ran\nbirds high\nfish swim\n\n");
  EXPECT_EQ(data::read(texts{ref, surplus}).error().line, 5U);
  EXPECT_FALSE(data::read(texts{ref, file("void.txt", "")}));
  EXPECT_FALSE(data::read(texts{file("void.txt", ""), ref}));
}

TEST_F(data_read, identical_and_transposed_files_are_refused) {
  const std::string ref = file("iref.txt", "a\nb\n");
  const std::string same = file("same.txt", "a\r\nb");
  const auto identical = data::read(texts{ref, same});
  ASSERT_FALSE(identical);
  EXPECT_NE(identical.error().message.find("identical"), std::string::npos);
  EXPECT_TRUE(data::read(texts{ref, same}, {.allow_identical = true}));
  EXPECT_FALSE(data::read(texts{ref, file("other.txt", "c\nd\n")}, {.references = {ref}}));

  // Three examples with two references each, written as one file per example.
  const auto transposed =
      data::read(texts{file("e0.txt", "r00\nr01\n"), file("h3.txt", "a\nb\nc\n")},
                 {.references = {file("e1.txt", "r10\nr11\n"), file("e2.txt", "r20\nr21\n")}});
  ASSERT_FALSE(transposed);
  EXPECT_NE(transposed.error().message.find("transposed"), std::string::npos);
}

TEST_F(data_read, invalid_utf8_is_located) {
  const auto systems = data::read(texts{file("u1.txt", "a\nb\n"), file("u2.txt", "a\nb\xFF\n")});
  ASSERT_FALSE(systems);
  EXPECT_EQ(systems.error().code, error_code::invalid_utf8);
  EXPECT_EQ(systems.error().offset, 3U);
  EXPECT_EQ(systems.error().line, 2U);
  EXPECT_EQ(systems.error().column, 2U);
}

TEST_F(data_read, an_option_overrules_the_extension) {
  const std::string_view row = R"({"prediction":"a","reference":"b"})";
  const std::string hidden = file("hidden.txt", row);
  EXPECT_FALSE(data::read(texts{hidden}));
  EXPECT_TRUE(data::read(texts{hidden}, {.kind = data::input_kind::jsonl}));
}

TEST_F(data_read, every_row_format_gives_the_same_records) {
  const std::string jsonl = file("k.jsonl", "{\"id\":1,\"prediction\":\"a b\",\"reference\":\"c\"}\n");
  const std::string json = file("k.json", "[{\"id\":1,\"prediction\":\"a b\",\"reference\":\"c\"}]\n");
  const std::string tsv = file("k.tsv", "id\tprediction\treference\n1\ta b\tc\n");
  const std::string csv = file("k.csv", "id,prediction,reference\n1,\"a b\",c\n");
  const auto systems = data::read(texts{jsonl, json, tsv, csv});
  ASSERT_TRUE(systems) << to_string(systems.error());
  ASSERT_EQ(systems->size(), 4U);
  for (const data::dataset& set : *systems) {
    ASSERT_EQ(set.size(), 1U) << set.file;
    EXPECT_EQ(set.records[0].id, "1");
    EXPECT_EQ(set.records[0].prediction, "a b");
    EXPECT_EQ(set.records[0].references, texts{"c"});
  }
  EXPECT_EQ((*systems)[3].system, "evalpp_read_k#4");
}

TEST_F(data_read, a_squad_dataset_takes_predictions_beside_it) {
  const std::string dev =
      file("dev.json", R"({"data":[{"paragraphs":[{"qas":[{"id":"q","answers":[{"text":"x"}]}]}]}]})");
  const std::string one = file("one.json", R"({"q":"x"})");
  const std::string two = file("two.json", R"({"q":"y"})");
  const auto systems = data::read(texts{dev, one, two});
  ASSERT_TRUE(systems) << to_string(systems.error());
  ASSERT_EQ(systems->size(), 2U);
  EXPECT_EQ((*systems)[1].records[0].prediction, "y");
  EXPECT_FALSE(data::read(texts{dev}));
  EXPECT_FALSE(data::read(texts{one}, {.kind = data::input_kind::squad}));
}

TEST_F(data_read, kinds_do_not_mix) {
  const std::string text = file("m.txt", "a\n");
  const std::string rows = file("m.jsonl", R"({"prediction":"a","reference":"b"})");
  EXPECT_EQ(data::read(texts{text, rows}).error().code, error_code::invalid_argument);
  EXPECT_FALSE(data::read(texts{rows}, {.references = {text}}));
  EXPECT_FALSE(data::read(texts{}));
  EXPECT_FALSE(data::read(texts{"-", "-"}));
}

}  // namespace read_test
