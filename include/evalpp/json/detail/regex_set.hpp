// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

// Sets of code points, surrogates included: a JSON text may hold one that stands alone.
namespace evalpp::inline EVALPP_ABI::json::detail {

inline constexpr std::uint32_t last_code_point = 0x10FFFF;

struct code_point_range {
  std::uint32_t first = 0;
  std::uint32_t last = 0;  // included

  bool operator==(const code_point_range&) const = default;
};

/// Ranges in ascending order that neither meet nor touch, once `normalize` was called after `add`.
class code_point_set {
 public:
  code_point_set() = default;
  explicit code_point_set(std::vector<code_point_range> ranges) : ranges_(std::move(ranges)) { normalize(); }

  void add(std::uint32_t first, std::uint32_t last) { ranges_.push_back({first, last}); }
  void add(const code_point_set& other) {
    ranges_.insert(ranges_.end(), other.ranges_.begin(), other.ranges_.end());
  }

  void normalize() {
    std::sort(ranges_.begin(), ranges_.end(),
              [](const code_point_range& a, const code_point_range& b) { return a.first < b.first; });
    std::size_t kept = 0;
    for (const code_point_range range : ranges_) {
      if (kept != 0 && range.first <= ranges_[kept - 1].last + 1) {
        ranges_[kept - 1].last = (std::max)(ranges_[kept - 1].last, range.last);
      } else {
        ranges_[kept++] = range;
      }
    }
    ranges_.resize(kept);
  }

  code_point_set complement() const {
    code_point_set others;
    std::uint32_t next = 0;
    for (const code_point_range range : ranges_) {
      if (range.first > next) others.add(next, range.first - 1);
      next = range.last + 1;
    }
    if (next <= last_code_point) others.add(next, last_code_point);
    return others;
  }

  bool contains(std::uint32_t c) const {
    const auto after =
        std::upper_bound(ranges_.begin(), ranges_.end(), c,
                         [](std::uint32_t x, const code_point_range& r) { return x < r.first; });
    return after != ranges_.begin() && c <= std::prev(after)->last;
  }

  const std::vector<code_point_range>& ranges() const { return ranges_; }
  bool empty() const { return ranges_.empty(); }
  bool single() const { return ranges_.size() == 1 && ranges_[0].first == ranges_[0].last; }
  bool all() const {
    return ranges_.size() == 1 && ranges_[0].first == 0 && ranges_[0].last == last_code_point;
  }

  bool operator==(const code_point_set&) const = default;

 private:
  std::vector<code_point_range> ranges_;
};

// The classes of ECMA-262 that have a letter, or a full stop. They do not depend on the version of Unicode.
inline code_point_set digit_class() { return code_point_set({{'0', '9'}}); }
inline code_point_set word_class() {
  return code_point_set({{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}});
}
inline code_point_set space_class() {
  return code_point_set({{0x09, 0x0D},
                         {0x20, 0x20},
                         {0xA0, 0xA0},
                         {0x1680, 0x1680},
                         {0x2000, 0x200A},
                         {0x2028, 0x2029},
                         {0x202F, 0x202F},
                         {0x205F, 0x205F},
                         {0x3000, 0x3000},
                         {0xFEFF, 0xFEFF}});
}
/// What `.` matches: all but the ends of lines.
inline code_point_set dot_class() {
  return code_point_set({{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}}).complement();
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
