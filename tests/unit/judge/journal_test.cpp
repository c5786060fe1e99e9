// SPDX-License-Identifier: MIT
#include <evalpp/data/file.hpp>
#include <evalpp/judge/journal.hpp>

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

namespace journal_test {

namespace data = evalpp::data;
namespace judge = evalpp::judge;
using evalpp::error_code;

std::string fresh(const char* name) {
  std::string path = testing::TempDir() + "evalpp_journal_test_" + name + ".jsonl";
  std::remove(path.c_str());
  return path;
}
std::string bytes_of(const std::string& path) {
  auto bytes = data::read_bytes(path);
  return bytes ? *bytes : "?";
}
std::string text_of(const evalpp::error& e) { return to_string(e); }

const judge::journal_head head = {"5ec3e7", {{"rubric", "r1"}, {"data", "d1"}}};

judge::journal_entry scored(std::string key) {
  judge::journal_entry e{key, R"({"item":")" + key + R"("})", 1, R"({"scores":[4]})"};
  e.usd = 0.25;
  e.completion.choices.push_back({.text = "I say 4\n\xFF"});
  return e;
}
judge::journal_entry unscored(std::string key, judge::unscored reason, judge::call_error error) {
  judge::journal_entry e{key, "7", 2, {}, reason, "why"};
  e.completion.error = error;
  return e;
}

TEST(judge_journal, keeps_what_is_appended_and_resumes) {
  const std::string path = fresh("keeps");
  std::vector<judge::journal_entry> entries = {
      scored("a"), unscored("b", judge::unscored::refusal, judge::call_error::none),
      unscored("c", judge::unscored::timeout, judge::call_error::timeout)};
  entries.push_back({"d", "", 0, "null"});
  {
    auto journal = judge::journal::open(path, head);
    ASSERT_TRUE(journal) << text_of(journal.error());
    for (std::size_t i = 0; i < 3; ++i) ASSERT_TRUE(journal->append(entries[i]));
  }
  {
    auto journal = judge::journal::open(path, {{}, head.about});
    ASSERT_TRUE(journal) << text_of(journal.error());
    EXPECT_EQ(journal->head(), head);
    ASSERT_TRUE(journal->append(entries[3]));
    EXPECT_EQ(journal->contents().entries, entries);
  }
  const auto read = judge::read_journal(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->head, head);
  EXPECT_EQ(read->entries, entries);
  EXPECT_TRUE(read->notes.empty());
  EXPECT_TRUE(read->find("a")->settled());
  EXPECT_TRUE(read->find("b")->settled());
  EXPECT_FALSE(read->find("c")->settled());
  EXPECT_TRUE(read->find("d")->scored());
  EXPECT_EQ(read->find("e"), nullptr);
  EXPECT_EQ(read->find("a", R"({"item":"z"})"), nullptr);
  EXPECT_EQ(read->attempts("b"), 2U);
  EXPECT_EQ(read->attempts("e"), 0U);
}

TEST(judge_journal, a_secret_is_drawn_once) {
  const std::string path = fresh("secret");
  std::string secret;
  {
    const auto journal = judge::journal::open(path, {});
    ASSERT_TRUE(journal);
    secret = journal->head().secret;
    EXPECT_EQ(secret.size(), 64U);
  }
  EXPECT_EQ(judge::journal::open(path, {})->head().secret, secret);
  EXPECT_NE(judge::journal::in_memory({}).head().secret, secret);
}

TEST(judge_journal, a_later_failure_takes_no_outcome_away) {
  judge::journal journal = judge::journal::in_memory(head);
  ASSERT_TRUE(journal.append(unscored("b", judge::unscored::malformed, judge::call_error::none)));
  ASSERT_TRUE(journal.append(unscored("b", judge::unscored::transport, judge::call_error::server)));
  EXPECT_EQ(journal.contents().find("b")->reason, judge::unscored::malformed);
  ASSERT_TRUE(journal.append(scored("b")));
  EXPECT_TRUE(journal.contents().find("b")->scored());
}

// kill -9 in mid-write: whatever the place of the cut, what was finished is there and the journal goes on.
TEST(judge_journal, kill_9_at_every_byte_of_the_last_lines_loses_no_finished_line) {
  const std::string path = fresh("cut");
  {
    auto journal = judge::journal::open(path, head);
    ASSERT_TRUE(journal);
    for (const char* key : {"a", "b", "c"}) ASSERT_TRUE(journal->append(scored(key)));
  }
  const std::string whole = bytes_of(path);
  for (std::size_t size = 0; size <= whole.size(); ++size) {
    const std::string_view left = std::string_view(whole).substr(0, size);
    ASSERT_TRUE(data::write_bytes(path, left));
    // A line counts when all of its object is there, with or without the LF.
    std::size_t lines = 0, line_end = 0;
    for (std::size_t at = whole.find('\n'); at != std::string::npos; at = whole.find('\n', at + 1)) {
      if (size >= at) line_end = at, ++lines;
    }
    const auto report = judge::read_journal(path);
    EXPECT_EQ(report.has_value(), lines != 0) << size;
    if (report) {
      EXPECT_EQ(report->entries.size(), lines - 1) << size;
      EXPECT_EQ(report->torn, size > line_end + 1) << size;
      EXPECT_EQ(report->notes.size(), report->torn ? 1U : 0U);
    }
    {
      auto journal = judge::journal::open(path, head);
      ASSERT_TRUE(journal) << size << text_of(journal.error());
      EXPECT_EQ(journal->contents().entries.size(), lines == 0 ? 0 : lines - 1) << size;
      ASSERT_TRUE(journal->append(scored("z")));
    }
    const auto after = judge::read_journal(path);
    ASSERT_TRUE(after) << size;
    EXPECT_EQ(after->entries.size(), lines == 0 ? 1 : lines) << size;
    EXPECT_EQ(after->broken_lines, 0U) << size;
    EXPECT_TRUE(after->find("z"));
    if (lines > 1) {
      EXPECT_EQ(*after->find("a"), scored("a"));
    }
  }
}

// judge.md section 5, failure mode 15: concurrent appends corrupt results.
TEST(judge_journal, failure_mode_15_a_second_writer_is_refused_and_readers_are_not) {
  const std::string path = fresh("second");
  {
    auto first = judge::journal::open(path, head);
    ASSERT_TRUE(first);
    ASSERT_TRUE(first->append(scored("a")));
    const auto second = judge::journal::open(path, head);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, error_code::io);
    EXPECT_NE(second.error().message.find("another process"), std::string::npos);
    EXPECT_EQ(judge::read_journal(path)->entries.size(), 1U);
    judge::journal moved = std::move(*first);
    EXPECT_TRUE(moved.append(scored("b")));
    EXPECT_FALSE(judge::journal::open(path, head));
  }
  EXPECT_TRUE(judge::journal::open(path, head));  // the lock goes with its holder
}

