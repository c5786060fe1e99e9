// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/text/ascii.hpp>
#include <evalpp/text/detail/block_scan.hpp>
#include <evalpp/text/detail/block_simd.hpp>
#include <evalpp/text/detail/byte_sets.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/whitespace.hpp>

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// SQuAD's normalisation of ASCII text. Answers are short and have a word every few bytes: a branch
// that is taken once a word is mispredicted as often, so there is none here.
namespace evalpp::inline EVALPP_ABI::text::detail {

// Whether the word [word, word + length) is a, an or the. Reads 3 bytes.
inline bool is_article_word(const char* word, std::size_t length) noexcept {
  const bool a = word[0] == 'a';
  const bool an = a & (word[1] == 'n');
  const bool the = (word[0] == 't') & (word[1] == 'h') & (word[2] == 'e');
  return (a & (length == 1)) | (an & (length == 2)) | (the & (length == 3));
}

// --- any ASCII text, byte by byte ---

inline constexpr unsigned char squad_deleted = 0;
inline constexpr unsigned char squad_space = ' ';
inline constexpr unsigned char squad_unknown = 0xFF;

// What becomes of a byte: its lower-case form, nothing when it is punctuation, a space. Control
// characters that are no whitespace are neither letters nor separators: rare, and left to the general
// code, as are bytes that are not ASCII.
inline constexpr std::array<unsigned char, 256> squad_bytes = [] {
  std::array<unsigned char, 256> table{};
  for (unsigned c = 0; c < 256; ++c) {
    const char byte = static_cast<char>(c);
    const char lower = lower_ascii(byte);
    if (is_ascii_punctuation(byte))
      table[c] = squad_deleted;
    else if (is_ascii_digit(byte) || (lower >= 'a' && lower <= 'z'))
      table[c] = static_cast<unsigned char>(lower);
    else
      table[c] = c < 0x80 && is_whitespace(static_cast<char32_t>(c)) ? squad_space : squad_unknown;
  }
  return table;
}();

// The words of the text; false when it is not plain, that is when it has an unknown byte.
inline bool scan_squad_bytes(std::string_view text, token_buffer& out) {
  char* const bytes = out.open(text.size());
  token_span* const spans = out.reserve_tokens(text.size() / 2 + 2);
  std::size_t write = 0, begin = 0, words = 0;
  unsigned seen = 0;
  for (const char c : text) {
    const unsigned byte = squad_bytes[static_cast<unsigned char>(c)];
    seen |= byte;
    bytes[write] = static_cast<char>(byte);
    const bool space = byte == squad_space;
    spans[words] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(write)};
    words += static_cast<std::size_t>(space & (write != begin));
    write += static_cast<std::size_t>(byte != squad_deleted);
    begin = space ? write : begin;
  }
  spans[words] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(write)};
  words += static_cast<std::size_t>(write != begin);
  out.close(write);
  if ((seen & 0x80) != 0) return false;

  std::size_t kept = 0;
  for (std::size_t i = 0; i < words; ++i) {
    const token_span word = spans[i];
    spans[kept] = word;
    kept += static_cast<std::size_t>(!is_article_word(bytes + word.begin, word.end - word.begin));
  }
  out.commit_tokens(kept);
  return true;
}

// --- less than 64 bytes of it, eight at a time ---

// The lowest `count` bits, less than 64.
constexpr std::uint64_t lowest_bits(std::size_t count) noexcept { return (std::uint64_t{1} << count) - 1; }

inline constexpr std::uint64_t each_byte = 0x0101'0101'0101'0101;

// The top bit of each byte of `low`, all below 0x80, that lies in [First, Last].
template <unsigned First, unsigned Last>
constexpr std::uint64_t bytes_in_range(std::uint64_t low) noexcept {
  return ((low + each_byte * (0x80 - First)) ^ (low + each_byte * (0x7F - Last))) & (each_byte * 0x80);
}

