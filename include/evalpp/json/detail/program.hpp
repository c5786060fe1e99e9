// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/decimal.hpp>
#include <evalpp/json/detail/keywords.hpp>
#include <evalpp/json/detail/number.hpp>
#include <evalpp/json/format.hpp>
#include <evalpp/json/regex.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

// A compiled schema: flat tables, indices instead of pointers, so that a `$ref` is a number and a cycle is no
// matter. Nothing here changes after compilation. Three readers: the verdict (`engine`), the reports
// (`reporter`), and whoever fuses parsing with validating.

namespace evalpp::inline EVALPP_ABI::json::detail {

using index = std::uint32_t;
inline constexpr index none = 0xFFFFFFFFU;

/// Consecutive entries of a table.
struct range {
  index first = 0;
  index count = 0;
};

/// The types of JSON Schema as bits; a number is one or the other by value.
namespace type_bit {
inline constexpr std::uint8_t null = 1, boolean = 2, integer = 4, fraction = 8, string = 16, array = 32,
                              object = 64;
inline constexpr std::uint8_t number = integer | fraction;
inline constexpr std::uint8_t all = 127;
}  // namespace type_bit

/// One schema object or boolean. A value passes when its type is in `types` and every table that is
/// not `none` agrees: `numbers`, `strings`, `arrays` and `objects` concern values of that type only.
struct program_node {
  static constexpr std::uint8_t always = 1;              ///< accepts everything; nothing else needs a look
  static constexpr std::uint8_t never = 2;               ///< the schema `false`
  static constexpr std::uint8_t textual_integers = 4;    ///< draft 4: `1.0` is no integer
  static constexpr std::uint8_t tracks_items = 8;        ///< has unevaluatedItems
  static constexpr std::uint8_t tracks_properties = 16;  ///< has unevaluatedProperties
  static constexpr std::uint8_t branches = 32;           ///< has anyOf, oneOf, not, if
  static constexpr std::uint8_t plain = 64;              ///< no other schema applies to the same value

  std::uint8_t types = type_bit::all;
  std::uint8_t flags = 0;
  index forward = none;   ///< the node to look at instead: this one is nothing but a `$ref`. Itself otherwise
  index resource = none;  ///< of `resources`; for the dynamic scope
  index place = none;     ///< of `places`: where the schema stands
  index values = none;    ///< `enum`, of `sets`
  index constant = none;  ///< `const`, of `sets`
  index numbers = none;
  index strings = none;
  index arrays = none;
  index objects = none;
  range applicators;  ///< what applies to the same value, in the order of the keyword table
};

/// One end of a range of numbers.
struct number_bound {
  bool set = false;
  bool exclusive = false;
  decimal value;  ///< views the schema's text
};

struct number_rules {
  number_bound low;  ///< the strictest of minimum and exclusiveMinimum
  number_bound high;
  bool has_multiple = false;
  decimal multiple;
  /// For integers of 64 bits: both ends rounded inward, inclusive; meaningless unless `whole`.
  std::int64_t least = (std::numeric_limits<std::int64_t>::min)();
  std::int64_t most = (std::numeric_limits<std::int64_t>::max)();
  std::int64_t divisor = 0;  ///< 0: none, or not an integer that fits
  bool whole = true;         ///< `least`, `most` and `divisor` say all about an integer of 64 bits
};

inline constexpr std::uint64_t no_limit = (std::numeric_limits<std::uint64_t>::max)();

struct string_rules {
  std::uint64_t min_length = 0;  ///< code points
  std::uint64_t max_length = no_limit;
  index pattern = none;     ///< of `patterns`
  bool has_format = false;  ///< asserted and known
  bool a_labels = false;    ///< host names know A-labels (draft 7 on)
  json::format format{};
  bool base64 = false;  ///< asserted content
  bool json_text = false;
  index content = none;  ///< node for the parsed content
};

struct array_rules {
  std::uint64_t min_items = 0;
  std::uint64_t max_items = no_limit;
  range prefix;        ///< of `lists`: nodes by position
  index items = none;  ///< node for the rest
  index contains = none;
  std::uint64_t min_contains = 1;
  std::uint64_t max_contains = no_limit;
  index unevaluated = none;
  bool unique = false;
};

/// A name that an object schema mentions.
struct property {
  std::string_view name;
  std::uint64_t hash = 0;
  index node = none;  ///< `properties`; none: only mentioned elsewhere
  bool required = false;
};

struct pattern_property {
  index pattern = none;
  index node = none;
};

/// When the name is there, `required` names must be, and `node` applies to the whole object.
struct dependency {
  index trigger = none;  ///< of the object's properties, counted from its first
  range required;        ///< of `lists`: positions of properties, counted likewise
  index node = none;
  bool has_value = false;  ///< v1's propertyDependencies: only when it is this string
  std::string_view value;
  keyword word = keyword::dependencies;
};

struct object_rules {
  std::uint64_t min_properties = 0;
  std::uint64_t max_properties = no_limit;
  range properties;    ///< of `properties`: declared ones in order, then others that are mentioned
  range slots;         ///< of `slots`, a power of two: positions + 1 by hash, linear probing; 0 is free
  index required = 0;  ///< how many of the properties are required
  range patterns;      ///< of `pattern_properties`
  index additional = none;
  index names = none;
  range dependencies;
  index unevaluated = none;
};

enum class apply : std::uint8_t {
  ref,            ///< a: node
  dynamic_ref,    ///< a: node to fall back on (none in v1), b: of `dynamic_names`
  recursive_ref,  ///< a: node to fall back on
  all,            ///< list of nodes
  any,
  one,
  negation,   ///< a
  condition,  ///< a: if, b: then, c: else; each may be none but a
};

struct applicator {
  apply op = apply::ref;
  keyword word = keyword::ref;
  index a = none;
  index b = none;
  index c = none;
  range list;  ///< of `lists`
};

/// The values of an `enum` or a `const`, with a table by hash as in `object_rules`.
struct value_set {
  range values;
  range slots;
  std::uint8_t kinds = 0;  ///< type bits of the values, numbers as `type_bit::number`
};

struct set_member {
  json::value value;
  std::uint64_t hash = 0;
};

struct compiled_pattern {
  std::string_view text;
  json::regex regex;
  index scratch = none;  ///< which of a validator's scratches is this pattern's; it may need none
};

/// Where a `$dynamicAnchor` or a `$recursiveAnchor` leads in one resource.
struct dynamic_target_entry {
  index resource = none;
  index node = none;
};

/// A schema object or boolean in its document.
struct place {
  json::value schema;
  index parent = none;  ///< the place it lies in
  index resource = none;
  index node = none;                ///< when something refers to it
  keyword word = keyword::unknown;  ///< of the parent; `unknown`: `key` is a pointer from the parent on
  bool indexed = false;
  std::uint32_t position = 0;
  std::string_view key;  ///< with an empty one it may still be there, see `keyed`
  bool keyed = false;
  std::string_view key2;  ///< second level of propertyDependencies
};

/// What a reference can reach by a URI.
struct schema_resource {
  std::string uri;    ///< without fragment
  index root = none;  ///< place
  language rules;
  bool inherited = false;  ///< a loaded document that names no dialect: it is the referring schema's
  bool recursive_anchor = false;
};

struct program {
  std::vector<program_node> nodes;
  std::vector<number_rules> numbers;
  std::vector<string_rules> strings;
  std::vector<array_rules> arrays;
  std::vector<object_rules> objects;
  std::vector<applicator> applicators;
  std::vector<index> lists;
  std::vector<index> slots;
  std::vector<property> properties;
  std::vector<pattern_property> pattern_properties;
  std::vector<dependency> dependencies;
  std::vector<value_set> sets;
  std::vector<set_member> members;
  std::vector<compiled_pattern> patterns;
  index scratches = 0;
  std::vector<range> dynamic_names;  ///< of `dynamic_targets`, one range for each name
  std::vector<dynamic_target_entry> dynamic_targets;
  range recursive_targets;  ///< of `dynamic_targets`
  bool dynamic = false;     ///< there are dynamic references: the scope matters

