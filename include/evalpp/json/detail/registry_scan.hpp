// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/describe.hpp>
#include <evalpp/json/detail/registry_class.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The part of the registry that reads documents.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline bool registry::fail(index at, std::string_view keyword_name, std::string message, std::string fix) {
  if (failed_) return false;
  failed_ = true;
  std::string where = at == none ? std::string() : pointer_to(p_, at, false);
  if (!keyword_name.empty()) append_pointer(where, keyword_name);
  fault_ = {.code = error_code::invalid_argument,
            .message = '"' + where + "\": " + std::move(message),
            .fix = std::move(fix)};
  name_document(fault_, at);
  return false;
}

/// Only what was loaded has a name that helps.
inline void registry::name_document(error& e, index at) const {
  while (at != none && p_.places[at].parent != none) at = p_.places[at].parent;
  if (at != none && at != p_.resources.front().root) e.file = p_.resources[p_.places[at].resource].uri;
}

inline void registry::warn(schema_warning_kind kind, index at, std::string_view keyword_name,
                           std::string message) {
  if (warnings_.size() >= 100) return;
  std::string where = pointer_to(p_, at, false);
  if (!keyword_name.empty()) append_pointer(where, keyword_name);
  warnings_.push_back({kind, std::move(where), std::move(message)});
}

inline index registry::add_place(json::value v, index parent, keyword word) {
  const auto number = static_cast<index>(p_.places.size());
  place made;
  made.schema = v;
  made.parent = parent;
  made.resource = parent == none ? none : p_.places[parent].resource;
  made.word = word;
  p_.places.push_back(made);
  by_identity_.insert(identity_hash(v), number);
  pending_.push_back(number);
  return number;
}

inline bool registry::add_root(document&& text, index& root) {
  language rules{.base = options_.default_dialect};
  std::string uri(without_fragment(options_.base_uri));
  if (uri.empty()) uri = "urn:evalpp:schema";
  const bool good = add_document(std::move(text), uri, rules, false, root);
  return good;
}

/// `inherited`: the language where the document names none; nothing for built-in ones, which do.
inline bool registry::add_document(document&& text, const std::string& uri, std::optional<language> inherited,
                                   bool builtin, index& root) {
  p_.documents.push_back(std::move(text));
  const json::value v = p_.documents.back().root();
  const bool first = p_.resources.empty();
  std::vector<index> outer;  // a document can be asked for while another is being scanned
  outer.swap(pending_);
  const index outer_root = document_root_;
  const bool outer_builtin = builtin_;
  builtin_ = builtin;
  root = add_place(v, none, keyword::unknown);
  document_root_ = root;
  const auto resource = static_cast<index>(p_.resources.size());
  p_.places[root].resource = resource;
  p_.resources.push_back({uri, root, inherited.value_or(language{}), true, false});
  const auto name = v["$schema"].as_string();
  bool good = true;
  if (name) {
    language rules;
    good = language_of(*name, root, rules);
    p_.resources[resource].rules = rules;
    p_.resources[resource].inherited = false;
  } else if (first) {
    p_.resources[resource].inherited = false;
  }
  uris_.push_back({uri, resource});
  by_uri_.insert(hash_bytes(uri), static_cast<index>(uris_.size() - 1));
  good = good && scan(root);
  pending_.swap(outer);
  document_root_ = outer_root;
  builtin_ = outer_builtin;
  return good;
}

inline bool registry::scan(index start) {
  // The stack holds `start` already; children are added behind it.
  static_cast<void>(start);
  while (!pending_.empty()) {
    const index at = pending_.back();
    pending_.pop_back();
    if (p_.places[at].schema.is_object() && !scan_object(at)) return false;
  }
  return true;
}

