// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/unicode.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/text/whitespace.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The tokenizers as their references have them: text goes through one substitution after another
// and is split at whitespace at the end. The oracle of text/tokenizer_*.hpp, written from the
// regular expressions and with nothing in common with the one-pass tokenizers but the Unicode
// properties, which the golden files check.
namespace evalpp::reference {

using words = std::vector<std::string>;

// A character and the bytes it came from, which for malformed text are not its own.
struct glyph {
  char32_t code = 0;
  std::string bytes;
};
using glyphs = std::vector<glyph>;

inline glyphs read(std::string_view text) {
  glyphs out;
  text::for_each_code_point(text, [&](const text::utf8_step& step, std::size_t at) {
    out.push_back({step.code_point, std::string(text.substr(at, step.length))});
  });
  return out;
}

inline const glyph space{U' ', " "};

inline std::string write(const glyphs& text) {
  std::string out;
  for (const glyph& g : text) out += g.bytes;
  return out;
}

// Malformed bytes that a deletion has brought together may mean something new.
inline glyphs read_again(const glyphs& text) { return read(write(text)); }

inline bool is_space(const glyph& g) { return text::is_whitespace(g.code); }
inline bool is_digit(const glyph& g) { return g.code >= U'0' && g.code <= U'9'; }
inline bool is_one_of(std::u32string_view set, const glyph& g) {
  return set.find(g.code) != std::u32string_view::npos;
}

inline words split(const glyphs& text) {
  words out;
  std::string word;
  for (const glyph& g : text) {
    if (!is_space(g)) {
      word += g.bytes;
    } else if (!word.empty()) {
      out.push_back(std::exchange(word, {}));
    }
  }
  if (!word.empty()) out.push_back(word);
  return out;
}

inline glyphs strip(glyphs text) {
  while (!text.empty() && is_space(text.back())) text.pop_back();
  while (!text.empty() && is_space(text.front())) text.erase(text.begin());
  return text;
}

inline bool has_at(const glyphs& text, std::size_t at, std::string_view what) {
  if (text.size() - at < what.size()) return false;
  for (std::size_t i = 0; i < what.size(); ++i) {
    if (text[at + i].code != static_cast<unsigned char>(what[i])) return false;
  }
  return true;
}

// str.replace, or re.sub with a pattern that is a string of ASCII.
inline glyphs replace(const glyphs& text, std::string_view from, std::string_view to) {
  glyphs out;
  for (std::size_t i = 0; i < text.size();) {
    if (!has_at(text, i, from)) {
      out.push_back(text[i++]);
      continue;
    }
    for (const char c : to) out.push_back({static_cast<unsigned char>(c), std::string(1, c)});
    i += from.size();
  }
  return out;
}

// re.sub(r"([set])", "")
template <class Set>
glyphs remove(glyphs text, Set in) {
  std::erase_if(text, in);
  return text;
}

// re.sub(r"([set])", r" \1 ")
template <class Set>
glyphs isolate(const glyphs& text, Set in) {
  glyphs out;
  for (const glyph& g : text) {
    if (in(g)) {
      out.insert(out.end(), {space, g, space});
    } else {
      out.push_back(g);
    }
  }
  return out;
}

// re.sub(r"(first)(second)", r"\1 \2 "), or r" \1 \2" when `before`.
template <class First, class Second>
glyphs pull_apart(const glyphs& text, First first, Second second, bool before = false) {
  glyphs out;
  for (std::size_t i = 0; i < text.size();) {
    if (i + 1 < text.size() && first(text[i]) && second(text[i + 1])) {
      if (before) out.push_back(space);
      out.insert(out.end(), {text[i], space, text[i + 1]});
      if (!before) out.push_back(space);
      i += 2;
    } else {
      out.push_back(text[i++]);
    }
  }
  return out;
}

inline bool is_western_punctuation(const glyph& g) {
  return is_one_of(U"{|}~[\\]^_` !\"#$%&()*+:;<=>?@/", g);
}
inline bool is_stop(const glyph& g) { return g.code == U'.' || g.code == U','; }
inline bool is_no_digit(const glyph& g) { return !is_digit(g); }

inline glyphs separate_stops_and_dashes(glyphs text) {
  text = pull_apart(text, is_no_digit, is_stop);
  text = pull_apart(text, is_stop, is_no_digit, true);
  return pull_apart(text, is_digit, [](const glyph& g) { return g.code == U'-'; });
}

inline glyphs decode_entities(glyphs text) {
  text = replace(text, "&quot;", "\"");
  text = replace(text, "&amp;", "&");
  text = replace(text, "&lt;", "<");
  return replace(text, "&gt;", ">");
}

inline glyphs pad(glyphs text) {
  text.insert(text.begin(), space);
  text.push_back(space);
  return text;
}

inline words tokenize_13a(std::string_view input) {
  glyphs text = read(input);
  text = read_again(replace(text, "<skipped>", ""));
  text = read_again(replace(text, "-\n", ""));
  text = replace(text, "\n", " ");
  text = pad(decode_entities(text));
  return split(separate_stops_and_dashes(isolate(text, is_western_punctuation)));
}

inline words tokenize_intl(std::string_view input) {
  const auto number = [](const glyph& g) { return text::is_number(g.code); };
  const auto no_number = [&](const glyph& g) { return !number(g); };
  const auto punctuation = [](const glyph& g) { return text::is_punctuation(g.code); };
  glyphs text = read(input);
  text = pull_apart(text, no_number, punctuation);
  text = pull_apart(text, punctuation, no_number, true);
  return split(isolate(text, [](const glyph& g) { return text::is_symbol(g.code); }));
}

inline words tokenize_char(std::string_view input) {
  return split(isolate(read(input), [](const glyph&) { return true; }));
}

inline bool is_within(const glyph& g, std::vector<std::pair<char32_t, char32_t>> ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const auto& range) { return g.code >= range.first && g.code <= range.second; });
}

