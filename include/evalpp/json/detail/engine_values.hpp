// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/engine_class.hpp>
#include <evalpp/json/parse.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// The keywords of the engine that look at one value.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline bool engine::in_set(index set, const json::value& v) {
  const value_set& values = p_->sets[set];
  const std::uint8_t bits = v.is_number() ? type_bit::number : type_of(v, false);
  if ((values.kinds & bits) == 0) return false;
  const set_member* const members = p_->members.data() + values.values.first;
  const bool string = v.is_string();
  if (values.values.count == 1 && !string) return equality_.equal(members[0].value, v);
  const std::uint64_t hash = string ? hash_bytes(*v.as_string()) : equality_.hash(v);
  const index mask = values.slots.count - 1;
  for (index at = static_cast<index>(hash) & mask;; at = (at + 1) & mask) {
    const index entry = p_->slots[values.slots.first + at];
    if (entry == 0) return false;
    if (members[entry - 1].hash != hash) continue;
    const json::value& known = members[entry - 1].value;
    if (string ? known.as_string() == v.as_string() : equality_.equal(known, v)) return true;
  }
}

/// The integer part of a number without an exponent, up to 17 digits; false for other numbers.
inline bool read_integer_part(std::string_view text, std::int64_t& out, bool& fraction) {
  const std::size_t first = text[0] == '-' ? 1 : 0;
  std::size_t at = first;
  std::int64_t value = 0;
  const auto digit = [&] { return static_cast<unsigned>(static_cast<unsigned char>(text[at])) - '0'; };
  for (; at < text.size() && digit() <= 9; ++at) {
    if (at == 17) return false;
    value = value * 10 + static_cast<std::int64_t>(digit());
  }
  out = first != 0 ? -value : value;
  fraction = at < text.size();
  if (!fraction) return true;
  if (text[at] != '.') return false;
  for (++at; at < text.size(); ++at) {
    if (digit() > 9) return false;
  }
  return true;
}

inline bool number_text_fits(const number_rules& rules, std::string_view text) {
  std::int64_t whole = 0;
  bool fraction = false;
  if (rules.whole && read_integer_part(text, whole, fraction)) {
    if (!fraction)
      return whole >= rules.least && whole <= rules.most &&
             (rules.divisor == 0 || whole % rules.divisor == 0);
    // A fraction lies between two integers; when both are inside it is too.
    const bool negative = text[0] == '-';
    if (!rules.has_multiple && whole - (negative ? 1 : 0) >= rules.least &&
        whole + (negative ? 0 : 1) <= rules.most)
      return true;
  }
  const decimal number = take_apart(text);
  if (rules.low.set && compare(number, rules.low.value) < (rules.low.exclusive ? 1 : 0)) return false;
  if (rules.high.set && compare(number, rules.high.value) > (rules.high.exclusive ? -1 : 0)) return false;
  return !rules.has_multiple || multiple_of(number, rules.multiple);
}

inline bool engine::number_fits(const number_rules& rules, const json::value& v) const {
  return number_text_fits(rules, v.number_text());
}

inline std::uint64_t count_code_points(std::string_view text) {
  std::uint64_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1U : 0U;
  return count;
}

inline bool engine::pattern_matches(index pattern, std::string_view text) {
  const compiled_pattern& compiled = p_->patterns[pattern];
  switch (
      compiled.regex.search(text, scratches_[compiled.scratch == none ? p_->scratches : compiled.scratch])) {
    case regex_verdict::yes:
      return true;
    case regex_verdict::no:
      return false;
    case regex_verdict::budget:
      break;
  }
  return give_up(validation_limit::regex_budget);
}

inline bool engine::run_string(const string_rules& rules, std::string_view text) {
  if (rules.min_length != 0 || rules.max_length != no_limit) {
    // A code point takes 1 to 4 bytes: mostly that is enough to know.
    if (text.size() < rules.min_length) return false;
    if (text.size() > rules.max_length || text.size() / 4 < rules.min_length) {
      const std::uint64_t length = count_code_points(text);
      if (length < rules.min_length || length > rules.max_length) return false;
    }
  }
  if (rules.pattern != none && !pattern_matches(rules.pattern, text)) return false;
  if (rules.has_format && !check_format(rules.format, text, rules.a_labels).valid) return false;
  return (!rules.base64 && !rules.json_text) || content_fits(rules, text);
}

/// RFC 4648 section 4: the strict alphabet, with padding. False when the text is none.
inline bool decode_base64(std::string_view text, std::string& out) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return false;
  std::size_t size = text.size();
  while (size > 0 && text.size() - size < 2 && text[size - 1] == '=') --size;
  std::uint32_t bits = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t digit = alphabet.find(text[i]);
    if (digit == std::string_view::npos) return false;
    bits = bits << 6 | static_cast<std::uint32_t>(digit);
    if (i % 4 == 0) continue;
    out += static_cast<char>(static_cast<unsigned char>(bits >> (6 - 2 * (i % 4)) & 0xFFU));
  }
  return true;
}

/// Content that is asserted. This allocates: it parses.
inline bool engine::content_fits(const string_rules& rules, std::string_view text) {
  std::string decoded;
  if (rules.base64) {
    if (!decode_base64(text, decoded)) return false;
    text = decoded;
  }
  if (!rules.json_text) return true;
  const auto parsed = parse(text);
  if (!parsed || rules.content == none) return parsed.has_value();
  engine inner;  // other values, other memory
  inner.start(*p_, limits_);
  inner.depth_ = depth_;
  const bool fits = inner.run(rules.content, parsed->root(), 0, 0);
  if (inner.limit_ != validation_limit::none) return give_up(inner.limit_);
  return fits;
}

inline bool engine::find_twins(const json::value& array, std::size_t& first, std::size_t& second) {
  const std::size_t size = array.size();
  if (size <= 8) {
    for (second = 1; second < size; ++second) {
      for (first = 0; first < second; ++first) {
        if (equality_.equal(array.at(first), array.at(second))) return true;
      }
    }
    return false;
  }
  const std::size_t slots = std::bit_ceil(2 * size);
  slots_.assign(slots, none);
  hashes_.resize(size);
  std::uint64_t collisions = 0;
  for (second = 0; second < size; ++second) {
    hashes_[second] = equality_.hash(array.at(second));
    std::size_t at = static_cast<std::size_t>(hashes_[second]) & (slots - 1);
    for (; slots_[at] != none; at = (at + 1) & (slots - 1)) {
      first = slots_[at];
      if (hashes_[first] != hashes_[second]) continue;
      if (equality_.equal(array.at(first), array.at(second))) return true;
      if (++collisions > limits_.max_steps) return give_up(validation_limit::steps);  // no accident
    }
    slots_[at] = static_cast<index>(second);
  }
  return false;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
