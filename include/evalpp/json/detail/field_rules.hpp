// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/json/detail/append_path.hpp>
#include <evalpp/json/detail/normal_text.hpp>
#include <evalpp/json/detail/tolerance.hpp>
#include <evalpp/json/field_options.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// How the fields of one path are compared.
struct field_rules {
  array_mode arrays = array_mode::ordered;
  std::size_t key_of = 0;  ///< whose key: that of all, or of the rule with this number, from 1
  double abs_tol = 0;
  double rel_tol = 0;
  tolerance numbers;
  text_rules text;
  bool null_is_absent = false;
  bool ignore_extra = false;

  bool any_order() const { return arrays == array_mode::multiset || arrays == array_mode::assignment; }
};

/// Numbers the paths of fields, and says by which rules they are compared. Without rules for single paths
/// all have the number of the root.
class field_paths {
 public:
  static constexpr std::uint32_t root = 0;

  /// Forgets all paths.
  void start(const field_options& options) {
    options_ = options;
    field_rules base;
    base.arrays = options.arrays;
    base.abs_tol = options.abs_tol;
    base.rel_tol = options.rel_tol;
    base.numbers = tolerance(options.abs_tol, options.rel_tol);
    base.text.trim = options.trim;
    base.text.casefold = options.casefold;
    base.null_is_absent = options.null_is_absent;
    rules_.assign(1, base);
    places_.assign(1, {});
    texts_.clear();
    if (options.paths.empty()) return;
    longest_ = 0;
    for (const field_rule& rule : options.paths) longest_ = (std::max)(longest_, rule.path.size());
    ids_.clear(0);
    places_[root].rules = rules_of(root, "$");
  }

  std::uint32_t item(std::uint32_t array) { return below(array, 'i', {}); }
  std::uint32_t member(std::uint32_t object, std::string_view key) { return below(object, 'm', key); }

  /// How many there are: later ones have higher numbers.
  std::uint32_t size() const { return static_cast<std::uint32_t>(places_.size()); }
  const field_rules& operator[](std::uint32_t path) const { return rules_[places_[path].rules]; }
  /// The member that tells the items of an array with these rules apart.
  std::string_view key(const field_rules& rules) const {
    return rules.key_of == 0 ? options_.key : *options_.paths[rules.key_of - 1].key;
  }

 private:
  /// Where the text of a path is kept; that of one too long for any rule is not.
  struct place {
    std::uint32_t rules = 0;
    bool too_long = false;
    std::size_t begin = 0;
    std::size_t size = 0;
  };

  std::uint32_t below(std::uint32_t parent, char what, std::string_view key) {
    if (options_.paths.empty()) return root;
    name_.assign(sizeof parent + 1, what);
    std::memcpy(name_.data(), &parent, sizeof parent);
    name_.insert(name_.end(), key.begin(), key.end());
    const std::uint32_t id = ids_.insert({name_.data(), name_.size()});
    if (id < places_.size()) return id;
    place made = places_[parent];
    if (!made.too_long) {
      text_.assign(texts_, made.begin, made.size);
      if (what == 'i')
        text_ += "[]";
      else
        append_path(text_, key);
      made.too_long = text_.size() > longest_;
      if (!made.too_long) {
        made.rules = rules_of(made.rules, text_);
        made.begin = texts_.size();
        made.size = text_.size();
        texts_ += text_;
      }
    }
    places_.push_back(made);
    return id;
  }

  /// The rules above with what is said of this path.
  std::uint32_t rules_of(std::uint32_t above, std::string_view path) {
    std::uint32_t found = above;
    for (std::size_t i = 0; i < options_.paths.size(); ++i) {
      const field_rule& rule = options_.paths[i];
      if (rule.path != path) continue;
      if (found == above) {
        const field_rules copy = rules_[above];
        found = static_cast<std::uint32_t>(rules_.size());
        rules_.push_back(copy);
      }
      if (rule.key) rules_[found].key_of = i + 1;
      apply(rule, rules_[found]);
    }
    return found;
  }

  static void apply(const field_rule& rule, field_rules& out) {
    out.arrays = rule.arrays.value_or(out.arrays);
    out.abs_tol = rule.abs_tol.value_or(out.abs_tol);
    out.rel_tol = rule.rel_tol.value_or(out.rel_tol);
    out.numbers = tolerance(out.abs_tol, out.rel_tol);
    out.text.trim = rule.trim.value_or(out.text.trim);
    out.text.casefold = rule.casefold.value_or(out.text.casefold);
    out.text.collapse_spaces = rule.collapse_spaces.value_or(out.text.collapse_spaces);
    out.text.instants = rule.instants.value_or(out.text.instants);
    out.null_is_absent = rule.null_is_absent.value_or(out.null_is_absent);
    out.ignore_extra = rule.ignore_extra.value_or(out.ignore_extra);
  }

  field_options options_;
  std::vector<field_rules> rules_;
  std::vector<place> places_;  // by path
  std::string texts_;
  std::size_t longest_ = 0;
  dictionary<std::string_view> ids_;  // of a parent's number, what the child is, and its key
  std::vector<char> name_;
  std::string text_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
