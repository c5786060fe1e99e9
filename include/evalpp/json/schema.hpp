// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/json/detail/byte_checker.hpp>
#include <evalpp/json/detail/compiler.hpp>
#include <evalpp/json/detail/engine.hpp>
#include <evalpp/json/detail/fused_program.hpp>
#include <evalpp/json/detail/fuser.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/detail/reporter.hpp>
#include <evalpp/json/dialect.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema_error.hpp>
#include <evalpp/json/schema_options.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>

#include <cstdint>
#include <memory>  // a compiled schema is shared, not copied
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json {

/// A compiled JSON Schema of draft 4, 6, 7, 2019-09, 2020-12 or v1. Immutable, cheap to copy, safe
/// to share between threads.
///
///     auto schema = evalpp::json::schema::compile(R"({"type": "object", "required": ["name"]})");
///     auto document = evalpp::json::parse(text, {.duplicates = evalpp::json::duplicate_keys::error});
///     if (!schema || !document) return report(...);
///     if (schema->accepts(document->root())) ...
///
/// Deviations from the specifications, all of them shared by most implementations: `contains` counts as
/// evaluation for unevaluatedItems in 2019-09 too; `dependencies` is kept from 2019-09 on.
class schema {
 public:
  /// Compiles the text of a schema. An error says what is wrong and begins with the JSON Pointer to it: no
  /// JSON, a keyword that its metaschema does not allow, a pattern that is none, a reference to nothing or to
  /// itself. Linear in the text and in that of the documents that it refers to.
  static result<schema> compile(std::string_view text, const schema_options& options = {});
  /// The same for a schema that is part of another document; what lies outside of it is not seen.
  static result<schema> compile(json::value root, const schema_options& options = {}) {
    return compile(write(root), options);
  }

  /// The dialect of the root.
  json::dialect dialect() const noexcept { return state_->program.rules.base; }
  /// What is allowed but probably not meant.
  const std::vector<schema_warning>& warnings() const noexcept { return state_->warnings; }
  /// Whether no value at all can fail, and whether `{}` passes.
  bool accepts_everything() const noexcept { return state_->accepts_everything; }
  bool accepts_empty_object() const noexcept { return state_->accepts_empty_object; }

  /// True when the value is valid; false too when that cannot be told within the limits. For many values a
  /// `validator` is faster, and it knows the difference.
  bool accepts(json::value v) const;
  /// All that is wrong with a value: see `validator::validate`.
  validation validate(json::value v) const;
  /// True when `text` is JSON without repeated names and valid. For many texts a `conformance_checker`
  /// (conforms.hpp) is much faster.
  bool conforms(std::string_view text) const {
    return detail::byte_checker(program(), fused(), {}).check(text) == verdict::valid;
  }

  const detail::program& program() const noexcept { return state_->program; }
  const detail::fused_program& fused() const noexcept { return state_->fused; }

 private:
  struct state {
    detail::program program;
    detail::fused_program fused;
    std::vector<schema_warning> warnings;
    bool accepts_everything = false;
    bool accepts_empty_object = false;
  };
  explicit schema(std::shared_ptr<const state> made) : state_(std::move(made)) {}

  std::shared_ptr<const state> state_;
};

/// Checks one value after another. Keeps its memory: once it is warm a check allocates nothing. One for each
/// thread.
class validator {
 public:
  explicit validator(schema s, validation_limits limits = {}) : schema_(std::move(s)), limits_(limits) {}

  /// Whether the value fits. Stops at the first certainty. Linear in the value for schemas without unions;
  /// with them within `limits`.
  verdict check(json::value v) {
    engine_.start(schema_.program(), limits_);
    const bool fits = engine_.run(schema_.program().root, v, 0, 0);
    if (engine_.limit() != validation_limit::none) return verdict::limit;
    return fits ? verdict::valid : verdict::invalid;
  }
  /// The same with everything that is wrong: what a valid value costs `check` costs, an invalid one much
  /// more.
  validation validate(json::value v);

  /// Why the last check gave up.
  validation_limit limit() const noexcept { return engine_.limit(); }

  const schema& checked_by() const noexcept { return schema_; }

 private:
  schema schema_;
  validation_limits limits_;
  detail::engine engine_;
};

inline validation validator::validate(json::value v) {
  validation out;
  const json::verdict found = check(v);
  out.valid = found == verdict::valid;
  out.limit = engine_.limit();
  if (found == verdict::invalid) {
    engine_.start(schema_.program(), limits_);
    out.errors = detail::reporter(schema_.program(), engine_).explain(v, out.errors_total);
  }
  if (found == verdict::limit) {
    schema_error e;
    e.kind = schema_error_kind::limit;
    e.keyword = "limit";
    e.message = "not decided: " + std::string(to_string(out.limit));
    out.errors.push_back(std::move(e));
    out.errors_total = 1;
  }
  return out;
}

inline validation schema::validate(json::value v) const { return validator(*this).validate(v); }

inline bool schema::accepts(json::value v) const { return validator(*this).check(v) == verdict::valid; }

inline result<schema> schema::compile(std::string_view text, const schema_options& options) {
  auto parsed = parse(text, {.duplicates = duplicate_keys::error});
  if (!parsed) return std::move(parsed.error());
  const auto made = std::make_shared<state>();
  detail::compiler compiler(made->program, options);
  if (!compiler.compile(std::move(*parsed))) return compiler.take_fault();
  detail::fuser(made->program, made->fused).fuse();
  schema compiled{std::shared_ptr<const state>(made)};
  made->warnings = std::move(compiler.warnings());
  const detail::program_node& root = made->program.nodes[made->program.nodes[made->program.root].forward];
  made->accepts_everything = (root.flags & detail::program_node::always) != 0;
  const auto empty = parse("{}");
  made->accepts_empty_object = made->accepts_everything || (empty && compiled.accepts(empty->root()));
  if (made->accepts_everything) {
    made->warnings.push_back(
        {schema_warning_kind::accepts_everything, "", "accepts everything: no document can fail"});
  } else if (made->accepts_empty_object) {
    made->warnings.push_back({schema_warning_kind::accepts_empty_object, "",
                              "accepts the empty object: name what is \"required\""});
  }
  return compiled;
}

}  // namespace evalpp::inline EVALPP_ABI::json