inline bool registry::scan_object(index at) {
  const json::value schema = p_.places[at].schema;
  language rules = p_.resources[p_.places[at].resource].rules;
  const bool is_root = at == document_root_;
  bool switched = false;
  if (const auto name = schema["$schema"].as_string();
      name && !is_root && rules.from(dialect::draft2019_09)) {
    language other;
    const bool known = dialect_of(*name).has_value() || schema["$id"].is_string();
    if (known && !language_of(*name, at, other)) return false;
    if (known && schema[other.until(dialect::draft4) ? "id" : "$id"].is_string()) {
      rules = other;
      switched = true;
    }
  }
  // Up to draft 7 an object with a reference is the reference and nothing else.
  const bool only_reference = rules.until(dialect::draft7) && schema["$ref"].is_string();
  const auto id = schema[rules.until(dialect::draft4) ? "id" : "$id"].as_string();
  if (id && !only_reference && !identify(at, *id, rules, switched)) return false;
  if (only_reference) return true;
  const bool check = options_.check_schema && !builtin_;
  for (const auto [name, v] : schema.members()) {
    const keyword_entry* const entry = find_keyword(name, rules.base);
    if (entry == nullptr) {
      if (builtin_ || name.substr(0, 2) == "x-") continue;
      if (options_.strict_keywords)
        return fail(at, name, "unknown keyword", "names of your own begin with \"x-\"");
      if (is_root) warn_of_older(at, name, rules);
      if (rules.from(dialect::v1))
        warn(schema_warning_kind::unknown_keyword, at, name, "unknown keyword, ignored");
      continue;
    }
    if (!is_on(*entry, rules)) continue;
    if (check && !check_shape(at, name, *entry, v, rules)) return false;
    switch (entry->word) {
      case keyword::anchor:
        if (v.is_string() && !add_anchor(at, *v.as_string(), false, entry->word)) return false;
        break;
      case keyword::dynamic_anchor:
        if (v.is_string() && !add_anchor(at, *v.as_string(), true, entry->word)) return false;
        break;
      case keyword::recursive_anchor:
        if (v.as_bool().value_or(false) && p_.resources[p_.places[at].resource].root == at) {
          p_.resources[p_.places[at].resource].recursive_anchor = true;
        }
        break;
      default:
        if (holds_schemas(entry->shape)) add_children(at, *entry, v);
        break;
    }
  }
  return true;
}

/// One keyword against the metaschema.
inline bool registry::check_shape(index at, std::string_view name, const keyword_entry& entry, json::value v,
                                  const language& rules) {
  const std::string_view wanted = shape_fault(entry, v, rules.base);
  if (!wanted.empty())
    return fail(at, name, "must be " + std::string(wanted) + ", got " + shown(v),
                older_hint(entry, v, rules));
  if (entry.shape != shape::exclusive || rules.from(dialect::draft6)) return true;
  const std::string_view limit =
      name_of(entry.word == keyword::exclusive_maximum ? keyword::maximum : keyword::minimum);
  return p_.places[at].schema.contains(limit) ||
         fail(at, name, "needs \"" + std::string(limit) + "\" in draft 4");
}

/// A fix for what was right in an older draft.
inline std::string registry::older_hint(const keyword_entry& entry, json::value v,
                                        const language& rules) const {
  const bool items = entry.word == keyword::items && v.is_array() && rules.from(dialect::draft2020_12);
  const bool exclusive = entry.shape == shape::exclusive && v.is_bool() && rules.from(dialect::draft6);
  if (!items && !exclusive) return {};
  return std::string("this looks like draft 4") + (items ? " to 2019-09" : "") +
         ": say which with \"$schema\", or choose the default dialect";
}

/// Words of an older draft at the root of a schema that does not say which it is.
inline void registry::warn_of_older(index at, std::string_view name, const language& rules) {
  if (at != p_.resources.front().root || p_.places[at].schema.contains("$schema") ||
      find_keyword(name, rules.base) != nullptr)
    return;
  if (name != "id" && name != "additionalItems" && name != "$recursiveAnchor") return;
  warn(schema_warning_kind::looks_older, at, name,
       "no keyword in " + std::string(to_string(rules.base)) +
           "; this looks like an older draft: say which with \"$schema\"");
}

