// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/fault.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/text/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// What to do when an object has the same key twice (`"a"` and `"\u0061"` are the same key).
enum class duplicate_keys : std::uint8_t {
  last,   ///< the last value counts, at the place of the first
  first,  ///< the first value counts
  error,  ///< the text is rejected
};

/// What to do with an escape such as `\ud800` that is half of a surrogate pair.
enum class lone_surrogates : std::uint8_t {
  reject,
  replace,  ///< U+FFFD takes its place, and it is counted
};

struct parse_options {
  /// Containers inside one another; a text nested deeper is rejected. Any value is safe: the stack
  /// is not used.
  std::size_t max_depth = 1024;
  duplicate_keys duplicates = duplicate_keys::last;
  lone_surrogates surrogates = lone_surrogates::reject;
};

/// What a caller may want to know beyond the document or the error.
struct parse_report {
  json::fault fault = json::fault::none;
  std::vector<std::size_t> repeated_keys;  ///< offset of the opening quote of each, ascending
  std::size_t replaced_surrogates = 0;
};

/// Parses one text after another and reuses its memory: a loop over the lines of a file allocates
/// only while lines get longer. The value it returns is valid until the next call.
class parser {
 public:
  parser() = default;
  explicit parser(parse_options options) : options_(options) {}

  /// The one JSON value that `text` consists of, by RFC 8259 and nothing else: no comments, no
  /// NaN, no byte order mark, no trailing comma; strings must be well-formed UTF-8. Linear in the
  /// text (an object of m members costs m log m key comparisons). `text` need not outlive the call.
  result<value> parse(std::string_view text);

  /// About the last call.
  const parse_report& report() const noexcept { return report_; }

  /// Hands over the document of the last successful call.
  document take() { return std::exchange(document_, {}); }

 private:
  struct frame {
    bool object = false;
    std::size_t first = 0;      // index into pending_ of the first child
    std::size_t first_key = 0;  // index into keys_
  };
  enum class step : std::uint8_t { value, first_item, first_key, key, after };

  bool run();
  bool parse_value(step& next);
  bool parse_key();
  bool parse_after(step& next);
  bool parse_string(std::size_t& begin, std::size_t& length);
  bool parse_escape();
  bool parse_hex(std::uint32_t& code);
  bool parse_number();
  bool parse_literal(std::string_view word, kind k, std::size_t truth);
  bool open(bool object);
  bool close();
  bool resolve_duplicates(const frame& object);

