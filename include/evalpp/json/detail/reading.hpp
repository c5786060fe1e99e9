// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/noinline.hpp>
#include <evalpp/json/detail/keys.hpp>
#include <evalpp/json/detail/known_keys.hpp>
#include <evalpp/json/detail/refusal.hpp>
#include <evalpp/json/detail/scan.hpp>
#include <evalpp/json/detail/storage.hpp>
#include <evalpp/json/detail/structural_index.hpp>
#include <evalpp/json/fault.hpp>
#include <evalpp/json/options.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/text/utf8.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// A text being read: the memory, and what is rare, whatever the kernels. The reader's loop keeps its
/// place in the text and on the stack itself; a function that returns null has left a refusal.
struct reading {
  static constexpr std::size_t slack = 6;  // nodes of the stack that a step may need: a value, a key, a block

  /// Makes room for a copy of the text.
  void begin(std::string_view text, const parse_options& how, buffer<char>& bytes, parse_report& about) {
    source = text;
    options = how;
    report = &about;
    report->repeated_keys.clear();
    report->replaced_surrogates = 0;
    refused = {};
    bytes.clear();  // or else they would be copied where there must be more of them
    bytes.resize(text.size() + padding);
    first = bytes.data();
    last = first + text.size();
    if (stack.empty()) stack.resize(64);
    done = 0;
    value_end = last;
  }
  void copy_text() {
    if (!source.empty()) std::memcpy(first, source.data(), source.size());
    std::memset(last, 0, padding);
  }

  std::uint8_t& indent(std::size_t depth) { return indents[depth % indents.size()]; }
  std::size_t offset(const char* at) const { return static_cast<std::size_t>(at - first); }

  char* refuse(fault f, const char* at, const char* expected, const char* fix = "") {
    refused = {f, offset(at), expected, fix};
    return nullptr;
  }
  /// The text ends too early when it ends here, else `f`.
  char* refuse_here(fault f, const char* at, const char* expected, const char* fix = "") {
    return at >= last ? refuse(fault::eof, last, expected) : refuse(f, at, expected, fix);
  }

  char* refuse_value(const char* at);
  char* refuse_key(const char* at);
  char* refuse_character(const char* at);
  number_token number(char* at);
  char* escape(char* at, char*& out);
  std::size_t merge_members(node* members, std::size_t count);

  /// Twice the stack; `top` moves with it.
  EVALPP_NOINLINE node* grow_stack(const node* top) {
    const std::size_t used = static_cast<std::size_t>(top - stack.data());
    stack.resize(2 * stack.size());
    return stack.data() + used;
  }

  std::string_view source;
  parse_options options;
  char* first = nullptr;            // the copy of the text
  char* last = nullptr;             // its end, where the zeros begin
  const char* value_end = nullptr;  // behind the value, once it has been read
  bool prefix = false;              // something may follow the value
  std::size_t done = 0;             // nodes of containers that are closed
#if EVALPP_X86_SIMD
  structural_index index;
#endif
  buffer<node> stack;  // each open container, followed by its children so far
  std::array<known_keys, known_keys::depths + 1> known;  // by open objects; the last for all deeper ones
  std::array<std::uint8_t, 32> indents{};                // the whitespace before the last line at this depth
  key_set keys;
  parse_report* report = nullptr;
  refusal refused;

 private:
  char* hex4(char* at, std::uint32_t& code);
  char* digits(char* at, const char* expected);
  const char* comma_fix(const char* at) const;
};

/// What may help where a bracket closes instead of a value or a key.
inline const char* reading::comma_fix(const char* at) const {
  const std::string_view before = source.substr(0, offset(at));
  const std::size_t end = before.find_last_not_of(" \n\t\r");
  return end != std::string_view::npos && before[end] == ',' ? "remove the comma before it" : "";
}

EVALPP_NOINLINE inline char* reading::refuse_value(const char* at) {
  const char* fix = "";
  switch (*at) {
    case 't':
    case 'f':
    case 'n': {  // not quite a literal: where it goes wrong
      const char* const word = *at == 't' ? "true" : *at == 'f' ? "false" : "null";
      for (std::size_t i = 0; *at == word[i]; ++i) ++at;
      return refuse_here(fault::bad_token, at, "true, false or null");
    }
    case 'T':
    case 'F':
      fix = "write true and false in lower case";
      break;
    case 'N':
    case 'I':
      fix = "JSON has no NaN, None or Infinity; write null";
      break;
    case '\'':
      fix = "strings take double quotes";
      break;
    case ']':
    case '}':
      fix = comma_fix(at);
      break;
    case '\xFE':
    case '\xFF':
      fix = "this looks like UTF-16; convert it to UTF-8";
      break;
    default:
      break;
  }
  return refuse_here(fault::bad_token, at, "a value", fix);
}

EVALPP_NOINLINE inline char* reading::refuse_key(const char* at) {
  return refuse_here(fault::expected_key, at, "a key in double quotes",
                     *at == '}'    ? comma_fix(at)
                     : *at == '\'' ? "strings take double quotes"
                                   : "");
}

/// A byte below 0x20 in a string.
EVALPP_NOINLINE inline char* reading::refuse_character(const char* at) {
  if (at >= last) return refuse(fault::eof, last, "the closing '\"' of a string");
  return refuse(fault::control_in_string, at, "a character of a string",
                *at == '\n'   ? "write a line feed as \\n"
                : *at == '\t' ? "write a tab as \\t"
                              : "escape control characters as \\u00XX");
}

inline char* reading::digits(char* at, const char* expected) {
  if (*at < '0' || *at > '9') return refuse_here(fault::bad_number, at, expected);
  return baseline::digits_end(at);
}

/// The number at `at`, of any form and length; its end is null when it is none.
EVALPP_NOINLINE inline number_token reading::number(char* at) {
  bool whole = true;
  if (*at == '.' || *at == '/') return {refuse_value(at), false};
  if (*at == '-') ++at;
  if (*at == '0') {
    ++at;
    if (*at >= '0' && *at <= '9') {
      return {refuse(fault::bad_number, at, "no digit after a leading zero"), false};
    }
  } else if ((at = digits(at, "a digit after '-'")) == nullptr) {
    return {};
  }
  if (*at == '.') {
    whole = false;
    if ((at = digits(at + 1, "a digit after the decimal point")) == nullptr) return {};
  }
  if (*at == 'e' || *at == 'E') {
    whole = false;
    ++at;
    if (*at == '+' || *at == '-') ++at;
    at = digits(at, "a digit in the exponent");
  }
  return {at, whole};
}

inline char* reading::hex4(char* at, std::uint32_t& code) {
  code = 0;
  for (int i = 0; i < 4; ++i, ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    const unsigned digit = byte - unsigned{'0'};
    const unsigned letter = (byte | 0x20U) - unsigned{'a'};
    if (digit > 9 && letter > 5) {
      return refuse_here(fault::bad_escape, at, "four hexadecimal digits after \\u");
    }
    code = code << 4 | (digit <= 9 ? digit : letter + 10);
  }
  return at;
}

/// What a backslash and this character stand for; zero when it is not one of the eight short escapes.
constexpr char unescaped(char c) {
  switch (c) {
    case '"':
    case '\\':
    case '/':
      return c;
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return '\0';
  }
}

/// Writes the character that the escape at `at` stands for to `out`, at most as many bytes as the escape
/// has, and returns where the escape ends.
EVALPP_NOINLINE inline char* reading::escape(char* at, char*& out) {
  const char* const backslash = at++;
  if (const char plain = unescaped(*at); plain != '\0') {
    *out++ = plain;
    return at + 1;
  }
  if (*at != 'u') return refuse_here(fault::bad_escape, at, "one of \" \\ / b f n r t u after '\\'");
  std::uint32_t code = 0;
  if ((at = hex4(at + 1, code)) == nullptr) return nullptr;
  if (code >= 0xD800 && code <= 0xDFFF) {
    std::uint32_t low = 0;
    if (code <= 0xDBFF) {
      // The second half has to follow. Anything but an escape leaves this one alone; an escape must
      // be a good one to say so.
      if (at >= last || (*at == '\\' && at + 1 >= last)) {
        return refuse(fault::eof, last, "the second half of a surrogate pair");
      }
      if (at[0] == '\\' && at[1] == 'u') {
        char* const end = hex4(at + 2, low);
        if (end == nullptr) return nullptr;
        if (low >= 0xDC00 && low <= 0xDFFF) {
          at = end;
        } else {
          low = 0;
        }
      }
    }
    if (low != 0) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (options.surrogates == lone_surrogates::replace) {
      code = text::replacement_character;
      ++report->replaced_surrogates;
    } else {
      return refuse(fault::lone_surrogate, backslash, "both halves of a surrogate pair");
    }
  }
  out += text::encode_utf8(code, out);
  return at;
}

/// Applies the policy to the members at `members`, of which some have the same key, and
/// returns how many members are left; 0 when that was a fault.
EVALPP_NOINLINE inline std::size_t reading::merge_members(node* members, std::size_t count) {
  const member_nodes all{members, count, first};
  const std::vector<std::size_t>& order = keys.sorted(all);
  std::vector<std::size_t>& repeated = report->repeated_keys;
  const std::size_t before = repeated.size();
  for (std::size_t i = 0; i < count;) {
    std::size_t end = i + 1;
    for (; end < count && all.key(order[end]) == all.key(order[i]); ++end) {
      repeated.push_back(static_cast<std::size_t>(members[2 * order[end]].where) - 1);
    }
    if (end - i > 1 && options.duplicates == duplicate_keys::last) {
      members[2 * order[i] + 1] = members[2 * order[end - 1] + 1];
    }
    // To be dropped, but only below: its key is still to be compared with.
    for (std::size_t j = i + 1; j < end; ++j) members[2 * order[j] + 1].tag = 0;
    i = end;
  }
  if (repeated.size() == before) return count;
  if (options.duplicates == duplicate_keys::error) {
    const auto of_this = repeated.begin() + static_cast<std::ptrdiff_t>(before);
    refused = {fault::duplicate_key, *std::min_element(of_this, repeated.end()),
               "a key that is not in the object yet", ""};
    return 0;
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (members[2 * i + 1].type() == kind::absent) continue;
    members[2 * kept] = members[2 * i];
    members[2 * kept + 1] = members[2 * i + 1];
    ++kept;
  }
  return kept;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
