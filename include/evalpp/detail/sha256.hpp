// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::detail {

using sha256_digest = std::array<std::uint8_t, 32>;

/// SHA-256 (FIPS 180-4) of texts that come in pieces.
class sha256_hasher {
 public:
  void update(std::string_view text) {
    length_ += text.size();
    for (const char c : text) {
      block_[filled_++] = static_cast<std::uint8_t>(c);
      if (filled_ == block_.size()) {
        mix();
        filled_ = 0;
      }
    }
  }

  /// A text with its length before it: where one ends and the next begins is part of the digest.
  void update_text(std::string_view text) {
    update(std::to_string(text.size()) + ':');
    update(text);
  }

  sha256_digest finish() {
    const std::uint64_t bits = length_ * 8;
    block_[filled_++] = 0x80;
    if (filled_ > 56) {
      while (filled_ < 64) block_[filled_++] = 0;
      mix();
      filled_ = 0;
    }
    while (filled_ < 56) block_[filled_++] = 0;
    for (std::size_t i = 0; i < 8; ++i) block_[56 + i] = static_cast<std::uint8_t>(bits >> (56 - 8 * i));
    mix();
    sha256_digest out{};
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = static_cast<std::uint8_t>(state_[i / 4] >> (24 - 8 * (i % 4)));
    return out;
  }

 private:
  // The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  static constexpr std::array<std::uint32_t, 64> constants = {
      0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
      0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
      0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
      0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
      0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
      0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
      0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
      0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

  static constexpr std::uint32_t turn(std::uint32_t x, int by) { return x >> by | x << (32 - by); }

  void mix() {
    std::array<std::uint32_t, 64> w{};
    for (std::size_t i = 0; i < 16; ++i)
      w[i] = std::uint32_t{block_[4 * i]} << 24 | std::uint32_t{block_[4 * i + 1]} << 16 |
             std::uint32_t{block_[4 * i + 2]} << 8 | std::uint32_t{block_[4 * i + 3]};
    for (std::size_t i = 16; i < 64; ++i) {
      const std::uint32_t s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3;
      const std::uint32_t s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10;
      w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    auto [a, b, c, d, e, f, g, h] = state_;
    for (std::size_t i = 0; i < 64; ++i) {
      const std::uint32_t s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
      const std::uint32_t t1 = h + s1 + ((e & f) ^ (~e & g)) + constants[i] + w[i];
      const std::uint32_t s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
      const std::uint32_t t2 = s0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + t1;
      d = c;
      c = b;
      b = a;
      a = t1 + t2;
    }
    const std::array<std::uint32_t, 8> added = {a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state_[i] += added[i];
  }

  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> block_{};
  std::size_t filled_ = 0;
  std::uint64_t length_ = 0;
};

inline sha256_digest sha256(std::string_view text) {
  sha256_hasher hasher;
  hasher.update(text);
  return hasher.finish();
}

/// A digest as it is written: 64 hexadecimal digits, lower case.
inline std::string to_hex(const sha256_digest& digest) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const std::uint8_t byte : digest) {
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

inline std::string sha256_hex(std::string_view text) { return to_hex(sha256(text)); }

/// HMAC-SHA-256 (RFC 2104): a digest that nobody can foretell who does not know the key.
inline sha256_digest hmac_sha256(std::string_view key, std::string_view text) {
  std::array<char, 64> padded{};
  const auto as_chars = [](const sha256_digest& digest) { return std::string(digest.begin(), digest.end()); };
  const std::string shorter = key.size() > padded.size() ? as_chars(sha256(key)) : std::string(key);
  for (std::size_t i = 0; i < shorter.size(); ++i) padded[i] = shorter[i];
  const auto keyed = [&](unsigned pad, std::string_view rest) {
    std::string block;
    for (const char c : padded) block += static_cast<char>(static_cast<unsigned char>(c) ^ pad);
    sha256_hasher hasher;
    hasher.update(block);
    hasher.update(rest);
    return hasher.finish();
  };
  return keyed(0x5c, as_chars(keyed(0x36, text)));
}

}  // namespace evalpp::inline EVALPP_ABI::detail
