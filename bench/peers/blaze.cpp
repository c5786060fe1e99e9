// SPDX-License-Identifier: MIT
// blaze behind C functions, so that the bench can load it: it needs another compiler than evalpp does.
// Schemas are draft 7. See CMakeLists.txt for the build, ../json_judges.hpp for the caller.

#include <sourcemeta/blaze/compiler.h>
#include <sourcemeta/blaze/evaluator.h>
#include <sourcemeta/blaze/foundation.h>
#include <sourcemeta/blaze/output.h>
#include <sourcemeta/core/json.h>

#include <cstddef>
#include <functional>
#include <string_view>

namespace {

namespace blaze = sourcemeta::blaze;
namespace core = sourcemeta::core;

struct judge {
  blaze::Template schema;
  blaze::Evaluator evaluator;
};

judge& judge_at(void* p) { return *static_cast<judge*>(p); }

}  // namespace

#define EVALPP_EXPORT extern "C" [[gnu::visibility("default")]]

/// Null when the schema does not compile. `exhaustive` is the mode that lists errors.
EVALPP_EXPORT void* blaze_compile(const char* text, std::size_t size, int exhaustive) {
  try {
    return new judge{blaze::compile(core::parse_json(std::string_view(text, size)), blaze::schema_walker,
                                    blaze::schema_resolver, blaze::default_schema_compiler,
                                    exhaustive != 0 ? blaze::Mode::Exhaustive : blaze::Mode::FastValidation,
                                    "http://json-schema.org/draft-07/schema#"),
                     {}};
  } catch (...) {
    return nullptr;
  }
}
EVALPP_EXPORT void blaze_free(void* made) { delete static_cast<judge*>(made); }

/// From bytes to the verdict.
EVALPP_EXPORT int blaze_conforms(void* made, const char* text, std::size_t size) {
  judge& j = judge_at(made);
  const auto parsed = core::try_parse_json(std::string_view(text, size));
  return parsed.has_value() && j.evaluator.validate(j.schema, *parsed) ? 1 : 0;
}
/// From bytes to the list of errors; whether it is empty. For a judge that is exhaustive.
EVALPP_EXPORT int blaze_errors(void* made, const char* text, std::size_t size) {
  judge& j = judge_at(made);
  const auto parsed = core::try_parse_json(std::string_view(text, size));
  if (!parsed.has_value()) return 0;
  blaze::SimpleOutput output{*parsed};
  return j.evaluator.validate(j.schema, *parsed, std::ref(output)) ? 1 : 0;
}

/// The first half of `blaze_conforms`.
EVALPP_EXPORT int blaze_parses(const char* text, std::size_t size) {
  return core::try_parse_json(std::string_view(text, size)).has_value() ? 1 : 0;
}
