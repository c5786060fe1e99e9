// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/core/metric.hpp>
#include <evalpp/metrics/cer.hpp>
#include <evalpp/metrics/edit_distance.hpp>
#include <evalpp/metrics/levenshtein_distances.hpp>
#include <evalpp/metrics/wer.hpp>
#include <evalpp/text/token_buffer.hpp>

#include <reference/levenshtein.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

// Error rates and edit similarities on arbitrary bytes: the first byte 1 stands between hypothesis
// and reference. As words, as characters, and with every byte as a token, compared with the matrix.
namespace fuzz_wer_detail {

inline void require(bool holds) {
  if (!holds) std::abort();
}

template <class Tokenizer>
std::vector<std::string> tokens(const Tokenizer& tokenizer, std::string_view text) {
  evalpp::text::token_buffer buffer;
  tokenizer(text, buffer);
  std::vector<std::string> made;
  for (std::size_t i = 0; i < buffer.size(); ++i) made.emplace_back(buffer[i]);
  return made;
}

template <class Tokens>
void compare(const evalpp::edit_counts& counted, const Tokens& hypothesis, const Tokens& reference) {
  const auto expected = reference::jiwer_split(reference, hypothesis);
  require(counted.hits == expected.hits);
  require(counted.substitutions == expected.substitutions);
  require(counted.insertions == expected.insertions);
  require(counted.deletions == expected.deletions);
}

}  // namespace fuzz_wer_detail

inline int fuzz_wer(const std::uint8_t* data, std::size_t size) {
  using namespace fuzz_wer_detail;
  const std::string bytes(data, data + std::min<std::size_t>(size, 1000));
  const std::size_t cut = std::min(bytes.find('\1'), bytes.size());
  const std::string hypothesis = bytes.substr(0, cut);
  const std::string reference = bytes.substr(std::min(cut + 1, bytes.size()));

  const evalpp::wer wer;
  const auto words = evalpp::measure(wer, hypothesis, reference);
  compare(words, tokens(wer.tokenizer, hypothesis), tokens(wer.tokenizer, reference));
  const auto rates = wer.score(words);
  require(rates.value >= 0 && rates.mer >= 0 && rates.mer <= 1 && rates.wip >= 0 && rates.wip <= 1);

  const evalpp::cer cer;
  compare(evalpp::measure(cer, hypothesis, reference), tokens(cer.tokenizer, hypothesis),
          tokens(cer.tokenizer, reference));

  const std::vector<std::uint32_t> h(hypothesis.begin(), hypothesis.end()),
      r(reference.begin(), reference.end());
  compare(evalpp::measure(evalpp::ids::wer{}, h, r), h, r);
  const auto levenshtein = evalpp::measure(evalpp::ids::levenshtein_similarity{}, h, r).distance;
  const auto indel = evalpp::measure(evalpp::ids::indel_similarity{}, h, r).distance;
  require(levenshtein == reference::levenshtein(r, h));
  require(levenshtein <= indel && indel <= 2 * levenshtein);

  // Many pairs at once, as characters and as ids.
  const std::vector<std::string_view> texts{hypothesis, reference, hypothesis},
      others{reference, hypothesis, ""};
  const auto characters = evalpp::levenshtein_distances(texts, others);
  for (std::size_t i = 0; i < texts.size(); ++i)
    require(characters[i] == evalpp::measure(evalpp::levenshtein_similarity{}, texts[i], others[i]).distance);
  const std::vector<std::vector<std::uint32_t>> sides{h, r, {}}, across{r, h, h};
  require(evalpp::levenshtein_distances(sides, across) ==
          std::vector<std::int64_t>{levenshtein, levenshtein, static_cast<std::int64_t>(h.size())});
  return 0;
}
