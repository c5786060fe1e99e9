// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

// The textbook form of edit distance and jiwer's split of it, with the whole matrix in memory. Slow, and
// obviously right: the oracle of the bit-parallel kernels.
namespace reference {

using matrix = std::vector<std::vector<std::int64_t>>;

/// distance[i][j] between the first i tokens of `a` and the first j of `b`.
template <class Tokens>
matrix levenshtein_matrix(const Tokens& a, const Tokens& b) {
  matrix d(a.size() + 1, std::vector<std::int64_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i)
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        d[i][j] = static_cast<std::int64_t>(i + j);
        continue;
      }
      const std::int64_t diagonal = d[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      d[i][j] = std::min({diagonal, d[i - 1][j] + 1, d[i][j - 1] + 1});
    }
  return d;
}

template <class Tokens>
std::int64_t levenshtein(const Tokens& a, const Tokens& b) {
  return levenshtein_matrix(a, b)[a.size()][b.size()];
}

struct edit_split {
  std::int64_t hits = 0, substitutions = 0, insertions = 0, deletions = 0;
  bool operator==(const edit_split&) const = default;
};

/// jiwer 4 (rapidfuzz): what a common prefix and then a common suffix hold are hits; the rest is
/// traced back from its end, preferring a deletion, then an insertion, then the diagonal.
template <class Tokens>
edit_split jiwer_split(const Tokens& reference, const Tokens& hypothesis) {
  edit_split counts;
  std::size_t begin = 0, reference_end = reference.size(), hypothesis_end = hypothesis.size();
  while (begin < reference_end && begin < hypothesis_end && reference[begin] == hypothesis[begin]) ++begin;
  while (reference_end > begin && hypothesis_end > begin &&
         reference[reference_end - 1] == hypothesis[hypothesis_end - 1]) {
    --reference_end;
    --hypothesis_end;
  }
  counts.hits = static_cast<std::int64_t>(begin + (reference.size() - reference_end));

  const auto offset = [&](std::size_t k) { return static_cast<std::ptrdiff_t>(k); };
  const Tokens r(reference.begin() + offset(begin), reference.begin() + offset(reference_end));
  const Tokens h(hypothesis.begin() + offset(begin), hypothesis.begin() + offset(hypothesis_end));
  const matrix d = levenshtein_matrix(r, h);
  std::size_t i = r.size(), j = h.size();
  while (i > 0 && j > 0) {
    if (d[i][j] == d[i - 1][j] + 1) {
      ++counts.deletions;
      --i;
    } else if (j > 1 && d[i][j - 1] == d[i - 1][j - 1] - 1) {
      ++counts.insertions;
      --j;
    } else {
      r[i - 1] == h[j - 1] ? ++counts.hits : ++counts.substitutions;
      --i;
      --j;
    }
  }
  counts.deletions += static_cast<std::int64_t>(i);
  counts.insertions += static_cast<std::int64_t>(j);
  return counts;
}

}  // namespace reference
