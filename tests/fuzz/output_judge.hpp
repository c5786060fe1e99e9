// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/extract.hpp>
#include <evalpp/json/output_judge.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/repair.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/write.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// Arbitrary bytes as a model's output, judged by a schema and under options that the first byte chooses:
// every step is what extractor, validator and repairer say by themselves, whatever was judged before.
inline int fuzz_output_judge(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  static const json::schema schemas[] = {
      *json::schema::compile(
          R"({"type":"object","required":["id","items"],"additionalProperties":false,"properties":{
              "id":{"type":"integer","maximum":9},"items":{"type":"array","items":{"type":["integer","null"]}},
              "note":{"type":"string","pattern":"^[a-z]*$"}}})"),
      *json::schema::compile(
          R"({"items":{"oneOf":[{"type":"string"},{"type":"array","uniqueItems":true}]}})"),
      *json::schema::compile(R"({"type":"array","contains":{"required":["a"]}})"),
      *json::schema::compile(R"({"unevaluatedProperties":false,"anyOf":[{"properties":{"a":true}},true]})")};
  if (size == 0) return 0;
  const unsigned byte = data[0];
  const json::schema& schema = schemas[byte & 3U];
  json::judge_options options;
  options.choice = static_cast<json::candidate_choice>(byte >> 2U & 3U);
  options.duplicates = static_cast<json::duplicate_keys>((byte >> 4U & 3U) % 3U);
  options.repair = (byte & 64U) == 0;
  std::string output;
  for (std::size_t i = 1; i < size; ++i) output += static_cast<char>(data[i]);
  const json::parse_options parsing{.max_depth = 1024, .duplicates = options.duplicates};

  json::output_judge judge(schema, options);
  judge.judge(std::string_view(output).substr(output.size() / 2));  // what it keeps must not show
  const json::judgement judged = judge.judge(std::string_view(output));
  json::extractor extractor(
      {.choice = options.choice, .roots = json::output_judge::roots_of(schema), .parse = parsing});
  const json::extraction& found = extractor.extract(output);
  require(judged.found.kind == found.kind && judged.found.failure == found.failure);
  require(judged.found.span == found.span && judged.found.candidates == found.candidates);
  require(judged.extractable() == static_cast<bool>(found));
  require(judge.value().exists() == judged.extractable());
  require((judge.repair() != nullptr) == judged.repair_tried);
  require(judged.repair_tried == (options.repair && !found && !found.repairable.empty()));
  require(judged.repaired == judge.repaired_value().exists());
  if (judged.extractable()) {
    require(json::write(judge.value()) == json::write(extractor.value()));
    json::validator validator(schema);
    require(judged.fits == validator.check(extractor.value()));
    if (judged.valid()) require(judged.required_present);
    const auto document = json::parse(found.span.of(output), parsing);
    require(document.has_value());
    const json::judgement again = judge.judge(document->root());
    require(again.fits == judged.fits && again.required_present == judged.required_present);
  } else {
    require(judged.fits == json::verdict::invalid && !judged.required_present);
  }
  if (judged.repaired) {
    const auto repaired = json::repair(found.repairable.of(output), {.parse = parsing});
    require(static_cast<bool>(repaired));
    json::validator validator(schema);
    require(judged.repaired_fits == validator.check(json::parse(repaired.text, parsing)->root()));
  }
  return 0;
}
