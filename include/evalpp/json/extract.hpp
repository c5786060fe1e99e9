// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/brackets.hpp>
#include <evalpp/json/detail/fences.hpp>
#include <evalpp/json/equal.hpp>
#include <evalpp/json/fault.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// Where in a model's output the JSON was found.
enum class extraction_kind : std::uint8_t {
  none,   ///< nowhere
  exact,  ///< the output is JSON, white space around it apart
  bom,    ///< the same behind a byte order mark
  fence,  ///< in a fenced block: ```json
  prose,  ///< an object or an array in other text, or behind a reasoning block
};

/// Why nothing was extracted.
enum class extraction_failure : std::uint8_t {
  none,                ///< something was
  empty,               ///< the output is blank, or blank behind its reasoning
  no_candidate,        ///< nothing in it parses
  multiple,            ///< several candidates that are not equal
  reasoning_unclosed,  ///< the reasoning block never ends
  limit,               ///< too many brackets that never close
  duplicate_key,       ///< what would be the candidate repeats a key
  depth,               ///< what would be the candidate is nested too deep
};

/// Which of several candidates to take.
enum class candidate_choice : std::uint8_t {
  only,  ///< the only one; equal ones (as JSON values) count as one, and the first is taken
  first,
  last,
  largest,  ///< of most bytes, the first of them
};

/// What a candidate among other text may be; a schema whose root must be an object asks for objects.
enum class candidate_roots : std::uint8_t { any, object, array };

struct extract_options {
  candidate_choice choice = candidate_choice::only;
  /// Values of other kinds are no candidates. The output as a whole is one in any case, so that its
  /// kind can be judged.
  candidate_roots roots = candidate_roots::any;
  /// Names of the tags around the reasoning at the beginning: `<think>...</think>`.
  std::vector<std::string> reasoning_tags = {"think"};
  /// How candidates are parsed. Judging takes no value that repeats a key.
  parse_options parse = {.max_depth = 1024, .duplicates = duplicate_keys::error};
  /// After so many brackets that never close the search ends with failure `limit`; it bounds the time
  /// that hostile text takes.
  std::size_t max_unclosed = 1000;
};

/// A part of a text, in bytes.
struct byte_span {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const noexcept { return end - begin; }
  bool empty() const noexcept { return begin == end; }
  /// The bytes, when `text` is what the span was made for.
  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
  bool operator==(const byte_span&) const = default;
};

/// What was found in one output.
struct extraction {
  extraction_kind kind = extraction_kind::none;
  extraction_failure failure = extraction_failure::none;
  byte_span span;              ///< the candidate that was taken; empty on failure
  std::size_t candidates = 0;  ///< values that parse, equal ones counted each
  std::size_t broken = 0;      ///< brackets and what closes them, or the end of the text, that do not parse
  bool bom = false;            ///< a byte order mark was dropped
  bool reasoning = false;      ///< a reasoning block was cut off
  bool truncated = false;      ///< the last broken one is never closed and looks like JSON

  /// When nothing parses: the broken candidate that a repair may be tried on, chosen like a candidate
  /// (one that looks like JSON before one that does not), and why it does not parse.
  byte_span repairable;
  json::fault fault = json::fault::none;
  std::size_t fault_offset = 0;  ///< in the output

  explicit operator bool() const noexcept { return failure == extraction_failure::none; }
};

/// The names as they appear in output.
inline std::string_view to_string(extraction_kind kind) {
  constexpr std::string_view names[] = {"none", "exact", "bom", "fence", "prose"};
  return names[static_cast<std::size_t>(kind)];
}
inline std::string_view to_string(extraction_failure failure) {
  constexpr std::string_view names[] = {
      "none", "empty", "no_candidate", "multiple", "reasoning_unclosed", "limit", "duplicate_key", "depth"};
  return names[static_cast<std::size_t>(failure)];
}

