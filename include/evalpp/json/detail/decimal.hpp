// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/hash.hpp>
#include <evalpp/json/detail/number.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Exact arithmetic on JSON numbers of any size, on their text. Nothing goes through a double, and
// nothing allocates.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The significant digits of a `decimal` one after another, without the point.
class digit_reader {
 public:
  explicit digit_reader(std::string_view digits) : digits_(digits) {}
  bool next(std::uint32_t& digit) {
    if (at_ < digits_.size() && digits_[at_] == '.') ++at_;
    if (at_ >= digits_.size()) return false;
    digit = static_cast<std::uint32_t>(digits_[at_++] - '0');
    return true;
  }

 private:
  std::string_view digits_;
  std::size_t at_ = 0;
};

inline std::size_t count_digits(const decimal& number) {
  return number.digits.size() - (number.digits.find('.') != std::string_view::npos ? 1U : 0U);
}

/// The sign of a - b. Linear in the shorter text.
inline int compare(const decimal& a, const decimal& b) {
  const auto sign = [](const decimal& n) { return n.digits.empty() ? 0 : n.negative ? -1 : 1; };
  const int sign_a = sign(a);
  const int sign_b = sign(b);
  if (sign_a != sign_b) return sign_a < sign_b ? -1 : 1;
  if (sign_a == 0) return 0;
  if (a.magnitude != b.magnitude) return a.magnitude < b.magnitude ? -sign_a : sign_a;
  digit_reader left(a.digits);
  digit_reader right(b.digits);
  for (;;) {
    std::uint32_t x = 0;
    std::uint32_t y = 0;
    const bool more_left = left.next(x);
    const bool more_right = right.next(y);
    if (!more_left && !more_right) return 0;
    // Both begin and end with a digit that is not zero, so the longer one of equal beginnings is greater.
    if (x != y || more_left != more_right) return x < y || !more_left ? -sign_a : sign_a;
  }
}

inline int compare(std::string_view a, std::string_view b) { return compare(take_apart(a), take_apart(b)); }

/// Equal values have equal hashes however they are written: `1`, `1.0` and `100e-2` do, `0` and `-0` do.
inline std::uint64_t hash(const decimal& number) {
  if (number.digits.empty()) return hash_seed;
  std::uint64_t result =
      mix(hash_seed, static_cast<std::uint64_t>(number.magnitude) * 2 + (number.negative ? 1 : 0));
  digit_reader digits(number.digits);
  std::uint64_t word = 1;
  for (std::uint32_t digit = 0; digits.next(digit);) {
    word = word * 10 + digit;
    if (word < 1'000'000'000'000'000'000U) continue;
    result = mix(result, word);
    word = 1;
  }
  return mix(result, word);
}

/// The most significant digits that a divisor may have.
inline constexpr std::size_t max_divisor_digits = 256;

/// What is left of a decimal number that arrives digit by digit, modulo another.
class remainder_of {
 public:
  /// The digits of `divisor` as an integer, at least one and no more than `max_divisor_digits`.
  explicit remainder_of(const decimal& divisor) : count_(count_digits(divisor)) {
    digit_reader digits(divisor.digits);
    std::uint32_t digit = 0;
    if (count_ <= 18) {
      while (digits.next(digit)) word_ = word_ * 10 + digit;
      return;
    }
    limbs_ = count_ / 9 + 2;  // one to spare: ten times the rest must fit
    while (digits.next(digit)) shift_in(divisor_, digit);
  }

  void push(std::uint32_t digit) {
    if (limbs_ == 0) {
      rest_word_ = (rest_word_ * 10 + digit) % word_;  // below 10^19: fits
      return;
    }
    shift_in(rest_, digit);
    while (!less()) subtract();  // at most nine times
  }

  bool zero() const {
    if (limbs_ == 0) return rest_word_ == 0;
    return std::all_of(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(limbs_),
                       [](std::uint32_t limb) { return limb == 0; });
  }

  /// That many zeros hold every factor of 2 and 5 that the divisor has.
  std::size_t enough_zeros() const { return 4 * count_; }

 private:
  static constexpr std::uint32_t base = 1'000'000'000;
  using number = std::array<std::uint32_t, max_divisor_digits / 9 + 2>;  // the lowest limb first

  void shift_in(number& n, std::uint32_t digit) const {
    std::uint64_t carry = digit;
    for (std::size_t i = 0; i < limbs_; ++i) {
      carry += static_cast<std::uint64_t>(n[i]) * 10;
      n[i] = static_cast<std::uint32_t>(carry % base);
      carry /= base;
    }
  }
  bool less() const {
    for (std::size_t i = limbs_; i-- > 0;) {
      if (rest_[i] != divisor_[i]) return rest_[i] < divisor_[i];
    }
    return false;
  }
  void subtract() {
    std::uint32_t borrow = 0;
    for (std::size_t i = 0; i < limbs_; ++i) {
      const std::uint32_t take = divisor_[i] + borrow;
      borrow = rest_[i] < take ? 1 : 0;
      rest_[i] = rest_[i] + (borrow != 0 ? base : 0) - take;
    }
  }

  std::size_t count_;
  std::uint64_t word_ = 0;  // divisors of up to 18 digits
  std::uint64_t rest_word_ = 0;
  std::size_t limbs_ = 0;  // and longer ones
  number divisor_{};
  number rest_{};
};

/// True when a / b is an integer, exactly: `0.0075` is a multiple of `0.0001`, `1e308` of `0.5`.
/// Precondition: b is not zero and has at most `max_divisor_digits` digits. Linear in the text of
/// `a` whatever the exponents are: with a = m x 10^e and b = n x 10^f the question is whether n
/// divides m x 10^(e-f), and zeros beyond those that supply n's factors of 2 and 5 change nothing.
inline bool multiple_of(const decimal& a, const decimal& b) {
  if (a.digits.empty()) return true;
  if (a.exponent < b.exponent) return false;  // m does not end in a zero
  remainder_of rest(b);
  digit_reader digits(a.digits);
  for (std::uint32_t digit = 0; digits.next(digit);) rest.push(digit);
  const auto zeros = static_cast<std::uint64_t>(a.exponent - b.exponent);
  const auto needed = (std::min)(zeros, static_cast<std::uint64_t>(rest.enough_zeros()));
  for (std::uint64_t i = 0; i < needed && !rest.zero(); ++i) rest.push(0);
  return rest.zero();
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
