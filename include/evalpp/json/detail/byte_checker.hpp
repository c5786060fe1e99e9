// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/engine.hpp>
#include <evalpp/json/detail/fused_memory.hpp>
#include <evalpp/json/detail/fused_program.hpp>
#include <evalpp/json/detail/fused_reader.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json {

/// What a check found. `limit`: it would have taken too long or too deep to know, see `validation_limit`.
enum class verdict : std::uint8_t { valid, invalid, limit };

namespace detail {

/// Checks bytes: in one pass where the schema allows it, else the document decides. The programs must live as
/// long as it does.
///
/// Branches of unions read a value again. Where texts come to be read again many times over, a document is
/// made once and looked at many times in less; so the single pass is given up when that is what it comes to.
class byte_checker {
 public:
  byte_checker(const program& p, const fused_program& f, const validation_limits& limits)
      : p_(&p), f_(&f), single_pass_(prepare(m_, p, f, limits)) {
    m_.limits = limits;
  }

  verdict check(std::string_view bytes) {
    if (single_pass_ && load(m_, bytes)) {
      const std::uint64_t allowed = m_.again;
      const bool fits = read_fused(*p_, *f_, m_);
      account(bytes.size(), allowed - m_.again);
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
    limit_ = validation_limit::none;
    if (!m_.parser.parse(bytes, v)) return verdict::invalid;
    m_.engine.start(*p_, m_.limits);
    const bool fits = m_.engine.run(p_->root, v, 0, 0);
    limit_ = m_.engine.limit();
    if (limit_ != validation_limit::none) return verdict::limit;
    return fits ? verdict::valid : verdict::invalid;
  }

  bool single_pass() const noexcept { return single_pass_; }
  validation_limit limit() const noexcept { return limit_; }

 private:
  /// Counts what a text took beyond the eight times that still pay, a text for nothing as twelve.
  void account(std::size_t size, std::uint64_t again) {
    constexpr std::int64_t pays = 8, for_nothing = 12, patience = 1 << 16;
    const auto bytes = static_cast<std::int64_t>(size);
    const auto taken = m_.undecided ? for_nothing * bytes : static_cast<std::int64_t>(again);
    loss_ = (std::max)(loss_ + taken - pays * bytes, std::int64_t{0});
    if (loss_ > patience) single_pass_ = false;
  }

  fused_memory m_;
  const program* p_;
  const fused_program* f_;
  bool single_pass_;
  std::int64_t loss_ = 0;  // bytes read again that did not pay, lately
  validation_limit limit_ = validation_limit::none;
};

}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI::json
