// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/conforms.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// A schema, a zero byte, a text: the verdict on the bytes of the text is the one on its document, with and
// without the vector instructions of the machine. Without a zero byte, the text against a schema that is
// there.
inline int fuzz_conforms(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  static constexpr std::string_view schemas[] = {
      R"({"type":"object","properties":{"a":{"type":"integer","minimum":-3,"maximum":1e3},"b":{"type":"string",
          "maxLength":3},"c":{"enum":["x","yy",1,null]},"d":{"items":{"type":"number","multipleOf":0.5}},
          "e":{"$ref":"#"}},"required":["a"],"additionalProperties":false})",
      R"({"$defs":{"e":{"oneOf":[{"properties":{"t":{"const":"a"},"l":{"$ref":"#/$defs/e"}},"required":["t"]},
          {"properties":{"t":{"const":"b"},"r":{"items":{"$ref":"#/$defs/e"}}},"required":["t"]},{"type":"string"},
          {"type":"array","prefixItems":[true,{"type":"null"}],"uniqueItems":true,"contains":{"type":"integer"}}]}},
          "$ref":"#/$defs/e"})",
      R"({"patternProperties":{"^a":{"minimum":2}},"properties":{"ab":{"maximum":5},"c":{"not":{"type":"string"}}},
          "propertyNames":{"maxLength":4},"dependentRequired":{"ab":["c"]},"minProperties":1,
          "if":{"required":["a"]},"then":{"maxProperties":2},"else":{"anyOf":[{"required":["c"]},{"required":["ab"]}]}})"};
  std::string bytes;
  for (std::size_t i = 0; i < size; ++i) bytes += static_cast<char>(data[i]);
  const std::size_t zero = bytes.find('\0');
  const std::string_view text =
      zero == std::string::npos ? std::string_view(bytes) : std::string_view(bytes).substr(zero + 1);

  const auto judge = [&](const json::schema& schema) {
    json::validation_limits limits;
    limits.max_steps = 100'000;
    json::verdict expected = json::verdict::invalid;
    if (const auto document = json::parse(text, {.duplicates = json::duplicate_keys::error})) {
      expected = json::validator(schema, limits).check(document->root());
    }
    json::conformance_checker checker(schema, limits);
    for (const auto level : {evalpp::detail::simd_level::baseline, evalpp::detail::simd_level::avx512}) {
      evalpp::detail::force_simd_level(level);
      const json::verdict found = checker.check(text);
      if (found != expected && (expected != json::verdict::limit || found != json::verdict::invalid))
        std::abort();
    }
  };
  if (zero != std::string::npos) {
    if (const auto schema = json::schema::compile(std::string_view(bytes).substr(0, zero))) judge(*schema);
    return 0;
  }
  static const json::schema compiled[] = {*json::schema::compile(schemas[0]),
                                          *json::schema::compile(schemas[1]),
                                          *json::schema::compile(schemas[2])};
  for (const json::schema& schema : compiled) judge(schema);
  return 0;
}
