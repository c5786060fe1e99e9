// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/core/result.hpp>
#include <evalpp/detail/sha256.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/detail/json_fields.hpp>
#include <evalpp/version.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// What stands behind one row of a sheet.
struct blind_key_entry {
  std::string code;  ///< of the row
  std::string id;    ///< of the pair
  std::size_t sheet = 0;
  bool candidate_is_a = false;
  std::size_t baseline_length = 0;  ///< code points of the answers
  std::size_t candidate_length = 0;
  bool again = false;  ///< a control: the pair stands on the sheet already, with its sides the other way

  bool operator==(const blind_key_entry&) const = default;
};

/// The sealed half of a blind review: which system is which. It is kept from those who rate.
struct blind_key {
  /// The digest of all below, printed in every sheet: with it nobody can give the sides away, and nobody can
  /// change them once there are answers.
  std::string review = {};
  std::string seed = {};
  std::string baseline = {};  ///< names of the systems
  std::string candidate = {};
  std::string texts = {};  ///< the digest of what the sheets show
  std::vector<blind_key_entry> entries = {};
  std::vector<std::string> identical = {};  ///< ids of pairs that nobody has to rate: ties

  bool operator==(const blind_key&) const = default;
};

/// The digest that binds a key and its sheets: `blind-` and 32 hexadecimal digits, which no spreadsheet takes
/// for a number.
inline std::string review_of(const blind_key& key) {
  evalpp::detail::sha256_hasher hasher;
  const auto add = [&](std::string_view text) { hasher.update_text(text); };
  const auto add_number = [&](std::size_t n) { hasher.update_text(std::to_string(n)); };
  for (const std::string* part : {&key.seed, &key.baseline, &key.candidate, &key.texts}) add(*part);
  add_number(key.entries.size());
  for (const blind_key_entry& e : key.entries) {
    add(e.code);
    add(e.id);
    add(e.candidate_is_a ? "A" : "B");
    if (e.again) add("again");
    for (const std::size_t n : {e.sheet, e.baseline_length, e.candidate_length}) add_number(n);
  }
  for (const std::string& id : key.identical) add(id);
  return "blind-" + evalpp::detail::to_hex(hasher.finish()).substr(0, 32);
}

/// The key as a JSON document.
inline std::string to_json(const blind_key& key) {
  std::string text;
  json::writer out(text);
  out.begin_object().member("format", "evalpp-blind-key").member("format_version", 1);
  out.member("library", EVALPP_VERSION_STRING).member("review", key.review).member("seed", key.seed);
  out.member("baseline", key.baseline).member("candidate", key.candidate).member("texts", key.texts);
  out.key("items").begin_array();
  for (const blind_key_entry& e : key.entries) {
    out.begin_object().member("code", e.code).member("id", e.id).member("sheet", e.sheet);
    out.member("candidate", e.candidate_is_a ? "A" : "B").member("baseline_length", e.baseline_length);
    out.member("candidate_length", e.candidate_length);
    if (e.again) out.member("again", true);
    out.end_object();
  }
  out.end_array().key("identical").begin_array();
  for (const std::string& id : key.identical) out.value(id);
  out.end_array().end_object().line();
  return text;
}

/// Reads a key. `file` is for messages. An error when it is none, when a field is missing or of another kind,
/// and when its digest shows that it was changed.
inline result<blind_key> read_blind_key(std::string_view text, const std::string& file) {
  const auto refuse = [&](error_code code, std::string message, std::string fix) {
    return error{.code = code, .message = std::move(message), .fix = std::move(fix), .file = file};
  };
  const auto parsed = json::parse(text);
  if (!parsed) {
    error e = parsed.error();
    e.file = file;
    if (e.fix.empty()) e.fix = "give the key that judge blind make has written";
    return e;
  }
  const json::value root = parsed->root();
  if (root["format"].as_string() != "evalpp-blind-key")
    return refuse(error_code::wrong_type, "this is no key of a blind review",
                  "give the key that judge blind make has written");
  if (root["format_version"].as_int64() != 1)
    return refuse(error_code::version, "the key is of another version",
                  "read it with the evalpp that has written it");
  blind_key key;
  detail::field_reader fields(root);
  fields.text("review", key.review);
  fields.text("seed", key.seed);
  fields.text("baseline", key.baseline);
  fields.text("candidate", key.candidate);
  fields.text("texts", key.texts);
  for (const json::value item : fields.list("items").items()) {
    blind_key_entry& e = key.entries.emplace_back();
    detail::field_reader own(item);
    own.text("code", e.code);
    own.text("id", e.id);
    own.count("sheet", e.sheet);
    own.count("baseline_length", e.baseline_length);
    own.count("candidate_length", e.candidate_length);
    const auto side = item["candidate"].as_string();
    if (side != "A" && side != "B") own.refuse("candidate");
    e.candidate_is_a = side == "A";
    e.again = item["again"].as_bool().value_or(false);
    if (item["again"].exists() && !item["again"].is_bool()) own.refuse("again");
    if (!own.wrong().empty()) fields.refuse(own.wrong());
  }
  for (const json::value id : root["identical"].items()) {
    if (!id.is_string()) fields.refuse("identical");
    key.identical.emplace_back(id.as_string().value_or(""));
  }
  if (!fields.wrong().empty())
    return refuse(error_code::wrong_type, "the key's \"" + fields.wrong() + "\" is not what it must be",
                  "give the key as judge blind make has written it");
  if (key.review != review_of(key))
    return refuse(error_code::mismatch, "the key was changed after the sheets were made",
                  "give the key as judge blind make has written it");
  return key;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
