// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/dialect.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

namespace evalpp::inline EVALPP_ABI::json {

/// Where the schemas come from that others refer to by URI: a reference to any callable
/// `std::optional<std::string>(std::string_view uri)` that gives the text or nothing. It must live
/// as long as the compilation. The library itself opens no file and no connection.
///
///     auto from_folder = [&](std::string_view uri) -> std::optional<std::string> { ... };
///     auto schema = json::schema::compile(text, {.loader = from_folder});
class schema_loader {
 public:
  schema_loader() = default;
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, schema_loader>) schema_loader(F& callable)
      : callable_(&callable), call_([](const void* f, std::string_view uri) -> std::optional<std::string> {
          return (*static_cast<F*>(const_cast<void*>(f)))(uri);
        }) {}

  std::optional<std::string> operator()(std::string_view uri) const {
    return call_ == nullptr ? std::nullopt : call_(callable_, uri);
  }

 private:
  const void* callable_ = nullptr;
  std::optional<std::string> (*call_)(const void*, std::string_view) = nullptr;
};

struct schema_options {
  /// Of a schema that has no `$schema`.
  dialect default_dialect = dialect::draft2020_12;
  /// Whether `format` is checked. By default it is in v1 and where a metaschema's vocabulary asks for it, and
  /// is an annotation elsewhere.
  std::optional<bool> assert_format = {};
  /// `contentEncoding` (base64), `contentMediaType` (application/json) and `contentSchema` are checked.
  bool assert_content = false;
  /// Every schema object is held against its dialect's metaschema. What makes a schema meaningless (a pattern
  /// that is none, a reference to nothing, a negative length) is an error in any case.
  bool check_schema = true;
  /// An unknown keyword that does not begin with "x-" is an error; else it is a warning in v1 and nothing
  /// before.
  bool strict_keywords = false;
  /// Patterns that are only valid without the flag `u` of ECMA-262 are taken, with a warning.
  bool lenient_patterns = true;
  /// The URI of the schema, for relative references. Its own `$id` comes first.
  std::string base_uri = {};
  schema_loader loader = {};
  /// Documents that the loader may add.
  std::size_t max_documents = 1000;
};

/// What is allowed but probably not meant.
enum class schema_warning_kind : std::uint8_t {
  accepts_everything,    ///< no document can fail
  accepts_empty_object,  ///< `{}` passes
  looks_older,           ///< no `$schema`, but the words of an older draft
  unknown_keyword,       ///< v1 wants unknown keywords to begin with "x-"
  unknown_format,        ///< `format` is checked and this one is not known
  pattern_annexb,        ///< a pattern that is only valid without the flag `u`
};

struct schema_warning {
  schema_warning_kind kind{};
  std::string location;  ///< JSON Pointer into the schema
  std::string message;
};

}  // namespace evalpp::inline EVALPP_ABI::json