  void skip_space() {
    while (at_ < text_.size() &&
           (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) {
      ++at_;
    }
  }
  bool ended() const { return at_ >= text_.size(); }
  bool digit_here() const { return at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; }
  bool fail(fault f, std::size_t offset, const char* expected, const char* fix = "") {
    report_.fault = f;
    offset_ = offset;
    expected_ = expected;
    fix_ = fix;
    return false;
  }
  /// End of input when that is where we are, else `f`.
  bool fail_here(fault f, const char* expected, const char* fix = "") {
    return ended() ? fail(fault::eof, text_.size(), expected) : fail(f, at_, expected, fix);
  }
  const char* comma_fix() const {
    const std::size_t before = text_.substr(0, at_).find_last_not_of(" \n\t\r");
    return before != std::string_view::npos && text_[before] == ',' ? "remove the comma before it" : "";
  }
  evalpp::error describe() const;

  parse_options options_;
  parse_report report_;
  document document_;
  std::vector<detail::node> pending_;  // children of the containers that are still open
  std::vector<std::size_t> keys_;      // where the keys of the open objects stand in the text
  std::vector<std::size_t> order_;     // for finding repeated keys
  std::vector<frame> frames_;
  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t offset_ = 0;
  const char* expected_ = "";
  const char* fix_ = "";
};

/// Parses one whole JSON text into a document that owns all it needs. See `parser::parse`.
///
///     auto document = evalpp::json::parse(R"({"bleu": [41.2, 38.0]})");
///     if (!document) return report(document.error());       // offset, line, column, what was expected
///     double bleu = document->root()["bleu"][0].as_double().value_or(0.0);
inline result<document> parse(std::string_view text, parse_options options = {}) {
  parser p(options);
  auto parsed = p.parse(text);
  if (!parsed) return std::move(parsed.error());
  return p.take();
}

inline result<value> parser::parse(std::string_view text) {
  text_ = text;
  at_ = 0;
  report_.fault = fault::none;
  report_.repeated_keys.clear();
  report_.replaced_surrogates = 0;
  document_.nodes_.clear();
  document_.bytes_.clear();
  pending_.clear();
  keys_.clear();
  frames_.clear();
  const bool good = run();
  std::sort(report_.repeated_keys.begin(), report_.repeated_keys.end());
  if (good) {
    document_.nodes_.push_back(pending_.front());
    text_ = {};
    return std::as_const(document_).root();
  }
  document_.nodes_.clear();
  evalpp::error e = describe();
  text_ = {};
  return e;
}

inline bool parser::run() {
  if (text_.substr(0, 3) == "\xEF\xBB\xBF") {
    return fail(fault::bom, 0, "a value, not a byte order mark", "remove the first three bytes, EF BB BF");
  }
  for (step next = step::value;;) {
    skip_space();
    switch (next) {
      case step::first_item:
        if (!ended() && text_[at_] == ']') {
          if (!close()) return false;
          next = step::after;
          break;
        }
        [[fallthrough]];
      case step::value:
        if (!parse_value(next)) return false;
        break;
      case step::first_key:
        if (!ended() && text_[at_] == '}') {
          if (!close()) return false;
          next = step::after;
          break;
        }
        [[fallthrough]];
      case step::key:
        if (!parse_key()) return false;
        next = step::value;
        break;
      case step::after:
        if (frames_.empty()) {
          if (ended()) return true;
          return fail(
              fault::trailing, at_, "the end of the text after the value",
              text_[at_] == '{' || text_[at_] == '[' ? "several values, one per line, are JSONL" : "");
        }
        if (!parse_after(next)) return false;
        break;
    }
  }
}

inline bool parser::parse_value(step& next) {
  if (ended()) return fail(fault::eof, text_.size(), "a value");
  next = step::after;
  switch (text_[at_]) {
    case '{':
      next = step::first_key;
      return open(true);
    case '[':
      next = step::first_item;
      return open(false);
    case '"': {
      std::size_t begin = 0;
      std::size_t length = 0;
      if (!parse_string(begin, length)) return false;
      pending_.push_back(detail::node::of(kind::string, length, begin));
      return true;
    }
    case 't':
      return parse_literal("true", kind::boolean, 1);
    case 'f':
      return parse_literal("false", kind::boolean, 0);
    case 'n':
      return parse_literal("null", kind::null, 0);
    case 'T':
    case 'F':
      return fail(fault::bad_token, at_, "a value", "write true and false in lower case");
    case 'N':
    case 'I':
      return fail(fault::bad_token, at_, "a value", "JSON has no NaN, None or Infinity; write null");
    case '\'':
      return fail(fault::bad_token, at_, "a value", "strings take double quotes");
    case ']':
    case '}':
      return fail(fault::bad_token, at_, "a value", comma_fix());
    case '\xFE':
    case '\xFF':
      return fail(fault::bad_token, at_, "a value", "this looks like UTF-16; convert it to UTF-8");
    default:
      break;
  }
  if (text_[at_] == '-' || digit_here()) return parse_number();
  return fail(fault::bad_token, at_, "a value");
}

inline bool parser::parse_key() {
  if (ended() || text_[at_] != '"') {
    return fail_here(fault::expected_key, "a key in double quotes",
                     ended()              ? ""
                     : text_[at_] == '}'  ? comma_fix()
                     : text_[at_] == '\'' ? "strings take double quotes"
                                          : "");
  }
  keys_.push_back(at_);
  std::size_t begin = 0;
  std::size_t length = 0;
  if (!parse_string(begin, length)) return false;
  pending_.push_back(detail::node::of(kind::string, length, begin));
  skip_space();
  if (ended() || text_[at_] != ':') return fail_here(fault::expected_colon, "':' after the key");
  ++at_;
  return true;
}

inline bool parser::parse_after(step& next) {
  const bool object = frames_.back().object;
  if (!ended() && text_[at_] == ',') {
    ++at_;
    next = object ? step::key : step::value;
    return true;
  }
  if (!ended() && text_[at_] == (object ? '}' : ']')) return close();
  return fail_here(fault::expected_comma_or_close,
                   object ? "',' or '}' after a member" : "',' or ']' after an element");
}

inline bool parser::open(bool object) {
  if (frames_.size() >= options_.max_depth) {
    return fail(fault::depth, at_, "no deeper nesting than the limit allows",
                "raise max_depth if this is wanted");
  }
  frames_.push_back({object, pending_.size(), keys_.size()});
  ++at_;
  return true;
}

inline bool parser::close() {
  ++at_;
  const frame closed = frames_.back();
  frames_.pop_back();
  if (closed.object) {
    if (!resolve_duplicates(closed)) return false;
    keys_.resize(closed.first_key);
  }
  const std::size_t children = pending_.size() - closed.first;
  const std::size_t where = document_.nodes_.size();
  const auto first = pending_.begin() + static_cast<std::ptrdiff_t>(closed.first);
  document_.nodes_.insert(document_.nodes_.end(), first, pending_.end());
  pending_.resize(closed.first);
  pending_.push_back(closed.object ? detail::node::of(kind::object, children / 2, where)
                                   : detail::node::of(kind::array, children, where));
  return true;
}

/// Finds repeated keys by sorting the members' numbers by key, so that no choice of keys makes it
/// slow, and leaves one member for each key.
inline bool parser::resolve_duplicates(const frame& object) {
  detail::node* const members = pending_.data() + object.first;
  const std::size_t count = (pending_.size() - object.first) / 2;
  const auto key = [&](std::size_t i) {
    return std::string_view(document_.bytes_.data() + members[2 * i].where, members[2 * i].size());
  };
  order_.resize(count);
  for (std::size_t i = 0; i < count; ++i) order_[i] = i;
  std::sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
    const int compared = key(a).compare(key(b));
    return compared != 0 ? compared < 0 : a < b;
  });
  const std::size_t known = report_.repeated_keys.size();
  for (std::size_t i = 0; i < count;) {
    std::size_t end = i + 1;
    for (; end < count && key(order_[end]) == key(order_[i]); ++end) {
      report_.repeated_keys.push_back(keys_[object.first_key + order_[end]]);
    }
    if (end - i > 1 && options_.duplicates == duplicate_keys::last) {
      members[2 * order_[i] + 1] = members[2 * order_[end - 1] + 1];
    }
    for (std::size_t j = i + 1; j < end; ++j) members[2 * order_[j]].tag = 0;  // absent: to be dropped
    i = end;
  }
  if (report_.repeated_keys.size() == known) return true;
  if (options_.duplicates == duplicate_keys::error) {
    const auto first = report_.repeated_keys.begin() + static_cast<std::ptrdiff_t>(known);
    return fail(fault::duplicate_key, *std::min_element(first, report_.repeated_keys.end()),
                "a key that is not in the object yet");
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (members[2 * i].type() == kind::absent) continue;
    members[2 * kept] = members[2 * i];
    members[2 * kept + 1] = members[2 * i + 1];
    ++kept;
  }
  pending_.resize(object.first + 2 * kept);
  return true;
}

