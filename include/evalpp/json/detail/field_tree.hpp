// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/json/detail/field_rules.hpp>
#include <evalpp/json/detail/normal_text.hpp>
#include <evalpp/json/detail/number.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// A value and its place among others.
struct field {
  json::value value;
  std::string_view key;      ///< of a member
  std::uint32_t parent = 0;  ///< the root's is itself
  std::uint32_t first = 0;   ///< the children are [first, first + count)
  std::uint32_t count = 0;
  std::uint32_t path = 0;   ///< among `field_paths`
  std::uint32_t id = 0;     ///< equal for equal values, once they are numbered
  std::int64_t leaves = 0;  ///< scalars, `{}` and `[]` in it
  // Once they are numbered:
  bool keyed = false;  ///< a keyed array is in it: equal ids do not mean that all leaves match
  bool loose = false;  ///< a number with a tolerance is in it: other ids do not mean that some do not

  bool is_array() const { return value.is_array(); }
  bool is_object() const { return value.is_object(); }
};

/// A JSON value laid out level by level: parents before their children, siblings side by side, members
/// in an order of their keys that is the same in every object. Fewer than 2^31 values.
class field_tree {
 public:
  /// O(n), and a logarithm of the members of an object. `known`: of objects where extra members are ignored,
  /// those with later paths are left out.
  void build(value root, field_paths& paths, std::uint32_t known = 0xFFFFFFFF) {
    fields_.clear();
    if (!root.exists()) return;
    add(root, {}, 0, field_paths::root);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      const value v = fields_[i].value;
      const std::size_t first = fields_.size();
      const auto parent = static_cast<std::uint32_t>(i);
      const std::uint32_t path = fields_[i].path;
      if (v.is_array() && !v.empty()) {
        const std::uint32_t items = paths.item(path);
        for (const value item : v.items()) add(item, {}, parent, items);
      }
      for (const member m : v.members()) {
        const std::uint32_t here = paths.member(path, m.key);
        const bool left_out =
            (m.value.is_null() && paths[here].null_is_absent) || (here >= known && paths[path].ignore_extra);
        if (!left_out) add(m.value, m.key, parent, here);
      }
      if (v.is_object()) {
        std::sort(fields_.begin() + static_cast<std::ptrdiff_t>(first), fields_.end(),
                  [](const field& a, const field& b) { return key_before(a.key, b.key); });
      }
      fields_[i].first = static_cast<std::uint32_t>(first);
      fields_[i].count = static_cast<std::uint32_t>(fields_.size() - first);
    }
    for (std::size_t i = fields_.size(); i-- > 0;) {
      field& f = fields_[i];
      if (f.count == 0) f.leaves = 1;
      if (i != 0) fields_[f.parent].leaves += f.leaves;
    }
  }

  /// Gives equal values of a path equal ids and others others, by way of a text that says all about a value
  /// in terms of its children's ids. Arrays that match in any order are equal in any order.
  void number(dictionary<std::string_view>& ids, const field_paths& paths) {
    for (std::size_t i = fields_.size(); i-- > 0;) {
      field& f = fields_[i];
      const field_rules& rules = paths[f.path];
      describe(f, rules);
      f.id = ids.insert({text_.data(), text_.size()});
      f.keyed = f.keyed || (f.is_array() && f.count != 0 && rules.arrays == array_mode::keyed);
      f.loose = f.loose || (f.value.is_number() && !rules.numbers.is_zero());
      field& parent = fields_[f.parent];
      parent.keyed = parent.keyed || f.keyed;
      parent.loose = parent.loose || f.loose;
    }
  }

  std::size_t size() const { return fields_.size(); }
  const field& operator[](std::size_t i) const { return fields_[i]; }
  std::int64_t leaves() const { return fields_.empty() ? 0 : fields_[0].leaves; }

  /// The member with this key, null when there is none. O(log members).
  const field* find(const field& object, std::string_view key) const {
    const field* const end = fields_.data() + object.first + object.count;
    const field* const found =
        std::lower_bound(fields_.data() + object.first, end, key,
                         [](const field& f, std::string_view k) { return key_before(f.key, k); });
    return found != end && found->key == key ? found : nullptr;
  }

  static bool key_before(std::string_view a, std::string_view b) {
    return a.size() != b.size() ? a.size() < b.size() : a < b;
  }

 private:
  void add(value v, std::string_view key, std::uint32_t parent, std::uint32_t path) {
    fields_.push_back({.value = v, .key = key, .parent = parent, .path = path});
  }

  template <class T>
  void append(T number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    text_.insert(text_.end(), bytes, bytes + sizeof number);
  }

  void describe(const field& f, const field_rules& rules) {
    text_.assign(1, static_cast<char>(f.value.kind()));
    const std::span<const field> children(fields_.data() + f.first, f.count);
    switch (f.value.kind()) {
      case kind::absent:
      case kind::null:
        break;
      case kind::boolean:
        append(*f.value.as_bool());
        break;
      case kind::number: {
        const decimal number = take_apart(f.value.number_text());
        append(!number.digits.empty() && number.negative);
        append(number.magnitude);
        std::remove_copy(number.digits.begin(), number.digits.end(), std::back_inserter(text_), '.');
        break;
      }
      case kind::string:
        append_normal(*f.value.as_string(), rules.text, text_);
        break;
      case kind::array:
        order_.clear();
        for (const field& child : children) order_.push_back(child.id);
        if (rules.any_order()) std::sort(order_.begin(), order_.end());
        for (const std::uint32_t id : order_) append(id);
        break;
      case kind::object:
        for (const field& child : children) {
          append(child.key.size());
          text_.insert(text_.end(), child.key.begin(), child.key.end());
          append(child.id);
        }
        break;
    }
  }

  std::vector<field> fields_;
  std::vector<char> text_;
  std::vector<std::uint32_t> order_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
