// SPDX-License-Identifier: MIT
// The README's program for structured output.
#include <evalpp/json/conforms.hpp>

#include <iostream>

int main() {
  const auto schema = evalpp::json::schema::compile(
      R"({"type": "object", "properties": {"guests": {"type": "integer"}}, "required": ["guests"]})");
  const auto document = evalpp::json::parse(R"({"guests": "3"})");
  if (!schema || !document) return 1;
  for (const auto& error : schema->validate(document->root()).errors) std::cout << error.message << '\n';

  evalpp::json::conformance_checker checker(*schema);  // one per thread: parses and validates in one pass
  std::cout << checker.conforms(R"({"guests": 3})") << checker.conforms(R"({"guests": 3,})") << '\n';
}
