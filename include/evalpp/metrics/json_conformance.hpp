// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/core/metric.hpp>
#include <evalpp/core/options.hpp>
#include <evalpp/core/part.hpp>
#include <evalpp/core/signature.hpp>
#include <evalpp/core/statistics.hpp>
#include <evalpp/core/unit_sum.hpp>
#include <evalpp/detail/fp.hpp>
#include <evalpp/json/compare_fields.hpp>
#include <evalpp/json/extract.hpp>
#include <evalpp/json/field_options.hpp>
#include <evalpp/json/output_judge.hpp>
#include <evalpp/json/parse.hpp>
#include <evalpp/json/schema.hpp>
#include <evalpp/json/schema_digest.hpp>
#include <evalpp/json/value.hpp>
#include <evalpp/json/write.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace evalpp::inline EVALPP_ABI {

namespace detail {

/// References as JSON, for a metric that compares documents.
struct json_references {
  struct scratch {};
  template <class Kind>
  struct prepared {
    static_assert(std::same_as<Kind, text_kind>, "this metric reads text, not tokens");

    struct reference {
      std::string text;
      json::parser parser{{.max_depth = 1024, .duplicates = json::duplicate_keys::error}};
      json::value value;  ///< absent: the text is no JSON

      reference() = default;
      reference(reference&&) noexcept = default;
      reference& operator=(reference&&) noexcept = default;
      reference(const reference& other) { read(other.text); }
      reference& operator=(const reference& other) {
        if (this != &other) read(other.text);
        return *this;
      }
      ~reference() = default;

      void read(std::string_view bytes) {
        text = bytes;
        if (!parser.parse(text, value)) value = {};
      }
    };

    std::span<const reference> references() const noexcept { return {items.data(), size}; }

    std::vector<reference> items;  ///< the first `size`; the others keep their memory
    std::size_t size = 0;
  };

  void prepare(std::span<const std::string_view> references, prepared<text_kind>& out) const {
    if (out.items.size() < references.size()) out.items.resize(references.size());
    out.size = references.size();
    for (std::size_t r = 0; r < references.size(); ++r) out.items[r].read(references[r]);
  }
  std::string_view encode(std::string_view hypothesis, const prepared<text_kind>&, scratch&) const {
    return hypothesis;
  }
  bool operator==(const json_references&) const = default;
};

}  // namespace detail

/// The ladder of `json_conformance`: shares of all examples, 0-1, each rung on its own. What needs a
/// reference is over the examples that have one, and NaN when none has.
struct json_conformance_score {
  double value = 0;             ///< `valid`
  double exact_text = 0;        ///< byte for byte one of the references
  double extractable = 0;       ///< JSON was found in it
  double parses = 0;            ///< the whole of it is JSON, strictly
  double valid = 0;             ///< the JSON that was found fits the schema
  double strict_valid = 0;      ///< the whole of it is JSON that fits
  double required_present = 0;  ///< the JSON that was found has all that the schema requires
  double whole_exact = 0;       ///< all fields of a reference and no others, with the right values
  double repaired = 0;          ///< no JSON was found, but a repair would make it parse; never valid
  double repaired_valid = 0;    ///< and the repaired JSON would fit
  double field_precision = 0;   ///< leaves summed over the examples
  double field_recall = 0;
  double field_f1 = 0;
  double field_f1_macro = 0;             ///< the mean of the examples' F1
  std::int64_t total = 0;                ///< examples
  std::int64_t undecided = 0;            ///< of these, not valid because a limit was hit
  std::int64_t references_not_json = 0;  ///< examples whose references are no JSON: no fields to compare
  std::int64_t arrays_in_order = 0;      ///< arrays too large for their mode, see `json::field_comparer`

  std::vector<part> parts() const {
    return {{"exact_text", exact_text},
            {"extractable", extractable},
            {"parses", parses},
            {"valid", valid},
            {"strict_valid", strict_valid},
            {"required_present", required_present},
            {"whole_exact", whole_exact},
            {"repaired", repaired},
            {"repaired_valid", repaired_valid},
            {"field_precision", field_precision},
            {"field_recall", field_recall},
            {"field_f1", field_f1},
            {"field_f1_macro", field_f1_macro},
            {"total", total},
            {"undecided", undecided},
            {"references_not_json", references_not_json},
            {"arrays_in_order", arrays_in_order}};
  }
};

