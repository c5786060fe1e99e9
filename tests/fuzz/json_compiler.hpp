// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/error.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/schema_digest.hpp>
#include <evalpp/json/write.hpp>

#include "fuzz/shared/schema_input.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>

// Arbitrary bytes as a schema, under options that the first byte chooses: an error that says something, or a
// schema. Its white space changes nothing, nor does compiling it again; what is refused only by its
// metaschema compiles without, what compiles strictly compiles; what our table of shapes accepts the
// metaschema itself accepts; what it says of itself is true of values.
inline int fuzz_json_compiler(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  if (size < 2) return 0;
  const fuzz_shared::schema_input input(data, size);
  const std::string& text = input.text;
  json::schema_options options = input.options;
  options.strict_keywords = (input.choice & 32U) != 0;
  options.lenient_patterns = (input.choice & 64U) == 0;

  const auto schema = json::schema::compile(text, options);
  if (!schema) {
    require(!schema.error().message.empty());
    const auto again = json::schema::compile(text, options);
    require(!again && to_string(again.error()) == to_string(schema.error()));
    return 0;
  }
  const auto itself = json::parse(text);
  require(itself.has_value());
  const auto compact = json::schema::compile(json::write(itself->root()), options);
  require(compact && json::schema_digest(*compact) == json::schema_digest(*schema));
  require(compact->accepts_everything() == schema->accepts_everything());
  require(compact->warnings().size() == schema->warnings().size());
  for (const json::schema_warning& warning : schema->warnings()) {
    require(!warning.message.empty());
    require(json::resolve_pointer(itself->root(), warning.location).exists());
  }
  json::schema_options lenient = options;
  lenient.strict_keywords = lenient.check_schema = false;
  lenient.lenient_patterns = true;
  require(json::schema::compile(text, lenient).has_value());

  const json::validation_limits limits{.max_depth = 200, .max_steps = 20'000};
  // Where no custom vocabulary or embedded dialect is at work, the metaschema must agree; but for the
  // `$recursive` keywords, of which that of 2020-12 still asks a form: there we only warn of an older draft.
  const auto has = [&](std::string_view word) { return text.find(word) != std::string::npos; };
  if (!has("$schema") && !has("$ref") && !has("$recursive")) {
    json::schema_options no_formats;
    no_formats.assert_format = false;
    const auto meta =
        json::schema::compile(json::detail::builtin_text(uri_of(schema->dialect())), no_formats);
    require(meta.has_value());
    json::validator judge(*meta, limits);
    require(judge.check(itself->root()) != json::verdict::invalid);
  }
  json::validator validator(*schema, limits);
  for (const char* const value : {"{}", "[]", "null", "true", "0", "\"\"", R"({"a":[1,{"b":"x"}]})"}) {
    const json::verdict found = validator.check(json::parse(value)->root());
    if (schema->accepts_everything()) require(found == json::verdict::valid);
    if (value == std::string_view("{}") && found != json::verdict::limit)
      require(schema->accepts_empty_object() == (found == json::verdict::valid));
  }
  return 0;
}
