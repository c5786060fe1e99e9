// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/brackets.hpp>
#include <evalpp/json/detail/repair_tokens.hpp>
#include <evalpp/json/repair_rules.hpp>
#include <evalpp/text/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// One pass over a text, token by token, that copies what is JSON in long pieces and mends the rest by
/// the rules. Every look ahead ends at the next token or quote, so the pass is linear.
class repair_pass {
 public:
  explicit repair_pass(const repair_options& options) : options_(options) {}

  const repair_options& options() const { return options_; }

  /// True when `result` has the repaired text and the changes; else it has the fault and its offset.
  /// Repeated keys are left as they are.
  bool run(std::string_view text, repair_result& result) {
    watched_ = npos;
    return pass(text, result);
  }

  /// Where the key that stands at `offset` of the repaired text begins in the original one.
  std::size_t input_offset_of_key(std::string_view text, std::size_t offset, repair_result& result) {
    watched_ = offset;
    pass(text, result);
    return watched_in_input_;
  }

 private:
  static constexpr std::size_t npos = std::string_view::npos;
  enum class step : std::uint8_t { value, first_item, first_key, key, colon, after };

  /// How far all is whole: behind the latest opening bracket or complete value. What a cut-off member
  /// leaves is undone by going back there.
  struct mark {
    std::size_t in = 0;      // in the text
    std::size_t out = 0;     // bytes written
    std::size_t copied = 0;  // text up to here is in them
    std::size_t changes = 0;
  };

  bool pass(std::string_view text, repair_result& result);
  bool take_step();
  bool take_value();
  bool take_key();
  bool take_after();
  bool take_comma();
  bool take_word();
  bool skip_sound_word();
  bool take_string(bool is_key);
  bool take_quoted(quote_pair quotes, repair_flag flag);
  bool take_escape(bool repairable);
  bool take_unicode_escape(bool repairable);
  bool take_control();
  bool take_non_ascii();
  bool open(char bracket);
  bool close(char bracket);
  void skip_gaps();
  void finish();

  bool refuse(repair_fault fault, std::size_t offset) {
    result_->fault = fault;
    result_->offset = offset;
    return false;
  }
  /// Nothing special in a string.
  static bool is_plain(char c) { return static_cast<signed char>(c) >= 0x20 && c != '"' && c != '\\'; }
  bool ended() const { return at_ == text_.size(); }
  char here() const { return text_[at_]; }
  bool in_object() const { return !open_.empty() && open_.back() == '{'; }

  void copy_up_to(std::size_t offset) {
    result_->text += text_.substr(copied_, offset - copied_);
    copied_ = offset;
  }
  /// Writes `now` in place of the `length` bytes at `offset` of the text.
  void replace(std::size_t offset, std::size_t length, std::string_view now) {
    copy_up_to(offset);
    result_->text += now;
    copied_ = offset + length;
  }
  void change(repair_flag flag, std::size_t offset, std::size_t length, std::string_view now) {
    replace(offset, length, now);
    result_->changes.push_back({flag, offset});
  }
  void set_mark() { mark_ = {at_, result_->text.size(), copied_, result_->changes.size()}; }

  /// The value ends here.
  bool completed(bool was_string = false) {
    next_ = step::after;
    after_string_ = was_string;
    set_mark();
    return true;
  }
  /// The text ends within a string. A value is kept up to `offset`; a key goes with its member.
  bool cut_string(std::size_t offset) {
    at_ = text_.size();
    if (next_ != step::value && next_ != step::first_item) return true;  // finish() drops it
    change(repair_flag::truncated, offset, at_ - offset, "\"");
    string_cut_ = true;
    return completed();
  }
  /// Whether a string may end before `at`: something of JSON follows, or nothing.
  bool ends_string(std::size_t at) const {
    at = skip_space(text_, at);
    return at == text_.size() || text_[at] == ',' || text_[at] == ':' || is_closer(text_[at]);
  }
  bool starts_key(std::size_t at) const;
  bool comma_is_missing(std::size_t from) const;

