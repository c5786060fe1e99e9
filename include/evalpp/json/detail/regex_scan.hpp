// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/regex_analysis.hpp>
#include <evalpp/json/detail/regex_set.hpp>
#include <evalpp/json/detail/regex_symbols.hpp>
#include <evalpp/json/detail/regex_syntax.hpp>
#include <evalpp/text/utf8.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The patterns that need no automaton, which are more than half of those in use: `.*` and all else that
/// matches any text, literal texts, and `^[class]{m,n}$`.
class regex_scan {
 public:
  enum class kind : std::uint8_t { none, always, equal, begins, ends, contains, run };

  /// Finds out whether a pattern is one of them.
  void build(const regex_analysis& facts, const regex_symbols& symbols) {
    const regex_tree& tree = facts.tree();
    const regex_facts& root = facts[tree.root];
    if (root.matches_empty || root.empty_at_begin || root.empty_at_end) {
      kind_ = kind::always;
      return;
    }
    std::vector<std::uint32_t> items;
    const std::uint32_t top = facts.unwrap(tree.root);
    const bool sequence = tree.nodes[top].kind == regex_kind::sequence;
    std::uint32_t item = sequence ? tree.nodes[top].child : top;
    for (; item != no_node; item = sequence ? tree.nodes[item].next : no_node)
      items.push_back(facts.unwrap(item));
    const bool begin = tree.nodes[items.front()].kind == regex_kind::begin;
    const bool end = tree.nodes[items.back()].kind == regex_kind::end;
    if (begin) items.erase(items.begin());
    if (end && !items.empty()) items.pop_back();
    if (build_literal(tree, items)) {
      kind_ = begin ? (end ? kind::equal : kind::begins) : (end ? kind::ends : kind::contains);
      // A long one is found faster than it is built into an automaton, but not within a bound.
      if (kind_ == kind::contains && literal_.size() > max_contained) kind_ = kind::none;
    } else if (begin && end && items.size() == 1) {
      build_run(facts, symbols, items.front());
    }
  }

  kind what() const { return kind_; }

  bool search(const regex_symbols& symbols, std::string_view text) const noexcept {
    switch (kind_) {
      case kind::equal:
        return text == literal_;
      case kind::begins:
        return text.substr(0, literal_.size()) == literal_;
      case kind::ends:
        return text.size() >= literal_.size() && text.substr(text.size() - literal_.size()) == literal_;
      case kind::contains:
        return text.find(literal_) != std::string_view::npos;
      case kind::run:
        return search_run(symbols, text);
      default:
        return true;
    }
  }

 private:
  static constexpr std::size_t max_contained = 16;

  bool build_literal(const regex_tree& tree, const std::vector<std::uint32_t>& items) {
    for (const std::uint32_t item : items) {
      const regex_node& node = tree.nodes[item];
      const bool surrogate = node.value >= 0xD800 && node.value <= 0xDFFF;
      if (node.kind != regex_kind::character || surrogate) return false;
      text::append_utf8(literal_, node.value);
    }
    return true;
  }

  void build_run(const regex_analysis& facts, const regex_symbols& symbols, std::uint32_t item) {
    const regex_tree& tree = facts.tree();
    if (tree.nodes[item].kind == regex_kind::repeat) {
      min_ = tree.nodes[item].min;
      max_ = tree.nodes[item].max;
      item = facts.unwrap(tree.nodes[item].child);
    }
    if (!tree.is_one_character(item)) return;
    code_point_set set;
    tree.add_to(set, item);
    set.normalize();
    if (set.empty()) return;
    in_set_ = symbols.of(set.ranges().front().first);
    bool one_symbol = true;
    symbols.for_each_in(set, [&](std::size_t symbol) { one_symbol = one_symbol && symbol == in_set_; });
    if (!one_symbol) return;
    for (std::uint32_t c = 0; c < 0x80; ++c) {
      ascii_[c / 64] |= std::uint64_t{symbols.of(c) == in_set_} << c % 64;
    }
    kind_ = kind::run;
  }

  bool search_run(const regex_symbols& symbols, std::string_view text) const noexcept {
    const char* p = text.data();
    const char* const end = p + text.size();
    std::size_t count = 0;
    for (; p != end; ++count) {
      const auto byte = static_cast<unsigned char>(*p);
      if (byte < 0x80) {
        if ((ascii_[byte / 64] >> byte % 64 & 1U) == 0) return false;
        ++p;
      } else {
        const regex_symbols::step step = symbols.next(p, end);
        if (step.symbol != in_set_) return false;
        p += step.length;
      }
    }
    return count >= min_ && (max_ == unlimited || count <= max_);
  }

  kind kind_ = kind::none;
  std::string literal_;
  std::array<std::uint64_t, 2> ascii_{};
  std::size_t in_set_ = 0;  // the symbol of the set: a pattern with one set has one for it
  std::uint32_t min_ = 1;
  std::uint32_t max_ = 1;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
