// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/detail/json_fields.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#if defined(_WIN32)
#include <random>
#else
#include <cstdio>
#endif

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// 32 bytes that nobody can foresee, as 64 hexadecimal digits; empty when the system has none.
inline std::string draw_secret() {
  std::array<char, 32> bytes = {};
#if defined(_WIN32)
  std::random_device device;
  for (char& b : bytes) b = static_cast<char>(device() & 0xFFU);
#else
  std::FILE* const source = std::fopen("/dev/urandom", "rb");
  if (source == nullptr) return {};
  const std::size_t got = std::fread(bytes.data(), 1, bytes.size(), source);
  std::fclose(source);
  if (got != bytes.size()) return {};
#endif
  std::string hex;
  append_hex(hex, {bytes.data(), bytes.size()});
  return hex;
}

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