  repair_options options_;
  std::string_view text_;
  repair_result* result_ = nullptr;
  std::size_t at_ = 0;
  std::size_t copied_ = 0;
  step next_ = step::value;
  mark mark_;
  bool line_break_ = false;    // in the gap before `at_`
  bool after_string_ = false;  // the latest value was a string
  bool string_cut_ = false;
  std::string open_;  // brackets
  std::size_t watched_ = npos;
  std::size_t watched_in_input_ = 0;
};

inline bool repair_pass::pass(std::string_view text, repair_result& result) {
  text_ = text;
  result_ = &result;
  result.text.clear();
  result.text.reserve(text.size() + 16);
  result.changes.clear();
  at_ = 0;
  copied_ = 0;
  next_ = step::value;
  open_.clear();
  set_mark();
  after_string_ = false;
  string_cut_ = false;
  watched_in_input_ = 0;
  for (skip_gaps(); !ended(); skip_gaps()) {
    if (!take_step()) return false;
  }
  if (open_.empty() && next_ != step::after) return refuse(repair_fault::empty, text.size());
  finish();
  return true;
}

/// White space stays, what else lies between tokens goes.
inline void repair_pass::skip_gaps() {
  line_break_ = false;
  for (; !ended() && is_space(here()); ++at_) line_break_ |= here() == '\n' || here() == '\r';
  if (ended() || !may_be_gap(here())) return;
  std::size_t end = at_;
  for (gap kind = gap_at(text_, at_, end); kind != gap::nothing; kind = gap_at(text_, at_, end)) {
    line_break_ |= text_.substr(at_, end - at_).find_first_of("\r\n") != npos;
    if (kind != gap::space) {
      change(kind == gap::comment ? repair_flag::comment : repair_flag::whitespace, at_, end - at_, "");
    }
    at_ = end;
  }
}

/// At the end of the text: closes what is open.
inline void repair_pass::finish() {
  if (open_.empty()) {
    copy_up_to(text_.size());
    return;
  }
  std::size_t from = text_.size();
  if (next_ != step::after) {
    from = mark_.in;
    result_->text.resize(mark_.out);
    result_->changes.resize(mark_.changes);
    copied_ = mark_.copied;
  }
  copy_up_to(from);
  for (; !open_.empty(); open_.pop_back()) result_->text += closer_of(open_.back());
  if (!string_cut_) result_->changes.push_back({repair_flag::truncated, from});
}

inline bool repair_pass::take_step() {
  switch (next_) {
    case step::first_item:
      if (here() == ']') return close(']');
      return take_value();
    case step::value:
      return take_value();
    case step::first_key:
      if (here() == '}') return close('}');
      return take_key();
    case step::key:
      return take_key();
    case step::colon:
      if (here() != ':') return refuse(repair_fault::missing_colon, at_);
      ++at_;
      next_ = step::value;
      return true;
    case step::after:
      return take_after();
  }
  return false;
}

inline bool repair_pass::take_value() {
  const char c = here();
  if (is_opener(c)) return open(c);
  if (c == '"') return take_string(false);
  if (const quote_pair quotes = quotes_at(text_, at_); !quotes.open.empty()) {
    return take_quoted(quotes, c == '\'' ? repair_flag::single_quotes : repair_flag::smart_quotes);
  }
  if (c == ',' || c == ':') return refuse(repair_fault::missing_value, at_);
  if (is_closer(c)) {
    const bool mismatched = !open_.empty() && c != closer_of(open_.back());
    return refuse(mismatched ? repair_fault::mismatched_close : repair_fault::missing_value, at_);
  }
  return take_word();
}

inline bool repair_pass::take_key() {
  if (result_->text.size() + (at_ - copied_) == watched_) watched_in_input_ = at_;
  const char c = here();
  if (c == ']') return refuse(repair_fault::mismatched_close, at_);
  if (c == '"') return take_string(true);
  if (const quote_pair quotes = quotes_at(text_, at_); !quotes.open.empty()) {
    return take_quoted(quotes, c == '\'' ? repair_flag::single_quotes : repair_flag::smart_quotes);
  }
  const std::size_t end = skip_identifier(text_, at_);
  if (end == at_) return refuse(repair_fault::expected_key, at_);
  change(repair_flag::unquoted_key, at_, 0, "\"");
  replace(end, 0, "\"");
  at_ = end;
  next_ = step::colon;
  return true;
}