inline bool parser::parse_literal(std::string_view word, kind k, std::size_t truth) {
  for (const char c : word) {
    if (ended() || text_[at_] != c) return fail_here(fault::bad_token, "true, false or null");
    ++at_;
  }
  pending_.push_back(detail::node::of(k, truth, 0));
  return true;
}

inline bool parser::parse_number() {
  const std::size_t begin = at_;
  const auto digits = [this](const char* expected) {
    if (!digit_here()) return fail_here(fault::bad_number, expected);
    while (digit_here()) ++at_;
    return true;
  };
  if (text_[at_] == '-') ++at_;
  if (!ended() && text_[at_] == '0') {
    ++at_;
    if (digit_here()) return fail(fault::bad_number, at_, "no digit after a leading zero");
  } else if (!digits("a digit after '-'")) {
    return false;
  }
  if (!ended() && text_[at_] == '.') {
    ++at_;
    if (!digits("a digit after the decimal point")) return false;
  }
  if (!ended() && (text_[at_] == 'e' || text_[at_] == 'E')) {
    ++at_;
    if (!ended() && (text_[at_] == '+' || text_[at_] == '-')) ++at_;
    if (!digits("a digit in the exponent")) return false;
  }
  const std::string_view number = text_.substr(begin, at_ - begin);
  pending_.push_back(detail::node::of(kind::number, number.size(), document_.bytes_.size()));
  document_.bytes_.insert(document_.bytes_.end(), number.begin(), number.end());
  return true;
}