/// Does model output that should be JSON fit a schema, and how far does it get? The value is the share of
/// outputs whose JSON fits, 0-1; see `json_conformance_score` for the other rungs.
///
///     auto schema = evalpp::json::schema::compile(text);
///     if (!schema) return report(schema.error());
///     auto run = evalpp::evaluate(outputs, references, evalpp::json_conformance{.schema = *schema});
///
/// The JSON of an output is what `json::extractor` finds. References are JSON texts and may be missing: with
/// them the fields of outputs are compared by `json::field_comparer`, with the reference that gives the best
/// F1. Where no JSON is found no field matches, and no repair changes that. A schema is shared, not copied;
/// the signature has a digest of it, and of what it refers to. Linear in the text but for what
/// `json::field_comparer` says.
struct json_conformance {
  std::optional<json::schema> schema = {};  ///< none: every JSON is valid
  json::candidate_choice choice = json::candidate_choice::only;
  json::field_options fields = {};

  static constexpr scale unit = scale::fraction;
  static constexpr bool higher_is_better = true;
  static constexpr bool is_proportion = true;
  static constexpr bool scores_without_reference = true;

  struct statistics {
    std::int64_t total;
    std::int64_t referenced;  ///< examples with a reference
    std::int64_t exact_text;
    std::int64_t extractable;
    std::int64_t parses;
    std::int64_t valid;
    std::int64_t strict_valid;
    std::int64_t required_present;
    std::int64_t whole_exact;
    std::int64_t repaired;
    std::int64_t repaired_valid;
    std::int64_t undecided;
    std::int64_t compared;  ///< examples with a reference that is JSON
    std::int64_t matched;   ///< leaves
    std::int64_t predicted;
    std::int64_t expected;
    std::int64_t arrays_in_order;
    unit_sum f1;
  };

  /// Made for the metric that it is first used with, and made again for another one.
  struct scratch {
    struct tools {
      json::output_judge judge;
      json::field_comparer comparer;
      const void* schema = nullptr;
      json::candidate_choice choice{};
    };
    std::optional<tools> made;
  };

  std::string name() const { return "json"; }
  std::string signature() const {
    static constexpr std::string_view choices[] = {"only", "first", "last", "largest"};
    static constexpr std::string_view modes[] = {"ordered", "multiset", "assignment", "keyed"};
    signature_builder text;
    text.add("schema", std::string_view(schema ? json::schema_digest(*schema) : "none"))
        .add("choice", choices[static_cast<std::size_t>(choice)])
        .add("arrays", modes[static_cast<std::size_t>(fields.arrays)]);
    std::string key;  // quoted, since it may hold anything
    json::writer(key).value(fields.key);
    if (!fields.key.empty()) text.add("key", std::string_view(key));
    text.add("abs", fields.abs_tol + 0.0)
        .add("rel", fields.rel_tol + 0.0)
        .add("null", fields.null_is_absent ? "absent" : "value")
        .add("trim", fields.trim)
        .add("case", fields.casefold ? "folded" : "mixed");
    if (!fields.paths.empty()) text.add("paths", std::string_view(paths_text()));
    return text.str();
  }

  detail::json_references encoder() const { return {}; }

  statistics measure(std::string_view output, const detail::json_references::prepared<text_kind>& gold,
                     scratch& s) const {
    scratch::tools& tools = tools_of(s);
    const json::judgement& judged = tools.judge.judge(output);
    statistics out{};
    out.total = 1;
    out.extractable = judged.extractable();
    out.parses = judged.parses();
    out.valid = judged.valid();
    out.strict_valid = judged.strict_valid();
    out.required_present = judged.required_present;
    out.repaired = judged.repaired;
    out.repaired_valid = judged.repaired && judged.repaired_fits == json::verdict::valid;
    out.undecided = judged.undecided();
    out.referenced = !gold.references().empty();
    compare(tools, gold, out);
    for (const auto& reference : gold.references())
      if (output == reference.text) out.exact_text = 1;
    return out;
  }

  json_conformance_score score(const statistics& s) const {
    json_conformance_score out;
    out.valid = out.value = share(s.valid, s.total);
    out.extractable = share(s.extractable, s.total);
    out.parses = share(s.parses, s.total);
    out.strict_valid = share(s.strict_valid, s.total);
    out.required_present = share(s.required_present, s.total);
    out.repaired = share(s.repaired, s.total);
    out.repaired_valid = share(s.repaired_valid, s.total);
    constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
    out.exact_text = s.referenced == 0 ? unknown : share(s.exact_text, s.referenced);
    out.whole_exact = s.referenced == 0 ? unknown : share(s.whole_exact, s.referenced);
    const bool compared = s.compared != 0;
    const json::field_counts leaves{s.matched, s.predicted, s.expected};
    out.field_precision = compared ? leaves.precision() : unknown;
    out.field_recall = compared ? leaves.recall() : unknown;
    out.field_f1 = compared ? leaves.f1() : unknown;
    out.field_f1_macro = compared ? s.f1.mean(s.compared) : unknown;
    out.total = s.total;
    out.undecided = s.undecided;
    out.references_not_json = s.referenced - s.compared;
    out.arrays_in_order = s.arrays_in_order;
    return out;
  }

  bool operator==(const json_conformance& o) const { return signature() == o.signature(); }

 private:
  static double share(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? 0.0 : detail::ratio(part, whole);
  }

  /// The rules for single paths as JSON: what is given, by its name.
  std::string paths_text() const {
    static constexpr std::string_view modes[] = {"ordered", "multiset", "assignment", "keyed"};
    std::string text;
    json::writer out(text);
    const auto add = [&out](std::string_view name, const auto& option) {
      if (option) out.key(name).value(*option);
    };
    out.begin_array();
    for (const json::field_rule& rule : fields.paths) {
      out.begin_object().key("path").value(rule.path);
      if (rule.arrays) out.key("arrays").value(modes[static_cast<std::size_t>(*rule.arrays)]);
      add("key", rule.key);
      add("abs_tol", rule.abs_tol);
      add("rel_tol", rule.rel_tol);
      add("null_is_absent", rule.null_is_absent);
      add("trim", rule.trim);
      add("casefold", rule.casefold);
      add("collapse_spaces", rule.collapse_spaces);
      add("instants", rule.instants);
      add("ignore_extra", rule.ignore_extra);
      out.end_object();
    }
    out.end_array();
    return text;
  }

  /// The fields of the reference that the output comes nearest to.
  void compare(scratch::tools& tools, const detail::json_references::prepared<text_kind>& gold,
               statistics& out) const {
    json::field_counts best;
    double best_f1 = -1;
    for (const auto& reference : gold.references()) {
      if (!reference.value.exists()) continue;
      const json::field_counts counts = tools.comparer.compare(reference.value, tools.judge.value(), fields);
      if (counts.exact()) out.whole_exact = 1;
      if (counts.f1() <= best_f1) continue;
      best_f1 = counts.f1();
      best = counts;
    }
    if (best_f1 < 0) return;
    out.compared = 1;
    out.matched = best.matched;
    out.predicted = best.predicted;
    out.expected = best.reference;
    out.arrays_in_order = best.limited;
    out.f1 = unit_sum::of(best_f1);
  }

  scratch::tools& tools_of(scratch& s) const {
    const void* const program = schema ? &schema->program() : nullptr;
    if (!s.made || s.made->schema != program || s.made->choice != choice) {
      s.made.emplace(scratch::tools{
          json::output_judge(schema ? *schema : *json::schema::compile("true"), {.choice = choice}),
          {},
          program,
          choice});
    }
    return *s.made;
  }
};

static_assert(scalar_metric<json_conformance> && dense_statistics<json_conformance::statistics>);

}  // namespace evalpp::inline EVALPP_ABI
