// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/dialect.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/write.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json {

/// A short name for what a schema says, for signatures: its dialect and 64 bits of hash over its text and the
/// texts of the documents that it refers to, without their white space, and over what `format` and content
/// do. Equal on every machine and for every path that the files have; for telling schemas apart, not for
/// security. Linear in the texts.
inline std::string schema_digest(const schema& s) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  const auto add = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
    hash = (hash ^ 0xFFU) * 0x100000001b3U;  // no byte of UTF-8: texts do not run together
  };
  const detail::program& p = s.program();
  for (const document& text : p.documents) add(write(text.root()));
  for (const detail::string_rules& rules : p.strings)
    add(std::string{rules.has_format ? 'f' : '-', rules.base64 ? 'b' : '-', rules.json_text ? 'j' : '-'});
  std::string name(to_string(s.dialect()));
  name += '/';
  for (int shift = 60; shift >= 0; shift -= 4) name += "0123456789abcdef"[hash >> shift & 0xFU];
  return name;
}

}  // namespace evalpp::inline EVALPP_ABI::json
