// SPDX-License-Identifier: MIT
#include "judge_help.hpp"

namespace cli {

std::string_view judge_help() {
  return R"(evalpp judge: a language model grades answers by a rubric; its verdicts are scores with intervals

  evalpp judge run --rubric correctness --model M --base-url URL --journal J.jsonl DATA.jsonl
  evalpp judge run --rubric correctness --model M --base-url URL --against BASE.jsonl DATA.jsonl
                                           in pairs: which answer is better, those of DATA or of BASE?
  evalpp judge report J.jsonl              what a journal says, also one that is still being written
  evalpp judge blind make BASE.jsonl CAND.jsonl --out FOLDER
                                           sheets on which people judge pairs without seeing which is which
  evalpp judge blind analyse SHEET... --key FOLDER-key.json
                                           what they have found, by the filled sheets (csv, jsonl)
  evalpp judge rank J1.jsonl J2.jsonl ...  several systems in one order, from runs in pairs
  evalpp judge rubrics                     the rubrics that come with evalpp
  evalpp judge rubrics NAME                one of them as a file, to start your own from
  evalpp judge rubrics --schema            the JSON schema of a rubric's file

DATA.jsonl holds an item per line: input, prediction, and if there are any, references and id. Every answer of
the judge is kept in the journal; a run that was stopped goes on where it was and asks nothing twice. A verdict
that is missing, cut, off the scale or contradicts itself is unscored, counted with its reason, and no part of
any score.

The smallest rubric; every integer from the lowest to the highest level is a legal score:
  {"name": "helpful", "criteria": [{"name": "correct", "scale": {"1": "wrong", "3": "partly", "5": "right"}}]}
A criterion has a scale, or "points" (an item of a checklist; negative for what is not wanted), or "parts" (a
tree); and may have a "description" and a "weight".

Pairs are joined by id. Each whose answers differ is judged in both orders, without the systems' names; a
judge that says another thing in the other order has said that it is a tie, and is counted as inconsistent.
Identical answers are ties that no call is made for.

Options of run:
      --against BASE     compare the answers of DATA with those of this file
      --join strict|intersect
                         an item that only one of the two has: an error (default), or left out and counted
      --rubric R         a file, or a rubric that comes with evalpp
      --model M          the judge's name, as its server knows it
                         A,B,C: a panel, every one of them judges all of it
      --base-url URL     a server, with its version part: http://127.0.0.1:8080/v1, https://api.openai.com/v1
      --api A            what it speaks: openai (default; chat completions), responses, anthropic
      --schema-form F    how it is told the form of a verdict: json_schema (default), json_object, tgi, none
      --timeout S        seconds for one call (default 600); --ca-file PEM certificates to trust
      --record FILE      keep all calls, to replay them
      --replay FILE      answers from a recording: no network, no key, no cost
      --journal FILE     where every call and verdict is kept (without it nothing is)
      --concurrency N    calls in flight at most (default 64)
      --attempts N       calls for one item at most (default 6)
      --samples N        ask every question N times: the mean counts, of pairs the majority; with how far the
                         answers differ (they hardly do at temperature 0)
      --reask            ask once more where an answer holds no verdict or one that cannot be; such verdicts
                         are counted apart, for they condition the score
      --expected         also the level that the judge expects, by the probabilities of its tokens (G-Eval), where
                         its server tells them; items without them are counted
      --temperature T    of the judge (default 0); "default" sends none, for models that refuse any
      --judge-seed N     sent to the judge, where its server takes one
      --max-answer N     tokens of one verdict, reasoning included (default 1024)
      --max-calls N, --max-tokens N, --max-seconds S, --max-usd D
                         caps for this run: it stops before it exceeds one, and a rerun goes on
      --price IN,OUT     USD per million tokens of prompts and of answers; an unknown price is not 0
      --prices FILE      the same of many models: {"MODEL": {"prompt": IN, "completion": OUT, "cached": C}}
      --retry-unscored   ask again what ended without a verdict
      --dry-run          send nothing: how many calls and tokens, and what they cost
      --id, --prediction, --references, --input-field, --input, --missing skip
                         how DATA is read, as for evalpp score; a chat (messages) is shown turn by turn, and
                         its last turn of the assistant is what is judged

Options of report:
      --human FILE       what people say of the same items, to see how far the judge can be trusted: a line
                         {"id": ..., "rater": ..., "NAME OF CRITERION": LEVEL or true or false, ...} each

Options of report, and of run with --against:
      --candidate-model M, --baseline-model M
                         who wrote the answers, to see whether the judge prefers those of its own family

Options of blind make:
      --n N              pairs to rate (default all that differ); --seed S draws them, the sides and the order
      --raters R         a sheet for each person, the same pairs in another order (default one for all)
      --repeats N        pairs shown a second time with sides swapped, to see who stands by a verdict (default 0)
      --strip PHRASE     what tells an answer's author, shown as [...]; may be given several times
      --key FILE         where the key is kept (default FOLDER-key.json); never show it to those who rate

Options of run, report and blind analyse:
      --panel RULE       what a panel says together: auto (default: the mean of scales, the majority of checklists),
                         mean, median, majority, min, max; of pairs always the majority
      --ci LEVEL|none    level of the intervals (default 0.95); --method, --seed, --resamples as for score
  -f, --format F         table (default), json
  -q, --quiet            no notes and no progress on stderr

The key is taken from EVALPP_API_KEY, else OPENAI_API_KEY or ANTHROPIC_API_KEY; without one none is sent.
Proxies are taken from https_proxy and no_proxy. A server on this machine costs nothing.

Exit codes: 0 every item has an outcome, 2 usage, input, or a refused model, 5 stopped before the end: run again.
)";
}

}  // namespace cli
