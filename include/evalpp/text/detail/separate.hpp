// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/text/token_buffer.hpp>

#include <array>
#include <cstddef>
#include <cstdint>

// What sacreBLEU's tokenizers have in common: regular expressions that put spaces around
// characters, pass after pass, and a split at whitespace at the end. Done here in one pass that
// only marks where tokens begin and end.
//
// The passes are
//   (1) isolated c        -> " c "
//   (2) (not digit)(stop) -> "x y "   left to right, two characters consumed
//   (3) (stop)(not digit) -> " x y"   likewise
//   (4) (digit)(dash)     -> "d - "
// In (2) a stop can itself be the "not digit" of the next one, so in a run of stops every other one
// is the second of a pair, beginning with the first when what comes before the run can be the first
// of a pair (`pairable` below). Pairs fall apart, and (3) frees each stop whose next character is
// not a digit, which includes the space that (2) has put after a first. What remains is a stop
// that is not the second of a pair and has a digit, or the end of the text, after it.
namespace evalpp::inline EVALPP_ABI::text::detail {

enum class char_class : std::uint8_t {
  other,
  space,     // separates tokens
  isolated,  // a token of its own
  stop,      // '.' and ',', or any punctuation: see above
  digit,
  dash,   // a token of its own after a digit
  opens,  // begins a token
};

// The class of the character at some place, and its length in bytes.
struct classified {
  char_class kind;
  std::size_t length;
};

// The punctuation that the regular expressions shared by 13a, zh and tercom isolate, and their
// other classes; what is not ASCII is `other`.
inline constexpr std::array<char_class, 256> western_classes = [] {
  std::array<char_class, 256> table{};
  for (const char c : {'{', '|', '}', '~', '[', '\\', ']', '^', '_', '`', '!', '"', '#', '$',
                       '%', '&', '(', ')', '*', '+',  ':', ';', '<', '=', '>', '?', '@', '/'}) {
    table[static_cast<unsigned char>(c)] = char_class::isolated;
  }
  for (const char c : {'\t', '\n', '\v', '\f', '\r', '\x1c', '\x1d', '\x1e', '\x1f', ' '}) {
    table[static_cast<unsigned char>(c)] = char_class::space;
  }
  for (std::size_t c = '0'; c <= '9'; ++c) table[c] = char_class::digit;
  table['.'] = table[','] = char_class::stop;
  table['-'] = char_class::dash;
  return table;
}();

constexpr char_class western_class(char c) noexcept { return western_classes[static_cast<unsigned char>(c)]; }

// Appends the tokens of [begin, end) of the buffer's text. `classify(p, last)` gives the class of
// the character at p != last. `padded`: the passes see a space before and after the text.
template <class Classify>
void separate(token_buffer& out, std::size_t begin, std::size_t end, bool padded, Classify classify) {
  const char* const text = out.data();
  const char* const last = text + end;
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::size_t token = none;  // where the token being read began
  const auto close = [&](std::size_t at) {
    if (token != none) out.push(token, at);
    token = none;
  };

  bool pairable = padded;  // the character before can be the first of a pair of pass (2)
  bool after_digit = false;
  for (std::size_t at = begin; at < end;) {
    const classified c = classify(text + at, last);
    const std::size_t next = at + c.length;
    char_class kind = c.kind;
    if (kind == char_class::stop) {
      const bool second_of_pair = pairable;
      pairable = !pairable;
      const bool before_other = next < end ? classify(text + next, last).kind != char_class::digit : padded;
      kind = second_of_pair || before_other ? char_class::isolated : char_class::other;
    } else {
      if (kind == char_class::dash) kind = after_digit ? char_class::isolated : char_class::other;
      pairable = kind != char_class::digit;
    }
    after_digit = kind == char_class::digit;

    switch (kind) {
      case char_class::space:
        close(at);
        break;
      case char_class::isolated:
        close(at);
        out.push(at, next);
        break;
      case char_class::opens:
        close(at);
        token = at;
        break;
      default:
        if (token == none) token = at;
    }
    at = next;
  }
  close(end);
}

}  // namespace evalpp::inline EVALPP_ABI::text::detail
