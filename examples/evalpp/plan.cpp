// SPDX-License-Identifier: MIT
#include "plan.hpp"

#include "arguments.hpp"
#include "console.hpp"
#include "plan_help.hpp"
#include "plan_output.hpp"
#include "plan_pilot.hpp"
#include "run_options.hpp"

#include <evalpp/core/result.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/workflow/plan.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cli {
namespace {

namespace workflow = evalpp::workflow;

const std::vector<option> known_to_plan = with_run_options({
    {"--margin", ""},
    {"--items", "-n"},
    {"--base", ""},
    {"--discordance", ""},
    {"--sd", ""},
    {"--power", ""},
    {"--half-width", ""},
    {"--at-least", ""},
    {"--failures", ""},
    {"--preference", ""},
    {"--drop", ""},
});

// Options of the commands that measure: those that say nothing here, and those for a pilot's files alone.
constexpr const char* foreign_options[] = {"--slice", "--cluster", "--method", "--seed", "--resamples"};
constexpr const char* pilot_options[] = {"--metrics",    "--input",          "--refs", "--missing",
                                         "--prediction", "--references",     "--id",   "--input-field",
                                         "--threads",    "--allow-identical"};

// As short as it can be typed.
std::string shown(double x) {
  std::string text;
  evalpp::json::writer(text).value(x);
  return text;
}

// The numbers as they were typed.
evalpp::status read_numbers(const arguments& args, plan_questions& asked) {
  const std::string points = ": points of a 0-100 scale, such as ";
  const std::string share = "give a share above 0 and below 1, such as ";
  const struct {
    const char* name;
    double above, below;
    std::string fix;
    std::optional<double>& into;
  } numbers[] = {
      {"--margin", 0, 100, "give a gain above 0 and below 100" + points + "5", asked.margin},
      {"--sd", 0, 1e9, "give a standard deviation above 0" + points + "15", asked.deviation},
      {"--half-width", 0, 50, "give half a width above 0 and below 50" + points + "3", asked.half_width},
      {"--at-least", 0, 1, share + "0.99", asked.at_least},
      {"--preference", 0.5, 1, "give a share above 0.5 and below 1, such as 0.6", asked.preference},
      {"--drop", 0, 100, "give a fall above 0 and below 100" + points + "9", asked.drop},
  };
  for (const auto& n : numbers) {
    auto found = number_between(args, n.name, n.above, n.below, n.fix);
    if (!found) return found.error();
    n.into = *found;
  }
  workflow::plan_assumptions& a = asked.assumptions;
  const struct {
    const char* name;
    const char* example;
    double& into;
  } shares[] = {{"--base", "0.8", a.base},
                {"--discordance", "0.2", a.discordance},
                {"--power", "0.8", a.power},
                {"--ci", "0.95", a.alpha}};
  for (const auto& s : shares) {
    auto found = number_between(args, s.name, 0, 1, share + s.example);
    if (!found) return found.error();
    if (*found) s.into = **found;
  }
  if (args.given("--ci")) a.alpha = 1 - a.alpha;
  asked.base_given = args.given("--base");

  auto items = count_of(args, "--items", 1);
  if (!items) return items.error();
  asked.items = *items;
  auto failures = count_of(args, "--failures", 0);
  if (!failures) return failures.error();
  asked.failures = failures->value_or(0);
  return std::monostate{};
}

// What cannot be true together; the discordance where none was given.
evalpp::status reconcile(const arguments& args, plan_questions& asked) {
  workflow::plan_assumptions& a = asked.assumptions;
  if (!asked.margin && !asked.items && !asked.half_width && !asked.at_least && !asked.preference &&
      !asked.drop)
    return refusal(
        "plan needs a question",
        "evalpp plan --margin 5 asks how many items show a gain of 5 points, evalpp plan -n 200 what "
        "200 items show; evalpp plan --help lists the others");
  if (args.given("--failures") && !asked.at_least)
    return refusal("--failures says nothing alone",
                   "add the rate that is to be shown, such as --at-least 0.99");
  if (asked.deviation) {
    if (!asked.margin && !asked.items) return refusal("--sd says nothing alone", "add --margin or -n");
    if (args.given("--discordance"))
      return refusal("--sd and --discordance are for different scores",
                     "give --sd for a score of any values, --discordance for right and wrong");
    return std::monostate{};
  }
  const double margin = asked.margin.value_or(0) / 100;
  if (a.base + margin > 1)
    return refusal(
        "there is no gain of " + args.value("--margin") + " points over a base of " + shown(a.base),
        "give the share that the baseline gets right with --base, or a smaller --margin");
  const auto range = workflow::possible_discordance(margin, a.base);
  if (!args.given("--discordance") && !asked.pilot) {
    a.discordance = workflow::usual_discordance(margin, a.base);
  } else if (a.discordance < margin) {
    return refusal("a gain of " + args.value("--margin") + " points changes more than a share of " +
                       shown(a.discordance) + " of the items",
                   asked.pilot ? "the pilot rules out so much; plan for a smaller --margin"
                               : "give a --discordance of at least the margin, or a smaller --margin");
  } else if (!asked.pilot && asked.base_given && a.discordance > range.most) {
    return refusal(
        "from a base of " + shown(a.base) + " the models cannot differ on a share of " + shown(a.discordance),
        "there is not so much to get right and wrong; leave out --base or lower --discordance");
  }
  if (asked.drop && a.base - *asked.drop / 100 < 0)
    return refusal("a base of " + shown(a.base) + " cannot fall by " + args.value("--drop") + " points",
                   "give the share that is right now with --base, or a smaller --drop");
  return std::monostate{};
}

}  // namespace

int plan(const std::vector<std::string>& words) {
  const auto args = arguments::parse(words, known_to_plan);
  if (!args) return fail(args.error());
  if (args->given("--help")) return print(plan_help()) ? exit_ok : exit_usage;
  const auto json = json_asked(*args);
  if (!json) return fail(json.error());
  for (const char* name : foreign_options)
    if (args->given(name)) return fail(refusal(std::string(name) + " means nothing to plan", "leave it out"));
  if (args->files().empty())
    for (const char* name : pilot_options)
      if (args->given(name))
        return fail(refusal(std::string(name) + " is for the files of a pilot",
                            "name them: evalpp plan BASE.jsonl CAND.jsonl -m em --margin 5"));
  plan_questions asked;
  if (const auto read = read_numbers(*args, asked); !read) return fail(read.error());
  if (!args->files().empty())
    if (const auto pilot = read_pilot(*args, asked); !pilot) return fail(pilot.error());
  if (const auto possible = reconcile(*args, asked); !possible) return fail(possible.error());
  return print_result(*json ? plan_json(asked) : plan_text(asked));
}

}  // namespace cli