/// Finds the JSON in one model output after another and reuses its memory.
///
/// The output as a whole comes first. Else a leading reasoning block is cut off, and the candidates
/// are the contents of fenced blocks (named json, jsonc, json5 or application/json, or without a name
/// and with JSON in them), or, where there is no such block, every outermost pair of brackets that
/// parses strictly: never one inside another that is broken, and never a scalar. Behind a bracket that
/// never closes the search goes on unless JSON seems to be cut off there. The bytes of a candidate are
/// never changed.
///
/// Linear in the output, times `max_unclosed` where a hostile one has that many brackets and quotes.
class extractor {
 public:
  extractor() : extractor(extract_options{}) {}
  explicit extractor(extract_options options)
      : options_(std::move(options)), parsers_{parser(options_.parse), parser(options_.parse)} {}

  const extraction& extract(std::string_view output);

  /// What `extract` found, parsed; absent when it failed. Valid until the next call.
  json::value value() const noexcept { return value_; }

 private:
  static constexpr std::size_t npos = std::string_view::npos;
  /// What the parser said about the bracket at `begin`.
  struct probe_result {
    std::size_t begin = npos;
    bool good = false;
    std::size_t end = 0;  // behind the value, or where it breaks
    json::fault fault = json::fault::none;
    json::value value = {};
  };

  bool take_whole();
  bool cut_reasoning();
  void search();
  bool search_block(const detail::fence& open, std::size_t& behind);
  std::size_t search_brackets(std::size_t at, std::size_t stop, std::size_t end);
  bool probe(std::size_t at, std::size_t end);
  json::value parse_scalar(byte_span place);
  void add_candidate(byte_span place, json::value found);
  void add_broken(byte_span place);
  void forget();
  void conclude();

  bool admits(char opener) const {
    return options_.roots == candidate_roots::any ||
           (options_.roots == candidate_roots::object) == (opener == '{');
  }
  bool better(byte_span place, byte_span chosen) const {
    return options_.choice == candidate_choice::last ||
           (options_.choice == candidate_choice::largest && place.size() > chosen.size());
  }
  byte_span trimmed(byte_span place) const {
    const std::string_view inside = place.of(body_);
    const std::size_t first = inside.find_first_not_of(" \t\r\n");
    if (first == npos) return {place.end, place.end};
    return {place.begin + first, place.begin + inside.find_last_not_of(" \t\r\n") + 1};
  }

  extract_options options_;
  extraction found_;
  json::value value_;
  std::string_view body_;  // the output without byte order mark and reasoning; offsets below are in it
  std::size_t start_ = 0;  // where it begins
  parser parsers_[2];      // one holds the value to be taken, the other one is idle
  std::size_t idle_ = 0;
  probe_result probed_;
  equality equality_;
  bool in_blocks_ = false;     // there is a block with JSON: only those count
  bool distinct_ = false;      // some candidates are not equal
  std::size_t plausible_ = 0;  // broken candidates that look like JSON
  std::size_t unclosed_count_ = 0;
  std::size_t cut_ = npos;  // a bracket behind which JSON is cut off
  bool limit_ = false;
  detail::bracket_matcher brackets_;
  std::vector<std::size_t> unclosed_;  // brackets known never to close, ascending
  std::vector<std::size_t> spare_;
};

/// Finds the JSON in a model's output. See `extractor`.
///
///     auto found = json::extract(output);
///     if (found) use(found.span.of(output)); else count(to_string(found.failure));
inline extraction extract(std::string_view output, const extract_options& options = {}) {
  return extractor(options).extract(output);
}

inline const extraction& extractor::extract(std::string_view output) {
  found_ = {};
  value_ = {};
  probed_ = {};
  in_blocks_ = false;
  forget();
  start_ = 0;
  body_ = output;
  if (body_.substr(0, 3) == "\xEF\xBB\xBF") {
    found_.bom = true;
    start_ = 3;
    body_.remove_prefix(3);
  }
  if (take_whole()) {
    found_.kind = found_.bom ? extraction_kind::bom : extraction_kind::exact;
  } else if (!cut_reasoning()) {
    found_.failure = extraction_failure::reasoning_unclosed;
    return found_;
  } else if (trimmed({0, body_.size()}).empty()) {
    found_.failure = extraction_failure::empty;
    return found_;
  } else {
    search();
  }
  conclude();
  return found_;
}

