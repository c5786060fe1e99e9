// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/text/utf8.hpp>

#include <array>
#include <bit>
#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

// Fields of the lines of recordings and journals, each written so that it comes back as it was.
namespace evalpp::inline EVALPP_ABI::judge::detail {

inline void append_hex(std::string& out, std::string_view bytes) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 0xFU];
  }
}

inline bool read_hex(std::string_view hex, std::string& out) {
  const auto digit = [](char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
  };
  if (hex.size() % 2 != 0) return false;
  out.clear();
  for (std::size_t i = 0; i < hex.size(); i += 2) {
    const int first = digit(hex[i]), second = digit(hex[i + 1]);
    if (first < 0 || second < 0) return false;
    out += static_cast<char>(16 * first + second);
  }
  return true;
}

/// UTF-8 is a JSON string; other bytes, such as a token that ends inside a character, are `{"hex":"e282"}`.
inline void write_text(json::writer& out, std::string_view key, std::string_view text) {
  if (text::is_valid_utf8(text)) {
    out.member(key, text);
    return;
  }
  std::string hex;
  append_hex(hex, text);
  out.key(key).begin_object().member("hex", hex).end_object();
}

/// NaN and infinities, which JSON does not have, are the texts `nan`, `inf` and `-inf`.
inline void write_number(json::writer& out, std::string_view key, double number) {
  const auto bits = std::bit_cast<std::uint64_t>(number);  // by its bits: -ffast-math may not fool us
  constexpr std::uint64_t exponent = 0x7FF0'0000'0000'0000, sign = std::uint64_t{1} << 63;
  if ((bits & exponent) != exponent) {
    out.member(key, number);
  } else {
    out.member(key, (bits & ~sign) != exponent ? "nan" : (bits & sign) != 0 ? "-inf" : "inf");
  }
}

/// Beyond 2^53 in quotes, for readers that take numbers for doubles.
inline void write_count(json::writer& out, std::string_view key, std::uint64_t count) {
  if (count <= std::uint64_t{1} << 53) {
    out.member(key, count);
  } else {
    out.member(key, std::to_string(count));
  }
}

/// Reads the fields of one object. A field that is missing leaves its variable as it is; one of another kind
/// is remembered, the first of them by name.
class field_reader {
 public:
  explicit field_reader(json::value object) : object_(object) {}

  /// The first field of another kind than it must be; empty when there is none.
  const std::string& wrong() const { return wrong_; }
  void refuse(std::string_view key) {
    if (wrong_.empty()) wrong_ = key;
  }

  void text(std::string_view key, std::string& out) {
    const json::value field = object_[key];
    if (const auto plain = field.as_string()) {
      out = *plain;
    } else if (field.exists() && !read_hex(field["hex"].as_string().value_or("?"), out)) {
      refuse(key);
    }
  }

  void number(std::string_view key, double& out) {
    const json::value field = object_[key];
    if (const auto plain = field.as_double()) {
      out = *plain;
    } else if (const auto name = field.as_string()) {
      constexpr double infinity = std::numeric_limits<double>::infinity();
      if (*name == "inf") return void(out = infinity);
      if (*name == "-inf") return void(out = -infinity);
      if (*name == "nan") return void(out = std::numeric_limits<double>::quiet_NaN());
      refuse(key);
    } else if (field.exists()) {
      refuse(key);
    }
  }
  /// Null is none.
  void number(std::string_view key, std::optional<double>& out) {
    if (!object_.contains(key)) return;
    if (object_[key].is_null()) return out.reset();
    out = 0;
    number(key, *out);
  }

  template <std::integral Integer>
  void count(std::string_view key, Integer& out) {
    const json::value field = object_[key];
    if (!field.exists()) return;
    const std::string_view digits = field.as_string().value_or(field.number_text());
    const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    if (digits.empty() || fault != std::errc() || end != digits.data() + digits.size()) refuse(key);
  }
  void count(std::string_view key, std::optional<std::uint64_t>& out) {
    if (!object_.contains(key)) return;
    out = 0;
    count(key, *out);
  }

  template <class Enum, std::size_t N>
  void name(std::string_view key, const std::array<std::string_view, N>& names, Enum& out) {
    const json::value field = object_[key];
    if (!field.exists()) return;
    for (std::size_t i = 0; i < N; ++i) {
      if (field.as_string() == names[i]) return void(out = static_cast<Enum>(i));
    }
    refuse(key);
  }

  /// The elements of a list of objects; none, and refused, when it is something else.
  json::value list(std::string_view key) {
    const json::value field = object_[key];
    if (field.exists() && !field.is_array()) refuse(key);
    for (const json::value element : field.items()) {
      if (!element.is_object()) return refuse(key), json::value{};
    }
    return field.is_array() ? field : json::value{};
  }
  json::value object(std::string_view key) {
    const json::value field = object_[key];
    if (field.exists() && !field.is_object()) refuse(key);
    return field;
  }

 private:
  json::value object_;
  std::string wrong_;
};

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
