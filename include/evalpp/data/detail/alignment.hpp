// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::data::detail {

/// The words of a line as sorted, distinct hashes; only a hint is made of them, so collisions are harmless.
inline std::vector<std::uint64_t> word_hashes(std::string_view line) {
  std::vector<std::uint64_t> hashes;
  std::uint64_t hash = 0;
  const auto flush = [&] {
    if (hash != 0) hashes.push_back(hash);
    hash = 0;
  };
  for (const char c : line.substr(0, 4096)) {
    if (c == ' ' || c == '\t') {
      flush();
    } else {
      hash = (hash ^ static_cast<unsigned char>(c)) * 0x9E37'79B9'7F4A'7C15U + 1;
    }
  }
  flush();
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  return hashes;
}

/// The share of words that two lines have in common, 0 to 1 (Dice).
inline double likeness(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  if (a.empty() && b.empty()) return 1.0;
  std::size_t common = 0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    if (a[i] == b[j]) ++common;
    const bool step_a = a[i] <= b[j];
    const bool step_b = b[j] <= a[i];
    i += step_a ? 1U : 0U;
    j += step_b ? 1U : 0U;
  }
  return 2.0 * static_cast<double>(common) / static_cast<double>(a.size() + b.size());
}

/// Where two files that should have the same number of lines part: the index, from 0, of the first line
/// of `longer` that seems to have no counterpart in `shorter`. It splits the files so that the lines
/// before it are most like their counterparts and the lines after it most like their shifted ones.
/// Both must not be empty and differ in length. Linear; looks at the first 200,000 lines.
inline std::size_t first_shifted_line(const std::vector<std::string>& longer,
                                      const std::vector<std::string>& shorter) {
  const std::size_t shift = longer.size() - shorter.size();
  const std::size_t n = std::min<std::size_t>(shorter.size(), 200'000);
  // gain = likeness in place minus likeness shifted, summed over the lines before the split.
  double gain = 0.0;
  double best = 0.0;
  std::size_t split = 0;
  bool any = false;
  for (std::size_t i = 0; i < n; ++i) {
    const auto words = word_hashes(shorter[i]);
    const double here = likeness(words, word_hashes(longer[i]));
    const double there = likeness(words, word_hashes(longer[i + shift]));
    any = any || here > 0.0 || there > 0.0;
    gain += here - there;
    // On a tie the halves of a broken line are alike in both places: the split is after the first half.
    if (gain > best || (gain == best && split == i && here > 0.0)) {
      best = gain;
      split = i + 1;
    }
  }
  if (any) return split;
  // Nothing is alike: an empty line is the likeliest accident, else the surplus at the end.
  const auto empty = std::find(longer.begin(), longer.end(), std::string());
  return empty != longer.end() ? static_cast<std::size_t>(empty - longer.begin()) : shorter.size();
}

}  // namespace evalpp::inline EVALPP_ABI::data::detail
