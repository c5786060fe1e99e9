// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/write.hpp>

#include <reference/json.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace fuzz_json_parse_detail {

inline void require(bool holds) {
  if (!holds) std::abort();
}

/// Do two parsers say the same about a text, to the offset and the last word?
inline void require_same(evalpp::json::parser& a, evalpp::json::parser& b, std::string_view text) {
  const auto from_a = a.parse(text);
  const auto from_b = b.parse(text);
  require(from_a.has_value() == from_b.has_value());
  require(a.report().fault == b.report().fault);
  require(a.report().repeated_keys == b.report().repeated_keys);
  if (from_a) {
    require(evalpp::json::write(*from_a) == evalpp::json::write(*from_b));
  } else {
    require(from_a.error().offset == from_b.error().offset);
    require(to_string(from_a.error()) == to_string(from_b.error()));
  }
}

/// All that a parser says about a text, in one string.
inline std::string verdict_on(std::string_view text) {
  namespace json = evalpp::json;
  json::parser parser({.max_depth = 64, .surrogates = json::lone_surrogates::replace});
  const auto parsed = parser.parse(text);
  std::string verdict = parsed ? json::write(*parsed) : to_string(parsed.error());
  for (const std::size_t offset : parser.report().repeated_keys) verdict += ' ' + std::to_string(offset);
  return verdict + ' ' + std::to_string(parser.report().replaced_surrogates);
}

/// The verdict is that of the grammar, the place of a fault lies in the text, and what is accepted comes
/// back from the writer.
inline void require_grammar(std::string_view text) {
  namespace json = evalpp::json;
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
      require(parsed->is_integer() == json::detail::is_integral(parsed->number_text()));
      require(!whole || parsed->as_double() == static_cast<double>(*whole));
    }
    const auto strict = json::parse(text, {.max_depth = 64, .duplicates = json::duplicate_keys::error});
    require(strict.has_value() == parser.report().repeated_keys.empty());
  } else {
    const evalpp::error& e = parsed.error();
    require(e.offset <= text.size() && e.line >= 1 && e.column >= 1);
    require(parser.report().fault != json::fault::none);
    // Everything before the fault can be continued: cut there, the text only ends too early or is whole.
    const auto before = parser.parse(text.substr(0, e.offset));
    using json::fault;
    const fault f = parser.report().fault;
    require(before.has_value() || f == fault::eof || f == fault::bom);
  }
}

}  // namespace fuzz_json_parse_detail

// Arbitrary bytes as JSON text, with every kernel that the machine has: all say the same. So does a parser
// that has seen other texts: the lines of the text, one after the other, as in a file. Any bytes written as a
// string are JSON.
inline int fuzz_json_parse(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  namespace fuzz = fuzz_json_parse_detail;
  using evalpp::detail::simd_level;
  std::string text;
  for (std::size_t i = 0; i < size; ++i) text += static_cast<char>(data[i]);

  const simd_level before = evalpp::detail::cpu_level();
  std::string first_verdict;
  for (const simd_level level : {simd_level::baseline, simd_level::avx2}) {
    if (evalpp::detail::force_simd_level(level) != level) continue;
    fuzz::require_grammar(text);
    json::parser seasoned({.max_depth = 64});
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = (std::min)(text.find('\n', at), text.size());
        json::parser fresh({.max_depth = 64});
        fuzz::require_same(seasoned, fresh, std::string_view(text).substr(at, end - at));
        at = end + 1;
      }
    }
    const std::string verdict = fuzz::verdict_on(text);
    if (first_verdict.empty()) first_verdict = verdict;
    fuzz::require(verdict == first_verdict);
  }
  evalpp::detail::force_simd_level(before);

  std::string quoted;
  json::writer(quoted).value(text);
  fuzz::require(reference::is_json(quoted));
  return 0;
}
