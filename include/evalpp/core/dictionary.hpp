// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/tokens.hpp>

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace detail {

/// `a * b` folded to 64 bits: every bit of both reaches every bit of the result.
constexpr std::uint64_t fold(std::uint64_t a, std::uint64_t b) noexcept {
#if defined(__SIZEOF_INT128__)
  __extension__ using wide = unsigned __int128;
  const wide product = static_cast<wide>(a) * b;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
#else
  const std::uint64_t ah = a >> 32, al = a & 0xffffffffu, bh = b >> 32, bl = b & 0xffffffffu;
  const std::uint64_t mid = ah * bl + ((al * bl) >> 32);
  const std::uint64_t mid2 = al * bh + (mid & 0xffffffffu);
  return (a * b) ^ (ah * bh + (mid >> 32) + (mid2 >> 32));
#endif
}

inline std::uint64_t load_bytes(const char* from, std::size_t count) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, from, count);
  return word;
}

/// How the dictionary sees a token: 64 bits that equal tokens share, and whether equal bits and
/// equal length already mean equal tokens.
template <class Key>
struct token_signature {
  static std::uint64_t of(const Key& token, std::uint64_t seed) noexcept {
    return fold(static_cast<std::uint64_t>(std::hash<Key>{}(token)) ^ seed, 0x9e3779b97f4a7c15u);
  }
  static std::uint32_t length(const Key&) noexcept { return 0; }
  static constexpr std::uint32_t exact_up_to = 0;
  static constexpr bool always_exact = false;
};

template <>
struct token_signature<std::uint64_t> {
  static std::uint64_t of(std::uint64_t token, std::uint64_t) noexcept { return token; }
  static std::uint32_t length(std::uint64_t) noexcept { return 0; }
  static constexpr std::uint32_t exact_up_to = 0;
  static constexpr bool always_exact = true;
};

/// Up to 8 bytes a token is its own signature; longer ones are hashed and verified by their bytes.
template <>
struct token_signature<std::string_view> {
  static std::uint64_t of(std::string_view token, std::uint64_t seed) noexcept {
    const std::size_t n = token.size();
    if (n <= 8) return load_bytes(token.data(), n);
    std::uint64_t hash = seed ^ n;
    std::size_t at = 0;
    for (; at + 8 < n; at += 8) hash = fold(hash ^ load_bytes(token.data() + at, 8), 0x9e3779b97f4a7c15u);
    return fold(hash ^ load_bytes(token.data() + n - 8, 8), 0xd6e8feb86659fd93u);
  }
  static std::uint32_t length(std::string_view token) noexcept {
    return static_cast<std::uint32_t>(token.size());
  }
  static constexpr std::uint32_t exact_up_to = 8;
  static constexpr bool always_exact = false;
};

}  // namespace detail

/// The tokens of one example's references, numbered 1.. in order of first appearance.
///
/// Exact: tokens whose signatures agree are compared in full, so no hash collision changes a score.
/// A run of collisions makes it start over with another seed, so tokens chosen to collide do not
/// make it quadratic (for a type of the user's, that is as good as its std::hash). Owns what it
/// needs of the tokens. O(1) expected per call; memory is kept when it is cleared.
template <class Key>
class dictionary {
 public:
  dictionary() { clear(0); }

