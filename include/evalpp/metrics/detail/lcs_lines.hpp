// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>

#include <cstdint>

namespace evalpp::inline EVALPP_ABI::detail {

/// Calls `visit(begin, end)` for every line that has tokens. Without line ends, all is one line.
template <class Visit>
void for_each_line(const token_ids& tokens, Visit visit) {
  std::uint32_t begin = 0;
  for (const std::uint32_t end : tokens.line_ends) {
    if (end > begin) visit(begin, end);
    begin = end;
  }
  const auto size = static_cast<std::uint32_t>(tokens.size());
  if (size > begin) visit(begin, size);
}

}  // namespace evalpp::inline EVALPP_ABI::detail
