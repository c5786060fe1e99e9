// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/decimal.hpp>
#include <evalpp/json/detail/number.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

// Whether two JSON numbers are as close as an option asks, in exact decimal arithmetic: numbers of any
// size, in time linear in their digits and without memory, whatever their exponents.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// `coefficient` x a number's absolute value x 10^`shift`, whose digits are read one by one.
class addend {
 public:
  addend() = default;
  addend(const decimal& number, std::int64_t coefficient, std::int64_t shift = 0)
      : rest_(coefficient == 0 ? std::string_view() : number.digits),
        place_(number.magnitude + shift),
        coefficient_(coefficient) {}

  bool ended() const { return rest_.empty(); }
  /// The power of ten of the next digit.
  std::int64_t place() const { return place_; }
  std::int64_t coefficient() const { return coefficient_; }

  /// What this number adds at `place`, which does not lie above its next digit.
  std::int64_t take(std::int64_t place) {
    if (rest_.empty() || place != place_) return 0;
    const std::int64_t digit = rest_.front() - '0';
    rest_.remove_prefix(1);
    if (!rest_.empty() && rest_.front() == '.') rest_.remove_prefix(1);
    --place_;
    return digit * coefficient_;
  }

 private:
  std::string_view rest_;
  std::int64_t place_ = 0;
  std::int64_t coefficient_ = 0;
};

/// The sign of a sum: -1, 0 or 1. The absolute values of the coefficients add up to less than 4e17.
///
/// Long addition from the left: what has been summed so far counts in units of the place it has come to,
/// and once it is larger than all that can still follow, the rest need not be read.
inline int sign_of_sum(std::span<addend> numbers) {
  std::int64_t enough = 0;
  for (const addend& number : numbers) {
    enough += number.coefficient() < 0 ? -number.coefficient() : number.coefficient();
  }
  std::int64_t sum = 0;
  for (std::int64_t place = 0;;) {
    bool ended = true;
    std::int64_t highest = 0;
    for (const addend& number : numbers) {
      if (number.ended()) continue;
      highest = ended ? number.place() : (std::max)(highest, number.place());
      ended = false;
    }
    if (ended || sum >= enough || -sum >= enough) return sum == 0 ? 0 : sum < 0 ? -1 : 1;
    place = sum == 0 ? highest : place - 1;  // nothing so far: skip the gap
    sum *= 10;
    for (addend& number : numbers) sum += number.take(place);
  }
}

/// How far two numbers may lie apart and still count as equal: |a - b| <= max(abs, rel * |a|).
///
/// A tolerance means the decimal number that it is written as, the shortest one for its double: 0.3 is 3/10,
/// so that 1.3 lies within 0.3 of 1. Negative ones and NaN count as 0.
class tolerance {
 public:
  tolerance() = default;
  tolerance(double absolute, double relative) : absolute_(of(absolute)), relative_(of(relative)) {}

  /// True when only equal numbers are within it.
  bool is_zero() const { return absolute_.coefficient == 0 && relative_.coefficient == 0; }

  /// Takes the texts of two JSON numbers. Exact for exponents up to 10^17.
  bool within(std::string_view reference, std::string_view other) const {
    if (reference == other) return true;
    const decimal a = take_apart(reference);
    const decimal b = take_apart(other);
    const int order = compare(a, b);
    return order == 0 || covers(one, absolute_, a, b, order) || covers(a, relative_, a, b, order);
  }

 private:
  struct scaled {  // coefficient x 10^exponent
    std::int64_t coefficient = 0;
    std::int64_t exponent = 0;
  };

  static constexpr decimal one{false, "1", 0, 0};
  // Above every number that is distinguished from others, see `take_apart`.
  static constexpr scaled infinite{1, 1'000'000'000'000'000'000};

  static scaled of(double value) {
    char text[32];
    const auto written = std::to_chars(text, text + sizeof text, value);
    const std::string_view number(text, static_cast<std::size_t>(written.ptr - text));
    if (number == "inf") return infinite;
    if (number.front() < '0' || number.front() > '9') return {};
    const decimal parts = take_apart(number);
    scaled result{0, parts.exponent};
    for (const char c : parts.digits) {  // 17 at most
      if (c != '.') result.coefficient = result.coefficient * 10 + (c - '0');
    }
    return result;
  }

  /// Is `allowed` x |`base`| at least |a - b|? `order` is the sign of a - b.
  static bool covers(const decimal& base, scaled allowed, const decimal& a, const decimal& b, int order) {
    if (allowed.coefficient == 0) return false;
    addend sum[] = {addend(base, allowed.coefficient, allowed.exponent),
                    addend(a, a.negative ? order : -order), addend(b, b.negative ? -order : order)};
    return sign_of_sum(sum) >= 0;
  }

  scaled absolute_;
  scaled relative_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
