// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/uri.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// Appends the steps that lead from a place's parent to it.
inline void append_step(std::string& pointer, const place& p) {
  if (p.word == keyword::unknown) {
    pointer += p.key;  // is a pointer already
    return;
  }
  append_pointer(pointer, name_of(p.word));
  if (p.keyed) append_pointer(pointer, p.key);
  if (p.word == keyword::property_dependencies) append_pointer(pointer, p.key2);
  if (p.indexed) append_pointer(pointer, static_cast<std::size_t>(p.position));
}

/// The pointer to a place from the root of its document, or from the root of its resource.
inline std::string pointer_to(const program& p, index at, bool from_resource) {
  std::vector<index> steps;
  while (at != none && p.places[at].parent != none) {
    if (from_resource && p.resources[p.places[at].resource].root == at) break;
    steps.push_back(at);
    at = p.places[at].parent;
  }
  std::string pointer;
  for (std::size_t i = steps.size(); i-- > 0;) append_step(pointer, p.places[steps[i]]);
  return pointer;
}

/// `uri#/pointer` of a place: what output calls the absolute location.
inline std::string absolute_location(const program& p, index at) {
  return p.resources[p.places[at].resource].uri + '#' + percent_encode_fragment(pointer_to(p, at, true));
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
