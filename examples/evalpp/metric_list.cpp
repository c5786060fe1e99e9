// SPDX-License-Identifier: MIT
#include "metric_list.hpp"

#include "json_options.hpp"
#include "schema_file.hpp"
#include "suggest.hpp"

#include <evalpp/metrics/bleu.hpp>
#include <evalpp/metrics/cer.hpp>
#include <evalpp/metrics/chrf.hpp>
#include <evalpp/metrics/classification.hpp>
#include <evalpp/metrics/exact_match.hpp>
#include <evalpp/metrics/json_conformance.hpp>
#include <evalpp/metrics/multilabel.hpp>
#include <evalpp/metrics/rouge_l.hpp>
#include <evalpp/metrics/rouge_lsum.hpp>
#include <evalpp/metrics/rouge_n.hpp>
#include <evalpp/metrics/squad.hpp>
#include <evalpp/metrics/ter.hpp>
#include <evalpp/metrics/token_f1.hpp>
#include <evalpp/metrics/wer.hpp>
#include <evalpp/text/any_tokenizer.hpp>
#include <evalpp/text/tokenizer_rouge.hpp>
#include <evalpp/text/tokenizer_rouge_unicode.hpp>
#include <evalpp/text/tokenizer_squad.hpp>
#include <evalpp/text/tokenizer_verbatim.hpp>
#include <evalpp/text/tokenizer_whitespace.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cli {
namespace {

using evalpp::any_metric;

any_metric make_bleu(option_reader& o) {
  evalpp::basic_bleu<evalpp::text::any_tokenizer> m;
  const std::string tokenize = o.choice("tokenize", "13a", {"13a", "none", "intl", "char", "zh"});
  m.tokenizer = *evalpp::text::any_tokenizer::from_name(tokenize);
  m.lowercase = o.flag("lowercase");
  const std::string smooth = o.choice("smooth", "exp", {"exp", "floor", "add-k", "none"});
  const double value = o.number("smooth_value", smooth == "floor" ? 0.1 : 1, 0, 1e6);
  if (smooth == "none") m.smoothing = evalpp::smoothing::none;
  if (smooth == "floor") m.smoothing = evalpp::smoothing::floor(value);
  if (smooth == "add-k") m.smoothing = evalpp::smoothing::add_k(value);
  m.max_order = o.integer("max_order", 4, 1, 8);
  m.effective_order = o.flag("effective_order");
  return m;
}

any_metric make_chrf(option_reader& o, int word_order) {
  evalpp::chrf m;
  m.char_order =
      o.integer("char_order", m.char_order, decltype(m.char_order)::min, decltype(m.char_order)::max);
  m.word_order =
      o.integer("word_order", word_order, decltype(m.word_order)::min, decltype(m.word_order)::max);
  m.beta = o.integer("beta", 2, decltype(m.beta)::min, decltype(m.beta)::max);
  m.whitespace = o.flag("whitespace");
  m.lowercase = o.flag("lowercase");
  m.eps_smoothing = o.flag("eps_smoothing");
  return m;
}

any_metric make_ter(option_reader& o) {
  evalpp::ter m;
  m.tokenizer.normalized = o.flag("normalized");
  m.tokenizer.no_punct = o.flag("no_punct");
  m.tokenizer.asian_support = o.flag("asian_support");
  m.case_sensitive = o.flag("case_sensitive");
  return m;
}

// A ROUGE metric over the tokenizer that the options ask for. `Metric` is one of the templates.
template <template <class> class Metric, class Setup>
any_metric make_rouge(option_reader& o, Setup setup) {
  const bool stem = o.flag("stem");
  if (o.choice("tokenize", "rouge", {"rouge", "unicode"}) == "unicode") {
    Metric<evalpp::text::tokenizer_rouge_unicode> m;
    m.tokenizer.stem = stem;
    setup(m);
    return m;
  }
  Metric<evalpp::text::tokenizer_rouge> m;
  m.tokenizer.stem = stem;
  setup(m);
  return m;
}

template <class Tokenizer>
using rouge_n = evalpp::basic_rouge_n<Tokenizer>;

template <int N>
any_metric make_rouge_n(option_reader& o) {
  return make_rouge<rouge_n>(o, [](auto& m) { m.n = N; });
}
any_metric make_rouge_l(option_reader& o) {
  return make_rouge<evalpp::basic_rouge_l>(o, [](auto&) {});
}
any_metric make_rouge_lsum(option_reader& o) {
  return make_rouge<evalpp::basic_rouge_lsum>(o, [](auto&) {});
}

// Answers as SQuAD v1.1 compares them; `raw` leaves them as they stand, `v2` knows questions without an
// answer. `Metric` is one of the templates, `RawTokenizer` what it compares under `raw`.
template <template <class, evalpp::answer_rules> class Metric, class RawTokenizer>
any_metric make_answer(option_reader& o) {
  using evalpp::answer_rules;
  using squad_tokenizer = evalpp::text::tokenizer_squad;
  const bool raw = o.flag("raw"), v2 = o.flag("v2");
  if (raw && v2) return Metric<RawTokenizer, answer_rules::squad_v2>{};
  if (raw) return Metric<RawTokenizer, answer_rules::squad_v1>{};
  if (v2) return Metric<squad_tokenizer, answer_rules::squad_v2>{};
  return Metric<squad_tokenizer, answer_rules::squad_v1>{};
}

// Labels, or sets of labels: `Metric` is classification or multilabel.
template <class Metric>
any_metric make_classification(option_reader& o) {
  Metric m;
  m.zero_division = o.integer("zero_division", 0, 0, 1);
  return m;
}

any_metric make_json(option_reader& o) {
  evalpp::json_conformance m;
  if (const auto file = o.text("schema")) {
    auto loaded = load_schema({.file = *file});
    if (loaded) {
      m.schema = std::move(loaded->schema);
      for (std::string& text : loaded->notes) o.add_note(std::move(text));
    } else {
      o.refuse(std::move(loaded.error()));
    }
  } else {
    o.add_note("json: without schema=FILE every JSON is valid");
  }
  m.choice = read_choice(o);
  m.fields = read_field_options(o);
  return m;
}

template <class M>
any_metric make(option_reader&) {
  return M{};
}

}  // namespace

