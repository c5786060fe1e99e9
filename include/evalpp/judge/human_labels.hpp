// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/text_lines.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/criteria.hpp>
#include <evalpp/judge/judged_pair.hpp>
#include <evalpp/judge/rubric.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

// What people say of the items that a judge has judged, a line for each item and person:
//
//   {"id": "7", "rater": "ann", "correct": 4, "cites a source": true}
//   {"id": "7", "rater": "ben", "scores": {"correct": 5}}
//   {"id": "7", "preference": "candidate"}                            for pairs

namespace evalpp::inline EVALPP_ABI::judge {

/// What may be said of an item by one criterion: every integer from `lowest` to `highest`.
struct rating_scale {
  enum class kind : std::uint8_t {
    levels,      ///< of a scale: ordered, the distance of two says how much they differ
    met,         ///< of a checklist's item: 0 not met, 1 met
    preference,  ///< of a pair: 0 the baseline, 1 a tie, 2 the candidate
  };

  std::string name;
  rating_scale::kind of = kind::levels;
  std::int64_t lowest = 0;
  std::int64_t highest = 1;

  std::size_t categories() const { return static_cast<std::size_t>(highest - lowest) + 1; }
  bool has(std::int64_t rating) const { return lowest <= rating && rating <= highest; }
  bool has(double rating) const {
    return static_cast<double>(lowest) <= rating && rating <= static_cast<double>(highest) &&
           static_cast<double>(static_cast<std::int64_t>(rating)) == rating;
  }
  /// On 0-1, as scores are: 0 the lowest, 1 the highest.
  double fraction(double rating) const {
    return (rating - static_cast<double>(lowest)) / static_cast<double>(highest - lowest);
  }

  bool operator==(const rating_scale&) const = default;
};

/// The scales of a rubric's leaf criteria, in its order.
inline std::vector<rating_scale> rating_scales(const rubric& by) {
  std::vector<rating_scale> out;
  for (const criterion* c : leaves(by)) {
    if (detail::is_checklist_item(*c))
      out.push_back({c->name, rating_scale::kind::met, 0, 1});
    else
      out.push_back({c->name, rating_scale::kind::levels, c->scale.front().score, c->scale.back().score});
  }
  return out;
}

/// The one scale of pairs.
inline std::vector<rating_scale> preference_scales() {
  return {{"preference", rating_scale::kind::preference, 0, 2}};
}

/// The rating of a preference on that scale.
inline constexpr std::int64_t rating_of(preference p) {
  return p == preference::baseline ? 0 : p == preference::tie ? 1 : 2;
}

/// The names of preferences in the order of their ratings, as files have them.
inline constexpr std::array<std::string_view, 3> preference_names = {"baseline", "tie", "candidate"};

/// What one person said of one item by one criterion.
struct human_label {
  std::string id;
  std::string rater;      ///< empty when the file does not say who
  std::size_t scale = 0;  ///< which of the scales
  std::int64_t rating = 0;

  bool operator==(const human_label&) const = default;
};

/// The labels of a file, in its order.
struct human_labels {
  std::vector<human_label> labels;
  std::vector<std::string> notes = {};  ///< what a reader should be told: fields that were passed over
};

namespace detail {

inline constexpr std::string_view a_label =
    R"(write a line such as {"id": "7", "rater": "ann", "NAME OF CRITERION": 4})";

inline error bad_label(error_code code, const std::string& name, const std::string& what, std::string fix) {
  return {code, '"' + name + "\" " + what, std::move(fix)};
}

inline std::string range_of(const rating_scale& scale) {
  if (scale.of == rating_scale::kind::met) return "give true or false";
  if (scale.of == rating_scale::kind::preference) return R"(give "baseline", "candidate" or "tie")";
  return "give a whole number from " + std::to_string(scale.lowest) + " to " + std::to_string(scale.highest);
}

inline result<std::int64_t> read_rating(json::value given, const rating_scale& scale) {
  if (scale.of == rating_scale::kind::preference) {
    for (std::size_t k = 0; k < preference_names.size(); ++k)
      if (given.as_string() == preference_names[k]) return static_cast<std::int64_t>(k);
  } else if (const auto met = given.as_bool(); met && scale.of == rating_scale::kind::met) {
    return std::int64_t{*met};
  } else if (const auto rating = given.as_int64(); rating && scale.has(*rating)) {
    return *rating;
  }
  return bad_label(error_code::wrong_type, scale.name, "cannot be " + json::write(given), range_of(scale));
}

// An id, or who labels: a string or an integer, `42` and `"42"` being the same.
inline std::optional<std::string> name_in(json::value given) {
  if (const auto text = given.as_string()) return std::string(*text);
  if (given.is_number() && given.number_text().find_first_of(".eE") == std::string_view::npos)
    return std::string(given.number_text());
  return std::nullopt;
}

/// Reads labels line by line. Knows who has said what, so that nobody counts twice.
class label_reader {
 public:
  explicit label_reader(std::span<const rating_scale> scales) : scales_(scales) {
    for (std::size_t k = 0; k < scales.size(); ++k) by_name_.emplace(scales[k].name, k);
  }

