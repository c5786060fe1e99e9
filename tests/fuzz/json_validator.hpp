// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/output.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/write.hpp>

#include "fuzz/shared/schema_input.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

namespace fuzz_json_validator_detail {

/// The value with the members of every object the other way round. Fails where a key comes twice.
inline bool append_reversed(evalpp::json::value v, std::string& out) {
  if (v.is_array() || v.is_object()) out += v.is_array() ? '[' : '{';
  bool first = true, ok = true;
  const auto separate = [&] {
    if (!first) out += ',';
    first = false;
  };
  for (const auto item : v.items()) {
    separate();
    ok = append_reversed(item, out) && ok;
  }
  std::vector<evalpp::json::member> members(v.members().begin(), v.members().end());
  for (std::size_t i = members.size(); i-- > 0;) {
    separate();
    evalpp::json::writer(out).value(members[i].key);
    out += ':';
    ok = append_reversed(members[i].value, out) && ok;
    for (std::size_t k = 0; k < i; ++k) ok = ok && members[k].key != members[i].key;
  }
  if (v.is_array() || v.is_object())
    out += v.is_array() ? ']' : '}';
  else
    evalpp::json::writer(out).value(v);
  return ok;
}

}  // namespace fuzz_json_validator_detail

// The first line is a schema, every other one a value; the first byte chooses the dialect and what is
// asserted. Whatever they are: a verdict, within bounds; the list of errors and the output agree with it; a
// second check agrees with the first; the order of members changes nothing.
inline int fuzz_json_validator(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  if (size < 2) return 0;
  const fuzz_shared::schema_input input(data, size);
  const std::string& text = input.text;

  const std::size_t end = text.find('\n');
  const auto schema = json::schema::compile(std::string_view(text).substr(0, end), input.options);
  if (!schema) return 0;
  const json::validation_limits limits{.max_depth = 200, .max_steps = 20'000};
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
    std::string reversed;
    if (fuzz_json_validator_detail::append_reversed(document->root(), reversed)) {
      const json::verdict again = validator.check(json::parse(reversed, {.max_depth = 100})->root());
      require(again == found || again == json::verdict::limit);
    }
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
