// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/text/any_tokenizer.hpp>
#include <evalpp/text/lowercase.hpp>
#include <evalpp/text/normalize.hpp>
#include <evalpp/text/token_buffer.hpp>
#include <evalpp/text/tokenizer.hpp>
#include <evalpp/text/tokenizer_code_points.hpp>
#include <evalpp/text/tokenizer_jiwer_words.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>
#include <evalpp/text/tokenizer_rouge_unicode.hpp>
#include <evalpp/text/tokenizer_squad.hpp>
#include <evalpp/text/tokenizer_tercom.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/text/whitespace.hpp>

#include <reference/tokenizers.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

// Every tokenizer and normalizer on arbitrary bytes, compared with its twin where it has one. The
// buffer is the same for all of them, as it is in a metric.
namespace fuzz_tokenizers_detail {

inline void require(bool holds) {
  if (!holds) std::abort();
}

inline void run(const evalpp::text::tokenizer auto& tokenize, std::string_view text,
                evalpp::text::token_buffer& buffer) {
  tokenize(text, buffer);
  std::size_t at = 0;
  for (const evalpp::text::token_span token : buffer.tokens()) {
    require(at <= token.begin && token.begin < token.end && token.end <= buffer.bytes().size());
    at = token.end;
  }
  require(std::ranges::is_sorted(buffer.line_ends()));
  require(buffer.line_ends().empty() || buffer.line_ends().back() == buffer.size());
  for (std::size_t i = 0; i < evalpp::text::token_buffer::padding; ++i) {
    require(buffer.bytes().data()[buffer.bytes().size() + i] == '\0');
  }
}

inline void compare(const evalpp::text::tokenizer auto& tokenize, std::string_view text,
                    evalpp::text::token_buffer& buffer, const evalpp::reference::words& expected) {
  run(tokenize, text, buffer);
  require(buffer.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) require(buffer[i] == expected[i]);
}

}  // namespace fuzz_tokenizers_detail

inline int fuzz_tokenizers(const std::uint8_t* data, std::size_t size) {
  using namespace fuzz_tokenizers_detail;
  namespace text = evalpp::text;
  namespace reference = evalpp::reference;

  std::string input;
  for (std::size_t i = 0; i < size; ++i) input += static_cast<char>(data[i]);
  text::token_buffer buffer;

  const auto counts = text::count_utf8(input);
  require(text::is_valid_utf8(input) == (counts.malformed == 0));
  const std::string stripped(text::strip(input));
  require(stripped == reference::write(reference::strip(reference::read(input))));
  require(stripped == text::lstrip(text::rstrip(input)));
  require(text::count_utf8(text::to_lower(input)).malformed == counts.malformed);

  compare(text::tokenizer_whitespace{}, input, buffer, reference::split(reference::read(input)));
  compare(text::tokenizer_none{}, input, buffer, reference::split(reference::read(input)));
  compare(text::tokenizer_13a{}, input, buffer, reference::tokenize_13a(input));
  compare(text::tokenizer_intl{}, input, buffer, reference::tokenize_intl(input));
  compare(text::tokenizer_char{}, input, buffer, reference::tokenize_char(input));
  compare(text::tokenizer_zh{}, input, buffer, reference::tokenize_zh(input));
  compare(text::tokenizer_jiwer_words{}, input, buffer, reference::tokenize_jiwer(input));
  compare(text::tokenizer_squad{}, input, buffer, reference::tokenize_squad(input));
  for (const bool stem : {false, true}) {
    compare(text::tokenizer_rouge{.stem = stem}, input, buffer, reference::tokenize_rouge(input, stem));
    run(text::tokenizer_rouge_unicode{.stem = stem}, input, buffer);
  }
  for (unsigned options = 0; options < 8; ++options) {
    const bool normalized = (options & 1) != 0;
    const bool no_punct = (options & 2) != 0;
    const bool asian = (options & 4) != 0;
    compare(text::tokenizer_tercom{.normalized = normalized, .no_punct = no_punct, .asian_support = asian},
            input, buffer, reference::tokenize_tercom(input, normalized, no_punct, asian));
  }
  run(text::tokenizer_code_points{}, input, buffer);
  run(text::tokenizer_code_points{.strip = false}, input, buffer);
  require(buffer.size() == counts.code_points);

  std::string normalized;
  text::squad_normalize(input, normalized);
  std::string joined;
  for (const std::string& word : reference::tokenize_squad(input))
    joined += joined.empty() ? word : ' ' + word;
  require(normalized == joined);
  return 0;
}
