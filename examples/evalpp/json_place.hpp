// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace cli {

/// A part of a text, in bytes.
struct text_span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Where the value that a JSON Pointer leads to stands in a JSON text; nothing when there is none. Linear in
/// the text, for each level.
std::optional<text_span> find_value(std::string_view text, std::string_view pointer);

}  // namespace cli
