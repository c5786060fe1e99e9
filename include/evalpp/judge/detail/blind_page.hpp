// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <string_view>

// The page on which a person rates, in two halves: the sheet's JSON stands between them. It asks for nothing
// from anywhere (its policy forbids it), shows texts as text only, and keeps answers in the browser until
// they are saved as a file.
namespace evalpp::inline EVALPP_ABI::judge::detail {

inline constexpr std::string_view blind_page_head = R"html(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Blind review</title>
<style>
:root { color-scheme: light dark; --line: #8885; --pick: #2a6fd6; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 84rem; padding: 1rem 1.25rem 3rem; }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; }
h1 { font-size: 1.25rem; margin: 0; }
h2 { font-size: 1rem; margin: 0 0 .5rem; }
header label { margin-left: auto; }
progress { width: 100%; height: .6rem; margin: .75rem 0; accent-color: var(--pick); }
.box { border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; overflow-wrap: anywhere; }
.text { white-space: pre-wrap; }
.answers { display: grid; grid-template-columns: 1fr 1fr; gap: 1rem; margin: 1rem 0; }
@media (max-width: 48rem) { .answers { grid-template-columns: 1fr; } }
.picked { border-color: var(--pick); box-shadow: 0 0 0 2px var(--pick); }
fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; }
legend { font-weight: 600; padding: 0; margin-bottom: .25rem; }
fieldset label { cursor: pointer; }
textarea { width: 100%; min-height: 3.5rem; margin: .25rem 0 1rem; font: inherit; padding: .5rem; }
button, input[type=text] { font: inherit; padding: .35rem .8rem; }
nav { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
nav .save { margin-left: auto; font-weight: 600; }
kbd { font: .85em ui-monospace, monospace; border: 1px solid var(--line); border-radius: .25rem; padding: 0 .3em; }
.hint { opacity: .75; font-size: .9rem; }
.comment { display: block; margin-top: 1rem; font-weight: 600; }
</style>
</head>
<body>
<header>
<h1>Which answer is better?</h1>
<span id="place" role="status"></span>
<label>Your name <input type="text" id="rater" autocomplete="off" maxlength="100"></label>
</header>
<progress id="progress" value="0" max="1" aria-label="answered"></progress>
<main>
<section class="box" id="question"><h2>Question</h2><div class="text" id="input"></div></section>
<div class="answers">
<section class="box" id="box-A"><h2>Answer A</h2><div class="text" id="text-A"></div></section>
<section class="box" id="box-B"><h2>Answer B</h2><div class="text" id="text-B"></div></section>
</div>
<fieldset id="choice">
<legend>Your verdict</legend>
<label><input type="radio" name="preference" value="A"> A is better <kbd>A</kbd></label>
<label><input type="radio" name="preference" value="B"> B is better <kbd>B</kbd></label>
<label><input type="radio" name="preference" value="tie"> equally good <kbd>T</kbd></label>
</fieldset>
<label class="comment" for="comment">Comment</label>
<textarea id="comment" maxlength="10000"></textarea>
<nav>
<button type="button" id="back">&larr; Back</button>
<button type="button" id="next">Next &rarr;</button>
<button type="button" id="open">Next unanswered</button>
<button type="button" id="save" class="save">Save answers as a file</button>
</nav>
<p class="hint">Keys: <kbd>A</kbd> <kbd>B</kbd> <kbd>T</kbd> choose, <kbd>&larr;</kbd> <kbd>&rarr;</kbd> move,
<kbd>C</kbd> comments, <kbd>Esc</kbd> leaves the comment. Answers stay in this browser; save them as a file and send
that back. <span id="kept"></span></p>
</main>
<noscript>This page needs JavaScript; the same sheet is there as CSV.</noscript>
<script type="application/json" id="sheet">)html";

inline constexpr std::string_view blind_page_tail = R"html(</script>
<script>
"use strict";
const sheet = JSON.parse(document.getElementById("sheet").textContent);
const at = (id) => document.getElementById(id);
const store = "evalpp-blind-" + sheet.review + "-" + (sheet.items.length ? sheet.items[0].item : "");
let state = { rater: "", here: 0, answers: {} };
try {
  const kept = JSON.parse(localStorage.getItem(store));
  if (kept && typeof kept === "object" && kept.answers) state = Object.assign(state, kept);
} catch (e) { at("kept").textContent = "This browser keeps nothing: save before you leave."; }
const radios = Array.from(document.querySelectorAll("input[name=preference]"));
const answer = (k) => state.answers[sheet.items[k].item] || { preference: null, comment: "" };
const answered = () => sheet.items.filter((i, k) => answer(k).preference).length;
let saved = answered() === 0;
function keep() {
  saved = false;
  try { localStorage.setItem(store, JSON.stringify(state)); }
  catch (e) { at("kept").textContent = "This browser keeps nothing: save before you leave."; }
}
function show() {
  const n = sheet.items.length;
  state.here = Math.min(Math.max(0, state.here | 0), n - 1);
  const item = sheet.items[state.here], own = answer(state.here);
  at("question").hidden = item.input === "";
  at("input").textContent = item.input;
  at("text-A").textContent = item.a;
  at("text-B").textContent = item.b;
  for (const r of radios) r.checked = r.value === own.preference;
  at("box-A").classList.toggle("picked", own.preference === "A");
  at("box-B").classList.toggle("picked", own.preference === "B");
  at("comment").value = own.comment;
  at("rater").value = state.rater;
  at("progress").max = n;
  at("progress").value = answered();
  at("place").textContent = (state.here + 1) + " of " + n + ", " + answered() + " answered";
  at("back").disabled = state.here === 0;
  at("next").disabled = state.here === n - 1;
  at("open").disabled = answered() === n;
}
function change(part) {
  state.answers[sheet.items[state.here].item] = Object.assign({}, answer(state.here), part);
  keep();
  show();
}
function move(by) { state.here += by; keep(); show(); window.scrollTo(0, 0); }
function open_one() {
  const n = sheet.items.length;
  for (let k = 1; k <= n; ++k) {
    const i = (state.here + k) % n;
    if (!answer(i).preference) { move(i - state.here); return; }
  }
}
function save() {
  const lines = sheet.items.map((i, k) => JSON.stringify({ review: sheet.review, item: i.item,
    preference: answer(k).preference, comment: answer(k).comment, rater: state.rater.trim() }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "application/jsonl" }));
  const who = state.rater.trim().replace(/[^A-Za-z0-9]+/g, "-");
  link.download = "answers" + (who ? "-" + who : "") + ".jsonl";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  saved = true;
}
for (const r of radios) r.addEventListener("change", () => change({ preference: r.value }));
at("comment").addEventListener("input", () => {
  state.answers[sheet.items[state.here].item] = Object.assign({}, answer(state.here), { comment: at("comment").value });
  keep();
});
at("rater").addEventListener("input", () => { state.rater = at("rater").value; keep(); });
at("back").addEventListener("click", () => move(-1));
at("next").addEventListener("click", () => move(1));
at("open").addEventListener("click", open_one);
at("save").addEventListener("click", save);
document.addEventListener("keydown", (e) => {
  const writing = e.target.tagName === "TEXTAREA" || e.target.type === "text";
  if (e.key === "Escape" && writing) { e.target.blur(); return; }
  if (writing || e.ctrlKey || e.metaKey || e.altKey) return;
  const key = e.key.toLowerCase();
  if (key === "a" || key === "b") change({ preference: key.toUpperCase() });
  else if (key === "t") change({ preference: "tie" });
  else if (key === "c") at("comment").focus();
  else if (e.key === "ArrowLeft" && state.here > 0) move(-1);
  else if (e.key === "ArrowRight" && state.here < sheet.items.length - 1) move(1);
  else return;
  e.preventDefault();
});
window.addEventListener("beforeunload", (e) => { if (!saved && answered() > 0) e.preventDefault(); });
show();
</script>
</body>
</html>
)html";

}  // namespace evalpp::inline EVALPP_ABI::judge::detail
