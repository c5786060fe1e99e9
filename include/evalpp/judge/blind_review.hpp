// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/repeated_name.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/detail/sha256.hpp>
#include <evalpp/judge/answer_pair.hpp>
#include <evalpp/judge/blind_key.hpp>
#include <evalpp/judge/detail/secret.hpp>
#include <evalpp/judge/item.hpp>
#include <evalpp/text/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// Two systems judged by people who do not see which is which: a sample of pairs as sheets, and a key, kept
// apart, that says what stands where.
namespace evalpp::inline EVALPP_ABI::judge {

/// A pair as a person sees it. Nothing here tells the systems: the code is no id, the sides are drawn.
struct blind_item {
  std::string code;
  std::string input;
  std::string a;
  std::string b;

  bool operator==(const blind_item&) const = default;
};

/// What one person is to rate, in the order in which to show it.
struct blind_sheet {
  std::string review;  ///< the digest of the key: the sheet and the key belong together
  std::vector<blind_item> items;
};

struct blind_review {
  blind_key key;
  std::vector<blind_sheet> sheets;
  std::vector<std::size_t> stripped;  ///< for each of `blind_options::strip`, how many answers have lost it
};

struct blind_options {
  /// All that is drawn comes from it. Whoever knows it knows the sides: draw it at random, or keep it.
  std::string seed;
  std::size_t items = 0;   ///< how many pairs that differ a person is to rate; 0 takes all
  std::size_t sheets = 1;  ///< each with the same pairs, in an order and with sides of its own
  /// How many pairs a sheet shows again later, with the sides the other way, to see whether a person stands
  /// by a verdict; at most half of the pairs. Five to ten of a hundred are usual.
  std::size_t repeats = 0;
  /// Phrases by which an answer tells its author, such as a signature, whatever their case in ASCII letters:
  /// each is shown as `[...]`.
  std::vector<std::string> strip = {};
  std::string baseline = {};  ///< names of the systems, for the key
  std::string candidate = {};
};

/// A seed that nobody can foresee; empty when the system has none.
inline std::string draw_blind_seed() { return detail::draw_secret().substr(0, 32); }

namespace detail {

/// Draws by a keyed digest: nobody foretells one without the seed, and a pair's does not depend on the
/// others.
class blind_draws {
 public:
  explicit blind_draws(std::string_view seed) : seed_(seed) {}

  std::string of(std::string_view purpose, std::size_t sheet, std::string_view id) const {
    std::string text(purpose);
    text.append(1, ':').append(std::to_string(sheet)).append(1, ':').append(id);
    return evalpp::detail::to_hex(evalpp::detail::hmac_sha256(seed_, text));
  }

  /// 0 .. n - 1 in an order that is drawn.
  template <class IdOf>
  std::vector<std::size_t> order(std::size_t n, std::string_view purpose, std::size_t sheet,
                                 const IdOf& id_of) const {
    std::vector<std::pair<std::string, std::size_t>> drawn;
    drawn.reserve(n);
    for (std::size_t i = 0; i < n; ++i) drawn.emplace_back(of(purpose, sheet, id_of(i)), i);
    std::sort(drawn.begin(), drawn.end());
    std::vector<std::size_t> out;
    out.reserve(n);
    for (const auto& [digest, i] : drawn) out.push_back(i);
    return out;
  }

  /// Whether the candidate is A: in half of the pairs, of an odd number one more or one less.
  template <class IdOf>
  std::vector<bool> sides(std::size_t n, std::size_t sheet, const IdOf& id_of) const {
    std::size_t half = n / 2;
    if (n % 2 != 0 && of("odd", sheet, "").front() < '8') ++half;
    std::vector<bool> candidate_is_a(n);
    const std::vector<std::size_t> order_of_sides = order(n, "side", sheet, id_of);
    for (std::size_t k = 0; k < half; ++k) candidate_is_a[order_of_sides[k]] = true;
    return candidate_is_a;
  }

  struct place {
    std::size_t pair;
    bool again;
  };

  /// What stands where on a sheet: every pair once, and some of the first half again among the second.
  template <class IdOf>
  std::vector<place> places(std::size_t n, std::size_t repeats, std::size_t sheet, const IdOf& id_of) const {
    const std::vector<std::size_t> once = order(n, "place", sheet, id_of);
    repeats = (std::min)(repeats, n / 2);
    std::vector<place> out;
    for (const std::size_t k : once) out.push_back({k, false});
    if (repeats == 0) return out;
    const auto first_id = [&](std::size_t i) -> const std::string& { return id_of(once[i]); };
    const std::vector<std::size_t> drawn = order(n / 2, "repeat", sheet, first_id);
    for (std::size_t i = 0; i < repeats; ++i) out.push_back({once[drawn[i]], true});
    std::vector<place> mixed(out.begin(), out.begin() + static_cast<std::ptrdiff_t>(n / 2));
    const auto late = [&](std::size_t i) { return id_of(out[n / 2 + i].pair); };
    for (const std::size_t i : order(out.size() - n / 2, "late", sheet, late))
      mixed.push_back(out[n / 2 + i]);
    return mixed;
  }

