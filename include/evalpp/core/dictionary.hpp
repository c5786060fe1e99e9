// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/detail/fold.hpp>

#include <algorithm>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <type_traits>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace detail {

/// What a dictionary sees of a token: equal tokens have equal codes. The code alone decides when
/// `exact` says so; otherwise tokens with equal codes are compared in full.
struct token_code {
  std::uint64_t low;
  std::uint64_t high;
  std::uint32_t length;
};

/// Whether the 8 bytes after the end of a text token may be read.
enum class after_token { unreadable, readable };

template <class Key>
struct token_coding {
  static constexpr bool kept = true;  // tokens are copied, to be compared
  static token_code code(const Key& token, std::uint64_t seed) noexcept {
    return {fold(static_cast<std::uint64_t>(std::hash<Key>{}(token)) ^ seed, 0x9e3779b97f4a7c15u), 0, 0};
  }
  static constexpr bool exact(const token_code&) noexcept { return false; }
};

template <>
struct token_coding<std::uint64_t> {
  static constexpr bool kept = false;
  static constexpr token_code code(std::uint64_t token, std::uint64_t) noexcept { return {token, 0, 0}; }
  static constexpr bool exact(const token_code&) noexcept { return true; }
};

/// Up to 16 bytes, a token's length and its first and last 8 bytes are the token.
template <>
struct token_coding<std::string_view> {
  static constexpr bool kept = true;
  template <after_token After = after_token::unreadable>
  static token_code code(std::string_view token, std::uint64_t seed) noexcept {
    const std::size_t n = token.size();
    const char* const p = token.data();
    const auto length = static_cast<std::uint32_t>(n);
    if (n > 16) return {hash_of_first(p, n - 8, seed), load(p + n - 8), length};
    if constexpr (After == after_token::readable && std::endian::native == std::endian::little) {
      // Without a branch: word lengths are as good as random.
      const std::uint64_t first_bytes = (std::uint64_t{1} << (8 * n & 63)) - 1;
      const std::uint64_t mask = n < 8 ? first_bytes : ~std::uint64_t{0};
      const std::size_t tail = n > 8 ? n - 8 : 0;
      const std::uint64_t high = load(p + tail);
      return {load(p) & mask, n > 8 ? high : 0, length};
    } else {
      if (n > 8) return {load(p), load(p + n - 8), length};
      return {load_up_to_8(p, n), 0, length};
    }
  }
  static constexpr bool exact(const token_code& c) noexcept { return c.length <= 16; }

 private:
  static std::uint64_t load(const char* from) noexcept {
    std::uint64_t word;
    std::memcpy(&word, from, 8);
    return word;
  }
  static std::uint64_t load_up_to_8(const char* p, std::size_t n) noexcept {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < n; ++i) word |= std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
    return word;
  }
  static std::uint64_t hash_of_first(const char* p, std::size_t n, std::uint64_t seed) noexcept {
    std::uint64_t hash = seed ^ n;
    for (; n > 8; n -= 8, p += 8) hash = fold(hash ^ load(p), 0x9e3779b97f4a7c15u ^ seed);
    return fold(hash ^ load(p), 0xd6e8feb86659fd93u ^ seed);  // overlaps what comes before and after
  }
};

}  // namespace detail

/// The tokens of one example's references, numbered 1.. in order of first appearance.
///
/// Exact: tokens whose codes agree are compared in full, so no hash collision changes a score. A run
/// of collisions makes it start over with a seed that the maker of the tokens cannot know, so tokens
/// chosen to collide do not make it quadratic (for a type of the user's, that is as good as its
/// std::hash); ids do not depend on seeds. Owns what it needs of the tokens. O(1) expected per call;
/// memory is kept when it is cleared.
template <class Key>
class dictionary {
 public:
  dictionary() { clear(0); }

  /// Forgets all tokens and makes room for `tokens` of them.
  void clear(std::size_t tokens) {
    seed_ = first_seed;
    reseeds_ = 0;
    size_ = 0;
    bytes_.clear();
    resize(std::bit_ceil(std::max<std::size_t>(tokens * 4, 16)));
  }

  /// The number of different tokens.
  std::uint32_t size() const noexcept { return size_; }

  /// The id of `token`, a new one when it is not known yet.
  std::uint32_t insert(const Key& token) { return insert(token, coding::code(token, seed_)); }
  /// The id of `token`, or `unknown_token`.
  std::uint32_t find(const Key& token) const noexcept { return find(token, coding::code(token, seed_)); }

  /// The same for tokens of text after which 8 more bytes can be read, which is faster.
  std::uint32_t insert_padded(const Key& token) {
    return insert(token, coding::template code<detail::after_token::readable>(token, seed_));
  }
  std::uint32_t find_padded(const Key& token) const noexcept {
    return find(token, coding::template code<detail::after_token::readable>(token, seed_));
  }

 private:
  using coding = detail::token_coding<Key>;
  using code = detail::token_code;
  static constexpr bool is_text = std::same_as<Key, std::string_view>;
  static constexpr std::uint64_t first_seed = 0x243f6a8885a308d3u;
  static constexpr std::size_t probe_limit = 64;
  static constexpr int reseed_limit = 8;

