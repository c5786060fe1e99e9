// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/text/utf8.hpp>

#include <array>
#include <bit>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// Appends compact JSON to a string and puts the commas where they belong:
///
///     std::string text;
///     json::writer out(text);
///     out.begin_object().member("metric", "bleu").member("value", 41.2);
///     out.key("lanes").begin_array().value(1).value(2).end_array().end_object();
///     // {"metric":"bleu","value":41.2,"lanes":[1,2]}
///
/// Well-formed output is the caller's part only in that begins and ends must pair and that each
/// member has a key; every string and every number comes out as valid JSON.
class writer {
 public:
  explicit writer(std::string& out) : out_(&out) {}

  writer& begin_object() { return open('{'); }
  writer& end_object() { return close('}'); }
  writer& begin_array() { return open('['); }
  writer& end_array() { return close(']'); }

  writer& key(std::string_view name) {
    separate();
    quote(name);
    *out_ += ':';
    comma_ = false;
    return *this;
  }

  /// A string. Bytes that are not UTF-8 become U+FFFD, one for each longest valid beginning, since
  /// a JSON text cannot hold them.
  writer& value(std::string_view text) {
    separate();
    quote(text);
    return *this;
  }
  writer& value(const char* text) { return value(std::string_view(text)); }
  writer& value(const std::string& text) { return value(std::string_view(text)); }

  writer& value(bool truth) { return raw(truth ? "true" : "false"); }
  writer& value(std::nullptr_t) { return raw("null"); }

  template <std::integral Integer>
  writer& value(Integer number) {
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }

  /// The shortest text that reads back as the same double; `null` for NaN and infinities.
  writer& value(double number) {
    constexpr std::uint64_t exponent = 0x7FF0'0000'0000'0000;  // by its bits: -ffast-math may not fool us
    if ((std::bit_cast<std::uint64_t>(number) & exponent) == exponent) return raw("null");
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    return raw({digits.data(), static_cast<std::size_t>(end - digits.data())});
  }

  /// What it holds; `null` when that is nothing.
  template <class T>
  writer& value(const std::optional<T>& item) {
    return item ? value(*item) : value(nullptr);
  }

  /// A parsed value with everything below it; numbers keep their text. `null` when absent.
  writer& value(json::value tree);

  /// Text that is already one JSON value.
  writer& raw(std::string_view text) {
    separate();
    *out_ += text;
    return *this;
  }

  template <class T>
  writer& member(std::string_view name, const T& item) {
    return key(name).value(item);
  }

  /// Ends a line of JSONL; the next value stands on its own.
  writer& line() {
    *out_ += '\n';
    comma_ = false;
    return *this;
  }

 private:
  void separate() {
    if (comma_) *out_ += ',';
    comma_ = true;
  }
  writer& open(char bracket) {
    separate();
    *out_ += bracket;
    comma_ = false;
    return *this;
  }
  writer& close(char bracket) {
    *out_ += bracket;
    comma_ = true;
    return *this;
  }
  void quote(std::string_view text);

  std::string* out_;
  bool comma_ = false;  // something stands before the next value on the same level
};

/// The compact text of a value, with the number texts of its source; "null" when absent.
inline std::string write(json::value tree) {
  std::string text;
  writer(text).value(tree);
  return text;
}

inline void writer::quote(std::string_view text) {
  std::string& out = *out_;
  out += '"';
  std::size_t run = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto c = static_cast<unsigned char>(text[at]);
    if (c >= 0x80) {
      const text::utf8_step sequence = text::decode_utf8(text.data() + at, text.data() + text.size());
      if (!sequence.well_formed) {
        out += text.substr(run, at - run);
        out += "\xEF\xBF\xBD";
        run = at + sequence.length;
      }
      at += sequence.length;
      continue;
    }
    if (c >= 0x20 && c != '"' && c != '\\') {
      ++at;
      continue;
    }
    out += text.substr(run, at - run);
    run = ++at;
    out += '\\';
    switch (c) {
      case '"':
      case '\\':
        out += static_cast<char>(c);
        break;
      case '\b':
        out += 'b';
        break;
      case '\f':
        out += 'f';
        break;
      case '\n':
        out += 'n';
        break;
      case '\r':
        out += 'r';
        break;
      case '\t':
        out += 't';
        break;
      default:
        out += c < 0x10 ? "u000" : "u001";
        out += "0123456789abcdef"[c & 0xFU];
        break;
    }
  }
  out += text.substr(run);
  out += '"';
}

inline writer& writer::value(json::value tree) {
  // One entry per open container, so that depth costs memory and never stack.
  struct level {
    json::value container;
    std::size_t next = 0;
    member_range::iterator at;
  };
  std::vector<level> levels;
  const auto emit = [&](json::value item) {
    switch (item.kind()) {
      case kind::absent:
      case kind::null:
        raw("null");
        break;
      case kind::boolean:
        value(*item.as_bool());
        break;
      case kind::number:
        raw(item.number_text());
        break;
      case kind::string:
        value(*item.as_string());
        break;
      case kind::array:
        begin_array();
        levels.push_back({item, 0, {}});
        break;
      case kind::object:
        begin_object();
        levels.push_back({item, 0, item.members().begin()});
        break;
    }
  };
  emit(tree);
  while (!levels.empty()) {
    level& top = levels.back();
    const bool object = top.container.is_object();
    if (top.next == top.container.size()) {
      levels.pop_back();
      close(object ? '}' : ']');
      continue;
    }
    const std::size_t i = top.next++;
    if (object) {
      const json::member entry = *top.at++;
      key(entry.key);
      emit(entry.value);
    } else {
      emit(top.container.at(i));
    }
  }
  return *this;
}

}  // namespace evalpp::inline EVALPP_ABI::json
