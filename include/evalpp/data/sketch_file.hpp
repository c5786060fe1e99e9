// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/replicate_sketch.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/data/detail/alignment.hpp>
#include <evalpp/data/detail/sketch_reader.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/data/jsonl.hpp>
#include <evalpp/data/text_lines.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/text/utf8.hpp>
#include <evalpp/version.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// The file of a replicate sketch, format version 1. JSONL in UTF-8; the first line describes, then comes one
// line per replicate, in order:
//
//   {"format":"evalpp-replicates","format_version":1,"library":"0.1.0","weights":"poisson-256","seed":"12345",
//    "replicates":1024,"columns":[{"name":"em","signature":"...","unit":"0-100","higher_is_better":true,
//    "lanes":2,"units":"812","unit_digest":"17216961135462248174","total":[640,812]}]}          (on one line)
//   {"drawn":[803],"columns":[[629,803]]}
//
// A sparse column has the "names" of its lanes. Numbers beyond 2^53 stand in quotes where they are no lanes,
// which are 64-bit integers, so that a sketch comes back bit for bit. "weights" says how often a replicate
// draws an example: see stats/poisson_weights.hpp. Members that a reader does not know are passed over; a
// change that a reader may not pass over raises `format_version`. Files of every older version load for ever.

namespace evalpp::inline EVALPP_ABI::data {

/// The text of a sketch file. Fails when a name is not UTF-8, and for a sketch whose sizes do not fit
/// together.
inline result<std::string> write_sketch(const replicate_sketch& sketch) {
  for (const replicate_sketch::column& c : sketch.columns) {
    const std::size_t lanes = c.info.sparse ? c.names.size() : c.info.lanes;
    if (c.total.size() != lanes || (!c.info.sparse && !c.names.empty()) ||
        c.drawn.size() != sketch.replicates || c.sums.size() != sketch.replicates * lanes)
      return evalpp::error{.code = error_code::mismatch,
                           .message = "a sketch must have one number for each lane and replicate"};
    const auto bad = [](std::string_view text) { return !text::is_valid_utf8(text); };
    if (bad(c.info.name) || bad(c.info.signature) || std::any_of(c.names.begin(), c.names.end(), bad))
      return evalpp::error{.code = error_code::invalid_utf8,
                           .message = "the name of a metric or of a count is not UTF-8",
                           .fix = "a sketch file holds UTF-8 only"};
  }
  std::string text;
  json::writer out(text);
  out.begin_object().member("format", "evalpp-replicates").member("format_version", sketch_format_version);
  out.member("library", EVALPP_VERSION_STRING).member("weights", detail::sketch_weights);
  out.member("seed", std::to_string(sketch.seed)).member("replicates", sketch.replicates);
  const auto numbers = [&](const auto& all) {
    out.begin_array();
    for (const std::int64_t number : all) out.value(number);
    out.end_array();
  };
  out.key("columns").begin_array();
  for (const replicate_sketch::column& c : sketch.columns) {
    out.begin_object();
    detail::write_column_members(out, c.info);
    if (c.info.sparse) {
      out.key("names").begin_array();
      for (const std::string& name : c.names) out.value(name);
      out.end_array();
    }
    out.member("units", std::to_string(c.units)).member("unit_digest", std::to_string(c.unit_digest));
    out.key("total");
    numbers(c.total);
    out.end_object();
  }
  out.end_array().end_object().line();
  for (std::size_t b = 0; b < sketch.replicates; ++b) {
    out.begin_object().key("drawn").begin_array();
    for (const replicate_sketch::column& c : sketch.columns) out.value(c.drawn[b]);
    out.end_array().key("columns").begin_array();
    for (const replicate_sketch::column& c : sketch.columns) numbers(c.replicate(b));
    out.end_array().end_object().line();
  }
  return text;
}

/// Reads what `write_sketch` of this or any older version wrote.
inline result<replicate_sketch> read_sketch(const source_text& source) {
  detail::sketch_reader reader;
  std::size_t blank = 0;
  bool first = true;
  line_reader lines(source.text);
  auto read =
      detail::each_row(source, lines, blank, [&](json::value line, std::size_t number, std::string_view) {
        auto taken = first ? reader.header(line) : reader.replicate(line);
        first = false;
        if (!taken) taken.error() = detail::in_file(std::move(taken.error()), source.file, number, 1);
        return taken;
      });
  if (!read) return std::move(read.error());
  if (first)
    return evalpp::error{
        .code = error_code::syntax, .message = "the sketch file is empty", .file = source.file, .line = 1};
  auto finished = reader.finish();
  if (!finished) return detail::in_file(std::move(finished.error()), source.file, lines.number());
  return finished;
}

/// Saves a sketch: `write_sketch` into a file.
inline status save_sketch(const replicate_sketch& sketch, const std::string& path) {
  auto text = write_sketch(sketch);
  if (!text) return detail::in_file(std::move(text.error()), path);
  return write_bytes(path, *text);
}

/// Loads a sketch from a file, "-" for standard input.
inline result<replicate_sketch> load_sketch(const std::string& path) {
  auto source = read_text(path);
  if (!source) return std::move(source.error());
  return read_sketch(*source);
}

}  // namespace evalpp::inline EVALPP_ABI::data
