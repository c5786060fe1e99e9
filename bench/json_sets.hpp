// SPDX-License-Identifier: MIT
#pragma once

// Six sets of JSON as language models write it, from a seed, each with the schema that was asked for:
// an extracted record, a tool call, nested entities, a classification, a flat record of 40 fields, and
// arrays of numbers. 40 % of the documents are indented, 40 % have blanks behind commas and colons,
// 20 % are compact; 10 % have their top-level keys in another order; about 12 % of the longer strings
// hold characters beyond ASCII, as many hold escapes. About 90 % are valid; the others break the schema
// (a wrong type, a missing, an unexpected or an overlong field) or are no JSON (cut off, in a code
// fence, with a trailing comma, in single quotes).

#include <common.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bench {

struct json_document {
  std::string text;
  bool parses = true;
  bool valid = true;
};

struct json_set {
  std::string name;
  std::string schema;  // draft 7
  std::vector<json_document> documents;

  std::size_t size() const { return documents.size(); }
  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const auto& document : documents) sum += document.text.size();
    return sum;
  }
  /// Without what is no JSON.
  json_set parsing() const {
    json_set some{name, schema, {}};
    for (const auto& document : documents)
      if (document.parses) some.documents.push_back(document);
    return some;
  }
};

/// Makes the documents of one set after the other.
class json_generator {
 public:
  explicit json_generator(std::uint64_t seed) : g_(seed), words_(3000) {}

  std::vector<json_set> sets(std::size_t documents) {
    std::vector<json_set> made;
    made.push_back(set("extraction", extraction_schema, documents, &json_generator::extraction));
    made.push_back(set("tool_call", tool_call_schema, documents, &json_generator::tool_call));
    made.push_back(set("entities", entities_schema, documents, &json_generator::entities));
    made.push_back(set("classify", classify_schema, documents, &json_generator::classify));
    made.push_back(set("40_fields", fields_schema(), documents, &json_generator::fields));
    made.push_back(set("numbers", numbers_schema, documents, &json_generator::numbers));
    return made;
  }

 private:
  /// A value: its text, or a bracket and children with their keys, which arrays leave empty.
  struct tree {
    std::string text;
    std::vector<std::pair<std::string, tree>> children = {};

    tree& add(std::string key, tree child) {
      children.emplace_back(std::move(key), std::move(child));
      return *this;
    }
  };
  static tree object() { return {"{"}; }
  static tree array() { return {"["}; }

  static std::string quoted(std::string_view plain) { return '"' + std::string(plain) + '"'; }
  tree flag() { return {g_.chance(0.5) ? "true" : "false"}; }
  tree whole(std::uint32_t below) { return {std::to_string(g_.below(below))}; }
  tree decimal(double scale, int places) {
    char text[40];
    std::snprintf(text, sizeof text, "%.*f", places, scale * g_.unit());
    return {text};
  }
  template <std::size_t N>
  tree one_of(const std::array<std::string_view, N>& names) {
    return {quoted(names[g_.below(N)])};
  }

  std::string word() {
    for (;;) {
      const std::string& drawn = vocabulary()[words_.draw(g_)];
      if (std::all_of(drawn.begin(), drawn.end(), [](char c) { return c >= ' ' && c != '"'; })) return drawn;
    }
  }
  /// A string of so many words. Only where there are six or more of them, escapes and other alphabets.
  tree prose(std::size_t count) {
    static constexpr std::array<std::string_view, 8> foreign = {
        "caf\xC3\xA9",
        "na\xC3\xAFve",
        "Z\xC3\xBCrich",
        "\xE2\x82\xAC",
        "\xE2\x80\x94",
        "\xE6\x9D\xB1\xE4\xBA\xAC",
        "\xD0\xBF\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82",
        "\xF0\x9F\x98\x80"};
    static constexpr std::array<std::string_view, 6> escaped = {
        "\\n", "\\\"quoted\\\"", "caf\\u00e9", "C:\\\\temp", "\\t", "\\ud83d\\ude00"};
    std::string text;
    const std::size_t odd = count < 6 ? count : g_.below(static_cast<std::uint32_t>(count));
    const double fate = g_.unit();
    for (std::size_t i = 0; i < count; ++i) {
      if (i != 0) text += ' ';
      if (i == odd && fate < 0.12) {
        text += foreign[g_.below(8)];
      } else if (i == odd && fate < 0.24) {
        text += escaped[g_.below(6)];
      } else {
        text += word();
      }
    }
    return {quoted(text)};
  }
  tree hex(std::size_t digits) {
    std::string text;
    for (std::size_t i = 0; i < digits; ++i) text += "0123456789abcdef"[g_.below(16)];
    return {quoted(text)};
  }
  tree date() {
    char text[40];
    std::snprintf(text, sizeof text, "\"20%02u-%02u-%02uT%02u:%02u:%02uZ\"", 10 + g_.below(16),
                  1 + g_.below(12), 1 + g_.below(28), g_.below(24), g_.below(60), g_.below(60));
    return {text};
  }

