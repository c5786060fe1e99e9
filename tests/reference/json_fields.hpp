// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/field_options.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

// json-semantics section 7.5 word for word, by recursion, trying every pairing of array items. For values of
// a few items, numbers of at most three decimals below 10^6, ASCII text and plain keys: the oracle of
// json/compare_fields.hpp. Of date-times only two are known, see `normal`.
namespace reference {

/// Compares with one reference value.
class json_fields {
 public:
  json_fields(const evalpp::json::field_options& options, evalpp::json::value reference)
      : options_(options), reference_(reference) {
    note_paths(reference, "", at_root());
  }

  std::int64_t expected() const { return leaves(reference_, "", at_root(), false); }
  std::int64_t predicted(evalpp::json::value b) const { return leaves(b, "", at_root(), true); }
  std::int64_t matched(evalpp::json::value b) const { return matched(reference_, b, "", at_root(), false); }

 private:
  using array_mode = evalpp::json::array_mode;
  using value = evalpp::json::value;

  /// What holds for one path.
  struct rules {
    array_mode arrays{};
    std::string key;
    double abs_tol = 0, rel_tol = 0;
    bool null_is_absent = false, trim = false, casefold = false, collapse = false, instants = false,
         ignore_extra = false;
  };

  rules at_root() const {
    rules all;
    all.arrays = options_.arrays;
    all.key = options_.key;
    all.abs_tol = options_.abs_tol;
    all.rel_tol = options_.rel_tol;
    all.null_is_absent = options_.null_is_absent;
    all.trim = options_.trim;
    all.casefold = options_.casefold;
    return at("$", all);
  }

  rules at(const std::string& path, rules r) const {
    for (const evalpp::json::field_rule& rule : options_.paths) {
      if (rule.path != path) continue;
      if (rule.arrays) r.arrays = *rule.arrays;
      if (rule.key) r.key = *rule.key;
      if (rule.abs_tol) r.abs_tol = *rule.abs_tol;
      if (rule.rel_tol) r.rel_tol = *rule.rel_tol;
      if (rule.null_is_absent) r.null_is_absent = *rule.null_is_absent;
      if (rule.trim) r.trim = *rule.trim;
      if (rule.casefold) r.casefold = *rule.casefold;
      if (rule.collapse_spaces) r.collapse = *rule.collapse_spaces;
      if (rule.instants) r.instants = *rule.instants;
      if (rule.ignore_extra) r.ignore_extra = *rule.ignore_extra;
    }
    return r;
  }

  static std::string below(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + '.' + std::string(key);
  }

  void note_paths(value v, const std::string& path, const rules& r) {
    for (const value item : v.items()) note_paths(item, path + "[]", at(path + "[]", r));
    for (const auto m : v.members()) {
      known_.insert(below(path, m.key));
      note_paths(m.value, below(path, m.key), at(below(path, m.key), r));
    }
  }

  std::vector<evalpp::json::member> members(value v, const std::string& path, const rules& r,
                                            bool of_prediction) const {
    std::vector<evalpp::json::member> out;
    for (const auto m : v.members()) {
      const std::string here = below(path, m.key);
      if (m.value.is_null() && at(here, r).null_is_absent) continue;
      if (of_prediction && r.ignore_extra && known_.count(here) == 0) continue;
      out.push_back(m);
    }
    return out;
  }

  std::int64_t leaves(value v, const std::string& path, const rules& r, bool of_prediction) const {
    std::int64_t sum = 0;
    for (const value item : v.items()) sum += leaves(item, path + "[]", at(path + "[]", r), of_prediction);
    for (const auto& m : members(v, path, r, of_prediction)) {
      const std::string here = below(path, m.key);
      sum += leaves(m.value, here, at(here, r), of_prediction);
    }
    return !v.exists() ? 0 : std::max<std::int64_t>(sum, 1);
  }

