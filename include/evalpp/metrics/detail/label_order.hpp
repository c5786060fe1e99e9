// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// How the labels of a classification are listed.
enum class label_order {
  automatic,  ///< as integers when every label is one, else as text
  text,       ///< by code point
  numeric,    ///< integers by value, before all other labels
};

constexpr std::string_view to_string(label_order order) noexcept {
  return order == label_order::automatic ? "auto" : order == label_order::text ? "text" : "numeric";
}

namespace detail {

/// Reads a label as the integer whose decimal text it is: "7", "-12", not "07", "+7" or "-0".
inline bool integer_label(std::string_view label, std::int64_t& value) noexcept {
  const char* const last = label.data() + label.size();
  const auto [end, fault] = std::from_chars(label.data(), last, value);
  if (fault != std::errc{} || end != last) return false;
  char text[24];
  const char* const text_end = std::to_chars(text, text + sizeof text, value).ptr;
  return label == std::string_view(text, static_cast<std::size_t>(text_end - text));
}

/// Different labels in the order of a report, found again by their text.
class label_index {
 public:
  /// Takes labels in any order, repeated as they come; the views must outlive the index.
  label_index(std::vector<std::string_view> labels, label_order order) : sorted_(std::move(labels)) {
    std::sort(sorted_.begin(), sorted_.end());
    sorted_.erase(std::unique(sorted_.begin(), sorted_.end()), sorted_.end());

    struct listed {
      bool is_text;
      std::int64_t value;
      std::size_t k;
    };
    std::vector<listed> list(sorted_.size());
    for (std::size_t k = 0; k < sorted_.size(); ++k) {
      std::int64_t value = 0;
      const bool integer = integer_label(sorted_[k], value);
      list[k] = {!integer, integer ? value : 0, k};
    }
    integers_ = std::none_of(list.begin(), list.end(), [](const listed& l) { return l.is_text; });
    if (order == label_order::text) integers_ = false;
    if (integers_ || order == label_order::numeric)
      std::sort(list.begin(), list.end(), [](const listed& a, const listed& b) {
        if (a.is_text != b.is_text) return b.is_text;
        return a.value != b.value ? a.value < b.value : a.k < b.k;
      });

    names_.reserve(list.size());
    rank_.resize(list.size());
    for (std::size_t position = 0; position < list.size(); ++position) {
      names_.emplace_back(sorted_[list[position].k]);
      rank_[list[position].k] = position;
    }
  }

  std::size_t size() const noexcept { return names_.size(); }
  const std::vector<std::string>& names() const noexcept { return names_; }
  /// True when all labels are integers and listed as such.
  bool integers() const noexcept { return integers_; }

  /// The position of a label that is known to be there.
  std::size_t operator[](std::string_view label) const noexcept {
    const auto at = std::lower_bound(sorted_.begin(), sorted_.end(), label);
    return rank_[static_cast<std::size_t>(at - sorted_.begin())];
  }

 private:
  std::vector<std::string_view> sorted_;  // by bytes, which is by code point for UTF-8
  std::vector<std::size_t> rank_;         // sorted_[k] is listed at rank_[k]
  std::vector<std::string> names_;
  bool integers_ = false;
};

}  // namespace detail
}  // namespace evalpp::inline EVALPP_ABI
