// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/append_path.hpp>
#include <evalpp/json/detail/field_tree.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Where the leaves of a tree stand, in the same words for all items of an array: `order.lines[].price`. A
/// key that would not read back is in brackets and quotes, `a["b.c"]`; the root is `$`. Different places have
/// different paths.
class field_path {
 public:
  /// Call before the first leaf of each tree.
  void reset() { parent_ = none; }

  /// Valid until the next call. Fast for siblings one after another.
  std::string_view of(const field_tree& fields, std::size_t i) {
    if (i == 0) return "$";
    if (fields[i].parent != parent_) {
      parent_ = fields[i].parent;
      above_.clear();
      for (std::uint32_t at = parent_; at != 0; at = fields[at].parent) above_.push_back(at);
      text_.clear();
      for (std::size_t level = above_.size(); level-- > 0;) append(fields, fields[above_[level]]);
      prefix_ = text_.size();
    }
    text_.resize(prefix_);
    append(fields, fields[i]);
    return text_;
  }

 private:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  void append(const field_tree& fields, const field& f) {
    if (fields[f.parent].is_array())
      text_ += "[]";
    else
      append_path(text_, f.key);
  }

  std::uint32_t parent_ = none;
  std::size_t prefix_ = 0;
  std::string text_;
  std::vector<std::uint32_t> above_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
