// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_set.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

// The tree of a pattern. Nodes lie in one vector, children before their parents, so that facts about
// subtrees are found in one pass from front to back and without recursion.
namespace evalpp::inline EVALPP_ABI::json::detail {

inline constexpr std::uint32_t no_node = (std::numeric_limits<std::uint32_t>::max)();
inline constexpr std::uint32_t unlimited = (std::numeric_limits<std::uint32_t>::max)();

enum class regex_kind : std::uint8_t {
  empty,
  character,       ///< `value` is the code point
  set,             ///< `value` is the number of a set
  sequence,        ///< of children
  alternatives,    ///< children
  repeat,          ///< of the child, `min` to `max` times
  group,           ///< capturing; `value` is its number, from 1
  back_reference,  ///< to the group `value`
  look,            ///< around: ahead or behind, for the child
  begin,           ///< ^
  end,             ///< $
  boundary,        ///< \b
};

struct regex_node {
  regex_kind kind = regex_kind::empty;
  bool lazy = false;      ///< repeat: as few as possible first
  bool negative = false;  ///< look, boundary
  bool behind = false;    ///< look
  std::uint32_t child = no_node;
  std::uint32_t next = no_node;  ///< sibling
  std::uint32_t value = 0;
  std::uint32_t min = 0;
  std::uint32_t max = 0;
  std::uint32_t offset = 0;  ///< in the pattern; of a repeat that of its quantifier
};

struct regex_tree {
  std::vector<regex_node> nodes;
  std::vector<code_point_set> sets;
  std::uint32_t root = no_node;
  std::uint32_t groups = 0;
  std::size_t ranges = 0;  ///< in all sets

  std::uint32_t add(regex_node node) {
    nodes.push_back(node);
    return static_cast<std::uint32_t>(nodes.size() - 1);
  }

  /// The number of a set. Patterns repeat themselves: the latest sets are asked for an equal one.
  std::uint32_t add(code_point_set set) {
    for (std::size_t back = 1; back <= (std::min<std::size_t>)(sets.size(), 8); ++back) {
      if (sets[sets.size() - back] == set) return static_cast<std::uint32_t>(sets.size() - back);
    }
    ranges += set.ranges().size();
    sets.push_back(std::move(set));
    return static_cast<std::uint32_t>(sets.size() - 1);
  }

  std::uint32_t add_set(code_point_set set, std::size_t offset) {
    regex_node node;
    node.offset = static_cast<std::uint32_t>(offset);
    node.kind = set.single() ? regex_kind::character : regex_kind::set;
    node.value = set.single() ? set.ranges()[0].first : add(std::move(set));
    return add(node);
  }

  bool is_one_character(std::uint32_t node) const {
    return nodes[node].kind == regex_kind::character || nodes[node].kind == regex_kind::set;
  }
  void add_to(code_point_set& set, std::uint32_t node) const {
    if (nodes[node].kind == regex_kind::character) {
      set.add(nodes[node].value, nodes[node].value);
    } else {
      set.add(sets[nodes[node].value]);
    }
  }
};

/// Why and where a pattern is none.
struct regex_fault {
  std::string message;  ///< empty: there is none
  std::size_t offset = 0;
  bool limit = false;  ///< a limit, not the grammar

  explicit operator bool() const { return !message.empty(); }
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
