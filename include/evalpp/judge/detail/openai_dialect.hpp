// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/clients/dialect.hpp>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge::detail {

/// What OpenAI's protocols have in common: how a key is sent, and where it is found.
class openai_dialect : public dialect {
 public:
  std::vector<std::string> headers(std::string_view key) const final {
    if (key.empty()) return {};
    return {"Authorization: Bearer " + std::string(key)};
  }

  std::span<const std::string_view> key_variables() const final {
    static constexpr std::array<std::string_view, 2> names = {"EVALPP_API_KEY", "OPENAI_API_KEY"};
    return names;
  }
};

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
