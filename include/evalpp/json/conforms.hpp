// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/json/detail/byte_checker.hpp>
#include <evalpp/json/schema.hpp>

#include <string_view>
#include <utility>

namespace evalpp::inline EVALPP_ABI::json {

/// Whether texts are JSON and fit a schema: for rewards, where millions of model outputs are judged and
/// nothing is said about any of them.
///
///     evalpp::json::conformance_checker checker(*schema);  // one for each thread
///     reward = checker.conforms(output) ? 1.0 : 0.0;
///
/// The text is held against the schema while it is read, in one pass and without a document, as fast as
/// a parser alone. It is the verdict of parsing with `duplicate_keys::error` and validating with a
/// `validator`: strict RFC 8259, well-formed UTF-8, no name twice in any object, 1,024 containers deep at
/// most. What a single pass cannot decide the document does: schemas with dynamic references, unevaluated*,
/// asserted content, propertyDependencies, many patternProperties for one object; texts so large that a union
/// might become too expensive. Linear in the text, with `uniqueItems` up to a logarithm.
///
/// Keeps its memory: once it is warm a check allocates nothing.
class conformance_checker {
 public:
  explicit conformance_checker(schema s, validation_limits limits = {})
      : schema_(std::move(s)), checker_(schema_.program(), schema_.fused(), limits) {}

  /// `invalid` where the text is no JSON or does not fit; a text that both breaks the schema and runs into a
  /// limit may be called either.
  verdict check(std::string_view text) { return checker_.check(text); }
  bool conforms(std::string_view text) { return check(text) == verdict::valid; }

  /// Why the last check gave up.
  validation_limit limit() const noexcept { return checker_.limit(); }

  /// Whether texts are read in one pass: the schema allows it, and it has not cost more than it saves.
  bool single_pass() const noexcept { return checker_.single_pass(); }

  const schema& checked_by() const noexcept { return schema_; }

 private:
  schema schema_;
  detail::byte_checker checker_;
};

}  // namespace evalpp::inline EVALPP_ABI::json