  /// Forgets all tokens and makes room for `tokens` of them.
  void clear(std::size_t tokens) {
    seed_ = 0x243f6a8885a308d3u;
    reseeds_ = 0;
    entries_.clear();
    bytes_.clear();
    const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(tokens * 2, 16));
    slots_.assign(wanted, slot{});
    shift_ = 64 - std::countr_zero(wanted);
  }

  /// The number of different tokens.
  std::uint32_t size() const noexcept { return static_cast<std::uint32_t>(entries_.size()); }

  /// The id of `token`, a new one when it is not known yet.
  std::uint32_t insert(const Key& token) {
    if ((entries_.size() + 1) * 2 > slots_.size()) grow();
    const std::uint64_t signature = traits::of(token, seed_);
    const std::uint32_t length = traits::length(token);
    std::size_t at = home(signature), probes = 0;
    for (; slots_[at].id != 0; at = next(at), ++probes)
      if (matches(slots_[at], signature, length, token)) return slots_[at].id;
    if (probes > probe_limit && reseeds_ < reseed_limit) {
      reseed();
      return insert(token);
    }
    entries_.push_back({signature, length, bytes_.size()});
    if constexpr (!traits::always_exact) remember(token);
    slots_[at] = {signature, size(), length};
    return size();
  }

  /// The id of `token`, or `unknown_token`.
  std::uint32_t find(const Key& token) const noexcept {
    const std::uint64_t signature = traits::of(token, seed_);
    const std::uint32_t length = traits::length(token);
    for (std::size_t at = home(signature); slots_[at].id != 0; at = next(at))
      if (matches(slots_[at], signature, length, token)) return slots_[at].id;
    return unknown_token;
  }

 private:
  using traits = detail::token_signature<Key>;
  static constexpr bool is_text = std::same_as<Key, std::string_view>;
  static constexpr std::size_t probe_limit = 64;
  static constexpr int reseed_limit = 8;

  struct slot {
    std::uint64_t signature = 0;
    std::uint32_t id = 0;
    std::uint32_t length = 0;
  };
  struct entry {
    std::uint64_t signature;
    std::uint32_t length;
    std::size_t at;  // where the token is kept in bytes_
  };
  struct nothing {};

  std::size_t home(std::uint64_t signature) const noexcept {
    return static_cast<std::size_t>(((signature ^ (signature >> 32)) * (seed_ | 1)) >> shift_);
  }
  std::size_t next(std::size_t at) const noexcept { return (at + 1) & (slots_.size() - 1); }

  bool matches(const slot& s, std::uint64_t signature, std::uint32_t length,
               const Key& token) const noexcept {
    if (s.signature != signature || s.length != length) return false;
    if constexpr (traits::always_exact) {
      return true;
    } else if constexpr (is_text) {
      return length <= traits::exact_up_to ||
             std::memcmp(bytes_.data() + entries_[s.id - 1].at, token.data(), length) == 0;
    } else {
      return bytes_[s.id - 1] == token;
    }
  }

  void remember(const Key& token) {
    if constexpr (is_text) {
      if (token.size() > traits::exact_up_to) bytes_.insert(bytes_.end(), token.begin(), token.end());
    } else {
      bytes_.push_back(token);
    }
  }

  void place_all() {
    for (std::uint32_t id = 1; id <= size(); ++id) {
      const entry& e = entries_[id - 1];
      std::size_t at = home(e.signature);
      while (slots_[at].id != 0) at = next(at);
      slots_[at] = {e.signature, id, e.length};
    }
  }

  void grow() {
    const std::size_t wanted = slots_.empty() ? 16 : slots_.size() * 2;
    slots_.assign(wanted, slot{});
    shift_ = 64 - std::countr_zero(wanted);
    place_all();
  }

  void reseed() {
    ++reseeds_;
    seed_ = detail::fold(seed_, 0xbf58476d1ce4e5b9u) | 1;
    for (std::uint32_t id = 1; id <= size(); ++id) {
      entry& e = entries_[id - 1];
      if constexpr (is_text) {
        if (e.length > traits::exact_up_to) e.signature = traits::of({bytes_.data() + e.at, e.length}, seed_);
      } else if constexpr (!traits::always_exact) {
        e.signature = traits::of(bytes_[id - 1], seed_);
      }
    }
    std::fill(slots_.begin(), slots_.end(), slot{});
    place_all();
  }

  using storage =
      std::conditional_t<is_text, std::vector<char>,
                         std::conditional_t<traits::always_exact, std::vector<nothing>, std::vector<Key>>>;

  std::vector<slot> slots_;
  std::vector<entry> entries_;
  storage bytes_;
  std::uint64_t seed_ = 0x243f6a8885a308d3u;
  int shift_ = 60;
  int reseeds_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI
