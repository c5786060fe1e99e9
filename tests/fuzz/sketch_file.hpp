// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/data/sketch_file.hpp>

#include "fuzz/shared/saved_file.hpp"

#include <cstddef>
#include <cstdint>

// Arbitrary bytes as a sketch file: what loads is saved and loads as the same sketch.
inline int fuzz_sketch_file(const std::uint8_t* bytes, std::size_t size) {
  return fuzz_shared::check_saved_file(
      bytes, size, [](const auto& source) { return evalpp::data::read_sketch(source); },
      [](const auto& loaded) { return evalpp::data::write_sketch(loaded); });
}
