// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/delimited.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/options.hpp>
#include <evalpp/data/text_lines.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/blind_key.hpp>
#include <evalpp/judge/blind_sheet.hpp>
#include <evalpp/judge/judged_pair.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

// Filled sheets, joined with their key: what people prefer, by the names of the systems again.
namespace evalpp::inline EVALPP_ABI::judge {

/// What one person said of one row.
struct blind_answer {
  std::string rater;
  std::size_t entry = 0;  ///< of the key
  preference said = preference::tie;
  std::string comment = {};

  bool operator==(const blind_answer&) const = default;
};

/// The answers of all sheets, and the rows that have none.
struct blind_answers {
  std::vector<blind_answer> answers;
  std::vector<blind_answer> again;  ///< of the pairs that a sheet shows twice, the second ones: controls
  std::size_t rows = 0;
  std::size_t unanswered = 0;   ///< left empty
  std::size_t unreadable = 0;   ///< neither A, B nor tie
  std::size_t repeated = 0;     ///< said again by the same person, the same way: counted once
  std::size_t conflicting = 0;  ///< rows of a person who says two things of a pair: none of them counts
  std::vector<std::string> notes = {};  ///< where the unreadable and the conflicting ones stand
};

namespace detail {

/// A verdict as people write it; nothing when it is none.
inline std::optional<preference> read_side(std::string_view text, bool candidate_is_a) {
  std::string lower;
  for (const char c : text)
    if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
      lower += 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (lower == "tie") return preference::tie;
  if (lower != "a" && lower != "b") return std::nullopt;
  return (lower == "a") == candidate_is_a ? preference::candidate : preference::baseline;
}

inline bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace detail

/// Reads filled sheets one after another.
class blind_answer_reader {
 public:
  explicit blind_answer_reader(const blind_key& key) : key_(&key) {
    for (std::size_t e = 0; e < key.entries.size(); ++e) entry_of_.emplace(key.entries[e].code, e);
  }

  /// Adds a sheet: CSV (with commas, or with semicolons as some spreadsheets save it), or JSONL as sheets and
  /// pages have it. A row without a rater is by whoever the file is named after. An error, with its line: a
  /// sheet of another review than the key's, a row that the key does not know, a file that cannot be read.
  status add(const data::source_text& from, data::input_kind kind) {
    return kind == data::input_kind::jsonl ? add_jsonl(from) : add_csv(from);
  }

  /// Everything read so far, in its order.
  blind_answers finish() && {
    for (person_row& row : rows_) {
      if (conflicts_.contains(row.key))
        ++out_.conflicting;
      else if (row.counts)
        (key_->entries[row.answer.entry].again ? out_.again : out_.answers).push_back(std::move(row.answer));
      else
        ++out_.repeated;
    }
    return std::move(out_);
  }

 private:
  struct person_row {
    std::string key;
    blind_answer answer;
    bool counts;
  };
  struct cells {
    std::string_view item, preference, comment, rater, review;
  };

  error at(const data::source_text& from, std::size_t line, error_code code, std::string message,
           std::string fix) const {
    return {
        .code = code, .message = std::move(message), .fix = std::move(fix), .file = from.file, .line = line};
  }

  status add_row(const data::source_text& from, std::size_t line, const cells& row) {
    ++out_.rows;
    if (row.review != key_->review)
      return at(from, line, error_code::mismatch,
                row.review.empty() ? std::string("the row does not say which review it is of")
                                   : "the sheet is of the review " + std::string(row.review) +
                                         ", the key of " + key_->review,
                "give the key that was made with this sheet, and leave the column \"review\" as it is");
    const auto known = entry_of_.find(std::string(row.item));
    if (known == entry_of_.end())
      return at(from, line, error_code::unknown_name, "the key has no item \"" + std::string(row.item) + '"',
                "leave the column \"item\" as it is");
    if (detail::is_blank(row.preference)) {
      ++out_.unanswered;
      return std::monostate{};
    }
    const auto note = [&](const std::string& what) {
      out_.notes.push_back(from.file + ':' + std::to_string(line) + ": " + what);
    };
    const auto said = detail::read_side(row.preference, key_->entries[known->second].candidate_is_a);
    if (!said) {
      ++out_.unreadable;
      note("the preference \"" + std::string(row.preference) + "\" is none of A, B and tie");
      return std::monostate{};
    }
    blind_answer made{std::string(row.rater), known->second, *said, std::string(row.comment)};
    if (detail::is_blank(made.rater)) made.rater = data::system_name(from.file);
    std::string key = made.rater;
    key.append(1, '\0').append(key_->entries[made.entry].id);
    if (key_->entries[made.entry].again) key.append(1, '\0');  // is another row than the first one
    const auto [first, is_new] = first_of_.try_emplace(key, rows_.size());
    if (!is_new && rows_[first->second].answer.said != made.said &&
        conflicts_.insert_or_assign(key, true).second)
      note("\"" + made.rater + "\" has said another thing of the same pair before: neither counts");
    rows_.push_back({std::move(key), std::move(made), is_new});
    return std::monostate{};
  }