// Bit i of the result is the top bit of byte i; all other bits of `tops` must be 0.
constexpr std::uint64_t gather_tops(std::uint64_t tops) noexcept {
  return (tops * 0x0002'0408'1020'4081) >> 56;
}

// Is there punctuation with letters on both sides? A run of it behind a letter carries a bit to the
// byte behind the run.
constexpr bool has_punctuation_inside(std::uint64_t letters, std::uint64_t punctuation) noexcept {
  const std::uint64_t behind = (punctuation + (punctuation & letters << 1)) & ~punctuation;
  return (behind & letters) != 0;
}

// The last `size % 8` bytes of a text, with spaces behind them.
inline std::uint64_t load_rest(std::string_view text) noexcept {
  const std::size_t size = text.size();
  const std::size_t rest = size % 8;
  std::uint64_t word = each_byte * ' ';
  if (size > 8) {
    std::uint64_t last;
    std::memcpy(&last, text.data() + size - 8, 8);
    return last >> (64 - 8 * rest) | word << 8 * rest;
  }
  for (std::size_t i = rest; i-- > 0;) word = word << 8 | static_cast<unsigned char>(text[size - rest + i]);
  return word;
}

// Deletes bit `at` of a mask: the bits above move down.
constexpr std::uint64_t without_bit(std::uint64_t mask, unsigned at) noexcept {
  const std::uint64_t below = lowest_bits(at);
  return (mask & below) | (mask >> 1 & ~below);
}

// The words of the text; false when it is not plain.
inline bool scan_squad_short(std::string_view text, token_buffer& out) {
  std::size_t size = text.size();
  char* const bytes = out.open(size);
  std::uint64_t letters = 0, spaces = 0, unknown = 0;
  const auto scan = [&](std::uint64_t word, std::size_t at) {
    const std::uint64_t low = word & (each_byte * 0x7F);
    const std::uint64_t upper = bytes_in_range<'A', 'Z'>(low);
    const std::uint64_t lower = low | upper >> 2;
    const std::uint64_t space = bytes_in_range<0x09, 0x0D>(low) | bytes_in_range<0x1C, 0x20>(low);
    letters |= gather_tops(bytes_in_range<'a', 'z'>(lower) | bytes_in_range<'0', '9'>(low)) << at;
    spaces |= gather_tops(space) << at;
    unknown |= word | ~(space | bytes_in_range<'!', '~'>(low));
    std::memcpy(bytes + at, &lower, 8);
  };
  std::size_t at = 0;
  for (; at + 8 <= size; at += 8) {
    std::uint64_t word;
    std::memcpy(&word, text.data() + at, 8);
    scan(word, at);
  }
  if (at != size) scan(load_rest(text), at);
  if ((unknown & (each_byte * 0x80)) != 0) return false;

  // Punctuation at the border of a word is left out of it; inside of a word it has to be deleted.
  std::uint64_t punctuation = ~(letters | spaces) & lowest_bits(size);
  if (has_punctuation_inside(letters, punctuation)) {
    for (; punctuation != 0; --size) {
      const auto last = static_cast<unsigned>(63 - std::countl_zero(punctuation));
      std::memmove(bytes + last, bytes + last + 1, size - last - 1);
      letters = without_bit(letters, last);
      punctuation ^= std::uint64_t{1} << last;
    }
  }
  out.close(size);

  token_span* const spans = out.reserve_tokens(size / 2 + 2);
  std::uint64_t begins = letters & ~(letters << 1);
  std::uint64_t ends = ~letters & letters << 1;
  std::size_t kept = 0;
  for (; begins != 0; begins &= begins - 1, ends &= ends - 1) {
    const auto begin = static_cast<std::uint32_t>(std::countr_zero(begins));
    const auto end = static_cast<std::uint32_t>(std::countr_zero(ends));
    spans[kept] = {begin, end};
    kept += static_cast<std::size_t>(!is_article_word(bytes + begin, end - begin));
  }
  out.commit_tokens(kept);
  return true;
}

// --- less than 64 bytes of it at once ---

inline constexpr unsigned squad_set_letter = 0;  // and digits
inline constexpr unsigned squad_set_space = 1;
inline constexpr unsigned squad_set_odd = 2;  // neither that nor punctuation
inline constexpr unsigned squad_set_a = 3;    // of articles
inline constexpr unsigned squad_set_n = 4;
inline constexpr unsigned squad_set_t = 5;
inline constexpr unsigned squad_set_h = 6;
inline constexpr unsigned squad_set_e = 7;
inline constexpr byte_sets squad_sets = [] {
  byte_sets sets;
  for (unsigned c = 0; c < 256; ++c) {
    if (squad_bytes[c] == squad_unknown)
      sets.add_range(squad_set_odd, c, c);
    else if (squad_bytes[c] == squad_space)
      sets.add_range(squad_set_space, c, c);
    else if (squad_bytes[c] != squad_deleted)
      sets.add_range(squad_set_letter, c, c);
  }
  sets.add(squad_set_a, "aA");
  sets.add(squad_set_n, "nN");
  sets.add(squad_set_t, "tT");
  sets.add(squad_set_h, "hH");
  sets.add(squad_set_e, "eE");
  return sets;
}();

#if EVALPP_X86_SIMD
namespace avx512 {

EVALPP_TARGET_AVX512 inline std::uint64_t bytes_between(__m512i bytes, unsigned char first,
                                                        unsigned char last) noexcept {
  const __m512i from_first = _mm512_sub_epi8(bytes, _mm512_set1_epi8(static_cast<char>(first)));
  return _mm512_cmple_epu8_mask(from_first, _mm512_set1_epi8(static_cast<char>(last - first)));
}

// The characters of a block that are not ASCII, where all of them are frequent ones.
struct wide_masks {
  std::uint64_t letters = 0;  // U+00C0 to U+00FF, two bytes
  std::uint64_t marks = 0;    // that words may hold: two signs among those; dashes, quotes U+2010 to U+2027
};

// Lower-cases them in `bytes`. False when the bytes of `odd` are others.
EVALPP_TARGET_AVX512 inline bool read_wide(__m512i source, std::uint64_t odd, char* bytes,
                                           wide_masks& out) noexcept {
  const std::uint64_t latin = bytes_between(source, 0xC3, 0xC3) << 1 & bytes_between(source, 0x80, 0xBF);
  const std::uint64_t sign = latin & (bytes_between(source, 0x97, 0x97) | bytes_between(source, 0xB7, 0xB7));
  const std::uint64_t mark = bytes_between(source, 0xE2, 0xE2) << 2 & bytes_between(source, 0x80, 0x80) << 1 &
                             bytes_between(source, 0x90, 0xA7);
  const std::uint64_t letter = latin & ~sign;
  out.letters = letter | letter >> 1;
  out.marks = sign | sign >> 1 | mark | mark >> 1 | mark >> 2;
  const std::uint64_t upper = letter & bytes_between(source, 0x80, 0x9E);
  _mm512_mask_storeu_epi8(bytes, upper, _mm512_add_epi8(source, _mm512_set1_epi8(0x20)));
  return (odd & ~(out.letters | out.marks)) == 0;
}

// The words of the text; false when it is not plain.
EVALPP_TARGET_AVX512 inline bool scan_squad_block(std::string_view text, token_buffer& out) {
  std::size_t size = text.size();
  char* const bytes = out.open(block_size);
  const std::uint64_t inside = lowest_bits(size);
  const __m512i source = copy_block_lower(text.data(), bytes, size);  // and zeros
  _mm512_storeu_si512(bytes + block_size, _mm512_setzero_si512());
  block_masks m = classify_block<squad_sets>(source);
  wide_masks wide;
  if (const std::uint64_t odd = m.set[squad_set_odd] & inside;
      odd != 0 && !read_wide(source, odd, bytes, wide))
    return false;
  std::uint64_t& letters = m.set[squad_set_letter];
  letters |= wide.letters;

  const std::uint64_t punctuation = ~(letters | wide.marks | m.set[squad_set_space]) & inside;
  if (has_punctuation_inside(letters | wide.marks, punctuation)) {
    const std::uint64_t kept = inside & ~punctuation;
    size = static_cast<std::size_t>(std::popcount(kept));
    _mm512_storeu_si512(bytes, _mm512_maskz_compress_epi8(kept, _mm512_loadu_si512(bytes)));
    for (std::uint64_t& set : m.set) set = _pext_u64(set, kept);
    wide.marks = _pext_u64(wide.marks, kept);
  }

  const std::uint64_t first = letters & ~(letters << 1);
  const std::uint64_t first_a = first & m.set[squad_set_a];
  const std::uint64_t a = first_a & ~(letters >> 1);
  const std::uint64_t an = first_a & m.set[squad_set_n] >> 1 & ~(letters >> 2);
  const std::uint64_t the =
      first & m.set[squad_set_t] & m.set[squad_set_h] >> 1 & m.set[squad_set_e] >> 2 & ~(letters >> 3);
  const std::uint64_t words = (letters ^ (a | an | an << 1 | the | the << 1 | the << 2)) | wide.marks;

  const std::uint64_t begins = words & ~(words << 1);
  write_tokens(out.reserve_tokens(block_size + block_slack), begins, words << 1 & ~words, false, 0);
  out.commit_tokens(static_cast<std::size_t>(std::popcount(begins)));
  out.close_padded(size);
  return true;
}

}  // namespace avx512
#endif

// --- all of it ---

// Finds the words of `normalize_answer(text)`; false where the text is not plain: has bytes that are
// not ASCII, but for a few that are frequent, or control characters that are no whitespace.
inline bool scan_squad_ascii(std::string_view text, token_buffer& out) {
  if (text.size() >= block_size) return scan_squad_bytes(text, out);
#if EVALPP_X86_SIMD
  // AVX2 needs longer to look bytes up than the portable scan to compare them.
  if (evalpp::detail::cpu_level() == evalpp::detail::simd_level::avx512)
    return avx512::scan_squad_block(text, out);
#endif
  if constexpr (std::endian::native == std::endian::little)
    return scan_squad_short(text, out);
  else
    return scan_squad_bytes(text, out);
}

}  // namespace evalpp::inline EVALPP_ABI::text::detail
