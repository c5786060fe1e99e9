// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace evalpp::inline EVALPP_ABI::json {

/// The versions of JSON Schema, oldest first. `v1` is the coming one (text of json-schema-spec ad733ca).
enum class dialect : std::uint8_t { draft4, draft6, draft7, draft2019_09, draft2020_12, v1 };

namespace detail {

struct dialect_names {
  std::string_view short_name;  ///< as the command line calls it
  std::string_view uri;         ///< of the metaschema, without an empty fragment
};

inline constexpr std::array<dialect_names, 6> dialects{{
    {"4", "http://json-schema.org/draft-04/schema"},
    {"6", "http://json-schema.org/draft-06/schema"},
    {"7", "http://json-schema.org/draft-07/schema"},
    {"2019-09", "https://json-schema.org/draft/2019-09/schema"},
    {"2020-12", "https://json-schema.org/draft/2020-12/schema"},
    {"v1", "https://json-schema.org/v1"},
}};

}  // namespace detail

/// "4", "6", "7", "2019-09", "2020-12" or "v1".
constexpr std::string_view to_string(dialect d) {
  return detail::dialects[static_cast<std::size_t>(d)].short_name;
}

/// The URI that `$schema` names it by.
constexpr std::string_view uri_of(dialect d) { return detail::dialects[static_cast<std::size_t>(d)].uri; }

/// The dialect with this name ("2020-12") or this URI (an empty fragment does not count).
constexpr std::optional<dialect> dialect_of(std::string_view name) {
  if (!name.empty() && name.back() == '#') name.remove_suffix(1);
  for (std::size_t i = 0; i < detail::dialects.size(); ++i) {
    if (name == detail::dialects[i].short_name || name == detail::dialects[i].uri)
      return static_cast<dialect>(i);
  }
  return std::nullopt;
}

}  // namespace evalpp::inline EVALPP_ABI::json