  tree extraction() {
    tree tags = array();
    for (std::size_t i = 1 + g_.below(4); i > 0; --i) tags.add("", prose(1));
    return object()
        .add("id", hex(12))
        .add("name", prose(2))
        .add("age", whole(100))
        .add("email", {quoted("user" + std::to_string(g_.below(9999)) + "@example.org")})
        .add("active", flag())
        .add("score", decimal(1, 3))
        .add("tags", std::move(tags))
        .add("address", object()
                            .add("street", prose(2))
                            .add("city", prose(1))
                            .add("zip", {quoted(std::to_string(10000 + g_.below(89999)))})
                            .add("country", one_of<4>({"DE", "FR", "JP", "US"})))
        .add("notes", g_.chance(0.2) ? tree{"null"} : prose(6 + g_.below(8)))
        .add("created", date());
  }

  tree tool_call() {
    return object()
        .add("id", {"\"call_" + hex(8).text.substr(1)})
        .add("name", one_of<5>({"search", "get_weather", "send_email", "create_event", "translate"}))
        .add("arguments", object()
                              .add("query", prose(6 + g_.below(6)))
                              .add("limit", whole(50))
                              .add("language", one_of<4>({"de", "en", "fr", "ja"}))
                              .add("strict", flag()));
  }

  tree entity(std::size_t depth) {
    tree children = array();
    for (std::size_t i = depth == 0 ? 0 : 3 + g_.below(3); i > 0; --i) children.add("", entity(depth - 1));
    return object()
        .add("name", prose(2))
        .add("type", one_of<4>({"person", "organization", "place", "event"}))
        .add("start", whole(5000))
        .add("end", whole(5000))
        .add("confidence", decimal(1, 2))
        .add("children", std::move(children));
  }
  tree entities() { return object().add("text", prose(12 + g_.below(12))).add("root", entity(2)); }

  tree classify() {
    return object()
        .add("label", one_of<5>({"positive", "negative", "neutral", "mixed", "unclear"}))
        .add("confidence", decimal(1, 2))
        .add("rationale", prose(16 + g_.below(12)));
  }

  static constexpr std::array<std::string_view, 20> stems = {
      "customer", "order",    "invoice", "shipping", "billing",  "product", "payment",
      "contact",  "delivery", "account", "discount", "supplier", "tax",     "warehouse",
      "carrier",  "return",   "refund",  "contract", "channel",  "campaign"};
  static std::string field_name(std::size_t i) {
    static constexpr std::array<std::string_view, 4> ends = {"_id", "_name", "_total", "_active"};
    return std::string(stems[i / 2]).append(ends[i % 4]);
  }
  tree fields() {
    tree made = object();
    for (std::size_t i = 0; i < 40; ++i) {
      made.add(field_name(i), i % 4 == 0   ? hex(8)
                              : i % 4 == 1 ? prose(2 + g_.below(4))
                              : i % 4 == 2 ? decimal(1000, 2)
                                           : flag());
    }
    return made;
  }

  tree numbers() {
    tree values = array(), counts = array();
    for (std::size_t i = 110 + g_.below(70); i > 0; --i) {
      tree value = decimal(g_.chance(0.5) ? 1 : 1000, static_cast<int>(2 + g_.below(5)));
      if (g_.chance(0.3)) value.text.insert(0, "-");
      if (g_.chance(0.03)) value.text += "e-05";
      values.add("", std::move(value));
    }
    for (std::size_t i = 60 + g_.below(60); i > 0; --i) counts.add("", whole(g_.chance(0.5) ? 100 : 100000));
    return object().add("sensor", hex(6)).add("values", std::move(values)).add("counts", std::move(counts));
  }

