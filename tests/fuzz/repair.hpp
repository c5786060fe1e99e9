// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/parse.hpp>
#include <evalpp/json/repair.hpp>

#include <reference/json.hpp>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

// Arbitrary bytes to be repaired, under options that the first byte chooses: what comes out is JSON, is not
// repaired again, and is the text itself exactly when nothing was changed; JSON stays as it is.
inline int fuzz_repair(const std::uint8_t* data, std::size_t size) {
  namespace json = evalpp::json;
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  if (size == 0) return 0;
  json::repair_options options;
  options.non_finite = (data[0] & 1U) != 0;
  options.inner_quotes = (data[0] & 2U) != 0;
  options.stringified = (data[0] & 4U) != 0;
  options.parse.max_depth = 64;
  const bool duplicates = (data[0] & 8U) != 0;
  if (duplicates) options.parse.duplicates = json::duplicate_keys::last;
  std::string text;
  for (std::size_t i = 1; i < size; ++i) text += static_cast<char>(data[i]);

  json::repairer repairer(options);
  const json::repair_result broken = repairer.repair_broken(text);
  const json::repair_result repaired = repairer.repair(text);
  require(broken.text == repaired.text && broken.changes == repaired.changes &&
          broken.fault == repaired.fault);
  require(static_cast<bool>(repaired) == repairer.value().exists());
  if (repaired) {
    require(reference::is_json(repaired.text, 64));
    require(json::parse(repaired.text, options.parse).has_value());
    require((repaired.text != text) == !repaired.changes.empty());
    for (std::size_t i = 0; i < repaired.changes.size(); ++i) {
      require(repaired.changes[i].offset <= text.size());
      require(i == 0 || repaired.changes[i].offset >= repaired.changes[i - 1].offset ||
              repaired.changes[i].flag == json::repair_flag::stringified);
    }
    const json::repair_result& again = repairer.repair(repaired.text);
    require(again && again.text == repaired.text && again.changes.empty());
  } else {
    require(repaired.text.empty() && repaired.changes.empty());
    require(repaired.offset <= text.size());
    if (repaired.fault == json::repair_fault::duplicate_key) {  // at a key
      require(!duplicates && repaired.offset > 0);
      const auto at = static_cast<unsigned char>(text[repaired.offset]);
      require(at == '"' || at == '\'' || at >= 0x80 || json::detail::is_name_start(text[repaired.offset]));
    }
  }
  if (reference::is_json(text, 64) && !options.stringified) {
    require(repaired ? repaired.text == text && repaired.changes.empty()
                     : repaired.fault == json::repair_fault::duplicate_key);
  }
  return 0;
}