  /// `exactly`: for the values of keys, which know no tolerance and no keys of their own.
  std::int64_t matched(value a, value b, const std::string& path, const rules& r, bool exactly) const {
    if (!a.exists() || a.kind() != b.kind()) return 0;
    if (a.is_object()) {
      const auto x = members(a, path, r, false), y = members(b, path, r, true);
      if (x.empty() && y.empty()) return 1;
      std::int64_t sum = 0;
      for (const auto& m : x) {
        const std::string here = below(path, m.key);
        for (const auto& n : y)
          sum += m.key == n.key ? matched(m.value, n.value, here, at(here, r), exactly) : 0;
      }
      return sum;
    }
    if (!a.is_array()) return same_scalar(a, b, r, exactly) ? 1 : 0;
    if (a.empty() && b.empty()) return 1;
    switch (r.arrays) {
      case array_mode::keyed:
        for (const value item : a.items()) {
          if (!exactly && has_key(item, path + "[]", r)) return matched_by_key(a, b, path, r);
        }
        break;
      case array_mode::multiset:
      case array_mode::assignment:
        return best(a, b, path, r, exactly, 0, std::vector<bool>(b.size()));
      case array_mode::ordered:
        break;
    }
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
      sum += matched(a[i], b[i], path + "[]", at(path + "[]", r), exactly);
    return sum;
  }

  bool whole(value a, value b, const std::string& path, const rules& r, bool exactly) const {
    const std::int64_t both = matched(a, b, path, r, exactly);
    return both == leaves(a, path, r, false) && both == leaves(b, path, r, true);
  }

  std::int64_t best(value a, value b, const std::string& path, const rules& r, bool exactly, std::size_t i,
                    std::vector<bool> used) const {
    if (i == a.size()) return 0;
    const std::string items = path + "[]";
    const rules inner = at(items, r);
    std::int64_t most = best(a, b, path, r, exactly, i + 1, used);
    for (std::size_t j = 0; j < b.size(); ++j) {
      if (used[j]) continue;
      std::int64_t here = matched(a[i], b[j], items, inner, exactly);
      if (r.arrays == array_mode::multiset && !whole(a[i], b[j], items, inner, exactly)) here = 0;
      used[j] = true;
      most = std::max(most, here + best(a, b, path, r, exactly, i + 1, used));
      used[j] = false;
    }
    return most;
  }

  /// The value of the key in an item, `items` being its path; `r` are the array's rules.
  bool has_key(value item, const std::string& items, const rules& r) const {
    const value key = item[r.key];
    return key.exists() && !(key.is_null() && at(below(items, r.key), at(items, r)).null_is_absent);
  }

  std::int64_t matched_by_key(value a, value b, const std::string& path, const rules& r) const {
    const std::string items = path + "[]", key = below(items, r.key);
    const rules inner = at(items, r);
    std::int64_t sum = 0;
    std::vector<bool> used(b.size());
    for (const value item : a.items()) {
      for (std::size_t j = 0; has_key(item, items, r) && j < b.size(); ++j) {
        if (used[j] || !has_key(b[j], items, r)) continue;
        if (!whole(item[r.key], b[j][r.key], key, at(key, inner), true)) continue;
        used[j] = true;
        sum += matched(item, b[j], items, inner, false);
        break;
      }
    }
    return sum;
  }

  static std::int64_t thousandths(double number) { return std::llround(number * 1000); }

  static bool same_scalar(value a, value b, const rules& r, bool exactly) {
    if (a.is_string()) return normal(*a.as_string(), r) == normal(*b.as_string(), r);
    if (!a.is_number()) return a.as_bool() == b.as_bool();
    const std::int64_t x = thousandths(*a.as_double()), y = thousandths(*b.as_double());
    if (exactly) return x == y;
    const std::int64_t allowed =
        std::max(thousandths(r.abs_tol) * 1000, thousandths(r.rel_tol) * std::abs(x));
    return std::abs(x - y) * 1000 <= allowed;
  }

  static std::string normal(std::string_view text, const rules& r) {
    std::string out(text);
    if (r.trim) {
      out.erase(0, std::min(out.find_first_not_of(" \t\n"), out.size()));
      out.erase(out.find_last_not_of(" \t\n") + 1);
    }
    const std::string instant = "2025-01-01T00:30:00Z";
    if (r.instants && (out == instant || out == "2024-12-31T23:30:00-01:00")) return instant;
    if (r.collapse) {
      std::string one;
      for (const char c : out) {
        const bool space = c == ' ' || c == '\t' || c == '\n';
        if (!space || one.empty() || one.back() != ' ') one += space ? ' ' : c;
      }
      out = one;
    }
    if (r.casefold) {
      for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return out;
  }

  evalpp::json::field_options options_;
  value reference_;
  std::set<std::string> known_;  // the paths of the reference's members
};

}  // namespace reference
