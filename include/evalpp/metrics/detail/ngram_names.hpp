// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/metrics/detail/ngram_masks.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// Clipped n-gram matches for references of any length: linear time and memory for any input.
///
/// Both texts are laid out in one sequence and every n-gram gets a dense name, order by order: an
/// n-gram is named by the names of its first and its last n-1 tokens. Grouping equal pairs needs
/// neither hashing nor comparing, so no input can make it slow: a counting sort by the first name,
/// then one look-up by the second. An n-gram that only one side has is named 0 and takes no further
/// part, which leaves little to do for the higher orders.
class ngram_names {
 public:
  template <bool Hits>
  void match(std::span<const std::uint32_t> hypothesis, std::span<const std::uint32_t> reference,
             std::uint32_t vocabulary, int last, ngram_sink out) {
    names_.resize(reference.size() + hypothesis.size() + 2);
    first_of_hypothesis_ = reference.size() + 2;
    names_[0] = names_[reference.size() + 1] = 0;  // so that no n-gram reaches across
    std::copy(reference.begin(), reference.end(), names_.begin() + 1);
    std::copy(hypothesis.begin(), hypothesis.end(),
              names_.begin() + static_cast<std::ptrdiff_t>(first_of_hypothesis_));

    name_tokens<Hits>(vocabulary, out);
    for (int n = 2; n <= last && any_shared_; ++n) name_longer<Hits>(n, out);
  }

 private:
  struct sides {
    std::uint32_t reference;
    std::uint32_t hypothesis;
    bool shared() const noexcept { return reference != 0 && hypothesis != 0; }
  };
  struct group {
    std::uint32_t prefix;  // the prefix that `name` goes with
    std::uint32_t name;
  };

  template <bool Hits>
  void tally(bool hit, std::size_t position, int n, ngram_sink out) const noexcept {
    if constexpr (Hits) {
      ngram_hits& at = out.hits[position - first_of_hypothesis_];
      at = static_cast<ngram_hits>(at | unsigned{hit} << (n - 1));
    } else {
      (*out.totals)[static_cast<std::size_t>(n - 1)] += hit;
    }
  }

  template <bool Hits>
  void name_tokens(std::uint32_t vocabulary, ngram_sink out) {
    count_ = vocabulary;
    counts_.assign(std::size_t{count_} + 1, sides{0, 0});
    for (std::size_t j = 1; j < first_of_hypothesis_ - 1; ++j) ++counts_[names_[j]].reference;
    for (std::size_t j = first_of_hypothesis_; j < names_.size(); ++j) {
      sides& c = counts_[names_[j]];
      tally<Hits>(c.hypothesis < c.reference, j, 1, out);  // unknown tokens: 0 < 0
      ++c.hypothesis;
    }
    any_shared_ = false;
    for (std::uint32_t& name : names_) {
      const bool shared = counts_[name].shared();
      any_shared_ |= shared;
      if (!shared) name = 0;
    }
  }

  template <bool Hits>
  void name_longer(int n, ngram_sink out) {
    // Where an n-gram may end, grouped by its prefix, in order of position within each group.
    starts_.assign(std::size_t{count_} + 2, 0);
    std::size_t candidates = 0;
    for (std::size_t j = 1; j < names_.size(); ++j) {
      const bool candidate = names_[j - 1] != 0 && names_[j] != 0;
      starts_[candidate ? names_[j - 1] + 1 : 0] += candidate;
      candidates += candidate;
    }
    for (std::size_t name = 1; name < starts_.size(); ++name) starts_[name] += starts_[name - 1];
    ends_.resize(candidates);
    for (std::size_t j = 1; j < names_.size(); ++j)
      if (names_[j - 1] != 0 && names_[j] != 0)
        ends_[starts_[names_[j - 1]]++] = static_cast<std::uint32_t>(j);

    groups_.assign(std::size_t{count_} + 1, group{0, 0});
    counts_.resize(candidates + 1);
    found_.resize(candidates);
    count_ = 0;
    for (std::size_t k = 0; k < candidates; ++k) {
      const std::size_t j = ends_[k];
      const std::uint32_t prefix = names_[j - 1];
      group& g = groups_[names_[j]];
      if (g.prefix != prefix) {
        g = {prefix, ++count_};
        counts_[count_] = {0, 0};
      }
      found_[k] = g.name;
      sides& c = counts_[g.name];
      if (j < first_of_hypothesis_) {
        ++c.reference;
      } else {  // all of the reference's are in: they stand before
        tally<Hits>(c.hypothesis < c.reference, j, n, out);
        ++c.hypothesis;
      }
    }

    std::fill(names_.begin(), names_.end(), 0u);
    any_shared_ = false;
    for (std::size_t k = 0; k < candidates; ++k)
      if (counts_[found_[k]].shared()) {
        names_[ends_[k]] = found_[k];
        any_shared_ = true;
      }
  }

  std::vector<std::uint32_t> names_;  // by position: 0, reference, 0, hypothesis
  std::size_t first_of_hypothesis_ = 0;
  std::uint32_t count_ = 0;  // names in use are 1..count_
  bool any_shared_ = false;
  std::vector<sides> counts_;          // by name
  std::vector<std::uint32_t> starts_;  // by prefix
  std::vector<std::uint32_t> ends_;    // positions, grouped by prefix
  std::vector<std::uint32_t> found_;   // the new name for each of them
  std::vector<group> groups_;          // by suffix
};

}  // namespace evalpp::inline EVALPP_ABI::detail