  /// What `set` breaks in about every tenth document.
  void break_schema(tree& made) {
    const auto at = static_cast<std::ptrdiff_t>(g_.below(static_cast<std::uint32_t>(made.children.size())));
    switch (g_.below(4)) {
      case 0:  // no field may be an array of an object
        made.children[static_cast<std::size_t>(at)].second = array().add("", object());
        break;
      case 1:
        made.children.erase(made.children.begin() + at);
        break;
      case 2:
        made.add("comment", prose(3));
        break;
      default:  // no field may be so long
        made.children[static_cast<std::size_t>(at)].second = {quoted(std::string(1200, 'x'))};
        break;
    }
  }
  void break_text(std::string& text) {
    switch (g_.below(4)) {
      case 0:
        text.resize(text.size() - 1 - g_.below(static_cast<std::uint32_t>(text.size() / 2)));
        break;
      case 1:
        text = "```json\n" + text + "\n```";
        break;
      case 2:
        text.insert(text.find_last_not_of(" \n}") + 1, ",");
        break;
      default:
        std::replace(text.begin(), text.end(), '"', '\'');
        break;
    }
  }

  enum class style { compact, spaced, indented };
  static void print(const tree& node, style how, std::size_t depth, std::string& out) {
    const bool is_object = node.text == "{";
    out += node.text;
    if (!is_object && node.text != "[") return;
    const auto line = [&](std::size_t indent) {
      if (how == style::indented) out.append(1, '\n').append(2 * indent, ' ');
    };
    for (std::size_t i = 0; i < node.children.size(); ++i) {
      if (i != 0) out += how == style::spaced ? ", " : ",";
      line(depth + 1);
      if (is_object) out.append(quoted(node.children[i].first)).append(how == style::compact ? ":" : ": ");
      print(node.children[i].second, how, depth + 1, out);
    }
    if (!node.children.empty()) line(depth);
    out += is_object ? '}' : ']';
  }

  json_set set(std::string name, std::string schema, std::size_t documents, tree (json_generator::*make)()) {
    json_set made{std::move(name), std::move(schema), {}};
    for (std::size_t i = 0; i < documents; ++i) {
      tree value = (this->*make)();
      json_document document;
      if (g_.chance(0.1)) {
        for (std::size_t k = value.children.size(); k > 1; --k)
          std::swap(value.children[k - 1], value.children[g_.below(static_cast<std::uint32_t>(k))]);
      }
      const double fate = g_.unit();
      if (fate < 0.05) break_schema(value);
      const double layout = g_.unit();
      print(value,
            layout < 0.4   ? style::indented
            : layout < 0.8 ? style::spaced
                           : style::compact,
            0, document.text);
      if (fate >= 0.95) break_text(document.text);
      document.valid = fate >= 0.05 && fate < 0.95;
      document.parses = fate < 0.95;
      made.documents.push_back(std::move(document));
    }
    return made;
  }

