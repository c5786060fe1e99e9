// SPDX-License-Identifier: MIT
#include <evalpp/data/file.hpp>

#include <gtest/gtest.h>
#include <string>
#include <string_view>

namespace file_test {

namespace data = evalpp::data;
using evalpp::error_code;

TEST(data_file, a_written_file_reads_back) {
  const std::string path = testing::TempDir() + "evalpp_file_test.bin";
  std::string bytes(300'000, 'x');
  bytes += std::string("\0\r\n\xFF", 4);
  ASSERT_TRUE(data::write_bytes(path, bytes));
  const auto read = data::read_bytes(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, bytes);
}

TEST(data_file, what_cannot_be_read_is_an_error_with_its_name) {
  const auto missing = data::read_bytes("/nonexistent/evalpp");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().code, error_code::io);
  EXPECT_EQ(missing.error().file, "/nonexistent/evalpp");
  EXPECT_FALSE(data::write_bytes("/nonexistent/evalpp", "x"));
  EXPECT_FALSE(data::read_bytes(testing::TempDir()));  // a folder
}

TEST(data_file, invalid_utf8_is_located) {
  const auto read = data::to_text("f.txt", "one\n\xC3\xA9t\xC3\xA9 \xE9\n");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, error_code::invalid_utf8);
  EXPECT_EQ(read.error().offset, 10U);
  EXPECT_EQ(read.error().line, 2U);
  EXPECT_EQ(read.error().column, 5U);
  EXPECT_EQ(
      to_string(read.error()),
      "f.txt:2:5: byte 0xE9 at offset 10 is not UTF-8; convert the file to UTF-8, for instance with iconv");
}

TEST(data_file, a_byte_order_mark_is_dropped_and_told) {
  const auto read = data::to_text("f.txt",
                                  "\xEF\xBB\xBF"
                                  "a\xEF\xBB\xBF");
  ASSERT_TRUE(read);
  EXPECT_TRUE(read->had_byte_order_mark);
  EXPECT_EQ(read->text, "a\xEF\xBB\xBF");  // only at the front
  EXPECT_FALSE(data::to_text("f.txt", "a")->had_byte_order_mark);
}

TEST(data_file, other_encodings_are_named) {
  EXPECT_NE(data::to_text("f",
                          "\xFF\xFE"
                          "a")
                .error()
                .message.find("UTF-16"),
            std::string::npos);
  EXPECT_NE(data::to_text("f", "\x1F\x8B\x08").error().message.find("gzip"), std::string::npos);
}

TEST(data_file, whether_a_file_can_be_written_is_found_without_a_change) {
  const std::string path = ::testing::TempDir() + "evalpp_writable";
  ASSERT_TRUE(data::write_bytes(path, "kept"));
  EXPECT_TRUE(data::check_writable(path));
  EXPECT_EQ(*data::read_bytes(path), "kept");
  std::remove(path.c_str());
  EXPECT_FALSE(data::check_writable("/nonexistent/evalpp"));
  EXPECT_EQ(data::check_writable("/nonexistent/evalpp").error().file, "/nonexistent/evalpp");
}

}  // namespace file_test
