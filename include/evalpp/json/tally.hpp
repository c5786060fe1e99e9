// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// How often each of some texts came up: what a report shows as a histogram. Tallies add up, in any order to
/// the same. Memory grows with the number of different texts. O(log size) to add.
class tally {
 public:
  struct entry {
    std::string_view name;
    std::int64_t count = 0;

    bool operator==(const entry&) const = default;
  };

  void add(std::string_view name, std::int64_t count = 1) {
    if (count == 0) return;
    const auto at = counts_.lower_bound(name);
    if (at != counts_.end() && at->first == name) {
      at->second += count;
    } else {
      counts_.emplace_hint(at, name, count);
    }
    total_ += count;
  }

  tally& operator+=(const tally& other) {
    if (this == &other) {
      for (auto& [name, count] : counts_) count *= 2;
      total_ *= 2;
      return *this;
    }
    for (const auto& [name, count] : other.counts_) add(name, count);
    return *this;
  }

  std::int64_t count(std::string_view name) const {
    const auto at = counts_.find(name);
    return at == counts_.end() ? 0 : at->second;
  }
  std::int64_t total() const noexcept { return total_; }
  /// The number of different texts.
  std::size_t size() const noexcept { return counts_.size(); }

  /// The `most` commonest, the commonest first and equally common ones by their bytes. The names are valid
  /// until the tally changes.
  std::vector<entry> commonest(std::size_t most = static_cast<std::size_t>(-1)) const {
    std::vector<entry> entries;
    entries.reserve(counts_.size());
    for (const auto& [name, count] : counts_) entries.push_back({name, count});
    const auto end = entries.begin() + static_cast<std::ptrdiff_t>((std::min)(most, entries.size()));
    std::partial_sort(entries.begin(), end, entries.end(), [](const entry& a, const entry& b) {
      return a.count != b.count ? a.count > b.count : a.name < b.name;
    });
    entries.erase(end, entries.end());
    return entries;
  }

  bool operator==(const tally&) const = default;

 private:
  std::map<std::string, std::int64_t, std::less<>> counts_;
  std::int64_t total_ = 0;
};

/// What was wrong with documents, by the keyword that failed ("required", "parse") and by the kind of failure
/// ("missing_required", "fence"): the histograms of a report on a schema.
struct failure_histogram {
  tally keywords;
  tally kinds;

  void add(std::string_view keyword, std::string_view kind, std::int64_t count = 1) {
    keywords.add(keyword, count);
    kinds.add(kind, count);
  }
  /// For what is no failure of a keyword but of the text around the document.
  void add_kind(std::string_view kind, std::int64_t count = 1) { kinds.add(kind, count); }

  failure_histogram& operator+=(const failure_histogram& other) {
    keywords += other.keywords;
    kinds += other.kinds;
    return *this;
  }
  bool operator==(const failure_histogram&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::json
