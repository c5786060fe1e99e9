// SPDX-License-Identifier: MIT
#pragma once

#include <evalpp/config.hpp>

#include <cstddef>
#include <vector>

namespace evalpp::inline EVALPP_ABI::stats::detail {

/// The strongly connected component of each of n nodes, numbered from 0 in the order of their first
/// nodes. `edge(i, j)` tells whether j can be reached from i in one step. O(n^2), no recursion:
/// two depth-first searches, forwards and backwards (Kosaraju).
template <class Edge>
std::vector<std::size_t> strongly_connected(std::size_t n, const Edge& edge) {
  struct visit {
    std::size_t node, next;
  };
  std::vector<std::size_t> finished;
  std::vector<bool> seen(n);
  std::vector<visit> path;
  for (std::size_t root = 0; root < n; ++root) {
    if (seen[root]) continue;
    seen[root] = true;
    path.push_back({root, 0});
    while (!path.empty()) {
      visit& top = path.back();
      while (top.next < n && (seen[top.next] || !edge(top.node, top.next))) ++top.next;
      if (top.next == n) {
        finished.push_back(top.node);
        path.pop_back();
      } else {
        seen[top.next] = true;
        path.push_back({top.next, 0});
      }
    }
  }

  std::vector<std::size_t> leader(n, n);
  std::vector<std::size_t> open;
  for (std::size_t at = n; at-- > 0;) {
    const std::size_t root = finished[at];
    if (leader[root] != n) continue;
    leader[root] = root;
    open.push_back(root);
    while (!open.empty()) {
      const std::size_t node = open.back();
      open.pop_back();
      for (std::size_t from = 0; from < n; ++from) {
        if (leader[from] != n || !edge(from, node)) continue;
        leader[from] = root;
        open.push_back(from);
      }
    }
  }

  std::vector<std::size_t> component(n, n), number(n, n);
  std::size_t components = 0;
  for (std::size_t node = 0; node < n; ++node) {
    std::size_t& named = number[leader[node]];
    if (named == n) named = components++;
    component[node] = named;
  }
  return component;
}

}  // namespace evalpp::inline EVALPP_ABI::stats::detail
