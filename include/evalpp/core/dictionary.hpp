// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/detail/clear_blocks.hpp>
#include <evalpp/detail/fold.hpp>
#include <evalpp/detail/noinline.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace detail {

/// What a dictionary sees of a token: equal tokens have equal codes. Of a *short* token the code says
/// all; longer ones with equal codes are compared in full.
struct token_code {
  std::uint64_t low;
  std::uint64_t high;
};

/// Whether the 16 bytes after the first of a text token can be read, however short it is.
enum class after_token { unreadable, readable };

template <class Key>
struct token_coding {
  static constexpr bool is_short(const Key&) noexcept { return false; }
  template <after_token>
  static token_code short_code(const Key&) noexcept {
    return {};
  }
  static token_code code(const Key& token, std::uint64_t seed) noexcept {
    return {fold(static_cast<std::uint64_t>(std::hash<Key>{}(token)) ^ seed, 0x9e3779b97f4a7c15u), 0};
  }
};

template <>
struct token_coding<std::uint64_t> {
  static constexpr bool is_short(std::uint64_t) noexcept { return true; }
  template <after_token>
  static constexpr token_code short_code(std::uint64_t token) noexcept {
    return {token, 0};
  }
  static constexpr token_code code(std::uint64_t token, std::uint64_t) noexcept { return {token, 0}; }
};

/// Up to 15 bytes, the code is the bytes of a token and, in its last byte, their number.
template <>
struct token_coding<std::string_view> {
  static constexpr std::size_t longest_short = 15;
  static constexpr std::uint64_t long_token_mark = std::uint64_t{0xff} << 56;

  static constexpr bool is_long(const token_code& c) noexcept { return c.high >= long_token_mark; }

  static constexpr bool is_short(std::string_view token) noexcept { return token.size() <= longest_short; }

  /// Only of short tokens. Without a branch when it may read on: the lengths of words cannot be predicted.
  template <after_token After>
  static token_code short_code(std::string_view token) noexcept {
    const std::size_t n = token.size() & longest_short;
    const std::uint64_t length = std::uint64_t{n} << 56;
    if constexpr (After == after_token::readable && std::endian::native == std::endian::little) {
      return {load(token.data()) & first_bytes[n].low,
              (load(token.data() + 8) & first_bytes[n].high) | length};
    } else {
      token_code made{0, length};
      for (std::size_t i = 0; i < n; ++i)
        (i < 8 ? made.low : made.high) |= std::uint64_t{static_cast<unsigned char>(token[i])}
                                          << (8 * (i & 7));
      return made;
    }
  }

  static token_code code(std::string_view token, std::uint64_t seed) noexcept {
    if (is_short(token)) return short_code<after_token::unreadable>(token);
    const char* p = token.data();
    std::size_t left = token.size() - 8;
    std::uint64_t hash = seed ^ left;
    for (; left > 8; left -= 8, p += 8) hash = fold(hash ^ load(p), 0x9e3779b97f4a7c15u ^ seed);
    hash = fold(hash ^ load(p), 0xd6e8feb86659fd93u ^ seed);  // may overlap the last 8
    return {hash, load(p + left) | long_token_mark};
  }

 private:
  static std::uint64_t load(const char* from) noexcept {
    std::uint64_t word;
    std::memcpy(&word, from, 8);
    return word;
  }

  static constexpr auto first_bytes = [] {
    std::array<token_code, longest_short + 1> masks{};
    for (std::size_t n = 0; n <= longest_short; ++n)
      for (std::size_t i = 0; i < n; ++i)
        (i < 8 ? masks[n].low : masks[n].high) |= std::uint64_t{0xff} << (8 * (i & 7));
    return masks;
  }();
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
  static constexpr bool is_text = std::same_as<Key, std::string_view>;

 public:
  dictionary() { clear(0); }

  /// Forgets all tokens and makes room for `tokens` of them.
  void clear(std::size_t tokens) {
    seed_ = first_seed;
    reseeds_ = 0;
    size_ = 0;
    kept_.clear();
    make_places(tokens);
    reserve(tokens);
  }

  /// The number of different tokens.
  std::uint32_t size() const noexcept { return size_; }

  /// The id of `token`, a new one when it is not known yet.
  std::uint32_t insert(const Key& token) {
    std::uint32_t id;
    insert_all(
        1, [&](std::size_t) -> const Key& { return token; }, &id);
    return id;
  }
  /// The id of `token`, or `unknown_token`.
  std::uint32_t find(const Key& token) const noexcept {
    std::uint32_t id;
    find_all(
        1, [&](std::size_t) -> const Key& { return token; }, &id);
    return id;
  }

