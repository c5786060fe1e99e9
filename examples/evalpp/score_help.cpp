// SPDX-License-Identifier: MIT
#include "score_help.hpp"

#include "metric_list.hpp"

#include <algorithm>
#include <cstddef>

namespace cli {

std::string score_help() {
  std::string text = R"(evalpp score: how good is this output?

Text files, one segment a line, the reference first (further reference files with --refs):
  evalpp score ref.txt hyp.txt
  evalpp score ref.txt baseline.txt candidate.txt -m bleu,chrf++,ter
  evalpp score ref1.txt hyp.txt --refs ref2.txt --refs ref3.txt

JSONL, TSV or CSV, a file per system, each row with its own references:
  evalpp score run.jsonl                                   field names are detected and announced
  evalpp score base.jsonl cand.jsonl --slice domain -m rouge1:stem,rougeL:stem
  evalpp score run.jsonl --prediction answer --references gold
  evalpp score labels.jsonl -m classification              fields label and prediction
  evalpp score run.jsonl -m json:schema=person.schema.json model output against a JSON schema
  some_program | evalpp score - --input jsonl

SQuAD, the dataset first, then a file of predictions per system:
  evalpp score dev-v2.0.json predictions.json -m squad_v2

Options:
  -m, --metrics LIST     NAME[:OPTION...][,NAME...]; repeatable; an option is key=value or a flag;
                         \, and \: in a value stand for themselves
  -f, --format F         table (default), json, jsonl, csv, markdown
      --per-example FILE write every example's scores as JSONL
      --slice FIELD      break the scores down by a field of the rows; repeatable
      --input KIND       text, jsonl, json, tsv, csv, squad; default: by extension
      --refs FILE        another reference stream for text files; repeatable
      --missing POLICY   rows without a prediction: error (default), skip, worst (count as wrong)
      --prediction, --references, --id, --input-field NAME
                         the fields to read; default: detected
      --ci LEVEL         the level of the intervals (default 0.95), or none
      --method M         auto (default): wilson for shares of right answers, saddlepoint for means and
                         ratios of sums, bca+ for all else; betting for a mean whose rows all score
                         alike, where the others see no error. Or one for all metrics:
                         wilson, clopper-pearson, jeffreys, mid-p   shares of right answers
                         betting                                    means of bounded scores, guaranteed
                         saddlepoint                                means and ratios of sums
                         hall, bca+, bca, percentile, basic, normal any metric
      --resamples N      replicates of the bootstrap (default 10240; fewer above 200000 rows)
      --seed N           of the bootstrap (default 12345): the same seed gives the same interval
      --preset P         print also what sacrebleu (2.6.0) or rouge_score (0.1.2) prints of these rows,
                         from its own draws, to check published figures
      --cluster FIELD    rows with an equal FIELD depend on each other and are drawn together
      --allow-identical  accept predictions that equal the references byte for byte
      --threads N        0 uses every core (default); the scores do not depend on it
  -q, --quiet            no notes on stderr

Metrics and their options:
)";
  for (const metric_entry& entry : metric_list()) {
    if (entry.summary.empty()) continue;
    std::string line = "  " + entry.name;
    line.resize(std::max<std::size_t>(line.size() + 1, 18), ' ');
    text += line + entry.summary + '\n';
    if (!entry.options.empty()) text += std::string(18, ' ') + "options: " + entry.options + '\n';
  }
  return text + R"(
Without -m: bleu, chrf, rouge1, rouge2, rougeL, f1 and em; for a SQuAD dataset squad, or squad_v2
when it has questions without an answer.
)";
}

}  // namespace cli
