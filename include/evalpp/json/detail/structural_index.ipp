// SPDX-License-Identifier: MIT
// The loop of structural_index.hpp, which includes this file again and again with EVALPP_JSON_TARGET and the
// kernels of an instruction set. No include guard, no includes.

/// Whether the block that begins at offset `at` of the text is UTF-8, and goes on well with what is before
/// it.
EVALPP_JSON_TARGET EVALPP_NOINLINE inline bool goes_on_in_utf8(std::string_view text, std::size_t at) {
  constexpr std::size_t before = 4;
  if (at != 0 && text.size() - at >= block_size) return avx2::is_utf8_block(text.data() + at);
  char window[before + block_size] = {};  // the text may begin or end in it
  const std::size_t from = at == 0 ? 0 : before;
  std::memcpy(window + before - from, text.data() + at - from,
              from + (std::min)(text.size() - at, block_size));
  return avx2::is_utf8_block(window + before);
}

EVALPP_JSON_TARGET EVALPP_NOINLINE inline bool index_tokens(std::string_view text, char* copy,
                                                            structural_index& to) {
  const std::size_t size = text.size();
  const char* const first = text.data();
  std::uint32_t* out = to.places.data();
  index_state state;
  bool well_formed = true;
  to.ascii = true;
  const auto check = [&](std::uint64_t beyond_ascii, std::size_t at) {
    if ((beyond_ascii | state.cut) == 0) return;
    to.ascii = false;
    well_formed = well_formed && goes_on_in_utf8(text, at);
    state.cut = beyond_ascii >> (block_size - 3);
  };
  std::size_t at = 0;
  for (; size - at >= block_size; at += block_size) {
    const block_bits bits = classify(copy_block(first + at, copy + at));
    check(bits.beyond_ascii, at);
    out = write_places(out, static_cast<std::uint32_t>(at), state.tokens(bits));
  }
  if (at != size) {
    block_bits bits = classify(copy_rest(first + at, size - at, copy + at));
    const std::uint64_t behind = ~std::uint64_t{0} << (size - at);
    bits.blank |= behind;
    bits.control &= ~behind;
    check(bits.beyond_ascii, at);
    out = write_places(out, static_cast<std::uint32_t>(at), state.tokens(bits));
  } else {
    check(0, size);
  }
  std::memset(copy + size, 0, padding);
  to.count = static_cast<std::size_t>(out - to.places.data());
  for (int i = 0; i < 4; ++i) out[i] = static_cast<std::uint32_t>(size);
  return well_formed && (state.in_string | state.control) == 0;
}
