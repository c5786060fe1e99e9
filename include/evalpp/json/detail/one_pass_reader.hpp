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
#include <evalpp/json/detail/one_pass_reader.ipp>
#undef EVALPP_JSON_TARGET
}  // namespace baseline

#if EVALPP_X86_SIMD
namespace avx2 {
#define EVALPP_JSON_TARGET EVALPP_TARGET_AVX2
#include <evalpp/json/detail/one_pass_reader.ipp>
#undef EVALPP_JSON_TARGET
}  // namespace avx2
#endif

/// Reads the text that `in` begins with into `nodes`. False when it was refused.
inline bool read_in_one_pass(reading& in, buffer<node>& nodes) {
  in.copy_text();
  nodes.clear();
  nodes.resize((std::max)(nodes.capacity(), in.source.size() / 8 + 8));
#if EVALPP_X86_SIMD
  if (evalpp::detail::cpu_level() >= evalpp::detail::simd_level::avx2)
    return avx2::read_in_one_pass(in, nodes);
#endif
  return baseline::read_in_one_pass(in, nodes);
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