inline bool repair_pass::take_after() {
  if (open_.empty()) return refuse(repair_fault::trailing, at_);
  const char c = here();
  if (c == ',') return take_comma();
  if (is_closer(c)) return close(c);
  if (line_break_ || (in_object() && starts_key(at_))) {
    // The comma goes right behind the value, before what has been written of the gap.
    if (copied_ <= mark_.in) {
      replace(mark_.in, 0, ",");
    } else {
      result_->text.insert(mark_.out + (mark_.in - mark_.copied), 1, ',');
    }
    result_->changes.insert(result_->changes.begin() + static_cast<std::ptrdiff_t>(mark_.changes),
                            {repair_flag::missing_comma, mark_.in});
    next_ = in_object() ? step::key : step::value;
    return true;
  }
  if (after_string_) return refuse(repair_fault::inner_quotes, mark_.in - 1);
  return refuse(repair_fault::missing_comma, at_);
}

inline bool repair_pass::take_comma() {
  const std::size_t comma = at_++;
  at_ = skip_space(text_, at_);
  std::size_t next = at_;
  while (gap_at(text_, next, next) != gap::nothing) {
  }
  if (next < text_.size() && is_closer(text_[next])) {
    if (text_[next] != closer_of(open_.back())) return refuse(repair_fault::mismatched_close, next);
    change(repair_flag::trailing_comma, comma, 1, "");
  } else {
    next_ = in_object() ? step::key : step::value;
  }
  return true;
}

inline bool repair_pass::open(char bracket) {
  if (open_.size() >= options_.parse.max_depth) return refuse(repair_fault::depth, at_);
  open_ += bracket;
  ++at_;
  next_ = bracket == '{' ? step::first_key : step::first_item;
  set_mark();
  return true;
}

inline bool repair_pass::close(char bracket) {
  if (bracket != closer_of(open_.back())) return refuse(repair_fault::mismatched_close, at_);
  open_.pop_back();
  ++at_;
  return completed();
}

/// Steps over a word that is JSON, when the next byte leaves no doubt that it ends.
inline bool repair_pass::skip_sound_word() {
  const char* p = text_.data() + at_;
  const char* const end = text_.data() + text_.size();
  if (*p == '-' && end - p > 1) ++p;
  const char* const first = p;
  while (p != end && text::is_ascii_digit(*p)) ++p;
  if (p != first) {
    if (*first == '0' && p - first > 1) return false;
    if (end - p > 1 && *p == '.' && text::is_ascii_digit(p[1])) {
      for (p += 2; p != end && text::is_ascii_digit(*p); ++p) {
      }
    }
  } else {
    const std::size_t length = *p == 'f' ? 5 : 4;
    const char* const word = *p == 't' ? "true" : *p == 'n' ? "null" : "false";
    if (p != text_.data() + at_ || end - p < 5 || std::memcmp(p, word, 4) != 0) return false;
    if (length == 5 && p[4] != 'e') return false;
    p += length;
  }
  if (p == end || (*p != ',' && *p != '\n' && !is_closer(*p))) return false;
  at_ = static_cast<std::size_t>(p - text_.data());
  return true;
}

