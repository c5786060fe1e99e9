// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer_whitespace.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// True for the 32 characters of Python's `string.punctuation`.
constexpr bool is_ascii_punctuation(char c) noexcept {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

/// The words of chrF++: what lies between whitespace, with one punctuation mark split off, the last
/// character if it is one, else the first. `(hi)` is `(hi` and `)`. Keeps its memory.
class chrf_words {
 public:
  /// Where the words of `text` lie in `bytes()`. Valid until the next call.
  std::span<const text::token_span> operator()(std::string_view text) {
    text::tokenizer_whitespace{}(text, whole_);
    const char* const at = bytes();
    if (parts_.size() < 2 * whole_.size()) parts_.resize(4 * whole_.size());
    // Whether a word has punctuation cannot be predicted: both halves are written in any case.
    text::token_span* out = parts_.data();
    for (const text::token_span& word : whole_.tokens()) {
      const std::uint32_t longer = word.end - word.begin > 1 ? 1 : 0;
      const std::uint32_t at_end = longer & punctuation(at[word.end - 1]);
      const std::uint32_t at_begin = longer & punctuation(at[word.begin]) & ~at_end;
      const std::uint32_t split = at_begin != 0 ? word.begin + 1 : word.end - at_end;
      out[0] = {word.begin, split};
      out[1] = {split, word.end};
      out += 1 + (at_begin | at_end);
    }
    return {parts_.data(), out};
  }

  std::string_view operator[](std::size_t i) const noexcept {
    return {bytes() + parts_[i].begin, parts_[i].end - parts_[i].begin};
  }
  /// The text, with `text::token_buffer::padding` bytes behind it.
  const char* bytes() const noexcept { return whole_.bytes().data(); }

 private:
  // 1 or 0, without a branch.
  static std::uint32_t punctuation(char c) noexcept {
    static constexpr std::array<unsigned char, 256> table = [] {
      std::array<unsigned char, 256> marks{};
      for (std::size_t k = 0; k < 128; ++k) marks[k] = is_ascii_punctuation(static_cast<char>(k));
      return marks;
    }();
    return table[static_cast<unsigned char>(c)];
  }

  text::token_buffer whole_;
  std::vector<text::token_span> parts_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
