// SPDX-License-Identifier: MIT
#include <evalpp/json/uri.hpp>

#include <gtest/gtest.h>
#include <string>
#include <utility>

namespace uri_test {

namespace json = evalpp::json;

TEST(json_uri, resolves_the_examples_of_rfc_3986) {
  const std::pair<const char*, const char*> cases[] = {
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g#s", "http://a/b/c/g#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"g;x?y#s", "http://a/b/c/g;x?y#s"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"./", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../../../g", "http://a/g"},
      {"/./g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},
      {"./../g", "http://a/b/g"},
      {"g/./h", "http://a/b/c/g/h"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"http:g", "http:g"},
  };
  for (const auto& [reference, expected] : cases) {
    EXPECT_EQ(json::resolve_uri("http://a/b/c/d;p?q", reference), expected) << reference;
  }
}

TEST(json_uri, takes_any_scheme_and_any_base) {
  EXPECT_EQ(json::resolve_uri("urn:uuid:1", "#/a"), "urn:uuid:1#/a");
  EXPECT_EQ(json::resolve_uri("urn:a:b?=q", ""), "urn:a:b?=q");
  EXPECT_EQ(json::resolve_uri("http://h", "x"), "http://h/x");
  EXPECT_EQ(json::resolve_uri("", "x/y.json"), "x/y.json");
  EXPECT_EQ(json::resolve_uri("dir/a.json", "b.json#c"), "dir/b.json#c");
  EXPECT_EQ(json::resolve_uri("file:///a/b", "c"), "file:///a/c");
}

TEST(json_uri, splits_and_joins) {
  for (const char* text :
       {"", "a:b", "http://u@h:1/p?q#f", "//h", "?", "#", "x?#", "1:2", "urn:x:y?=z", "a/b:c"}) {
    EXPECT_EQ(json::join_uri(json::split_uri(text)), text);
  }
  EXPECT_FALSE(json::split_uri("1:2").scheme);
  EXPECT_FALSE(json::split_uri("a/b:c").scheme);
  EXPECT_EQ(json::split_uri("a?").query, "");
  EXPECT_FALSE(json::split_uri("a").query);
  EXPECT_EQ(json::without_fragment("a#b#c"), "a");
}

TEST(json_uri, escapes_of_bytes) {
  EXPECT_EQ(json::percent_decode("%41%c3%A9%2"), "A\xC3\xA9%2");
  EXPECT_EQ(json::percent_decode("%zz%"), "%zz%");
  EXPECT_EQ(json::percent_decode("%25def"), "%def");
  EXPECT_EQ(json::percent_encode_fragment("/a~1b/c\"d %"), "/a~1b/c%22d%20%25");
}

}  // namespace uri_test
