// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/fused_kernels.hpp>
#include <evalpp/json/detail/fused_memory.hpp>
#include <evalpp/json/detail/key_filter.hpp>
#include <evalpp/json/detail/structural_index.hpp>

#include <cstddef>
#include <cstdint>

// How the reader that checks goes through a text: from byte to byte, or from token to token of its structural
// index. A spot is where a token begins, or the blanks before one; `next` is that token.

namespace evalpp::inline EVALPP_ABI::json::detail {

namespace baseline {

using spot = const char*;

class spots {
 public:
  explicit spots(const fused_memory& m) : first_(m.text.data()), last_(first_ + m.source.size()) {}

  spot first() const { return first_; }
  spot last() const { return last_; }
  std::size_t number_of(spot p) const { return static_cast<std::size_t>(p - first_); }
  spot numbered(std::size_t number) const { return first_ + number; }

  char operator[](spot p) const { return *p; }
  const char* at(spot p) const { return p; }

  /// Where there is no blank, or one, most of the time.
  EVALPP_ALWAYS_INLINE spot next(spot p) const {
    if (is_token(*p)) return p;
    if (*p == ' ' && is_token(p[1])) return p + 1;
    return skip_run(p);
  }
  /// Where a line may begin, indented as the one before in the same container.
  EVALPP_ALWAYS_INLINE spot next_line(spot p, std::uint32_t& indent) const {
    if (is_token(*p)) return p;
    if (is_line(p, indent) && is_token(p[indent + 1])) return p + indent + 1;
    if (*p == ' ' && is_token(p[1])) return p + 1;
    const spot found = skip_run(p);
    if (*p == '\n') indent = static_cast<std::uint32_t>(found - p) - 1;
    return found;
  }

  /// What follows `"key":`.
  EVALPP_ALWAYS_INLINE spot behind_key(spot p, std::size_t size) const { return next(p + size + 3); }
  /// The quote that closes the string at `p`, or something else where it is not plain.
  EVALPP_ALWAYS_INLINE const char* string_end(spot p) const { return find_stop(p + 1); }
  spot behind_string(spot, const char* quote) const { return quote + 1; }
  spot behind_odd_string(spot, const char* quote) const { return quote + 1; }
  /// A number or a literal may not end everywhere: null.
  spot behind_scalar(spot, const char* end) const { return end; }

  /// Of a string that is plain.
  std::size_t code_points(const char*, std::size_t size) const { return size; }

  /// Whether the object surely has no member of this name yet that no schema knows; `count` has the new one.
  /// Until that is not sure, names need not be kept.
  static constexpr bool filters = false;
  bool surely_new(fused_frame&, const char*, std::size_t) const { return false; }

 private:
  /// Neither a blank nor a control character: something may begin here.
  static EVALPP_ALWAYS_INLINE bool is_token(char c) { return static_cast<unsigned char>(c) > ' '; }

  const char* first_;
  const char* last_;
};

}  // namespace baseline

#if EVALPP_X86_SIMD
namespace avx2 {

using spot = const std::uint32_t*;

class spots {
 public:
  explicit spots(const fused_memory& m)
      : text_(m.text.data()),
        first_(m.index.places.data()),
        last_(first_ + m.index.count),
        ascii_(m.index.ascii) {}

  spot first() const { return first_; }
  spot last() const { return last_; }
  std::size_t number_of(spot p) const { return static_cast<std::size_t>(p - first_); }
  spot numbered(std::size_t number) const { return first_ + number; }

  char operator[](spot p) const { return text_[*p]; }
  const char* at(spot p) const { return text_ + *p; }

  spot next(spot p) const { return p; }
  spot next_line(spot p, std::uint32_t&) const { return p; }

  spot behind_key(spot p, std::size_t) const { return p + 3; }
  const char* string_end(spot p) const { return text_ + p[1]; }
  spot behind_string(spot p, const char*) const { return p + 2; }
  spot behind_odd_string(spot p, const char* quote) const {
    do ++p;
    while (text_ + *p <= quote);
    return p;
  }
  spot behind_scalar(spot p, const char* end) const {
    return end == text_ + p[1] || static_cast<unsigned char>(*end) <= ' ' ? p + 1 : nullptr;
  }

  EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE std::size_t code_points(const char* data, std::size_t size) const {
    return ascii_ ? size : count_code_points(data, size);
  }

  static constexpr bool filters = true;
  EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE bool surely_new(fused_frame& object, const char* name,
                                                          std::size_t size) const {
    key_filter names;
    if (object.count == 1) {
      names.clear();
    } else {
      names.restore(object.filter, false);
    }
    names.insert(name, size);
    names.save(object.filter);
    return !names.suspicious();
  }

 private:
  const char* text_;
  spot first_;
  spot last_;
  bool ascii_;
};

}  // namespace avx2
#endif

}  // namespace evalpp::inline EVALPP_ABI::json::detail
