// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/detail/noinline.hpp>
#include <evalpp/json/detail/decimal.hpp>
#include <evalpp/json/detail/engine.hpp>
#include <evalpp/json/detail/fused_kernels.hpp>
#include <evalpp/json/detail/fused_memory.hpp>
#include <evalpp/json/detail/fused_program.hpp>
#include <evalpp/json/detail/fused_spots.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/text/utf8.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// Reads a text and checks it against a `fused_program` in one pass.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Looks at a value within looks at a value: each takes a few hundred bytes of the stack.
inline constexpr std::uint32_t max_looks = 64;

inline constexpr auto kinds_by_byte = [] {
  std::array<fused_kind, 256> kinds{};
  kinds.fill(fused_kind::never);
  for (int c = '0'; c <= '9'; ++c) kinds[static_cast<std::size_t>(c)] = fused_kind::number;
  kinds['-'] = fused_kind::number;
  kinds['"'] = fused_kind::string;
  kinds['{'] = fused_kind::object;
  kinds['['] = fused_kind::array;
  kinds['t'] = kinds['f'] = fused_kind::boolean;
  kinds['n'] = fused_kind::null;
  return kinds;
}();

/// What begins with this byte; `never`: nothing does.
inline fused_kind kind_at(char c) noexcept { return kinds_by_byte[static_cast<unsigned char>(c)]; }

/// Four hexadecimal digits, or more than 0xFFFF.
inline std::uint32_t hex4_at(const char* p) noexcept {
  std::uint32_t code = 0;
  for (int i = 0; i < 4; ++i) {
    const auto c = static_cast<unsigned char>(p[i]);
    const std::uint32_t figure = c - std::uint32_t{'0'} < 10 ? c - std::uint32_t{'0'}
                                 : (c | 0x20U) - std::uint32_t{'a'} < 6
                                     ? (c | 0x20U) - std::uint32_t{'a'} + 10
                                     : 0x10000;
    code = code << 4 | figure;
  }
  return code;
}

inline bool is_number_in(const program& p, const value_set& set, const decimal& number, std::uint64_t hash) {
  const index mask = set.slots.count - 1;
  for (index at = static_cast<index>(hash) & mask;; at = (at + 1) & mask) {
    const index entry = p.slots[set.slots.first + at];
    if (entry == 0) return false;
    const set_member& m = p.members[set.values.first + entry - 1];
    if (m.hash == hash && m.value.is_number() && compare(take_apart(m.value.number_text()), number) == 0)
      return true;
  }
}

#define EVALPP_FUSED_HOT EVALPP_FUSED_TARGET EVALPP_ALWAYS_INLINE
#define EVALPP_FUSED_COLD EVALPP_FUSED_TARGET EVALPP_NOINLINE inline

namespace baseline {
#define EVALPP_FUSED_TARGET
#include <evalpp/json/detail/fused_reader.ipp>
#undef EVALPP_FUSED_TARGET
}  // namespace baseline

#if EVALPP_X86_SIMD
namespace avx2 {
#define EVALPP_FUSED_TARGET EVALPP_TARGET_AVX2
#include <evalpp/json/detail/fused_reader.ipp>
#undef EVALPP_FUSED_TARGET
}  // namespace avx2
#endif

#undef EVALPP_FUSED_HOT
#undef EVALPP_FUSED_COLD

/// Whether a text is JSON and fits; says so in `m.undecided` when the document has to decide.
inline bool read_fused(const program& p, const fused_program& f, fused_memory& m) {
  const std::string_view text = m.source;
#if EVALPP_X86_SIMD
  if (text.size() <= structural_index::max_size &&
      evalpp::detail::cpu_level() >= evalpp::detail::simd_level::avx2) {
    return index_tokens(text, m.text.data(), m.index) && avx2::fused_reader(p, f, m).read();
  }
#endif
  if (!text.empty()) std::memcpy(m.text.data(), text.data(), text.size());
  std::memset(m.text.data() + text.size(), 0, padding);
  return baseline::fused_reader(p, f, m).read();
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
