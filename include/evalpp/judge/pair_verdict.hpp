// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/judged_pair.hpp>
#include <evalpp/judge/reading.hpp>
#include <evalpp/judge/unscored.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// The verdict on two answers, A and B, is one JSON object:
//
//   {"reasoning": "...", "preference": "A"}
//
// with "A", "B" or "tie". Which system's answer stood as A is the order's affair.

namespace evalpp::inline EVALPP_ABI::judge {

/// Which of the answers that it was shown a judge prefers.
enum class preferred_answer : std::uint8_t { a, b, tie };

/// The names of these, in their order: as a judge and a journal write them.
inline constexpr std::array<std::string_view, 3> preferred_answer_names = {"A", "B", "tie"};

/// Whose answer stands first, as A.
enum class pair_order : std::uint8_t { baseline_first, candidate_first };

/// The names of the orders: as a journal writes them.
inline constexpr std::array<std::string_view, 2> pair_order_names = {"baseline_first", "candidate_first"};

/// What a judge found of two answers.
struct pair_verdict {
  std::string reasoning;
  preferred_answer preferred = preferred_answer::tie;

  /// Whose answer that is.
  preference in(pair_order order) const {
    if (preferred == preferred_answer::tie) return preference::tie;
    return (preferred == preferred_answer::a) == (order == pair_order::baseline_first)
               ? preference::baseline
               : preference::candidate;
  }

  /// The same preference, for whatever reason.
  bool says_as(const pair_verdict& other) const { return preferred == other.preferred; }
  bool operator==(const pair_verdict&) const = default;
};

/// Writes a verdict as the judge is to give it.
inline void write_pair_verdict_members(json::writer& out, const pair_verdict& of) {
  out.member("reasoning", of.reasoning);
  out.member("preference", preferred_answer_names[static_cast<std::size_t>(of.preferred)]);
}

/// The JSON schema of such a verdict, in the subset that providers enforce; the same for every rubric.
inline constexpr std::string_view pair_verdict_schema =
    R"({"type":"object","properties":{"reasoning":{"type":"string"},"preference":{"type":"string",)"
    R"("enum":["A","B","tie"]}},"required":["reasoning","preference"],"additionalProperties":false})";

/// A verdict on two answers, or why there is none.
using pair_reading = basic_reading<pair_verdict>;

/// Reads one answer after another by the rule of `verdict_reader`. Another text than `A`, `B` and `tie` is
/// `out_of_scale`, in whatever case it is written.
class pair_verdict_reader {
 public:
  pair_reading read(const choice& answer) {
    return answers_.read(answer, [](json::value object) { return read_object(object); });
  }
  /// The same for the verdict's own object, which may do without a reasoning here.
  static pair_reading read_object(json::value object) {
    if (!object.is_object()) return {std::nullopt, unscored::malformed, "the verdict is no object"};
    const json::value given = object["preference"];
    if (!given.exists() || given.is_null())
      return {std::nullopt, unscored::missing_field, "\"preference\" is missing"};
    const auto said = given.as_string();
    if (!said) return {std::nullopt, unscored::malformed, "\"preference\" is no text: " + json::write(given)};
    for (std::size_t k = 0; k < preferred_answer_names.size(); ++k) {
      if (*said != preferred_answer_names[k]) continue;
      return {pair_verdict{std::string(object["reasoning"].as_string().value_or("")),
                           static_cast<preferred_answer>(k)}};
    }
    return {std::nullopt, unscored::out_of_scale,
            "\"preference\" is neither \"A\" nor \"B\" nor \"tie\": " + json::write(given)};
  }

 private:
  detail::answer_reader answers_;
};

}  // namespace evalpp::inline EVALPP_ABI::judge
