// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The semantics of ECMA-262 section 22.2.2 with the flag u, written as it stands there: a matcher takes a
// state and a continuation. Exponential where the pattern is, so that it counts its steps.
namespace reference {

class regex_twin {
 public:
  enum class status { valid, invalid, unsupported };  // unsupported: \p, names that are not ASCII
  enum class verdict { no, yes, undecided };

  explicit regex_twin(std::string_view pattern) : pattern_(decode(pattern)) {
    count_groups();
    root_ = disjunction();
    if (at_ < pattern_.size()) refuse();
    for (const auto& [name, reference] : references_) {
      if (names_.count(name) == 0) refuse();
      reference->number = names_[name];
    }
  }

  status state() const {
    return unsupported_ ? status::unsupported : invalid_ ? status::invalid : status::valid;
  }

  /// Precondition: the pattern is valid.
  verdict search(std::string_view text, std::size_t max_steps) {
    text_ = decode(text);
    steps_ = max_steps;
    for (std::size_t start = 0; start <= text_.size(); ++start) {
      const captures none(groups_ + 1, {unset, unset});
      if (match(*root_, start, none, false, [](std::size_t, const captures&) { return true; })) {
        return steps_ == 0 ? verdict::undecided : verdict::yes;
      }
      if (steps_ == 0) return verdict::undecided;
    }
    return verdict::no;
  }

 private:
  static constexpr std::size_t unset = std::numeric_limits<std::size_t>::max();
  static constexpr std::uint32_t stray = 0xFFFFFFFF;  // a byte that is not UTF-8
  using captures = std::vector<std::pair<std::size_t, std::size_t>>;
  using continuation = std::function<bool(std::size_t, const captures&)>;

  enum class kind { empty, set, sequence, choice, repeat, group, reference, look, begin, end, boundary };
  struct node {
    kind what = kind::empty;
    bool lazy = false, negative = false, behind = false;
    std::size_t min = 0, max = 0;
    std::size_t number = 0, first_group = 0, last_group = 0;  // groups inside: first < number <= last
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ranges;
    std::vector<std::unique_ptr<node>> children;
  };
  using tree = std::unique_ptr<node>;

  static tree make(kind what) {
    auto made = std::make_unique<node>();
    made->what = what;
    return made;
  }

