// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/blind_review.hpp>
#include <evalpp/judge/detail/blind_page.hpp>
#include <evalpp/report/text_table.hpp>

#include <string>
#include <string_view>
#include <vector>

// A sheet as the files that people fill in.
namespace evalpp::inline EVALPP_ABI::judge {

/// The columns of a sheet's CSV, and what its reader looks for.
inline constexpr std::string_view blind_columns[] = {"item",       "input",   "answer_a", "answer_b",
                                                     "preference", "comment", "rater",    "review"};

/// A cell that no spreadsheet takes for a formula: one that begins with = + - @, a tab or a line end gets an
/// apostrophe in front, and so does one that begins with an apostrophe, so that `from_spreadsheet` can take
/// it away again.
inline std::string for_spreadsheet(std::string_view cell) {
  const bool risky =
      !cell.empty() && std::string_view("=+-@\t\r\n'").find(cell.front()) != std::string_view::npos;
  std::string out(risky ? "'" : "");
  return out.append(cell);
}

inline std::string_view from_spreadsheet(std::string_view cell) {
  return cell.starts_with('\'') ? cell.substr(1) : cell;
}

/// CSV by RFC 4180, with a byte order mark, which spreadsheets need to read UTF-8. A to be filled in column
/// `preference`: A, B or tie.
inline std::string to_csv(const blind_sheet& sheet) {
  using align = report::text_table::align;
  report::text_table table({std::begin(blind_columns), std::end(blind_columns)},
                           std::vector<align>(std::size(blind_columns), align::left));
  for (const blind_item& i : sheet.items)
    table.add({i.code, for_spreadsheet(i.input), for_spreadsheet(i.a), for_spreadsheet(i.b), "", "", "",
               sheet.review});
  return "\xEF\xBB\xBF" + table.csv();
}

/// JSONL: {"review","item","input","a","b","preference":null,"comment":"","rater":""} for each pair.
inline std::string to_jsonl(const blind_sheet& sheet) {
  std::string text;
  json::writer out(text);
  for (const blind_item& i : sheet.items) {
    out.begin_object().member("review", sheet.review).member("item", i.code).member("input", i.input);
    out.member("a", i.a).member("b", i.b).member("preference", nullptr).member("comment", "");
    out.member("rater", "").end_object().line();
  }
  return text;
}

/// One page of HTML that needs nothing else: keys, progress, answers kept in the browser and saved as JSONL.
/// Whatever the texts hold, they are shown as text.
inline std::string to_html(const blind_sheet& sheet) {
  std::string data;
  json::writer out(data);
  out.begin_object().member("review", sheet.review).key("items").begin_array();
  for (const blind_item& i : sheet.items) {
    out.begin_object().member("item", i.code).member("input", i.input);
    out.member("a", i.a).member("b", i.b).end_object();
  }
  out.end_array().end_object();
  std::string text(detail::blind_page_head);
  // Within <script> only `<` can end it; in JSON it stands in strings only, where an escape means the same.
  for (const char c : data) {
    if (c == '<')
      text += "\\u003c";
    else
      text += c;
  }
  return text.append(detail::blind_page_tail);
}

}  // namespace evalpp::inline EVALPP_ABI::judge
