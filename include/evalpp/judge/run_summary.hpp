// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/judge/completion.hpp>
#include <evalpp/judge/detail/json_fields.hpp>
#include <evalpp/judge/journal_entry.hpp>
#include <evalpp/judge/judge_options.hpp>
#include <evalpp/judge/pair_verdict.hpp>
#include <evalpp/judge/reading.hpp>
#include <evalpp/judge/rubric.hpp>
#include <evalpp/judge/rubric_json.hpp>
#include <evalpp/judge/unscored.hpp>
#include <evalpp/stats/moments.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// How far the verdicts agree that one judge gave on one question, asked several times. A question is an
/// item, or a pair in one order.
struct sample_summary {
  std::uint32_t per_question = 1;
  std::size_t scored = 0;                                        ///< samples
  std::array<std::size_t, unscored_names.size()> unscored = {};  ///< samples by reason, in its order
  std::size_t questions = 0;  ///< with two scored samples or more: only they say something of the spread
  std::size_t differing = 0;  ///< of these: two of the verdicts differ
  double deviations = 0;      ///< of these: the sum of the standard deviations (n - 1) of the value, on 0-1

  /// The mean standard deviation within a question; nothing when no question says anything.
  std::optional<double> mean_deviation() const {
    return questions == 0 ? std::nullopt : std::optional(deviations / static_cast<double>(questions));
  }
  /// The share of questions whose verdicts differ.
  std::optional<double> share_differing() const {
    if (questions == 0) return std::nullopt;
    return static_cast<double>(differing) / static_cast<double>(questions);
  }
};

/// What the journal of any run says beside its verdicts.
struct run_summary {
  judge::rubric rubric;
  std::string model;
  std::size_t items = 0;  ///< items, or pairs, that were to be judged
  std::size_t scored = 0;
  std::array<std::size_t, unscored_names.size()> unscored = {};  ///< by reason, in its order
  std::uint64_t calls = 0;                                       ///< sent, retries included, over all runs
  judge::usage usage = {};
  std::optional<double> usd = {};  ///< nothing when no call had a price
  sample_summary samples = {};
  std::size_t reasked = 0;         ///< answers without a verdict after which the judge was asked once more
  std::size_t reasked_scored = 0;  ///< of these: it gave one then
};

namespace detail {

inline std::string_view about_of(const journal_head& head, std::string_view name) {
  for (const auto& [known, value] : head.about)
    if (known == name) return value;
  return {};
}

}  // namespace detail

/// Whether a journal is of answers judged in pairs; see `judged_pairs_run_of`, and else `judged_run_of`.
inline bool is_pairwise(const journal_head& head) { return detail::about_of(head, "kind") == "pairwise"; }

