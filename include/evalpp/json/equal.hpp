// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/decimal.hpp>
#include <evalpp/json/detail/hash.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// Equality of JSON values as JSON Schema means it, and the hash that goes with it: numbers by
/// their exact value (`1`, `1.0` and `100e-2` are equal, `-0` is 0, `1` is not `true`), strings by
/// their code points without normalisation, arrays by position, objects whatever their order.
/// Keeps its memory between calls and uses no stack for what nests.
class equality {
 public:
  /// O(n) in the smaller value; an object whose members come in another order adds a logarithm.
  bool equal(value a, value b) {
    pending_.clear();
    if (!agree(a, b)) return false;
    while (!pending_.empty()) {
      const pair both = pending_.back();
      pending_.pop_back();
      if (!(both.a.is_array() ? agree_arrays(both.a, both.b) : agree_objects(both.a, both.b))) return false;
    }
    return true;
  }

  /// The same for equal values. O(n).
  std::uint64_t hash(value root) {
    frames_.clear();
    std::uint64_t result = start(root);
    while (!frames_.empty()) {
      frame& top = frames_.back();
      const bool object = top.container.is_object();
      if (top.next != 0) {  // a child has just been hashed
        top.hash = object ? top.hash + detail::mix(top.key, result) : detail::mix(top.hash, result);
      }
      if (top.next == top.container.size()) {
        result = detail::mix(top.hash, static_cast<std::uint64_t>(top.container.kind()));
        frames_.pop_back();
        continue;
      }
      value child;
      if (object) {
        const member entry = *top.at++;
        top.key = detail::hash_bytes(entry.key);
        child = entry.value;
      } else {
        child = top.container.at(top.next);
      }
      ++top.next;
      result = start(child);  // may move `top`
    }
    return result;
  }

 private:
  struct pair {
    value a;
    value b;
  };
  struct frame {
    value container;
    std::size_t next = 0;
    member_range::iterator at{};
    std::uint64_t hash = detail::hash_seed;
    std::uint64_t key = 0;
  };

  /// The hash of a scalar; a container is put on the stack instead.
  std::uint64_t start(value item) {
    switch (item.kind()) {
      case kind::boolean:
        return *item.as_bool() ? 2 : 3;
      case kind::number:
        return detail::hash(detail::take_apart(item.number_text()));
      case kind::string:
        return detail::hash_bytes(*item.as_string());
      case kind::array:
        frames_.push_back({item});
        return 0;
      case kind::object:
        frames_.push_back({item, 0, item.members().begin()});
        return 0;
      case kind::null:
      case kind::absent:
        break;
    }
    return 1;
  }

  /// False when two values differ at first sight; containers are left for later.
  bool agree(value a, value b) {
    if (a.kind() != b.kind()) return false;
    switch (a.kind()) {
      case kind::absent:
      case kind::null:
        return true;
      case kind::boolean:
        return a.as_bool() == b.as_bool();
      case kind::number:
        return a.number_text() == b.number_text() || detail::compare(a.number_text(), b.number_text()) == 0;
      case kind::string:
        return a.as_string() == b.as_string();
      case kind::array:
      case kind::object:
        break;
    }
    if (a.size() != b.size()) return false;
    if (a.size() != 0 && a.identity() != b.identity()) pending_.push_back({a, b});
    return true;
  }

  bool agree_arrays(value a, value b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (!agree(a.at(i), b.at(i))) return false;
    }
    return true;
  }

  bool agree_objects(value a, value b) {
    auto left = a.members().begin();
    auto right = b.members().begin();
    std::size_t i = 0;
    for (; i < a.size(); ++i, ++left, ++right) {  // members mostly come in one order
      const member x = *left;
      const member y = *right;
      if (x.key != y.key) break;
      if (!agree(x.value, y.value)) return false;
    }
    if (i == a.size()) return true;
    sorted_.clear();
    for (; right != b.members().end(); ++right) sorted_.push_back(*right);
    std::sort(sorted_.begin(), sorted_.end(), [](const member& x, const member& y) { return x.key < y.key; });
    for (; left != a.members().end(); ++left) {
      const member x = *left;
      const auto y = std::lower_bound(sorted_.begin(), sorted_.end(), x.key,
                                      [](const member& m, std::string_view key) { return m.key < key; });
      if (y == sorted_.end() || y->key != x.key || !agree(x.value, y->value)) return false;
    }
    return true;
  }

  std::vector<pair> pending_;
  std::vector<frame> frames_;
  std::vector<member> sorted_;
};

/// `equality` for one question.
inline bool equal(value a, value b) { return equality().equal(a, b); }

}  // namespace evalpp::inline EVALPP_ABI::json
