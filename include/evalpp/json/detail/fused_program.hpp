// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/always_inline.hpp>
#include <evalpp/json/detail/hash.hpp>
#include <evalpp/json/detail/program.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string_view>
#include <vector>

// A second form of a compiled schema, for reading and checking a text in one pass: what decides about a
// value lies together, names are held as the bytes that a text has for them.
//
// Where a schema object of `program` stands alone, a node here stands for all schemas that apply to a value
// together: those behind `$ref` and `allOf` are merged, and a union whose branches differ by the type of the
// value, or by the string under one name, is replaced by the branch that is left.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// What a node expects. The first six are also what a value is at its first byte.
enum class fused_kind : std::uint8_t {
  null,
  boolean,
  number,
  string,
  array,
  object,
  mixed,    ///< one of several types
  by_type,  ///< six nodes, one for each kind of value
  by_tag,   ///< of an object: the node that the string under one name picks
  never,
};
inline constexpr std::size_t value_kinds = 6;

/// The type bits that a value of this kind may have.
constexpr std::uint8_t bits_of(fused_kind k) {
  constexpr std::uint8_t bits[] = {type_bit::null,   type_bit::boolean, type_bit::number,
                                   type_bit::string, type_bit::array,   type_bit::object};
  return bits[static_cast<std::size_t>(k)];
}

namespace literal_bit {
inline constexpr std::uint8_t null = 1, no = 2, yes = 4, all = 7;
}  // namespace literal_bit

/// The rules at index 0 of each table ask nothing.
struct alignas(32) fused_node {
  fused_kind kind = fused_kind::mixed;
  std::uint8_t types = type_bit::all;
  std::uint8_t literals = literal_bit::all;
  bool textual_integers = false;
  index numbers = 0;
  index strings = 0;
  index arrays = 0;
  index objects = 0;  ///< by_type: six nodes of `lists` from here on; by_tag: of `tags`
  range checks;       ///< what reads the value once more
};

/// The node that accepts everything and the one that accepts nothing.
inline constexpr index any_node = 0;
inline constexpr index never_node = 1;

/// How many digits behind the decimal point a bound is prepared for.
inline constexpr std::size_t scales = 8;

struct fused_number {
  /// The bounds times 10^k, rounded inward: what a number of k digits behind the point, read without the
  /// point, must lie between. Exact as long as that number has at most 18 digits.
  std::int64_t least[scales];
  std::int64_t most[scales];
  std::int64_t divisor = 0;  ///< of integers; 0: none
  bool slow = false;         ///< the above does not say all
  range rules;               ///< of `lists`: the program's `numbers`
  range sets;                ///< of `lists`: the program's `sets`
};

/// Names by hash: `slots` holds positions + 1, 0 is free; a power of two of them, at most half full. Which
/// bits of the hash count is chosen so that few names, best none, want the same slot.
struct fused_names {
  range keys;
  index slots = 0;
  index mask = 0;
  std::uint32_t shift = 0;
};

struct alignas(64) fused_string {
  std::uint64_t min_length = 0;  ///< code points
  std::uint64_t max_length = no_limit;
  range patterns;  ///< of `lists`
  range formats;   ///< of `lists`: the program's `strings`
  bool enumerated = false;
  bool tested = false;  ///< there are patterns or formats
  bool closer = false;  ///< there is more than lengths
  fused_names values;
};

struct fused_array {
  std::uint64_t min_items = 0;
  std::uint64_t max_items = no_limit;
  range prefix;  ///< of `lists`
  index items = any_node;
};

/// The bytes that a pattern can hold.
inline constexpr std::size_t pattern_size = 32;

/// A name: as a text mostly has it, `"name":` in one pattern, and for all other ways to write it.
struct fused_key {
  char pattern[pattern_size];
  std::uint64_t hash = 0;
  std::uint64_t bit =
      0;  ///< its own in `fused_frame::seen`; 0: it is elsewhere, or the pattern is not the name
  std::uint32_t bits = 0;  ///< one for each byte of the pattern that counts
  index node = any_node;
  std::uint32_t name = 0;  ///< offset into `names`
  std::uint32_t size = 0;

  /// The pattern is the name; else it is one that no sound text has.
  bool plain() const noexcept { return bits != hidden; }
  static constexpr std::uint32_t hidden = 3;
};
static_assert(sizeof(fused_key) == 64);

struct fused_dependency {
  index trigger = 0;
  range required;     ///< of `lists`: positions of keys
  index node = none;  ///< for the whole object
};

struct fused_object {
  fused_names names;  ///< of `keys`, with one behind the last that matches no sound text
  std::uint64_t required = 0;
  index more_required = 0;  ///< of `masks`: for the keys from the 65th on, 64 at a time
  index additional = any_node;
  index name_node = any_node;  ///< of propertyNames
  range patterns;              ///< of `lists`, for names that are not among the keys
  index by_pattern = 0;        ///< of `lists`: a node for each set of patterns that match
  std::uint64_t min_properties = 0;
  std::uint64_t max_properties = no_limit;
  range dependencies;
  bool plain = true;  ///< when it ends only `required` is asked, and there are no more than 64 keys
};

struct fused_tag {
  fused_key key;
  fused_names values;
};

/// What takes another look at a value that has been read.
struct fused_check {
  enum class op : std::uint8_t {
    any,
    one,
    negation,
    condition,
    contains,
    unique,  ///< by the engine, on the value parsed
    member,  ///< of the set `a` of the program; likewise
  };
  op what = op::any;
  index a = none;
  index b = none;
  index c = none;
  range list;  ///< of `lists`: nodes
  std::uint64_t least = 0;
  std::uint64_t most = no_limit;
};

/// For names that are padded: eight bytes can be read from any byte of theirs. Most names are short, and
/// which length comes next cannot be predicted: no branches up to 16 bytes.
EVALPP_ALWAYS_INLINE std::uint64_t name_hash(const char* name, std::size_t size) noexcept {
  const auto part = [name](std::size_t at) {
    std::uint64_t word = 0;
    std::memcpy(&word, name + at, 8);
    return word;
  };
  const unsigned spare = size < 8 ? 64 - 8 * static_cast<unsigned>(size) : 0;  // bits that are not the name's
  const auto cut = [spare](std::uint64_t word) {
    word = std::endian::native == std::endian::little ? word << (spare & 63) : word >> (spare & 63);
    return spare == 64 ? 0 : word;
  };
  std::uint64_t hash = mix(hash_seed + size, cut(part(0)));
  for (std::size_t at = 8; at + 8 < size; at += 8) hash = mix(hash, part(at));
  return mix(hash, cut(part(size > 8 ? size - 8 : 0)));
}

struct fused_program {
  bool usable = false;  ///< else the document decides
  index root = none;
  /// Containers inside one another up to which no limit of the engine can be hit, in terms of its depth.
  std::uint32_t chain = 1;
  /// The engine takes no more steps than this for each byte of a text; 0: it does not count any.
  std::uint64_t steps_per_byte = 0;

  std::vector<fused_node> nodes;
  std::vector<fused_number> numbers;
  std::vector<fused_string> strings;
  std::vector<fused_array> arrays;
  std::vector<fused_object> objects;
  std::vector<fused_key> keys;
  std::vector<fused_tag> tags;
  std::vector<fused_check> checks;
  std::vector<fused_dependency> dependencies;
  std::vector<index> lists;
  std::vector<index> slots;
  std::vector<std::uint64_t> masks;
  std::vector<char> names;  ///< padded
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
