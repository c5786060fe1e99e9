// SPDX-License-Identifier: MIT
// The block scanners, compiled once for each instruction set: block_scan.hpp includes this file
// again and again, with EVALPP_BLOCK_TARGET and `copy_block`, `copy_block_lower`, `classify_block` and
// `write_tokens` of that instruction set. No include guard, no includes.

// The bytes of the block at `base` that belong to whitespace of two or three bytes. `leads` are those
// that may begin it. What reaches into the next block is left in `carry`, which holds what came from
// the last one.
EVALPP_BLOCK_TARGET inline std::uint64_t wide_whitespace(std::string_view source, std::size_t base,
                                                         std::uint64_t leads, std::uint64_t& carry) noexcept {
  const char* const last = source.data() + source.size();
  std::uint64_t found = carry;
  carry = 0;
  for (; leads != 0; leads &= leads - 1) {
    const auto at = static_cast<unsigned>(std::countr_zero(leads));
    const std::size_t length = wide_whitespace_length(source.data() + base + at, last);
    const std::uint64_t bytes = (std::uint64_t{1} << length) - 1;
    found |= bytes << at;
    if (at > 60) carry |= bytes >> (64 - at);
  }
  return found;
}

// Takes the masks of one block after the other and writes the tokens that they make: a byte in
// `alone` is a token, and so is each run of bytes in `joined`. `finish` hands them to the buffer.
class block_tokens {
 public:
  // The buffer has no tokens yet.
  explicit block_tokens(token_buffer& out) : out_(out), first_(out.reserve_tokens(room)), next_(first_) {}

  EVALPP_BLOCK_TARGET void add(std::size_t base, std::uint64_t alone, std::uint64_t joined) {
    const std::uint64_t after_joined = joined << 1 | joined_;
    const std::uint64_t ends = (alone << 1 | alone_) | (after_joined & ~joined);
    const bool open = (alone_ | joined_) != 0;  // a token of the block before has no end yet
    begins_ = alone | (joined & ~after_joined);
    alone_ = alone >> 63;
    joined_ = joined >> 63;
    if (next_ > first_ + (room - block_size - block_slack)) {
      finish();
      first_ = next_ = out_.reserve_tokens(room);
    }
    write_tokens(next_, begins_, ends, open, static_cast<std::uint32_t>(base));
    next_ += std::popcount(begins_);
  }

  // The number of tokens that begin before byte `at` of the block that was added last.
  EVALPP_BLOCK_TARGET std::size_t count_before(unsigned at) const noexcept {
    return out_.size() + static_cast<std::size_t>(next_ - first_ - std::popcount(begins_ >> at));
  }

  void finish() noexcept { out_.commit_tokens(static_cast<std::size_t>(next_ - first_)); }

 private:
  static constexpr std::ptrdiff_t room = 512;

  token_buffer& out_;
  token_span* first_;  // written, but not yet the buffer's: from here
  token_span* next_;   // to here
  std::uint64_t begins_ = 0;
  std::uint64_t alone_ = 0;   // whether the last byte of the block before was alone,
  std::uint64_t joined_ = 0;  // or joined
};

EVALPP_BLOCK_TARGET inline void scan_words(std::string_view source, token_buffer& out) {
  const std::size_t size = source.size();
  char* const copy = out.open(size);
  block_tokens tokens(out);
  std::uint64_t wide_carry = 0;
  for (std::size_t base = 0; base <= size; base += block_size) {
    const std::size_t left = size - base;
    const auto m = classify_block<word_sets>(copy_block(source.data() + base, copy + base, left));
    std::uint64_t space = m.set[word_space];
    if ((m.set[word_wide] | wide_carry) != 0) {
      space |= wide_whitespace(source, base, m.set[word_wide], wide_carry);
    }
    tokens.add(base, 0, ~space & bytes_within(left));
  }
  tokens.finish();
  out.close(size);
}

EVALPP_BLOCK_TARGET inline bool scan_western(std::string_view source, token_buffer& out, bool rewritten) {
  const std::size_t size = source.size();
  char* const copy = out.open(size);
  block_tokens tokens(out);
  std::uint64_t wide_carry = 0;
  std::uint64_t digit_carry = 0;
  std::uint64_t stop_carry = 0;
  std::uint64_t dash_carry = 0;
  for (std::size_t base = 0; base <= size; base += block_size) {
    const std::size_t left = size - base;
    const auto m = classify_block<western_sets>(copy_block(source.data() + base, copy + base, left));
    std::uint64_t space = m.set[western_space];
    if ((m.set[western_wide] | wide_carry) != 0) {
      space |= wide_whitespace(source, base, m.set[western_wide], wide_carry);
    }
    const std::uint64_t stop = m.set[western_stop];
    const std::uint64_t digit = m.set[western_digit];
    const std::uint64_t dash = m.set[western_dash];
    const std::uint64_t after_digit = digit << 1 | digit_carry;
    const bool digit_next = left > block_size && is_ascii_digit(source[base + block_size]);
    const std::uint64_t before_digit = digit >> 1 | std::uint64_t{digit_next} << 63;

    if (!rewritten) {
      const std::uint64_t broken_lines = m.set[western_newline] & (dash << 1 | dash_carry);
      if ((m.set[western_markup] | broken_lines) != 0 &&
          (broken_lines != 0 || has_markup(source, base, m.set[western_markup]))) {
        return false;
      }
    }
    // The last stop of several before a digit: which pairs they make is decided one by one.
    if ((stop & (stop << 1 | stop_carry) & before_digit) != 0) return false;

    const std::uint64_t alone =
        m.set[western_isolated] | (stop & ~(after_digit & before_digit)) | (dash & after_digit);
    tokens.add(base, alone, ~(alone | space) & bytes_within(left));
    digit_carry = digit >> 63;
    stop_carry = stop >> 63;
    dash_carry = dash >> 63;
  }
  tokens.finish();
  out.close(size);
  return true;
}

EVALPP_BLOCK_TARGET inline bool scan_rouge(std::string_view source, token_buffer& out) {
  const std::size_t size = source.size();
  char* const copy = out.open(size);
  block_tokens tokens(out);
  for (std::size_t base = 0; base <= size; base += block_size) {
    const auto m =
        classify_block<rouge_sets>(copy_block_lower(source.data() + base, copy + base, size - base));
    if (m.set[rouge_special] != 0 && has_rouge_special(source, base, m.set[rouge_special])) return false;
    tokens.add(base, 0, m.set[rouge_word]);
    for (std::uint64_t lines = m.set[rouge_newline]; lines != 0; lines &= lines - 1) {
      out.end_line(tokens.count_before(static_cast<unsigned>(std::countr_zero(lines))));
    }
  }
  tokens.finish();
  out.end_line();
  out.close(size);
  return true;
}
