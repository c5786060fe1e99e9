// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/hash.hpp>
#include <evalpp/json/dialect.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

// Which words are keywords, where, and what their values look like. The rest of the compiler asks
// this table and compares no names.

namespace evalpp::inline EVALPP_ABI::json::detail {

enum class keyword : std::uint8_t {
  schema_uri,
  id,
  ref,
  anchor,
  dynamic_ref,
  dynamic_anchor,
  recursive_ref,
  recursive_anchor,
  vocabulary,
  comment,
  defs,
  definitions,
  all_of,
  any_of,
  one_of,
  not_,
  if_,
  then_,
  else_,
  dependent_schemas,
  dependencies,
  property_dependencies,
  prefix_items,
  items,
  additional_items,
  contains,
  properties,
  pattern_properties,
  additional_properties,
  property_names,
  unevaluated_items,
  unevaluated_properties,
  type,
  enum_,
  const_,
  multiple_of,
  maximum,
  exclusive_maximum,
  minimum,
  exclusive_minimum,
  max_length,
  min_length,
  pattern,
  max_items,
  min_items,
  unique_items,
  max_contains,
  min_contains,
  max_properties,
  min_properties,
  required,
  dependent_required,
  format,
  content_encoding,
  content_media_type,
  content_schema,
  title,
  description,
  default_,
  deprecated,
  read_only,
  write_only,
  examples,
  count,    ///< how many there are
  unknown,  ///< any other word
};

inline constexpr std::size_t keyword_count = static_cast<std::size_t>(keyword::count);

/// What `$vocabulary` switches on and off. Drafts 4 to 7 and v1 have them all.
enum class vocabulary : std::uint8_t { core, applicator, unevaluated, validation, format, content, metadata };

/// The form of a keyword's value, as the metaschemas ask for it.
enum class shape : std::uint8_t {
  any,
  boolean,
  string,
  anchor,  ///< a plain name
  number,
  positive,      ///< a number above 0
  exclusive,     ///< a boolean in draft 4, later a number
  count,         ///< an integer from 0 on, by value
  list,          ///< an array of anything
  values,        ///< `enum`
  names,         ///< an array of distinct strings
  name_lists,    ///< an object of such
  types,         ///< the name of a type or an array of some
  vocabularies,  ///< an object of booleans
  schema,
  schema_or_boolean,  ///< a boolean in draft 4 too
  schemas,            ///< a non-empty array of schemas
  items,              ///< a schema or, up to 2019-09, an array of schemas
  schema_map,         ///< an object of schemas
  schema_maps,        ///< an object of objects of schemas
  dependencies,       ///< an object of schemas and arrays of names
};

struct keyword_entry {
  std::string_view name;
  keyword word = keyword::unknown;
  dialect from = dialect::draft4;
  dialect until = dialect::v1;
  vocabulary group = vocabulary::core;
  detail::shape shape = shape::any;
};

inline constexpr std::array<keyword_entry, 64> keyword_table{{
    {"$schema", keyword::schema_uri, dialect::draft4, dialect::v1, vocabulary::core, shape::string},
    {"$id", keyword::id, dialect::draft6, dialect::v1, vocabulary::core, shape::string},
    {"id", keyword::id, dialect::draft4, dialect::draft4, vocabulary::core, shape::string},
    {"$ref", keyword::ref, dialect::draft4, dialect::v1, vocabulary::core, shape::string},
    {"$anchor", keyword::anchor, dialect::draft2019_09, dialect::v1, vocabulary::core, shape::anchor},
    {"$dynamicRef", keyword::dynamic_ref, dialect::draft2020_12, dialect::v1, vocabulary::core,
     shape::string},
    {"$dynamicAnchor", keyword::dynamic_anchor, dialect::draft2020_12, dialect::v1, vocabulary::core,
     shape::anchor},
    {"$recursiveRef", keyword::recursive_ref, dialect::draft2019_09, dialect::draft2019_09, vocabulary::core,
     shape::string},
    {"$recursiveAnchor", keyword::recursive_anchor, dialect::draft2019_09, dialect::draft2019_09,
     vocabulary::core, shape::boolean},
    {"$vocabulary", keyword::vocabulary, dialect::draft2019_09, dialect::draft2020_12, vocabulary::core,
     shape::vocabularies},
    {"$comment", keyword::comment, dialect::draft7, dialect::v1, vocabulary::core, shape::string},
    {"$defs", keyword::defs, dialect::draft2019_09, dialect::v1, vocabulary::core, shape::schema_map},
    {"definitions", keyword::definitions, dialect::draft4, dialect::v1, vocabulary::core, shape::schema_map},
    {"allOf", keyword::all_of, dialect::draft4, dialect::v1, vocabulary::applicator, shape::schemas},
    {"anyOf", keyword::any_of, dialect::draft4, dialect::v1, vocabulary::applicator, shape::schemas},
    {"oneOf", keyword::one_of, dialect::draft4, dialect::v1, vocabulary::applicator, shape::schemas},
    {"not", keyword::not_, dialect::draft4, dialect::v1, vocabulary::applicator, shape::schema},
    {"if", keyword::if_, dialect::draft7, dialect::v1, vocabulary::applicator, shape::schema},
    {"then", keyword::then_, dialect::draft7, dialect::v1, vocabulary::applicator, shape::schema},
    {"else", keyword::else_, dialect::draft7, dialect::v1, vocabulary::applicator, shape::schema},
    {"dependentSchemas", keyword::dependent_schemas, dialect::draft2019_09, dialect::v1,
     vocabulary::applicator, shape::schema_map},
    {"dependencies", keyword::dependencies, dialect::draft4, dialect::v1, vocabulary::applicator,
     shape::dependencies},
    {"propertyDependencies", keyword::property_dependencies, dialect::v1, dialect::v1, vocabulary::applicator,
     shape::schema_maps},
    {"prefixItems", keyword::prefix_items, dialect::draft2020_12, dialect::v1, vocabulary::applicator,
     shape::schemas},
    {"items", keyword::items, dialect::draft4, dialect::v1, vocabulary::applicator, shape::items},
    {"additionalItems", keyword::additional_items, dialect::draft4, dialect::draft2019_09,
     vocabulary::applicator, shape::schema_or_boolean},
    {"contains", keyword::contains, dialect::draft6, dialect::v1, vocabulary::applicator, shape::schema},
    {"properties", keyword::properties, dialect::draft4, dialect::v1, vocabulary::applicator,
     shape::schema_map},
    {"patternProperties", keyword::pattern_properties, dialect::draft4, dialect::v1, vocabulary::applicator,
     shape::schema_map},
    {"additionalProperties", keyword::additional_properties, dialect::draft4, dialect::v1,
     vocabulary::applicator, shape::schema_or_boolean},
    {"propertyNames", keyword::property_names, dialect::draft6, dialect::v1, vocabulary::applicator,
     shape::schema},
    {"unevaluatedItems", keyword::unevaluated_items, dialect::draft2019_09, dialect::v1,
     vocabulary::unevaluated, shape::schema},
    {"unevaluatedProperties", keyword::unevaluated_properties, dialect::draft2019_09, dialect::v1,
     vocabulary::unevaluated, shape::schema},
    {"type", keyword::type, dialect::draft4, dialect::v1, vocabulary::validation, shape::types},
    {"enum", keyword::enum_, dialect::draft4, dialect::v1, vocabulary::validation, shape::values},
    {"const", keyword::const_, dialect::draft6, dialect::v1, vocabulary::validation, shape::any},
    {"multipleOf", keyword::multiple_of, dialect::draft4, dialect::v1, vocabulary::validation,
     shape::positive},
    {"maximum", keyword::maximum, dialect::draft4, dialect::v1, vocabulary::validation, shape::number},
    {"exclusiveMaximum", keyword::exclusive_maximum, dialect::draft4, dialect::v1, vocabulary::validation,
     shape::exclusive},
    {"minimum", keyword::minimum, dialect::draft4, dialect::v1, vocabulary::validation, shape::number},
    {"exclusiveMinimum", keyword::exclusive_minimum, dialect::draft4, dialect::v1, vocabulary::validation,
     shape::exclusive},
    {"maxLength", keyword::max_length, dialect::draft4, dialect::v1, vocabulary::validation, shape::count},
    {"minLength", keyword::min_length, dialect::draft4, dialect::v1, vocabulary::validation, shape::count},
    {"pattern", keyword::pattern, dialect::draft4, dialect::v1, vocabulary::validation, shape::string},
    {"maxItems", keyword::max_items, dialect::draft4, dialect::v1, vocabulary::validation, shape::count},
    {"minItems", keyword::min_items, dialect::draft4, dialect::v1, vocabulary::validation, shape::count},
    {"uniqueItems", keyword::unique_items, dialect::draft4, dialect::v1, vocabulary::validation,
     shape::boolean},
    {"maxContains", keyword::max_contains, dialect::draft2019_09, dialect::v1, vocabulary::validation,
     shape::count},
    {"minContains", keyword::min_contains, dialect::draft2019_09, dialect::v1, vocabulary::validation,
     shape::count},
    {"maxProperties", keyword::max_properties, dialect::draft4, dialect::v1, vocabulary::validation,
     shape::count},
    {"minProperties", keyword::min_properties, dialect::draft4, dialect::v1, vocabulary::validation,
     shape::count},
    {"required", keyword::required, dialect::draft4, dialect::v1, vocabulary::validation, shape::names},
    {"dependentRequired", keyword::dependent_required, dialect::draft2019_09, dialect::v1,
     vocabulary::validation, shape::name_lists},
    {"format", keyword::format, dialect::draft4, dialect::v1, vocabulary::format, shape::string},
    {"contentEncoding", keyword::content_encoding, dialect::draft7, dialect::v1, vocabulary::content,
     shape::string},
    {"contentMediaType", keyword::content_media_type, dialect::draft7, dialect::v1, vocabulary::content,
     shape::string},
    {"contentSchema", keyword::content_schema, dialect::draft2019_09, dialect::v1, vocabulary::content,
     shape::schema},
    {"title", keyword::title, dialect::draft4, dialect::v1, vocabulary::metadata, shape::string},
    {"description", keyword::description, dialect::draft4, dialect::v1, vocabulary::metadata, shape::string},
    {"default", keyword::default_, dialect::draft4, dialect::v1, vocabulary::metadata, shape::any},
    {"deprecated", keyword::deprecated, dialect::draft2019_09, dialect::v1, vocabulary::metadata,
     shape::boolean},
    {"readOnly", keyword::read_only, dialect::draft7, dialect::v1, vocabulary::metadata, shape::boolean},
    {"writeOnly", keyword::write_only, dialect::draft7, dialect::v1, vocabulary::metadata, shape::boolean},
    {"examples", keyword::examples, dialect::draft6, dialect::v1, vocabulary::metadata, shape::list},
}};

/// The rules of one resource: its dialect and what a custom metaschema's `$vocabulary` leaves of it.
struct language {
  dialect base = dialect::draft2020_12;
  std::uint8_t vocabularies = 0x7F;  ///< a bit for each `vocabulary`
  bool format_asserted = false;      ///< by a vocabulary

