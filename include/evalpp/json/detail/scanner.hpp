// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/json/fault.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The tokens of JSON: a place in a text, and the functions that read one token from there. A
/// function that returns false has left the fault, its offset and what was expected.
class scanner {
 public:
  scanner() = default;
  scanner(std::string_view text, bool replace_surrogates)
      : text_(text), replace_surrogates_(replace_surrogates) {}

  std::string_view text() const { return text_; }
  std::size_t at() const { return at_; }
  bool ended() const { return at_ >= text_.size(); }
  bool is(char c) const { return at_ < text_.size() && text_[at_] == c; }
  /// The byte here. Only when the text has not ended.
  char here() const { return text_[at_]; }
  void skip() { ++at_; }
  bool skip(char c) {
    if (!is(c)) return false;
    ++at_;
    return true;
  }
  void skip_space() {
    while (is(' ') || is('\n') || is('\t') || is('\r')) ++at_;
  }
  bool digit() const { return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; }

  bool fail(json::fault f, std::size_t offset, const char* expected, const char* fix = "") {
    fault_ = f;
    offset_ = offset;
    expected_ = expected;
    fix_ = fix;
    return false;
  }
  /// The text ends too early when it ends here, else `f`.
  bool fail_here(json::fault f, const char* expected, const char* fix = "") {
    return ended() ? fail(json::fault::eof, text_.size(), expected) : fail(f, at_, expected, fix);
  }

  bool literal(std::string_view word);
  bool number(std::string_view& token);
  /// Appends the characters of the string that begins here, unescaped, to `bytes`.
  bool string(std::vector<char>& bytes);

  json::fault fault() const { return fault_; }
  std::size_t fault_offset() const { return offset_; }
  std::size_t replaced_surrogates() const { return replaced_surrogates_; }
  evalpp::error describe() const;

 private:
  bool digits(const char* expected) {
    if (!digit()) return fail_here(json::fault::bad_number, expected);
    while (digit()) ++at_;
    return true;
  }
  bool escape(std::vector<char>& bytes);
  bool hex4(std::uint32_t& code);
  bool low_surrogate(std::uint32_t& low);

  std::string_view text_;
  std::size_t at_ = 0;
  bool replace_surrogates_ = false;
  std::size_t replaced_surrogates_ = 0;
  json::fault fault_ = json::fault::none;
  std::size_t offset_ = 0;
  const char* expected_ = "";
  const char* fix_ = "";
};

inline bool scanner::literal(std::string_view word) {
  for (const char c : word) {
    if (!skip(c)) return fail_here(json::fault::bad_token, "true, false or null");
  }
  return true;
}

inline bool scanner::number(std::string_view& token) {
  const std::size_t begin = at_;
  skip('-');
  if (skip('0')) {
    if (digit()) return fail(json::fault::bad_number, at_, "no digit after a leading zero");
  } else if (!digits("a digit after '-'")) {
    return false;
  }
  if (skip('.') && !digits("a digit after the decimal point")) return false;
  if (skip('e') || skip('E')) {
    if (!skip('+')) skip('-');
    if (!digits("a digit in the exponent")) return false;
  }
  token = text_.substr(begin, at_ - begin);
  return true;
}

inline bool scanner::string(std::vector<char>& bytes) {
  std::size_t run = ++at_;  // plain text from here on is copied whole
  const auto flush = [&] {
    const std::string_view plain = text_.substr(run, at_ - run);
    bytes.insert(bytes.end(), plain.begin(), plain.end());
  };
  for (;;) {
    if (ended()) return fail(json::fault::eof, text_.size(), "the closing '\"' of a string");
    const auto c = static_cast<unsigned char>(here());
    if (c == '"') {
      flush();
      ++at_;
      return true;
    }
    if (c == '\\') {
      flush();
      if (!escape(bytes)) return false;
      run = at_;
    } else if (c < 0x20) {
      return fail(json::fault::control_in_string, at_, "a character of a string",
                  c == '\n'   ? "write a line feed as \\n"
                  : c == '\t' ? "write a tab as \\t"
                              : "escape control characters as \\u00XX");
    } else if (c < 0x80) {
      ++at_;
    } else {
      const text::utf8_step step = text::decode_utf8(text_.data() + at_, text_.data() + text_.size());
      if (!step.well_formed) {
        return fail(json::fault::bad_utf8, at_, "well-formed UTF-8", "convert the text to UTF-8");
      }
      at_ += step.length;
    }
  }
}

