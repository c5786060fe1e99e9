// SPDX-License-Identifier: MIT
#include "plan_help.hpp"

namespace cli {

std::string_view plan_help() {
  return R"(evalpp plan: how many items does the evaluation need, and what do those at hand show?

Is the candidate better, by this many points?
  evalpp plan --margin 5                           both models on the same items, and on others
  evalpp plan --margin 3 --discordance 0.12 --power 0.9
  evalpp plan --margin 2 --sd 15                   any score: the standard deviation of its differences

From a pilot, two runs over the same items; any metric of evalpp score, right and wrong or not:
  evalpp plan BASE.jsonl CAND.jsonl -m em --margin 5
  evalpp plan REF BASE CAND -m rougeL --margin 1

What do my items show?
  evalpp plan -n 200 --base 0.8                    the error bar, and the smallest gain that is found
  evalpp plan -n 200 --margin 5                    and the chance to find this one

Other questions, alone or together:
  evalpp plan --half-width 3 --base 0.8            items for a score within 3 points
  evalpp plan --at-least 0.99                      passes to claim that 99 % pass; --failures 2: when two fail
  evalpp plan --preference 0.6                     decisive pairs to see that judges prefer one side
  evalpp plan --drop 9 --base 0.98                 fresh items a window to notice a fall from 98 to 89 %

Options; margins are points of a 0-100 scale, shares are 0..1:
      --margin M         the gain that matters
  -n, --items N          items at hand
      --base P           share that the baseline gets right (default 0.8)
      --discordance D    share of items that one model has right and the other wrong: a pilot of 100 items
                         tells it (default 0.2, less where --base leaves little room)
      --sd S             in place of --base and --discordance, for scores that are not right or wrong:
                         standard deviation of the items' differences, in points
      --power P          chance to find what is there (default 0.8)
      --ci LEVEL         level of the intervals, and 1 less the tests' size (default 0.95)
      --half-width H, --at-least R, --failures F, --preference P, --drop M
                         see above
  -m, --metrics NAME     the pilot's metric; --input, --refs, --missing, --prediction, --references, --id,
                         --input-field, --threads, --allow-identical: as for evalpp compare
  -f, --format F         table (default), json
  -q, --quiet            no notes on stderr

Exit codes: 0 done, 2 usage or input.
)";
}

}  // namespace cli
