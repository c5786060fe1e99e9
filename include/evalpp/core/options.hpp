// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
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

/// A real option that can only hold `Min..Max`, checked like `bounded`.
template <int Min, int Max>
class bounded_real {
 public:
  constexpr bounded_real(double value) : value_(value + 0.0) {  // -0 becomes 0: equal options print equally
    if (!(value >= Min && value <= Max)) detail::raise_invalid("an option is out of its documented range");
  }
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
