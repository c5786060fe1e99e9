// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/storage.hpp>

#include <cstddef>
#include <cstdint>

#if EVALPP_X86_SIMD
#include <immintrin.h>

namespace evalpp::inline EVALPP_ABI::json::detail::avx2 {

/// Tells in one register whether an object may have a key twice: a Bloom filter of 8 words, each key a bit in
/// every one (Putze, Sanders and Singler, "Cache-, hash- and space-efficient Bloom filters", 2007). No branch
/// and no table; of objects with 10 different keys one in 100,000 is suspected, with 30 keys every fourth.
class key_filter {
 public:
  EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE void clear() {
    seen_ = _mm256_setzero_si256();
    suspicious_ = 0;
  }

  /// Eight bytes can be read from the beginning of the key.
  EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE void insert(const char* key, std::size_t size) {
    // Of a short key what is not its own is shifted out, in two steps: there are keys without a byte.
    const std::size_t half = size < 8 ? 4 * (8 - size) : 0;
    const std::uint64_t head = load8(key) << half << half;
    const std::uint64_t tail = size < 8 ? 0 : load8(key + (size < 8 ? 0 : size - 8));
    const std::uint64_t hash = _mm_crc32_u64(_mm_crc32_u64(size, head), tail);
    // An odd multiplier for each word; the upper five bits number the bit.
    const __m256i odd = _mm256_setr_epi32(0x47B6137B, 0x44974D91, 0x4824AD5B, 0x22B7289D, 0x705495C7,
                                          0x2DF1424B, 0x1EFC4947, 0x5C6BFB31);
    const __m256i spread = _mm256_mullo_epi32(_mm256_set1_epi32(static_cast<int>(hash)), odd);
    const __m256i bits = _mm256_sllv_epi32(_mm256_set1_epi32(1), _mm256_srli_epi32(spread, 27));
    suspicious_ |= static_cast<unsigned>(_mm256_testc_si256(seen_, bits));
    seen_ = _mm256_or_si256(seen_, bits);
  }

  /// False: all keys are different.
  EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE bool suspicious() const { return suspicious_ != 0; }

  /// 32 bytes, and what `suspicious` says: to be kept while the objects inside have the register.
  EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE void save(void* to) const {
    _mm256_storeu_si256(static_cast<__m256i*>(to), seen_);
  }
  EVALPP_TARGET_AVX2 EVALPP_ALWAYS_INLINE void restore(const void* from, bool suspicious) {
    seen_ = _mm256_loadu_si256(static_cast<const __m256i*>(from));
    suspicious_ = suspicious ? 1U : 0U;
  }

 private:
  __m256i seen_;
  unsigned suspicious_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail::avx2
#endif
