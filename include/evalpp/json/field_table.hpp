// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/compare_fields.hpp>
#include <evalpp/json/tally.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json {

/// Replaces `out` by a value as JSON, short enough for a table: of strings and numbers the first `longest`
/// code points and `...`, of containers that are not empty only the brackets, `{...}`.
inline void excerpt(value v, std::string& out, std::size_t longest = 80) {
  out.clear();
  const auto beginning = [longest](std::string_view text) {
    const char* at = text.data();
    const char* const last = at + text.size();
    for (std::size_t i = 0; i < longest && at != last; ++i) at += text::decode_utf8(at, last).length;
    return text.substr(0, static_cast<std::size_t>(at - text.data()));
  };
  switch (v.kind()) {
    case kind::absent:
      return;
    case kind::array:
      out = v.empty() ? "[]" : "[...]";
      return;
    case kind::object:
      out = v.empty() ? "{}" : "{...}";
      return;
    case kind::number:
      out = beginning(v.number_text());
      if (out.size() != v.number_text().size()) out += "...";
      return;
    case kind::string: {
      const std::string_view text = *v.as_string();
      const std::string_view shown = beginning(text);
      writer(out).value(shown);
      if (shown.size() != text.size()) out.insert(out.size() - 1, "...");
      return;
    }
    case kind::null:
    case kind::boolean:
      writer(out).value(v);
      return;
  }
}

/// How often the fields of references were there, of the right type and right, path by path, and what was
/// there instead. Feed it from `field_comparer::for_each_field`; tables add up, in any order to the same.
///
///     comparer.compare(reference, prediction, options);
///     comparer.for_each_field([&](const evalpp::json::field_outcome& field) { table.add(field); });
///     for (const auto& [path, row] : table.rows()) ...                 // by path, in the order of bytes
///
/// Memory grows with the number of different paths and wrong values.
class field_table {
 public:
  struct row {
    std::int64_t expected = 0;  ///< leaves with this path in the references
    std::int64_t present = 0;
    std::int64_t type_ok = 0;
    std::int64_t value_ok = 0;
    tally wrong;  ///< what the others were: excerpts of JSON

    row& operator+=(const row& other) {
      expected += other.expected;
      present += other.present;
      type_ok += other.type_ok;
      value_ok += other.value_ok;
      wrong += other.wrong;
      return *this;
    }
    bool operator==(const row&) const = default;
  };

  void add(const field_outcome& field) {
    row& r = at(field.path);
    ++r.expected;
    r.present += field.present ? 1 : 0;
    r.type_ok += field.type_ok ? 1 : 0;
    r.value_ok += field.value_ok ? 1 : 0;
    if (!field.found.exists()) return;
    excerpt(field.found, text_);
    r.wrong.add(text_);
  }

  field_table& operator+=(const field_table& other) {
    for (const auto& [path, r] : other.rows_) at(path) += r;
    return *this;
  }

  const std::map<std::string, row, std::less<>>& rows() const noexcept { return rows_; }

  bool operator==(const field_table& other) const { return rows_ == other.rows_; }

 private:
  row& at(std::string_view path) {
    const auto found = rows_.lower_bound(path);
    if (found != rows_.end() && found->first == path) return found->second;
    return rows_.emplace_hint(found, path, row())->second;
  }

  std::map<std::string, row, std::less<>> rows_;
  std::string text_;
};

}  // namespace evalpp::inline EVALPP_ABI::json