/// An `$id`: a new resource, an anchor (up to draft 7), or the name of the document's own.
inline bool registry::identify(index at, std::string_view id, const language& rules, bool switched) {
  const index outer = p_.places[at].resource;
  const std::string full = resolve_uri(p_.resources[outer].uri, id);
  const std::string_view uri = without_fragment(full);
  const std::string_view fragment =
      uri.size() < full.size() ? std::string_view(full).substr(uri.size() + 1) : "";
  if (uri != p_.resources[outer].uri || switched) {
    if (at == document_root_) {
      const auto known = by_uri_.find(hash_bytes(uri), [&](index i) { return uris_[i].uri == uri; });
      if (known == hash_index::nothing) {
        uris_.push_back({std::string(uri), outer});
        by_uri_.insert(hash_bytes(uri), static_cast<index>(uris_.size() - 1));
      }
      p_.resources[outer].uri = uri;
    } else if (!add_resource(std::string(uri), at, rules, p_.resources[outer].inherited)) {
      return false;
    }
  }
  if (fragment.empty()) return true;
  if (rules.from(dialect::draft2019_09)) {
    return !options_.check_schema ||
           fail_at(at, keyword::id, "must have no fragment", "name it with \"$anchor\"");
  }
  return fragment[0] == '/' ||
         add_anchor(at, std::string_view(id).substr(id.find('#') + 1), false, keyword::id);
}

inline bool registry::add_resource(std::string uri, index root, const language& rules, bool inherited) {
  const auto resource = static_cast<index>(p_.resources.size());
  const index twin = by_uri_.find(hash_bytes(uri), [&](index i) {
    // Across documents the first one stays; the same document may come twice, in two dialects.
    return uris_[i].uri == uri && p_.resources[uris_[i].resource].root >= document_root_;
  });
  if (twin != hash_index::nothing) return fail_at(root, keyword::id, "another schema has this URI, " + uri);
  uris_.push_back({uri, resource});
  by_uri_.insert(hash_bytes(uri), static_cast<index>(uris_.size() - 1));
  p_.resources.push_back({std::move(uri), root, rules, inherited, false});
  p_.places[root].resource = resource;
  return true;
}

inline bool registry::add_anchor(index at, std::string_view name, bool dynamic, keyword word) {
  const index resource = p_.places[at].resource;
  const std::uint64_t hash = mix(hash_bytes(name), resource);
  const index twin = by_anchor_.find(
      hash, [&](index i) { return anchors_[i].resource == resource && anchors_[i].name == name; });
  if (twin != hash_index::nothing && anchors_[twin].place != at) {
    return fail_at(at, word, "another schema has this name, \"" + std::string(name) + '"');
  }
  anchors_.push_back({resource, name, at, dynamic});
  by_anchor_.insert(hash, static_cast<index>(anchors_.size() - 1));
  return true;
}

inline void registry::add_children(index at, const keyword_entry& entry, json::value v) {
  const dialect d = p_.resources[p_.places[at].resource].rules.base;
  const auto schema = [this](json::value item) {
    return (item.is_object() || item.is_bool()) && !(loose_ && place_of(item) != hash_index::nothing);
  };
  switch (entry.shape) {
    case shape::items:
    case shape::schemas:
      if (v.is_array() && (entry.shape == shape::schemas || d <= dialect::draft2019_09)) {
        for (std::size_t i = 0; i < v.size(); ++i) {
          if (!schema(v.at(i))) continue;
          place& child = p_.places[add_place(v.at(i), at, entry.word)];
          child.indexed = true;
          child.position = static_cast<std::uint32_t>(i);
        }
        break;
      }
      [[fallthrough]];
    case shape::schema:
    case shape::schema_or_boolean:
      if (schema(v)) add_place(v, at, entry.word);
      break;
    case shape::schema_map:
    case shape::dependencies:
      for (const auto [key, item] : v.members()) {
        if (!schema(item)) continue;
        place& child = p_.places[add_place(item, at, entry.word)];
        child.keyed = true;
        child.key = key;
      }
      break;
    case shape::schema_maps:
      for (const auto [key, map] : v.members()) {
        for (const auto [key2, item] : map.members()) {
          if (!schema(item)) continue;
          place& child = p_.places[add_place(item, at, entry.word)];
          child.keyed = true;
          child.key = key;
          child.key2 = key2;
        }
      }
      break;
    default:
      break;
  }
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
