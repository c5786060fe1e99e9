// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/data/file.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>

namespace fuzz_shared {

// Arbitrary bytes as a file: what `read` loads, `write` saves and loads as the same again.
template <class Read, class Write>
int check_saved_file(const std::uint8_t* bytes, std::size_t size, const Read& read, const Write& write) {
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(bytes[i]);
  auto source = evalpp::data::to_text("f", std::move(text));
  if (!source) return 0;
  const auto loaded = read(*source);
  if (!loaded) {
    require(!loaded.error().message.empty() && loaded.error().file == "f");
    return 0;
  }
  auto written = write(*loaded);
  require(written.has_value());
  const auto again = read(evalpp::data::source_text{"f", std::move(*written), false});
  require(again.has_value());
  require(*again == *loaded);
  return 0;
}

}  // namespace fuzz_shared
