// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
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
/// traced back from its end, preferring a deletion, then an insertion, then the diagonal. When the two bit
/// matrices of a rest would take a megabyte, given that there are at most `most` edits, the hypothesis is
/// halved and the reference cut at the first place where the distances of the halves add up to that of
/// the whole (Hirschberg).
template <class Tokens>
edit_split jiwer_split(const Tokens& reference, const Tokens& hypothesis,
                       std::int64_t most = std::numeric_limits<std::int64_t>::max()) {
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
  matrix d = levenshtein_matrix(r, h);
  const std::size_t band =
      std::min(r.size(), 2 * std::min(static_cast<std::size_t>(most), std::max(r.size(), h.size())) + 1);
  if (2 * band * h.size() / 8 >= std::size_t{1} << 20 && r.size() >= 65 && h.size() >= 10) {
    const std::size_t half = h.size() / 2;
    const Tokens upper(h.begin(), h.begin() + offset(half)), lower(h.begin() + offset(half), h.end());
    std::vector<std::int64_t> above(r.size() + 1), sum(r.size() + 1);
    for (std::size_t i = 0; i <= r.size(); ++i) above[i] = d[i][half];
    d = levenshtein_matrix(Tokens(r.rbegin(), r.rend()), Tokens(lower.rbegin(), lower.rend()));
    for (std::size_t i = 0; i <= r.size(); ++i) sum[i] = above[i] + d[r.size() - i].back();
    d.clear();
    const auto cut = static_cast<std::size_t>(std::min_element(sum.begin(), sum.end()) - sum.begin());
    const Tokens left(r.begin(), r.begin() + offset(cut)), right(r.begin() + offset(cut), r.end());
    for (const edit_split& part :
         {jiwer_split(left, upper, above[cut]), jiwer_split(right, lower, sum[cut] - above[cut])}) {
      counts.hits += part.hits;
      counts.substitutions += part.substitutions;
      counts.insertions += part.insertions;
      counts.deletions += part.deletions;
    }
    return counts;
  }
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