inline bool extractor::take_whole() {
  const byte_span whole = trimmed({0, body_.size()});
  if (whole.empty()) return false;
  if (detail::is_opener(body_[whole.begin])) {
    if (!probe(whole.begin, body_.size()) || probed_.end != whole.end) return false;
    add_candidate(whole, probed_.value);
    return true;
  }
  const json::value scalar = parse_scalar(whole);
  if (scalar.exists()) add_candidate(whole, scalar);
  return scalar.exists();
}

/// What a place holds that does not begin with a bracket; absent when that is no JSON.
inline json::value extractor::parse_scalar(byte_span place) {
  const char c = place.empty() ? ' ' : body_[place.begin];
  if (c != '"' && c != '-' && !text::is_ascii_digit(c) && c != 't' && c != 'f' && c != 'n') return {};
  probed_ = {};
  json::value found;
  std::size_t end = 0;
  const bool whole = parsers_[idle_].parse_prefix(place.of(body_), found, end) && end == place.size();
  return whole ? found : json::value{};
}

/// False when a reasoning block is open at the end.
inline bool extractor::cut_reasoning() {
  for (bool again = true; again;) {
    again = false;
    const std::size_t at = detail::skip_space(body_, 0);
    for (const std::string& tag : options_.reasoning_tags) {
      const std::string_view rest = body_.substr(at);
      if (rest.size() < tag.size() + 2 || rest[0] != '<' || rest.substr(1, tag.size()) != tag ||
          rest[tag.size() + 1] != '>') {
        continue;
      }
      found_.reasoning = true;
      const std::size_t close = body_.find("</" + tag + ">", at);
      if (close == npos) return false;
      const std::size_t behind = close + tag.size() + 3;
      body_.remove_prefix(behind);
      start_ += behind;
      probed_ = {};
      again = true;
      break;
    }
  }
  return true;
}

/// Blocks and brackets, in the order of the text. Brackets count until a block with JSON comes. What
/// looks like a block between a bracket and what closes it is none, nor is one in a text that is cut-off
/// JSON from its beginning: strings hold Markdown too.
inline void extractor::search() {
  const std::size_t first = detail::skip_space(body_, 0);
  for (std::size_t at = 0; !limit_ && cut_ != first;) {
    const detail::fence open = detail::find_fence(body_, at);
    std::size_t reached = open ? open.begin : body_.size();
    if (!in_blocks_ && cut_ == npos) reached = search_brackets(at, reached, body_.size());
    if (!open || limit_) return;
    if (reached > open.begin && cut_ == npos) {
      at = reached;
    } else if (cut_ != first) {
      at = open.content;
      std::size_t behind = 0;
      if (!search_block(open, behind) && !in_blocks_ && cut_ == npos) {
        at = search_brackets(at, behind, body_.size());
      }
      at = (std::max)(at, behind);
    }
  }
}

/// Takes the candidates of a block. False when it is one of something else than JSON.
inline bool extractor::search_block(const detail::fence& open, std::size_t& behind) {
  // The block ends behind the JSON in it, as far as that is sound: its strings may hold such runs too.
  const std::size_t first = detail::skip_space(body_, open.content);
  const bool bracket = first < body_.size() && detail::is_opener(body_[first]);
  const bool likely =
      open.named_json || (open.unnamed && bracket && detail::looks_like_json(body_, first + 1));
  std::size_t from = open.content;
  if (likely && bracket) {
    probe(first, body_.size());
    from = probed_.end;
  }
  const detail::fence_end close = detail::close_fence(body_, open, from, likely);
  behind = close.behind;
  const byte_span content = trimmed({open.content, close.content});
  json::value scalar;
  if (!bracket && (likely || open.unnamed)) scalar = parse_scalar(content);
  if (!likely && !scalar.exists()) return false;

  if (!in_blocks_) forget();
  in_blocks_ = true;
  found_.kind = extraction_kind::fence;
  if (!scalar.exists()) {
    search_brackets(content.begin, content.end, content.end);
  } else if (options_.roots == candidate_roots::any) {
    add_candidate(content, scalar);
  }
  unclosed_.clear();
  return true;
}

