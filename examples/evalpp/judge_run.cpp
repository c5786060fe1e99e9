// SPDX-License-Identifier: MIT
#include "judge_run.hpp"

#include "arguments.hpp"
#include "console.hpp"
#include "judge_help.hpp"
#include "judge_items.hpp"
#include "judge_output.hpp"
#include "judge_source.hpp"
#include "run_options.hpp"
#include "suggest.hpp"

#include <evalpp/core/result.hpp>
#include <evalpp/data/dataset.hpp>
#include <evalpp/data/file.hpp>
#include <evalpp/json/write.hpp>
#include <evalpp/judge/clock.hpp>
#include <evalpp/judge/journal.hpp>
#include <evalpp/judge/judge_options.hpp>
#include <evalpp/judge/presets.hpp>
#include <evalpp/judge/rubric_file.hpp>
#include <evalpp/judge/run.hpp>
#include <evalpp/judge/run_judges.hpp>

#include <atomic>
#include <cmath>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

namespace cli {
namespace {

namespace data = evalpp::data;
namespace judge = evalpp::judge;
using evalpp::error;
using evalpp::error_code;

const std::vector<option> own_options = {{"--help", "-h", false},
                                         {"--format", "-f"},
                                         {"--ci", ""},
                                         {"--method", ""},
                                         {"--seed", ""},
                                         {"--resamples", ""},
                                         {"--quiet", "-q", false},
                                         {"--rubric", ""},
                                         {"--model", ""},
                                         {"--journal", ""},
                                         {"--concurrency", ""},
                                         {"--attempts", ""},
                                         {"--temperature", ""},
                                         {"--judge-seed", ""},
                                         {"--max-answer", ""},
                                         {"--max-calls", ""},
                                         {"--max-tokens", ""},
                                         {"--max-seconds", ""},
                                         {"--max-usd", ""},
                                         {"--retry-unscored", "", false},
                                         {"--dry-run", "", false},
                                         {"--id", ""},
                                         {"--prediction", ""},
                                         {"--references", ""},
                                         {"--input-field", ""},
                                         {"--input", ""},
                                         {"--missing", ""},
                                         {"--samples", ""},
                                         {"--reask", "", false},
                                         {"--expected", "", false},
                                         {"--panel", ""},
                                         {"--against", ""},
                                         {"--join", ""},
                                         {"--candidate-model", ""},
                                         {"--baseline-model", ""}};

// A preset's name, or a file.
evalpp::result<judge::rubric> load_rubric(const std::string& name) {
  if (auto found = judge::find_preset(name)) return std::move(*found);
  std::error_code ignored;
  if (!std::filesystem::exists(name, ignored)) {
    std::vector<std::string> names;
    for (const judge::preset& p : judge::presets()) names.push_back(p.rubric.name);
    return error{error_code::unknown_name, "there is no rubric, and no file, \"" + name + '"',
                 suggestion(name, names)};
  }
  const auto text = data::read_bytes(name);
  if (!text) return text.error();
  return judge::read_rubric(*text, name);
}

// The names between commas.
std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    if (comma != 0) out.emplace_back(text.substr(0, comma));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
  }
  return out;
}

// What was typed, in the words of the library.
struct run_settings {
  judge::judge_options who;
  judge::run_options how;
};

