// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/interval.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/reported_score.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/version.hpp>

#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::report {

/// Writes the parts of a score as one JSON object, each under its name.
inline void write_parts(json::writer& out, const std::vector<part>& parts);

/// Writes an interval under a name, null when none can be given; unless all is well with it, `NAME_status`
/// says what is doubtful about it, or why there is none.
inline void write_interval(json::writer& out, const std::string& name, const interval& ci,
                           std::string_view method) {
  out.key(name);
  if (ci.usable()) {
    out.begin_object().member("lo", ci.lo).member("hi", ci.hi).member("level", ci.level);
    out.member("method", method).end_object();
  } else {
    out.value(nullptr);
  }
  if (ci.status != interval_status::ok) out.member(name + "_status", to_string(ci.status));
}

namespace detail {
template <class T>
void write_part_value(json::writer& out, const T& value) {
  if constexpr (std::is_same_v<T, std::vector<part>>) {
    write_parts(out, value);
  } else if constexpr (requires { typename T::value_type; } && !std::is_same_v<T, std::string>) {
    out.begin_array();
    for (const auto& item : value) write_part_value(out, item);
    out.end_array();
  } else {
    out.value(value);
  }
}

inline void write_value(json::writer& out, const reported_score& score) {
  out.key("value");
  if (score.n == 0)
    out.value(nullptr);
  else
    out.value(score.value);
}
// `ci`, when an interval was asked for, and `ci_notes`, which say why it is in doubt or missing.
inline void write_ci(json::writer& out, const reported_score& score) {
  if (!score.ci) return;
  write_interval(out, "ci", *score.ci, score.ci_method);
  if (score.ci_notes.empty()) return;
  out.key("ci_notes").begin_array();
  for (const std::string_view note : score.ci_notes) out.value(note);
  out.end_array();
}
inline void write_counts(json::writer& out, const reported_score& score) {
  out.member("n", score.n).member("n_empty", score.n_empty).member("n_missing", score.n_missing);
}
}  // namespace detail

inline void write_parts(json::writer& out, const std::vector<part>& parts) {
  out.begin_object();
  for (const part& p : parts) {
    out.key(p.name);
    std::visit([&](const auto& value) { detail::write_part_value(out, value); }, p.value);
  }
  out.end_object();
}

/// `value`, `n`, `n_empty`, `n_missing` and, when it was asked for, `ci`: a score in a place where the rest
/// is said already. The value is null when no example was scored.
inline void write_value_members(json::writer& out, const reported_score& score) {
  detail::write_value(out, score);
  detail::write_counts(out, score);
  detail::write_ci(out, score);
}

/// The members of a score, in the order that is promised: value, unit, higher_is_better, signature,
/// version, n, n_empty, n_missing, parts, ci. A value that is no number, or for which nothing was scored,
/// is null, and `status` says why.
inline void write_score_members(json::writer& out, const reported_score& score) {
  detail::write_value(out, score);
  out.member("unit", to_string(score.unit))
      .member("higher_is_better", score.higher_is_better)
      .member("signature", score.full_signature())
      .member("version", EVALPP_VERSION_STRING);
  detail::write_counts(out, score);
  out.key("parts");
  write_parts(out, score.parts);
  detail::write_ci(out, score);
  if (score.n == 0)
    out.member("status", "no example was scored");
  else if (!evalpp::detail::is_finite(score.value))
    out.member("status", evalpp::detail::is_nan(score.value) ? "nan" : "infinite");
}

}  // namespace evalpp::inline EVALPP_ABI::report