const std::vector<metric_entry>& metric_list() {
  static const std::string rouge_options = "stem, tokenize=rouge|unicode";
  static const std::vector<metric_entry> list = {
      {"bleu",
       "tokenize=13a|none|intl|char|zh, lowercase, smooth=exp|floor|add-k|none, smooth_value, max_order, "
       "effective_order",
       "corpus BLEU, as sacreBLEU", make_bleu},
      {"chrf", "char_order, word_order, beta, whitespace, lowercase, eps_smoothing", "chrF2, as sacreBLEU",
       [](option_reader& o) { return make_chrf(o, 0); }},
      {"chrf++", "char_order, word_order, beta, whitespace, lowercase, eps_smoothing",
       "chrF2++, as sacreBLEU", [](option_reader& o) { return make_chrf(o, 2); }},
      {"ter", "normalized, no_punct, asian_support, case_sensitive",
       "translation edit rate, as sacreBLEU; lower is better", make_ter},
      {"rouge1", rouge_options, "ROUGE-1 F, as rouge_score; rouge2 to rouge9 likewise", make_rouge_n<1>},
      {"rouge2", rouge_options, "", make_rouge_n<2>},
      {"rouge3", rouge_options, "", make_rouge_n<3>},
      {"rouge4", rouge_options, "", make_rouge_n<4>},
      {"rouge5", rouge_options, "", make_rouge_n<5>},
      {"rouge6", rouge_options, "", make_rouge_n<6>},
      {"rouge7", rouge_options, "", make_rouge_n<7>},
      {"rouge8", rouge_options, "", make_rouge_n<8>},
      {"rouge9", rouge_options, "", make_rouge_n<9>},
      {"rougeL", rouge_options, "ROUGE-L F over the whole text", make_rouge_l},
      {"rougeLsum", rouge_options, "ROUGE-L F by lines, for summaries with a sentence a line",
       make_rouge_lsum},
      {"em", "raw, v2", "exact match after SQuAD's normalization, best reference",
       make_answer<evalpp::basic_exact_match, evalpp::text::tokenizer_verbatim>},
      {"f1", "raw, v2", "token F1 after SQuAD's normalization, best reference",
       make_answer<evalpp::basic_token_f1, evalpp::text::tokenizer_whitespace>},
      {"squad", "", "SQuAD v1.1: F1, with exact match beside it", make<evalpp::squad>},
      {"squad_v2", "", "SQuAD v2.0: with questions that have no answer", make<evalpp::squad_v2>},
      {"wer", "", "word error rate, as jiwer; first reference; lower is better", make<evalpp::wer>},
      {"cer", "", "character error rate, as jiwer; first reference; lower is better", make<evalpp::cer>},
      {"classification", "zero_division=0|1", "accuracy, precision, recall, F1, MCC, as scikit-learn",
       make_classification<evalpp::classification>, make_classification<evalpp::multilabel>},
      {"json",
       "schema=FILE, choice=only|first|last|largest, arrays=ordered|multiset|assignment|keyed, key, abs_tol, "
       "rel_tol, null_is_absent, trim, casefold",
       "share of outputs whose JSON fits a schema; fields against references", make_json, nullptr, true},
  };
  return list;
}

evalpp::result<std::vector<chosen_metric>> make_metrics(std::string_view list) {
  auto specs = parse_metric_specs(list);
  if (!specs) return specs.error();
  const std::vector<metric_entry>& known = metric_list();
  std::vector<chosen_metric> chosen;
  for (metric_spec& spec : *specs) {
    const auto entry =
        std::find_if(known.begin(), known.end(), [&](const metric_entry& e) { return e.name == spec.name; });
    if (entry == known.end()) {
      std::vector<std::string> names;
      for (const metric_entry& e : known) names.push_back(e.name);
      return evalpp::error{evalpp::error_code::unknown_name, "there is no metric \"" + spec.name + "\"",
                           suggestion(spec.name, names)};
    }
    option_reader options(spec);
    any_metric made = entry->make(options);
    if (auto wrong = options.finish()) return *wrong;
    chosen_metric one{std::move(spec), std::move(made), std::nullopt, entry->reads_json, options.notes()};
    if (entry->make_for_sets != nullptr) {
      option_reader again(one.spec);
      one.for_sets = entry->make_for_sets(again);
    }
    chosen.push_back(std::move(one));
  }
  return chosen;
}

std::optional<std::size_t> find_metric(const std::vector<chosen_metric>& metrics, std::string_view name) {
  for (std::size_t m = 0; m < metrics.size(); ++m)
    if (metrics[m].spec.name == name || metrics[m].spec.text == name) return m;
  return std::nullopt;
}

}  // namespace cli
