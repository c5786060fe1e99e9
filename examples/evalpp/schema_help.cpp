// SPDX-License-Identifier: MIT
#include "schema_help.hpp"

namespace cli {

std::string_view schema_help() {
  return R"(evalpp schema: does this JSON fit the schema, and if not, how does it fail?

Documents:
  evalpp schema person.schema.json ada.json bob.json        one document a file
  evalpp schema person.schema.json people.jsonl             one document a line

What a model said, with prose, fences and reasoning around the JSON:
  evalpp schema person.schema.json outputs.txt              one output a line
  evalpp schema person.schema.json answer.md --whole        a file is one output
  evalpp schema person.schema.json run.jsonl --field prediction
  some_program | evalpp schema person.schema.json -
  evalpp schema person.schema.json outputs.txt --repair     would a repair have helped? never counts as valid

Against what should have come:
  evalpp schema person.schema.json run.jsonl --field prediction --references references

As a gate, and one failure in full:
  evalpp schema person.schema.json run.jsonl --field prediction --min-rate 0.95
  evalpp schema person.schema.json run.jsonl --field prediction --explain 17

A folder of tests in the layout of the official JSON Schema test suite:
  evalpp schema --suite JSON-Schema-Test-Suite --draft 2020-12

Options:
      --field NAME       judge this field of every row: a string is a model's output, anything else the
                         document itself; dots lead into objects
      --references NAME  compare fields with those of this field of the row, a document or a list of them
      --fields OPTIONS   how: arrays=ordered|multiset|assignment|keyed, key, abs_tol, rel_tol, null_is_absent,
                         trim, casefold, separated by colons: arrays=keyed:key=id:trim
      --choice WHICH     which JSON of an output with several: only (default: differing ones are a failure),
                         first, last, largest
      --repair           repair what does not parse, list what was changed, count it apart
      --whole            a file that is neither .json nor .jsonl is one output, not one a line
      --duplicates P     a key that an object has twice: error (default), first, last
      --missing POLICY   rows without the field: error (default), skip, worst (count as not valid)
      --min-rate R       exit 0 when at least this share (0..1) is valid; without it all must be
      --assert-format    check "format"; otherwise it is checked in v1 and where a metaschema says so
      --draft D          4, 6, 7, 2019-09, 2020-12 (default) or v1, for schemas that name none
      --map URI=FILE     the document for a reference; files beside the schema need none; repeatable
      --input KIND       text, jsonl, json; default: by extension, - is text
      --threads N        0 uses every core (default); the result does not depend on it
      --explain ID       all about one document: its id, its number from 0, or FILE:NUMBER
      --suite DIR        run a folder of tests instead
  -f, --format F         table (default), json, markdown
  -q, --quiet            no notes on stderr

Exit codes: 0 every document is valid (or --min-rate is reached), 1 not, 2 usage, input or schema.
)";
}

}  // namespace cli