  static std::vector<std::uint32_t> decode(std::string_view text) {
    std::vector<std::uint32_t> out;
    for (std::size_t i = 0; i < text.size();) {
      const auto byte = [&](std::size_t k) {
        return i + k < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[i + k])) : 0U;
      };
      const std::uint32_t lead = byte(0);
      const std::size_t length = lead < 0x80 ? 1 : lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 0;
      std::uint32_t c = length == 1 ? lead : lead & (0xFFU >> (length + 1));
      bool good = length != 0 && lead < 0xF8;
      for (std::size_t k = 1; k < length; ++k) {
        good = good && (byte(k) & 0xC0) == 0x80;
        c = c << 6 | (byte(k) & 0x3F);
      }
      const std::uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
      good = good && c >= least[length] && c <= 0x10FFFF;
      out.push_back(good ? c : stray);
      i += good ? length : 1;
    }
    return out;
  }

  // ---- The grammar ----

  bool ended() const { return at_ >= pattern_.size(); }
  std::uint32_t peek(std::size_t ahead = 0) const {
    return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : 0x110000;
  }
  bool eat(std::uint32_t c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool eat(const char* text) {
    std::size_t n = 0;
    for (; text[n] != '\0'; ++n) {
      if (peek(n) != static_cast<std::uint32_t>(static_cast<unsigned char>(text[n]))) return false;
    }
    at_ += n;
    return true;
  }
  void refuse() {
    invalid_ = true;
    at_ = pattern_.size();
  }

  void count_groups() {
    bool in_class = false;
    for (std::size_t i = 0; i < pattern_.size(); ++i) {
      const auto at = [&](std::size_t k) { return i + k < pattern_.size() ? pattern_[i + k] : 0; };
      if (at(0) == stray) invalid_ = true;
      if (at(0) == '\\') {
        ++i;
      } else if (in_class) {
        in_class = at(0) != ']';
      } else if (at(0) == '[') {
        in_class = true;
      } else if (at(0) == '(' && (at(1) != '?' || (at(2) == '<' && at(3) != '=' && at(3) != '!'))) {
        ++all_groups_;
      }
    }
  }

  tree disjunction() {
    auto choice = make(kind::choice);
    do {
      auto sequence = make(kind::sequence);
      while (!ended() && peek() != '|' && peek() != ')') sequence->children.push_back(term());
      choice->children.push_back(std::move(sequence));
    } while (eat('|'));
    return choice;
  }

  tree term() {
    const std::size_t groups_before = groups_;
    if (eat('^')) return make(kind::begin);
    if (eat('$')) return make(kind::end);
    if (eat("\\b")) return make(kind::boundary);
    if (eat("\\B")) {
      auto it = make(kind::boundary);
      it->negative = true;
      return it;
    }
    for (const char* opening : {"(?=", "(?!", "(?<=", "(?<!"}) {
      if (!eat(opening)) continue;
      auto it = make(kind::look);
      it->behind = opening[2] == '<';
      it->negative = opening[it->behind ? 3 : 2] == '!';
      it->children.push_back(disjunction());
      if (!eat(')')) refuse();
      return it;
    }
    tree it = atom();
    std::size_t min = 0, max = 0;
    if (!quantifier(min, max)) return it;
    auto repeat = make(kind::repeat);
    repeat->min = min;
    repeat->max = max;
    repeat->lazy = eat('?');
    repeat->first_group = groups_before;
    repeat->last_group = groups_;
    if (min > max) refuse();
    repeat->children.push_back(std::move(it));
    return repeat;
  }

  std::size_t number() {
    std::size_t n = 0;
    while (peek() >= '0' && peek() <= '9')
      n = std::min<std::size_t>(n * 10 + pattern_[at_++] - '0', 4294967294U);
    return n;
  }

  bool quantifier(std::size_t& min, std::size_t& max) {
    if (eat('*')) return min = 0, max = unset, true;
    if (eat('+')) return min = 1, max = unset, true;
    if (eat('?')) return min = 0, max = 1, true;
    if (peek() != '{') return false;
    ++at_;
    const auto digit = [this] { return peek() >= '0' && peek() <= '9'; };
    if (!digit()) return refuse(), false;
    min = max = number();
    if (eat(',')) max = digit() ? number() : unset;
    if (!eat('}')) return refuse(), false;
    return true;
  }

  tree atom() {
    if (eat('.')) {
      auto it = make(kind::set);
      it->ranges = {{'\n', '\n'}, {'\r', '\r'}, {0x2028, 0x2029}};
      it->negative = true;
      return it;
    }
    if (eat('(')) return group();
    if (eat('[')) return character_class();
    if (eat('\\')) return escaped();
    constexpr std::string_view special = "*+?{}[]|)";
    const std::uint32_t c = peek();
    if (ended() || (c < 0x80 && special.find(static_cast<char>(c)) != std::string_view::npos)) {
      refuse();
      return make(kind::empty);
    }
    ++at_;
    return one(c);
  }

  static tree one(std::uint32_t c) {
    auto it = make(kind::set);
    it->ranges = {{c, c}};
    return it;
  }

  tree group() {
    bool capturing = true;
    std::string name;
    if (eat('?')) {
      if (eat(':')) {
        capturing = false;
      } else if (eat('<')) {
        name = group_name();
      } else {
        refuse();
      }
    }
    auto it = make(capturing ? kind::group : kind::sequence);
    if (capturing) {
      it->number = ++groups_;
      if (!name.empty() && !names_.emplace(name, it->number).second) refuse();
    }
    it->children.push_back(disjunction());
    if (!eat(')')) refuse();
    return it;
  }

  std::string group_name() {
    std::string name;
    while (!ended() && peek() != '>') {
      const std::uint32_t c = pattern_[at_++];
      if (c >= 0x80 || c == '\\') unsupported_ = true;
      const bool letter = ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '$' || c == '_';
      if (!letter && (name.empty() || c < '0' || c > '9')) refuse();
      name += static_cast<char>(c & 0x7F);
    }
    if (!eat('>') || name.empty()) refuse();
    return name;
  }

  tree escaped() {
    if (peek() >= '1' && peek() <= '9') {
      auto it = make(kind::reference);
      it->number = number();
      if (it->number > all_groups_) refuse();
      return it;
    }
    if (eat('k')) {
      auto it = make(kind::reference);
      if (!eat('<')) refuse();
      references_.emplace_back(group_name(), it.get());
      return it;
    }
    auto it = make(kind::set);
    escape(*it, false);
    return it;
  }

  static bool in(const node& set, std::uint32_t c) {
    if (c == stray) return false;
    bool found = false;
    for (const auto& [first, last] : set.ranges) found = found || (c >= first && c <= last);
    return found != set.negative;
  }

  /// What stands behind a backslash; a negated class is written out, as classes hold them.
  void escape(node& set, bool in_class) {
    const std::uint32_t c = peek();
    if (ended()) return refuse();
    ++at_;
    using ranges = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
    const std::map<std::uint32_t, ranges> classes = {
        {'d', {{'0', '9'}}},
        {'D', {{0, '0' - 1}, {'9' + 1, 0x10FFFF}}},
        {'w', {{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}}},
        {'W',
         {{0, '0' - 1}, {'9' + 1, 'A' - 1}, {'Z' + 1, '_' - 1}, {'_' + 1, 'a' - 1}, {'z' + 1, 0x10FFFF}}},
        {'s',
         {{9, 13},
          {32, 32},
          {0xA0, 0xA0},
          {0x1680, 0x1680},
          {0x2000, 0x200A},
          {0x2028, 0x2029},
          {0x202F, 0x202F},
          {0x205F, 0x205F},
          {0x3000, 0x3000},
          {0xFEFF, 0xFEFF}}},
        {'S',
         {{0, 8},
          {14, 31},
          {33, 0x9F},
          {0xA1, 0x167F},
          {0x1681, 0x1FFF},
          {0x200B, 0x2027},
          {0x202A, 0x202E},
          {0x2030, 0x205E},
          {0x2060, 0x2FFF},
          {0x3001, 0xFEFE},
          {0xFF00, 0x10FFFF}}}};
    if (const auto found = classes.find(c); found != classes.end()) {
      set.ranges.insert(set.ranges.end(), found->second.begin(), found->second.end());
      return;
    }
    const std::map<std::uint32_t, std::uint32_t> controls = {
        {'t', 9}, {'n', 10}, {'v', 11}, {'f', 12}, {'r', 13}};
    std::uint32_t value = c;
    if (const auto found = controls.find(c); found != controls.end()) {
      value = found->second;
    } else if (c == 'p' || c == 'P') {
      unsupported_ = true;
    } else if (c == 'c') {
      const std::uint32_t letter = peek();
      if ((letter | 0x20) < 'a' || (letter | 0x20) > 'z' || letter >= 0x80) return refuse();
      ++at_;
      value = letter % 32;
    } else if (c == '0') {
      if (peek() >= '0' && peek() <= '9') return refuse();
      value = 0;
    } else if (c == 'x') {
      value = hexadecimal(2);
    } else if (c == 'u') {
      value = unicode();
    } else if (in_class && (c == 'b' || c == '-')) {
      value = c == 'b' ? 8 : c;
    } else if (c >= 0x80 ||
               std::string_view("^$\\.*+?()[]{}|/").find(static_cast<char>(c)) == std::string_view::npos) {
      return refuse();
    }
    set.ranges.emplace_back(value, value);
  }

  std::uint32_t hexadecimal(int digits) {
    std::uint32_t value = 0;
    for (; digits > 0; --digits) {
      const std::uint32_t c = peek();
      const std::uint32_t lower = c | 0x20;
      if (c >= '0' && c <= '9') {
        value = value * 16 + (c - '0');
      } else if (lower >= 'a' && lower <= 'f') {
        value = value * 16 + (lower - 'a' + 10);
      } else {
        refuse();
        return 0;
      }
      ++at_;
    }
    return value;
  }

  std::uint32_t unicode() {
    if (eat('{')) {
      std::uint32_t value = 0;
      bool any = false;
      while (!ended() && peek() != '}') {
        value = value * 16 + hexadecimal(1);
        any = true;
        if (value > 0x10FFFF) refuse();
      }
      if (!eat('}') || !any) refuse();
      return value;
    }
    const std::uint32_t high = hexadecimal(4);
    if (high < 0xD800 || high > 0xDBFF || peek() != '\\' || peek(1) != 'u') return high;
    const std::size_t before = at_;
    const bool was_invalid = invalid_;
    at_ += 2;
    const std::uint32_t low = peek() == '{' ? 0 : hexadecimal(4);
    if (low >= 0xDC00 && low <= 0xDFFF) return 0x10000 + (high - 0xD800) * 0x400 + (low - 0xDC00);
    at_ = before;
    invalid_ = was_invalid;
    return high;
  }

  tree character_class() {
    auto it = make(kind::set);
    it->negative = eat('^');
    const auto item = [this](node& set) {
      if (eat('\\')) return escape(set, true);
      const std::uint32_t c = pattern_[at_++];
      set.ranges.emplace_back(c, c);
    };
    const auto single = [](const node& set) {
      return set.ranges.size() == 1 && set.ranges[0].first == set.ranges[0].second;
    };
    while (!ended() && peek() != ']') {
      node first, last;
      item(first);
      if (peek() == '-' && peek(1) != ']' && at_ + 1 < pattern_.size()) {
        ++at_;
        item(last);
        if (invalid_) break;
        if (!single(first) || !single(last) || first.ranges[0].first > last.ranges[0].first) {
          refuse();
          break;
        }
        it->ranges.emplace_back(first.ranges[0].first, last.ranges[0].first);
      } else {
        it->ranges.insert(it->ranges.end(), first.ranges.begin(), first.ranges.end());
      }
    }
    if (!eat(']')) refuse();
    return it;
  }

  // ---- The semantics ----

  struct depth_guard {
    explicit depth_guard(int& depth) : depth_(depth) { ++depth_; }
    ~depth_guard() { --depth_; }
    int& depth_;
  };

  static bool word(std::uint32_t c) {
    return c < 0x80 && ((c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_');
  }

  bool match(const node& it, std::size_t at, const captures& x, bool backward, const continuation& c) {
    if (steps_ == 0) return false;
    --steps_;
    const depth_guard guard(depth_);
    if (depth_ > 600) steps_ = 0;  // undecided: continuations recurse on the text
    switch (it.what) {
      case kind::empty:
        return c(at, x);
      case kind::set: {
        if (at == (backward ? 0 : text_.size())) return false;
        return in(it, text_[backward ? at - 1 : at]) && c(backward ? at - 1 : at + 1, x);
      }
      case kind::sequence:
        return sequence(it, 0, at, x, backward, c);
      case kind::choice:
        for (const auto& child : it.children) {
          if (match(*child, at, x, backward, c)) return true;
        }
        return false;
      case kind::repeat:
        return repeat(it, it.min, it.max, at, x, backward, c);
      case kind::group:
        return match(*it.children[0], at, x, backward, [&](std::size_t end, const captures& y) {
          captures closed = y;
          closed[it.number] = backward ? std::pair(end, at) : std::pair(at, end);
          return c(end, closed);
        });
      case kind::reference: {
        const auto [first, last] = x[it.number];
        if (first == unset) return c(at, x);
        const std::size_t length = last - first;
        if (length > (backward ? at : text_.size() - at)) return false;
        const std::size_t from = backward ? at - length : at;
        for (std::size_t i = 0; i < length; ++i) {
          if (text_[first + i] != text_[from + i]) return false;
        }
        return c(backward ? from : at + length, x);
      }
      case kind::look: {
        captures inside;
        const bool found = match(*it.children[0], at, x, it.behind, [&](std::size_t, const captures& y) {
          inside = y;
          return true;
        });
        if (steps_ == 0 || found == it.negative) return false;
        return c(at, it.negative ? x : inside);
      }
      case kind::begin:
        return at == 0 && c(at, x);
      case kind::end:
        return at == text_.size() && c(at, x);
      case kind::boundary: {
        const bool before = at > 0 && word(text_[at - 1]);
        const bool after = at < text_.size() && word(text_[at]);
        return (before != after) != it.negative && c(at, x);
      }
    }
    return false;
  }

  bool sequence(const node& it, std::size_t done, std::size_t at, const captures& x, bool backward,
                const continuation& c) {
    if (done == it.children.size()) return c(at, x);
    const auto& child = it.children[backward ? it.children.size() - 1 - done : done];
    return match(*child, at, x, backward, [&, done](std::size_t end, const captures& y) {
      return sequence(it, done + 1, end, y, backward, c);
    });
  }

  /// RepeatMatcher.
  bool repeat(const node& it, std::size_t min, std::size_t max, std::size_t at, const captures& x,
              bool backward, const continuation& c) {
    if (steps_ == 0) return false;
    --steps_;
    if (max == 0) return c(at, x);
    captures reset = x;
    for (std::size_t g = it.first_group + 1; g <= it.last_group; ++g) reset[g] = {unset, unset};
    const auto again = [&](std::size_t end, const captures& y) {
      if (min == 0 && end == at) return false;
      return repeat(it, min == 0 ? 0 : min - 1, max == unset ? unset : max - 1, end, y, backward, c);
    };
    if (min != 0) return match(*it.children[0], at, reset, backward, again);
    if (it.lazy) return c(at, x) || match(*it.children[0], at, reset, backward, again);
    return match(*it.children[0], at, reset, backward, again) || c(at, x);
  }

  std::vector<std::uint32_t> pattern_;
  std::size_t at_ = 0;
  std::size_t groups_ = 0;
  std::size_t all_groups_ = 0;
  bool invalid_ = false;
  bool unsupported_ = false;
  std::map<std::string, std::size_t> names_;
  std::vector<std::pair<std::string, node*>> references_;
  tree root_;
  std::vector<std::uint32_t> text_;
  std::size_t steps_ = 0;
  int depth_ = 0;
};

}  // namespace reference
