// SPDX-License-Identifier: MIT
#pragma once

// Parsers of JSON, ours and whoever else is there.

#include <evalpp/detail/cpu.hpp>
#include <evalpp/json/parse.hpp>

#include <cstddef>
#include <string>
#include <vector>

#if defined(EVALPP_PEER_SIMDJSON)
#include <simdjson.h>
#endif
#if defined(EVALPP_PEER_YYJSON)
#include <yyjson.h>
#endif
#if __has_include(<rapidjson/document.h>)
#include <rapidjson/document.h>
#endif
#if __has_include(<nlohmann/json.hpp>)
#include <nlohmann/json.hpp>
#endif

namespace bench {

/// Whoever takes part: each parses a text and says whether it is JSON.
class parsers {
 public:
  parsers() {
    names.push_back("evalpp");
    names.push_back("portable");
#if defined(EVALPP_PEER_SIMDJSON)
    names.push_back("simdjson");
#endif
#if defined(EVALPP_PEER_YYJSON)
    names.push_back("yyjson");
#endif
#if __has_include(<rapidjson/document.h>)
    names.push_back("rapidjson");
#endif
#if __has_include(<nlohmann/json.hpp>)
    names.push_back("nlohmann");
#endif
  }

  bool parse(const std::string& name, const std::string& text) {
    if (name == "evalpp") return own_.parse(text).has_value();
#if defined(EVALPP_PEER_SIMDJSON)
    if (name == "simdjson")
      return simdjson_.parse(text.data(), text.size(), true).error() == simdjson::SUCCESS;
#endif
#if defined(EVALPP_PEER_YYJSON)
    if (name == "yyjson") {
      yyjson_alc pool;
      const std::size_t needed = yyjson_read_max_memory_usage(text.size(), 0) + 1024;
      if (pool_.size() < needed) pool_.resize(needed);
      yyjson_alc_pool_init(&pool, pool_.data(), pool_.size());
      yyjson_doc* const document =
          yyjson_read_opts(const_cast<char*>(text.data()), text.size(), 0, &pool, nullptr);
      yyjson_doc_free(document);
      return document != nullptr;
    }
#endif
#if __has_include(<rapidjson/document.h>)
    if (name == "rapidjson") {
      rapidjson::Document document;
      document.Parse<rapidjson::kParseValidateEncodingFlag>(text.data(), text.size());
      return !document.HasParseError();
    }
#endif
#if __has_include(<nlohmann/json.hpp>)
    if (name == "nlohmann") return !nlohmann::json::parse(text, nullptr, false).is_discarded();
#endif
    const auto before = evalpp::detail::cpu_level();  // portable
    evalpp::detail::force_simd_level(evalpp::detail::simd_level::baseline);
    const bool accepted = portable_.parse(text).has_value();
    evalpp::detail::force_simd_level(before);
    return accepted;
  }

  std::vector<std::string> names;

 private:
  evalpp::json::parser own_;
  evalpp::json::parser portable_;
#if defined(EVALPP_PEER_SIMDJSON)
  simdjson::dom::parser simdjson_;
#endif
#if defined(EVALPP_PEER_YYJSON)
  std::vector<char> pool_;
#endif
};

}  // namespace bench
