// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/tokens.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

/// The encoder of metrics that look at the text as it is: prepared references are copies of it.
struct whole_text {
  class texts {
   public:
    operator std::span<const std::string_view>() const noexcept { return views_; }
    std::size_t size() const noexcept { return views_.size(); }

    void assign(std::span<const std::string_view> references) {
      bytes_.clear();
      for (std::string_view r : references) bytes_.append(r);
      views_.clear();
      std::size_t at = 0;
      for (std::string_view r : references) {
        views_.push_back(std::string_view(bytes_).substr(at, r.size()));
        at += r.size();
      }
    }

    texts() = default;
    texts(const texts& other) { assign(other); }
    texts& operator=(const texts& other) {
      if (this != &other) assign(other);
      return *this;
    }

   private:
    std::string bytes_;
    std::vector<std::string_view> views_;  // into bytes_
  };

  template <class Kind>
  struct prepared;
  struct scratch {};

  inline void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const;
  inline std::string_view encode(std::string_view hypothesis, const prepared<text_kind>&, scratch&) const {
    return hypothesis;
  }
  bool operator==(const whole_text&) const = default;
};

template <>
struct whole_text::prepared<text_kind> : whole_text::texts {};

inline void whole_text::prepare(std::span<const std::string_view> references,
                                prepared<text_kind>& out) const {
  out.assign(references);
}

}  // namespace evalpp::inline EVALPP_ABI
