// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/reading.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/unscored.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// A verdict is one JSON object:
//
//   {"reasoning": "...", "verdicts": {"correct": 4, "cites a source": true}}
//
// the reasoning first, because a model that has to give the score first only defends it; a scale's verdict is
// an integer, that of a checklist's item true or false.

namespace evalpp::inline EVALPP_ABI::judge {

/// What a judge found.
struct verdict {
  std::string reasoning;
  /// One for each leaf criterion in the rubric's order: the level, or 1 for met and 0 for not met.
  std::vector<std::int64_t> scores;

  /// The same scores, for whatever reason.
  bool says_as(const verdict& other) const { return scores == other.scores; }
  bool operator==(const verdict&) const = default;
};

/// Writes a verdict as the judge is to give it.
inline void write_verdict_members(json::writer& out, const rubric& by, const verdict& of) {
  const std::vector<const criterion*> all = leaves(by);
  out.member("reasoning", of.reasoning).key("verdicts").begin_object();
  for (std::size_t k = 0; k < all.size(); ++k) {
    out.key(all[k]->name);
    if (detail::is_checklist_item(*all[k]))
      out.value(of.scores[k] != 0);
    else
      out.value(of.scores[k]);
  }
  out.end_object();
}

/// A verdict, or why there is none.
using reading = basic_reading<verdict>;

/// A JSON schema of the verdict that a rubric asks for, in the subset that providers enforce: every member
/// required and no other allowed, scores listed one by one (up to 101 of them).
inline std::string verdict_schema(const rubric& by) {
  constexpr std::int64_t most_listed = 100;
  std::string text;
  json::writer out(text);
  const std::vector<const criterion*> all = leaves(by);
  out.begin_object().member("type", "object").key("properties").begin_object();
  out.key("reasoning").begin_object().member("type", "string").end_object();
  out.key("verdicts").begin_object().member("type", "object").key("properties").begin_object();
  for (const criterion* c : all) {
    out.key(c->name).begin_object();
    if (detail::is_checklist_item(*c)) {
      out.member("type", "boolean");
    } else {
      const std::int64_t lowest = c->scale.front().score, highest = c->scale.back().score;
      out.member("type", "integer");
      if (highest - lowest > most_listed) {
        out.member("minimum", lowest).member("maximum", highest);
      } else {
        out.key("enum").begin_array();
        for (std::int64_t score = lowest; score <= highest; ++score) out.value(score);
        out.end_array();
      }
    }
    out.end_object();
  }
  out.end_object().key("required").begin_array();
  for (const criterion* c : all) out.value(c->name);
  out.end_array().member("additionalProperties", false).end_object().end_object();
  out.key("required").begin_array().value("reasoning").value("verdicts").end_array();
  out.member("additionalProperties", false).end_object();
  return text;
}

/// Reads one answer after another by one rule, and fails closed: whatever a server promised, an answer has a
/// score only when it holds exactly one verdict, whole and on the scale.
///
/// The object may stand in a fenced block or in other text, behind a reasoning block too. Two that differ, or
/// one that repeats a name, are `conflict`; equal ones are one. `finish` is not trusted either way: an object
/// that is cut is `truncated` though the model claims to be done, and a whole one is read though it claims
/// not to be. Members that nobody asked for are passed over, scores in another form (`"4"`, 4.5, `"4/5"`) are
/// never bent into one.
class verdict_reader {
 public:
  explicit verdict_reader(const rubric& by) {
    for (const criterion* c : leaves(by)) leaves_.push_back(*c);
  }

  reading read(const choice& answer) {
    return answers_.read(answer, [this](json::value object) { return read_object(object); });
  }
  /// The same for the verdict's own object, which may do without a reasoning here.
  reading read_object(json::value object) const;

 private:
  static reading none(unscored reason, std::string detail) {
    return {std::nullopt, reason, std::move(detail)};
  }

  std::vector<criterion> leaves_;
  detail::answer_reader answers_;
};

inline reading verdict_reader::read_object(json::value object) const {
  if (!object.is_object()) return none(unscored::malformed, "the verdict is no object");
  const json::value reasoning = object["reasoning"], verdicts = object["verdicts"];
  if (!verdicts.exists()) return none(unscored::missing_field, "\"verdicts\" is missing");
  if (!verdicts.is_object()) return none(unscored::malformed, "\"verdicts\" is no object");
  verdict out;
  out.reasoning = std::string(reasoning.as_string().value_or(""));
  for (const criterion& c : leaves_) {
    const json::value given = verdicts[c.name];
    const auto fail = [&](unscored reason, std::string_view what) {
      return none(reason, "the verdict on \"" + c.name + "\" " + std::string(what));
    };
    if (!given.exists() || given.is_null()) return fail(unscored::missing_field, "is missing");
    if (detail::is_checklist_item(c)) {
      const std::optional<bool> met = given.as_bool();
      if (!met) return fail(unscored::malformed, "is neither true nor false: " + json::write(given));
      out.scores.push_back(*met ? 1 : 0);
    } else {
      if (!given.is_number()) return fail(unscored::malformed, "is no number: " + json::write(given));
      const std::optional<std::int64_t> score = given.as_int64();
      if (!score || !detail::has_score(c, *score))
        return fail(unscored::out_of_scale, "is not on its scale: " + json::write(given));
      out.scores.push_back(*score);
    }
  }
  return {std::move(out), unscored::malformed, {}};
}

}  // namespace evalpp::inline EVALPP_ABI::judge