inline words tokenize_zh(std::string_view input) {
  const auto chinese = [](const glyph& g) {
    return is_within(g, {{0x2001, 0x2A6D},
                         {0x2E80, 0x2FDF},
                         {0x2FF0, 0x303F},
                         {0x3100, 0x312F},
                         {0x31A0, 0x31EF},
                         {0x3200, 0x4DB5},
                         {0x4E00, 0x9FBB},
                         {0xF900, 0xFA2D},
                         {0xFA30, 0xFA6A},
                         {0xFA70, 0xFAD9},
                         {0xFE10, 0xFE1F},
                         {0xFE30, 0xFE4F},
                         {0xFF00, 0xFFEF}});
  };
  const glyphs text = isolate(isolate(strip(read(input)), chinese), is_western_punctuation);
  return split(separate_stops_and_dashes(text));
}

inline words tokenize_tercom(std::string_view input, bool normalized, bool no_punct, bool asian) {
  const auto asian_punctuation = [](const glyph& g) {
    return is_within(
        g, {{0x3001, 0x3002}, {0x3008, 0x3011}, {0x3014, 0x301F}, {0xFF61, 0xFF65}, {0x30FB, 0x30FB}});
  };
  const auto full_width_punctuation = [](const glyph& g) {
    return is_one_of(U"\uFF0E\uFF0C\uFF1F\uFF1A\uFF1B\uFF01\uFF02\uFF08\uFF09", g);
  };
  glyphs text = read(input);
  if (normalized) {
    text = read_again(replace(text, "\n-", ""));
    text = replace(text, "\n", " ");
    text = isolate(pad(decode_entities(text)), is_western_punctuation);
    text = separate_stops_and_dashes(replace(text, "'s ", " 's "));
    if (asian) {
      text = isolate(text, [](const glyph& g) { return is_within(g, {{0x4E00, 0x9FFF}, {0x3400, 0x4DBF}}); });
      text = isolate(text, [](const glyph& g) { return is_within(g, {{0x31C0, 0x31EF}, {0x2E80, 0x2EFF}}); });
      text = isolate(text, [](const glyph& g) {
        return is_within(g, {{0x3300, 0x33FF}, {0xF900, 0xFAFF}, {0xFE30, 0xFE4F}});
      });
      text = isolate(text, [](const glyph& g) { return is_within(g, {{0x3200, 0x3F22}}); });
      text = isolate(isolate(text, asian_punctuation), full_width_punctuation);
    }
  }
  if (no_punct) {
    text = remove(text, [](const glyph& g) { return is_one_of(U".,?:;!\"()", g); });
    if (asian) text = remove(remove(text, asian_punctuation), full_width_punctuation);
  }
  return split(text);
}

// jiwer 4: re.sub(r"\s\s+", " "), strip(), split(" ") without the empty ones.
inline words tokenize_jiwer(std::string_view input) {
  const glyphs all = read(input);
  glyphs text;
  for (std::size_t i = 0; i < all.size();) {
    std::size_t end = i;
    while (end < all.size() && is_space(all[end])) ++end;
    if (end - i >= 2) {
      text.push_back(space);
      i = end;
    } else {
      text.push_back(all[i++]);
    }
  }
  words out(1);
  for (const glyph& g : strip(text)) {
    if (g.code == U' ') {
      out.emplace_back();
    } else {
      out.back() += g.bytes;
    }
  }
  std::erase(out, "");
  return out;
}