TEST(judge_journal, failure_mode_15_a_line_longer_than_a_page_is_one_line) {
  const std::string path = fresh("long");
  judge::journal_entry long_one = scored("a");
  long_one.completion.choices[0].text.assign(100'000, 'x');
  {
    auto journal = judge::journal::open(path, head);
    ASSERT_TRUE(journal);
    ASSERT_TRUE(journal->append(long_one));
    ASSERT_TRUE(journal->append(scored("b")));
  }
  EXPECT_EQ(*judge::read_journal(path)->find("a"), long_one);
}

TEST(judge_journal, refuses_what_belongs_to_another_run_and_leaves_it_alone) {
  const std::string path = fresh("other");
  ASSERT_TRUE(judge::journal::open(path, head));
  const std::string before = bytes_of(path);
  for (const judge::journal_head& other :
       {judge::journal_head{"", {{"rubric", "r2"}, {"data", "d1"}}},
        judge::journal_head{"", {{"rubric", "r1"}}},
        judge::journal_head{"", {{"rubric", "r1"}, {"data", "d1"}, {"model", "m"}}}}) {
    const auto refused = judge::journal::open(path, other);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, error_code::mismatch);
  }
  EXPECT_EQ(bytes_of(path), before);
  for (const char* text : {"hello\n", "hello", "{\"format\":\"evalpp-table\"}\n", "{\"format\":", "[]",
                           "{\"format\":\"evalpp-judge\",\"format_version\":2}\n", "\n"}) {
    ASSERT_TRUE(data::write_bytes(path, text));
    if (std::string_view(text) == "{\"format\":") continue;  // may be a journal's beginning
    EXPECT_FALSE(judge::journal::open(path, head)) << text;
    EXPECT_FALSE(judge::read_journal(path)) << text;
    EXPECT_EQ(bytes_of(path), text);
  }
  EXPECT_FALSE(judge::journal::open("/nonexistent/journal", head));
  EXPECT_FALSE(judge::journal::open(testing::TempDir(), head));
  EXPECT_FALSE(judge::journal::open("-", head));
  EXPECT_FALSE(judge::read_journal("/nonexistent/journal"));
}

TEST(judge_journal, a_broken_line_in_the_middle_costs_that_line_only) {
  const std::string path = fresh("middle");
  {
    auto journal = judge::journal::open(path, head);
    ASSERT_TRUE(journal);
    ASSERT_TRUE(journal->append(scored("a")));
  }
  std::string text = bytes_of(path);
  const std::string line = text.substr(text.find('\n') + 1);
  text += "{\"key\":\"b\",\"att\n[]\n\n{\"attempt\":1}\n{\"key\":\"c\",\"unscored\":\"bored\"}\n\xFF\n";
  text += R"({"key":"s","outcome":"\ud800"})"
          "\n" +
          line;
  ASSERT_TRUE(data::write_bytes(path, text));
  const auto read = judge::read_journal(path);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->entries.size(), 3U);
  EXPECT_EQ(read->broken_lines, 5U);
  EXPECT_EQ(read->replaced_surrogates, 1U);
  EXPECT_EQ(read->notes.size(), 6U);
  EXPECT_EQ(read->find("s")->outcome, "\"\xEF\xBF\xBD\"");
  EXPECT_FALSE(read->torn);
}

TEST(judge_journal, takes_only_json_and_keeps_lines_whole) {
  judge::journal journal = judge::journal::in_memory(head);
  judge::journal_entry entry = scored("a");
  entry.outcome = "{\"a\":\n 1}";
  ASSERT_TRUE(journal.append(entry));
  EXPECT_EQ(journal.contents().entries.at(0).outcome, "{\"a\":1}");
  entry.outcome = "{";
  EXPECT_FALSE(journal.append(entry));
  entry.outcome = "1";
  entry.about = "x";
  EXPECT_FALSE(journal.append(entry));
  EXPECT_EQ(journal.contents().entries.size(), 1U);
}

}  // namespace journal_test
