// SPDX-License-Identifier: MIT
#include <evalpp/data/sketch_file.hpp>

#include <gtest/gtest.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace sketch_file_test {

namespace data = evalpp::data;
using evalpp::error_code;
using evalpp::replicate_sketch;

replicate_sketch example() {
  constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  replicate_sketch sketch;
  sketch.seed = std::numeric_limits<std::uint64_t>::max();
  sketch.replicates = 2;
  sketch.columns.push_back({{"bleu", "case:mixed", evalpp::scale::percent, true, false, 2},
                            {},
                            3,
                            (std::uint64_t{1} << 63) + 1,
                            {most, least},
                            {3, 0},
                            {1, 2, least, most}});
  sketch.columns.push_back({{"spans", "zero:0", evalpp::scale::fraction, true, true, 0},
                            {"a\"\n", "\xC3\xA9", ""},
                            3,
                            5,
                            {1, 2, 3},
                            {3, 0},
                            {1, 2, 3, 4, 5, 6}});
  return sketch;
}

auto read(std::string_view text) { return data::read_sketch({"s.jsonl", std::string(text), false}); }

TEST(data_sketch_file, comes_back_bit_for_bit) {
  for (const replicate_sketch& sketch : {replicate_sketch{}, example()}) {
    const auto text = data::write_sketch(sketch);
    ASSERT_TRUE(text);
    const auto back = read(*text);
    ASSERT_TRUE(back) << to_string(back.error());
    EXPECT_TRUE(*back == sketch) << *text;
  }
}

TEST(data_sketch_file, survives_the_disk) {
  const std::string path = testing::TempDir() + "evalpp_sketch_file_test.jsonl";
  ASSERT_TRUE(data::save_sketch(example(), path));
  const auto back = data::load_sketch(path);
  ASSERT_TRUE(back);
  EXPECT_TRUE(*back == example());
  EXPECT_FALSE(data::save_sketch(example(), "/nonexistent/sketch"));
  EXPECT_FALSE(data::load_sketch("/nonexistent/sketch"));
}

// The format, as it stands in the header: files that were written with it load for ever.
TEST(data_sketch_file, of_version_1_loads) {
  const auto sketch = read(
      R"({"format":"evalpp-replicates","format_version":1,"new":[],"weights":"poisson-256","seed":"7","replicates":1,)"
      R"("columns":[{"name":"em","signature":"s","unit":"0-100","higher_is_better":true,"lanes":2,"units":"812",)"
      R"("unit_digest":"17216961135462248174","total":[640,812]}]})"
      "\n"
      R"({"drawn":[803],"columns":[[629,803]],"later":1})"
      "\n");
  ASSERT_TRUE(sketch) << to_string(sketch.error());
  EXPECT_EQ(sketch->seed, 7u);
  EXPECT_EQ(sketch->replicates, 1u);
  ASSERT_EQ(sketch->columns.size(), 1u);
  EXPECT_EQ(sketch->columns[0].info.name, "em");
  EXPECT_EQ(sketch->columns[0].units, 812u);
  EXPECT_EQ(sketch->columns[0].unit_digest, 17216961135462248174u);
  EXPECT_EQ(sketch->columns[0].total, (std::vector<std::int64_t>{640, 812}));
  EXPECT_EQ(sketch->columns[0].drawn, (std::vector<std::int64_t>{803}));
  EXPECT_EQ(sketch->columns[0].sums, (std::vector<std::int64_t>{629, 803}));
}

TEST(data_sketch_file, that_is_damaged_is_refused_with_its_place) {
  const std::string good = *data::write_sketch(example());
  const auto with = [&](std::string_view what, std::string_view instead) {
    std::string text = good;
    const std::size_t at = text.find(what);
    EXPECT_NE(at, std::string::npos) << what;
    return read(text.replace(at, what.size(), instead));
  };
  const auto refused = [](const auto& found, error_code code, std::size_t line) {
    ASSERT_FALSE(found);
    EXPECT_EQ(found.error().code, code) << to_string(found.error());
    EXPECT_EQ(found.error().line, line) << to_string(found.error());
  };
  refused(read(""), error_code::syntax, 1);
  refused(with("evalpp-replicates", "evalpp-table"), error_code::syntax, 1);
  refused(with("\"format_version\":1", "\"format_version\":2"), error_code::version, 1);
  refused(with("\"format_version\":1", "\"format_version\":0"), error_code::wrong_type, 1);
  refused(with("poisson-256", "poisson"), error_code::wrong_type, 1);
  refused(with("\"18446744073709551615\"", "\"18446744073709551616\""), error_code::wrong_type, 1);
  refused(with("\"replicates\":2", "\"replicates\":-2"), error_code::wrong_type, 1);
  refused(with("\"lanes\":2", "\"lanes\":9223372036854775807"), error_code::wrong_type, 1);
  refused(with("\"names\":[", "\"names\":[1,"), error_code::wrong_type, 1);
  refused(with("\"units\":\"3\"", "\"units\":3"), error_code::wrong_type, 1);
  refused(with("[1,2]", "[1,2.5]"), error_code::wrong_type, 2);
  refused(with("[1,2]", "[1]"), error_code::wrong_type, 2);
  refused(with("\"drawn\":[3,3]", "\"drawn\":[3]"), error_code::wrong_type, 2);
  refused(with("\"replicates\":2", "\"replicates\":1"), error_code::wrong_type, 3);
  EXPECT_EQ(with("\"replicates\":2", "\"replicates\":3").error().code, error_code::mismatch);
}

TEST(data_sketch_file, is_not_written_of_what_does_not_fit_together) {
  replicate_sketch sketch = example();
  sketch.columns[0].sums.pop_back();
  EXPECT_EQ(data::write_sketch(sketch).error().code, error_code::mismatch);
  sketch = example();
  sketch.columns[1].names[0] = "\xff";
  EXPECT_EQ(data::write_sketch(sketch).error().code, error_code::invalid_utf8);
}

}  // namespace sketch_file_test
