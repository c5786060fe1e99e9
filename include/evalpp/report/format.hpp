// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/detail/fp.hpp>

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::report {

namespace detail {
inline std::string fixed(double value, int decimals) {
  if (!evalpp::detail::is_finite(value))
    return evalpp::detail::is_nan(value) ? "-" : value > 0 ? "inf" : "-inf";
  char buffer[512];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, decimals).ptr;
  return {buffer, end};
}
constexpr int most_decimals(scale unit) noexcept { return unit == scale::percent ? 2 : 4; }
}  // namespace detail

/// A value for people: two decimals on a 0-100 scale, four on 0-1, `-` for NaN. No locale.
inline std::string format_value(double value, scale unit) {
  return detail::fixed(value, detail::most_decimals(unit));
}

namespace detail {
// How many decimals show two digits of half the width of an interval.
inline int decimals_of(const interval& ci, scale unit) noexcept {
  int decimals = 0;
  for (double half = (ci.hi - ci.lo) / 2; half < 10 && decimals < most_decimals(unit); half *= 10) ++decimals;
  return decimals;
}
inline bool has_ends(const interval& ci) noexcept {
  return ci.usable() && evalpp::detail::is_finite(ci.lo) && evalpp::detail::is_finite(ci.hi);
}
inline std::string with_sign(double value, int decimals) {
  const std::string text = fixed(value, decimals);
  return text.front() == '-' ? text : '+' + text;
}
}  // namespace detail

/// A value with its interval, `33.9 [30.1, 37.8]`: two digits of half the interval's width are shown, and no
/// more of the rest. Where there is no interval to show, the value alone.
inline std::string format_value(double value, const interval& ci, scale unit) {
  if (!detail::has_ends(ci)) return format_value(value, unit);
  const int decimals = detail::decimals_of(ci, unit);
  const auto show = [decimals](double v) { return detail::fixed(v, decimals); };
  return show(value) + " [" + show(ci.lo) + ", " + show(ci.hi) + "]";
}

/// A score with its interval where there is one, `-` where nothing was scored.
inline std::string format_score(const reported_score& score) {
  if (score.n == 0) return "-";
  return score.ci ? format_value(score.value, *score.ci, score.unit) : format_value(score.value, score.unit);
}

/// A difference with its interval, each with its sign: `+3.9 [-0.8, +8.6]`.
inline std::string format_difference(double value, const interval& ci, scale unit) {
  if (!evalpp::detail::is_finite(value)) return format_value(value, unit);
  const bool shown = detail::has_ends(ci);
  const int decimals = shown ? detail::decimals_of(ci, unit) : detail::most_decimals(unit);
  const auto show = [decimals](double v) { return detail::with_sign(v, decimals); };
  if (!shown) return show(value);
  return show(value) + " [" + show(ci.lo) + ", " + show(ci.hi) + "]";
}

/// A number as short as it can be read back: `5`, `0.05`.
inline std::string format_shortest(double value) {
  char buffer[64];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

/// A text for one line of a terminal: control characters as `\x1b`, so that what comes from a file can
/// neither break a line nor talk to the terminal.
inline std::string printable(std::string_view text) {
  static constexpr char hex[] = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte != 0x7f) {
      out += c;
    } else {
      out += "\\x";
      out += hex[byte >> 4];
      out += hex[byte & 0xfU];
    }
  }
  return out;
}

/// The columns that a text takes in a terminal, near enough for alignment: code points, with those
/// of East Asian scripts and emoji counted twice.
inline std::size_t display_width(std::string_view text) noexcept {
  std::size_t width = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xc0u) == 0x80u) continue;                                // a continuation byte
    const bool wide = (byte >= 0xe3u && byte <= 0xedu) || byte == 0xf0u;  // U+3000..U+D7FF, from U+10000
    width += wide ? 2 : 1;
  }
  return width;
}

}  // namespace evalpp::inline EVALPP_ABI::report
