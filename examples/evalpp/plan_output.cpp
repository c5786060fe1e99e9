// SPDX-License-Identifier: MIT
#include "plan_output.hpp"

#include <evalpp/detail/fp.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/stats/proportion.hpp>

#include <algorithm>
#include <charconv>
#include <string_view>
#include <vector>

namespace cli {
namespace {

namespace workflow = evalpp::workflow;

bool is_number(double x) { return evalpp::detail::is_finite(x); }

std::string fixed(double x, int decimals) {
  char buffer[400];
  return {buffer, std::to_chars(buffer, buffer + sizeof buffer, x, std::chars_format::fixed, decimals).ptr};
}

// With a decimal or two when it has them.
std::string plain(double x, int decimals) {
  std::string text = fixed(x, decimals);
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string one_decimal(double x) { return fixed(x, 1); }
std::string points(double x) { return plain(x, 2); }
std::string percent(double share, int decimals = 2) { return plain(100 * share, decimals) + " %"; }

// A whole number in groups of three.
std::string items(double n) {
  if (!is_number(n)) return "-";
  std::string digits = fixed(n, 0);
  for (std::size_t i = digits.size(); i > 3 && digits.size() > 4;) digits.insert(i -= 3, 1, ' ');
  return digits;
}

// `  1 254  what it is`.
std::string line(const std::string& number, std::string_view what) {
  constexpr std::size_t width = 9;
  return std::string(width - std::min(width, number.size()), ' ') + number + "  " + std::string(what) + '\n';
}

// Discordant shares to show beside the one that was assumed.
std::vector<double> usual_discordances(const plan_questions& q) {
  const double margin = *q.margin / 100;
  const auto range = workflow::possible_discordance(margin, q.assumptions.base);
  std::vector<double> shares;
  for (const double d : {0.05, 0.1, 0.2, 0.3, 0.4})
    if (d >= margin && (!q.base_given || d <= range.most)) shares.push_back(d);
  return shares;
}

double paired_items(const plan_questions& q, double discordance) {
  workflow::plan_assumptions a = q.assumptions;
  a.discordance = discordance;
  return workflow::items_for_margin(*q.margin / 100, a).paired;
}

// How far a pilot tells the discordance, and with it the items for the margin.
struct pilot_range {
  evalpp::interval share;
  double fewest, most;
};
pilot_range range_of(const plan_questions& q) {
  const auto share = evalpp::stats::wilson_interval(q.pilot_discordant, *q.pilot, 1 - q.assumptions.alpha);
  return {share, paired_items(q, std::max(share.lo, *q.margin / 100)), paired_items(q, share.hi)};
}

std::string margin_text(const plan_questions& q) {
  const workflow::plan_assumptions& a = q.assumptions;
  std::string text = "To find a gain of " + points(*q.margin) + " points that is there, with power " +
                     percent(a.power) + " (two-sided test at " + percent(a.alpha) + "):\n";
  if (q.deviation) {
    return text + line(items(workflow::items_for_mean_margin(*q.margin, *q.deviation, a)),
                       "items that both models answer, their differences having a standard deviation of " +
                           points(*q.deviation) + " points");
  }
  const auto needed = workflow::items_for_margin(*q.margin / 100, a);
  text +=
      line(items(needed.paired),
           "items that both models answer, if one is right and the other wrong on " + percent(a.discordance));
  text += line(items(needed.unpaired_per_model),
               "items for each model, if they answer different ones and the baseline gets " +
                   percent(a.base) + " right");
  const std::vector<double> shares = usual_discordances(q);
  if (!q.pilot && shares.size() > 1) {
    text += "The same items for both, by the share on which only one is right:\n";
    for (const double d : shares) text += line(items(paired_items(q, d)), percent(d));
  }
  if (!q.pilot) return text + "Not known? Run both models on 100 items, count, and give --discordance.\n";
  const pilot_range range = range_of(q);
  return text + "The pilot of " + items(static_cast<double>(*q.pilot)) + " items leaves room: on " +
         percent(range.share.lo, 1) + " to " + percent(range.share.hi, 1) + " only one is right, " +
         items(range.fewest) + " to " + items(range.most) + " items.\n";
}

// What is found with n items, in points, or that nothing is.
std::string found_line(double gain, const std::string& how) {
  return is_number(gain) ? line(one_decimal(gain), "points: the smallest gain found, " + how)
                         : line("-", "too few items to find any gain, " + how);
}

std::string items_text(const plan_questions& q) {
  const workflow::plan_assumptions& a = q.assumptions;
  const auto n = static_cast<double>(*q.items);
  const std::string level = percent(1 - a.alpha);
  std::string text =
      "With " + items(n) + (n > 1 ? " items" : " item") + " (power " + percent(a.power) + "):\n";
  if (q.deviation) {
    const auto shown = workflow::what_items_show_of_mean(n, *q.deviation, a);
    text += is_number(shown.half_width) ? line("+-" + one_decimal(shown.half_width),
                                               "points: the " + level + " interval of a difference")
                                        : line("-", "one item has no error bar");
    return text + found_line(shown.difference, "both models on these items");
  }
  const auto shown = workflow::what_items_show(n, a);
  text += line("+-" + one_decimal(100 * shown.half_width),
               "points: the " + level + " interval of one model's score, at " + percent(a.base));
  text +=
      found_line(100 * shown.paired_gain,
                 "both models on these items, one right and the other wrong on " + percent(a.discordance));
  text += found_line(100 * shown.unpaired_gain, "as many other items for each model");
  if (!q.margin) return text;
  const auto chance = workflow::chance_of_margin(*q.margin / 100, n, a);
  text += line(plain(100 * chance.paired, 0) + " %",
               "the chance to find a gain of " + points(*q.margin) + " points on these items");
  return text + line(plain(100 * chance.unpaired, 0) + " %", "the same, other items for each model");
}

void write_items(evalpp::json::writer& out, std::string_view name, double n) {
  out.key(name);
  if (is_number(n) && n < 0x1p63)
    out.value(static_cast<std::int64_t>(n));
  else
    out.value(nullptr);
}

void write_margin(evalpp::json::writer& out, const plan_questions& q) {
  out.key("margin").begin_object().member("points", *q.margin);
  if (q.deviation) {
    write_items(out, "paired", workflow::items_for_mean_margin(*q.margin, *q.deviation, q.assumptions));
  } else {
    const auto needed = workflow::items_for_margin(*q.margin / 100, q.assumptions);
    write_items(out, "paired", needed.paired);
    write_items(out, "unpaired_per_model", needed.unpaired_per_model);
    out.key("by_discordance").begin_array();
    for (const double d : usual_discordances(q)) {
      out.begin_object().member("discordance", d);
      write_items(out, "paired", paired_items(q, d));
      out.end_object();
    }
    out.end_array();
    if (q.pilot) {
      const pilot_range range = range_of(q);
      out.key("paired_range").begin_object();
      write_items(out, "lo", range.fewest);
      write_items(out, "hi", range.most);
      out.end_object();
    }
  }
  out.end_object();
}

void write_sample(evalpp::json::writer& out, const plan_questions& q) {
  const auto n = static_cast<double>(*q.items);
  out.key("items").begin_object().member("n", *q.items);
  if (q.deviation) {
    const auto shown = workflow::what_items_show_of_mean(n, *q.deviation, q.assumptions);
    out.member("half_width", shown.half_width).member("paired_gain", shown.difference);
  } else {
    const auto shown = workflow::what_items_show(n, q.assumptions);
    out.member("half_width", 100 * shown.half_width)
        .member("paired_gain", 100 * shown.paired_gain)
        .member("unpaired_gain", 100 * shown.unpaired_gain);
    if (q.margin) {
      const auto chance = workflow::chance_of_margin(*q.margin / 100, n, q.assumptions);
      out.member("paired_chance", chance.paired).member("unpaired_chance", chance.unpaired);
    }
  }
  out.end_object();
}

}  // namespace

std::string plan_text(const plan_questions& q) {
  const workflow::plan_assumptions& a = q.assumptions;
  const std::string level = percent(1 - a.alpha);
  std::string text;
  const auto paragraph = [&](const std::string& added) { text += (text.empty() ? "" : "\n") + added; };
  if (q.items) paragraph(items_text(q));
  if (q.margin) paragraph(margin_text(q));
  if (q.half_width)
    paragraph(line(items(workflow::items_for_half_width(*q.half_width / 100, a)),
                   "items for a " + level + " interval of +-" + points(*q.half_width) +
                       " points around a score of " + percent(a.base)));
  if (q.at_least) {
    const double n = workflow::items_for_rate(*q.at_least, q.failures, a);
    paragraph(line(items(n), (q.failures == 0 ? "passes without a failure"
                                              : "outcomes with no more than " + std::to_string(q.failures) +
                                                    (q.failures == 1 ? " failure" : " failures")) +
                                 " to claim, with confidence " + level + ", that at least " +
                                 percent(*q.at_least) + " pass"));
  }
  if (q.preference)
    paragraph(line(items(workflow::pairs_for_preference(*q.preference, a)),
                   "pairs that are not ties, to see that judges prefer one side when " +
                       percent(*q.preference) + " do (power " + percent(a.power) + ")"));
  if (q.drop)
    paragraph(line(items(workflow::items_for_drop(*q.drop / 100, a)),
                   "fresh items in each window to notice a fall from " + percent(a.base) + " to " +
                       percent(a.base - *q.drop / 100) + " (one-sided at " + percent(a.alpha) + ", power " +
                       percent(a.power) + ")"));
  return text;
}

std::string plan_json(const plan_questions& q) {
  const workflow::plan_assumptions& a = q.assumptions;
  std::string text;
  evalpp::json::writer out(text);
  out.begin_object().member("level", 1 - a.alpha).member("power", a.power);
  if (q.deviation)
    out.member("sd", *q.deviation);
  else
    out.member("base", a.base).member("discordance", a.discordance);
  if (q.pilot) out.member("pilot", *q.pilot);
  if (q.margin) write_margin(out, q);
  if (q.items) write_sample(out, q);
  if (q.half_width) {
    out.key("half_width").begin_object().member("points", *q.half_width);
    write_items(out, "items", workflow::items_for_half_width(*q.half_width / 100, a));
    out.end_object();
  }
  if (q.at_least) {
    out.key("at_least").begin_object().member("rate", *q.at_least).member("failures", q.failures);
    write_items(out, "items", workflow::items_for_rate(*q.at_least, q.failures, a));
    out.end_object();
  }
  if (q.preference) {
    out.key("preference").begin_object().member("share", *q.preference);
    write_items(out, "pairs", workflow::pairs_for_preference(*q.preference, a));
    out.end_object();
  }
  if (q.drop) {
    out.key("drop").begin_object().member("points", *q.drop);
    write_items(out, "items_per_window", workflow::items_for_drop(*q.drop / 100, a));
    out.end_object();
  }
  out.end_object().line();
  return text;
}

}  // namespace cli