evalpp::result<run_settings> settings_from(const arguments& args) {
  run_settings out;
  out.who.model = args.value("--model");
  if (const auto models = names_in(out.who.model); models.size() > 1) out.who.panel = models;
  std::int64_t concurrency = 64, attempts = 6, max_answer = 1024, samples = 1;
  const struct {
    const char* name;
    std::int64_t most;
    std::int64_t& into;
  } bounded[] = {{"--concurrency", 100'000, concurrency},
                 {"--attempts", 1000, attempts},
                 {"--max-answer", 10'000'000, max_answer},
                 {"--samples", judge::max_samples, samples}};
  for (const auto& b : bounded) {
    auto found = count_of(args, b.name, 1);
    if (!found) return found.error();
    b.into = found->value_or(b.into);
    if (b.into > b.most)
      return refusal(std::string(b.name) + " cannot be " + std::to_string(b.into),
                     "give at most " + std::to_string(b.most));
  }
  out.how.concurrency = static_cast<std::size_t>(concurrency);
  out.how.attempts = static_cast<std::uint32_t>(attempts);
  out.who.reask = args.given("--reask");
  if (args.given("--expected")) {
    if (args.given("--against"))
      return refusal("--expected is of scales, and pairs have none",
                     "leave it out, or judge items one by one");
    if (args.value("--api") == "anthropic")
      return refusal("Anthropic's Messages tell no probabilities", "leave --expected out");
    if (!out.who.panel.empty()) return refusal("--expected is of one judge", "name one model");
    out.who.sampling.top_logprobs = 20;
  }
  out.who.samples = static_cast<std::uint32_t>(samples);
  out.who.sampling.max_tokens = static_cast<std::uint32_t>(max_answer);
  for (const auto& [name, into] :
       {std::pair{"--max-calls", &out.how.max_calls}, std::pair{"--max-tokens", &out.how.max_tokens}}) {
    auto found = count_of(args, name, 0);
    if (!found) return found.error();
    if (*found) *into = static_cast<std::uint64_t>(**found);
  }
  auto seed = count_of(args, "--judge-seed", 0);
  if (!seed) return seed.error();
  if (*seed) out.who.sampling.seed = static_cast<std::uint64_t>(**seed);
  if (args.value("--temperature") == "default") {
    out.who.sampling.temperature.reset();
  } else {
    auto temperature =
        number_between(args, "--temperature", -1e-300, 5, "give 0 or more, such as 0.7, or default");
    if (!temperature) return temperature.error();
    out.who.sampling.temperature = temperature->value_or(0);
  }
  auto seconds = number_between(args, "--max-seconds", 0, 1e9, "give seconds above 0");
  if (!seconds) return seconds.error();
  out.how.max_seconds = *seconds;
  auto timeout = number_between(args, "--timeout", 0, 1e6, "give seconds above 0, such as 120");
  if (!timeout) return timeout.error();
  // The transport gives up first, and says why.
  if (*timeout) out.how.call_seconds = **timeout + 1;
  auto usd = number_between(args, "--max-usd", 0, 1e9, "give USD above 0, such as 5");
  if (!usd) return usd.error();
  out.how.max_usd = *usd;
  out.how.retry_unscored = args.given("--retry-unscored");
  return out;
}

// What a journal holds by now; nothing when there is none yet.
evalpp::result<judge::journal_contents> contents_if_any(const std::string& path) {
  std::error_code ignored;
  if (path.empty() || !std::filesystem::exists(path, ignored)) return judge::journal_contents{};
  return judge::read_journal(path);
}

std::string forecast_json(const judge::run_forecast& f, std::size_t items) {
  std::string text;
  evalpp::json::writer out(text);
  out.begin_object().member("items", items).member("calls", f.calls).member("prompt_tokens", f.prompt_tokens);
  out.member("completion_tokens_max", f.completion_tokens_max).member("usd", f.usd).end_object().line();
  return text;
}

std::atomic<int> interrupts{0};
extern "C" void on_interrupt(int) { interrupts.fetch_add(1); }

// The first Ctrl-C, or a scheduler's SIGTERM, lets the calls in flight end, the second gives them up.
class interruptible {
 public:
  interruptible() : int_(std::signal(SIGINT, on_interrupt)), term_(std::signal(SIGTERM, on_interrupt)) {
    interrupts = 0;
  }
  ~interruptible() {
    std::signal(SIGINT, int_);
    std::signal(SIGTERM, term_);
  }
  interruptible(const interruptible&) = delete;
  interruptible& operator=(const interruptible&) = delete;

 private:
  void (*int_)(int);
  void (*term_)(int);
};

void show_progress(const judge::run_progress& at) {
  std::string line = "\rjudging: " + std::to_string(at.done) + " of " + std::to_string(at.jobs) +
                     " verdicts, " + std::to_string(at.calls) + " calls, " + std::to_string(at.in_flight) +
                     " in flight";
  if (at.failed_calls != 0) line += ", " + std::to_string(at.failed_calls) + " failed";
  if (at.jobs_per_second > 0) {
    char rate[32];
    std::snprintf(rate, sizeof rate, ", %.1f/s", at.jobs_per_second);
    line += rate;
  }
  if (at.usd && *at.usd > 0) line += ", " + std::to_string(*at.usd) + " USD";
  if (at.seconds_left)
    line += ", " + std::to_string(static_cast<std::int64_t>(std::ceil(*at.seconds_left))) + " s left";
  write_stderr(line + "\x1b[K");
}

}  // namespace

int judge_run(const std::vector<std::string>& words) {
  std::vector<option> known = judge_source_options();
  known.insert(known.end(), own_options.begin(), own_options.end());
  const auto args = arguments::parse(words, known);
  if (!args) return fail(args.error());
  if (args->given("--help")) return print(judge_help()) ? exit_ok : exit_usage;
  const auto report = judged_report::from(*args);
  if (!report) return fail(report.error());
  auto settings = settings_from(*args);
  if (!settings) return fail(settings.error());
  for (const char* needed : {"--rubric", "--model"})
    if (!args->given(needed))
      return fail(
          refusal("judge run needs " + std::string(needed), "evalpp judge --help shows how to call it"));
  if (args->files().size() != 1)
    return fail(refusal("judge run needs one file of items", "evalpp judge --help shows how to call it"));
  const auto by = load_rubric(args->value("--rubric"));
  if (!by) return fail(by.error());
  if (args->given("--against"))
    if (const auto fits = report->check_pairs(); !fits) return fail(fits.error());
  const auto asked = judging_from(*args, *by);
  if (!asked) return fail(asked.error());
  const std::vector<std::string> models =
      settings->who.panel.empty() ? std::vector{settings->who.model} : settings->who.panel;
  auto source = judge_source_from(*args, models, settings->how.concurrency);
  if (!source) return fail(source.error());
  const bool quiet = args->given("--quiet");
  if (!quiet)
    for (const std::string& text : source->notes) note(text);
  settings->who.base_url = source->place;
  if (settings->how.max_usd)
    for (std::size_t k = 0; k < models.size(); ++k)
      if (!source->prices[k])
        return fail(refusal("--max-usd needs the price of " + models[k] + ", which is unknown",
                            "give --price IN,OUT in USD per million tokens, or --prices FILE"));
  judge::journal_head head = asked->head(settings->who);
  auto log = args->given("--journal") && !args->given("--dry-run")
                 ? judge::journal::open(args->value("--journal"), std::move(head))
                 : evalpp::result<judge::journal>(judge::journal::in_memory(std::move(head)));
  if (!log) return fail(log.error());
  if (!quiet)
    for (const std::string& text : log->contents().notes) note(text);
  std::vector<judge::judge_calls> judges;
  for (std::size_t k = 0; k < models.size(); ++k) {
    judge::judge_options who = settings->who;
    who.model = models[k];
    auto jobs = asked->jobs(who, log->head().secret);
    judges.push_back({std::move(who), std::move(jobs), source->prices[k]});
  }
  if (args->given("--dry-run")) {
    const auto held = contents_if_any(args->value("--journal"));
    if (!held) return fail(held.error());
    if (args->given("--reask") && !quiet)
      note("a verdict without the right form is asked for once more (--reask), which is not forecast");
    return print(forecast_json(judge::forecast(judges, *held, settings->how), asked->items)) ? exit_ok
                                                                                             : exit_usage;
  }

  const interruptible guard;
  settings->how.stop = &interrupts;
  const bool shown = !quiet && stderr_is_terminal();
  if (shown) settings->how.on_progress = show_progress;
  judge::steady_clock time;
  const auto ended = judge::run_judges(*source->client, time, judges, asked->read, *log, settings->how);
  if (shown) write_stderr("\r\x1b[K");
  if (!ended) return fail(ended.error());
  if (ended->stop == judge::stop_reason::journal)
    return fail({error_code::io, ended->message, "what was judged so far is in the journal"});
  if (ended->stop == judge::stop_reason::refused_key)
    return fail(refusal(
        "the judge's server refuses: " + ended->message,
        "look at the key (EVALPP_API_KEY), --model and --base-url, which ends with the version part"));
  if (source->recording != nullptr && source->recording->missing() != 0)
    note("the recording has no answer to " + std::to_string(source->recording->missing()) +
         " requests: the prompt, the model or the sampling has changed");
  if (source->recorder != nullptr && source->recorder->fault())
    note("the recording is not whole: " + to_string(*source->recorder->fault()));

  const auto text = report->text(log->contents(), data::system_name(args->files().front()));
  if (!text) return fail(text.error());
  const int printed = print_result(*text);
  if (printed != exit_ok || ended->stop == judge::stop_reason::finished) return printed;
  note("stopped before the end (" + std::string(name_of(ended->stop)) +
       (ended->message.empty() ? "" : ": " + ended->message) + "); run the same command again to go on");
  return exit_stopped;
}

}  // namespace cli
