// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/idna_tables.hpp>
#include <evalpp/json/detail/punycode.hpp>
#include <evalpp/text/unicode.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>

// IDNA2008: which labels are U-labels (RFC 5891 section 4.2, RFC 5892, RFC 5893).
namespace evalpp::inline EVALPP_ABI::json::detail {

enum class idna_category : std::uint8_t { disallowed, pvalid, context_j, context_o };

constexpr idna_category idna_category_of(char32_t c) {
  if (c >= idna_table_end) return idna_category::disallowed;
  constexpr char32_t mask = (char32_t{1} << idna_block_shift) - 1;
  const std::size_t entry = std::size_t{idna_blocks[c >> idna_block_shift]} << idna_block_shift | (c & mask);
  return static_cast<idna_category>(idna_categories[entry / 4] >> entry % 4 * 2 & 3);
}

/// Meaningful for code points that are not disallowed.
constexpr const idna_properties& idna_properties_of(char32_t c) {
  // The first run that begins behind c; one begins at '-', the least code point of all labels.
  const auto* const run = std::upper_bound(std::begin(idna_runs), std::end(idna_runs), c << 7 | 0x7F);
  return idna_classes[(run == idna_runs ? *run : run[-1]) & 0x7F];
}

enum bidi_class : std::uint16_t {
  bidi_l = 1,
  bidi_r = 2,
  bidi_al = 4,
  bidi_an = 8,
  bidi_en = 16,
  bidi_es = 32,
  bidi_on = 64,
  bidi_bn = 128,
  bidi_nsm = 256,
};
enum idna_joining : std::uint8_t { joins_forward = 1, joins_backward = 2, joins_through = 4 };
enum idna_script : std::uint8_t { script_other, script_greek, script_hebrew, script_kana_or_han };

inline constexpr std::uint8_t virama = 9;  // a canonical combining class

// ---- Normalization ----

constexpr const idna_composition* find_decomposition(char32_t composite) {
  const auto* const found =
      std::lower_bound(std::begin(idna_compositions), std::end(idna_compositions), composite,
                       [](const idna_composition& entry, char32_t c) { return entry.composite < c; });
  return found != std::end(idna_compositions) && found->composite == composite ? found : nullptr;
}

/// The primary composite of two code points, 0 when there is none.
constexpr char32_t compose(char32_t first, char32_t second) {
  const auto* const found = std::lower_bound(
      std::begin(idna_compositions_by_pair), std::end(idna_compositions_by_pair), std::pair(first, second),
      [](std::uint16_t i, const std::pair<char32_t, char32_t>& wanted) {
        return std::pair(idna_compositions[i].first, idna_compositions[i].second) < wanted;
      });
  if (found == std::end(idna_compositions_by_pair)) return 0;
  const idna_composition& entry = idna_compositions[*found];
  return entry.first == first && entry.second == second ? entry.composite : 0;
}

/// Whether normalization form C leaves a label as it is, whose code points are allowed in labels: each is
/// in NFC by itself, and none is a conjoining Jamo.
inline bool is_nfc(const label_text& label) {
  bool may_compose = false;
  std::uint8_t last = 0;
  for (const char32_t c : label) {
    const idna_properties& properties = idna_properties_of(c);
    if (properties.combining_class != 0 && properties.combining_class < last) return false;
    last = properties.combining_class;
    may_compose |= properties.composes;
  }
  if (!may_compose) return true;

  // To be sure, it is normalized: decomposed into canonical order, then composed in place. A code point
  // decomposes into at most three, the first of which decomposes again.
  char32_t text[3 * max_label];
  std::uint8_t classes[3 * max_label];
  std::size_t size = 0;
  for (const char32_t c : label) {
    char32_t marks[2];
    std::size_t left = 0;
    char32_t first = c;
    for (const idna_composition* entry; left < 2 && (entry = find_decomposition(first)) != nullptr;) {
      marks[left++] = entry->second;
      first = entry->first;
    }
    for (;;) {
      const std::uint8_t combining = idna_properties_of(first).combining_class;
      std::size_t at = size++;
      for (; combining != 0 && at > 0 && classes[at - 1] > combining; --at) {
        text[at] = text[at - 1];
        classes[at] = classes[at - 1];
      }
      text[at] = first;
      classes[at] = combining;
      if (left == 0) break;
      first = marks[--left];
    }
  }

  std::size_t kept = 0;
  std::size_t starter = size;  // none yet
  for (std::size_t i = 0; i < size; ++i) {
    // What stands between the starter and this: nothing, or a mark that comes before it in order.
    const bool reached = starter < kept && (starter + 1 == kept || classes[kept - 1] < classes[i]);
    if (reached) {
      if (const char32_t composite = compose(text[starter], text[i]); composite != 0) {
        text[starter] = composite;
        continue;
      }
    }
    if (classes[i] == 0) starter = kept;
    text[kept] = text[i];
    classes[kept++] = classes[i];
  }
  return std::equal(label.begin(), label.end(), text, text + kept);
}

// ---- Rules of context (RFC 5892 appendix A) ----

constexpr bool has_between(const label_text& label, char32_t low, char32_t high) {
  return std::any_of(label.begin(), label.end(), [=](char32_t c) { return c >= low && c <= high; });
}

// (L | D) T* before, T* (R | D) behind.
constexpr bool joins_over(const label_text& label, std::size_t at) {
  const auto joining = [&label](std::size_t i) { return idna_properties_of(label[i]).joining; };
  std::size_t before = at;
  while (before > 0 && joining(before - 1) == joins_through) --before;
  std::size_t behind = at + 1;
  while (behind < label.size && joining(behind) == joins_through) ++behind;
  return before > 0 && (joining(before - 1) & joins_forward) != 0 && behind < label.size &&
         (joining(behind) & joins_backward) != 0;
}

/// Whether a CONTEXTJ or CONTEXTO code point stands where it may. All others are known to be allowed.
constexpr bool context_holds(const label_text& label, std::size_t at) {
  const char32_t c = label[at];
  switch (c) {
    case 0x00B7:  // MIDDLE DOT, in Catalan
      return at > 0 && at + 1 < label.size && label[at - 1] == 'l' && label[at + 1] == 'l';
    case 0x0375:  // GREEK LOWER NUMERAL SIGN
      return at + 1 < label.size && idna_properties_of(label[at + 1]).script == script_greek;
    case 0x05F3:  // HEBREW PUNCTUATION GERESH, GERSHAYIM
    case 0x05F4:
      return at > 0 && idna_properties_of(label[at - 1]).script == script_hebrew;
    case 0x30FB:  // KATAKANA MIDDLE DOT
      return std::any_of(label.begin(), label.end(), [](char32_t other) {
        return idna_properties_of(other).script == script_kana_or_han;
      });
    case 0x200C:  // ZERO WIDTH NON-JOINER
    case 0x200D:  // ZERO WIDTH JOINER
      if (at > 0 && idna_properties_of(label[at - 1]).combining_class == virama) return true;
      return c == 0x200C && joins_over(label, at);
    default:  // ARABIC-INDIC DIGITS, EXTENDED ARABIC-INDIC DIGITS: not both
      return c < 0x06F0 ? !has_between(label, 0x06F0, 0x06F9) : !has_between(label, 0x0660, 0x0669);
  }
}

/// The place of the first code point that keeps a label from being a U-label, or its size when it is one;
/// 0 when it is not in NFC. Whether its name is bidirectional is another matter: see below.
inline std::size_t find_label_fault(const label_text& label) {
  if (label.size == 0 || label[0] == '-' || text::is_mark(label[0])) return 0;
  for (std::size_t i = 0; i < label.size; ++i) {
    if (idna_category_of(label[i]) == idna_category::disallowed) return i;
    if (i == 2 && label.size > 3 && label[2] == '-' && label[3] == '-') return i;
  }
  if (label[label.size - 1] == '-') return label.size - 1;
  for (std::size_t i = 0; i < label.size; ++i) {
    if (idna_category_of(label[i]) != idna_category::pvalid && !context_holds(label, i)) return i;
  }
  return is_nfc(label) ? label.size : 0;
}

// ---- The Bidi rule (RFC 5893 section 2) ----

struct label_direction {
  bool right_to_left = false;  ///< has R, AL or AN: the rule then holds for every label of the name
  bool keeps_rule = false;
};

/// For labels of allowed code points, at least one.
constexpr label_direction direction_of(const label_text& label) {
  unsigned present = 0;
  unsigned last = 0;  // but for nonspacing marks
  for (const char32_t c : label) {
    const unsigned bidi = idna_properties_of(c).bidi;
    present |= bidi;
    if (bidi != bidi_nsm) last = bidi;
  }
  const unsigned first = idna_properties_of(label[0]).bidi;
  constexpr unsigned anywhere = bidi_en | bidi_es | bidi_on | bidi_bn | bidi_nsm;
  label_direction result;
  result.right_to_left = (present & (bidi_r | bidi_al | bidi_an)) != 0;
  if (first == bidi_l) {
    result.keeps_rule = (present & ~(bidi_l | anywhere)) == 0 && (last & (bidi_l | bidi_en)) != 0;
  } else if ((first & (bidi_r | bidi_al)) != 0) {
    constexpr unsigned end = bidi_r | bidi_al | bidi_en | bidi_an;
    const bool one_kind_of_digits = (present & bidi_en) == 0 || (present & bidi_an) == 0;
    result.keeps_rule =
        (present & ~(bidi_r | bidi_al | bidi_an | anywhere)) == 0 && (last & end) != 0 && one_kind_of_digits;
  }
  return result;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
