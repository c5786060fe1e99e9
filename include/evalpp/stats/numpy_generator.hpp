// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/stats/detail/bounded.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>

namespace evalpp::inline EVALPP_ABI::stats {

/// The stream of `numpy.random.default_rng(seed)`, bit for bit: PCG64 (O'Neill 2014, the XSL RR 128/64
/// variant), seeded through NumPy's `SeedSequence`. sacreBLEU draws from it. For parity with what others
/// have published; evalpp itself draws by `poisson_weights`, which needs no order.
class numpy_generator {
 public:
  explicit constexpr numpy_generator(std::uint64_t seed) noexcept {
    std::uint64_t words[4];
    spread(seed, words);
    increment_ = {words[2] << 1 | words[3] >> 63, words[3] << 1 | 1};
    step();
    add(state_, {words[0], words[1]});
    step();
  }

  /// 64 bits. Leaves what `next32` holds back alone.
  constexpr std::uint64_t next64() noexcept {
    step();
    return std::rotr(state_.high ^ state_.low, static_cast<int>(state_.high >> 58));
  }
  /// 32 bits: the lower half of 64, then the upper one.
  constexpr std::uint32_t next32() noexcept {
    held_ = !held_;
    if (!held_) return upper_;
    const std::uint64_t both = next64();
    upper_ = static_cast<std::uint32_t>(both >> 32);
    return static_cast<std::uint32_t>(both);
  }
  /// `integers(n)` and `choice(n)`: a number below n, each as likely (Lemire 2019). Draws nothing for n < 2.
  constexpr std::uint32_t below(std::uint32_t n) noexcept {
    return detail::bounded(n, [this] { return next32(); });
  }

 private:
  struct wide {
    std::uint64_t high = 0, low = 0;
  };

  static constexpr void add(wide& a, wide b) noexcept {
    a.low += b.low;
    a.high += b.high + (a.low < b.low);
  }
  // a * b modulo 2^128.
  static constexpr wide product(wide a, wide b) noexcept {
    constexpr std::uint64_t half = 0xffffffffu;
    const std::uint64_t low = (a.low & half) * (b.low & half);
    const std::uint64_t cross = (a.low >> 32) * (b.low & half) + (low >> 32);
    const std::uint64_t middle = (a.low & half) * (b.low >> 32) + (cross & half);
    const std::uint64_t high = (a.low >> 32) * (b.low >> 32) + (cross >> 32) + (middle >> 32);
    return {high + a.high * b.low + a.low * b.high, middle << 32 | (low & half)};
  }
  constexpr void step() noexcept {
    state_ = product(state_, {0x2360ed051fc65da4u, 0x4385df649fccf645u});
    add(state_, increment_);
  }

  // SeedSequence: four words of entropy, each mixed with all others, then stretched to eight.
  static constexpr void spread(std::uint64_t seed, std::uint64_t* words) noexcept {
    std::uint32_t hash = 0x43b0d7e5u;
    const auto mixed = [&hash](std::uint32_t v, std::uint32_t multiplier) {
      v ^= hash;
      hash *= multiplier;
      v *= hash;
      return v ^ v >> 16;
    };
    std::uint32_t pool[4] = {static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32), 0, 0};
    for (std::uint32_t& word : pool) word = mixed(word, 0x931e8875u);
    for (std::size_t from = 0; from < 4; ++from) {
      for (std::size_t to = 0; to < 4; ++to) {
        if (to == from) continue;
        const std::uint32_t joined = 0xca01f9ddu * pool[to] - 0x4973f715u * mixed(pool[from], 0x931e8875u);
        pool[to] = joined ^ joined >> 16;
      }
    }
    hash = 0x8b51f9ddu;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint64_t low = mixed(pool[2 * i % 4], 0x58f38dedu);
      words[i] = low | std::uint64_t{mixed(pool[(2 * i + 1) % 4], 0x58f38dedu)} << 32;
    }
  }

  wide state_, increment_;
  std::uint32_t upper_ = 0;
  bool held_ = false;
};

/// The coins of one call of `integers(2, dtype=bool)`: 32 of them from each 32 bits, the lowest first. What
/// the call leaves over is lost, so each call has a `numpy_coins` of its own.
class numpy_coins {
 public:
  explicit constexpr numpy_coins(numpy_generator& from) noexcept : from_(&from) {}

  constexpr bool next() noexcept {
    if (left_ == 0) {
      bits_ = from_->next32();
      left_ = 32;
    } else {
      bits_ >>= 1;
    }
    --left_;
    return (bits_ & 1) != 0;
  }

 private:
  numpy_generator* from_;
  std::uint32_t bits_ = 0;
  int left_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::stats
