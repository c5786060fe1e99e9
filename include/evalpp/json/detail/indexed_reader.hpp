// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/detail/noinline.hpp>
#include <evalpp/json/detail/key_filter.hpp>
#include <evalpp/json/detail/one_pass_reader.hpp>
#include <evalpp/json/detail/reading.hpp>
#include <evalpp/json/detail/structural_index.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#if EVALPP_X86_SIMD
#include <immintrin.h>

// The reader for sound texts: goes from token to token of a structural index and makes the same document as
// `read_in_one_pass`. What it does not like it leaves to that one, which knows what to say.

namespace evalpp::inline EVALPP_ABI::json::detail::avx2 {

/// The token that follows, by its offset; two of them for a string.
using token = const std::uint32_t*;

/// A string that holds an escape, at `quote` the one that opens it; returns the token behind it.
EVALPP_TARGET_AVX2 EVALPP_NOINLINE inline token read_escaped_string(reading& in, std::uint32_t quote,
                                                                    token next, node& out) {
  char* const escape = in.first + *next;
  if (*escape != '\\') return nullptr;
  const char* const end = read_long_string(in, in.first + quote + 1, escape, out);
  if (end == nullptr) return nullptr;
  while (*next < in.offset(end)) ++next;
  return next;
}

/// The string whose opening quote stands at `quote`.
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE token read_string(reading& in, std::uint32_t quote, token next,
                                                          node& out) {
  const std::uint32_t end = *next;
  if (in.first[end] != '"') [[unlikely]]
    return read_escaped_string(in, quote, next, out);
  out = node::of(kind::string, end - quote - 1, std::size_t{quote} + 1);
  return next + 1;
}

/// Whether a number or a literal may end at `end`: the next token or a blank follows.
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE bool ends_at(const reading& in, const char* end, token next) {
  return end == in.first + *next || static_cast<unsigned char>(*end) <= ' ';
}

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE bool read_scalar(reading& in, char* at, token next, node& out) {
  if (static_cast<unsigned char>(*at - '-') <= '9' - '-') {
    const char* const end = read_number(in, at, out);
    return end != nullptr && ends_at(in, end, next);
  }
  if (*at != 't' && *at != 'f' && *at != 'n') return false;
  const literal& word = literal::of(*at);
  const char* const end = at + word.size;
  out = {word.tag, 0};
  return load4(end - 4) == word.last_four && ends_at(in, end, next);
}

/// The key at the next token and its colon; returns the token of the value.
EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE token read_key(reading& in, token next, node& out, key_filter& keys) {
  const std::uint32_t quote = *next++;
  if (in.first[quote] != '"') return nullptr;
  next = read_string(in, quote, next, out);
  if (next == nullptr || in.first[*next] != ':') return nullptr;
  keys.insert(in.first + out.where, out.size());
  return next + 1;
}

/// Nodes that are moved at once, whatever is behind them: how many there are is hard to predict.
inline constexpr std::size_t copied_together = 8;

EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE void copy_nodes(const node* from, std::size_t count, node* to) {
  const node* const end = from + count;
  do {
    const auto* const source = reinterpret_cast<const __m256i*>(from);
    auto* const target = reinterpret_cast<__m256i*>(to);
    for (std::size_t i = 0; i < copied_together / 2; ++i)
      _mm256_storeu_si256(target + i, _mm256_loadu_si256(source + i));
    from += copied_together;
    to += copied_together;
  } while (from < end);
}

/// Reads the text that `in` holds, by its index. False when it has to be read otherwise.
///
/// As in `read_in_one_pass`, the children of an open container wait on the stack, behind a node that says of
/// what kind the one around it is and where it stands; here two more nodes keep the filter of its keys.
EVALPP_TARGET_AVX2 inline bool read_indexed(reading& in, buffer<node>& nodes) {
  constexpr std::size_t header = 3;
  const std::size_t tokens = in.index.count;
  const std::size_t needed = tokens + header * (std::min)(tokens, in.options.max_depth) + 16;
  if (in.stack.size() < needed) in.stack.resize(needed);
  // At most every other token makes a node: strings and containers have two, and what stands between the
  // children of a container makes up for the scalars among them.
  nodes.resize((std::max)(nodes.capacity(), tokens / 2 + 1 + copied_together));

  token next = in.index.places.data();
  node* top = in.stack.data();
  node* open = top;
  char closer = '\0';
  std::size_t depth = 0;
  key_filter keys;
  keys.clear();
  for (;;) {
    const std::uint32_t at = *next++;
    const char first = in.first[at];
    if (first == '"') {
      next = read_string(in, at, next, *top);
      if (next == nullptr) return false;
      ++top;
    } else if (first == '{' || first == '[') {
      if (depth++ == in.options.max_depth) return false;
      *top = node::of(closer == '}' ? kind::object : kind::array, keys.suspicious() ? 1 : 0,
                      static_cast<std::size_t>(open - in.stack.data()));
      keys.save(top + 1);
      keys.clear();
      open = top;
      top += header;
      closer = first == '{' ? '}' : ']';
      if (in.first[*next] != closer) {
        if (closer == ']') continue;
        next = read_key(in, next, *top++, keys);
        if (next == nullptr) return false;
        continue;
      }
    } else {
      if (!read_scalar(in, in.first + at, next, *top)) return false;
      ++top;
    }
    // What follows it: the ends of containers, then a comma.
    for (;;) {
      if (depth == 0) {
        nodes[in.done++] = in.stack[0];
        return next == in.index.places.data() + tokens;
      }
      const char mark = in.first[*next++];
      if (mark == ',') {
        if (closer == ']') break;
        next = read_key(in, next, *top++, keys);
        if (next == nullptr) return false;
        break;
      }
      if (mark != closer) return false;
      const node around = *open;
      const bool object = closer == '}';
      std::size_t count = static_cast<std::size_t>(top - open) - header;
      if (keys.suspicious() && !in.keys.surely_distinct({open + header, count / 2, in.first})) {
        count = 2 * in.merge_members(open + header, count / 2);
        if (count == 0) return false;
      }
      keys.restore(open + 1, around.size() != 0);
      copy_nodes(open + header, count, nodes.data() + in.done);
      *open = object ? node::of(kind::object, count / 2, in.done) : node::of(kind::array, count, in.done);
      in.done += count;
      top = open + 1;
      open = in.stack.data() + around.where;
      closer = around.type() == kind::object ? '}' : ']';
      --depth;
    }
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail::avx2
#endif
