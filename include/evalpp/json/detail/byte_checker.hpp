// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/engine.hpp>
#include <evalpp/json/detail/fused_memory.hpp>
#include <evalpp/json/detail/fused_program.hpp>
#include <evalpp/json/detail/fused_reader.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json {

/// What a check found. `limit`: it would have taken too long or too deep to know, see `validation_limit`.
enum class verdict : std::uint8_t { valid, invalid, limit };

namespace detail {

/// Checks bytes: in one pass where the schema allows it, else the document decides.
class byte_checker {
 public:
  verdict check(const program& p, const fused_program& f, std::string_view bytes,
                const validation_limits& limits) {
    limit_ = validation_limit::none;
    if (f.usable && prepare(m_, p, f, bytes, limits)) {
      const bool fits = read_fused(p, f, m_);
      if (!m_.undecided) return fits ? verdict::valid : verdict::invalid;
    }
    return check_document(p, bytes, limits);
  }

  /// The same by parser and engine.
  verdict check_document(const program& p, std::string_view bytes, const validation_limits& limits) {
    json::value v;
    std::size_t end = 0;
    if (!m_.parser.parse_prefix(bytes, v, end) ||
        bytes.find_first_not_of(" \n\t\r", end) != std::string_view::npos) {
      return verdict::invalid;
    }
    m_.engine.start(p, limits);
    const bool fits = m_.engine.run(p.root, v, 0, 0);
    limit_ = m_.engine.limit();
    if (limit_ != validation_limit::none) return verdict::limit;
    return fits ? verdict::valid : verdict::invalid;
  }

  validation_limit limit() const noexcept { return limit_; }

 private:
  fused_memory m_;
  validation_limit limit_ = validation_limit::none;
};

}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI::json
