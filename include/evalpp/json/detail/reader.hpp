// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/reading.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// `true`, `false` and `null`, told apart without a branch. The first letter is known when it is looked up.
struct literal {
  std::uint32_t last_four;
  std::uint32_t size;
  std::uint64_t tag;

  static const literal& of(char first);
};
inline constexpr std::array<literal, 3> literals = {{
    {load4("alse"), 5, node::of(kind::boolean, 0, 0).tag},
    {load4("null"), 4, node::of(kind::null, 0, 0).tag},
    {load4("true"), 4, node::of(kind::boolean, 1, 0).tag},
}};
inline const literal& literal::of(char first) {
  static_assert(('f' >> 3 & 3) == 0 && ('n' >> 3 & 3) == 1 && ('t' >> 3 & 3) == 2);
  return literals[static_cast<std::size_t>(first >> 3 & 3)];
}

namespace baseline {
#define EVALPP_JSON_TARGET
#include <evalpp/json/detail/reader.ipp>
#undef EVALPP_JSON_TARGET
}  // namespace baseline

#if EVALPP_X86_SIMD
namespace avx2 {
#define EVALPP_JSON_TARGET EVALPP_TARGET_AVX2
#include <evalpp/json/detail/reader.ipp>
#undef EVALPP_JSON_TARGET
}  // namespace avx2
#endif

/// Reads `text` into `bytes`, each string unescaped in its place, and `nodes`. False when it was refused.
inline bool read(reading& in, std::string_view text, const parse_options& options, buffer<char>& bytes,
                 buffer<node>& nodes, parse_report& report) {
  in.begin(text, options, bytes, report);
  nodes.clear();
  if (text.substr(0, 3) == "\xEF\xBB\xBF") {
    return in.refuse(fault::bom, in.first, "a value, not a byte order mark",
                     "remove the first three bytes, EF BB BF");
  }
  nodes.resize((std::max)(nodes.capacity(), text.size() / 8 + 8));
#if EVALPP_X86_SIMD
  const bool good = evalpp::detail::cpu_level() >= evalpp::detail::simd_level::avx2
                        ? avx2::read(in, nodes)
                        : baseline::read(in, nodes);
#else
  const bool good = baseline::read(in, nodes);
#endif
  nodes.resize(good ? in.done : 0);
  return good;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
