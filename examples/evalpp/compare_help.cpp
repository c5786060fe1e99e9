// SPDX-License-Identifier: MIT
#include "compare_help.hpp"

namespace cli {

std::string_view compare_help() {
  return R"(evalpp compare: is the candidate better than the baseline, by enough to matter?

Text files, the reference first, then the baseline, then one or more candidates:
  evalpp compare ref.txt base.txt cand.txt
  evalpp compare ref.txt base.txt cand1.txt cand2.txt -m bleu,chrf,rougeL

JSONL, TSV or CSV, a file per system with its own references, joined by id:
  evalpp compare base.jsonl cand.jsonl -m em --margin 5
  evalpp compare base.jsonl cand.jsonl -m f1,em --slice domain
  evalpp compare base.jsonl cand.jsonl -m em --max-regression 1 --fail-on-undecided

The verdict follows from the interval of the paired difference, 95 % by default:
  with --margin M        worth it (at least M is shown), real, size open, real but small,
                         no worthwhile gain (M is ruled out), worse, undecided
  without                better, worse, no difference, undecided
  with --equivalence G   equivalent, when the whole interval lies within G either way
What is undecided says how many more items would settle it. The first metric of -m decides
(--primary names another); the others are exploratory.

Options:
  -m, --metrics LIST     NAME[:OPTION...][,NAME...]; see evalpp score --help
  -f, --format F         table (default), json, markdown, junit
      --margin M         the smallest gain worth having, in points of a 0-100 scale; a gate: exit 1
                         when it is ruled out
      --equivalence G    differences up to G are none, in the same points
      --max-regression M a gate on every metric: exit 1 when a loss is shown that may exceed M
      --min [METRIC=]X   a gate: the candidate reaches X, in the metric's unit; repeatable
      --fail-on-undecided  exit 4 when a gate, or without gates the verdict, is undecided
      --primary NAME     the metric that decides
      --join POLICY      ids that one side lacks: strict (default: an error), intersect (left out and
                         named), worst (count as wrong)
      --preset sacrebleu print also what sacreBLEU 2.6.0 prints of these systems (seed 12345, 1000
                         replicates, 10000 trials), to check published figures; not what decides
      --slice FIELD      break the difference down by a field of the rows; repeatable
      --ci LEVEL         the level of the intervals and of the verdict (default 0.95)
      --resamples N      replicates of the bootstrap and trials of the randomization test
                         (default 10240; fewer above 200000 rows)
      --seed N           of both (default 12345)
      --cluster FIELD    rows with an equal FIELD depend on each other and stay together
      --input KIND, --refs FILE, --missing POLICY, --prediction, --references, --id, --input-field NAME,
      --allow-identical, --threads N, -q, --quiet
                         as for evalpp score

Printed are the centred two-sided bootstrap p and the approximate randomization p, counted with >=, and for
0/1 metrics of independent rows McNemar's mid-p. Slices, and several candidates, have p values adjusted by
Holm, or by Benjamini-Hochberg above 20.

Exit codes: 0 pass, 1 a gate failed, 2 usage or bad input, 4 undecided (with --fail-on-undecided).
)";
}

}  // namespace cli
