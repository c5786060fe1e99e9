// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/throw.hpp>
#include <evalpp/text/detail/stem_cache.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::text {

/// Where a token lies in the bytes of its `token_buffer`: [begin, end), in bytes.
struct token_span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool operator==(const token_span&) const = default;
};

/// What a tokenizer fills and its caller uses again and again: the text, possibly normalised, and
/// where its tokens lie. It grows to the largest text it has seen and then allocates no more.
///
/// After the bytes come at least `padding` zero bytes, so that kernels may read whole blocks.
/// Offsets are 32-bit: a text of 4 GiB or more is refused (`raise_invalid`).
/// A buffer that was moved from may only be loaded, assigned or destroyed.
class token_buffer {
 public:
  static constexpr std::size_t padding = 64;
  static constexpr std::size_t max_bytes = 0xFFFF'FFFF;

  // --- for those who read tokens ---

  std::size_t size() const noexcept { return count_; }
  bool empty() const noexcept { return count_ == 0; }
  /// The bytes of token `i`; valid until the buffer is filled again. Precondition: i < size().
  std::string_view operator[](std::size_t i) const noexcept {
    return {bytes_.data() + spans_[i].begin, spans_[i].end - spans_[i].begin};
  }
  std::span<const token_span> tokens() const noexcept { return {spans_.data(), count_}; }
  /// The text the spans point into: what was given, or what the tokenizer made of it.
  std::string_view bytes() const noexcept { return {bytes_.data(), length_}; }
  /// For each '\n'-separated line of the text, the number of tokens before its end. Empty when
  /// the tokenizer knows no lines; the text is one line then.
  std::span<const std::uint32_t> line_ends() const noexcept { return line_ends_; }

  // --- for tokenizers ---

  /// Forgets all tokens and lines and takes a copy of `text`, which must not lie in this buffer.
  void load(std::string_view text) {
    char* const bytes = open(text.size());
    if (!text.empty()) std::memcpy(bytes, text.data(), text.size());
    close(text.size());
  }

  /// Forgets all tokens and lines and returns room for `capacity` bytes to write a text into.
  /// `close(length)` says how many of them it took.
  char* open(std::size_t capacity) {
    count_ = 0;
    length_ = 0;
    line_ends_.clear();
    if (bytes_.size() < padding || bytes_.size() - padding < capacity)  // never around 2^64
      bytes_.resize((std::max)(capacity + padding, 2 * bytes_.size()));
    return bytes_.data();
  }
  void close(std::size_t length) {
    if (length > max_bytes) evalpp::detail::raise_invalid("a text of 4 GiB or more cannot be tokenized");
    std::memset(bytes_.data() + length, 0, padding);
    close_padded(length);
  }
  /// The same for a short text that was written with its padding: a second store to the bytes behind it
  /// would make whoever reads them wait.
  void close_padded(std::size_t length) noexcept { length_ = length; }

  /// The text, to be edited in place; `close(length)` when it became shorter.
  char* data() noexcept { return bytes_.data(); }

  void push(std::size_t begin, std::size_t end) {
    if (count_ == spans_.size()) grow_spans(1);
    spans_[count_++] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  }
  /// The line that was being filled ends after the last token pushed, or after token `count`.
  void end_line() { end_line(count_); }
  void end_line(std::size_t count) { line_ends_.push_back(static_cast<std::uint32_t>(count)); }

  /// Room for `extra` spans after those present; `commit_tokens(n)` says how many were written.
  token_span* reserve_tokens(std::size_t extra) {
    if (spans_.size() - count_ < extra) grow_spans(extra);
    return spans_.data() + count_;
  }
  void commit_tokens(std::size_t n) noexcept { count_ += n; }

  /// The spans, to be edited in place.
  std::span<token_span> mutable_tokens() noexcept { return {spans_.data(), count_}; }
  /// Keeps the first `n` tokens. Precondition: n <= size(). Lines stay as they were ended.
  void truncate_tokens(std::size_t n) noexcept { count_ = n; }

  /// The stems of words seen before, by the one stemmer there is.
  detail::stem_cache& stems() noexcept { return stems_; }

 private:
  void grow_spans(std::size_t extra) {
    spans_.resize((std::max)({count_ + extra, 2 * spans_.size(), std::size_t{64}}));
  }

  // Both are kept at their largest size, so that filling them again initialises nothing.
  std::vector<char> bytes_ = std::vector<char>(padding);
  std::vector<token_span> spans_;
  std::size_t length_ = 0;
  std::size_t count_ = 0;
  std::vector<std::uint32_t> line_ends_;
  detail::stem_cache stems_;
};

}  // namespace evalpp::inline EVALPP_ABI::text
