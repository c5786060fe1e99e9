// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/prompt.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/rubric_file.hpp>
#include <evalpp/judge/verdict.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

/// Any answer of a judge has a verdict with a legal score for every criterion, or a reason for having none;
/// any text is a rubric that its own JSON gives back, or is refused.
inline int fuzz_judge_verdict(const std::uint8_t* data, std::size_t size) {
  namespace judge = evalpp::judge;
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  static const judge::rubric by{
      .name = "r", .criteria = {{.name = "a", .scale = {{1, ""}, {5, ""}}}, {.name = "b", .points = 1}}};
  static const auto all = leaves(by);
  judge::verdict_reader reader(by);
  const judge::reading found =
      reader.read({.text = text, .finish = static_cast<judge::finish_reason>(data[0] % 5)});
  if (found) {
    if (found.value->scores.size() != all.size()) std::abort();
    for (std::size_t k = 0; k < all.size(); ++k)
      if (!judge::detail::has_score(*all[k], found.value->scores[k])) std::abort();
  }
  if (const auto rubric = judge::read_rubric(text)) {
    const auto again = judge::read_rubric(to_json(*rubric));
    if (!again || *again != *rubric) std::abort();
    static_cast<void>(judge::rubric_digest(*rubric));
  }
  return 0;
}
