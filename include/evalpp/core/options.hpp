// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/detail/throw.hpp>

#include <string_view>

namespace evalpp::inline EVALPP_ABI {

/// An integer option that can only hold `Min..Max`. Metrics are aggregates of their options, so a
/// wrong value is caught here, when it is given: at compile time in a constant expression, else by
/// std::invalid_argument (or abort, where exceptions are off).
template <int Min, int Max>
class bounded {
 public:
  constexpr bounded(int value) : value_(value) {
    if (value < Min || value > Max) detail::raise_invalid("an option is out of its documented range");
  }
  constexpr operator int() const noexcept { return value_; }

  static constexpr int min = Min;
  static constexpr int max = Max;

 private:
  int value_;
};

namespace detail {
/// `value` when it lies in low..high. By its bits where -ffast-math would not see NaN and -0; -0 becomes 0,
/// so that equal options print equally.
constexpr double checked_option(double value, double low, double high, const char* message) {
  if (is_nan(value) || value < low || value > high) raise_invalid(message);
  return is_zero(value) ? 0.0 : value;
}
}  // namespace detail

/// A real option that can only hold `Min..Max`, checked like `bounded`.
template <int Min, int Max>
class bounded_real {
 public:
  constexpr bounded_real(double value)
      : value_(detail::checked_option(value, Min, Max, "an option is out of its documented range")) {}
  constexpr operator double() const noexcept { return value_; }

  static constexpr int min = Min;
  static constexpr int max = Max;

 private:
  double value_;
};

/// The scale that a metric's value is reported on, its reference implementation's own.
enum class scale {
  fraction,  ///< 0-1
  percent,   ///< 0-100
};

/// `0-1` or `0-100`.
constexpr std::string_view to_string(scale unit) noexcept { return unit == scale::percent ? "0-100" : "0-1"; }

}  // namespace evalpp::inline EVALPP_ABI
