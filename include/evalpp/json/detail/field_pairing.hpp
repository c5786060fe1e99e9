// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/json/detail/assignment.hpp>
#include <evalpp/json/detail/field_rules.hpp>
#include <evalpp/json/detail/field_tree.hpp>
#include <evalpp/json/detail/normal_text.hpp>
#include <evalpp/json/field_options.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// What the search for the best pairing of array items may cost.
struct pairing_limits {
  std::size_t items = 512;                       ///< of one array, without those that have an equal
  std::size_t pairs = std::size_t{1} << 21;      ///< kept at a time, some 50 bytes each
  std::uint64_t steps = std::uint64_t{1} << 29;  ///< in all: about a second
};

/// Finds out which fields of a prediction answer to which fields of a reference.
///
/// Lists pairs of containers from the root on, each followed by the pairs of children that it leads to, and
/// folds the list from its end, so that a pair finds the matches of its children counted. No recursion.
/// Linear (and n log n for sorting) but for `assignment`, and for `multiset` with a tolerance, where being
/// equal is no equivalence; for these the limits hold.
class field_pairing {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  static constexpr std::uint32_t whole = none - 1;  ///< everything in the field is matched

  field_counts run(value reference, value prediction, const field_options& options,
                   const pairing_limits& limits) {
    limits_ = limits;
    any_order_ = options.any_of(array_mode::multiset) || options.any_of(array_mode::assignment);
    numbered_ = any_order_ || options.any_of(array_mode::keyed);
    paths_.start(options);
    reference_.build(reference, paths_);
    prediction_.build(prediction, paths_, paths_.size());
    if (numbered_) {
      ids_.clear(reference_.size() + prediction_.size());
      reference_.number(ids_, paths_);
      prediction_.number(ids_, paths_);
    }
    clear(false);
    if (reference_.size() != 0 && prediction_.size() != 0 && !list_pairs()) {
      clear(true);
      list_pairs();
    }
    fold_pairs();
    return {matched_, prediction_.leaves(), reference_.leaves(), limited_};
  }

  /// Goes back from the root and writes down the partner of each field, for `partner_of`.
  void trace();

  const field_tree& reference() const { return reference_; }
  const field_tree& prediction() const { return prediction_; }
  /// The field of the prediction that answers to field `i` of the reference, `whole`, or `none`.
  std::uint32_t partner_of(std::size_t i) const { return partners_[i]; }

  /// Do these leaves match?
  bool same_leaf(const field& a, const field& b) {
    if (a.value.kind() != b.value.kind() || a.count + b.count != 0) return false;
    const bool number = a.value.is_number();
    if (numbered_ && !a.loose) return a.id == b.id;
    if (number) {
      const std::string_view x = a.value.number_text();
      const std::string_view y = b.value.number_text();
      steps_ += 8 * (x.size() + y.size());  // as much as it may read
      return paths_[a.path].numbers.within(x, y);
    }
    if (a.value.is_string())
      return same_text(*a.value.as_string(), *b.value.as_string(), paths_[a.path].text);
    return a.value.as_bool() == b.value.as_bool();
  }

 private:
  static constexpr std::size_t unplaced = static_cast<std::size_t>(-1);

  /// Two containers of one kind, both with children.
  struct pair {
    std::uint32_t reference = 0;
    std::uint32_t prediction = 0;
    std::uint32_t parent = none;
    std::uint32_t block = none;   // what its items are chosen from
    std::size_t cell = unplaced;  // where it stands in its parent's block, when it does
    std::int64_t matched = 0;
  };
  /// Items of two arrays of which each may be paired with each, and what every pair would match.
  struct block {
    std::size_t rows_at = 0;  // in items_, and in chosen_ the column of each
    std::size_t rows = 0;
    std::size_t columns_at = 0;
    std::size_t columns = 0;
    std::size_t cells_at = 0;
  };
  struct item {
    std::uint32_t id = 0;
    std::uint32_t index = 0;

    bool operator<(const item& other) const { return id != other.id ? id < other.id : index < other.index; }
  };

