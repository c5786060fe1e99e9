// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/error.hpp>
#include <evalpp/json/detail/hash_index.hpp>
#include <evalpp/json/detail/keyword_check.hpp>
#include <evalpp/json/detail/metaschemas.hpp>
#include <evalpp/json/detail/place_pointer.hpp>
#include <evalpp/json/detail/program.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/pointer.hpp>
#include <evalpp/json/schema_options.hpp>
#include <evalpp/json/uri.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::json::detail {

/// The schemas at hand: documents, the resources and anchors in them, and where a reference leads.
/// Documents are scanned once, through the keywords that hold schemas and through no others.
class registry {
 public:
  registry(program& p, const schema_options& options) : p_(p), options_(options) {}

  /// Takes the schema that is to be compiled. False: see `fault()`.
  bool add_root(document&& text, index& root);

  /// The place that `reference` leads to from a schema in `resource`; `from` is the place that holds it.
  bool resolve(index resource, std::string_view reference, index from, keyword word, index& target);

  /// The place of an anchor in a resource, or `none`. A dynamic one: by `$dynamicAnchor` only.
  index find_anchor(index resource, std::string_view name, bool dynamic_only) const;

  struct anchor {
    index resource = none;
    std::string_view name;
    index place = none;
    bool dynamic = false;
  };
  const std::vector<anchor>& anchors() const { return anchors_; }

  /// Notes an error at a keyword of a place and returns false.
  bool fail(index at, std::string_view keyword_name, std::string message, std::string fix = {});
  bool fail_at(index at, keyword word, std::string message, std::string fix = {}) {
    return fail(at, name_of(word, p_.resources[p_.places[at].resource].rules.base), std::move(message),
                std::move(fix));
  }
  bool failed() const { return failed_; }
  error take_fault() { return std::move(fault_); }

  void warn(schema_warning_kind kind, index at, std::string_view keyword_name, std::string message);
  std::vector<schema_warning>& warnings() { return warnings_; }

  /// Whether a place lies in the schema that is compiled, not in one that was loaded.
  bool in_root(index at) const {
    while (p_.places[at].parent != none) at = p_.places[at].parent;
    return at == p_.resources.front().root;
  }

  index place_of(json::value v) const {
    return by_identity_.find(identity_hash(v),
                             [&](index i) { return p_.places[i].schema.identity() == v.identity(); });
  }

 private:
  static std::uint64_t identity_hash(json::value v) {
    return mix(hash_seed, static_cast<std::uint64_t>(reinterpret_cast<std::uintptr_t>(v.identity())));
  }

  bool add_document(document&& text, std::string uri, std::optional<language> inherited, bool builtin,
                    index& root);
  bool fetch(std::string_view uri, language referrer, bool& found, index& resource);
  bool language_of(std::string_view schema_uri, index at, language& rules);
  bool read_vocabularies(json::value metaschema, index at, language& rules);
  bool scan(index start);
  bool scan_object(index at);
  bool check_shape(index at, std::string_view name, const keyword_entry& entry, json::value v,
                   const language& rules);
  std::string older_hint(const keyword_entry& entry, json::value v, const language& rules) const;
  void warn_of_older(index at, std::string_view name, const language& rules);
  bool identify(index at, std::string_view id, const language& rules, bool switched);
  bool add_resource(std::string uri, index root, const language& rules, bool inherited);
  bool add_anchor(index at, std::string_view name, bool dynamic, keyword word);
  void add_children(index at, const keyword_entry& entry, json::value v);
  index add_place(json::value v, index parent, keyword word);
  index find_resource(std::string_view uri, dialect d) const;
  json::value find_member(json::value object, std::string_view key);
  bool walk(index resource, std::string_view pointer, index& target);
  void name_document(error& e, index at) const;

  program& p_;
  const schema_options& options_;
  std::vector<anchor> anchors_;
  hash_index by_identity_;  // places
  hash_index by_uri_;       // numbers of uris_
  hash_index by_anchor_;    // numbers of anchors_
  struct known_uri {
    std::string uri;
    index resource = none;
  };
  std::vector<known_uri> uris_;
  hash_index big_objects_;  // members of objects that pointers lead into, numbers of members_
  struct known_member {
    const void* object = nullptr;
    member entry;
  };
  std::vector<known_member> members_;
  std::vector<index> pending_;
  struct known_language {
    std::string uri;
    language rules;
    bool complete = false;
  };
  std::deque<known_language> languages_;
  index document_root_ = none;  // place of the root of the document that is being scanned
  bool builtin_ = false;
  bool loose_ = false;  // scanning what a pointer led to: parts of it may be known
  std::size_t loaded_ = 0;
  error fault_;
  bool failed_ = false;
  std::vector<schema_warning> warnings_;
};

}  // namespace evalpp::inline EVALPP_ABI::json::detail