// SQuAD's normalize_answer: lower, delete punctuation, re.sub(r"\b(a|an|the)\b", " "), split.
inline words tokenize_squad(std::string_view input) {
  const auto punctuation = [](const glyph& g) { return is_one_of(U"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", g); };
  const glyphs text = read_again(remove(read(text::to_lower(input)), punctuation));
  const auto word_at = [&](std::size_t i) {
    return i < text.size() && (text[i].code == U'_' || text::is_alphanumeric(text[i].code));
  };
  glyphs out;
  for (std::size_t i = 0; i < text.size();) {
    const bool boundary = i == 0 || !word_at(i - 1);
    std::size_t length = 0;
    for (const std::string_view article : {"a", "an", "the"}) {
      if (boundary && has_at(text, i, article) && !word_at(i + article.size())) length = article.size();
    }
    out.push_back(length != 0 ? space : text[i]);
    i += length != 0 ? length : 1;
  }
  return split(out);
}

// NLTK's PorterStemmer in its mode NLTK_EXTENSIONS, function by function.
class porter {
 public:
  static std::string stem(const std::string& word) {
    static const std::vector<std::pair<std::string, words>> pool = {{"sky", {"sky", "skies"}},
                                                                    {"die", {"dying"}},
                                                                    {"lie", {"lying"}},
                                                                    {"tie", {"tying"}},
                                                                    {"news", {"news"}},
                                                                    {"inning", {"innings", "inning"}},
                                                                    {"outing", {"outings", "outing"}},
                                                                    {"canning", {"cannings", "canning"}},
                                                                    {"howe", {"howe"}},
                                                                    {"proceed", {"proceed"}},
                                                                    {"exceed", {"exceed"}},
                                                                    {"succeed", {"succeed"}}};
    for (const auto& [result, forms] : pool) {
      if (std::find(forms.begin(), forms.end(), word) != forms.end()) return result;
    }
    if (word.size() <= 2) return word;
    return step5b(step5a(step4(step3(step2(step1c(step1b(step1a(word))))))));
  }

 private:
  enum class condition { always, positive, above_one, after_s_or_t };
  struct rule {
    std::string suffix, replacement;
    condition when = condition::always;
  };

  static bool ends(const std::string& word, std::string_view suffix) { return word.ends_with(suffix); }
  static std::string cut(const std::string& word, std::size_t n) { return word.substr(0, word.size() - n); }

  static bool consonant(const std::string& word, std::size_t i) {
    if (std::string_view("aeiou").find(word[i]) != std::string_view::npos) return false;
    if (word[i] == 'y') return i == 0 || !consonant(word, i - 1);
    return true;
  }
  static int measure(const std::string& stem) {
    std::string sequence;
    for (std::size_t i = 0; i < stem.size(); ++i) sequence += consonant(stem, i) ? 'c' : 'v';
    int count = 0;
    for (std::size_t i = 0; i + 1 < sequence.size(); ++i)
      count += sequence[i] == 'v' && sequence[i + 1] == 'c';
    return count;
  }
  static bool contains_vowel(const std::string& stem) {
    for (std::size_t i = 0; i < stem.size(); ++i) {
      if (!consonant(stem, i)) return true;
    }
    return false;
  }
  static bool ends_double_consonant(const std::string& word) {
    const std::size_t n = word.size();
    return n >= 2 && word[n - 1] == word[n - 2] && consonant(word, n - 1);
  }
  static bool ends_cvc(const std::string& word) {
    const std::size_t n = word.size();
    return (n >= 3 && consonant(word, n - 3) && !consonant(word, n - 2) && consonant(word, n - 1) &&
            std::string_view("wxy").find(word[n - 1]) == std::string_view::npos) ||
           (n == 2 && !consonant(word, 0) && consonant(word, 1));
  }
  static std::string apply(const std::string& word, const std::vector<rule>& rules) {
    for (const rule& r : rules) {
      if (!ends(word, r.suffix)) continue;
      const std::string stem = cut(word, r.suffix.size());
      bool applies = true;
      if (r.when == condition::positive) applies = measure(stem) > 0;
      if (r.when == condition::above_one) applies = measure(stem) > 1;
      if (r.when == condition::after_s_or_t)
        applies = measure(stem) > 1 && (ends(stem, "s") || ends(stem, "t"));
      return applies ? stem + r.replacement : word;
    }
    return word;
  }