  void clear(bool in_order) {
    in_order_ = in_order;
    pairs_.clear();
    blocks_.clear();
    items_.clear();
    cells_.clear();
    matched_ = 0;
    limited_ = 0;
    steps_ = 0;
  }

  bool same_text(std::string_view a, std::string_view b, text_rules rules) {
    if (a == b) return true;
    if (!rules.any()) return false;
    text_a_.clear();
    text_b_.clear();
    append_normal(a, rules, text_a_);
    append_normal(b, rules, text_b_);
    return text_a_ == text_b_;
  }

  /// Two fields that are the same wherever they stand.
  bool interchangeable(const field& a, const field& b) const {
    return any_order_ && a.id == b.id && !a.keyed;
  }
  static bool nests(const field& a, const field& b) {
    return a.value.kind() == b.value.kind() && a.count != 0 && b.count != 0;
  }

  /// Does it count what two children of containers have in common? In a multiset only items that are equal
  /// do.
  bool counts(const field& container, std::size_t x, std::size_t y, std::int64_t matched) const {
    if (!container.is_array() || paths_[container.path].arrays != array_mode::multiset) return true;
    return matched == reference_[x].leaves && matched == prediction_[y].leaves;
  }
  std::int64_t worth(const field& container, std::size_t x, std::size_t y, std::int64_t matched) const {
    return counts(container, x, y, matched) ? matched : 0;
  }

  /// The leaves that two fields have in common when that can be told at once; else 0, and their pair is
  /// listed.
  std::int64_t meet(std::size_t x, std::size_t y, std::uint32_t parent, std::size_t cell) {
    const field& a = reference_[x];
    const field& b = prediction_[y];
    if (interchangeable(a, b)) return a.leaves;
    if (!nests(a, b)) return same_leaf(a, b) ? 1 : 0;
    pairs_.push_back({static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), parent, none, cell, 0});
    return 0;
  }

  /// Calls f(field, field) for the children that belong together. Leaves in rows_ and columns_ those that may
  /// be paired at will. Returns true when a limit kept it from leaving them there.
  template <class F>
  bool join(const field& a, const field& b, const F& f);
  template <class F>
  void join_members(const field& a, const field& b, const F& f);
  template <class F>
  void join_equal(const F& f);
  template <class F>
  static void join_in_order(const std::vector<item>& a, const std::vector<item>& b, const F& f) {
    for (std::size_t i = 0; i < (std::min)(a.size(), b.size()); ++i) f(a[i].index, b[i].index);
  }
  void collect(const field_tree& tree, const field& array, std::vector<item>& out) const {
    out.clear();
    for (std::uint32_t i = array.first; i != array.first + array.count; ++i) out.push_back({tree[i].id, i});
  }
  static void collect_keyed(const field_tree& tree, const field& array, std::string_view key,
                            std::vector<item>& out);

  bool list_pairs();
  bool list_block(std::uint32_t parent);
  void fold_pairs();
  void settle(const field& container, std::size_t x, std::size_t y);
  bool is_taken(const pair& p) const;

  pairing_limits limits_;
  field_paths paths_;
  bool any_order_ = false;
  bool numbered_ = false;
  bool in_order_ = false;  // a limit was hit: pair what has no equal by its index
  field_tree reference_;
  field_tree prediction_;
  dictionary<std::string_view> ids_;
  std::int64_t matched_ = 0;
  std::int64_t limited_ = 0;
  std::uint64_t steps_ = 0;
  std::vector<pair> pairs_;
  std::vector<block> blocks_;
  std::vector<std::uint32_t> items_;
  std::vector<std::int64_t> cells_;
  std::vector<std::size_t> chosen_;
  std::vector<item> rows_;
  std::vector<item> columns_;
  std::vector<std::uint32_t> partners_;
  std::vector<unsigned char> taken_;
  std::vector<char> text_a_;
  std::vector<char> text_b_;
  assignment assignment_;
};

template <class F>
void field_pairing::join_members(const field& a, const field& b, const F& f) {
  std::uint32_t i = a.first;
  std::uint32_t j = b.first;
  while (i != a.first + a.count && j != b.first + b.count) {
    const std::string_view x = reference_[i].key;
    const std::string_view y = prediction_[j].key;
    steps_ += 8 + (std::min)(x.size(), y.size()) / 8;
    if (x == y) {
      f(i++, j++);
    } else if (field_tree::key_before(x, y)) {
      ++i;
    } else {
      ++j;
    }
  }
}

