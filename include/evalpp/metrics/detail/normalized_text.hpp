// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/text/token_buffer.hpp>

#include <concepts>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::detail {

/// The normalised references of one example. Clearing keeps the memory.
class normalized_references {
 public:
  std::size_t size() const noexcept { return size_; }
  std::string_view operator[](std::size_t r) const noexcept { return texts_[r]; }

  /// True when `accepts` holds for one of the texts.
  template <class Accepts>
  bool any(Accepts accepts) const {
    for (std::size_t r = 0; r < size_; ++r)
      if (accepts(std::string_view(texts_[r]))) return true;
    return false;
  }

  void clear() noexcept { size_ = 0; }
  std::string& append() {
    if (size_ == texts_.size()) texts_.emplace_back();
    return texts_[size_++];
  }

 private:
  std::vector<std::string> texts_;
  std::size_t size_ = 0;
};

/// The encoder of metrics that compare normalised text as a whole. `Normalizer` is a regular value
/// called with a text, a buffer to work in, and the string to write its normal form to.
template <class Normalizer>
struct normalized_text {
  Normalizer normalize{};

  struct scratch {
    text::token_buffer buffer;
    std::string text;
  };

  template <class Kind>
  struct prepared : normalized_references {
    static_assert(std::same_as<Kind, text_kind>, "this metric reads text, not tokens");
    text::token_buffer buffer;  // reused by the next prepare
  };

  void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const {
    out.clear();
    for (const std::string_view reference : references) normalize(reference, out.buffer, out.append());
  }

  std::string_view encode(std::string_view hypothesis, const prepared<text_kind>&, scratch& s) const {
    normalize(hypothesis, s.buffer, s.text);
    return s.text;
  }

  bool operator==(const normalized_text&) const = default;
};

}  // namespace evalpp::inline EVALPP_ABI::detail
