// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/json/detail/number.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/text/unicode.hpp>
#include <evalpp/text/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <span>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// What is done to strings before they are compared.
struct text_rules {
  bool trim = false;
  bool casefold = false;
};

/// The text without white space at its ends.
inline std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    const text::utf8_step step = text::decode_utf8(text.data(), text.data() + text.size());
    if (!text::is_whitespace(step.code_point)) break;
    text.remove_prefix(step.length);
  }
  while (!text.empty()) {
    std::size_t last = text.size() - 1;
    while (last > 0 && (static_cast<unsigned char>(text[last]) & 0xC0U) == 0x80U) --last;
    const text::utf8_step step = text::decode_utf8(text.data() + last, text.data() + text.size());
    if (!text::is_whitespace(step.code_point)) break;
    text.remove_suffix(text.size() - last);
  }
  return text;
}

/// Appends the text as the rules want it compared.
inline void append_normal(std::string_view text, text_rules rules, std::vector<char>& out) {
  if (rules.trim) text = trimmed(text);
  if (!rules.casefold) {
    out.insert(out.end(), text.begin(), text.end());
    return;
  }
  const char* const last = text.data() + text.size();
  for (const char* at = text.data(); at != last;) {
    const text::utf8_step step = text::decode_utf8(at, last);
    at += step.length;
    char32_t folded[text::max_fold];
    const std::size_t size = text::fold_case(step.code_point, folded);
    for (std::size_t i = 0; i < size; ++i) {
      char bytes[text::max_utf8_length];
      out.insert(out.end(), bytes, bytes + text::encode_utf8(folded[i], bytes));
    }
  }
}

/// A value and its place among others.
struct field {
  json::value value;
  std::string_view key;      ///< of a member
  std::uint32_t parent = 0;  ///< the root's is itself
  std::uint32_t first = 0;   ///< the children are [first, first + count)
  std::uint32_t count = 0;
  std::uint32_t id = 0;     ///< equal for equal values, once they are numbered
  std::int64_t leaves = 0;  ///< scalars, `{}` and `[]` in it

  bool is_array() const { return value.is_array(); }
  bool is_object() const { return value.is_object(); }
};

/// A JSON value laid out level by level: parents before their children, siblings side by side, members
/// in an order of their keys that is the same in every object. Fewer than 2^31 values.
class field_tree {
 public:
  /// O(n), and a logarithm of the members of an object.
  void build(value root, bool null_is_absent) {
    fields_.clear();
    if (!root.exists()) return;
    add(root, {}, 0);
    for (std::size_t i = 0; i < fields_.size(); ++i) {
      const value v = fields_[i].value;
      const std::size_t first = fields_.size();
      const auto parent = static_cast<std::uint32_t>(i);
      for (const value item : v.items()) add(item, {}, parent);
      for (const member m : v.members()) {
        if (!null_is_absent || !m.value.is_null()) add(m.value, m.key, parent);
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

  /// Gives equal values equal ids and others others, by way of a text that says all about a value in terms
  /// of its children's ids. `any_order`: arrays are equal when their items are in some order.
  void number(dictionary<std::string_view>& ids, text_rules rules, bool any_order) {
    for (std::size_t i = fields_.size(); i-- > 0;) {
      describe(fields_[i], rules, any_order);
      fields_[i].id = ids.insert({text_.data(), text_.size()});
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
  void add(value v, std::string_view key, std::uint32_t parent) {
    fields_.push_back({.value = v, .key = key, .parent = parent});
  }

  template <class T>
  void append(T number) {
    char bytes[sizeof number];
    std::memcpy(bytes, &number, sizeof number);
    text_.insert(text_.end(), bytes, bytes + sizeof number);
  }

  void describe(const field& f, text_rules rules, bool any_order) {
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
        append_normal(*f.value.as_string(), rules, text_);
        break;
      case kind::array:
        order_.clear();
        for (const field& child : children) order_.push_back(child.id);
        if (any_order) std::sort(order_.begin(), order_.end());
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
