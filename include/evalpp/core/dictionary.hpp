// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/detail/fold.hpp>
#include <evalpp/detail/noinline.hpp>

#include <algorithm>
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
  std::uint32_t length;
};

template <class Key>
struct token_coding {
  static constexpr bool is_short(const Key&) noexcept { return false; }
  static token_code short_code(const Key&) noexcept { return {}; }
  static token_code code(const Key& token, std::uint64_t seed) noexcept {
    return {fold(static_cast<std::uint64_t>(std::hash<Key>{}(token)) ^ seed, 0x9e3779b97f4a7c15u), 0, 0};
  }
};

template <>
struct token_coding<std::uint64_t> {
  static constexpr bool is_short(std::uint64_t) noexcept { return true; }
  static constexpr token_code short_code(std::uint64_t token) noexcept { return {token, 0, 0}; }
  static constexpr token_code code(std::uint64_t token, std::uint64_t) noexcept { return {token, 0, 0}; }
};

/// Up to 16 bytes, a token's length and its first and last 8 bytes are the token.
template <>
struct token_coding<std::string_view> {
  static constexpr bool is_short(std::string_view token) noexcept { return token.size() <= 16; }

  static token_code short_code(std::string_view token) noexcept {
    const std::size_t n = token.size();
    const char* const p = token.data();
    if (n > 8) return {load(p), load(p + n - 8), static_cast<std::uint32_t>(n)};
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < n; ++i) word |= std::uint64_t{static_cast<unsigned char>(p[i])} << (8 * i);
    return {word, 0, static_cast<std::uint32_t>(n)};
  }

  /// The same when 8 bytes after the token can be read, without a branch: the lengths of words
  /// cannot be predicted.
  static token_code padded_short_code(std::string_view token) noexcept {
    if constexpr (std::endian::native != std::endian::little) return short_code(token);
    const std::size_t n = token.size();
    const std::uint64_t first_bytes = (std::uint64_t{1} << (8 * n & 63)) - 1;
    const std::uint64_t low_mask = n < 8 ? first_bytes : ~std::uint64_t{0};
    const std::uint64_t high_mask = n > 8 ? ~std::uint64_t{0} : 0;
    const std::size_t tail = (n - 8) & static_cast<std::size_t>(high_mask);
    return {load(token.data()) & low_mask, load(token.data() + tail) & high_mask,
            static_cast<std::uint32_t>(n)};
  }

  static token_code code(std::string_view token, std::uint64_t seed) noexcept {
    if (is_short(token)) return short_code(token);
    const char* p = token.data();
    std::size_t left = token.size() - 8;
    std::uint64_t hash = seed ^ left;
    for (; left > 8; left -= 8, p += 8) hash = fold(hash ^ load(p), 0x9e3779b97f4a7c15u ^ seed);
    hash = fold(hash ^ load(p), 0xd6e8feb86659fd93u ^ seed);  // may overlap the last 8
    return {hash, load(p + left), static_cast<std::uint32_t>(token.size())};
  }

 private:
  static std::uint64_t load(const char* from) noexcept {
    std::uint64_t word;
    std::memcpy(&word, from, 8);
    return word;
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
  static constexpr bool is_text = std::same_as<Key, std::string_view>;

 public:
  dictionary() { clear(0); }

  /// Forgets all tokens and makes room for `tokens` of them.
  void clear(std::size_t tokens) {
    seed_ = first_seed;
    reseeds_ = 0;
    size_ = 0;
    kept_.clear();
    resize(std::bit_ceil(std::max<std::size_t>(tokens * 4, 16)));
    reserve(tokens);
  }

  /// The number of different tokens.
  std::uint32_t size() const noexcept { return size_; }

  /// The id of `token`, a new one when it is not known yet.
  std::uint32_t insert(const Key& token) {
    return coding::is_short(token) ? insert_short(token, coding::short_code(token))
                                   : insert_any(token, coding::code(token, seed_));
  }
  /// The id of `token`, or `unknown_token`.
  std::uint32_t find(const Key& token) const noexcept {
    return coding::is_short(token) ? find_short(token, coding::short_code(token)) : find_long(token);
  }

  /// The ids of many tokens of one text, [begin, end) of each span, in one go. At least 8 bytes can be
  /// read after the end of the text. `ids` has room for one each.
  template <class Span>
  requires is_text void insert_all(const char* text, std::span<const Span> spans, std::uint32_t* ids) {
    reserve(spans.size());
    for (std::size_t i = 0; i < spans.size();) {
      i = insert_run(text, spans, i, ids);
      if (i == spans.size()) return;
      ids[i] = insert_any(token_at(text, spans[i]), coding::code(token_at(text, spans[i]), seed_));
      ++i;
    }
  }
  template <class Span>
  requires is_text void find_all(const char* text, std::span<const Span> spans,
                                 std::uint32_t* ids) const noexcept {
    const std::uint32_t* const heads = heads_.data();
    const entry* const entries = entries_.data();
    const std::size_t mask = mask_;
    const std::uint64_t seed = seed_;
    for (std::size_t i = 0; i < spans.size(); ++i) {
      const std::string_view token = token_at(text, spans[i]);
      const code c = coding::padded_short_code(token);
      const std::uint32_t head = heads[home(c, seed) & mask];
      const std::uint32_t elsewhere = different(entries[head].of, c) & (is_zero(head) ^ 1);
      ids[i] = head;
      if ((elsewhere | is_long(token)) != 0) ids[i] = find_any(token, coding::code(token, seed));
    }
  }

 private:
  using coding = detail::token_coding<Key>;
  using code = detail::token_code;
  static constexpr bool is_number = std::same_as<Key, std::uint64_t>;
  static constexpr std::uint64_t first_seed = 0x243f6a8885a308d3u;
  static constexpr std::size_t probe_limit = 64;
  static constexpr int reseed_limit = 8;

  struct entry {
    code of{};
    std::size_t at = 0;  // where the token lies in kept_
  };
  struct nothing {};

  static std::size_t home(const code& c, std::uint64_t seed) noexcept {
    return static_cast<std::size_t>(detail::fold(c.low ^ seed, c.high ^ 0x9e3779b97f4a7c15u));
  }
  std::size_t home(const code& c) const noexcept { return home(c, seed_) & mask_; }
  // 0 or 1 by arithmetic: of a comparison compilers make the branch that is not wanted here.
  static std::uint32_t different(const code& a, const code& b) noexcept {
    const std::uint64_t bits = (a.low ^ b.low) | (a.high ^ b.high) | (a.length ^ b.length);
    return static_cast<std::uint32_t>((bits | (0 - bits)) >> 63);
  }
  static std::uint32_t is_zero(std::uint32_t id) noexcept {  // ids are below 2^31
    return (id - 1) >> 31;
  }

  template <class Span>
  static std::string_view token_at(const char* text, const Span& span) noexcept {
    return {text + span.begin, static_cast<std::size_t>(span.end - span.begin)};
  }
  static std::uint32_t is_long(std::string_view token) noexcept {
    return static_cast<std::uint32_t>(token.size() > 16);
  }

  // Inserts from span `i` on, up to the first token that needs another way; returns where that is.
  // Most tokens find their home vacant or their own; whether it is the one or the other cannot be
  // predicted, so nothing branches on it, here and in `find_all`.
  template <class Span>
  std::size_t insert_run(const char* text, std::span<const Span> spans, std::size_t i, std::uint32_t* ids) {
    std::uint32_t* const heads = heads_.data();
    entry* const entries = entries_.data();
    const std::size_t mask = mask_;
    const std::uint64_t seed = seed_;
    std::uint32_t size = size_;
    for (; i < spans.size(); ++i) {
      const std::string_view token = token_at(text, spans[i]);
      const code c = coding::padded_short_code(token);
      std::uint32_t& head = heads[home(c, seed) & mask];
      const std::uint32_t vacant = is_zero(head);
      const std::uint32_t elsewhere = different(entries[head].of, c) & (vacant ^ 1);
      if ((elsewhere | is_long(token)) != 0) break;
      entries[size + 1].of = c;
      size += vacant;
      ids[i] = head |= size & (0 - vacant);
    }
    size_ = size;
    return i;
  }

  std::uint32_t insert_short(const Key& token, const code& c) {
    if (const std::uint32_t id = heads_[home(c)]; id != 0 && different(entries_[id].of, c) == 0) return id;
    return insert_any(token, c);
  }
  std::uint32_t find_short(const Key& token, const code& c) const noexcept {
    const std::uint32_t id = heads_[home(c)];
    return id == 0 || different(entries_[id].of, c) == 0 ? id : find_any(token, c);
  }

  EVALPP_NOINLINE std::uint32_t insert_any(const Key& token, const code& c) {
    if (size_ + 2 > entries_.size() || 2 * size_ > mask_) reserve(1);
    std::size_t at = home(c), probes = 0;
    for (; heads_[at] != 0; at = (at + 1) & mask_, ++probes)
      if (matches(heads_[at], token, c)) return heads_[at];
    if (probes > probe_limit && reseeds_ < reseed_limit) {
      reseed();
      return insert_any(token, coding::code(token, seed_));
    }
    entries_[++size_] = {c, kept_.size()};
    if constexpr (is_text) {
      if (!coding::is_short(token)) kept_.insert(kept_.end(), token.begin(), token.end());
    } else if constexpr (!is_number) {
      kept_.push_back(token);
    }
    return heads_[at] = size_;
  }
  EVALPP_NOINLINE std::uint32_t find_any(const Key& token, const code& c) const noexcept {
    for (std::size_t at = home(c); heads_[at] != 0; at = (at + 1) & mask_)
      if (matches(heads_[at], token, c)) return heads_[at];
    return unknown_token;
  }
  EVALPP_NOINLINE std::uint32_t find_long(const Key& token) const noexcept {
    return find_any(token, coding::code(token, seed_));
  }
  bool matches(std::uint32_t id, const Key& token, const code& c) const noexcept {
    const entry& e = entries_[id];
    if (different(e.of, c) != 0) return false;
    if constexpr (is_text)
      return coding::is_short(token) || std::memcmp(kept_.data() + e.at, token.data(), token.size()) == 0;
    else if constexpr (is_number)
      return true;
    else
      return kept_[e.at] == token;
  }

  // Empties the table: `heads` places.
  void resize(std::size_t heads) {
    mask_ = heads - 1;
    if (heads_.size() < heads) heads_.resize(heads);
    std::fill_n(heads_.begin(), heads, 0u);
  }
  // Room for `more` tokens: at least half of the places stay vacant.
  void reserve(std::size_t more) {
    const std::size_t wanted = size_ + more;
    if (entries_.size() < wanted + 2) entries_.resize((std::max)(wanted + 2, 2 * entries_.size()));
    if (2 * wanted > mask_ + 1) {
      resize(std::bit_ceil(4 * wanted));
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
        if (e.of.length > 16) e.of = coding::code({kept_.data() + e.at, e.of.length}, seed_);
      } else if constexpr (!is_number) {
        e.of = coding::code(kept_[e.at], seed_);
      }
    }
    resize(mask_ + 1);
    place_all();
  }

  using storage = std::conditional_t<is_text, std::vector<char>,
                                     std::conditional_t<is_number, std::vector<nothing>, std::vector<Key>>>;

  std::vector<std::uint32_t> heads_;  // the first mask_ + 1 are in use: ids, 0 is vacant
  std::vector<entry> entries_;        // by id
  storage kept_;                      // the tokens that their code does not tell
  std::size_t mask_ = 0;
  std::uint64_t seed_ = first_seed;
  std::uint32_t size_ = 0;
  int reseeds_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI
