// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::text {

namespace detail {

// A suffix of up to eight letters as one number, the last letter lowest. Numbers are quick to compare.
class porter_suffix {
 public:
  template <std::size_t N>
  consteval porter_suffix(const char (&letters)[N]) : size_(N - 1) {
    static_assert(N - 1 <= 8);
    for (std::size_t i = 0; i + 1 < N; ++i) {
      key_ = key_ << 8 | static_cast<unsigned char>(letters[i]);
      mask_ = mask_ << 8 | 0xFF;
    }
  }
  constexpr std::size_t size() const noexcept { return size_; }
  constexpr bool ends(std::uint64_t tail) const noexcept { return ((tail ^ key_) & mask_) == 0; }

 private:
  std::uint64_t key_ = 0;
  std::uint64_t mask_ = 0;
  std::size_t size_;
};

// A word being stemmed in place. It never gets longer than it was.
class porter_word {
 public:
  porter_word(char* letters, std::size_t length) noexcept : letters_(letters), length_(length) {
    read_tail();
  }

  std::size_t length() const noexcept { return length_; }
  bool ends(porter_suffix suffix) const noexcept { return suffix.ends(tail_); }
  bool is(porter_suffix word) const noexcept { return length_ == word.size() && word.ends(tail_); }

  // Replaces the last `count` letters.
  void replace(std::size_t count, std::string_view replacement) noexcept {
    length_ -= count;
    for (const char c : replacement) letters_[length_++] = c;
    read_tail();
  }

  // Is the letter at `i` a consonant? 'y' is one at the beginning and after a vowel, and so is
  // everything that is no letter.
  bool consonant(std::size_t i) const noexcept {
    bool flip = false;
    for (; letters_[i] == 'y' && i != 0; --i) flip = !flip;
    return !is_vowel(letters_[i]) != flip;
  }

  // The number of times a consonant follows a vowel in the first `n` letters, but not more than 2.
  int measure(std::size_t n) const noexcept {
    int count = 0;
    bool was_consonant = true;
    for (std::size_t i = 0; i < n && count < 2; ++i) {
      const bool is_consonant = next_consonant(i, was_consonant);
      if (is_consonant && !was_consonant) ++count;
      was_consonant = is_consonant;
    }
    return count;
  }

  bool has_vowel(std::size_t n) const noexcept {
    bool was_consonant = false;
    for (std::size_t i = 0; i < n; ++i) {
      was_consonant = next_consonant(i, was_consonant);
      if (!was_consonant) return true;
    }
    return false;
  }

  bool ends_double_consonant() const noexcept {
    return length_ >= 2 && letters_[length_ - 1] == letters_[length_ - 2] && consonant(length_ - 1);
  }

  // Do the first `n` letters end in consonant, vowel, consonant, the last not w, x or y? Or are
  // they a vowel and a consonant?
  bool ends_cvc(std::size_t n) const noexcept {
    if (n == 2) return !consonant(0) && consonant(1);
    if (n < 3 || !consonant(n - 3) || consonant(n - 2) || !consonant(n - 1)) return false;
    const char c = letters_[n - 1];
    return c != 'w' && c != 'x' && c != 'y';
  }

  char at(std::size_t i) const noexcept { return letters_[i]; }

 private:
  static constexpr bool is_vowel(char c) noexcept {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
  }
  bool next_consonant(std::size_t i, bool was_consonant) const noexcept {
    if (letters_[i] == 'y') return i == 0 || !was_consonant;
    return !is_vowel(letters_[i]);
  }

  void read_tail() noexcept {
    tail_ = 0;
    for (std::size_t i = length_ < 8 ? 0 : length_ - 8; i < length_; ++i) {
      tail_ = tail_ << 8 | static_cast<unsigned char>(letters_[i]);
    }
  }

