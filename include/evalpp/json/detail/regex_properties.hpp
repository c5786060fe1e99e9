// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_set.hpp>
#include <evalpp/json/detail/regex_tables.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

// The Unicode properties of `\p{...}`, decoded from their tables when a pattern names one.
namespace evalpp::inline EVALPP_ABI::json::detail {

/// The code points that have the property of this number.
inline code_point_set property_set(unsigned number) {
  // A range adds a boundary where it begins and one behind its end. XOR of sets is the union of their
  // boundaries without those that are there an even number of times.
  std::vector<std::uint32_t> boundaries;
  std::vector<unsigned> pending{number};
  while (!pending.empty()) {
    const char* at = regex_property_data + regex_property_offsets[pending.back()];
    pending.pop_back();
    const auto read = [&at] {
      std::uint32_t value = 0;
      for (unsigned shift = 0;; shift += 7) {
        const auto byte = static_cast<unsigned char>(*at++);
        value |= (byte & 0x7FU) << shift;
        if (byte < 0x80) return value;
      }
    };
    for (std::uint32_t left = read(); left != 0; --left) pending.push_back(read());
    std::uint32_t end = 0;
    for (std::uint32_t left = read(); left != 0; --left) {
      boundaries.push_back(end += read());
      boundaries.push_back(end += read() + 1);
    }
  }
  std::sort(boundaries.begin(), boundaries.end());
  std::size_t kept = 0;
  for (const std::uint32_t boundary : boundaries) {
    if (kept != 0 && boundaries[kept - 1] == boundary) {
      --kept;
    } else {
      boundaries[kept++] = boundary;
    }
  }
  code_point_set set;
  for (std::size_t i = 0; i + 1 < kept; i += 2) set.add(boundaries[i], boundaries[i + 1] - 1);
  set.normalize();
  return set;
}

/// The line of `names` that holds `name` between spaces.
inline std::optional<unsigned> find_name(std::string_view names, std::string_view name) {
  if (name.empty()) return std::nullopt;
  for (std::size_t at = names.find(name); at != std::string_view::npos; at = names.find(name, at + 1)) {
    if (names[at - 1] != ' ' || names[at + name.size()] != ' ') continue;
    return static_cast<unsigned>(
        std::count(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
  }
  return std::nullopt;
}

/// The number of the property that stands between the braces of `\p{...}`: `Lu`, `gc=Lu`, `Script=Greek`,
/// `scx=Grek`, `Alphabetic`. Names match exactly, as ECMA-262 wants it.
inline std::optional<unsigned> find_property(std::string_view text) {
  const std::size_t equals = text.find('=');
  const auto numbered = [](unsigned first, std::optional<unsigned> line) {
    return line ? std::optional<unsigned>(first + *line) : std::nullopt;
  };
  // A blank would match across the names of a line.
  if (text.find_first_of(" \n") != std::string_view::npos) return std::nullopt;
  if (equals != std::string_view::npos) {
    const std::string_view property = text.substr(0, equals);
    const std::string_view value = text.substr(equals + 1);
    if (property == "General_Category" || property == "gc") {
      return numbered(regex_first_category, find_name(regex_category_names, value));
    }
    if (property == "Script" || property == "sc") {
      return numbered(regex_first_script, find_name(regex_script_names, value));
    }
    if (property == "Script_Extensions" || property == "scx") {
      return numbered(regex_first_extension, find_name(regex_script_names, value));
    }
    return std::nullopt;
  }
  if (text == "Any") return 0;
  if (const auto category = find_name(regex_category_names, text)) return regex_first_category + *category;
  return numbered(regex_first_binary, find_name(regex_binary_names, text));
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
