// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/workflow/verdict.hpp>

#include <string_view>

namespace evalpp::inline EVALPP_ABI::workflow {

/// What became of a gate.
enum class gate_outcome { pass, fail, undecided };

/// `pass`, `fail`, `undecided`; part of file formats.
constexpr std::string_view to_string(gate_outcome outcome) noexcept {
  return outcome == gate_outcome::pass ? "pass" : outcome == gate_outcome::fail ? "fail" : "undecided";
}

// Each gate is one-sided, at half of what the interval leaves out: with 95 %, it passes what should fail at
// most 2.5 % of the time (5 % for `reaches`, whose bounds are one-sided at the level). They assume an
// interval that covers, and a margin or bar that was chosen before. S. Wellek, Testing Statistical Hypotheses
// of Equivalence and Noninferiority, 2010.

/// Non-inferiority: the gain's interval must lie above minus `margin` (>= 0), or the systems be identical. A
/// shown regression that may exceed the margin fails; all else is undecided.
constexpr gate_outcome not_worse_by(const gain_interval& gain, double margin, bool identical) noexcept {
  if (identical) return gate_outcome::pass;
  if (evalpp::detail::is_nan(gain.lo) || evalpp::detail::is_nan(gain.hi)) return gate_outcome::undecided;
  if (gain.lo >= -margin) return gate_outcome::pass;
  return gain.hi < 0 ? gate_outcome::fail : gate_outcome::undecided;
}

/// Superiority by a margin: what a verdict says of it.
constexpr gate_outcome gains_enough(verdict v) noexcept {
  switch (v) {
    case verdict::worth_it:
    case verdict::better:
      return gate_outcome::pass;
    case verdict::real_size_open:
    case verdict::undecided:
      return gate_outcome::undecided;
    case verdict::equivalent:
    case verdict::worse:
    case verdict::real_but_small:
    case verdict::no_worthwhile_gain:
    case verdict::no_difference:
      break;
  }
  return gate_outcome::fail;
}

/// A quality bar: passed when even the lower of two one-sided bounds of the value reaches it, failed when the
/// upper one does not; undecided between them and when there are none.
constexpr gate_outcome reaches(double lower, double upper, double bar) noexcept {
  if (evalpp::detail::is_nan(lower) || evalpp::detail::is_nan(upper)) return gate_outcome::undecided;
  if (lower >= bar) return gate_outcome::pass;
  return upper < bar ? gate_outcome::fail : gate_outcome::undecided;
}

}  // namespace evalpp::inline EVALPP_ABI::workflow
