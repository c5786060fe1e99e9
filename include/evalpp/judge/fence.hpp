// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/sha256.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::judge {

/// The mark between which an item's texts stand in a prompt: 16 hexadecimal digits that nobody can foretell
/// who does not know the secret, so that a text cannot end its own quotation. The same secret and item give
/// the same mark: a retry and a resumed run send the same bytes.
inline std::string fence_of(std::string_view secret, std::string_view item_id) {
  constexpr std::size_t digits = 16;
  return evalpp::detail::to_hex(evalpp::detail::hmac_sha256(secret, item_id)).substr(0, digits);
}

}  // namespace evalpp::inline EVALPP_ABI::judge
