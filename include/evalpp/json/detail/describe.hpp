// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/text/unicode.hpp>
#include <evalpp/text/utf8.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Words for error messages.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline constexpr std::size_t shown_code_points = 80;

/// At most so many code points, "..." for the rest.
inline std::string cut(std::string text, std::size_t most = shown_code_points) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) continue;
    if (count++ == most) {
      text.resize(at);
      return text += "...";
    }
  }
  return text;
}

/// Appends a value as compact JSON until the text is long enough; a few levels deep.
inline void show_into(std::string& out, json::value v, int levels) {
  constexpr std::size_t enough = 4 * shown_code_points;
  if (const auto text = v.as_string()) {
    writer(out).value(text->substr(0, enough + 4));
  } else if (v.is_number()) {
    out += v.number_text().substr(0, enough);
  } else if (v.is_array() || v.is_object()) {
    const bool object = v.is_object();
    out += object ? '{' : '[';
    if (levels == 0 && !v.empty()) out += "...";
    for (std::size_t i = 0; levels > 0 && i < v.size() && out.size() <= enough; ++i) {
      if (i != 0) out += ',';
      if (!object) {
        show_into(out, v.at(i), levels - 1);
        continue;
      }
      const member entry = v.member_at(i);
      show_into(out, v.key_at(i), 0);
      out += ':';
      show_into(out, entry.value, levels - 1);
    }
    out += object ? '}' : ']';
  } else {
    out += write(v);
  }
}

/// A value as JSON, cut.
inline std::string shown(json::value v) {
  std::string out;
  show_into(out, v, 4);
  return cut(std::move(out));
}

inline std::string quoted(std::string_view text) {
  std::string out;
  writer(out).value(text.substr(0, 4 * shown_code_points + 4));
  return cut(std::move(out));
}

/// A value with its type in front where that is not plain to see: `string "42"`, `null`, `object {"a"}`.
inline std::string shown_with_type(json::value v) {
  if (v.is_null()) return "null";
  return std::string(to_string(v.kind())) + ' ' + shown(v);
}

/// "string or null".
inline std::string type_names(std::uint8_t types) {
  constexpr std::array<std::pair<std::uint8_t, std::string_view>, 7> names{{{type_bit::object, "object"},
                                                                            {type_bit::array, "array"},
                                                                            {type_bit::string, "string"},
                                                                            {type_bit::number, "number"},
                                                                            {type_bit::integer, "integer"},
                                                                            {type_bit::boolean, "boolean"},
                                                                            {type_bit::null, "null"}}};
  std::vector<std::string_view> words;
  for (const auto& [bits, name] : names) {
    if ((types & bits) != bits || (bits == type_bit::integer && (types & type_bit::fraction) != 0)) continue;
    words.push_back(name);
  }
  std::string out;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i != 0) out += i + 1 == words.size() ? " or " : ", ";
    out += words[i];
  }
  return out.empty() ? "nothing" : out;
}

/// Without case and without spaces at the ends: what a careless writer takes for the same.
inline std::u32string folded(std::string_view text) {
  std::u32string out;
  text::for_each_code_point(text.substr(0, 400), [&](const text::utf8_step& step, std::size_t) {
    out += text::simple_lower(step.code_point);
  });
  while (!out.empty() && out.back() == U' ') out.pop_back();
  while (!out.empty() && out.front() == U' ') out.erase(out.begin());
  return out;
}

/// Folded, and without what separates words: firstName, first_name and First-Name are one.
inline std::u32string squeezed(std::string_view text) {
  std::u32string out = folded(text);
  out.erase(
      std::remove_if(out.begin(), out.end(), [](char32_t c) { return c == U'_' || c == U'-' || c == U' '; }),
      out.end());
  return out;
}

/// Insertions, deletions, substitutions and swaps of neighbours between two short texts; `most` + 1 when
/// there are more than `most`. No part is edited twice ("optimal string alignment").
inline std::size_t edits(const std::u32string& a, const std::u32string& b, std::size_t most) {
  if (a.size() > b.size() + most || b.size() > a.size() + most || a.size() > 64 || b.size() > 64)
    return most + 1;
  std::array<std::size_t, 65> before{}, above{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before = above;
    above = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0U : 1U);
      row[j] = (std::min)({change, row[j - 1] + 1, above[j] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = (std::min)(row[j], before[j - 2] + 1);
    }
  }
  return (std::min)(row[b.size()], most + 1);
}

/// Looks for the name that was probably meant among some; at most a few hundred are looked at.
class near_miss {
 public:
  explicit near_miss(std::string_view wanted)
      : wanted_(squeezed(wanted)),
        most_(wanted_.size() < 4   ? 0
              : wanted_.size() < 8 ? 1
                                   : 2) {}
  void offer(std::string_view name) {
    if (looked_at_++ > 300) return;
    const std::size_t distance = edits(wanted_, squeezed(name), most_);
    if (distance > most_ || (found_ && distance >= best_)) return;
    found_ = true;
    best_ = distance;
    name_ = name;
  }
  bool found() const { return found_; }
  std::string_view name() const { return name_; }

 private:
  std::u32string wanted_;
  std::size_t most_;
  std::size_t looked_at_ = 0;
  std::size_t best_ = 0;
  bool found_ = false;
  std::string_view name_;
};

/// "1 item", "2 items".
inline std::string counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return std::to_string(count) + ' ' + std::string(count == 1 ? one : many);
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