  index root = none;
  language rules;  ///< of the root

  std::vector<json::document> documents;  ///< own all text that the tables view
  std::deque<std::string> texts;          ///< pointers that places view
  std::vector<place> places;
  std::vector<schema_resource> resources;
};

/// Looks a name up among an object's properties: its position, or `none`.
inline index find_property(const program& p, const object_rules& rules, std::string_view name) {
  if (rules.properties.count == 0) return none;
  const std::uint64_t hash = hash_bytes(name);
  const index mask = rules.slots.count - 1;
  for (index at = static_cast<index>(hash) & mask;; at = (at + 1) & mask) {
    const index entry = p.slots[rules.slots.first + at];
    if (entry == 0) return none;
    const property& known = p.properties[rules.properties.first + entry - 1];
    if (known.hash == hash && known.name == name) return entry - 1;
  }
}

/// The type bits that a value of a kind may have.
constexpr std::uint8_t types_of(kind k) {
  constexpr std::uint8_t bits[] = {0,  // absent
                                   type_bit::null,
                                   type_bit::boolean,
                                   type_bit::number,
                                   type_bit::string,
                                   type_bit::array,
                                   type_bit::object};
  return bits[static_cast<std::size_t>(k)];
}

/// The type bits of a value. Integers are told from fractions by value, or by their text in draft 4.
inline std::uint8_t type_of(const json::value& v, bool textual_integers) {
  if (!v.is_number()) return types_of(v.kind());
  if (textual_integers && v.number_text().find_first_of(".eE") != std::string_view::npos)
    return type_bit::fraction;
  return v.is_integer() ? type_bit::integer : type_bit::fraction;
}

/// Whether a node allows the type of a value.
inline bool has_type(const program_node& node, const json::value& v) {
  const std::uint8_t bits = types_of(v.kind());
  const int allowed = node.types & bits;
  if (allowed == 0 || allowed == bits) return node.types == type_bit::all || allowed != 0;
  return (type_of(v, (node.flags & program_node::textual_integers) != 0) & allowed) != 0;  // a number
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
