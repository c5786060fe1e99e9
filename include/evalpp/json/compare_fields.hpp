// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/field_pairing.hpp>
#include <evalpp/json/detail/field_path.hpp>
#include <evalpp/json/field_options.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json {

/// What became of one leaf of the reference.
struct field_outcome {
  /// Its keys from the root on, indices of arrays left out: `items[].price`. See `field_path`.
  std::string_view path;
  bool present = false;   ///< the prediction has something in this place
  bool type_ok = false;   ///< of the same kind
  bool value_ok = false;  ///< and equal: the leaf is matched
  value expected;
  value found;  ///< what the prediction has instead; absent when nothing, or when the value is right
};

/// Compares predictions with references field by field, one after another, and reuses its memory: it does not
/// allocate once it has seen the largest.
///
/// Both values are taken apart into leaves: scalars, `{}` and `[]`. A leaf of the reference is matched when
/// the prediction has an equal one in the same place; where that is in an array, `field_options` says.
/// Scalars are equal by kind and value (`1` and `1.0` are, `1` and `true` or `"1"` are not); below values of
/// different kinds nothing matches.
///
/// Linear in both values but for sorting members and, in `assignment`, choosing among n items that have no
/// equal on the other side: O(n^3), and `multiset` likewise for items with numbers that have a tolerance or
/// with keyed arrays in them. An array with more than 512 of them has them compared by their index instead; a
/// value that would take more than 2^29 steps or 2^21 pairs in all has that done in every array.
/// `field_counts::limited` counts the arrays this was done to.
class field_comparer {
 public:
  /// Both documents must outlive the next call of `for_each_field`. An absent value has no leaves.
  field_counts compare(value reference, value prediction, const field_options& options = {}) {
    return pairing_.run(reference, prediction, options, limits_);
  }

  /// Calls `visit(field_outcome)` for each leaf of the last reference, level by level, in the order of items
  /// and in a fixed order of keys. As many are `value_ok` as `compare` has counted as matched.
  template <class Visitor>
  void for_each_field(Visitor&& visit) {
    pairing_.trace();
    const detail::field_tree& fields = pairing_.reference();
    path_.reset();
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const detail::field& leaf = fields[i];
      if (leaf.count != 0) continue;
      field_outcome outcome;
      outcome.path = path_.of(fields, i);
      outcome.expected = leaf.value;
      const std::uint32_t partner = pairing_.partner_of(i);
      if (partner == detail::field_pairing::whole) {
        outcome.present = outcome.type_ok = outcome.value_ok = true;
      } else if (partner != detail::field_pairing::none) {
        const detail::field& other = pairing_.prediction()[partner];
        outcome.present = true;
        outcome.type_ok = leaf.value.kind() == other.value.kind();
        outcome.value_ok = pairing_.same_leaf(leaf, other);
        if (!outcome.value_ok) outcome.found = other.value;
      }
      visit(static_cast<const field_outcome&>(outcome));
    }
  }

 private:
  detail::field_pairing pairing_;
  detail::pairing_limits limits_;
  detail::field_path path_;
};

/// `field_comparer` for one comparison.
///
///     auto counts = evalpp::json::compare_fields(reference.root(), prediction.root(),
///                                                {.arrays = evalpp::json::array_mode::assignment});
///     double f1 = counts.f1();
inline field_counts compare_fields(value reference, value prediction, const field_options& options = {}) {
  return field_comparer().compare(reference, prediction, options);
}

}  // namespace evalpp::inline EVALPP_ABI::json
