// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_escapes.hpp>
#include <evalpp/json/detail/regex_set.hpp>
#include <evalpp/json/detail/regex_syntax.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Groups inside one another; what walks the tree by recursion relies on it.
inline constexpr std::size_t max_regex_depth = 250;
/// In all character classes together: 8 MiB.
inline constexpr std::size_t max_regex_ranges = std::size_t{1} << 20;

/// Reads a pattern by ECMA-262 section 22.2.1: with the flag `u`, or by Annex B without it, in which
/// case characters are code points all the same. Groups that are open are kept on a stack of our own.
class regex_parser : private regex_escapes {
 public:
  regex_parser(std::string_view pattern, bool strict) : regex_escapes(pattern, strict) {}

  /// True when the pattern is one; then `tree` has it, else `fault` tells why not.
  bool parse() {
    count_groups();
    frames_.push_back({});
    while (at_ < pattern_.size()) {
      if (!term()) return false;
      if (tree_.ranges > max_regex_ranges)
        return exceed("the character classes are too many and too large", at_);
    }
    if (frames_.size() > 1) return fail("this group is not closed", frames_.back().offset);
    tree_.root = close_alternatives();
    return resolve_names();
  }

  regex_tree& tree() { return tree_; }
  const regex_fault& fault() const { return fault_; }

 private:
  enum class opened : std::uint8_t { plain, capture, look };
  struct frame {
    opened kind = opened::plain;
    bool negative = false;
    bool behind = false;
    std::uint32_t number = 0;  // of a capturing group
    std::size_t offset = 0;
    std::size_t first_term = 0;
    std::size_t first_alternative = 0;
  };
  struct named {
    std::string name;
    std::uint32_t number = 0;  // of the group, or of the node that refers to it
    std::size_t offset = 0;
  };

  bool term() {
    const std::size_t offset = at_;
    switch (pattern_[at_]) {
      case '|':
        ++at_;
        close_alternative();
        return true;
      case '(':
        return open_group();
      case ')':
        return close_group();
      case '^':
        return assertion(regex_kind::begin, 1, false);
      case '$':
        return assertion(regex_kind::end, 1, false);
      case '*':
      case '+':
      case '?':
        return fail("there is nothing to repeat before this quantifier", offset);
      case '{':
        if (braces()) return fail("there is nothing to repeat before this quantifier", offset);
        if (strict_) return fail("'{' is no quantifier here; write \\{", offset);
        break;
      case '}':
        if (strict_) return fail("'}' closes nothing; write \\}", offset);
        break;
      case ']':
        if (strict_) return fail("']' closes nothing; write \\]", offset);
        break;
      case '.':
        ++at_;
        return atom(tree_.add_set(dot_class(), offset));
      case '[':
        return character_class();
      case '\\':
        return escaped_atom();
      default:
        break;
    }
    std::uint32_t c = 0;
    return take(c) && atom(tree_.add({.kind = regex_kind::character, .value = c, .offset = place(offset)}));
  }

  bool exceed(const char* message, std::size_t offset) {
    fault_.limit = true;
    return fail(message, offset);
  }

  static std::uint32_t place(std::size_t offset) { return static_cast<std::uint32_t>(offset); }

  bool assertion(regex_kind kind, std::size_t length, bool negative) {
    terms_.push_back(tree_.add({.kind = kind, .negative = negative, .offset = place(at_)}));
    at_ += length;
    return true;
  }

  /// Takes the quantifier that follows, if one does, and the atom with it.
  bool atom(std::uint32_t node) {
    const std::size_t offset = at_;
    std::optional<std::pair<std::uint32_t, std::uint32_t>> times;
    if (skip('*')) {
      times = {0, unlimited};
    } else if (skip('+')) {
      times = {1, unlimited};
    } else if (skip('?')) {
      times = {0, 1};
    } else {
      times = braces();
    }
    if (times) {
      if (times->first > times->second) return fail("this repeats from more to fewer", offset);
      const bool lazy = skip('?');
      node = tree_.add({.kind = regex_kind::repeat,
                        .lazy = lazy,
                        .child = node,
                        .min = times->first,
                        .max = times->second,
                        .offset = place(offset)});
    }
    terms_.push_back(node);
    return true;
  }

