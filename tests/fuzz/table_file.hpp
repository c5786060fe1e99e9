// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/data/table_file.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

// Arbitrary bytes as a table file: what loads is saved and loads as the same table.
inline int fuzz_table_file(const std::uint8_t* bytes, std::size_t size) {
  namespace data = evalpp::data;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(bytes[i]);
  auto source = data::to_text("f", std::move(text));
  if (!source) return 0;
  const auto loaded = data::read_table(*source);
  if (!loaded) {
    require(!loaded.error().message.empty() && loaded.error().file == "f");
    return 0;
  }
  auto written = data::write_table(*loaded);
  require(written.has_value());
  const auto again = data::read_table({"f", std::move(*written), false});
  require(again.has_value());
  require(*again == *loaded);
  return 0;
}