inline bool scanner::hex4(std::uint32_t& code) {
  static constexpr std::string_view figures = "0123456789abcdefABCDEF";
  code = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    const std::size_t figure = ended() ? std::string_view::npos : figures.find(here());
    if (figure == std::string_view::npos) {
      return fail_here(json::fault::bad_escape, "four hexadecimal digits after \\u");
    }
    code = code * 16 + static_cast<std::uint32_t>(figure < 16 ? figure : figure - 6);
  }
  return true;
}

/// Reads the escape that should follow a high surrogate; `low` is 0 when something else is there.
inline bool scanner::low_surrogate(std::uint32_t& low) {
  low = 0;
  const std::size_t begin = at_;
  for (const char c : {'\\', 'u'}) {
    if (ended()) return fail(json::fault::eof, text_.size(), "the second half of a surrogate pair");
    if (skip(c)) continue;
    at_ = begin;
    return true;
  }
  if (!hex4(low)) return false;
  if (low >= 0xDC00 && low <= 0xDFFF) return true;
  at_ = begin;
  low = 0;
  return true;
}

inline bool scanner::escape(std::vector<char>& bytes) {
  const std::size_t backslash = at_++;
  static constexpr std::string_view from = "\"\\/bfnrt";
  static constexpr std::string_view to = "\"\\/\b\f\n\r\t";
  if (const std::size_t i = ended() ? std::string_view::npos : from.find(here());
      i != std::string_view::npos) {
    bytes.push_back(to[i]);
    ++at_;
    return true;
  }
  if (!skip('u')) return fail_here(json::fault::bad_escape, "one of \" \\ / b f n r t u after '\\'");
  std::uint32_t code = 0;
  if (!hex4(code)) return false;
  if (code >= 0xD800 && code <= 0xDFFF) {
    std::uint32_t low = 0;
    if (code <= 0xDBFF && !low_surrogate(low)) return false;
    if (low != 0) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (replace_surrogates_) {
      code = text::replacement_character;
      ++replaced_surrogates_;
    } else {
      return fail(json::fault::lone_surrogate, backslash, "both halves of a surrogate pair");
    }
  }
  char encoded[text::max_utf8_length];
  bytes.insert(bytes.end(), encoded, encoded + text::encode_utf8(code, encoded));
  return true;
}

/// The fault as an error: `expected ':' after the key, found '2'`.
inline evalpp::error scanner::describe() const {
  std::string message = "expected ";
  message += expected_;
  message += ", found ";
  if (offset_ >= text_.size()) {
    message += "the end of the text";
  } else {
    const text::utf8_step found = text::decode_utf8(text_.data() + offset_, text_.data() + text_.size());
    const auto byte = static_cast<unsigned char>(text_[offset_]);
    if (found.well_formed && byte >= 0x20 && byte != 0x7F) {
      message += '\'';
      message += text_.substr(offset_, found.length);
      message += '\'';
    } else {
      static constexpr std::string_view hex = "0123456789ABCDEF";
      message += "byte 0x";
      message += hex[byte >> 4];
      message += hex[byte & 0xFU];
    }
  }
  const position place = locate(text_, offset_);
  return {.code = code_of(fault_),
          .message = std::move(message),
          .fix = fix_,
          .offset = offset_,
          .line = place.line,
          .column = place.column};
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