/// A number, a literal, or something that should have been a string.
inline bool repair_pass::take_word() {
  if (skip_sound_word()) return completed();
  const std::size_t begin = at_;
  const std::size_t end = skip_word(text_, at_);
  const std::string_view word = text_.substr(begin, end - begin);
  const bool may_be_cut = end == text_.size() && !open_.empty();  // finish() drops it then
  at_ = end;
  switch (const literal_shape literal(word); literal.is) {
    case literal_shape::json:
      return completed();
    case literal_shape::python:
      change(repair_flag::python_literal, begin, word.size(), literal.written);
      return completed();
    case literal_shape::non_finite:
      if (!options_.non_finite) return refuse(repair_fault::non_finite, begin);
      change(repair_flag::non_finite, begin, word.size(), literal.written);
      return completed();
    case literal_shape::half:
      if (may_be_cut) return true;
      break;
    case literal_shape::no_literal:
      break;
  }
  const number_shape number(word);
  switch (number.is) {
    case number_shape::no_number:
      return refuse(repair_fault::unquoted_value, begin);
    case number_shape::refused:
      return refuse(repair_fault::number_form, begin);
    case number_shape::half:
      if (!may_be_cut) return refuse(repair_fault::number_form, begin);
      break;
    case number_shape::plain:
    case number_shape::fixable:
      break;
  }
  if (may_be_cut) return true;
  if (number.is == number_shape::fixable) {
    change(repair_flag::number_form, begin, word.size(), number.written());
  }
  return completed();
}

/// A string in double quotes.
inline bool repair_pass::take_string(bool is_key) {
  ++at_;
  for (;;) {
    at_ = skip_eights(text_, at_, text_.size(), [](eight_bytes next) {
      return next.equal_to('"') | next.equal_to('\\') | next.control_or_non_ascii();
    });
    while (!ended() && is_plain(here())) ++at_;
    if (ended()) return cut_string(at_);
    const char c = here();
    if (c == '"') {
      if (!options_.inner_quotes || ends_string(at_ + 1) || comma_is_missing(at_ + 1)) break;
      change(repair_flag::inner_quotes, at_, 1, "\\\"");
      ++at_;
    } else if (c == '\\') {
      if (!take_escape(true)) return false;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      take_control();
    } else if (!take_non_ascii()) {
      return false;
    }
    if (string_cut_) return true;
  }
  ++at_;
  if (!is_key) return completed(true);
  next_ = step::colon;
  if (!ended() && here() == ':') return take_step();
  return true;
}

/// A string in other quotes. It ends at the first of them, which must look like an end.
inline bool repair_pass::take_quoted(quote_pair quotes, repair_flag flag) {
  const bool is_key = next_ == step::key || next_ == step::first_key;
  change(flag, at_, quotes.open.size(), "\"");
  at_ += quotes.open.size();
  std::size_t first_double = npos;  // with no end in sight: perhaps the end
  for (;;) {
    if (ended()) {
      if (first_double != npos) return refuse(repair_fault::inner_quotes, first_double);
      return cut_string(at_);
    }
    const char c = here();
    if (text_.substr(at_, quotes.close.size()) == quotes.close) break;
    if (c == '"') {
      if (first_double == npos) first_double = at_;
      replace(at_, 0, "\\");
      ++at_;
    } else if (c == '\\' && flag == repair_flag::single_quotes && text_.substr(at_ + 1, 1) == "'") {
      replace(at_, 1, "");
      at_ += 2;
    } else if (c == '\\') {
      if (!take_escape(false)) return false;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      take_control();
    } else if (text::is_ascii(c)) {
      ++at_;
    } else if (!take_non_ascii()) {
      return false;
    }
    if (string_cut_) return first_double == npos || refuse(repair_fault::inner_quotes, first_double);
  }
  if (!ends_string(at_ + quotes.close.size())) return refuse(repair_fault::inner_quotes, at_);
  replace(at_, quotes.close.size(), "\"");
  at_ += quotes.close.size();
  if (!is_key) return completed();
  next_ = step::colon;
  return true;
}

/// A control character in a string.
inline bool repair_pass::take_control() {
  constexpr std::string_view from = "\b\f\n\r\t";
  constexpr std::string_view hex = "0123456789abcdef";
  const char c = here();
  char escape[6] = {
      '\\', 'u', '0', '0', hex[static_cast<std::size_t>(c) >> 4], hex[static_cast<std::size_t>(c) & 0xF]};
  std::size_t length = 6;
  if (const std::size_t i = from.find(c); i != npos) {
    escape[1] = "bfnrt"[i];
    length = 2;
  }
  change(repair_flag::raw_control, at_, 1, {escape, length});
  ++at_;
  return true;
}