namespace detail {

/// What a score's signature says of a run: rubric, model, and how the model answers.
inline std::string judged_signature(const journal_head& head, const std::string& rubric) {
  signature_builder out;
  out.add("rubric", rubric)
      .add("digest", about_of(head, "digest").substr(0, 16))
      .add("judge", about_of(head, "model"));
  if (const auto sampling = json::parse(about_of(head, "sampling")))
    for (const auto [name, number] : sampling->root().members())
      out.add(name, number.is_null() ? std::string_view("default") : number.number_text());
  if (const std::string_view samples = about_of(head, "samples"); !samples.empty())
    out.add("samples", samples);
  if (!about_of(head, "reask").empty()) out.add("reask", about_of(head, "reask"));
  return out.str();
}

/// What the head says of a run of that kind. An error when it is of another.
inline status summarize_head(const journal_head& head, std::string_view kind, run_summary& out) {
  if (about_of(head, "kind") != kind)
    return error{error_code::mismatch,
                 "the journal is not of " +
                     std::string(kind == "pairwise" ? "answers judged in pairs" : "items judged one by one"),
                 "name a journal that evalpp judge run has written"};
  auto by = rubric_from_json(about_of(head, "rubric"));
  if (!by) {
    by.error().message = "the journal's rubric: " + by.error().message;
    return std::move(by.error());
  }
  out.rubric = std::move(*by);
  out.model = std::string(about_of(head, "model"));
  const std::string_view items = about_of(head, "items");
  std::from_chars(items.data(), items.data() + items.size(), out.items);
  const std::string_view samples = about_of(head, "samples");
  std::from_chars(samples.data(), samples.data() + samples.size(), out.samples.per_question);
  if (out.samples.per_question < 1 || out.samples.per_question > max_samples)
    return error{error_code::limit,
                 "the journal's number of samples is not from 1 to " + std::to_string(max_samples),
                 "begin a new journal"};
  return std::monostate{};
}

/// What a call was for: an item by its row and id, in a pair's order, which of its samples.
struct call_place {
  std::size_t row = 0;
  std::string item;
  pair_order order = pair_order::baseline_first;
  std::uint32_t sample = 0;
  bool reask = false;                        ///< it was asked once more
  std::optional<std::uint64_t> length = {};  ///< of the answer, in code points
};

/// The place of an entry; nothing when it is for none.
inline std::optional<call_place> place_of(const journal_entry& e) {
  const auto about = json::parse(e.about);
  if (!about || !about->root()["row"].exists() || !about->root()["item"].exists()) return std::nullopt;
  call_place out;
  field_reader fields(about->root());
  fields.count("row", out.row);
  fields.text("item", out.item);
  fields.name("order", pair_order_names, out.order);
  fields.count("sample", out.sample);
  out.reask = about->root()["reask"].as_bool().value_or(false);
  fields.count("length", out.length);
  if (!fields.wrong().empty()) return std::nullopt;
  return out;
}

/// Adds up what the calls of a journal cost, and visits every place that has an outcome: `visit(place,
/// entry)` with the entry that counts there. A place may be visited several times, with the same entry.
/// Entries that are for no item are passed over.
template <class Visit>
void each_outcome(const journal_contents& from, run_summary& sums, const Visit& visit) {
  for (const journal_entry& e : from.entries) {
    if (e.attempt != 0) ++sums.calls;
    add_usage(sums.usage, e.completion.usage);
    if (e.usd) sums.usd = sums.usd.value_or(0) + *e.usd;
    if (e.open()) continue;
    if (auto place = place_of(e); place && place->sample < sums.samples.per_question)
      visit(std::move(*place), *from.find(e.key, e.about));
  }
}

/// The entries that count for one question, by sample.
class question_entries {
 public:
  void set(const call_place& at, const journal_entry& entry) {
    if (samples_.size() <= at.sample) samples_.resize(at.sample + std::size_t{1});
    (at.reask ? samples_[at.sample].second : samples_[at.sample].first) = &entry;
  }
  /// Whether every sample has an outcome.
  bool complete(std::uint32_t samples) const {
    return samples_.size() == samples &&
           std::all_of(samples_.begin(), samples_.end(), [](const auto& s) { return s.first != nullptr; });
  }
  /// Of each sample the entry that counts, and the one that follows it when it was asked once more.
  const std::vector<std::pair<const journal_entry*, const journal_entry*>>& samples() const {
    return samples_;
  }

 private:
  std::vector<std::pair<const journal_entry*, const journal_entry*>> samples_;  // null where there is none
};

/// What the samples of one question say: the verdicts there are, and why the first of the others is none.
template <class Verdict>
struct sampled_verdicts {
  std::vector<Verdict> found;
  std::optional<unscored> lacks;
};

/// Reads the entries of one question with that reader, and counts them. `value_of` is a verdict's value
/// on 0-1.
template <class Verdict, class Reader, class Value>
sampled_verdicts<Verdict> verdicts_of(const question_entries& of, const Reader& reader, const Value& value_of,
                                      run_summary& run) {
  sampled_verdicts<Verdict> out;
  sample_summary& sums = run.samples;
  const auto reading_of = [&](const journal_entry& e) {
    basic_reading<Verdict> read{std::nullopt, e.reason.value_or(unscored::malformed)};
    if (e.scored())
      if (const auto parsed = json::parse(e.outcome)) read = reader.read_object(parsed->root());
    return read;
  };
  for (const auto& [first, again] : of.samples()) {
    if (first == nullptr) continue;
    basic_reading<Verdict> read = reading_of(*first);
    if (!read && again != nullptr) {
      ++run.reasked;
      if (basic_reading<Verdict> second = reading_of(*again)) {
        ++run.reasked_scored;
        read = std::move(second);
      }
    }
    if (read) {
      out.found.push_back(std::move(*read.value));
      ++sums.scored;
    } else {
      if (!out.lacks) out.lacks = read.reason;
      ++sums.unscored[static_cast<std::size_t>(read.reason)];
    }
  }
  if (out.found.size() < 2) return out;
  std::vector<double> values;
  for (const Verdict& v : out.found) values.push_back(value_of(v));
  ++sums.questions;
  const bool same = std::all_of(out.found.begin(), out.found.end(),
                                [&](const Verdict& v) { return v.says_as(out.found.front()); });
  sums.differing += same ? 0U : 1U;
  sums.deviations = evalpp::detail::keep(sums.deviations + stats::moments_of(values).sd);
  return out;
}

}  // namespace detail

}  // namespace evalpp::inline EVALPP_ABI::judge