  status add_jsonl(const data::source_text& from) {
    json::parser parser;
    data::line_reader lines(from.text);
    for (std::string_view line; lines.next(line);) {
      if (detail::is_blank(line)) continue;
      const auto parsed = parser.parse(line);
      constexpr const char* fix = "give a line as the sheet has it, with \"preference\" filled in";
      if (!parsed || !parsed->is_object())
        return at(from, lines.number(), error_code::syntax,
                  parsed ? "an answer must be an object" : parsed.error().message, fix);
      cells row;
      const std::pair<const char*, std::string_view*> parts[] = {{"item", &row.item},
                                                                 {"preference", &row.preference},
                                                                 {"comment", &row.comment},
                                                                 {"rater", &row.rater},
                                                                 {"review", &row.review}};
      std::string other;  // a preference of another kind is unreadable, not an error
      for (const auto& [name, into] : parts) {
        const json::value given = (*parsed)[name];
        if (const auto text = given.as_string()) {
          *into = *text;
        } else if (given.exists() && !given.is_null()) {
          if (into != &row.preference)
            return at(from, lines.number(), error_code::wrong_type,
                      '"' + std::string(name) + "\" cannot be " + json::write(given), fix);
          other = json::write(given);
          *into = other;
        }
      }
      if (auto good = add_row(from, lines.number(), row); !good) return good;
    }
    return std::monostate{};
  }

  status add_csv(const data::source_text& from) {
    const std::string_view first_line = std::string_view(from.text).substr(0, from.text.find('\n'));
    const bool semicolons =
        first_line.find(',') == std::string_view::npos && first_line.find(';') != std::string_view::npos;
    data::delimited_reader reader(from.text, data::input_kind::csv, semicolons ? ';' : ',');
    std::vector<std::string> header, row;
    auto more = reader.next(header);
    constexpr std::string_view needed[] = {"item", "preference", "comment", "rater", "review"};
    std::size_t column[std::size(needed)] = {};
    for (std::size_t k = 0; more && k < std::size(needed); ++k) {
      const auto found = std::find(header.begin(), header.end(), needed[k]);
      if (found == header.end())
        return at(from, 1, error_code::missing_field,
                  "the sheet has no column \"" + std::string(needed[k]) + '"',
                  "keep the first row and all columns as they were");
      column[k] = static_cast<std::size_t>(found - header.begin());
    }
    while (more && *more) {
      more = reader.next(row);
      if (!more || !*more) break;
      if (std::all_of(row.begin(), row.end(), [](const std::string& c) { return c.empty(); })) continue;
      if (row.size() != header.size())
        return at(from, reader.line(), error_code::mismatch,
                  "the row has " + std::to_string(row.size()) + " cells, the header " +
                      std::to_string(header.size()),
                  "save the sheet as CSV from a spreadsheet, or quote cells that hold a comma");
      const auto cell = [&](std::size_t k) { return from_spreadsheet(row[column[k]]); };
      if (auto good = add_row(from, reader.line(), {cell(0), cell(1), cell(2), cell(3), cell(4)}); !good)
        return good;
    }
    if (more) return std::monostate{};
    error e = more.error();
    e.file = from.file;
    return e;
  }

  const blind_key* key_;
  std::unordered_map<std::string, std::size_t> entry_of_, first_of_;
  std::unordered_map<std::string, bool> conflicts_;
  std::vector<person_row> rows_;
  blind_answers out_;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
