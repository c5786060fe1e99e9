// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace fuzz_shared {

// Arbitrary bytes as text and as options of a schema: the first byte chooses the dialect and what is
// asserted, the rest is the text.
struct schema_input {
  unsigned choice = 0;
  evalpp::json::schema_options options;
  std::string text;

  // At least two bytes.
  schema_input(const std::uint8_t* data, std::size_t size) : choice(data[0]) {
    for (std::size_t i = 1; i < size; ++i) text += static_cast<char>(data[i]);
    options.default_dialect = static_cast<evalpp::json::dialect>(choice % 6);
    options.assert_content = (choice & 8U) != 0;
    if ((choice & 16U) != 0) options.assert_format = true;
  }
};

}  // namespace fuzz_shared