  static std::string step1a(const std::string& word) {
    if (ends(word, "ies") && word.size() == 4) return cut(word, 3) + "ie";
    return apply(word, {{"sses", "ss"}, {"ies", "i"}, {"ss", "ss"}, {"s", ""}});
  }
  static std::string step1b(const std::string& word) {
    if (ends(word, "ied")) return cut(word, 3) + (word.size() == 4 ? "ie" : "i");
    if (ends(word, "eed")) return measure(cut(word, 3)) > 0 ? cut(word, 3) + "ee" : word;
    std::string stem;
    if (ends(word, "ed") && contains_vowel(cut(word, 2))) {
      stem = cut(word, 2);
    } else if (ends(word, "ing") && contains_vowel(cut(word, 3))) {
      stem = cut(word, 3);
    } else {
      return word;
    }
    if (ends(stem, "at") || ends(stem, "bl") || ends(stem, "iz")) return stem + "e";
    if (ends_double_consonant(stem)) {
      return std::string_view("lsz").find(stem.back()) == std::string_view::npos ? cut(stem, 1) : stem;
    }
    return measure(stem) == 1 && ends_cvc(stem) ? stem + "e" : stem;
  }
  static std::string step1c(const std::string& word) {
    const std::string stem = cut(word, 1);
    return ends(word, "y") && stem.size() > 1 && consonant(stem, stem.size() - 1) ? stem + "i" : word;
  }
  static std::string step2(const std::string& word) {
    constexpr condition m = condition::positive;
    if (ends(word, "alli") && measure(cut(word, 4)) > 0) return step2(cut(word, 4) + "al");
    if (ends(word, "logi")) {
      return measure(cut(word, 3)) > 0 ? cut(word, 4) + "log" : word;
    }
    return apply(word,
                 {{"ational", "ate", m}, {"tional", "tion", m}, {"enci", "ence", m},   {"anci", "ance", m},
                  {"izer", "ize", m},    {"bli", "ble", m},     {"alli", "al", m},     {"entli", "ent", m},
                  {"eli", "e", m},       {"ousli", "ous", m},   {"ization", "ize", m}, {"ation", "ate", m},
                  {"ator", "ate", m},    {"alism", "al", m},    {"iveness", "ive", m}, {"fulness", "ful", m},
                  {"ousness", "ous", m}, {"aliti", "al", m},    {"iviti", "ive", m},   {"biliti", "ble", m},
                  {"fulli", "ful", m}});
  }
  static std::string step3(const std::string& word) {
    constexpr condition m = condition::positive;
    return apply(word, {{"icate", "ic", m},
                        {"ative", "", m},
                        {"alize", "al", m},
                        {"iciti", "ic", m},
                        {"ical", "ic", m},
                        {"ful", "", m},
                        {"ness", "", m}});
  }
  static std::string step4(const std::string& word) {
    constexpr condition m = condition::above_one;
    return apply(word, {{"al", "", m},
                        {"ance", "", m},
                        {"ence", "", m},
                        {"er", "", m},
                        {"ic", "", m},
                        {"able", "", m},
                        {"ible", "", m},
                        {"ant", "", m},
                        {"ement", "", m},
                        {"ment", "", m},
                        {"ent", "", m},
                        {"ion", "", condition::after_s_or_t},
                        {"ou", "", m},
                        {"ism", "", m},
                        {"ate", "", m},
                        {"iti", "", m},
                        {"ous", "", m},
                        {"ive", "", m},
                        {"ize", "", m}});
  }
  static std::string step5a(const std::string& word) {
    if (!ends(word, "e")) return word;
    const std::string stem = cut(word, 1);
    return measure(stem) > 1 || (measure(stem) == 1 && !ends_cvc(stem)) ? stem : word;
  }
  static std::string step5b(const std::string& word) {
    return ends(word, "ll") && measure(cut(word, 1)) > 1 ? cut(word, 1) : word;
  }
};

// rouge_score: lower, re.sub(r"[^a-z0-9]+", " "), split, stem what has more than three letters.
inline words tokenize_rouge(std::string_view input, bool stem) {
  glyphs text = read(text::to_lower(input));
  for (glyph& g : text) {
    if (!is_digit(g) && !(g.code >= U'a' && g.code <= U'z')) g = space;
  }
  words out = split(text);
  for (std::string& word : out) {
    if (stem && word.size() > 3) word = porter::stem(word);
  }
  return out;
}

}  // namespace evalpp::reference
