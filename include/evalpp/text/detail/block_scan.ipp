// SPDX-License-Identifier: MIT
// The block scanners, compiled once for each instruction set: block_scan.hpp includes this file
// again and again, with EVALPP_BLOCK_TARGET and `classify_block`, `write_begins` and `write_ends` of
// that instruction set. No include guard, no includes.

// The bytes of `block` that belong to whitespace of two or three bytes. `leads` are those that may
// begin it. What reaches into the next block is left in `carry`, which holds what came from the last.
EVALPP_BLOCK_TARGET inline std::uint64_t wide_whitespace(const char* block, std::uint64_t leads,
                                                         std::uint64_t& carry) noexcept {
  std::uint64_t found = carry;
  carry = 0;
  for (; leads != 0; leads &= leads - 1) {
    const auto at = static_cast<unsigned>(std::countr_zero(leads));
    // Behind the text are zero bytes, which belong to no whitespace.
    const std::size_t length = wide_whitespace_length(block + at, block + at + 3);
    const std::uint64_t bytes = (std::uint64_t{1} << length) - 1;
    found |= bytes << at;
    if (at > 60) carry |= bytes >> (64 - at);
  }
  return found;
}

// Takes the masks of one block after the other and writes the tokens that they make: a byte in
// `alone` is a token, and so is each run of bytes in `joined`.
class block_tokens {
 public:
  explicit block_tokens(token_buffer& out) noexcept : out_(out) {}

  EVALPP_BLOCK_TARGET std::uint64_t add(std::size_t base, std::uint64_t alone, std::uint64_t joined) {
    const std::uint64_t after_joined = joined << 1 | joined_;
    const std::uint64_t begins = alone | (joined & ~after_joined);
    const std::uint64_t ends = (alone << 1 | alone_) | (after_joined & ~joined);
    // A token that is open from the block before ends first.
    const std::size_t open = alone_ | joined_;
    alone_ = alone >> 63;
    joined_ = joined >> 63;
    token_span* const spans = out_.reserve_tokens(block_size + block_slack) - open;
    write_begins(spans + open, begins, static_cast<std::uint32_t>(base));
    write_ends(spans, ends, static_cast<std::uint32_t>(base));
    out_.commit_tokens(static_cast<std::size_t>(std::popcount(begins)));
    return begins;
  }

 private:
  token_buffer& out_;
  std::uint64_t alone_ = 0;   // whether the last byte of the block before was alone,
  std::uint64_t joined_ = 0;  // or joined
};

EVALPP_BLOCK_TARGET inline void scan_words(token_buffer& out) {
  block_tokens tokens(out);
  const char* const text = out.data();
  const std::size_t size = out.bytes().size();
  std::uint64_t wide_carry = 0;
  for (std::size_t base = 0; base <= size; base += block_size) {
    const block_masks m = classify_block(text + base, word_sets);
    std::uint64_t space = m.set[word_space];
    if ((m.set[word_wide] | wide_carry) != 0)
      space |= wide_whitespace(text + base, m.set[word_wide], wide_carry);
    tokens.add(base, 0, ~space & bytes_within(size - base));
  }
}

EVALPP_BLOCK_TARGET inline bool scan_western(token_buffer& out, bool rewritten) {
  block_tokens tokens(out);
  const char* const text = out.data();
  const std::size_t size = out.bytes().size();
  std::uint64_t wide_carry = 0;
  std::uint64_t digit_carry = 0;
  std::uint64_t stop_carry = 0;
  std::uint64_t dash_carry = 0;
  for (std::size_t base = 0; base <= size; base += block_size) {
    const std::size_t left = size - base;
    const block_masks m = classify_block(text + base, western_sets);
    std::uint64_t space = m.set[western_space];
    if ((m.set[western_wide] | wide_carry) != 0) {
      space |= wide_whitespace(text + base, m.set[western_wide], wide_carry);
    }
    const std::uint64_t stop = m.set[western_stop];
    const std::uint64_t digit = m.set[western_digit];
    const std::uint64_t dash = m.set[western_dash];
    const std::uint64_t after_digit = digit << 1 | digit_carry;
    const bool digit_next = left > block_size && is_ascii_digit(text[base + block_size]);
    const std::uint64_t before_digit = digit >> 1 | std::uint64_t{digit_next} << 63;

    if (!rewritten) {
      const std::uint64_t broken_lines = m.set[western_newline] & (dash << 1 | dash_carry);
      if ((m.set[western_markup] | broken_lines) != 0 &&
          (broken_lines != 0 || has_markup(text + base, m.set[western_markup]))) {
        return give_up(out);
      }
    }
    // The last stop of several before a digit: which pairs they make is decided one by one.
    if ((stop & (stop << 1 | stop_carry) & before_digit) != 0) return give_up(out);

    const std::uint64_t alone =
        m.set[western_isolated] | (stop & ~(after_digit & before_digit)) | (dash & after_digit);
    tokens.add(base, alone, ~(alone | space) & bytes_within(left));
    digit_carry = digit >> 63;
    stop_carry = stop >> 63;
    dash_carry = dash >> 63;
  }
  return true;
}

EVALPP_BLOCK_TARGET inline bool scan_rouge(token_buffer& out) {
  block_tokens tokens(out);
  char* const text = out.data();
  const std::size_t size = out.bytes().size();
  for (std::size_t base = 0; base <= size; base += block_size) {
    const std::size_t left = size - base;
    const block_masks m = classify_block(text + base, rouge_sets);
    if (m.set[rouge_special] != 0 && has_rouge_special(text + base, m.set[rouge_special]))
      return give_up(out);
    lower_block(text + base);
    const std::size_t before = out.size();
    const std::uint64_t begins = tokens.add(base, 0, m.set[rouge_word]);
    for (std::uint64_t lines = m.set[rouge_newline]; lines != 0; lines &= lines - 1) {
      const std::uint64_t earlier = (lines & -lines) - 1;
      out.end_line(before + static_cast<std::size_t>(std::popcount(begins & earlier)));
    }
    if (left < block_size) break;
  }
  out.end_line();
  return true;
}
