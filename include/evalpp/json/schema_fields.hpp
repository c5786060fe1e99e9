// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/compare_fields.hpp>
#include <evalpp/json/detail/append_path.hpp>
#include <evalpp/json/detail/declared_fields.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// Looks at values field by field with nothing but a schema to go by: which of the fields that it declares
/// are there, of the right type, valid. What `field_comparer` does with a reference. Feeds a `field_table`:
///
///     schema_fields fields(*schema);
///     fields.for_each_field(document.root(), [&](const field_outcome& field) { table.add(field); });
///
/// Paths are those of `field_outcome`, with `*` for members that are declared by a pattern or as additional
/// ones. What holds only under a condition (unions, if, dependencies) declares nothing.
class schema_fields {
 public:
  /// What lies deeper is not looked at.
  static constexpr std::size_t max_depth = 16;

  explicit schema_fields(schema s) : schema_(std::move(s)) {}

  /// Calls `visit(field_outcome)` for each declared field below the root, level by level. `value_ok` says
  /// that the value and all below it are valid, `expected` is absent. Linear in the value, times its depth.
  template <class Visitor>
  void for_each_field(value document, Visitor&& visit) {
    walk_.walk(
        schema_.program(), document,
        [&](std::size_t i) {
          if (i != 0) visit(static_cast<const field_outcome&>(look_at(i)));
          return true;
        },
        max_depth);
  }

 private:
  using fields = detail::declared_fields;

  const field_outcome& look_at(std::size_t i) {
    const fields::field& f = walk_.fields()[i];
    write_path(i);
    outcome_ = {};
    outcome_.path = path_;
    if (!f.value.exists()) return outcome_;
    outcome_.present = true;
    outcome_.type_ok = walk_.type_fits();
    outcome_.value_ok = walk_.value_fits(f);
    if (!outcome_.value_ok) outcome_.found = f.value;
    return outcome_;
  }

  void write_path(std::size_t i) {
    way_.clear();
    for (auto at = static_cast<std::uint32_t>(i); at != 0; at = walk_.fields()[at].parent) way_.push_back(at);
    path_.clear();
    for (std::size_t level = way_.size(); level-- > 0;) {
      const fields::field& f = walk_.fields()[way_[level]];
      if (f.how == fields::step::item)
        path_ += "[]";
      else
        detail::append_path(path_, f.how == fields::step::any_member ? "*" : f.key);
    }
  }

  schema schema_;
  fields walk_;
  field_outcome outcome_;
  std::string path_;
  std::vector<std::uint32_t> way_;
};

}  // namespace evalpp::inline EVALPP_ABI::json
