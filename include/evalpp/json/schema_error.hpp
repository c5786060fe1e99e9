// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/engine_class.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// What kind of mistake an error is: what a failure histogram counts. The numbers stay, new kinds go to the
/// end.
enum class schema_error_kind : std::uint8_t {
  missing_required = 0,  ///< `required`, a dependency
  extra_property,  ///< not allowed by additionalProperties, unevaluatedProperties, a schema `false`, its name
  enum_case,       ///< one of the values but for case
  enum_other,      ///< none of the values of `enum` or not the `const`
  type_quoted_number,  ///< a number in quotes
  type_null,           ///< null where something else belongs
  type_wrapped,        ///< what belongs here, but as the one item of a list or the one member of an object
  type_other,
  wrong_root,  ///< the whole document has the wrong type
  range,       ///< minimum, maximum, multipleOf
  length,      ///< of a string, an array (also counts of `contains`), an object
  pattern,
  format,
  duplicates,  ///< `uniqueItems`
  oneof,       ///< no branch of a union, or too many
  forbidden,   ///< `not`, or an item where none may be
  content,     ///< `contentEncoding`, `contentMediaType`
  limit,       ///< not known: the check gave up
};

/// The name of a kind as it appears in output: "missing_required", ...
constexpr std::string_view to_string(schema_error_kind k) {
  constexpr std::array<std::string_view, 18> names{
      "missing_required", "extra_property", "enum_case",  "enum_other", "type_quoted_number",
      "type_null",        "type_wrapped",   "type_other", "wrong_root", "range",
      "length",           "pattern",        "format",     "duplicates", "oneof",
      "forbidden",        "content",        "limit"};
  return names[static_cast<std::size_t>(k)];
}

/// One thing that is wrong with a value.
struct schema_error {
  std::string instance_location;  ///< JSON Pointer to the value; an unexpected property is at itself, a
                                  ///< missing one at its object
  std::string path;               ///< the same to read: `a.b[3]`
  std::string keyword_location;   ///< the way through the schema, with the `$ref`s that were taken
  std::string absolute_location;  ///< URI of the keyword
  std::string keyword;
  schema_error_kind kind{};
  std::string message;   ///< what was expected, what came, what may have been meant
  std::string expected;  ///< a type, a list of values, a limit
  std::string got;       ///< JSON text of the value, cut at 80 code points; empty when it is missing
  std::vector<schema_error> causes = {};  ///< of a union: the errors of the branch that was meant
};

/// What `validator::validate` gives.
struct validation {
  bool valid = false;
  validation_limit limit =
      validation_limit::none;        ///< when set, `valid` is not known and the one error says so
  std::vector<schema_error> errors;  ///< in the order of the value, then of the keywords; the first 32
  std::size_t errors_total = 0;      ///< all of them

  explicit operator bool() const noexcept { return valid; }
};

}  // namespace evalpp::inline EVALPP_ABI::json
