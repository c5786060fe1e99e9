// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>
#include <evalpp/judge/rubric.hpp>

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace evalpp::inline EVALPP_ABI::judge {

/// A rubric that comes with the library. Its text is part of its name: a change of it changes
/// `rubric_digest`, so that scores from before and after are never compared by accident.
struct preset {
  std::string_view summary;  ///< what it is for, one line
  judge::rubric rubric;
};

namespace detail {

inline preset correctness_preset() {
  return {"is the answer right? Compared with the references, when there are any; 1 to 5",
          {.name = "correctness",
           .criteria = {{.name = "correctness",
                         .description = "whether what the answer states is true and answers the question",
                         .scale = {{1, "wrong, or no answer to the question"},
                                   {2, "mostly wrong, with a correct part"},
                                   {3, "right in part: something essential is missing or wrong"},
                                   {4, "right, with a slip that does not change the result"},
                                   {5, "right and complete"}}}},
           .instructions =
               "You judge whether an answer is correct. Where reference answers are given, they are right; "
               "an answer "
               "that says the same in other words is right too. Where none are given, work the question out "
               "yourself before you look at the answer."}};
}

inline preset format_preset() {
  return {"does the answer have the form that was asked for? A checklist with points",
          {.name = "format",
           .criteria = {{.name = "asked form",
                         .description =
                             "the answer has the form that the input asks for (list, table, JSON, number of "
                             "sentences, language); also true when it asks for none",
                         .points = 4},
                        {.name = "nothing missing",
                         .description = "every part that the input asks for is there",
                         .points = 2},
                        {.name = "nothing around it",
                         .description = "there is no preamble, apology or remark beside what was asked for",
                         .points = 1},
                        {.name = "cut off",
                         .description = "the answer stops in the middle of a sentence or structure",
                         .points = -3}},
           .instructions = "You judge the form of an answer and not whether it is right.",
           .with_references = false}};
}

inline preset tone_preset() {
  return {"is the tone fit for a reader who asked for help? Politeness, clarity, restraint; 1 to 5 each",
          {.name = "tone",
           .criteria = {{.name = "respect",
                         .description = "how the answer treats the reader",
                         .scale = {{1, "insulting or dismissive"},
                                   {3, "neutral, or stiff"},
                                   {5, "courteous and fit for the situation"}}},
                        {.name = "clarity",
                         .description = "how easily the reader follows",
                         .scale = {{1, "cannot be followed"},
                                   {3, "can be followed with effort"},
                                   {5, "clear at the first reading"}}},
                        {.name = "restraint",
                         .description = "whether it says what is needed and no more",
                         .scale = {{1, "flattery, filler or lecturing prevails"},
                                   {3, "some of it"},
                                   {5, "none of it"}}}},
           .instructions = "You judge the tone of an answer and not whether it is right.",
           .with_references = false}};
}

inline preset geval_preset() {
  return {"a summary or other text made from a source, by G-Eval's four dimensions; 1 to 5 each",
          {.name = "geval",
           .criteria = {{.name = "coherence",
                         .description = "the sentences build on one another and make a whole",
                         .scale = {{1, "a heap of sentences"}, {5, "well ordered throughout"}}},
                        {.name = "consistency",
                         .description = "everything stated is supported by the source",
                         .scale = {{1, "contradicts the source or makes things up"},
                                   {5, "all of it is supported"}}},
                        {.name = "fluency",
                         .description = "grammar, spelling and choice of words",
                         .scale = {{1, "hard to read"}, {5, "free of faults"}}},
                        {.name = "relevance",
                         .description = "it holds what matters in the source and little else",
                         .scale = {{1, "misses what matters"}, {5, "all that matters, nothing else"}}}},
           .instructions = "You judge a text that was made from the source in the conversation.",
           .steps = {"Read the source and note its main points.",
                     "Read the text and compare it with these points, one after another.",
                     "Look for statements that the source does not support.",
                     "Decide on each criterion by itself: a fault counts under one of them only."}}};
}

inline preset mt_bench_preset() {
  return {"the whole quality of an answer in a conversation, as MT-Bench grades single answers; 1 to 10",
          {.name = "mt-bench",
           .criteria = {{.name = "quality",
                         .description =
                             "helpfulness, relevance, accuracy, depth and level of detail, taken together",
                         .scale = {{1, "useless or harmful"},
                                   {4, "addresses the request with serious faults"},
                                   {7, "good, with faults that a careful reader notices"},
                                   {10, "could hardly be better"}}}},
           .instructions = "You judge the answer to the last turn of a conversation. Where reference answers "
                           "are given, compare "
                           "with them first and correct any mistake that you would make yourself."}};
}

inline preset checklist_preset() {
  return {"a checklist with points for an answer that has to inform: an example to start your own from",
          {.name = "checklist",
           .criteria = {{.name = "answers the question",
                         .description = "the question is answered, not only talked about",
                         .points = 5},
                        {.name = "gives reasons",
                         .description = "the answer says why, or where its claims come from",
                         .points = 3},
                        {.name = "names limits",
                         .description = "it says what is uncertain, or under which conditions it holds",
                         .points = 2},
                        {.name = "makes things up",
                         .description = "it states a fact, source or figure that is false or does not exist",
                         .points = -5}}}};
}

}  // namespace detail

/// The presets, in the order in which they are listed to users.
inline std::vector<preset> presets() {
  return {detail::correctness_preset(), detail::format_preset(),   detail::tone_preset(),
          detail::geval_preset(),       detail::mt_bench_preset(), detail::checklist_preset()};
}

/// The rubric of that name; nothing when there is none.
inline std::optional<rubric> find_preset(std::string_view name) {
  std::vector<preset> all = presets();
  for (preset& p : all)
    if (p.rubric.name == name) return std::move(p.rubric);
  return std::nullopt;
}

}  // namespace evalpp::inline EVALPP_ABI::judge
