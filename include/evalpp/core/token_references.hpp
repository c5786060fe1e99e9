// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/match_masks.hpp>
#include <evalpp/core/token_ids.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// One reference of an example, encoded: its tokens as ids, and where each id stands.
struct encoded_reference {
  std::vector<std::uint32_t> ids;
  std::vector<std::uint32_t> line_ends;
  match_masks masks;

  token_ids tokens() const noexcept { return {ids, line_ends}; }
  std::size_t size() const noexcept { return ids.size(); }
};

/// The references of one example, encoded over one dictionary. Missing references are not in it.
/// Owned by the prepared example and reused for the next one: clearing keeps the memory.
class token_references {
 public:
  std::size_t size() const noexcept { return size_; }
  bool empty() const noexcept { return size_ == 0; }
  const encoded_reference& operator[](std::size_t r) const noexcept { return references_[r]; }
  const encoded_reference* begin() const noexcept { return references_.data(); }
  const encoded_reference* end() const noexcept { return references_.data() + size_; }

  /// The ids of all references are 1..vocabulary(). Encoders may number tokens that no reference holds.
  std::uint32_t vocabulary() const noexcept { return vocabulary_; }

  // For encoders: clear, append every reference and fill its ids, then finish.
  void clear() noexcept {
    size_ = 0;
    vocabulary_ = 0;
  }
  encoded_reference& append() {
    if (size_ == references_.size()) references_.emplace_back();
    encoded_reference& added = references_[size_++];
    added.ids.clear();
    added.line_ends.clear();
    return added;
  }
  void finish(std::uint32_t vocabulary) {
    vocabulary_ = vocabulary;
    for (std::size_t r = 0; r < size_; ++r) references_[r].masks.build(references_[r].ids, vocabulary);
  }

 private:
  std::vector<encoded_reference> references_;
  std::size_t size_ = 0;
  std::uint32_t vocabulary_ = 0;
};

}  // namespace evalpp::inline EVALPP_ABI
