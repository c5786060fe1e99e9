// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/extract.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/repair.hpp>
#include <evalpp/json/write.hpp>

#include <reference/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// Arbitrary bytes as a model's output, under options that the first byte chooses: what is extracted is JSON,
// within the output and parsed as such; JSON is extracted as a whole; a reused extractor finds the same.
inline int fuzz_extract(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  if (size == 0) return 0;
  json::extract_options options;
  options.choice = static_cast<json::candidate_choice>(data[0] & 3U);
  options.roots = static_cast<json::candidate_roots>((data[0] >> 2U & 3U) % 3U);
  options.parse.max_depth = 64;
  options.max_unclosed = 8;
  std::string output;
  for (std::size_t i = 1; i < size; ++i) output += static_cast<char>(data[i]);

  json::extractor extractor(options);
  const json::extraction found = extractor.extract(output);
  require(found.span.begin <= found.span.end && found.span.end <= output.size());
  require(found.repairable.begin <= found.repairable.end && found.repairable.end <= output.size());
  require(static_cast<bool>(found) == extractor.value().exists());
  if (found) {
    const std::string_view text = found.span.of(output);
    require(found.kind != json::extraction_kind::none && found.candidates != 0);
    require(reference::is_json(text, 64));
    const auto parsed = json::parse(text, options.parse);
    require(parsed.has_value());
    require(json::write(parsed->root()) == json::write(extractor.value()));
    const bool whole = found.kind == json::extraction_kind::exact || found.kind == json::extraction_kind::bom;
    if (!whole && options.roots == json::candidate_roots::object) require(text[0] == '{');
    if (!whole && options.roots == json::candidate_roots::array) require(text[0] == '[');
    require(found.repairable.empty());
  } else {
    require(found.span.empty());
    // What may be repaired is broken.
    const std::string_view broken = found.repairable.of(output);
    require(broken.empty() || !json::parse(broken, options.parse).has_value());
    require(broken.empty() || found.fault != json::fault::none);
    const auto repaired = json::repair(broken, {.parse = options.parse});
    require(!repaired || reference::is_json(repaired.text, 64));
  }
  if (json::parse(output, options.parse)) require(found && found.kind == json::extraction_kind::exact);

  const json::extraction& again = extractor.extract(output);
  require(again.kind == found.kind && again.failure == found.failure && again.span == found.span);
  require(again.candidates == found.candidates && again.broken == found.broken);
  return 0;
}
