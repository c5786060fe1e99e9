// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <string>

namespace evalpp::inline EVALPP_ABI::data {

/// One turn of a conversation.
struct turn {
  std::string role;  ///< `user`, `assistant`, `system`, or what the data call it
  std::string text;

  bool operator==(const turn&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::data