  struct entry {
    code of{0, 0, ~std::uint32_t{0}};  // entry 0 equals no token
    std::size_t at = 0;                // where the token is kept in bytes_
  };
  struct nothing {};

  std::size_t home(const code& c) const noexcept {
    return static_cast<std::size_t>(detail::fold(c.low ^ seed_, c.high ^ 0x9e3779b97f4a7c15u)) & mask_;
  }
  static bool same(const code& a, const code& b) noexcept {
    return ((a.low ^ b.low) | (a.high ^ b.high) | (a.length ^ b.length)) == 0;
  }

  // Most tokens find their home empty or their own; whether it is the one or the other cannot be
  // predicted, so neither of these two branches on it.
  std::uint32_t insert(const Key& token, const code& c) {
    if (size_ + 2 > entries_.size() || 2 * size_ > mask_) grow();
    std::uint32_t& head = heads_[home(c)];
    const bool known = same(entries_[head].of, c);
    const bool vacant = head == 0;
    if (!coding::exact(c) || !(known || vacant)) return insert_elsewhere(token, c);
    entries_[size_ + 1].of = c;
    size_ += vacant;
    return head = vacant ? size_ : head;
  }
  std::uint32_t find(const Key& token, const code& c) const noexcept {
    const std::uint32_t head = heads_[home(c)];
    const bool known = same(entries_[head].of, c);
    if (!coding::exact(c) || !(known || head == 0)) return find_elsewhere(token, c);
    return known ? head : unknown_token;
  }

  std::uint32_t insert_elsewhere(const Key& token, const code& c) {
    std::size_t at = home(c), probes = 0;
    for (; heads_[at] != 0; at = (at + 1) & mask_, ++probes)
      if (matches(heads_[at], token, c)) return heads_[at];
    if (probes > probe_limit && reseeds_ < reseed_limit) {
      reseed();
      return insert(token, coding::code(token, seed_));
    }
    entries_[++size_] = {c, bytes_.size()};
    if constexpr (is_text) {
      if (!coding::exact(c)) bytes_.insert(bytes_.end(), token.begin(), token.end());
    } else if constexpr (coding::kept) {
      bytes_.push_back(token);
    }
    return heads_[at] = size_;
  }
  std::uint32_t find_elsewhere(const Key& token, const code& c) const noexcept {
    for (std::size_t at = home(c); heads_[at] != 0; at = (at + 1) & mask_)
      if (matches(heads_[at], token, c)) return heads_[at];
    return unknown_token;
  }
  bool matches(std::uint32_t id, const Key& token, const code& c) const noexcept {
    const entry& e = entries_[id];
    if (!same(e.of, c)) return false;
    if constexpr (is_text)
      return coding::exact(c) || std::memcmp(bytes_.data() + e.at, token.data(), token.size()) == 0;
    else if constexpr (coding::kept)
      return bytes_[e.at] == token;
    else
      return true;
  }

  // Empties the table: `heads` places, room for half as many tokens.
  void resize(std::size_t heads) {
    mask_ = heads - 1;
    if (heads_.size() < heads) heads_.resize(heads);
    std::fill_n(heads_.begin(), heads, 0u);
    if (entries_.size() < heads / 4 + 2) entries_.resize(heads / 4 + 2);
  }
  void grow() {
    if (entries_.size() < std::size_t{size_} + 2) entries_.resize(2 * entries_.size());
    if (2 * std::size_t{size_} > mask_) {
      resize(2 * (mask_ + 1));
      place_all();
    }
  }
  void place_all() {
    for (std::uint32_t id = 1; id <= size_; ++id) {
      std::size_t at = home(entries_[id].of);
      while (heads_[at] != 0) at = (at + 1) & mask_;
      heads_[at] = id;
    }
  }
  void reseed() {
    ++reseeds_;
    // Where the memory lies is unknown to whoever wrote the tokens.
    const auto where = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(heads_.data()));
    seed_ = detail::fold(seed_ ^ where, 0xbf58476d1ce4e5b9u) + static_cast<std::uint64_t>(reseeds_);
    for (std::uint32_t id = 1; id <= size_; ++id) {
      entry& e = entries_[id];
      if constexpr (is_text) {
        if (!coding::exact(e.of)) e.of = coding::code({bytes_.data() + e.at, e.of.length}, seed_);
      } else if constexpr (coding::kept) {
        e.of = coding::code(bytes_[e.at], seed_);
      }
    }
    resize(mask_ + 1);
    place_all();
  }

  using storage =
      std::conditional_t<is_text, std::vector<char>,
                         std::conditional_t<coding::kept, std::vector<Key>, std::vector<nothing>>>;

  std::vector<std::uint32_t> heads_;  // the first mask_ + 1 are in use: ids, 0 is vacant
  std::vector<entry> entries_;        // by id
  storage bytes_;                     // of the tokens that their code does not tell
  std::size_t mask_ = 0;
  std::uint64_t seed_ = first_seed;
  std::uint32_t size_ = 0;
  int reseeds_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI
