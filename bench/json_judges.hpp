// SPDX-License-Identifier: MIT
#pragma once

// Who says whether a text conforms to a schema of draft 7: evalpp in its ways, and the peers that are there.
// Headers: RapidJSON where it is installed; valijson, jsoncons and pboettch's validator installed or as
// checkouts (EVALPP_PEER_*_DIR when configuring). blaze is loaded at run time (EVALPP_PEER_BLAZE_LIB, made by
// peers/CMakeLists.txt), ajv runs in a process of its own (see json_scripts.hpp).

#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/conforms.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#if defined(EVALPP_PEER_SIMDJSON)
#include <simdjson.h>
#endif
#if __has_include(<rapidjson/schema.h>)
#include <rapidjson/document.h>
#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>
#include <rapidjson/schema.h>
#endif
#if __has_include(<valijson/adapters/rapidjson_adapter.hpp>) && __has_include(<rapidjson/document.h>)
#define EVALPP_JUDGE_VALIJSON
#include <valijson/adapters/rapidjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>
#endif
#if __has_include(<jsoncons_ext/jsonschema/jsonschema.hpp>)
#define EVALPP_JUDGE_JSONCONS
#include <jsoncons/json.hpp>
#include <jsoncons_ext/jsonschema/jsonschema.hpp>
#endif
#if defined(EVALPP_PEER_PBOETTCH)
#include <nlohmann/json-schema.hpp>
#endif
#if defined(__unix__)
#include <dlfcn.h>
#endif

namespace bench {

namespace json = evalpp::json;

inline json::schema compiled(const std::string& text) {
  auto schema = json::schema::compile(text, {.default_dialect = json::dialect::draft7});
  if (!schema) std::abort();
  return std::move(*schema);
}

/// Somebody who says whether a text conforms, or only whether it is JSON.
class judge {
 public:
  explicit judge(std::string named, bool only_parses = false) : name(std::move(named)), parses(only_parses) {}
  virtual ~judge() = default;
  virtual bool accepts(const std::string& text) = 0;

  std::string name;
  bool parses;
};

class own final : public judge {
 public:
  explicit own(const std::string& schema) : judge("evalpp"), checker_(compiled(schema)) {}
  bool accepts(const std::string& text) override { return checker_.conforms(text); }

 private:
  json::conformance_checker checker_;
};

class portable final : public judge {
 public:
  explicit portable(const std::string& schema) : judge("portable"), checker_(compiled(schema)) {}
  bool accepts(const std::string& text) override {
    const auto before = evalpp::detail::simd_level_in_use().exchange(0);
    const bool accepted = checker_.conforms(text);
    evalpp::detail::simd_level_in_use().store(before);
    return accepted;
  }

 private:
  json::conformance_checker checker_;
};

class own_parser final : public judge {
 public:
  explicit own_parser(const std::string&) : judge("parse", true) {}
  bool accepts(const std::string& text) override { return parser_.parse(text).has_value(); }

 private:
  json::parser parser_{{.duplicates = json::duplicate_keys::error}};
};

/// Parser and validator.
class document final : public judge {
 public:
  explicit document(const std::string& schema) : judge("document"), validator_(compiled(schema)) {}
  bool accepts(const std::string& text) override {
    const auto parsed = parser_.parse(text);
    return parsed && validator_.check(*parsed) == json::verdict::valid;
  }

 private:
  json::parser parser_{{.duplicates = json::duplicate_keys::error}};
  json::validator validator_;
};

/// The verdict, and all errors of what fails.
class errors final : public judge {
 public:
  explicit errors(const std::string& schema)
      : judge("errors"), checker_(compiled(schema)), validator_(checker_.checked_by()) {}
  bool accepts(const std::string& text) override {
    if (checker_.conforms(text)) return true;
    const auto parsed = parser_.parse(text);
    return parsed && validator_.validate(*parsed).errors.empty();
  }

 private:
  json::conformance_checker checker_;
  json::parser parser_{{.duplicates = json::duplicate_keys::error}};
  json::validator validator_;
};

#if defined(EVALPP_PEER_SIMDJSON)
class simdjson_dom final : public judge {
 public:
  explicit simdjson_dom(const std::string&) : judge("simdjson_parse", true) {}
  bool accepts(const std::string& text) override {
    return parser_.parse(text.data(), text.size(), true).error() == simdjson::SUCCESS;
  }

 private:
  simdjson::dom::parser parser_;
};
#endif

#if __has_include(<rapidjson/schema.h>)
class rapidjson_sax final : public judge {
 public:
  explicit rapidjson_sax(const std::string& schema) : judge("rapidjson") {
    text_.Parse(schema.data(), schema.size());
    schema_ = std::make_unique<rapidjson::SchemaDocument>(text_);
  }
  bool accepts(const std::string& text) override {
    rapidjson::SchemaValidator validator(*schema_);
    rapidjson::Reader reader;
    rapidjson::MemoryStream stream(text.data(), text.size());
    return !reader.Parse<rapidjson::kParseValidateEncodingFlag>(stream, validator).IsError() &&
           validator.IsValid();
  }

 private:
  rapidjson::Document text_;
  std::unique_ptr<rapidjson::SchemaDocument> schema_;
};
#endif

#if defined(EVALPP_JUDGE_VALIJSON)
class valijson_dom final : public judge {
 public:
  explicit valijson_dom(const std::string& schema) : judge("valijson") {
    rapidjson::Document text;
    text.Parse(schema.data(), schema.size());
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::RapidJsonAdapter(text), schema_);
  }
  bool accepts(const std::string& text) override {
    rapidjson::Document parsed;
    parsed.Parse<rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
    if (parsed.HasParseError()) return false;
    return validator_.validate(schema_, valijson::adapters::RapidJsonAdapter(parsed), nullptr);
  }

 private:
  valijson::Schema schema_;
  valijson::Validator validator_;
};
#endif

#if defined(EVALPP_JUDGE_JSONCONS)
class jsoncons_dom final : public judge {
 public:
  explicit jsoncons_dom(const std::string& schema)
      : judge("jsoncons"),
        schema_(jsoncons::jsonschema::make_json_schema(
            jsoncons::json::parse(schema), jsoncons::jsonschema::evaluation_options().default_version(
                                               jsoncons::jsonschema::schema_version::draft7()))) {}
  bool accepts(const std::string& text) override {
    jsoncons::json_decoder<jsoncons::json> decoder;
    jsoncons::json_string_reader reader(text, decoder);
    std::error_code failure;
    reader.read(failure);
    return !failure && schema_.is_valid(decoder.get_result());
  }

 private:
  jsoncons::jsonschema::json_schema<jsoncons::json> schema_;
};
#endif

#if defined(EVALPP_PEER_PBOETTCH)
class pboettch_dom final : public judge {
 public:
  explicit pboettch_dom(const std::string& schema)
      : judge("pboettch"), validator_(nlohmann::json::parse(schema)) {}
  bool accepts(const std::string& text) override {
    const auto parsed = nlohmann::json::parse(text, nullptr, false);
    if (parsed.is_discarded()) return false;
    nlohmann::json_schema::basic_error_handler failed;
    validator_.validate(parsed, failed);
    return !failed;
  }

 private:
  nlohmann::json_schema::json_validator validator_;
};
#endif

/// The functions of peers/blaze.cpp, null where the library is not there.
struct blaze_library {
  void* (*compile)(const char*, std::size_t, int exhaustive) = nullptr;
  void (*free)(void*) = nullptr;
  int (*conforms)(void*, const char*, std::size_t) = nullptr;
  int (*errors)(void*, const char*, std::size_t) = nullptr;
  int (*parses)(const char*, std::size_t) = nullptr;

  static const blaze_library& get() {
    static const blaze_library loaded;
    return loaded;
  }
  bool is_there() const { return parses != nullptr; }

 private:
  blaze_library() {
#if defined(__unix__)
    const char* const path = std::getenv("EVALPP_PEER_BLAZE_LIB");
    void* const library = path != nullptr ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : nullptr;
    if (library == nullptr) return;
    find(library, "blaze_compile", compile);
    find(library, "blaze_free", free);
    find(library, "blaze_conforms", conforms);
    find(library, "blaze_errors", errors);
    find(library, "blaze_parses", parses);
#endif
  }
#if defined(__unix__)
  template <class Function>
  static void find(void* library, const char* name, Function& function) {
    function = reinterpret_cast<Function>(dlsym(library, name));
    if (function == nullptr) std::abort();
  }
#endif
};

class blaze final : public judge {
 public:
  explicit blaze(const std::string& schema, bool lists_errors = false)
      : judge(lists_errors ? "blaze_errors" : "blaze"),
        library_(blaze_library::get()),
        run_(lists_errors ? library_.errors : library_.conforms),
        schema_(library_.compile(schema.data(), schema.size(), lists_errors)) {
    if (schema_ == nullptr) std::abort();
  }
  blaze(const blaze&) = delete;
  blaze& operator=(const blaze&) = delete;
  ~blaze() override { library_.free(schema_); }
  bool accepts(const std::string& text) override { return run_(schema_, text.data(), text.size()) != 0; }

 private:
  const blaze_library& library_;
  int (*run_)(void*, const char*, std::size_t);
  void* schema_;
};

class blaze_parser final : public judge {
 public:
  explicit blaze_parser(const std::string&) : judge("blaze_parse", true) {}
  bool accepts(const std::string& text) override {
    return blaze_library::get().parses(text.data(), text.size()) != 0;
  }
};

/// Makes a judge of its kind.
using judge_maker = std::unique_ptr<judge> (*)(const std::string& schema);
template <class Judge>
std::unique_ptr<judge> make_judge(const std::string& schema) {
  return std::make_unique<Judge>(schema);
}

/// All that are there, the five of this library first.
inline constexpr std::size_t own_judges = 5;
inline std::vector<judge_maker> judge_makers() {
  std::vector<judge_maker> all = {make_judge<own>, make_judge<portable>, make_judge<own_parser>,
                                  make_judge<document>, make_judge<errors>};
#if defined(EVALPP_PEER_SIMDJSON)
  all.push_back(make_judge<simdjson_dom>);
#endif
#if __has_include(<rapidjson/schema.h>)
  all.push_back(make_judge<rapidjson_sax>);
#endif
#if defined(EVALPP_JUDGE_VALIJSON)
  all.push_back(make_judge<valijson_dom>);
#endif
#if defined(EVALPP_JUDGE_JSONCONS)
  all.push_back(make_judge<jsoncons_dom>);
#endif
#if defined(EVALPP_PEER_PBOETTCH)
  all.push_back(make_judge<pboettch_dom>);
#endif
  if (blaze_library::get().is_there()) {
    all.push_back(make_judge<blaze_parser>);
    all.push_back(make_judge<blaze>);
    all.push_back([](const std::string& schema) -> std::unique_ptr<judge> {
      return std::make_unique<blaze>(schema, true);
    });
  }
  return all;
}

}  // namespace bench