  /// `{m}`, `{m,}` or `{m,n}`; anything else is not touched.
  std::optional<std::pair<std::uint32_t, std::uint32_t>> braces() {
    const std::size_t before = at_;
    if (skip('{')) {
      if (const auto min = number()) {
        if (skip('}')) return std::pair(*min, *min);
        if (skip(',')) {
          if (skip('}')) return std::pair(*min, unlimited);
          if (const auto max = number(); max && skip('}')) return std::pair(*min, *max);
        }
      }
    }
    at_ = before;
    return std::nullopt;
  }

  bool open_group() {
    frame open;
    open.offset = at_++;
    open.first_term = terms_.size();
    open.first_alternative = alternatives_.size();
    if (frames_.size() > max_regex_depth) {
      return exceed("more than 250 groups inside one another", open.offset);
    }
    open.kind = opened::capture;
    if (skip('?')) {
      open.behind = starts_with("<=") || starts_with("<!");
      if (open.behind) ++at_;
      if (skip(':')) {
        open.kind = opened::plain;
      } else if (starts_with("=") || starts_with("!")) {
        open.kind = opened::look;
        open.negative = pattern_[at_++] == '!';
      } else if (skip('<')) {
        named group;
        group.offset = at_;
        group.number = tree_.groups + 1;
        if (!group_name(group.name)) return false;
        names_.push_back(std::move(group));
      } else {
        return fail("no kind of group starts with (? and this", at_);
      }
    }
    if (open.kind == opened::capture) open.number = ++tree_.groups;
    frames_.push_back(open);
    return true;
  }

  bool close_group() {
    if (frames_.size() == 1) return fail("')' closes nothing; write \\)", at_);
    ++at_;
    const std::uint32_t body = close_alternatives();
    const frame closed = frames_.back();
    frames_.pop_back();
    if (closed.kind == opened::plain) return atom(body);
    if (closed.kind == opened::capture) {
      return atom(tree_.add({.kind = regex_kind::group,
                             .child = body,
                             .value = closed.number,
                             .offset = place(closed.offset)}));
    }
    const std::uint32_t look = tree_.add({.kind = regex_kind::look,
                                          .negative = closed.negative,
                                          .behind = closed.behind,
                                          .child = body,
                                          .offset = place(closed.offset)});
    if (!strict_ && !closed.behind) return atom(look);  // Annex B repeats lookaheads
    terms_.push_back(look);
    return true;
  }

  /// The terms since the last '|' become one alternative.
  void close_alternative() {
    const std::size_t first = frames_.back().first_term;
    alternatives_.push_back(joined(regex_kind::sequence, terms_, first));
  }

  std::uint32_t close_alternatives() {
    close_alternative();
    const std::size_t first = frames_.back().first_alternative;
    // Alternatives of one character each are a set.
    bool characters = alternatives_.size() - first > 1;
    for (std::size_t i = first; i < alternatives_.size() && characters; ++i) {
      characters = tree_.is_one_character(alternatives_[i]);
    }
    if (!characters) return joined(regex_kind::alternatives, alternatives_, first);
    code_point_set set;
    for (std::size_t i = first; i < alternatives_.size(); ++i) tree_.add_to(set, alternatives_[i]);
    set.normalize();
    const std::uint32_t offset = tree_.nodes[alternatives_[first]].offset;
    alternatives_.resize(first);
    return tree_.add_set(std::move(set), offset);
  }

