// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/wrap.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// Statistics whose width depends on the data: counts under names (pairs of classes, span types).
/// The same algebra as dense statistics: `sparse_counts{}` is the zero, `+=` adds name by name.
///
/// Names are kept sorted, so equal counts are equal however they came about; a count of zero is
/// as good as none. Clearing keeps the memory: measuring into a reused object does not allocate.
class sparse_counts {
 public:
  struct entry {
    std::string_view name;
    std::int64_t count;
  };

  std::size_t size() const noexcept { return slots_.size(); }
  bool empty() const noexcept { return slots_.empty(); }

  /// The k-th entry in the order of names, by bytes.
  entry operator[](std::size_t k) const noexcept { return {name(slots_[k]), slots_[k].count}; }

  /// The count under `name`, 0 when there is none. O(log size).
  std::int64_t count(std::string_view name) const noexcept {
    const auto at = lower_bound(name);
    return at != slots_.end() && this->name(*at) == name ? at->count : 0;
  }

  /// Adds to the count under `name`; wraps around instead of overflowing. O(log size) when the name is
  /// known or the last in order, else O(size).
  void add(std::string_view name, std::int64_t count) {
    if (count == 0) return;
    const auto at = lower_bound(name);
    if (at != slots_.end() && this->name(*at) == name) {
      const auto found = slots_.begin() + (at - slots_.cbegin());
      found->count = detail::wrapping_sum(found->count, count);
      if (found->count == 0) slots_.erase(found);  // its bytes stay until the next clear
      return;
    }
    const slot added{names_.size(), name.size(), count};
    names_.append(name);
    slots_.insert(slots_.begin() + (at - slots_.cbegin()), added);
  }

  void clear() noexcept {
    names_.clear();
    slots_.clear();
  }

  sparse_counts& operator+=(const sparse_counts& other) {
    for (std::size_t k = 0; k < other.size(); ++k) add(other[k].name, other[k].count);
    return *this;
  }

  friend bool operator==(const sparse_counts& a, const sparse_counts& b) noexcept {
    return std::equal(
        a.slots_.begin(), a.slots_.end(), b.slots_.begin(), b.slots_.end(),
        [&](const slot& x, const slot& y) { return x.count == y.count && a.name(x) == b.name(y); });
  }

 private:
  struct slot {
    std::size_t begin, length;
    std::int64_t count;
  };

  std::string_view name(const slot& s) const noexcept {
    return std::string_view(names_).substr(s.begin, s.length);
  }
  std::vector<slot>::const_iterator lower_bound(std::string_view wanted) const noexcept {
    return std::lower_bound(slots_.begin(), slots_.end(), wanted,
                            [this](const slot& s, std::string_view w) { return name(s) < w; });
  }

  std::string names_;
  std::vector<slot> slots_;
};

}  // namespace evalpp::inline EVALPP_ABI
