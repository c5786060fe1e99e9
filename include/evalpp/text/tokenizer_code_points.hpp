// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/dictionary.hpp>
#include <evalpp/core/token_ids.hpp>
#include <evalpp/core/token_references.hpp>
#include <evalpp/core/tokens.hpp>
#include <evalpp/text/encoder.hpp>
#include <evalpp/text/read_characters.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/text/whitespace.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {
namespace text {

/// Each code point is a token, spaces too: what a character error rate counts. With `strip`, as
/// jiwer 4 does it, whitespace at either end of the text is left out first.
struct tokenizer_code_points {
  bool strip = true;

  void operator()(std::string_view text, token_buffer& out) const {
    out.load(strip ? text::strip(text) : text);
    for_each_code_point(out.bytes(),
                        [&](const utf8_step& step, std::size_t at) { out.push(at, at + step.length); });
  }
  std::string signature() const { return strip ? "code_points" : "code_points-unstripped"; }

  bool operator==(const tokenizer_code_points&) const = default;
};
static_assert(tokenizer<tokenizer_code_points>);

/// The code points of a text as numbers. Malformed bytes are told apart: they get numbers that no code
/// point has.
inline void read_code_points(std::string_view text, std::vector<std::uint32_t>& numbers) {
  if (read_characters(text, true, numbers)) return;
  numbers.clear();
  for_each_code_point(text, [&](const utf8_step& step, std::size_t at) {
    std::uint32_t number = static_cast<std::uint32_t>(step.code_point);
    if (!step.well_formed) {
      number = 1u << 31;
      for (std::uint32_t k = 0; k < step.length; ++k)  // at most three, of which none is 0
        number |= std::uint32_t{static_cast<unsigned char>(text[at + k])} << (8 * k);
    }
    numbers.push_back(number);
  });
}

}  // namespace text

/// The same tokens without looking them up: the ids 1 to 128 are the ASCII characters, whether the
/// references hold them or not, and a dictionary numbers the others from 129 on.
template <>
struct token_encoder<text::tokenizer_code_points> {
  text::tokenizer_code_points tokenizer{};
  letter_case casing = letter_case::as_is;
  trailing_space trailing = trailing_space::keep;

  struct scratch {
    std::vector<std::uint32_t> ids;
    std::vector<std::uint32_t> others;  // where characters are that are not ASCII, then their numbers
    std::string lowered;
  };

  template <class Kind>
  struct prepared : token_references {
    static_assert(std::same_as<Kind, text_kind>, "this metric reads text: tokens have no characters");
    dictionary<std::uint64_t> others;
    scratch buffers;  // reused by the next prepare
  };

  void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const {
    out.clear();
    out.others.clear(0);
    for (std::string_view reference : references)
      read(reference, out.append().ids, out.buffers, [&](std::size_t n, auto character, std::uint32_t* ids) {
        out.others.insert_all(n, character, ids);
      });
    out.finish(ascii + out.others.size());
  }

  token_ids encode(std::string_view hypothesis, const prepared<text_kind>& references, scratch& s) const {
    read(hypothesis, s.ids, s, [&](std::size_t n, auto character, std::uint32_t* ids) {
      references.others.find_all(n, character, ids);
    });
    return {s.ids, {}};
  }

  bool operator==(const token_encoder&) const = default;

 private:
  static constexpr std::uint32_t ascii = 0x80;

  template <class Number>
  void read(std::string_view text, std::vector<std::uint32_t>& ids, scratch& s, Number number) const {
    text = detail::read_as(text, casing, trailing, s.lowered);
    if (tokenizer.strip) text = text::strip(text);
    if (read_ascii(text, ids)) return;
    text::read_code_points(text, ids);
    s.others.resize(2 * ids.size() + 1);
    std::uint32_t* const places = s.others.data();
    std::size_t count = 0;
    for (std::size_t i = 0; i < ids.size(); ++i) {
      places[count] = static_cast<std::uint32_t>(i);
      count += ids[i]++ >= ascii;
    }
    std::uint32_t* const numbers = places + ids.size();
    number(
        count, [&](std::size_t i) { return std::uint64_t{ids[places[i]]}; }, numbers);
    for (std::size_t i = 0; i < count; ++i)
      ids[places[i]] = numbers[i] == unknown_token ? unknown_token : numbers[i] + ascii;
  }

  /// The ids of a text that is ASCII; false when it is not.
  static bool read_ascii(std::string_view text, std::vector<std::uint32_t>& ids) {
    ids.resize(text.size());
    std::uint32_t all = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const std::uint32_t byte = static_cast<unsigned char>(text[i]);
      all |= byte;
      ids[i] = byte + 1;
    }
    return all < ascii;
  }
};

}  // namespace evalpp::inline EVALPP_ABI