/// A character of a string; its bytes may be cut off at the end of the text.
inline bool repair_pass::take_non_ascii() {
  const text::utf8_step read = text::decode_utf8(text_.data() + at_, text_.data() + text_.size());
  if (read.well_formed) {
    at_ += read.length;
    return true;
  }
  const auto lead = static_cast<unsigned char>(here());
  const std::size_t needed = lead >= 0xF0 ? 4U : lead >= 0xE0 ? 3U : 2U;
  const bool is_cut =
      lead >= 0xC2 && lead <= 0xF4 && at_ + read.length == text_.size() && read.length < needed;
  return is_cut ? cut_string(at_) : refuse(repair_fault::bad_utf8, at_);
}

/// From a backslash on. Only in double quotes is one that begins no escape a character of the string.
inline bool repair_pass::take_escape(bool repairable) {
  if (at_ + 1 == text_.size()) return cut_string(at_);
  const char c = text_[at_ + 1];
  if (c == 'u') return take_unicode_escape(repairable);
  if (std::string_view("\"\\/bfnrt").find(c) != npos) {
    at_ += 2;
    return true;
  }
  if (!repairable) return refuse(repair_fault::bad_escape, at_);
  change(repair_flag::bad_escape, at_, 1, "\\\\");
  ++at_;
  return true;
}

inline bool repair_pass::take_unicode_escape(bool repairable) {
  const std::string_view rest = text_.substr(at_);
  // The code of the escape at `from`; -1 when it is none, -2 when the text ends within it.
  const auto code_at = [rest](std::size_t from) {
    std::int32_t code = 0;
    for (std::size_t i = from; i < from + 6; ++i) {
      if (i >= rest.size()) return -2;
      const std::size_t figure = std::string_view("0123456789abcdefABCDEF").find(rest[i]);
      if (i < from + 2) {
        if (rest[i] != (i == from ? '\\' : 'u')) return -1;
      } else if (figure == npos) {
        return -1;
      } else {
        code = code * 16 + static_cast<std::int32_t>(figure < 16 ? figure : figure - 6);
      }
    }
    return code;
  };
  const std::int32_t code = code_at(0);
  if (code == -2) return cut_string(at_);
  if (code == -1) {
    if (!repairable) return refuse(repair_fault::bad_escape, at_);
    change(repair_flag::bad_escape, at_, 1, "\\\\");
    ++at_;
    return true;
  }
  if (code >= 0xD800 && code <= 0xDFFF) {
    const std::int32_t low = code <= 0xDBFF ? code_at(6) : -1;
    if (low == -2) return cut_string(at_);
    if (low >= 0xDC00 && low <= 0xDFFF) {
      at_ += 6;
    } else if (options_.parse.surrogates == lone_surrogates::reject) {
      return refuse(repair_fault::lone_surrogate, at_);
    }
  }
  at_ += 6;
  return true;
}

/// Whether a key and a colon begin at `at`. Looks no further than to the next quote.
inline bool repair_pass::starts_key(std::size_t at) const {
  std::size_t end = at;
  if (text_[at] == '"') {
    end = skip_string(text_, at, text_.size());
  } else if (const quote_pair quotes = quotes_at(text_, at); !quotes.open.empty()) {
    const std::size_t begin = at + quotes.open.size();
    end = text_.substr(0, text_.find('"', begin)).find(quotes.close, begin);
    if (end == npos) return false;
    end += quotes.close.size();
  } else {
    end = skip_identifier(text_, at);
    if (end == at) return false;
  }
  end = skip_space(text_, end);
  return end < text_.size() && text_[end] == ':';
}

/// With `inner_quotes`: whether the quote before `from` ends its string although no comma follows.
inline bool repair_pass::comma_is_missing(std::size_t from) const {
  if (next_ != step::value && next_ != step::first_item) return false;
  const std::size_t next = skip_space(text_, from);
  if (in_object()) return starts_key(next);
  return text_.substr(from, next - from).find_first_of("\r\n") != npos && looks_like_json(text_, from);
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
