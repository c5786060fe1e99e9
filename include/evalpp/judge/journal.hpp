// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/detail/append_file.hpp>
#include <evalpp/judge/detail/journal_lines.hpp>
#include <evalpp/judge/detail/secret.hpp>
#include <evalpp/judge/journal_entry.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

// The journal of a judge, format version 1. JSONL; the first line says what the journal belongs to, then
// comes one line per attempt, in the order in which they ended:
//
//   {"format":"evalpp-judge","format_version":1,"library":"0.1.0","secret":"9f...","about":{"rubric":"5e..."}}
//   {"key":"a7...","about":{"item":"7"},"attempt":1,"completion":{"error":"timeout",...}}
//   {"key":"a7...","about":{"item":"7"},"attempt":2,"outcome":{"scores":[4]},"usd":0.002,"completion":{...}}
//   {"key":"b1...","about":{"item":"8"},"attempt":1,"unscored":"refusal","detail":"...","completion":{...}}
//
// A line with neither "outcome" nor "unscored" is an attempt after which another was to follow. "completion"
// is what completion_json.hpp writes. Members that a reader does not know are passed over; a change that a
// reader may not pass over raises `format_version`. Journals of every older version load for ever.

namespace evalpp::inline EVALPP_ABI::judge {

/// Reads a journal, also one that is being written or whose writer was killed: a last line that is cut is
/// left out, lines that are none are passed over, and both are noted. Fails when the file cannot be read or
/// its first line is no journal's. Linear in the file, which is held in memory.
inline result<journal_contents> read_journal(const std::string& path) {
  auto bytes = data::read_bytes(path);
  if (!bytes) return std::move(bytes.error());
  auto read = detail::parse_journal(path, *bytes);
  if (!read) return std::move(read.error());
  return std::move(read->contents);
}

/// A journal that is written: what stood in it, and what is added. An entry is in the file, whole, when
/// `append` returns, and stays there when the process is killed. (Not so when the machine loses its power:
/// that is what the system decides.)
class journal {
 public:
  /// Opens the journal of a run, or makes it. One process at a time: fails when another has it open, and when
  /// it belongs to something else, whose `head.about` differs; a file that is no journal is not touched. The
  /// secret of an existing journal is kept, that of a new one is `head.secret` or is drawn.
  static result<journal> open(const std::string& path, journal_head head);

  /// A journal without a file.
  static journal in_memory(journal_head head) {
    journal made;
    if (head.secret.empty()) head.secret = detail::draw_secret();
    made.contents_.head = std::move(head);
    return made;
  }

  const journal_head& head() const { return contents_.head; }
  /// What it holds by now.
  const journal_contents& contents() const { return contents_; }

  /// Adds an entry. Fails when the file cannot be written, or `about` or `outcome` is no JSON; the entry is
  /// then in neither the file nor `contents`.
  status append(journal_entry entry) {
    for (const auto& [text, what] :
         {std::pair{&entry.about, "\"about\""}, std::pair{&entry.outcome, "outcome"}}) {
      if (auto compact = detail::make_compact(*text, what); !compact) return compact;
    }
    if (file_) {
      line_.clear();
      json::writer out(line_);
      detail::write_entry(out, entry);
      if (auto written = file_->append(line_); !written) return written;
    }
    contents_.add(std::move(entry));
    return std::monostate{};
  }

 private:
  journal() = default;

  static status require_same(const journal_head& held, const journal_head& wanted, const std::string& path);

  std::optional<detail::append_file> file_;
  journal_contents contents_;
  std::string line_;
};

inline status journal::require_same(const journal_head& held, const journal_head& wanted,
                                    const std::string& path) {
  const auto value_in = [](const journal_head& head, const std::string& name) {
    const auto at =
        std::find_if(head.about.begin(), head.about.end(), [&](auto& p) { return p.first == name; });
    if (at == head.about.end()) return std::string("nothing");
    constexpr std::size_t most = 200;  // a rubric is longer, and that it differs is enough
    return at->second.size() > most ? std::string("another text") : "\"" + at->second + "\"";
  };
  const auto differs = [&](const std::string& name) -> evalpp::error {
    return {.code = error_code::mismatch,
            .message = "the journal belongs to another run: its " + name + " is " + value_in(held, name) +
                       ", this run's is " + value_in(wanted, name),
            .fix = "resume with what it was begun with, or begin a new journal",
            .file = path,
            .line = 1};
  };
  for (const auto& [name, value] : wanted.about)
    if (std::find(held.about.begin(), held.about.end(), std::pair(name, value)) == held.about.end())
      return differs(name);
  for (const auto& [name, value] : held.about)
    if (std::find(wanted.about.begin(), wanted.about.end(), std::pair(name, value)) == wanted.about.end())
      return differs(name);
  return std::monostate{};
}

inline result<journal> journal::open(const std::string& path, journal_head head) {
  if (path == "-")
    return evalpp::error{
        .code = error_code::invalid_argument, .message = "a journal must be a file", .file = path};
  auto file = detail::append_file::open(path);
  if (!file) return std::move(file.error());
  journal opened;
  auto bytes = data::read_bytes(path);
  if (!bytes) return std::move(bytes.error());
  // A head that was cut while it was written is all of a journal that had nothing in it.
  const bool cut_head = bytes->find('\n') == std::string::npos && !detail::parse_journal(path, *bytes) &&
                        std::string_view(*bytes).substr(0, detail::journal_beginning.size()) ==
                            detail::journal_beginning.substr(0, bytes->size());
  if (cut_head) {
    if (!bytes->empty()) {
      if (auto cut = file->cut(0); !cut) return std::move(cut.error());
    }
    if (head.secret.empty()) head.secret = detail::draw_secret();
    if (head.secret.empty())
      return evalpp::error{.code = error_code::io,
                           .message = "the system gives no random bytes to make a secret of",
                           .fix = "give the journal a secret",
                           .file = path};
    std::string line;
    json::writer out(line);
    detail::write_head(out, head);
    if (auto written = file->append(line); !written) return std::move(written.error());
    opened.contents_.head = std::move(head);
  } else {
    auto read = detail::parse_journal(path, *bytes);
    if (!read) return std::move(read.error());
    if (auto same = require_same(read->contents.head, head, path); !same) return std::move(same.error());
    if (auto mended = detail::mend(*file, read->end); !mended) return std::move(mended.error());
    opened.contents_ = std::move(read->contents);
  }
  opened.file_ = std::move(*file);
  return opened;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