/// Candidates whose opening bracket lies in [at, stop) and which end before `end`. Gives the offset
/// behind the last of them, `stop` at least.
inline std::size_t extractor::search_brackets(std::size_t at, std::size_t stop, std::size_t end) {
  while ((at = detail::find_opener(body_, at, stop)) < stop) {
    if (probe(at, end)) {
      if (admits(body_[at])) add_candidate({at, probed_.end}, probed_.value);
      at = probed_.end;
      continue;
    }
    std::size_t close = npos;
    if (!std::binary_search(unclosed_.begin(), unclosed_.end(), at)) {
      close = brackets_.match(body_, at, end);
      if (close == npos) {
        spare_.clear();
        std::set_union(unclosed_.begin(), unclosed_.end(), brackets_.unclosed().begin(),
                       brackets_.unclosed().end(), std::back_inserter(spare_));
        unclosed_.swap(spare_);
      }
    }
    if (close != npos) {
      add_broken({at, close});
      at = close;
    } else if (detail::looks_like_json(body_.substr(0, end), at + 1)) {
      found_.truncated = true;
      cut_ = at;
      add_broken({at, end});
      return end;
    } else if (++unclosed_count_ >= options_.max_unclosed) {
      limit_ = true;
      return end;
    } else {
      ++at;
    }
  }
  return (std::max)(at, stop);
}

/// Parses from the bracket at `at` on, or remembers that it has been done.
inline bool extractor::probe(std::size_t at, std::size_t end) {
  if (probed_.begin != at) {
    probed_ = {.begin = at};
    parser& idle = parsers_[idle_];
    probed_.good = idle.parse_prefix(body_.substr(at, end - at), probed_.value, probed_.end);
    probed_.fault = idle.report().fault;
    probed_.end += at;
  }
  if (probed_.end > end || (!probed_.good && probed_.end == end)) {  // it was read beyond this end
    probed_.good = false;
    probed_.fault = json::fault::eof;
    probed_.end = end;
  }
  return probed_.good;
}

/// Offsets in the body become offsets in the output here.
inline void extractor::add_candidate(byte_span place, json::value found) {
  place = {start_ + place.begin, start_ + place.end};
  if (++found_.candidates > 1) {
    if (options_.choice == candidate_choice::only && !distinct_) distinct_ = !equality_.equal(value_, found);
    if (!better(place, found_.span)) return;
  }
  found_.span = place;
  value_ = found;
  idle_ ^= 1U;  // the next candidate must not take its memory
}

inline void extractor::add_broken(byte_span place) {
  if (!admits(body_[place.begin])) return;
  const bool plausible = detail::looks_like_json(body_, place.begin + 1);
  ++found_.broken;
  if (plausible) ++plausible_;
  const byte_span shifted = {start_ + place.begin, start_ + place.end};
  const bool replaces = found_.broken == 1 || (plausible && plausible_ == 1) ||
                        (plausible == (plausible_ != 0) && better(shifted, found_.repairable));
  if (!replaces) return;
  found_.repairable = shifted;
  found_.fault = probed_.fault;
  found_.fault_offset = start_ + probed_.end;
}

/// Drops what was found in prose.
inline void extractor::forget() {
  const extraction before = found_;
  found_ = {};
  found_.bom = before.bom;
  found_.reasoning = before.reasoning;
  value_ = {};
  distinct_ = false;
  plausible_ = 0;
  unclosed_count_ = 0;
  cut_ = npos;
  limit_ = false;
  unclosed_.clear();
}

inline void extractor::conclude() {
  if (found_.candidates != 0 && found_.kind == extraction_kind::none) found_.kind = extraction_kind::prose;
  if (limit_) {
    found_.failure = extraction_failure::limit;
  } else if (found_.candidates == 0) {
    found_.failure = found_.fault == fault::duplicate_key ? extraction_failure::duplicate_key
                     : found_.fault == fault::depth       ? extraction_failure::depth
                                                          : extraction_failure::no_candidate;
    const std::size_t rivals = plausible_ != 0 ? plausible_ : found_.broken;
    if (options_.choice != candidate_choice::only || rivals == 1) return;
    found_.failure = extraction_failure::no_candidate;
  } else if (distinct_) {
    found_.failure = extraction_failure::multiple;
  }
  found_.repairable = {};
  found_.fault = fault::none;
  found_.fault_offset = 0;
  if (found_.failure == extraction_failure::none) return;
  found_.span = {};
  value_ = {};
}

}  // namespace evalpp::inline EVALPP_ABI::json
