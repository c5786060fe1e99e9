// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/detail/scanner.hpp>
#include <evalpp/json/fault.hpp>
#include <evalpp/json/value.hpp>

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

  /// The JSON value that `text` begins with, whatever follows it: for values in other text. Nothing
  /// behind the value is read but white space. `end` is the offset behind it; when there is none it is
  /// the offset of the fault, which the report has, and no message is made: a search meets many.
  bool parse_prefix(std::string_view text, value& found, std::size_t& end);

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
  bool read(std::string_view text);
  bool parse_value(step& next);
  bool parse_literal(std::string_view word, kind k, std::size_t truth);
  bool parse_number();
  bool parse_string();
  bool parse_key();
  bool parse_after(step& next);
  bool open(bool object);
  bool close();
  bool resolve_duplicates(const frame& object);

  const char* comma_fix() const {
    const std::string_view before = in_.text().substr(0, in_.at());
    const std::size_t last = before.find_last_not_of(" \n\t\r");
    return last != std::string_view::npos && before[last] == ',' ? "remove the comma before it" : "";
  }

  parse_options options_;
  parse_report report_;
  document document_;
  detail::scanner in_;
  bool prefix_ = false;                // something may follow the value
  std::vector<detail::node> pending_;  // children of the containers that are still open
  std::vector<std::size_t> keys_;      // where the keys of the open objects stand in the text
  std::vector<std::size_t> order_;     // for finding repeated keys
  std::vector<frame> frames_;
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
  prefix_ = false;
  const bool good = read(text);
  const detail::scanner in = std::exchange(in_, {});
  if (!good) return in.describe();
  return std::as_const(document_).root();
}

inline bool parser::parse_prefix(std::string_view text, value& found, std::size_t& end) {
  prefix_ = true;
  const bool good = read(text);
  const detail::scanner in = std::exchange(in_, {});
  end = good ? text.find_last_not_of(" \n\t\r", in.at() - 1) + 1 : in.fault_offset();
  if (good) found = std::as_const(document_).root();
  return good;
}

inline bool parser::read(std::string_view text) {
  in_ = detail::scanner(text, options_.surrogates == lone_surrogates::replace);
  report_.repeated_keys.clear();
  document_.nodes_.clear();
  document_.bytes_.clear();
  pending_.clear();
  keys_.clear();
  frames_.clear();
  const bool good = run();
  report_.fault = in_.fault();
  report_.replaced_surrogates = in_.replaced_surrogates();
  std::sort(report_.repeated_keys.begin(), report_.repeated_keys.end());
  if (good) {
    document_.nodes_.push_back(pending_.front());
  } else {
    document_.nodes_.clear();
  }
  return good;
}

/// One loop over the text. What nests is kept in `frames_`, so that depth costs memory and no stack.
inline bool parser::run() {
  if (in_.text().substr(0, 3) == "\xEF\xBB\xBF") {
    return in_.fail(fault::bom, 0, "a value, not a byte order mark",
                    "remove the first three bytes, EF BB BF");
  }
  for (step next = step::value;;) {
    in_.skip_space();
    if ((next == step::first_item && in_.is(']')) || (next == step::first_key && in_.is('}'))) {
      if (!close()) return false;
      next = step::after;
      continue;
    }
    switch (next) {
      case step::value:
      case step::first_item:
        if (!parse_value(next)) return false;
        break;
      case step::key:
      case step::first_key:
        if (!parse_key()) return false;
        next = step::value;
        break;
      case step::after:
        if (!frames_.empty()) {
          if (!parse_after(next)) return false;
          break;
        }
        if (prefix_ || in_.ended()) return true;
        return in_.fail(fault::trailing, in_.at(), "the end of the text after the value",
                        in_.is('{') || in_.is('[') ? "several values, one per line, are JSONL" : "");
    }
  }
}

inline bool parser::parse_value(step& next) {
  if (in_.ended()) return in_.fail(fault::eof, in_.at(), "a value");
  next = step::after;
  const auto refuse = [this](const char* fix) {
    return in_.fail(fault::bad_token, in_.at(), "a value", fix);
  };
  switch (in_.here()) {
    case '{':
      next = step::first_key;
      return open(true);
    case '[':
      next = step::first_item;
      return open(false);
    case '"':
      return parse_string();
    case 't':
      return parse_literal("true", kind::boolean, 1);
    case 'f':
      return parse_literal("false", kind::boolean, 0);
    case 'n':
      return parse_literal("null", kind::null, 0);
    case 'T':
    case 'F':
      return refuse("write true and false in lower case");
    case 'N':
    case 'I':
      return refuse("JSON has no NaN, None or Infinity; write null");
    case '\'':
      return refuse("strings take double quotes");
    case ']':
    case '}':
      return refuse(comma_fix());
    case '\xFE':
    case '\xFF':
      return refuse("this looks like UTF-16; convert it to UTF-8");
    default:
      return in_.is('-') || in_.digit() ? parse_number() : refuse("");
  }
}

inline bool parser::parse_literal(std::string_view word, kind k, std::size_t truth) {
  if (!in_.literal(word)) return false;
  pending_.push_back(detail::node::of(k, truth, 0));
  return true;
}

inline bool parser::parse_number() {
  std::string_view number;
  if (!in_.number(number)) return false;
  pending_.push_back(detail::node::of(kind::number, number.size(), document_.bytes_.size()));
  document_.bytes_.insert(document_.bytes_.end(), number.begin(), number.end());
  return true;
}

inline bool parser::parse_string() {
  const std::size_t begin = document_.bytes_.size();
  if (!in_.string(document_.bytes_)) return false;
  pending_.push_back(detail::node::of(kind::string, document_.bytes_.size() - begin, begin));
  return true;
}

inline bool parser::parse_key() {
  if (!in_.is('"')) {
    return in_.fail_here(fault::expected_key, "a key in double quotes",
                         in_.is('}')    ? comma_fix()
                         : in_.is('\'') ? "strings take double quotes"
                                        : "");
  }
  keys_.push_back(in_.at());
  if (!parse_string()) return false;
  in_.skip_space();
  return in_.skip(':') || in_.fail_here(fault::expected_colon, "':' after the key");
}

inline bool parser::parse_after(step& next) {
  const bool object = frames_.back().object;
  if (in_.skip(',')) {
    next = object ? step::key : step::value;
    return true;
  }
  if (in_.is(object ? '}' : ']')) return close();
  return in_.fail_here(fault::expected_comma_or_close,
                       object ? "',' or '}' after a member" : "',' or ']' after an element");
}

inline bool parser::open(bool object) {
  if (frames_.size() >= options_.max_depth) {
    return in_.fail(fault::depth, in_.at(), "no deeper nesting than the limit allows",
                    "raise max_depth if this is wanted");
  }
  frames_.push_back({object, pending_.size(), keys_.size()});
  in_.skip();
  return true;
}

inline bool parser::close() {
  in_.skip();
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
    return in_.fail(fault::duplicate_key, *std::min_element(first, report_.repeated_keys.end()),
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

}  // namespace evalpp::inline EVALPP_ABI::json
