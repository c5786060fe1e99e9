// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>

#include <reference/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// Arbitrary bytes as JSON text: the verdict is that of the grammar, the place of a fault lies in the text,
// what is accepted comes back from the writer, and any bytes written as a string are JSON.
inline int fuzz_json_parse(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(data[i]);

  json::parser parser({.max_depth = 64});
  const auto parsed = parser.parse(text);
  require(parsed.has_value() == reference::is_json(text, 64));
  if (parsed) {
    const std::string written = json::write(*parsed);
    const auto again = json::parse(written);
    require(again.has_value());
    require(json::write(again->root()) == written);
    require(again->root().kind() == parsed->kind());
    if (parsed->is_number()) {
      const auto whole = parsed->as_int64();
      require(!whole || parsed->is_integer());
      require(!whole || parsed->as_double() == static_cast<double>(*whole));
    }
    const auto strict = json::parse(text, {.max_depth = 64, .duplicates = json::duplicate_keys::error});
    require(strict.has_value() == parser.report().repeated_keys.empty());
  } else {
    const evalpp::error& e = parsed.error();
    require(e.offset <= text.size() && e.line >= 1 && e.column >= 1);
    require(parser.report().fault != json::fault::none);
    // Everything before the fault can be continued: cut there, the text only ends too early or is whole.
    const auto before = parser.parse(std::string_view(text).substr(0, e.offset));
    using json::fault;
    const fault f = parser.report().fault;
    require(before.has_value() || f == fault::eof || f == fault::bom);
  }
  std::string quoted;
  json::writer(quoted).value(text);
  require(reference::is_json(quoted));
  return 0;
}