/// Pairs the first of rows_ and columns_ with an id with the first, the second with the second, and leaves
/// the others, by their index.
template <class F>
void field_pairing::join_equal(const F& f) {
  std::sort(rows_.begin(), rows_.end());
  std::sort(columns_.begin(), columns_.end());
  std::size_t i = 0;
  std::size_t j = 0;
  std::size_t rows = 0;
  std::size_t columns = 0;
  while (i < rows_.size() || j < columns_.size()) {
    if (i < rows_.size() && j < columns_.size() && rows_[i].id == columns_[j].id) {
      f(rows_[i++].index, columns_[j++].index);
    } else if (j == columns_.size() || (i < rows_.size() && rows_[i].id < columns_[j].id)) {
      rows_[rows++] = rows_[i++];
    } else {
      columns_[columns++] = columns_[j++];
    }
  }
  rows_.resize(rows);
  columns_.resize(columns);
  const auto by_index = [](const item& x, const item& y) { return x.index < y.index; };
  std::sort(rows_.begin(), rows_.end(), by_index);
  std::sort(columns_.begin(), columns_.end(), by_index);
}

/// The items that are objects with the key, by its value.
inline void field_pairing::collect_keyed(const field_tree& tree, const field& array, std::string_view key,
                                         std::vector<item>& out) {
  out.clear();
  for (std::uint32_t i = array.first; i != array.first + array.count; ++i) {
    if (!tree[i].is_object()) continue;
    if (const field* const member = tree.find(tree[i], key)) out.push_back({member->id, i});
  }
}

template <class F>
bool field_pairing::join(const field& a, const field& b, const F& f) {
  rows_.clear();
  columns_.clear();
  if (a.is_object()) {
    join_members(a, b, f);
    return false;
  }
  const field_rules& rules = paths_[a.path];
  if (rules.arrays == array_mode::keyed) {
    collect_keyed(reference_, a, paths_.key(rules), rows_);
    if (!rows_.empty()) {
      collect_keyed(prediction_, b, paths_.key(rules), columns_);
      join_equal(f);
      rows_.clear();
      columns_.clear();
      return false;
    }
  }
  if (!rules.any_order()) {
    for (std::uint32_t i = 0; i != (std::min)(a.count, b.count); ++i) f(a.first + i, b.first + i);
    return false;
  }
  collect(reference_, a, rows_);
  collect(prediction_, b, columns_);
  // Where equality is an equivalence, items that are equal can be paired without losing anything: what two
  // others would match with them, these match with each other.
  const bool equivalence = !a.loose && !b.loose && !a.keyed && !b.keyed;
  if (equivalence) {
    join_equal(f);
    if (rules.arrays == array_mode::multiset) {
      rows_.clear();
      columns_.clear();
    }
  }
  if (rows_.empty() || columns_.empty()) return false;
  if (!in_order_ && (std::max)(rows_.size(), columns_.size()) <= limits_.items) return false;
  if (!equivalence) join_equal(f);
  join_in_order(rows_, columns_, f);
  const bool limited = !rows_.empty() && !columns_.empty();
  rows_.clear();
  columns_.clear();
  return limited;
}

/// False when a limit was hit. The tables of each block are bounded, and so is what they lead to.
inline bool field_pairing::list_pairs() {
  matched_ = meet(0, 0, none, unplaced);
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const auto self = static_cast<std::uint32_t>(i);
    const field& a = reference_[pairs_[i].reference];
    const field& b = prediction_[pairs_[i].prediction];
    std::int64_t sum = 0;
    const bool limited =
        join(a, b, [&](std::size_t x, std::size_t y) { sum += worth(a, x, y, meet(x, y, self, unplaced)); });
    if (limited) ++limited_;
    if (!rows_.empty() && !columns_.empty() && !list_block(self)) return false;
    pairs_[i].matched = sum;
    if (!any_order_ || in_order_) continue;
    steps_ += a.count + b.count;
    if (steps_ > limits_.steps || pairs_.size() > limits_.pairs) return false;
  }
  return true;
}