/// Unescapes into the document's bytes: runs of plain text are copied whole.
inline bool parser::parse_string(std::size_t& begin, std::size_t& length) {
  std::vector<char>& bytes = document_.bytes_;
  begin = bytes.size();
  std::size_t run = ++at_;
  const auto flush = [&] {
    const std::string_view plain = text_.substr(run, at_ - run);
    bytes.insert(bytes.end(), plain.begin(), plain.end());
  };
  for (;;) {
    if (ended()) return fail(fault::eof, text_.size(), "the closing '\"' of a string");
    const auto c = static_cast<unsigned char>(text_[at_]);
    if (c == '"') {
      flush();
      ++at_;
      length = bytes.size() - begin;
      return true;
    }
    if (c == '\\') {
      flush();
      if (!parse_escape()) return false;
      run = at_;
    } else if (c < 0x20) {
      return fail(fault::control_in_string, at_, "a character of a string",
                  c == '\n'   ? "write a line feed as \\n"
                  : c == '\t' ? "write a tab as \\t"
                              : "escape control characters as \\u00XX");
    } else if (c < 0x80) {
      ++at_;
    } else {
      const text::utf8_step sequence = text::decode_utf8(text_.data() + at_, text_.data() + text_.size());
      if (!sequence.well_formed)
        return fail(fault::bad_utf8, at_, "well-formed UTF-8", "convert the text to UTF-8");
      at_ += sequence.length;
    }
  }
}

inline bool parser::parse_hex(std::uint32_t& code) {
  code = 0;
  for (int i = 0; i < 4; ++i, ++at_) {
    const char c = ended() ? '\0' : text_[at_];
    std::uint32_t nibble = 0;
    if (c >= '0' && c <= '9') {
      nibble = static_cast<std::uint32_t>(c - '0');
    } else if (c >= 'a' && c <= 'f') {
      nibble = static_cast<std::uint32_t>(c - 'a') + 10;
    } else if (c >= 'A' && c <= 'F') {
      nibble = static_cast<std::uint32_t>(c - 'A') + 10;
    } else {
      return fail_here(fault::bad_escape, "four hexadecimal digits after \\u");
    }
    code = code * 16 + nibble;
  }
  return true;
}

inline bool parser::parse_escape() {
  const std::size_t backslash = at_++;
  std::vector<char>& bytes = document_.bytes_;
  const char c = ended() ? '\0' : text_[at_];
  static constexpr std::string_view from = "\"\\/bfnrt";
  static constexpr std::string_view to = "\"\\/\b\f\n\r\t";
  if (const std::size_t simple = from.find(c); !ended() && simple != std::string_view::npos) {
    bytes.push_back(to[simple]);
    ++at_;
    return true;
  }
  if (c != 'u') return fail_here(fault::bad_escape, "one of \" \\ / b f n r t u after '\\'");
  ++at_;
  std::uint32_t code = 0;
  if (!parse_hex(code)) return false;
  const auto lone = [&] {
    if (options_.surrogates == lone_surrogates::reject) {
      return fail(fault::lone_surrogate, backslash, "both halves of a surrogate pair");
    }
    ++report_.replaced_surrogates;
    code = 0xFFFD;
    return true;
  };
  if (code >= 0xDC00 && code <= 0xDFFF) {
    if (!lone()) return false;
  } else if (code >= 0xD800 && code <= 0xDBFF) {
    const std::size_t after = at_;
    std::uint32_t low = 0;
    if (ended()) return fail(fault::eof, text_.size(), "the second half of a surrogate pair");
    bool escape = text_[at_] == '\\';
    if (escape) {
      ++at_;
      if (ended()) return fail(fault::eof, text_.size(), "the second half of a surrogate pair");
      escape = text_[at_] == 'u';
      if (escape) {
        ++at_;
        if (!parse_hex(low)) return false;
      }
    }
    if (escape && low >= 0xDC00 && low <= 0xDFFF) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else {
      at_ = after;  // what follows is read on its own
      if (!lone()) return false;
    }
  }
  char encoded[text::max_utf8_length];
  bytes.insert(bytes.end(), encoded, encoded + text::encode_utf8(code, encoded));
  return true;
}

inline evalpp::error parser::describe() const {
  const detail::position place = detail::locate(text_, offset_);
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
  return {.code = detail::code_of(report_.fault),
          .message = std::move(message),
          .fix = fix_,
          .offset = offset_,
          .line = place.line,
          .column = place.column};
}

}  // namespace evalpp::inline EVALPP_ABI::json
