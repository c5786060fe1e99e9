// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::text::detail {

/// Words with their stems: stemming costs many times what finding a word does, and text repeats its
/// words. Words of up to 16 bytes are remembered, exactly, by their bytes. The table grows with the
/// number of different words up to 32,768 slots (768 KB), then new words take the place of others;
/// text whose words are all in the table allocates nothing.
class stem_cache {
 public:
  static constexpr std::size_t longest = 16;

  /// Replaces the word by what `stem(word, length)` makes of it in place, and returns its new length,
  /// which is no greater. The `longest` bytes from `word` on must be readable.
  template <class Stem>
  std::size_t operator()(char* word, std::size_t length, Stem stem) {
    if (length > longest) return stem(word, length);
    const letters key = read(word, length);
    if (slots_.empty()) slots_.resize(first_size);
    const std::size_t home = home_of(key);
    std::size_t at = home;
    for (; slots_[at].length != 0; at = next(at)) {
      const slot& known = slots_[at];
      if (known.word != key || known.length != length) continue;
      if (known.edited) std::memcpy(word + known.stem_length - tail_length, known.tail.data(), tail_length);
      return known.stem_length;
    }
    const std::size_t stem_length = stem(word, length);
    slot made{.word = key,
              .length = static_cast<std::uint8_t>(length),
              .stem_length = static_cast<std::uint8_t>(stem_length)};
    // A stem is the beginning of its word but for the last letters.
    const letters begin = read(word, stem_length);
    made.edited = begin != masked(key, stem_length);
    if (made.edited) {
      if (stem_length < tail_length) return stem_length;
      const std::size_t kept = stem_length - tail_length;
      if (masked(begin, kept) != masked(key, kept)) return stem_length;
      std::memcpy(made.tail.data(), word + kept, tail_length);
    }
    insert(made, home, at);
    return stem_length;
  }

 private:
  static constexpr std::size_t first_size = 64;
  static constexpr std::size_t last_size = 32768;
  static constexpr std::size_t tail_length = 3;

  using letters = std::array<std::uint64_t, 2>;
  struct slot {
    letters word{};
    std::array<char, tail_length> tail{};  // the last letters of the stem
    bool edited = false;                   // they are not those of the word
    std::uint8_t length = 0;               // 0: a free slot
    std::uint8_t stem_length = 0;
  };
  static_assert(sizeof(slot) == 24);

  // The first `length` bytes in memory, the others 0.
  static letters masked(letters word, std::size_t length) noexcept {
    const auto part = [](std::uint64_t bytes, std::size_t count) -> std::uint64_t {
      if (count >= 8) return bytes;
      if constexpr (std::endian::native == std::endian::little)
        return bytes & ((std::uint64_t{1} << (8 * count)) - 1);
      else
        return count == 0 ? 0 : bytes & (~std::uint64_t{0} << (64 - 8 * count));
    };
    return {part(word[0], length), part(word[1], length > 8 ? length - 8 : 0)};
  }
  static letters read(const char* word, std::size_t length) noexcept {
    letters bytes;
    std::memcpy(bytes.data(), word, longest);
    return masked(bytes, length);
  }

  std::size_t next(std::size_t at) const noexcept { return (at + 1) & (slots_.size() - 1); }
  std::size_t home_of(const letters& word) const noexcept {
    std::uint64_t mixed = word[0] * 0x9e3779b97f4a7c15u + std::rotl(word[1], 29) * 0xd6e8feb86659fd93u;
    mixed ^= mixed >> 32;
    return static_cast<std::size_t>((mixed * 0x9e3779b97f4a7c15u) >> (64 - std::countr_zero(slots_.size())));
  }

  void insert(const slot& made, std::size_t home, std::size_t free) {
    if (size_ * 2 < slots_.size()) {
      slots_[free] = made;
      ++size_;
    } else if (slots_.size() < last_size) {
      std::vector<slot> old(slots_.size() * 2);
      std::swap(old, slots_);
      for (const slot& known : old)
        if (known.length != 0) place(known);
      place(made);
      ++size_;
    } else {
      slots_[home] = made;
    }
  }
  void place(const slot& made) noexcept {
    std::size_t at = home_of(made.word);
    while (slots_[at].length != 0) at = next(at);
    slots_[at] = made;
  }

  std::vector<slot> slots_;
  std::size_t size_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI::text::detail
