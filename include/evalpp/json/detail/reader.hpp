// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/detail/brackets.hpp>
#include <evalpp/json/detail/indexed_reader.hpp>
#include <evalpp/json/detail/one_pass_reader.hpp>
#include <evalpp/json/detail/reading.hpp>
#include <evalpp/json/detail/storage.hpp>
#include <evalpp/json/fault.hpp>
#include <evalpp/json/options.hpp>
#include <evalpp/json/value.hpp>

#include <cstddef>
#include <string_view>

// From a text to the nodes of a document.

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The fast way, which only sound texts of a usual size take. False says nothing about the text.
inline bool read_sound(reading& in, std::string_view text, const parse_options& options, buffer<char>& bytes,
                       buffer<node>& nodes, parse_report& report) {
#if EVALPP_X86_SIMD
  if (text.size() > structural_index::max_size ||
      evalpp::detail::cpu_level() < evalpp::detail::simd_level::avx2) {
    return false;
  }
  in.begin(text, options, bytes, report);
  nodes.clear();
  const bool good = index_tokens(text, in.first, in.index) && avx2::read_indexed(in, nodes);
  nodes.resize(good ? in.done : 0);
  return good;
#else
  static_cast<void>(in), static_cast<void>(text), static_cast<void>(options), static_cast<void>(bytes),
      static_cast<void>(nodes), static_cast<void>(report);
  return false;
#endif
}

/// Whether nothing may follow the value that the text begins with: it ends with the bracket that its first
/// one asks for.
inline bool may_be_whole(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \n\t\r");
  const std::size_t last = text.find_last_not_of(" \n\t\r");
  return first != last && is_opener(text[first]) && closer_of(text[first]) == text[last];
}

/// Reads `text` into `bytes`, each string unescaped in its place, and `nodes`. False when it was refused.
/// With `in.prefix` something may follow the value.
inline bool read(reading& in, std::string_view text, const parse_options& options, buffer<char>& bytes,
                 buffer<node>& nodes, parse_report& report) {
  if ((!in.prefix || may_be_whole(text)) && read_sound(in, text, options, bytes, nodes, report)) return true;
  in.begin(text, options, bytes, report);
  if (text.substr(0, 3) == "\xEF\xBB\xBF") {
    nodes.clear();
    return in.refuse(fault::bom, in.first, "a value, not a byte order mark",
                     "remove the first three bytes, EF BB BF");
  }
  const bool good = read_in_one_pass(in, nodes);
  nodes.resize(good ? in.done : 0);
  return good;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
