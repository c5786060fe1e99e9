// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/ter.hpp>

#include <reference/tercom.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

// TER on arbitrary bytes. The first byte chooses the options and how many different words there are;
// the first byte 1 stands between hypothesis and reference. As text, and with every byte as a word,
// which is compared with the literal port.
inline int fuzz_ter(const std::uint8_t* data, std::size_t size) {
  const auto require = [](bool holds) {
    if (!holds) std::abort();
  };
  if (size == 0) return 0;
  const unsigned options = data[0];
  const std::string bytes(data + 1, data + std::min<std::size_t>(size, 140));
  const std::size_t cut = std::min(bytes.find('\1'), bytes.size());
  const std::string hypothesis = bytes.substr(0, cut);
  const std::string reference = bytes.substr(std::min(cut + 1, bytes.size()));

  const evalpp::ter metric{.tokenizer = {.normalized = (options & 1) != 0,
                                         .no_punct = (options & 2) != 0,
                                         .asian_support = (options & 4) != 0},
                           .case_sensitive = (options & 8) != 0};
  const auto text = evalpp::measure(metric, hypothesis, reference);
  require(text.edits >= 0 && text.reference_length >= 0);
  require(metric.score(text).value >= 0);

  const std::uint32_t modulus = 1 + (options >> 4) * 6;
  std::vector<std::uint32_t> h, r;
  for (const char c : hypothesis) h.push_back(static_cast<unsigned char>(c) % modulus);
  for (const char c : reference) r.push_back(static_cast<unsigned char>(c) % modulus);
  reference::tercom twin;
  require(evalpp::measure(evalpp::ids::ter{}, h, r).edits == twin.edits(h, r));
  return 0;
}
