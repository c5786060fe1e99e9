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

/// Checks bytes: in one pass where the schema allows it, else the document decides. The programs must live as
/// long as it does.
class byte_checker {
 public:
  byte_checker(const program& p, const fused_program& f, const validation_limits& limits)
      : p_(&p), f_(&f), single_pass_(prepare(m_, p, f, limits)) {
    m_.limits = limits;
  }

  verdict check(std::string_view bytes) {
    if (single_pass_ && load(m_, bytes)) {
      const bool fits = read_fused(*p_, *f_, m_);
      if (!m_.undecided) {
        limit_ = validation_limit::none;
        return fits ? verdict::valid : verdict::invalid;
      }
    }
    return check_document(bytes);
  }

  /// The same by parser and engine.
  verdict check_document(std::string_view bytes) {
    json::value v;
    std::size_t end = 0;
    limit_ = validation_limit::none;
    if (!m_.parser.parse_prefix(bytes, v, end) ||
        bytes.find_first_not_of(" \n\t\r", end) != std::string_view::npos) {
      return verdict::invalid;
    }
    m_.engine.start(*p_, m_.limits);
    const bool fits = m_.engine.run(p_->root, v, 0, 0);
    limit_ = m_.engine.limit();
    if (limit_ != validation_limit::none) return verdict::limit;
    return fits ? verdict::valid : verdict::invalid;
  }

  bool single_pass() const noexcept { return single_pass_; }
  validation_limit limit() const noexcept { return limit_; }

 private:
  fused_memory m_;
  const program* p_;
  const fused_program* f_;
  bool single_pass_;
  validation_limit limit_ = validation_limit::none;
};

}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI::json
