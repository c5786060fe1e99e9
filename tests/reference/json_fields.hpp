// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/field_options.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

// json-semantics section 7.5 word for word, by recursion, trying every pairing of array items. For values of
// a few items, numbers of at most three decimals below 10^6 and ASCII text: the oracle of
// json/compare_fields.hpp.
namespace reference {

class json_fields {
 public:
  explicit json_fields(const evalpp::json::field_options& options) : options_(options) {}

  std::int64_t leaves(evalpp::json::value v) const {
    std::int64_t sum = 0;
    for (const auto item : v.items()) sum += leaves(item);
    for (const auto& m : members(v)) sum += leaves(m.value);
    return !v.exists() ? 0 : std::max<std::int64_t>(sum, 1);
  }

  std::int64_t matched(evalpp::json::value a, evalpp::json::value b) const {
    if (!a.exists() || a.kind() != b.kind()) return 0;
    if (a.is_object()) {
      const auto x = members(a), y = members(b);
      if (x.empty() && y.empty()) return 1;
      std::int64_t sum = 0;
      for (const auto& m : x) {
        for (const auto& n : y) sum += m.key == n.key ? matched(m.value, n.value) : 0;
      }
      return sum;
    }
    if (!a.is_array()) return same_scalar(a, b) ? 1 : 0;
    if (a.empty() && b.empty()) return 1;
    using evalpp::json::array_mode;
    switch (options_.arrays) {
      case array_mode::keyed:
        for (const auto item : a.items()) {
          if (has_key(item)) return matched_by_key(a, b);
        }
        return matched_in_order(a, b);
      case array_mode::multiset:
      case array_mode::assignment:
        return best(a, b, 0, std::vector<bool>(b.size()));
      case array_mode::ordered:
        break;
    }
    return matched_in_order(a, b);
  }

 private:
  std::vector<evalpp::json::member> members(evalpp::json::value v) const {
    std::vector<evalpp::json::member> out;
    for (const auto m : v.members()) {
      if (!options_.null_is_absent || !m.value.is_null()) out.push_back(m);
    }
    return out;
  }

  bool whole(evalpp::json::value a, evalpp::json::value b) const {
    return matched(a, b) == leaves(a) && matched(a, b) == leaves(b);
  }

  std::int64_t matched_in_order(evalpp::json::value a, evalpp::json::value b) const {
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) sum += matched(a[i], b[i]);
    return sum;
  }

  std::int64_t best(evalpp::json::value a, evalpp::json::value b, std::size_t i,
                    std::vector<bool> used) const {
    if (i == a.size()) return 0;
    std::int64_t most = best(a, b, i + 1, used);
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (used[j]) continue;
      std::int64_t here = matched(a[i], b[j]);
      if (options_.arrays == evalpp::json::array_mode::multiset && !whole(a[i], b[j])) here = 0;
      used[j] = true;
      most = std::max(most, here + best(a, b, i + 1, used));
      used[j] = false;
    }
    return most;
  }

  bool has_key(evalpp::json::value item) const {
    const auto key = item[options_.key];
    return key.exists() && !(options_.null_is_absent && key.is_null());
  }

  std::int64_t matched_by_key(evalpp::json::value a, evalpp::json::value b) const {
    evalpp::json::field_options exactly = options_;
    exactly.abs_tol = exactly.rel_tol = 0;
    // A value that contains arrays is a key too: equal item by item.
    exactly.arrays = evalpp::json::array_mode::ordered;
    const json_fields keys(exactly);
    std::int64_t sum = 0;
    std::vector<bool> used(b.size());
    for (const auto item : a.items()) {
      for (std::size_t j = 0; has_key(item) && j < b.size(); ++j) {
        if (used[j] || !has_key(b[j]) || !keys.whole(item[options_.key], b[j][options_.key])) continue;
        used[j] = true;
        sum += matched(item, b[j]);
        break;
      }
    }
    return sum;
  }

  static std::int64_t thousandths(double number) { return std::llround(number * 1000); }

  bool same_scalar(evalpp::json::value a, evalpp::json::value b) const {
    if (a.is_string()) return normal(*a.as_string()) == normal(*b.as_string());
    if (!a.is_number()) return a.as_bool() == b.as_bool();
    const std::int64_t x = thousandths(*a.as_double()), y = thousandths(*b.as_double());
    const std::int64_t allowed =
        std::max(thousandths(options_.abs_tol) * 1000, thousandths(options_.rel_tol) * std::abs(x));
    return std::abs(x - y) * 1000 <= allowed;
  }

  std::string normal(std::string_view text) const {
    std::string out(text);
    if (options_.trim) {
      out.erase(0, std::min(out.find_first_not_of(" \t\n"), out.size()));
      out.erase(out.find_last_not_of(" \t\n") + 1);
    }
    if (options_.casefold) {
      for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
  }

  evalpp::json::field_options options_;
};

}  // namespace reference
