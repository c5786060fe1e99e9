// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/output.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/schema.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// The first line is a schema, every other one a value; the first byte chooses the dialect and what is
// asserted. Whatever they are: an error with a message or a verdict, within bounds; the list of errors and
// the output agree with the verdict; a second check agrees with the first; a schema that is refused only by
// its metaschema compiles without; what is accepted by our table of shapes is accepted by the metaschema
// itself.
inline int fuzz_json_schema(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  if (size < 2) return 0;
  const unsigned choice = data[0];
  std::string text;
  for (std::size_t i = 1; i < size; ++i) text += static_cast<char>(data[i]);
  json::schema_options options;
  options.default_dialect = static_cast<json::dialect>(choice % 6);
  options.assert_content = (choice & 8U) != 0;
  if ((choice & 16U) != 0) options.assert_format = true;

  const std::size_t end = text.find('\n');
  const std::string_view schema_text = std::string_view(text).substr(0, end);
  const auto schema = json::schema::compile(schema_text, options);
  if (!schema) {
    require(!schema.error().message.empty());
    return 0;
  }
  const json::validation_limits limits{.max_depth = 200, .max_steps = 20'000};
  // Where no custom vocabulary or embedded dialect is at work, the metaschema must agree; but for the
  // `$recursive` keywords, of which that of 2020-12 still asks a form: there we only warn of an older draft.
  const auto has = [&](std::string_view word) { return schema_text.find(word) != std::string_view::npos; };
  if (!has("$schema") && !has("$ref") && !has("$recursive")) {
    json::schema_options no_formats;
    no_formats.assert_format = false;
    const auto meta =
        json::schema::compile(json::detail::builtin_text(uri_of(schema->dialect())), no_formats);
    require(meta.has_value());
    const auto itself = json::parse(schema_text);
    json::validator judge(*meta, limits);
    require(judge.check(itself->root()) != json::verdict::invalid);
  }
  json::validator validator(*schema, limits);
  for (std::size_t at = end; at < text.size();) {
    const std::size_t next = text.find('\n', at + 1);
    const std::string_view line =
        std::string_view(text).substr(at + 1, next == std::string::npos ? next : next - at - 1);
    at = next;
    const auto document = json::parse(line, {.max_depth = 100});
    if (!document) continue;
    const json::verdict found = validator.check(document->root());
    require(validator.check(document->root()) == found);
    const json::validation report = validator.validate(document->root());
    require(report.valid == (found == json::verdict::valid));
    require(report.errors.empty() == report.valid);
    for (const json::schema_error& e : report.errors) {
      require(!e.message.empty());
      require(json::resolve_pointer(document->root(), e.instance_location).exists());
    }
    if (found == json::verdict::limit) continue;
    for (const auto form : {json::output_form::basic, json::output_form::detailed, json::output_form::verbose,
                            json::output_form::list}) {
      const auto written = json::output(*schema, document->root(), form, limits);
      if (!written) continue;
      const auto parsed = json::parse(*written, {.max_depth = 100'000});
      require(parsed.has_value());
      require(parsed->root()["valid"].as_bool() == (found == json::verdict::valid));
    }
  }
  return 0;
}
