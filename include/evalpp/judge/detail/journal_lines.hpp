// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/completion_json.hpp>
#include <evalpp/judge/detail/json_fields.hpp>
#include <evalpp/judge/detail/log_lines.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/unscored.hpp>
#include <evalpp/version.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace evalpp::inline EVALPP_ABI::judge {

/// The version of the journals that this library writes; it reads them up to this one.
inline constexpr std::int64_t journal_format_version = 1;

}  // namespace evalpp::inline EVALPP_ABI::judge

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// What every journal begins with.
inline constexpr std::string_view journal_beginning = R"({"format":"evalpp-judge")";

inline void write_head(json::writer& out, const journal_head& head) {
  out.begin_object().member("format", "evalpp-judge").member("format_version", journal_format_version);
  out.member("library", EVALPP_VERSION_STRING).member("secret", head.secret).key("about").begin_object();
  for (const auto& [name, value] : head.about) write_text(out, name, value);
  out.end_object().end_object().line();
}

inline result<journal_head> read_head(json::value line) {
  if (auto good = require_format(line, "evalpp-judge", journal_format_version, "journal of a judge"); !good)
    return std::move(good.error());
  journal_head head;
  field_reader fields(line);
  fields.text("secret", head.secret);
  field_reader about(fields.object("about"));
  for (const auto [name, value] : line["about"].members()) {
    auto& [kept_name, kept_value] = head.about.emplace_back(name, std::string());
    about.text(kept_name, kept_value);
  }
  if (!about.wrong().empty()) fields.refuse(about.wrong());
  if (!fields.wrong().empty()) return wrong_field("journal's first line", fields.wrong());
  return head;
}

/// Makes JSON text compact and one line; fails when it is no JSON.
inline status make_compact(std::string& text, const char* what) {
  if (text.empty()) return std::monostate{};
  const auto parsed = json::parse(text);
  if (!parsed) {
    evalpp::error e = parsed.error();
    e.message = std::string("the ") + what + " of a call must be JSON: " + e.message;
    return e;
  }
  text = json::write(parsed->root());
  return std::monostate{};
}

/// Appends an entry whose `about` and `outcome` are compact.
inline void write_entry(json::writer& out, const journal_entry& entry) {
  out.begin_object();
  write_text(out, "key", entry.key);
  if (!entry.about.empty()) out.key("about").raw(entry.about);
  out.member("attempt", entry.attempt);
  if (!entry.outcome.empty()) out.key("outcome").raw(entry.outcome);
  if (entry.reason) out.member("unscored", name_of(*entry.reason));
  if (!entry.detail.empty()) write_text(out, "detail", entry.detail);
  if (entry.usd) write_number(out, "usd", *entry.usd);
  if (entry.attempt != 0) write_completion(out.key("completion"), entry.completion);
  out.end_object().line();
}

inline result<journal_entry> read_entry(json::value line) {
  journal_entry entry;
  field_reader fields(line);
  fields.text("key", entry.key);
  if (entry.key.empty()) fields.refuse("key");
  if (line.contains("about")) entry.about = json::write(line["about"]);
  fields.count("attempt", entry.attempt);
  if (line.contains("outcome")) entry.outcome = json::write(line["outcome"]);
  if (line.contains("unscored")) fields.name("unscored", unscored_names, entry.reason.emplace());
  fields.text("detail", entry.detail);
  fields.number("usd", entry.usd);
  if (!fields.wrong().empty()) return wrong_field("journal's line", fields.wrong());
  if (line.contains("completion")) {
    auto answer = read_completion(line["completion"]);
    if (!answer) return std::move(answer.error());
    entry.completion = std::move(*answer);
  }
  return entry;
}

/// A journal and how its file ends.
struct parsed_journal {
  journal_contents contents;
  log_end end;
};

inline result<parsed_journal> parse_journal(const std::string& file, std::string_view text) {
  parsed_journal read;
  journal_contents& out = read.contents;
  const auto pass_over = [&](std::size_t line, const std::string& why) {
    ++out.broken_lines;
    out.notes.push_back(file + ":" + std::to_string(line) + ": passed over: " + why);
  };
  const auto lines = each_log_line(text, read.end, [&](const log_line& line) -> status {
    if (line.number == 1) {
      auto head = read_head(line.object);
      if (!head) return at_line(std::move(head.error()), file, 1);
      out.head = std::move(*head);
    } else if (!line.object.exists()) {
      pass_over(line.number, "no line of a journal");
    } else if (auto entry = read_entry(line.object)) {
      out.add(std::move(*entry));
    } else {
      pass_over(line.number, entry.error().message);
    }
    return std::monostate{};
  });
  if (!lines) return lines.error();
  if (read.end.lines == 0)
    return at_line({.code = error_code::syntax, .message = "the journal is empty"}, file, 1);
  out.torn = read.end.torn;
  out.replaced_surrogates = read.end.replaced_surrogates;
  if (out.torn)
    out.notes.push_back(file + ":" + std::to_string(read.end.lines) +
                        ": the last line is cut and was left out");
  if (out.replaced_surrogates != 0)
    out.notes.push_back(file + ": replaced " + std::to_string(out.replaced_surrogates) +
                        " halves of characters by U+FFFD");
  return read;
}

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
