// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/metrics/detail/lcs_lines.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// One row of the table of weighted common subsequences: the best weight, and the run of matches
/// that ends there.
struct weighted_cell {
  double weight;
  std::uint32_t run;
};

struct weighted_lcs_scratch {
  double exponent = 0;
  std::vector<double> powers;  // k^exponent
  std::vector<weighted_cell> row, checkpoints;
  std::vector<std::uint64_t> leftward;  // one bit per cell of the rows of a block
  std::vector<bool> taken;
  std::vector<std::uint32_t> left;
};

/// The weighted LCS of ROUGE-1.5.5, in which a run of k matches weighs k^exponent. The weights are
/// real and which of two equals is traced matters, so the table is filled cell by cell, in its
/// order of operations: O(hypothesis * reference) time. Of the table, one bit per cell is kept for
/// the rows of a block, and the first row of each block: memory grows with the root of the longest
/// line times the other line.
class weighted_lcs {
 public:
  weighted_lcs(double exponent, weighted_lcs_scratch& scratch) : scratch_(scratch), exponent_(exponent) {
    if (scratch.exponent != exponent) scratch.powers.clear();
    scratch.exponent = exponent;
  }

  double power(std::size_t k) {
    for (std::size_t next = scratch_.powers.size(); next <= k; ++next)
      scratch_.powers.push_back(std::pow(static_cast<double>(next), exponent_));
    return scratch_.powers[k];
  }

  /// The weighted matches of the whole texts, and `base`, the sum of the weighted lines.
  double hits(const token_ids& hypothesis, const token_ids& reference, std::uint32_t vocabulary,
              double& base) {
    power((std::max)(hypothesis.size(), reference.size()));
    scratch_.left.assign(std::size_t{vocabulary} + 1, 0);
    for (const std::uint32_t id : hypothesis.ids) ++scratch_.left[id];
    scratch_.left[unknown_token] = 0;
    double hits = 0;
    base = 0;
    for_each_line(reference, [&](std::uint32_t begin, std::uint32_t end) {
      base = keep(base + power(end - begin));
      const auto line = reference.ids.subspan(begin, end - begin);
      scratch_.taken.assign(line.size(), false);
      for_each_line(hypothesis, [&](std::uint32_t from, std::uint32_t to) {
        mark(line, hypothesis.ids.subspan(from, to - from));
      });
      hits = keep(hits + runs(line));
    });
    return hits;
  }

 private:
  using tokens = std::span<const std::uint32_t>;
  static constexpr std::size_t words_kept = std::size_t{1} << 16;  // half a megabyte of bits

  /// A run counts when the position after it is no match or the line ends: one whose last token is
  /// used up already goes on into the next run, or is lost at the end of the line.
  double runs(tokens line) {
    double hits = 0;
    std::size_t run = 0;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (!scratch_.taken[i] || scratch_.left[line[i]] == 0) continue;
      --scratch_.left[line[i]];
      ++run;
      if (i + 1 < line.size() && scratch_.taken[i + 1]) continue;
      hits = keep(hits + power(run));
      run = 0;
    }
    return hits;
  }

  void mark(tokens reference, tokens hypothesis) {
    const std::size_t words = (hypothesis.size() + 63) / 64;
    // A checkpoint of 16 bytes a cell every `stride` rows weighs as much as `stride` rows of bits.
    const auto root = static_cast<std::size_t>(std::sqrt(128.0 * static_cast<double>(reference.size())));
    const std::size_t stride = (std::max)({words_kept / words, root, std::size_t{1}});
    scratch_.leftward.resize((std::min)(stride, reference.size()) * words);
    scratch_.row.assign(hypothesis.size() + 1, {0, 0});
    scratch_.checkpoints.clear();
    std::size_t block = 0;
    for (; reference.size() - block > stride; block += stride) {
      keep_checkpoint();
      fill(reference.subspan(block, stride), hypothesis, words);
    }
    keep_checkpoint();

    std::size_t i = reference.size();
    std::size_t j = hypothesis.size();
    for (;; block -= stride) {
      restore_checkpoint();
      fill(reference.subspan(block, (std::min)(stride, reference.size() - block)), hypothesis, words);
      while (i > block && j > 0) {
        if (reference[i - 1] == hypothesis[j - 1]) {
          --i;
          --j;
          scratch_.taken[i] = true;
        } else if ((scratch_.leftward[(i - 1 - block) * words + (j - 1) / 64] >> ((j - 1) % 64) & 1) != 0) {
          --j;
        } else {
          --i;
        }
      }
      if (block == 0 || j == 0) return;
    }
  }

  void fill(tokens reference, tokens hypothesis, std::size_t words) {
    weighted_cell* const row = scratch_.row.data();
    const double* const powers = scratch_.powers.data();
    std::uint64_t* leftward = scratch_.leftward.data();
    std::fill_n(leftward, reference.size() * words, 0u);
    for (const std::uint32_t id : reference) {
      weighted_cell diagonal = row[0];
      for (std::size_t j = 0; j < hypothesis.size(); ++j) {
        const weighted_cell above = row[j + 1];
        weighted_cell& cell = row[j + 1];
        if (hypothesis[j] == id) {
          const std::uint32_t run = diagonal.run;
          cell = {keep(keep(diagonal.weight + powers[run + 1]) - powers[run]), run + 1};
        } else if (above.weight >= row[j].weight) {
          cell.run = 0;
        } else {
          cell = {row[j].weight, 0};
          leftward[j / 64] |= std::uint64_t{1} << (j % 64);
        }
        diagonal = above;
      }
      leftward += words;
    }
  }

  void keep_checkpoint() {
    scratch_.checkpoints.insert(scratch_.checkpoints.end(), scratch_.row.begin(), scratch_.row.end());
  }
  void restore_checkpoint() {
    const std::size_t rest = scratch_.checkpoints.size() - scratch_.row.size();
    std::copy_n(scratch_.checkpoints.begin() + static_cast<std::ptrdiff_t>(rest), scratch_.row.size(),
                scratch_.row.begin());
    scratch_.checkpoints.resize(rest);
  }

  weighted_lcs_scratch& scratch_;
  double exponent_;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