  char* letters_;
  std::size_t length_;
  std::uint64_t tail_ = 0;  // the last eight letters as a number, the last lowest; 0 before the first
};

struct porter_rule {
  porter_suffix suffix;
  std::string_view replacement;
};

// The first rule whose suffix the word has decides. It applies when the measure of what is before
// the suffix is greater than `above`. Returns whether a suffix was found.
template <std::size_t N>
bool apply_porter_rules(porter_word& word, const porter_rule (&rules)[N], int above) noexcept {
  for (const porter_rule& rule : rules) {
    if (!word.ends(rule.suffix)) continue;
    if (word.measure(word.length() - rule.suffix.size()) > above) {
      word.replace(rule.suffix.size(), rule.replacement);
    }
    return true;
  }
  return false;
}

// Words with stems of their own.
inline constexpr porter_rule porter_exceptions[] = {
    {"sky", "sky"},        {"skies", "sky"},       {"dying", "die"},        {"lying", "lie"},
    {"tying", "tie"},      {"news", "news"},       {"innings", "inning"},   {"inning", "inning"},
    {"outings", "outing"}, {"outing", "outing"},   {"cannings", "canning"}, {"canning", "canning"},
    {"howe", "howe"},      {"proceed", "proceed"}, {"exceed", "exceed"},    {"succeed", "succeed"}};

inline bool porter_exception(porter_word& word) noexcept {
  for (const porter_rule& exception : porter_exceptions) {
    if (!word.is(exception.suffix)) continue;
    word.replace(word.length(), exception.replacement);
    return true;
  }
  return false;
}

inline void porter_step_1a(porter_word& word) noexcept {
  if (word.ends("sses")) {
    word.replace(4, "ss");
  } else if (word.ends("ies")) {
    word.replace(3, word.length() == 4 ? "ie" : "i");
  } else if (word.ends("s") && !word.ends("ss")) {
    word.replace(1, "");
  }
}

inline void porter_step_1b(porter_word& word) noexcept {
  if (word.ends("ied")) return word.replace(3, word.length() == 4 ? "ie" : "i");
  if (word.ends("eed")) {
    if (word.measure(word.length() - 3) > 0) word.replace(3, "ee");
    return;
  }
  if (word.ends("ed") && word.has_vowel(word.length() - 2)) {
    word.replace(2, "");
  } else if (word.ends("ing") && word.has_vowel(word.length() - 3)) {
    word.replace(3, "");
  } else {
    return;
  }
  if (word.ends("at") || word.ends("bl") || word.ends("iz")) {
    word.replace(0, "e");
  } else if (word.ends_double_consonant()) {
    const char c = word.at(word.length() - 1);
    if (c != 'l' && c != 's' && c != 'z') word.replace(1, "");
  } else if (word.measure(word.length()) == 1 && word.ends_cvc(word.length())) {
    word.replace(0, "e");
  }
}

inline void porter_step_1c(porter_word& word) noexcept {
  const std::size_t n = word.length();
  if (n > 2 && word.ends("y") && word.consonant(n - 2)) word.replace(1, "i");
}

inline void porter_step_2(porter_word& word) noexcept {
  static constexpr porter_rule rules[] = {
      {"ational", "ate"}, {"tional", "tion"}, {"enci", "ence"}, {"anci", "ance"}, {"izer", "ize"},
      {"bli", "ble"},     {"alli", "al"},     {"entli", "ent"}, {"eli", "e"},     {"ousli", "ous"},
      {"ization", "ize"}, {"ation", "ate"},   {"ator", "ate"},  {"alism", "al"},  {"iveness", "ive"},
      {"fulness", "ful"}, {"ousness", "ous"}, {"aliti", "al"},  {"iviti", "ive"}, {"biliti", "ble"},
      {"fulli", "ful"}};
  while (word.ends("alli") && word.measure(word.length() - 4) > 0) word.replace(2, "");
  if (apply_porter_rules(word, rules, 0)) return;
  // Unlike the others this one looks at the stem that it leaves, 'l' included.
  if (word.ends("logi") && word.measure(word.length() - 3) > 0) word.replace(1, "");
}

inline void porter_step_3(porter_word& word) noexcept {
  static constexpr porter_rule rules[] = {{"icate", "ic"}, {"ative", ""}, {"alize", "al"}, {"iciti", "ic"},
                                          {"ical", "ic"},  {"ful", ""},   {"ness", ""}};
  apply_porter_rules(word, rules, 0);
}

inline void porter_step_4(porter_word& word) noexcept {
  static constexpr porter_rule before_ion[] = {{"al", ""},    {"ance", ""}, {"ence", ""}, {"er", ""},
                                               {"ic", ""},    {"able", ""}, {"ible", ""}, {"ant", ""},
                                               {"ement", ""}, {"ment", ""}, {"ent", ""}};
  static constexpr porter_rule after_ion[] = {{"ou", ""},  {"ism", ""}, {"ate", ""}, {"iti", ""},
                                              {"ous", ""}, {"ive", ""}, {"ize", ""}};
  if (apply_porter_rules(word, before_ion, 1)) return;
  if (word.ends("ion")) {
    const std::size_t n = word.length() - 3;
    if (word.measure(n) > 1 && (word.at(n - 1) == 's' || word.at(n - 1) == 't')) word.replace(3, "");
    return;
  }
  apply_porter_rules(word, after_ion, 1);
}

inline void porter_step_5(porter_word& word) noexcept {
  if (word.ends("e")) {
    const std::size_t n = word.length() - 1;
    const int m = word.measure(n);
    if (m > 1 || (m == 1 && !word.ends_cvc(n))) word.replace(1, "");
  }
  if (word.ends("ll") && word.measure(word.length() - 1) > 1) word.replace(1, "");
}

}  // namespace detail

/// Stems the English word of `length` lower-case letters or digits at `word` in place and returns
/// the length of the stem, never more than `length`. Porter's algorithm with the extensions of
/// NLTK 3.8 (`PorterStemmer` in its mode NLTK_EXTENSIONS), which is what rouge_score uses.
/// Words of up to two letters stay as they are; digits count as consonants. Linear, allocates nothing.
inline std::size_t porter_stem(char* word, std::size_t length) noexcept {
  if (length <= 2) return length;
  detail::porter_word stem{word, length};
  if (detail::porter_exception(stem)) return stem.length();
  detail::porter_step_1a(stem);
  detail::porter_step_1b(stem);
  detail::porter_step_1c(stem);
  detail::porter_step_2(stem);
  detail::porter_step_3(stem);
  detail::porter_step_4(stem);
  detail::porter_step_5(stem);
  return stem.length();
}

}  // namespace evalpp::inline EVALPP_ABI::text