  static constexpr const char* extraction_schema = R"({
  "type": "object",
  "properties": {
    "id": {"type": "string", "minLength": 12, "maxLength": 12},
    "name": {"type": "string", "minLength": 1, "maxLength": 80},
    "age": {"type": "integer", "minimum": 0, "maximum": 130},
    "email": {"type": "string", "maxLength": 120},
    "active": {"type": "boolean"},
    "score": {"type": "number", "minimum": 0, "maximum": 1},
    "tags": {"type": "array", "items": {"type": "string", "maxLength": 30}, "minItems": 1, "maxItems": 10},
    "address": {
      "type": "object",
      "properties": {
        "street": {"type": "string", "maxLength": 100},
        "city": {"type": "string", "maxLength": 60},
        "zip": {"type": "string", "maxLength": 10},
        "country": {"enum": ["DE", "FR", "JP", "US"]}
      },
      "required": ["street", "city", "zip", "country"],
      "additionalProperties": false
    },
    "notes": {"type": ["string", "null"], "maxLength": 400},
    "created": {"type": "string", "maxLength": 30}
  },
  "required": ["id", "name", "age", "email", "active", "score", "tags", "address", "notes", "created"],
  "additionalProperties": false
})";
  static constexpr const char* tool_call_schema = R"({
  "type": "object",
  "properties": {
    "id": {"type": "string", "maxLength": 40},
    "name": {"enum": ["search", "get_weather", "send_email", "create_event", "translate"]},
    "arguments": {
      "type": "object",
      "properties": {
        "query": {"type": "string", "minLength": 1, "maxLength": 400},
        "limit": {"type": "integer", "minimum": 0, "maximum": 100},
        "language": {"enum": ["de", "en", "fr", "ja"]},
        "strict": {"type": "boolean"}
      },
      "required": ["query", "limit", "language", "strict"],
      "additionalProperties": false
    }
  },
  "required": ["id", "name", "arguments"],
  "additionalProperties": false
})";
  static constexpr const char* entities_schema = R"({
  "definitions": {
    "entity": {
      "type": "object",
      "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 100},
        "type": {"enum": ["person", "organization", "place", "event"]},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 0},
        "confidence": {"type": "number", "minimum": 0, "maximum": 1},
        "children": {"type": "array", "items": {"$ref": "#/definitions/entity"}}
      },
      "required": ["name", "type", "start", "end", "confidence", "children"],
      "additionalProperties": false
    }
  },
  "type": "object",
  "properties": {
    "text": {"type": "string", "maxLength": 1000},
    "root": {"$ref": "#/definitions/entity"}
  },
  "required": ["text", "root"],
  "additionalProperties": false
})";
  static constexpr const char* classify_schema = R"({
  "type": "object",
  "properties": {
    "label": {"enum": ["positive", "negative", "neutral", "mixed", "unclear"]},
    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
    "rationale": {"type": "string", "maxLength": 1000}
  },
  "required": ["label", "confidence", "rationale"],
  "additionalProperties": false
})";
  static std::string fields_schema() {
    static constexpr std::array<std::string_view, 4> types = {
        R"({"type": "string", "minLength": 8, "maxLength": 8})", R"({"type": "string", "maxLength": 100})",
        R"({"type": "number", "minimum": 0})", R"({"type": "boolean"})"};
    std::string properties, required;
    for (std::size_t i = 0; i < 40; ++i) {
      if (i != 0) properties += ", ", required += ", ";
      properties.append(quoted(field_name(i))).append(": ").append(types[i % 4]);
      required += quoted(field_name(i));
    }
    return R"({"type": "object", "properties": {)" + properties + R"(}, "required": [)" + required +
           R"(], "additionalProperties": false})";
  }
  static constexpr const char* numbers_schema = R"({
  "type": "object",
  "properties": {
    "sensor": {"type": "string", "maxLength": 20},
    "values": {"type": "array", "items": {"type": "number"}, "minItems": 1, "maxItems": 1000},
    "counts": {"type": "array", "items": {"type": "integer", "minimum": 0}, "maxItems": 1000}
  },
  "required": ["sensor", "values", "counts"],
  "additionalProperties": false
})";

  generator g_;
  ranks words_;
};

/// The six sets, in the order extraction, tool call, entities, classification, 40 fields, numbers.
inline std::vector<json_set> json_sets(std::size_t documents = 1000, std::uint64_t seed = 5) {
  return json_generator(seed).sets(documents);
}

/// Best CPU seconds of one pass over a set, for each set and candidate. Passes alternate between the
/// candidates and the sets, so that no branch predictor learns a set by heart and all meet the same
/// machine. `handle(candidate, set, text)` says whether the document was accepted; `accepted` counts.
struct json_contest {
  std::vector<std::vector<double>> seconds;        // [set][candidate]
  std::vector<std::vector<std::size_t>> accepted;  // [set][candidate]

  template <class Handle>
  json_contest(const std::vector<json_set>& sets, std::size_t candidates, int rounds, Handle&& handle)
      : seconds(sets.size(), std::vector<double>(candidates, 1e300)),
        accepted(sets.size(), std::vector<std::size_t>(candidates, 0)) {
    for (int round = 0; round < rounds; ++round) {
      for (std::size_t s = 0; s < sets.size(); ++s) {
        for (std::size_t turn = 0; turn < candidates; ++turn) {
          // Whoever comes first finds the texts in no near cache; that is someone else each time.
          const std::size_t c = (turn + static_cast<std::size_t>(round)) % candidates;
          std::size_t count = 0;
          const double before = cpu_seconds();
          for (const json_document& document : sets[s].documents) count += handle(c, s, document.text);
          seconds[s][c] = std::min(seconds[s][c], cpu_seconds() - before);
          accepted[s][c] = count;
        }
      }
    }
  }
};

}  // namespace bench