 private:
  std::string seed_;
};

/// The text with every occurrence of a phrase as `[...]`; whether there was one.
inline bool strip_phrase(std::string& text, std::string_view phrase) {
  constexpr std::string_view mark = "[...]";
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const auto same = [&](char a, char b) { return lower(a) == lower(b); };
  if (phrase.empty()) return false;
  std::string out;
  auto at = text.cbegin();
  for (;;) {
    const auto found = std::search(at, text.cend(), phrase.begin(), phrase.end(), same);
    if (found == text.cend()) break;
    out.append(at, found).append(mark);
    at = found + static_cast<std::ptrdiff_t>(phrase.size());
  }
  if (at == text.cbegin()) return false;
  out.append(at, text.cend());
  text = std::move(out);
  return true;
}

/// An answer as it is shown: without the phrases, and without the white space at its end, which tells systems
/// apart and nothing else.
inline std::string shown_answer(std::string_view answer, std::span<const std::string> strip,
                                std::vector<std::size_t>& stripped) {
  std::string text(answer.substr(0, answer.find_last_not_of(" \t\r\n") + 1));
  for (std::size_t k = 0; k < strip.size(); ++k) stripped[k] += strip_phrase(text, strip[k]) ? 1U : 0U;
  return text;
}

inline std::string shown_input(std::span<const turn> turns) {
  if (turns.size() == 1) return turns.front().text;
  std::string text;
  for (const turn& t : turns) {
    if (!text.empty()) text += "\n\n";
    text.append(t.role).append(": ").append(t.text);
  }
  return text;
}

}  // namespace detail

/// Makes the sheets and the key of a blind review.
///
/// Pairs are drawn without replacement until there are `items` that differ; pairs of identical answers met on
/// the way are nobody's work and go into the key as ties, so that the win rate is that of all pairs. More
/// items of the same seed contain those of fewer. On each sheet the candidate is A in half of the pairs (of
/// an odd number, one more or one less), repeats aside. Of the `repeats` the first showing is in the first
/// half of the sheet, the second one in the rest. Answers are shown without the phrases of `strip` and
/// without white space at their end. An error when two pairs have one id, and when no pair differs. O(sheets
/// * pairs * log pairs + phrases * length of the texts).
inline result<blind_review> make_blind_review(std::span<const answer_pair> pairs,
                                              const blind_options& options) {
  if (const auto twice =
          find_repeated_name(pairs.size(), [&](std::size_t i) -> const std::string& { return pairs[i].id; }))
    return error{error_code::duplicate, "two pairs have the id \"" + pairs[twice->again].id + '"',
                 "an id must stand for one question"};
  const detail::blind_draws draws(options.seed);
  blind_review out;
  out.key.seed = options.seed;
  out.key.baseline = options.baseline;
  out.key.candidate = options.candidate;
  std::vector<const answer_pair*> chosen;
  for (const std::size_t i : draws.order(pairs.size(), "sample", 0,
                                         [&](std::size_t k) -> const std::string& { return pairs[k].id; })) {
    if (options.items != 0 && chosen.size() == options.items) break;
    if (pairs[i].identical())
      out.key.identical.push_back(pairs[i].id);
    else
      chosen.push_back(&pairs[i]);
  }
  if (chosen.empty())
    return error{error_code::invalid_argument,
                 pairs.empty() ? "there are no pairs" : "the systems answer alike everywhere",
                 "give two systems with different answers"};

  const std::size_t n = chosen.size();
  const auto id_of = [&](std::size_t k) -> const std::string& { return chosen[k]->id; };
  out.stripped.resize(options.strip.size());
  std::vector<std::string> baseline, candidate;
  for (const answer_pair* p : chosen) {
    baseline.push_back(detail::shown_answer(p->baseline, options.strip, out.stripped));
    candidate.push_back(detail::shown_answer(p->candidate, options.strip, out.stripped));
  }
  for (std::size_t s = 0; s < options.sheets; ++s) {
    blind_sheet& sheet = out.sheets.emplace_back();
    const std::vector<bool> candidate_is_a = draws.sides(n, s, id_of);
    for (const auto& [k, again] : draws.places(n, options.repeats, s, id_of)) {
      const answer_pair& p = *chosen[k];
      std::string code =
          "r" + draws.of(again ? "again" : "code", s, p.id).substr(0, 12);  // no number to a spreadsheet
      const bool swapped = candidate_is_a[k] != again;
      sheet.items.push_back({code, detail::shown_input(p.input), swapped ? candidate[k] : baseline[k],
                             swapped ? baseline[k] : candidate[k]});
      out.key.entries.push_back({std::move(code), p.id, s, swapped, text::count_utf8(p.baseline).code_points,
                                 text::count_utf8(p.candidate).code_points, again});
    }
  }
  evalpp::detail::sha256_hasher texts;
  for (const blind_sheet& sheet : out.sheets)
    for (const blind_item& i : sheet.items)
      for (const std::string* part : {&i.code, &i.input, &i.a, &i.b}) texts.update_text(*part);
  out.key.texts = evalpp::detail::to_hex(texts.finish());
  out.key.review = review_of(out.key);
  for (blind_sheet& sheet : out.sheets) sheet.review = out.key.review;
  return out;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