inline bool field_pairing::list_block(std::uint32_t parent) {
  const std::size_t cells = rows_.size() * columns_.size();
  steps_ += cells * (std::min)(rows_.size(), columns_.size());
  if (steps_ > limits_.steps || cells_.size() + cells > limits_.pairs) return false;
  const block b{items_.size(), rows_.size(), items_.size() + rows_.size(), columns_.size(), cells_.size()};
  for (const item& row : rows_) items_.push_back(row.index);
  for (const item& column : columns_) items_.push_back(column.index);
  cells_.resize(cells_.size() + cells);
  pairs_[parent].block = static_cast<std::uint32_t>(blocks_.size());
  blocks_.push_back(b);
  const field& array = reference_[pairs_[parent].reference];
  std::size_t cell = b.cells_at;
  for (const item& row : rows_) {
    for (const item& column : columns_) {
      cells_[cell] = worth(array, row.index, column.index, meet(row.index, column.index, parent, cell));
      ++cell;
    }
    if (steps_ > limits_.steps || pairs_.size() > limits_.pairs) return false;
  }
  return true;
}

inline void field_pairing::fold_pairs() {
  chosen_.resize(items_.size());
  for (std::size_t i = pairs_.size(); i-- > 0;) {
    pair& p = pairs_[i];
    if (p.block != none) {
      const block& b = blocks_[p.block];
      p.matched += assignment_.solve({cells_.data() + b.cells_at, b.rows * b.columns}, b.rows, b.columns,
                                     {chosen_.data() + b.rows_at, b.rows});
    }
    if (p.parent == none) {
      matched_ = p.matched;
      continue;
    }
    pair& parent = pairs_[p.parent];
    const std::int64_t matched = worth(reference_[parent.reference], p.reference, p.prediction, p.matched);
    (p.cell == unplaced ? parent.matched : cells_[p.cell]) += matched;
  }
}

/// Notes the partners of two fields that belong together, when no pair of the list will.
inline void field_pairing::settle(const field& container, std::size_t x, std::size_t y) {
  const field& a = reference_[x];
  const field& b = prediction_[y];
  if (interchangeable(a, b)) {
    partners_[x] = whole;
  } else if (!nests(a, b) && counts(container, x, y, same_leaf(a, b) ? 1 : 0)) {
    partners_[x] = static_cast<std::uint32_t>(y);
  }
}

/// Was this pair chosen by its parent, which was itself?
inline bool field_pairing::is_taken(const pair& p) const {
  if (p.parent == none) return true;
  if (taken_[p.parent] == 0) return false;
  const pair& parent = pairs_[p.parent];
  if (!counts(reference_[parent.reference], p.reference, p.prediction, p.matched)) return false;
  if (p.cell == unplaced) return true;
  const block& b = blocks_[parent.block];
  const std::size_t cell = p.cell - b.cells_at;
  return chosen_[b.rows_at + cell / b.columns] == cell % b.columns;
}

inline void field_pairing::trace() {
  partners_.assign(reference_.size(), none);
  if (reference_.size() == 0 || prediction_.size() == 0) return;
  settle(field{}, 0, 0);
  taken_.assign(pairs_.size(), 0);
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const pair& p = pairs_[i];
    if (!is_taken(p)) continue;
    taken_[i] = 1;
    partners_[p.reference] = p.prediction;
    const field& a = reference_[p.reference];
    join(a, prediction_[p.prediction], [&](std::size_t x, std::size_t y) { settle(a, x, y); });
    if (p.block == none) continue;
    const block& b = blocks_[p.block];
    for (std::size_t row = 0; row < b.rows; ++row) {
      const std::size_t column = chosen_[b.rows_at + row];
      if (column != assignment::none) settle(a, items_[b.rows_at + row], items_[b.columns_at + column]);
    }
  }
  for (std::size_t i = 1; i < reference_.size(); ++i) {
    if (partners_[reference_[i].parent] == whole) partners_[i] = whole;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