  /// The ids of token(0) .. token(n - 1), in one go. `ids` has room for them.
  template <detail::after_token After = detail::after_token::unreadable, class Token>
  void insert_all(std::size_t n, const Token& token, std::uint32_t* ids) {
    reserve(n);
    for (std::size_t i = 0; i < n; ++i) {
      i = narrow_ ? insert_run<After>(bytes_.data(), i, n, token, ids)
                  : insert_run<After>(words_.data(), i, n, token, ids);
      if (i == n) return;
      const Key& other = token(i);
      ids[i] = insert_any(other, coding::code(other, seed_));
    }
  }
  template <detail::after_token After = detail::after_token::unreadable, class Token>
  void find_all(std::size_t n, const Token& token, std::uint32_t* ids) const noexcept {
    if (narrow_)
      find_run<After>(bytes_.data(), n, token, ids);
    else
      find_run<After>(words_.data(), n, token, ids);
  }

 private:
  using coding = detail::token_coding<Key>;
  using code = detail::token_code;
  static constexpr bool is_number = std::same_as<Key, std::uint64_t>;
  static constexpr std::uint64_t first_seed = 0x243f6a8885a308d3u;
  static constexpr std::size_t probe_limit = 64;
  static constexpr std::size_t fewest_places = 128;  // whole blocks to clear
  static constexpr int reseed_limit = 8;

  struct nothing {};
  struct piece {
    std::size_t begin, end;
  };

  static std::size_t home(const code& c, std::uint64_t seed) noexcept {
    return static_cast<std::size_t>(detail::fold(c.low ^ seed, c.high ^ 0x9e3779b97f4a7c15u));
  }
  std::size_t home(const code& c) const noexcept { return home(c, seed_) & mask_; }
  // 0 or 1 by arithmetic: of a comparison compilers make the branch that is not wanted here.
  static std::uint32_t different(const code& a, const code& b) noexcept {
    const std::uint64_t bits = (a.low ^ b.low) | (a.high ^ b.high);
    return static_cast<std::uint32_t>((bits | (0 - bits)) >> 63);
  }
  static std::uint32_t is_zero(std::uint32_t id) noexcept {  // ids are below 2^31
    return (id - 1) >> 31;
  }

  static std::uint32_t is_long(const Key& token) noexcept {
    return static_cast<std::uint32_t>(!coding::is_short(token));
  }

  // Inserts from token `i` on, up to the first one that needs another way; returns which that is.
  // Most tokens find their home vacant or their own; whether it is the one or the other cannot be
  // predicted, so nothing branches on it, here and in `find_all`.
  template <detail::after_token After, class Head, class Token>
  std::size_t insert_run(Head* heads, std::size_t i, std::size_t n, const Token& token, std::uint32_t* ids) {
    code* const codes = codes_.data();
    const std::size_t mask = mask_;
    const std::uint64_t seed = seed_;
    std::uint32_t size = size_;
    for (; i < n; ++i) {
      const Key& key = token(i);
      const code c = coding::template short_code<After>(key);
      Head& head = heads[home(c, seed) & mask];
      std::uint32_t id = head;
      const std::uint32_t vacant = is_zero(id);
      const std::uint32_t elsewhere = different(codes[id], c) & (vacant ^ 1);
      if ((elsewhere | is_long(key)) != 0) break;
      codes[size + 1] = c;
      size += vacant;
      id |= size & (0 - vacant);
      head = static_cast<Head>(id);
      ids[i] = id;
    }
    size_ = size;
    return i;
  }
  template <detail::after_token After, class Head, class Token>
  void find_run(const Head* heads, std::size_t n, const Token& token, std::uint32_t* ids) const noexcept {
    const code* const codes = codes_.data();
    const std::size_t mask = mask_;
    const std::uint64_t seed = seed_;
    for (std::size_t i = 0; i < n; ++i) {
      const Key& key = token(i);
      const code c = coding::template short_code<After>(key);
      const std::uint32_t id = heads[home(c, seed) & mask];
      const std::uint32_t elsewhere = different(codes[id], c) & (is_zero(id) ^ 1);
      ids[i] = id;
      if ((elsewhere | is_long(key)) != 0) ids[i] = find_any(key);
    }
  }