  status add(json::value line, std::size_t number, human_labels& out) {
    const json::value of = line["id"], who = line["rater"], apart = line["scores"];
    const auto id = name_in(of);
    if (!id)
      return bad_label(of.exists() ? error_code::wrong_type : error_code::missing_field, "id",
                       of.exists() ? "cannot be " + json::write(of) : "is missing",
                       "give the item's id, a string or an integer, as the judged data has it");
    const auto named = name_in(who);
    if (!named && who.exists() && !who.is_null())
      return bad_label(error_code::wrong_type, "rater", "cannot be " + json::write(who),
                       "give a name or a number, or leave it out");
    const std::string rater = named.value_or("");
    if (apart.exists() && !apart.is_object())
      return bad_label(error_code::wrong_type, "scores", "is no object", R"(write {"scores": {"NAME": 4}})");
    const std::size_t before = out.labels.size();
    for (const auto [name, given] : apart.members()) {
      const auto known = by_name_.find(std::string(name));
      if (known == by_name_.end())
        return bad_label(error_code::unknown_name, std::string(name), "is no criterion of the rubric",
                         names());
      if (auto good = add_one(*id, rater, known->second, given, number, out); !good) return good;
    }
    for (const auto [name, given] : line.members()) {
      if (name == "id" || name == "rater" || name == "scores") continue;
      const auto known = by_name_.find(std::string(name));
      if (known == by_name_.end()) {
        ++passed_over_[std::string(name)];
      } else if (auto good = add_one(*id, rater, known->second, given, number, out); !good) {
        return good;
      }
    }
    if (out.labels.size() == before)
      return error{error_code::missing_field, "the line labels nothing", names()};
    return std::monostate{};
  }

  /// Fields that are no criterion, a few of them by name.
  void note_passed_over(const std::string& file, std::vector<std::string>& notes) const {
    if (passed_over_.empty()) return;
    constexpr std::size_t most = 5;
    std::vector<std::string> sorted;
    for (const auto& [name, lines] : passed_over_)
      sorted.push_back('"' + name + "\" (" + std::to_string(lines) + (lines == 1 ? " line)" : " lines)"));
    std::sort(sorted.begin(), sorted.end());
    std::string text = file + ": passed over fields that are no criterion: ";
    for (std::size_t k = 0; k < (std::min)(most, sorted.size()); ++k) {
      if (k != 0) text += ", ";
      text += sorted[k];
    }
    if (sorted.size() > most) text.append(", ... ").append(std::to_string(sorted.size())).append(" in all");
    notes.push_back(std::move(text));
  }

 private:
  std::string names() const {
    std::string text = "label ";
    for (const rating_scale& s : scales_) {
      if (text.size() > 6) text += ", ";
      text.append(1, '"').append(s.name).append(1, '"');
    }
    return text;
  }

  status add_one(const std::string& id, const std::string& rater, std::size_t scale, json::value given,
                 std::size_t number, human_labels& out) {
    if (given.is_null()) return std::monostate{};
    const auto rating = read_rating(given, scales_[scale]);
    if (!rating) return rating.error();
    std::string key = std::to_string(scale) + ':' + std::to_string(id.size()) + ':';
    key += id;
    key += rater;
    const auto [at, first] = line_of_.try_emplace(std::move(key), number);
    if (!first)
      return error{error_code::duplicate,
                   "\"" + scales_[scale].name + "\" of item \"" + id + "\" is labelled " +
                       (rater.empty() ? std::string() : "by \"" + rater + "\" ") + "again, after line " +
                       std::to_string(at->second),
                   R"(keep one of the two, or tell two people apart by "rater")"};
    out.labels.push_back({id, rater, scale, *rating});
    return std::monostate{};
  }

  std::span<const rating_scale> scales_;
  std::unordered_map<std::string, std::size_t> by_name_, line_of_, passed_over_;
};

}  // namespace detail

/// Reads labels, see above; blank lines are passed over. `null` is no label; fields that are no criterion are
/// passed over and noted, within `scores` they are a mistake. Errors name the line and the field: a line that
/// is no object, an id or a rating that cannot be, a line without a label, a person who labels something
/// twice. O(size) expected.
inline result<human_labels> read_human_labels(const data::source_text& from,
                                              std::span<const rating_scale> scales) {
  human_labels out;
  detail::label_reader reader(scales);
  json::parser parser({.duplicates = json::duplicate_keys::error});
  data::line_reader lines(from.text);
  for (std::string_view line; lines.next(line);) {
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto parsed = parser.parse(line);
    if (!parsed || !parsed->is_object()) {
      error e{error_code::wrong_type, "a label must be an object"};
      if (!parsed) e = std::move(parsed.error());
      if (e.fix.empty())
        e.fix = e.code == error_code::duplicate ? "keep one of the two values" : std::string(detail::a_label);
      e.file = from.file;
      e.line = lines.number();
      return e;
    }
    if (auto good = reader.add(*parsed, lines.number(), out); !good) {
      good.error().file = from.file;
      good.error().line = lines.number();
      return std::move(good.error());
    }
  }
  if (out.labels.empty())
    return error{.code = error_code::missing_field,
                 .message = "the file holds no label",
                 .fix = std::string(detail::a_label),
                 .file = from.file};
  reader.note_passed_over(from.file, out.notes);
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