  /// Takes what `list` has from `first` on as the children of a node; one child needs none.
  std::uint32_t joined(regex_kind kind, std::vector<std::uint32_t>& list, std::size_t first) {
    const std::size_t count = list.size() - first;
    std::uint32_t node = count == 1 ? list[first] : no_node;
    if (count == 0) node = tree_.add({.offset = place(at_)});
    if (count > 1) {
      for (std::size_t i = first; i + 1 < list.size(); ++i) tree_.nodes[list[i]].next = list[i + 1];
      node = tree_.add({.kind = kind, .child = list[first], .offset = tree_.nodes[list[first]].offset});
    }
    list.resize(first);
    return node;
  }

  bool escaped_atom() {
    const std::size_t offset = at_++;
    const char c = at_ < pattern_.size() ? pattern_[at_] : '\0';
    if (c == 'b' || c == 'B') {
      at_ = offset;
      return assertion(regex_kind::boundary, 2, c == 'B');
    }
    if (c == 'k' && (strict_ || has_names_)) {
      ++at_;
      named reference;
      reference.offset = offset;
      if (!skip('<')) return fail("\\k wants the name of a group: \\k<name>", offset);
      if (!group_name(reference.name)) return false;
      reference.number = tree_.add({.kind = regex_kind::back_reference, .offset = place(offset)});
      references_.push_back(reference);
      return atom(reference.number);
    }
    if (c >= '1' && c <= '9') {
      const std::size_t digits = at_;
      const std::uint32_t group = *number();
      if (group <= group_count_) {
        return atom(tree_.add({.kind = regex_kind::back_reference, .value = group, .offset = place(offset)}));
      }
      if (strict_) return fail("there are not as many groups", offset);
      at_ = digits;
    }
    code_point_set set;
    if (!escape(set, false)) return false;
    return atom(tree_.add_set(std::move(set), offset));
  }

  bool character_class() {
    const std::size_t offset = at_++;
    const bool negative = skip('^');
    code_point_set set;
    while (!skip(']')) {
      code_point_set first, last;
      const std::size_t begin = at_;
      if (at_ == pattern_.size()) return fail("this class is not closed", offset);
      if (!class_atom(first)) return false;
      if (at_ + 1 < pattern_.size() && pattern_[at_] == '-' && pattern_[at_ + 1] != ']') {
        ++at_;
        if (!class_atom(last)) return false;
        if (first.single() && last.single()) {
          const std::uint32_t low = first.ranges()[0].first;
          const std::uint32_t high = last.ranges()[0].first;
          if (low > high) return fail("the range goes from a higher to a lower character", begin);
          set.add(low, high);
          continue;
        }
        if (strict_) return fail("a class cannot be an end of a range; write \\- for the character", begin);
        set.add('-', '-');
        set.add(last);
      }
      set.add(first);
    }
    set.normalize();
    return atom(tree_.add_set(negative ? set.complement() : std::move(set), offset));
  }

  bool class_atom(code_point_set& set) {
    if (skip('\\')) return escape(set, true);
    std::uint32_t c = 0;
    if (!take(c)) return false;
    set.add(c, c);
    return true;
  }

  /// Names may be used before their groups: they are looked up when all are known.
  bool resolve_names() {
    const auto by_name = [](const named& a, const named& b) {
      const int compared = a.name.compare(b.name);
      return compared != 0 ? compared < 0 : a.offset < b.offset;
    };
    std::sort(names_.begin(), names_.end(), by_name);
    for (std::size_t i = 1; i < names_.size(); ++i) {
      if (names_[i].name == names_[i - 1].name) return fail("two groups have this name", names_[i].offset);
    }
    for (named& reference : references_) {
      const std::size_t offset = std::exchange(reference.offset, 0);
      const auto found = std::lower_bound(names_.begin(), names_.end(), reference, by_name);
      if (found == names_.end() || found->name != reference.name) {
        return fail("there is no group of this name", offset);
      }
      tree_.nodes[reference.number].value = found->number;
    }
    return true;
  }

  regex_tree tree_;
  std::vector<frame> frames_;
  std::vector<std::uint32_t> terms_;         // of the open alternatives
  std::vector<std::uint32_t> alternatives_;  // of the open groups
  std::vector<named> names_;
  std::vector<named> references_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
