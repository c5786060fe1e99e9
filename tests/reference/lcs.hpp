// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

// Longest common subsequences by full tables, as the textbook and the ROUGE tools write them: the
// oracle of the bit-parallel kernels. Quadratic memory, any token type with equality.
namespace evalpp::reference {

using lcs_matrix = std::vector<std::vector<std::size_t>>;

/// `table[i][j]` = LCS length of the first i tokens of `reference` and the first j of `hypothesis`.
template <class Tokens>
lcs_matrix lcs_table(const Tokens& reference, const Tokens& hypothesis) {
  lcs_matrix table(reference.size() + 1, std::vector<std::size_t>(hypothesis.size() + 1, 0));
  for (std::size_t i = 1; i <= reference.size(); ++i)
    for (std::size_t j = 1; j <= hypothesis.size(); ++j)
      table[i][j] = reference[i - 1] == hypothesis[j - 1] ? table[i - 1][j - 1] + 1
                                                          : std::max(table[i - 1][j], table[i][j - 1]);
  return table;
}

template <class Tokens>
std::size_t lcs_length(const Tokens& reference, const Tokens& hypothesis) {
  return lcs_table(reference, hypothesis).back().back();
}

/// Marks in `taken` the reference positions of the one LCS that the ROUGE tools trace: from the
/// end, a match is taken, else a hypothesis token is dropped where that alone keeps the length.
template <class Tokens>
void mark_lcs(const Tokens& reference, const Tokens& hypothesis, std::vector<bool>& taken) {
  const lcs_matrix table = lcs_table(reference, hypothesis);
  std::size_t i = reference.size();
  std::size_t j = hypothesis.size();
  while (i > 0 && j > 0) {
    if (reference[i - 1] == hypothesis[j - 1]) {
      --i;
      --j;
      taken[i] = true;
    } else if (table[i][j - 1] > table[i - 1][j]) {
      --j;
    } else {
      --i;
    }
  }
}

/// The union, over the lines of the hypothesis, of the positions that `mark_lcs` marks.
template <class Tokens>
std::vector<bool> union_lcs(const Tokens& reference_line, const std::vector<Tokens>& hypothesis_lines) {
  std::vector<bool> taken(reference_line.size(), false);
  for (const Tokens& line : hypothesis_lines) mark_lcs(reference_line, line, taken);
  return taken;
}

}  // namespace evalpp::reference
