// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/write.hpp>
#include <evalpp/judge/journal.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

// Arbitrary bytes as a journal: what is read of it is written as lines that read and write the same, and what
// is written behind its last whole line is read too.
inline int fuzz_judge_journal(const std::uint8_t* bytes, std::size_t size) {
  namespace judge = evalpp::judge;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  const auto written = [](const judge::journal_contents& contents) {
    std::string text;
    evalpp::json::writer out(text);
    judge::detail::write_head(out, contents.head);
    for (const judge::journal_entry& e : contents.entries) judge::detail::write_entry(out, e);
    return text;
  };
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(bytes[i]);
  const auto read = judge::detail::parse_journal("f", text);
  if (!read) {
    require(!read.error().message.empty() && read.error().file == "f");
    return 0;
  }
  const std::string once = written(read->contents);
  const auto again = judge::detail::parse_journal("f", once);
  require(again.has_value() && again->contents.notes.empty());
  require(again->contents.entries.size() == read->contents.entries.size());
  require(written(again->contents) == once);

  std::string resumed = text.substr(0, read->end.whole);
  if (read->end.without_newline) resumed += '\n';
  resumed += "{\"key\":\"added\",\"outcome\":1}\n";
  const auto longer = judge::detail::parse_journal("f", resumed);
  require(longer.has_value() && !longer->contents.torn);
  require(longer->contents.entries.size() == read->contents.entries.size() + 1);
  require(longer->contents.broken_lines == read->contents.broken_lines);
  return 0;
}
