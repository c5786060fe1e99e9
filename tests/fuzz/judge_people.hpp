// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/executor.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/options.hpp>
#include <evalpp/judge/blind_answers.hpp>
#include <evalpp/judge/blind_key.hpp>
#include <evalpp/judge/blind_report.hpp>
#include <evalpp/judge/human_labels.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

/// What people hand in: any text is a file of labels whose ratings are on their scales, or is refused; every
/// row of a filled sheet counts, or is counted with its reason; a key is what its own JSON gives back.
inline int fuzz_judge_people(const std::uint8_t* data, std::size_t size) {
  namespace judge = evalpp::judge;
  using evalpp::data::input_kind;
  const evalpp::data::source_text file{"people", std::string(reinterpret_cast<const char*>(data), size)};

  static const std::vector<judge::rating_scale> scales{
      {"a", judge::rating_scale::kind::levels, 1, 5},
      {"b", judge::rating_scale::kind::met, 0, 1},
      {"preference", judge::rating_scale::kind::preference, 0, 2}};
  if (const auto labels = judge::read_human_labels(file, scales))
    for (const judge::human_label& l : labels->labels)
      if (l.scale >= scales.size() || !scales[l.scale].has(l.rating)) std::abort();

  // Not the digest of this key, which nobody asks for here: a name that a fuzzer can find.
  static const judge::blind_key key = [] {
    judge::blind_key out{.seed = "s", .baseline = "base", .candidate = "cand"};
    out.entries = {{"p0", "p", 0, true, 5, 9},
                   {"q0", "q", 0, false, 5, 9},
                   {"p1", "p", 0, false, 5, 9, true},
                   {"q1", "q", 1, true, 5, 9}};
    out.review = "blind-1";
    return out;
  }();
  for (const input_kind kind : {input_kind::jsonl, input_kind::csv}) {
    judge::blind_answer_reader reader(key);
    if (!reader.add(file, kind)) continue;
    const judge::blind_answers found = std::move(reader).finish();
    const std::size_t counted = found.answers.size() + found.again.size() + found.unanswered +
                                found.unreadable + found.repeated + found.conflicting;
    if (counted != found.rows) std::abort();
    const judge::blind_report report =
        judge::blind_report_of(evalpp::seq, key, found, {.resampling = {.replicates = 16}});
    if (report.rated + report.unrated != 2) std::abort();
    std::size_t answers = 0;
    for (const judge::blind_rater& r : report.raters) {
      answers += r.answers;
      if (r.kept > r.repeated || r.repeated > r.answers) std::abort();
    }
    if (answers != found.answers.size()) std::abort();
  }

  if (const auto read = judge::read_blind_key(file.text, file.file)) {
    const auto back = judge::read_blind_key(to_json(*read), file.file);
    if (!back || *back != *read) std::abort();
  }
  return 0;
}
