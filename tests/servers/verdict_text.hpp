// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/pointer.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace model_server {

namespace json = evalpp::json;

/// FNV-1a with 64 bits, the published constants; then mixed, since the last bytes barely reach its high bits.
inline std::uint64_t hash_of(std::string_view bytes, std::uint64_t seed = 0xcbf29ce484222325) {
  std::uint64_t hash = seed;
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  return hash ^ (hash >> 33);
}

/// Writes an instance of a JSON schema: all properties of an object, an element of an `enum` and a truth by
/// the hash, whole numbers from `minimum` to `maximum`, "because" for a string. It knows what schemas of
/// verdicts are made of and no more: the oracle of a judge may not share its validator.
class instance_writer {
 public:
  instance_writer(json::value schema, json::writer& out) : root_(schema), out_(&out) {}

  void write(std::uint64_t hash) { write(root_, hash, 0); }

 private:
  static std::string_view type_of(json::value schema) {
    const json::value type = schema["type"];
    if (const auto name = type.as_string()) return *name;
    for (const json::value each : type.items())
      if (const auto name = each.as_string(); name && *name != "null") return *name;
    return schema.contains("properties") ? "object" : "null";
  }

  json::value resolved(json::value schema) const {
    const auto reference = schema["$ref"].as_string();
    if (!reference || !reference->starts_with('#')) return schema;
    const auto tokens = json::parse_pointer(reference->substr(1));
    json::value at = root_;
    if (tokens)
      for (const std::string& token : *tokens) at = at[token];
    return at;
  }

  void write(json::value given, std::uint64_t hash, int depth) {
    constexpr int deepest = 64;  // a schema may refer to itself
    const json::value schema = resolved(given);
    const json::value alternatives = schema["anyOf"];
    if (depth == deepest) {
      out_->value(nullptr);
    } else if (schema.contains("const")) {
      out_->value(schema["const"]);
    } else if (const json::value choices = schema["enum"]; !choices.empty()) {
      out_->value(choices[static_cast<std::size_t>(hash % choices.size())]);
    } else if (!alternatives.empty()) {
      write(alternatives[0], hash, depth + 1);
    } else {
      write_typed(schema, hash, depth);
    }
  }

  void write_typed(json::value schema, std::uint64_t hash, int depth) {
    const std::string_view type = type_of(schema);
    if (type == "object") {
      out_->begin_object();
      for (const json::member each : schema["properties"].members()) {
        out_->key(each.key);
        write(each.value, hash_of(each.key, hash), depth + 1);
      }
      out_->end_object();
    } else if (type == "array") {
      out_->begin_array();
      const std::int64_t items = schema["minItems"].as_int64().value_or(1);
      for (std::int64_t i = 0; i < items && i < 1000; ++i)
        write(schema["items"], hash + static_cast<std::uint64_t>(i), depth + 1);
      out_->end_array();
    } else if (type == "string") {
      out_->value("because");
    } else if (type == "boolean") {
      out_->value(hash % 2 == 1);
    } else if (type == "integer" || type == "number") {
      const std::int64_t low = schema["minimum"].as_int64().value_or(1);
      const std::int64_t high = schema["maximum"].as_int64().value_or(low < 5 ? 5 : low);
      const auto range = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
      const std::uint64_t step = range == 0 || high < low ? 0 : hash % range;
      out_->value(static_cast<std::int64_t>(static_cast<std::uint64_t>(low) + step));
    } else {
      out_->value(nullptr);
    }
  }

  json::value root_;
  json::writer* out_;
};

/// The instance of `schema` that belongs to a hash; without one, a reason and a score from 1 to 5.
inline std::string verdict_text(json::value schema, std::uint64_t hash) {
  std::string text;
  json::writer out(text);
  if (schema.is_object()) {
    instance_writer(schema, out).write(hash);
  } else {
    out.begin_object().member("reason", "because").member("score", 1 + hash % 5).end_object();
  }
  return text;
}

}  // namespace model_server