  constexpr bool has(vocabulary v) const { return (vocabularies >> static_cast<unsigned>(v) & 1U) != 0; }
  constexpr bool until(dialect d) const { return base <= d; }
  constexpr bool from(dialect d) const { return base >= d; }
  bool operator==(const language&) const = default;
};

/// Finds keywords by name: the first letters and the length choose a slot, one comparison decides.
class keyword_finder {
 public:
  constexpr keyword_finder() {
    for (std::size_t i = 0; i < keyword_table.size(); ++i) {
      std::size_t at = slot(keyword_table[i].name);
      while (slots_[at] != 0) at = (at + 1) % slots_.size();
      slots_[at] = static_cast<std::uint8_t>(i + 1);
    }
  }
  constexpr const keyword_entry* find(std::string_view name) const {
    if (name.size() < 2) return nullptr;
    for (std::size_t at = slot(name); slots_[at] != 0; at = (at + 1) % slots_.size()) {
      const keyword_entry& entry = keyword_table[slots_[at] - 1U];
      if (entry.name == name) return &entry;
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t slot(std::string_view name) {
    const auto letter = [name](std::size_t i) {
      return static_cast<std::size_t>(static_cast<unsigned char>(name[i]));
    };
    return (letter(0) * 31 + letter(1) * 7 + letter(name.size() / 2) * 13 + letter(name.size() - 1) * 57 +
            name.size() * 101) %
           256;
  }
  std::array<std::uint8_t, 256> slots_{};
};

inline constexpr keyword_finder keywords;

/// The entry of a keyword that exists in the dialect, whatever its vocabularies; null for other words.
constexpr const keyword_entry* find_keyword(std::string_view name, dialect d) {
  const keyword_entry* const entry = keywords.find(name);
  return entry != nullptr && entry->from <= d && d <= entry->until ? entry : nullptr;
}

/// Whether the keyword means something in the language. 2019-09 has no vocabulary of its own for
/// unevaluated*.
constexpr bool is_on(const keyword_entry& entry, const language& l) {
  const bool moved = entry.group == vocabulary::unevaluated && l.base == dialect::draft2019_09;
  return l.has(moved ? vocabulary::applicator : entry.group);
}

/// The name of a keyword in the dialect (`id` in draft 4, `$id` later).
constexpr std::string_view name_of(keyword word, dialect d = dialect::draft2020_12) {
  for (const keyword_entry& entry : keyword_table) {
    if (entry.word == word && (entry.from <= d || word != keyword::id) && d <= entry.until) return entry.name;
  }
  for (const keyword_entry& entry : keyword_table) {
    if (entry.word == word) return entry.name;
  }
  return "";
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
