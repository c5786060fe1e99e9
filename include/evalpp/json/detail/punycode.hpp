// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

// Punycode (RFC 3492) for labels of domain names, in buffers as large as a label can be.
namespace evalpp::inline EVALPP_ABI::json::detail {

/// The most octets of a label.
inline constexpr std::size_t max_label = 63;

/// The code points of a label. An A-label has no fewer octets, so a valid label fits.
struct label_text {
  char32_t code_points[max_label] = {};
  std::size_t size = 0;

  constexpr char32_t operator[](std::size_t i) const { return code_points[i]; }
  constexpr const char32_t* begin() const { return code_points; }
  constexpr const char32_t* end() const { return code_points + size; }

  /// False when there is no room.
  constexpr bool insert(std::size_t at, char32_t c) {
    if (size == max_label) return false;
    for (std::size_t i = size; i > at; --i) code_points[i] = code_points[i - 1];
    code_points[at] = c;
    ++size;
    return true;
  }
  constexpr bool push_back(char32_t c) { return insert(size, c); }
};

struct punycode {
  static constexpr std::uint32_t base = 36;
  static constexpr std::uint32_t t_min = 1;
  static constexpr std::uint32_t t_max = 26;
  static constexpr std::uint32_t initial_bias = 72;
  static constexpr std::uint32_t initial_n = 0x80;

  // The threshold of the digit at position k (counted in bases).
  static constexpr std::uint32_t threshold(std::uint32_t k, std::uint32_t bias) {
    if (k <= bias) return t_min;
    return k - bias >= t_max ? t_max : k - bias;
  }

  static constexpr std::uint32_t adapt(std::uint32_t delta, std::uint32_t points, bool first) {
    constexpr std::uint32_t skew = 38;
    constexpr std::uint32_t damp = 700;
    delta = first ? delta / damp : delta / 2;
    delta += delta / points;
    std::uint32_t k = 0;
    for (; delta > (base - t_min) * t_max / 2; k += base) delta /= base - t_min;
    return k + (base - t_min + 1) * delta / (delta + skew);
  }

  // The value of a digit of either case; `base` for what is none.
  static constexpr std::uint32_t digit(char c) {
    if (c >= 'a' && c <= 'z') return static_cast<std::uint32_t>(c - 'a');
    if (c >= 'A' && c <= 'Z') return static_cast<std::uint32_t>(c - 'A');
    if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0') + 26;
    return base;
  }
};

/// Decodes; ASCII letters come out in lower case. Nothing when the text is not Punycode of a label.
/// Time: quadratic in a length that is at most `max_label`.
constexpr std::optional<label_text> decode_punycode(std::string_view encoded) {
  constexpr std::uint32_t most = (std::numeric_limits<std::uint32_t>::max)();
  label_text out;
  std::size_t at = encoded.rfind('-');
  at = at == std::string_view::npos ? 0 : at;
  for (std::size_t i = 0; i < at; ++i) {
    const char c = encoded[i];
    const bool upper = c >= 'A' && c <= 'Z';
    const char32_t lower = static_cast<unsigned char>(upper ? c + ('a' - 'A') : c);
    if (lower >= 0x80 || !out.push_back(lower)) return std::nullopt;
  }
  if (at > 0) ++at;

  std::uint32_t n = punycode::initial_n;
  std::uint32_t bias = punycode::initial_bias;
  std::uint32_t i = 0;
  while (at < encoded.size()) {
    const std::uint32_t before = i;
    std::uint32_t weight = 1;
    for (std::uint32_t k = punycode::base;; k += punycode::base) {
      if (at == encoded.size()) return std::nullopt;
      const std::uint32_t digit = punycode::digit(encoded[at++]);
      if (digit == punycode::base || digit > (most - i) / weight) return std::nullopt;
      i += digit * weight;
      const std::uint32_t t = punycode::threshold(k, bias);
      if (digit < t) break;
      if (weight > most / (punycode::base - t)) return std::nullopt;
      weight *= punycode::base - t;
    }
    const std::uint32_t points = static_cast<std::uint32_t>(out.size) + 1;
    bias = punycode::adapt(i - before, points, before == 0);
    if (i / points > 0x10FFFF - n) return std::nullopt;
    n += i / points;
    i %= points;
    if (!out.insert(i, n)) return std::nullopt;
    ++i;
  }
  return out;
}

/// The octets of a label's Punycode.
struct punycode_text {
  char octets[max_label] = {};
  std::size_t size = 0;

  constexpr std::string_view view() const { return {octets, size}; }
  constexpr bool push_back(char c) {
    if (size == max_label) return false;
    octets[size++] = c;
    return true;
  }
};

/// Encodes; nothing when that needs more than `max_label` octets. The sums cannot wrap: a delta is less
/// than the number of code points there are times `max_label`. Time as above.
constexpr std::optional<punycode_text> encode_punycode(const label_text& label) {
  punycode_text out;
  for (const char32_t c : label) {
    if (c < 0x80 && !out.push_back(static_cast<char>(c))) return std::nullopt;
  }
  const std::size_t basic = out.size;
  std::size_t done = basic;
  if (basic > 0 && !out.push_back('-')) return std::nullopt;

  std::uint32_t n = punycode::initial_n;
  std::uint32_t bias = punycode::initial_bias;
  std::uint32_t delta = 0;
  while (done < label.size) {
    std::uint32_t next = 0x110000;
    for (const char32_t c : label) {
      if (c >= n && c < next) next = c;
    }
    delta += (next - n) * (static_cast<std::uint32_t>(done) + 1);
    n = next;
    for (const char32_t c : label) {
      if (c < n) ++delta;
      if (c != n) continue;
      std::uint32_t rest = delta;
      for (std::uint32_t k = punycode::base;; k += punycode::base) {
        const std::uint32_t t = punycode::threshold(k, bias);
        const std::uint32_t digit = rest < t ? rest : t + (rest - t) % (punycode::base - t);
        if (!out.push_back("abcdefghijklmnopqrstuvwxyz0123456789"[digit])) return std::nullopt;
        if (rest < t) break;
        rest = (rest - t) / (punycode::base - t);
      }
      ++done;
      bias = punycode::adapt(delta, static_cast<std::uint32_t>(done), done == basic + 1);
      delta = 0;
    }
    ++delta;
    ++n;
  }
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
