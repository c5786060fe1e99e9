// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/json/detail/registry_class.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// The part of the registry that finds what is asked for.

namespace evalpp::inline EVALPP_ABI::json::detail {

inline index registry::find_anchor(index resource, std::string_view name, bool dynamic_only) const {
  const index found = by_anchor_.find(mix(hash_bytes(name), resource), [&](index i) {
    return anchors_[i].resource == resource && anchors_[i].name == name &&
           (anchors_[i].dynamic || !dynamic_only);
  });
  return found == hash_index::nothing ? none : anchors_[found].place;
}

inline index registry::find_resource(std::string_view uri, dialect d) const {
  const index found = by_uri_.find(hash_bytes(uri), [&](index i) {
    const schema_resource& r = p_.resources[uris_[i].resource];
    return uris_[i].uri == uri && (!r.inherited || r.rules.base == d);
  });
  return found == hash_index::nothing ? none : uris_[found].resource;
}

/// A resource by its URI: one at hand, a built-in metaschema, or what the loader has.
inline bool registry::fetch(std::string_view uri, language referrer, bool& found, index& resource) {
  resource = find_resource(uri, referrer.base);
  found = resource != none;
  if (found) return true;
  index root = none;
  if (const std::string_view text = builtin_text(uri); !text.empty()) {
    auto parsed = parse(text);
    found = parsed.has_value();
    if (!found || !add_document(std::move(*parsed), std::string(uri), std::nullopt, true, root)) return false;
  } else {
    const auto loaded = options_.loader(uri);
    if (!loaded) return true;
    if (++loaded_ > options_.max_documents) {
      return fail(none, "", "more than " + std::to_string(options_.max_documents) + " documents were loaded");
    }
    auto parsed = parse(*loaded, {.duplicates = duplicate_keys::error});
    if (!parsed) {
      failed_ = true;
      fault_ = std::move(parsed.error());
      fault_.file = uri;
      return false;
    }
    found = true;
    if (!add_document(std::move(*parsed), std::string(uri), referrer, false, root)) return false;
  }
  resource = p_.places[root].resource;
  return true;
}

/// What a `$schema` means: a dialect, or a metaschema of someone's own that says which keywords it has.
inline bool registry::language_of(std::string_view schema_uri, index at, language& rules) {
  if (const auto known = dialect_of(schema_uri); known && schema_uri.find(':') != std::string_view::npos) {
    rules = {.base = *known};
    return true;
  }
  const std::string uri(without_fragment(resolve_uri(p_.resources[p_.places[at].resource].uri, schema_uri)));
  for (const known_language& known : languages_) {
    if (known.uri != uri) continue;
    rules = known.rules;
    return known.complete ||
           fail_at(at, keyword::schema_uri,
                   "the metaschema " + uri + " describes itself, so its dialect is not known");
  }
  languages_.push_back({uri, {}, false});
  known_language& entry = languages_.back();
  bool found = false;
  index resource = none;
  if (!fetch(uri, language{.base = options_.default_dialect}, found, resource)) return false;
  if (!found)
    return fail_at(at, keyword::schema_uri, "no metaschema with the URI " + uri,
                   "use the URI of a dialect, or load the metaschema");
  const json::value metaschema = p_.places[p_.resources[resource].root].schema;
  rules = {.base = p_.resources[resource].rules.base};
  if (!read_vocabularies(metaschema["$vocabulary"], at, rules)) return false;
  entry.rules = rules;
  entry.complete = true;
  return true;
}

inline bool registry::read_vocabularies(json::value list, index at, language& rules) {
  if (!list.is_object() || rules.until(dialect::draft7) || rules.from(dialect::v1)) return true;
  constexpr std::pair<std::string_view, vocabulary> known[] = {{"core", vocabulary::core},
                                                               {"applicator", vocabulary::applicator},
                                                               {"unevaluated", vocabulary::unevaluated},
                                                               {"validation", vocabulary::validation},
                                                               {"meta-data", vocabulary::metadata},
                                                               {"content", vocabulary::content},
                                                               {"format", vocabulary::format},
                                                               {"format-annotation", vocabulary::format},
                                                               {"format-assertion", vocabulary::format}};
  const std::string prefix = rules.base == dialect::draft2019_09
                                 ? "https://json-schema.org/draft/2019-09/vocab/"
                                 : "https://json-schema.org/draft/2020-12/vocab/";
  rules.vocabularies = 1;
  for (const auto [uri, required] : list.members()) {
    bool is_known = false;
    for (const auto& [name, group] : known) {
      if (uri.size() != prefix.size() + name.size() || uri.substr(0, prefix.size()) != prefix ||
          uri.substr(prefix.size()) != name)
        continue;
      is_known = true;
      rules.vocabularies |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(group));
      rules.format_asserted = rules.format_asserted || name == "format-assertion" ||
                              (name == "format" && required.as_bool().value_or(false));
    }
    if (!is_known && required.as_bool().value_or(true)) {
      return fail_at(at, keyword::schema_uri,
                     "its metaschema requires a vocabulary that is not known, " + std::string(uri));
    }
  }
  return true;
}

inline bool registry::resolve(index resource, std::string_view reference, index from, keyword word,
                              index& target) {
  const language rules = p_.resources[resource].rules;
  std::string fragment;
  if (!reference.empty() && reference[0] == '#') {
    fragment = percent_decode(reference.substr(1));
  } else {
    const std::string full = resolve_uri(p_.resources[resource].uri, reference);
    const std::string_view uri = without_fragment(full);
    if (uri.size() < full.size()) fragment = percent_decode(std::string_view(full).substr(uri.size() + 1));
    bool found = false;
    if (!fetch(uri, rules, found, resource)) return false;
    if (!found) {
      return fail_at(
          from, word,
          "\"" + std::string(reference) + "\" leads nowhere: there is no schema " + std::string(uri),
          "give a loader that has it");
    }
  }
  if (fragment.empty()) {
    target = p_.resources[resource].root;
  } else if (fragment[0] == '/') {
    if (!walk(resource, fragment, target)) return false;
  } else {
    target = find_anchor(resource, fragment, false);
    // The coming version keeps dynamic anchors apart from plain ones.
    if (target != none && p_.resources[resource].rules.from(dialect::v1)) {
      const auto plain = by_anchor_.find(mix(hash_bytes(fragment), resource), [&](index i) {
        return anchors_[i].resource == resource && anchors_[i].name == fragment && !anchors_[i].dynamic;
      });
      target = plain == hash_index::nothing ? none : anchors_[plain].place;
    }
  }
  if (target == none) return fail_at(from, word, "\"" + std::string(reference) + "\" leads nowhere");
  const json::value schema = p_.places[target].schema;
  const dialect there = p_.resources[p_.places[target].resource].rules.base;
  const bool draft4_switch = there == dialect::draft4 && schema.is_bool() &&
                             (p_.places[target].word == keyword::additional_items ||
                              p_.places[target].word == keyword::additional_properties);
  if (!is_schema(schema, there) && !draft4_switch) {
    return fail_at(from, word, "\"" + std::string(reference) + "\" leads to what is no schema");
  }
  return true;
}

/// Follows a pointer; where it leaves the scanned places, what it finds is scanned then, as a part of the
/// nearest one that is.
inline bool registry::walk(index resource, std::string_view pointer, index& target) {
  target = none;
  const auto tokens = parse_pointer(pointer);
  if (!tokens) return true;
  index nearest = p_.resources[resource].root;
  json::value v = p_.places[nearest].schema;
  std::string rest;
  for (const std::string& token : *tokens) {
    v = v.is_object() ? find_member(v, token) : step_into(v, token);
    if (!v.exists()) return true;
    append_pointer(rest, token);
    if (const index known = place_of(v); known != hash_index::nothing) {
      nearest = known;
      rest.clear();
    }
  }
  if (rest.empty()) {
    target = nearest;
    return true;
  }
  p_.texts.push_back(std::move(rest));
  const index outer_root = document_root_;
  document_root_ = nearest;  // so that duplicates are looked for from here on
  target = add_place(v, nearest, keyword::unknown);
  p_.places[target].key = p_.texts.back();
  loose_ = true;
  const bool good = scan(target);
  loose_ = false;
  document_root_ = outer_root;
  return good;
}

/// `value::find`, with a table for objects that are large.
inline json::value registry::find_member(json::value object, std::string_view key) {
  if (object.size() <= 16) return object.find(key);
  const std::uint64_t mark = identity_hash(object);
  const auto same = [&](std::string_view wanted) {
    return [this, object, wanted](index i) {
      return members_[i].object == object.identity() && members_[i].entry.key == wanted;
    };
  };
  const auto first = (*object.members().begin()).key;
  if (big_objects_.find(mix(mark, hash_bytes(first)), same(first)) == hash_index::nothing) {
    for (const member entry : object.members()) {
      members_.push_back({object.identity(), entry});
      big_objects_.insert(mix(mark, hash_bytes(entry.key)), static_cast<index>(members_.size() - 1));
    }
  }
  const index found = big_objects_.find(mix(mark, hash_bytes(key)), same(key));
  return found == hash_index::nothing ? json::value{} : members_[found].entry.value;
}

}  // namespace evalpp::inline EVALPP_ABI::json::detail