  EVALPP_NOINLINE std::uint32_t insert_any(const Key& token, const code& c) {
    std::size_t at = home(c), probes = 0;
    for (; head(at) != 0; at = (at + 1) & mask_, ++probes)
      if (matches(head(at), token, c)) return head(at);
    if (probes > probe_limit && reseeds_ < reseed_limit) {
      reseed();
      return insert_any(token, coding::code(token, seed_));
    }
    codes_[++size_] = c;
    if constexpr (is_text) {
      if (!coding::is_short(token)) {
        if (long_tokens_.size() <= size_) long_tokens_.resize(codes_.size());
        long_tokens_[size_] = {kept_.size(), kept_.size() + token.size()};
        kept_.insert(kept_.end(), token.begin(), token.end());
      }
    } else if constexpr (!is_number) {
      kept_.push_back(token);
    }
    set_head(at, size_);
    return size_;
  }
  EVALPP_NOINLINE std::uint32_t find_any(const Key& token) const noexcept {
    const code c = coding::code(token, seed_);
    for (std::size_t at = home(c); head(at) != 0; at = (at + 1) & mask_)
      if (matches(head(at), token, c)) return head(at);
    return unknown_token;
  }
  bool matches(std::uint32_t id, const Key& token, const code& c) const noexcept {
    if (different(codes_[id], c) != 0) return false;
    if constexpr (is_text)
      return coding::is_short(token) || long_token(id) == token;
    else if constexpr (is_number)
      return true;
    else
      return kept_[id - 1] == token;
  }
  std::string_view long_token(std::uint32_t id) const noexcept {
    const piece& token = long_tokens_[id];
    return {kept_.data() + token.begin, token.end - token.begin};
  }

  // Few tokens get many places: a token whose home is taken costs a branch that was not foreseen, and a small
  // table stays near anyway.
  static std::size_t places_for(std::size_t tokens) noexcept {
    return std::bit_ceil((std::max<std::size_t>)(tokens * (tokens <= 256 ? 8 : 4), fewest_places));
  }
  std::uint32_t head(std::size_t at) const noexcept { return narrow_ ? bytes_[at] : words_[at]; }
  void set_head(std::size_t at, std::uint32_t id) noexcept {
    if (narrow_)
      bytes_[at] = static_cast<std::uint8_t>(id);
    else
      words_[at] = id;
  }

  // Empties the table, for `tokens` tokens.
  void make_places(std::size_t tokens) {
    narrow_ = tokens <= 255;
    mask_ = places_for(tokens) - 1;
    empty_places();
  }
  void empty_places() {
    const auto empty = [places = mask_ + 1](auto& heads) {
      if (heads.size() < places) heads.resize(places);
      detail::clear_blocks(heads.data(), places * sizeof heads[0]);
    };
    narrow_ ? empty(bytes_) : empty(words_);
  }
  // Room for `more` tokens: at least half of the places stay vacant.
  void reserve(std::size_t more) {
    const std::size_t wanted = size_ + more;
    if (codes_.size() < wanted + 2) codes_.resize((std::max)(wanted + 2, 2 * codes_.size()));
    if (2 * wanted > mask_ + 1 || (narrow_ && wanted > 255)) {
      make_places(wanted);
      place_all();
    }
  }
  void place_all() {
    for (std::uint32_t id = 1; id <= size_; ++id) {
      std::size_t at = home(codes_[id]);
      while (head(at) != 0) at = (at + 1) & mask_;
      set_head(at, id);
    }
  }
  void reseed() {
    ++reseeds_;
    // Where the memory lies is unknown to whoever wrote the tokens.
    const auto where = static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(codes_.data()));
    seed_ = detail::fold(seed_ ^ where, 0xbf58476d1ce4e5b9u) + static_cast<std::uint64_t>(reseeds_);
    for (std::uint32_t id = 1; id <= size_; ++id) {
      if constexpr (is_text) {
        if (coding::is_long(codes_[id])) codes_[id] = coding::code(long_token(id), seed_);
      } else if constexpr (!is_number) {
        codes_[id] = coding::code(kept_[id - 1], seed_);
      }
    }
    empty_places();
    place_all();
  }

  using storage = std::conditional_t<is_text, std::vector<char>,
                                     std::conditional_t<is_number, std::vector<nothing>, std::vector<Key>>>;

  // mask_ + 1 places with ids, 0 is vacant: in bytes as long as these can hold them, since references that
  // were prepared long ago are read from far memory.
  std::vector<std::uint8_t> bytes_;
  std::vector<std::uint32_t> words_;
  bool narrow_ = true;
  std::vector<code> codes_;         // by id; nothing asks for that of 0
  storage kept_;                    // the tokens that their codes do not tell
  std::vector<piece> long_tokens_;  // by id, where in kept_ the text of a long token lies
  std::size_t mask_ = 0;
  std::uint64_t seed_ = first_seed;
  std::uint32_t size_ = 0;
  int reseeds_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI
