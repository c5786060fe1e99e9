// SPDX-License-Identifier: MIT
// The reader that checks, compiled once for each instruction set: fused_reader.hpp includes this file again
// and again, with EVALPP_FUSED_TARGET and the steps of fused_kernels.hpp for that set. What every value takes
// is EVALPP_FUSED_HOT, what few do EVALPP_FUSED_COLD. No include guard, and no includes but that of its
// other half.
//
// Everything returns the spot behind what it has read, or null when that is no JSON or does not fit; which
// of the two is not known, and nobody asks. What a spot is, and how one comes from one to the next, the
// kernels say: a byte of the text, or an entry of its structural index.

class fused_reader {
 public:
  fused_reader(const program& p, const fused_program& f, fused_memory& m)
      : m_(m),
        p_(p),
        f_(f),
        nodes_(f.nodes.data()),
        numbers_(f.numbers.data()),
        strings_(f.strings.data()),
        arrays_(f.arrays.data()),
        objects_(f.objects.data()),
        keys_(f.keys.data()),
        lists_(f.lists.data()),
        slots_(f.slots.data()),
        last_(m.frames.data() + m.max_containers),
        text_(m) {}

  /// Whether the text in memory fits; see `fused_memory::undecided`.
  EVALPP_FUSED_TARGET bool read() {
    const spot at = value(text_.next(text_.first()), nodes_ + f_.root, m_.frames.data());
    return at != nullptr && text_.next(at) == text_.last();
  }

 private:
  /// A string that has been read. Both ends are those of its text: what it says may need no second form.
  struct string_text {
    const char* data = nullptr;  ///< eight bytes can be read from anywhere in it
    std::size_t size = 0;
    std::uint64_t length = 0;  ///< code points
    bool decoded = false;      ///< `data` is a copy without escapes
  };

  EVALPP_FUSED_TARGET spot value(spot p, const fused_node* n, fused_frame* base);
  EVALPP_FUSED_TARGET const fused_node* settle(spot p, const fused_node* n, fused_frame* top,
                                               fused_kind& kind);
  EVALPP_FUSED_TARGET const fused_node* find_tag(spot p, const fused_tag& tag, fused_frame* top);
  EVALPP_FUSED_TARGET spot literal(spot p, const fused_node& n) const;
  EVALPP_FUSED_TARGET spot number(spot p, const fused_node& n) const;
  EVALPP_FUSED_TARGET spot numbers(spot p, const fused_node& n, fused_frame& array) const;
  EVALPP_FUSED_TARGET spot long_number(spot p, const char* end, const fused_node& n) const;
  EVALPP_FUSED_TARGET bool number_fits(const fused_number& rule, const char* p,
                                       const number_extent& shape) const;
  EVALPP_FUSED_TARGET bool number_fits_slowly(const fused_number& rule, std::string_view text) const;
  EVALPP_FUSED_TARGET spot string(spot p, const fused_node& n);
  EVALPP_FUSED_TARGET spot odd_string(spot p, const fused_node& n);
  EVALPP_FUSED_TARGET spot read_string(spot start, string_text& out, bool decode);
  EVALPP_FUSED_TARGET const char* escape(const char* p, char32_t& code) const;
  EVALPP_FUSED_TARGET bool string_fits(const fused_string& rule, const string_text& text);
  EVALPP_FUSED_TARGET bool passes(const fused_string& rule, const string_text& text);
  EVALPP_FUSED_TARGET spot member(spot p, fused_frame& object, const fused_node*& n);
  EVALPP_FUSED_TARGET spot other_member(spot p, fused_frame& object, const fused_node*& n);
  EVALPP_FUSED_TARGET bool see(fused_frame& object, const fused_key& key);
  EVALPP_FUSED_TARGET bool see_late(fused_frame& object, const fused_key& key);
  EVALPP_FUSED_TARGET bool note(fused_frame& object, const fused_key& key);
  EVALPP_FUSED_TARGET bool seen(const fused_frame& object, std::size_t key) const;
  EVALPP_FUSED_TARGET index undeclared(fused_frame& object, const fused_object& rules,
                                       const string_text& name, spot p);
  EVALPP_FUSED_TARGET bool insert(const fused_frame& object, const string_text& name);
  EVALPP_FUSED_TARGET bool insert_names_to(fused_frame& object, spot last);
  EVALPP_FUSED_TARGET fused_frame* open(fused_frame* top, const fused_node& n, spot p);
  EVALPP_FUSED_TARGET void open_large(fused_frame& object, index keys);
  EVALPP_FUSED_TARGET const fused_node* item(fused_frame& array) const;
  EVALPP_FUSED_TARGET spot close_object(spot p, fused_frame* top);
  EVALPP_FUSED_TARGET bool object_fits(spot p, fused_frame* top);
  EVALPP_FUSED_TARGET spot close_array(spot p, fused_frame* top);
  EVALPP_FUSED_TARGET bool look_again(const fused_node& n, spot first, spot last, fused_frame* top);
  EVALPP_FUSED_TARGET bool look(const fused_check& check, spot first, spot last, fused_frame* top);
  EVALPP_FUSED_TARGET bool look_by_engine(const fused_check& check, spot first, spot last);
  EVALPP_FUSED_TARGET bool contains(const fused_check& check, spot first, fused_frame* top);
  EVALPP_FUSED_TARGET bool fits(index node, spot first, spot last, fused_frame* top);
  EVALPP_FUSED_TARGET bool matches(index pattern, std::string_view text);
  EVALPP_FUSED_TARGET const fused_key* find(const fused_names& names, const string_text& name) const;
  EVALPP_FUSED_TARGET bool too_deep(const fused_frame* top);
  EVALPP_FUSED_TARGET bool spend(std::size_t bytes);
  EVALPP_FUSED_TARGET std::size_t bytes_between(spot first, spot last) const;

  fused_memory& m_;
  const program& p_;
  const fused_program& f_;
  const fused_node* const nodes_;
  const fused_number* const numbers_;
  const fused_string* const strings_;
  const fused_array* const arrays_;
  const fused_object* const objects_;
  const fused_key* const keys_;
  const index* const lists_;
  const index* const slots_;
  fused_frame* const last_;
  const spots text_;
};

// ---- The walk ----

/// Reads a value and all that lies in it. The containers that are open lie above `base`.
EVALPP_FUSED_TARGET inline spot fused_reader::value(spot p, const fused_node* n, fused_frame* base) {
  fused_frame* top = base;
  for (;;) {
    fused_kind kind = n->kind;
    if (kind >= fused_kind::mixed) {
      n = settle(p, n, top, kind);
      if (n == nullptr) return nullptr;
    }
    const spot start = p;
    if (kind == fused_kind::string) {
      p = string(p, *n);
    } else if (kind == fused_kind::number) {
      p = number(p, *n);
    } else if (kind == fused_kind::object) {
      if (text_[p] != '{' || too_deep(top)) return nullptr;
      top = open(top, *n, p);
      p = text_.next_line(p + 1, top->indent);
      if (text_[p] != '}') {
        p = member(p, *top, n);
        if (p == nullptr) return nullptr;
        continue;
      }
      p = close_object(p, top--);
      n = nodes_;
    } else if (kind == fused_kind::array) {
      if (text_[p] != '[' || too_deep(top)) return nullptr;
      top = open(top, *n, p);
      p = text_.next_line(p + 1, top->indent);
      if (text_[p] != ']') {
        n = item(*top);
        if (n->kind != fused_kind::number || n->checks.count != 0 || top->items == nullptr) continue;
        p = numbers(p, *n, *top);
        if (p == nullptr) return nullptr;
      }
      p = close_array(p, top--);
      n = nodes_;
    } else {
      p = literal(p, *n);
    }
    if (p == nullptr || (n->checks.count != 0 && !look_again(*n, start, p, top))) return nullptr;

    // Behind a value: the next one, or the ends of what it was the last one of.
    for (;;) {
      if (top == base) return p;
      if (text_[p] != ',') {
        p = text_.next_line(p, top[-1].indent);
        if (text_[p] != ',') {
          p = top->guess != nullptr ? close_object(p, top) : close_array(p, top);
          if (p == nullptr) return nullptr;
          --top;
          continue;
        }
      }
      p = text_.next_line(p + 1, top->indent);
      if (top->guess == nullptr) {
        n = item(*top);
      } else {
        p = member(p, *top, n);
        if (p == nullptr) return nullptr;
      }
      break;
    }
  }
}

/// Turns to the node for the kind of value that begins here; null: none fits.
EVALPP_FUSED_COLD const fused_node* fused_reader::settle(spot p, const fused_node* n, fused_frame* top,
                                                         fused_kind& kind) {
  const fused_kind here = kind_at(text_[p]);
  if (here == fused_kind::never) return nullptr;
  while (n != nullptr) {
    kind = n->kind;
    switch (kind) {
      case fused_kind::mixed:
        kind = here;
        return (n->types & bits_of(here)) != 0 ? n : nullptr;
      case fused_kind::by_type:
        n = nodes_ + lists_[n->objects + static_cast<std::size_t>(here)];
        break;
      case fused_kind::by_tag:
        n = here == fused_kind::object ? find_tag(p, f_.tags[n->objects], top) : nullptr;
        break;
      case fused_kind::never:
        return nullptr;
      default:
        return n;
    }
  }
  return nullptr;
}

/// Looks for the member whose string says which node the object is meant to fit.
EVALPP_FUSED_COLD const fused_node* fused_reader::find_tag(spot p, const fused_tag& tag, fused_frame* top) {
  const spot start = p;
  if (too_deep(top)) return nullptr;
  p = text_.next(p + 1);
  const fused_node* found = nullptr;
  ++m_.looks;
  for (;;) {
    if (text_[p] != '"') break;
    bool here = goes_on_with(text_.at(p), tag.key.pattern, tag.key.bits);
    if (here) {
      p = text_.behind_key(p, tag.key.size);
    } else {
      string_text name;
      p = read_string(p, name, true);
      if (p == nullptr) break;
      here = std::string_view(name.data, name.size) ==
             std::string_view(f_.names.data() + tag.key.name, tag.key.size);
      p = text_.next(p);
      if (text_[p] != ':') break;
      p = text_.next(p + 1);
    }
    if (here) {
      string_text text;
      if (text_[p] != '"') break;
      p = read_string(p, text, true);
      if (p == nullptr) break;
      const fused_key* const value = find(tag.values, text);
      if (value != nullptr && spend(bytes_between(start, p))) found = nodes_ + value->node;
      break;
    }
    if (m_.looks > max_looks) {
      m_.undecided = true;
      break;
    }
    p = value(p, nodes_ + any_node, top + 1);
    if (p == nullptr) break;
    p = text_.next(p);
    if (text_[p] != ',') break;
    p = text_.next(p + 1);
  }
  --m_.looks;
  return found;
}

#include <evalpp/json/detail/fused_scalars.ipp>

// ---- Containers ----

/// More containers inside one another than a text may have, or than can be followed here.
EVALPP_FUSED_HOT bool fused_reader::too_deep(const fused_frame* top) {
  if (top < last_) return false;
  m_.undecided = m_.undecided || !m_.depth_is_syntax;
  return true;
}

EVALPP_FUSED_HOT fused_frame* fused_reader::open(fused_frame* top, const fused_node& n, spot p) {
  const std::uint32_t indent = top->indent + 2;
  ++top;
  top->node = &n;
  top->start = text_.number_of(p);
  top->seen = 0;
  top->count = 0;
  top->object = 0;
  top->indent = indent;
  if (text_[p] == '[') {
    const fused_array& rules = arrays_[n.arrays];
    top->guess = nullptr;
    top->items = rules.prefix.count == 0 ? nodes_ + rules.items : nullptr;
  } else {
    const range keys = objects_[n.objects].names.keys;
    top->guess = keys_ + keys.first;
    if (keys.count > 64) open_large(*top, keys.count);
  }
  return top;
}

EVALPP_FUSED_COLD void fused_reader::open_large(fused_frame& object, index keys) {
  object.words = static_cast<std::uint32_t>(m_.words.size());
  m_.words.resize(m_.words.size() + (keys - 1) / 64);
}

EVALPP_FUSED_HOT const fused_node* fused_reader::item(fused_frame& array) const {
  const std::uint64_t i = array.count++;
  if (array.items != nullptr) return array.items;
  const fused_array& rules = arrays_[array.node->arrays];
  return nodes_ +
         (i < rules.prefix.count ? lists_[rules.prefix.first + static_cast<std::size_t>(i)] : rules.items);
}

/// Reads a name, the colon and the blanks behind it, and turns to the node for the value.
EVALPP_FUSED_HOT spot fused_reader::member(spot p, fused_frame& object, const fused_node*& n) {
  const fused_key& key = *object.guess;
  if (!goes_on_with(text_.at(p), key.pattern, key.bits)) return other_member(p, object, n);
  n = nodes_ + key.node;
  const std::uint32_t size = key.size;
  return see(object, key) ? text_.behind_key(p, size) : nullptr;
}

EVALPP_FUSED_COLD spot fused_reader::other_member(spot p, fused_frame& object, const fused_node*& n) {
  if (text_[p] != '"') return nullptr;
  const fused_object& rules = objects_[object.node->objects];
  const spot key_at = p;
  string_text name;
  if (const char* const end = text_.string_end(p); *end == '"') {
    const char* const data = text_.at(p) + 1;
    const auto size = static_cast<std::size_t>(end - data);
    name = {data, size, rules.name_node != any_node ? text_.code_points(data, size) : size, false};
    p = text_.behind_string(p, end);
  } else {
    p = read_string(p, name, true);
    if (p == nullptr) return nullptr;
  }
  if (rules.name_node != any_node) {
    const fused_node& names = nodes_[rules.name_node];
    if ((names.types & type_bit::string) == 0 || !string_fits(strings_[names.strings], name)) return nullptr;
  }
  const fused_key* const key = rules.names.keys.count != 0 ? find(rules.names, name) : nullptr;
  if (key != nullptr) {
    if (!note(object, *key)) return nullptr;
    n = nodes_ + key->node;
  } else {
    const index node = undeclared(object, rules, name, key_at);
    if (node == never_node) return nullptr;
    n = nodes_ + node;
  }
  p = text_.next(p);
  return text_[p] == ':' ? text_.next(p + 1) : nullptr;
}

/// The node for a member whose name is not among the keys; `never_node` too when the name comes twice.
EVALPP_FUSED_COLD index fused_reader::undeclared(fused_frame& object, const fused_object& rules,
                                                 const string_text& name, spot p) {
  index node = rules.additional;
  const std::string_view plain(name.data, name.size);
  if (rules.patterns.count != 0) {
    index matched = 0;
    for (index i = 0; i < rules.patterns.count; ++i) {
      matched |= matches(lists_[rules.patterns.first + i], plain) ? 1U << i : 0U;
    }
    if (m_.undecided) return never_node;
    node = lists_[rules.by_pattern + matched];
  }
  ++object.count;
  if (node == never_node || m_.looks != 0) return node;  // it is not read for the first time
  if (object.object == 0) {
    if (text_.surely_new(object, name.data, name.size)) return node;
    object.object = m_.names.size() + 1;
    if (spots::filters) return insert_names_to(object, p) ? node : never_node;
  }
  return insert(object, name) ? node : never_node;
}

/// False when the object has the name already, as far as its names are in the set.
EVALPP_FUSED_HOT bool fused_reader::insert(const fused_frame& object, const string_text& name) {
  const bool good =
      m_.names.insert(object.object, name_hash(name.data, name.size), {name.data, name.size}, !name.decoded);
  m_.undecided = m_.undecided || m_.names.degenerate();
  return good && !m_.undecided;
}

/// Inserts all names of the object up to the one at `last`.
EVALPP_FUSED_COLD bool fused_reader::insert_names_to(fused_frame& object, spot last) {
  spot p = text_.numbered(object.start);
  if (!spend(bytes_between(p, last))) return false;
  ++m_.looks;
  p = text_.next(p + 1);
  for (;;) {
    const bool done = p == last;
    string_text name;
    p = text_.next(read_string(p, name, true));
    if (!insert(object, name)) p = nullptr;
    if (done || p == nullptr) break;
    p = text_.next(value(text_.next(p + 1), nodes_ + any_node, &object));
    p = text_.next(p + 1);
  }
  --m_.looks;
  return p != nullptr;
}

/// Notes that a key has come; false when it has come before.
EVALPP_FUSED_HOT bool fused_reader::see(fused_frame& object, const fused_key& key) {
  object.guess = &key + 1;
  const std::uint64_t now = object.seen | key.bit;
  if (now == object.seen) return see_late(object, key);
  object.seen = now;
  return true;
}

/// A key that has come before, one that has its bit elsewhere, or the pattern that stands for none.
EVALPP_FUSED_COLD bool fused_reader::see_late(fused_frame& object, const fused_key& key) {
  return key.bit == 0 && key.plain() && note(object, key);
}

/// The same for a key that has been looked up.
EVALPP_FUSED_COLD bool fused_reader::note(fused_frame& object, const fused_key& key) {
  object.guess = &key + 1;
  const auto position =
      static_cast<std::size_t>(&key - keys_) - objects_[object.node->objects].names.keys.first;
  std::uint64_t& word = position < 64 ? object.seen : m_.words[object.words + position / 64 - 1];
  const std::uint64_t bit = std::uint64_t{1} << (position % 64);
  if ((word & bit) != 0) return false;
  word |= bit;
  return true;
}

EVALPP_FUSED_HOT bool fused_reader::seen(const fused_frame& object, std::size_t key) const {
  const std::uint64_t word = key < 64 ? object.seen : m_.words[object.words + key / 64 - 1];
  return (word >> (key % 64) & 1U) != 0;
}

EVALPP_FUSED_HOT spot fused_reader::close_object(spot p, fused_frame* top) {
  const fused_object& rules = objects_[top->node->objects];
  if (text_[p] != '}' || (rules.required & ~top->seen) != 0) return nullptr;
  ++p;
  if (top->object != 0) m_.names.shrink(top->object - 1);
  if ((!rules.plain || top->node->checks.count != 0) && !object_fits(p, top)) return nullptr;
  return p;
}

EVALPP_FUSED_COLD bool fused_reader::object_fits(spot p, fused_frame* top) {
  const fused_object& rules = objects_[top->node->objects];
  const index keys = rules.names.keys.count;
  std::uint64_t members = top->count + static_cast<unsigned>(std::popcount(top->seen));
  if (keys > 64) {
    for (std::size_t i = 0; i < (keys - 1) / 64; ++i) {
      members += static_cast<unsigned>(std::popcount(m_.words[top->words + i]));
      if ((f_.masks[rules.more_required + i] & ~m_.words[top->words + i]) != 0) return false;
    }
  }
  if (members < rules.min_properties || members > rules.max_properties) return false;
  for (index i = 0; i < rules.dependencies.count; ++i) {
    const fused_dependency& each = f_.dependencies[rules.dependencies.first + i];
    if (!seen(*top, each.trigger)) continue;
    for (index k = 0; k < each.required.count; ++k) {
      if (!seen(*top, lists_[each.required.first + k])) return false;
    }
    if (each.node != none && !fits(each.node, text_.numbered(top->start), p, top)) return false;
  }
  if (keys > 64) m_.words.resize(top->words);
  return look_again(*top->node, text_.numbered(top->start), p, top);
}

EVALPP_FUSED_HOT spot fused_reader::close_array(spot p, fused_frame* top) {
  const fused_array& rules = arrays_[top->node->arrays];
  if (text_[p] != ']' || top->count < rules.min_items || top->count > rules.max_items) return nullptr;
  ++p;
  if (top->node->checks.count != 0 && !look_again(*top->node, text_.numbered(top->start), p, top))
    return nullptr;
  return p;
}

// ---- Second looks at a value that has been read ----

EVALPP_FUSED_COLD bool fused_reader::look_again(const fused_node& n, spot first, spot last,
                                                fused_frame* top) {
  for (index i = 0; i < n.checks.count; ++i) {
    if (!look(f_.checks[n.checks.first + i], first, last, top)) return false;
  }
  return true;
}

EVALPP_FUSED_COLD bool fused_reader::look(const fused_check& check, spot first, spot last, fused_frame* top) {
  index fitting = 0;
  switch (check.what) {
    case fused_check::op::any:
    case fused_check::op::one: {
      const index enough = check.what == fused_check::op::any ? 1 : 2;
      for (index i = 0; i < check.list.count && fitting < enough && !m_.undecided; ++i) {
        if (fits(lists_[check.list.first + i], first, last, top)) ++fitting;
      }
      return fitting == 1 && !m_.undecided;
    }
    case fused_check::op::negation:
      return !fits(check.a, first, last, top) && !m_.undecided;
    case fused_check::op::condition: {
      const index next = fits(check.a, first, last, top) ? check.b : check.c;
      return !m_.undecided && (next == none || fits(next, first, last, top));
    }
    case fused_check::op::contains:
      return text_[first] != '[' || contains(check, first, top);
    case fused_check::op::unique:
      return text_[first] != '[' || look_by_engine(check, first, last);
    case fused_check::op::member:  // a scalar was looked up when it was read
      return (text_[first] != '[' && text_[first] != '{') || look_by_engine(check, first, last);
  }
  return false;
}

/// Reads the value once more, by another node.
EVALPP_FUSED_COLD bool fused_reader::fits(index node, spot first, spot last, fused_frame* top) {
  if (node == any_node) return true;
  if (!spend(bytes_between(first, last))) return false;
  if (m_.looks >= max_looks) {
    m_.undecided = true;
    return false;
  }
  ++m_.looks;
  const std::size_t words = m_.words.size();
  const bool good = value(first, nodes_ + node, top) != nullptr;
  m_.words.resize(words);
  --m_.looks;
  return good;
}

EVALPP_FUSED_COLD bool fused_reader::contains(const fused_check& check, spot first, fused_frame* top) {
  std::uint64_t found = 0;
  if (m_.looks >= max_looks) m_.undecided = true;
  if (m_.undecided) return false;
  spot p = text_.next(first + 1);
  ++m_.looks;
  while (text_[p] != ']' && !m_.undecided) {
    const std::size_t words = m_.words.size();
    spot end = value(p, nodes_ + check.a, top);
    if (m_.undecided) break;
    if (end != nullptr) {
      ++found;
    } else {
      m_.words.resize(words);
      end = value(p, nodes_ + any_node, top);
    }
    if (end == nullptr || !spend(2 * bytes_between(p, end))) break;
    p = text_.next(end);
    if (text_[p] == ',') p = text_.next(p + 1);
  }
  --m_.looks;
  return !m_.undecided && found >= check.least && found <= check.most;
}

/// Equality of whole values is the engine's, on a document made of this value alone.
EVALPP_FUSED_COLD bool fused_reader::look_by_engine(const fused_check& check, spot first, spot last) {
  json::value v;
  const std::size_t size = bytes_between(first, last);
  if (!spend(4 * size) || !m_.parser.parse({text_.at(first), size}, v)) {
    m_.undecided = true;
    return false;
  }
  m_.engine.start(p_, m_.limits);
  std::size_t one = 0;
  std::size_t two = 0;
  const bool good = check.what == fused_check::op::unique ? !m_.engine.find_twins(v, one, two)
                                                          : m_.engine.in_set(check.a, v);
  m_.undecided = m_.undecided || m_.engine.limit() != validation_limit::none;
  return good && !m_.undecided;
}

/// False when reading again has become more work than the document.
EVALPP_FUSED_COLD bool fused_reader::spend(std::size_t bytes) {
  if (m_.again < bytes) {
    m_.undecided = true;
    return false;
  }
  m_.again -= bytes;
  return true;
}

EVALPP_FUSED_HOT std::size_t fused_reader::bytes_between(spot first, spot last) const {
  return static_cast<std::size_t>(text_.at(last) - text_.at(first));
}
