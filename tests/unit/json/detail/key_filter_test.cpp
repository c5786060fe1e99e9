// SPDX-License-Identifier: MIT
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/key_filter.hpp>

#include <gtest/gtest.h>
#include <array>
#include <cstddef>
#include <string>

#if EVALPP_X86_SIMD
namespace key_filter_test {

using evalpp::json::detail::avx2::key_filter;

EVALPP_TARGET_AVX2 bool suspicious(const std::string* keys, std::size_t count) {
  key_filter filter;
  filter.clear();
  for (std::size_t i = 0; i < count; ++i) filter.insert(keys[i].data(), keys[i].size() - 8);
  return filter.suspicious();
}

/// Keys of all lengths, and behind each eight bytes that are not its own.
std::string key(std::size_t i, char behind = '"') {
  return (i % 7 == 0 ? "" : std::string(i % 40, static_cast<char>('a' + i % 26))) + std::to_string(i) +
         std::string(8, behind);
}

TEST(key_filter, suspects_every_key_that_comes_twice) {
  if (evalpp::detail::detect_simd_level() < evalpp::detail::simd_level::avx2) GTEST_SKIP() << "needs AVX2";
  std::array<std::string, 3> keys;
  for (std::size_t i = 0; i < 1000; ++i) {
    keys = {key(i), key(i + 1), key(i, ':')};
    EXPECT_TRUE(suspicious(keys.data(), 3)) << keys[0];
  }
  keys = {std::string(8, '"'), std::string(8, ':'), ""};  // the empty one
  EXPECT_TRUE(suspicious(keys.data(), 2));
}

TEST(key_filter, suspects_few_others) {
  if (evalpp::detail::detect_simd_level() < evalpp::detail::simd_level::avx2) GTEST_SKIP() << "needs AVX2";
  std::size_t suspected = 0;
  for (std::size_t i = 0; i < 10'000; i += 10) {
    std::array<std::string, 10> keys;
    for (std::size_t k = 0; k < keys.size(); ++k) keys[k] = key(i + k);
    if (suspicious(keys.data(), keys.size())) ++suspected;
  }
  EXPECT_LE(suspected, 1U);
}

EVALPP_TARGET_AVX2 bool keeps_apart() {
  const std::string a = key(1), b = key(2);
  std::array<char, 32> kept{};
  key_filter filter;
  filter.clear();
  filter.insert(a.data(), a.size() - 8);
  filter.save(kept.data());
  filter.clear();
  filter.insert(a.data(), a.size() - 8);
  filter.insert(b.data(), b.size() - 8);
  if (filter.suspicious()) return false;
  filter.restore(kept.data(), false);
  filter.insert(b.data(), b.size() - 8);
  if (filter.suspicious()) return false;
  filter.insert(a.data(), a.size() - 8);
  return filter.suspicious();
}

TEST(key_filter, an_object_inside_has_keys_of_its_own) {
  if (evalpp::detail::detect_simd_level() < evalpp::detail::simd_level::avx2) GTEST_SKIP() << "needs AVX2";
  EXPECT_TRUE(keeps_apart());
}

}  // namespace key_filter_test
#endif
