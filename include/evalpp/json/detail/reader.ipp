// SPDX-License-Identifier: MIT
// The parser's loop, compiled once for each instruction set: reader.hpp includes this file again and
// again, with EVALPP_JSON_TARGET and the kernels of scan.hpp of that instruction set. No include guard,
// no includes.

/// The first byte from `at` on that is no whitespace. Most often that is the first or second one.
EVALPP_JSON_TARGET EVALPP_ALWAYS_INLINE char* skip(char* at) {
  if (static_cast<unsigned char>(*at) > ' ') return at;
  if (*at == ' ' && static_cast<unsigned char>(at[1]) > ' ') return at + 1;
  return skip_space(at);
}

/// A string with escapes or with bytes beyond ASCII, the first of them at `at`.
EVALPP_JSON_TARGET EVALPP_NOINLINE inline char* read_long_string(reading& in, char* from, char* at,
                                                                 node& out) {
  char* run = from;  // from here on nothing has been moved
  char* to = from;   // where it belongs
  for (;;) {
    const auto byte = static_cast<unsigned char>(*at);
    if (byte == '"') break;
    if (byte >= 0x80) {
      do {
        const text::utf8_step character = text::decode_utf8(at, in.last);
        if (!character.well_formed) {
          return in.refuse(fault::bad_utf8, at, "well-formed UTF-8", "convert the text to UTF-8");
        }
        at += character.length;
      } while (static_cast<unsigned char>(*at) >= 0x80);
    } else if (byte == '\\') {
      const std::size_t plain = static_cast<std::size_t>(at - run);
      if (to != run) std::memmove(to, run, plain);
      to += plain;
      at = in.escape(at, to);
      if (at == nullptr) return nullptr;
      run = at;
    } else if (byte < 0x20) {
      return in.refuse_character(at);
    }
    for (;; at += step) {
      const string_bytes<mask> found = classify(at);
      if ((found.quotes | found.special) == 0) continue;
      at += place(found.quotes | found.special);
      break;
    }
  }
  const std::size_t plain = static_cast<std::size_t>(at - run);
  if (to != run) std::memmove(to, run, plain);
  to += plain;
  out = node::of(kind::string, static_cast<std::size_t>(to - from), in.offset(from));
  return at + 1;
}

/// The string whose opening quote is at `at`; returns what follows it.
EVALPP_JSON_TARGET EVALPP_ALWAYS_INLINE char* read_string(reading& in, char* at, node& out) {
  char* const from = ++at;
  for (;; at += step) {
    const string_bytes<mask> found = classify(at);
    const mask up_to_quote = found.quotes ^ (found.quotes - 1);
    if ((found.special & up_to_quote) != 0) return read_long_string(in, from, at + place(found.special), out);
    if (found.quotes == 0) continue;
    at += place(found.quotes);
    out = node::of(kind::string, static_cast<std::size_t>(at - from), in.offset(from));
    return at + 1;
  }
}

/// The key at `at` and the colon behind it; returns where the value begins.
EVALPP_JSON_TARGET EVALPP_ALWAYS_INLINE char* read_key(reading& in, char* at, node& out) {
  if (*at != '"') return in.refuse_key(at);
  at = read_string(in, at, out);
  if (at == nullptr) return nullptr;
  at = skip(at);
  if (*at != ':') return in.refuse_here(fault::expected_colon, at, "':' after the key");
  return skip(at + 1);
}

EVALPP_JSON_TARGET EVALPP_ALWAYS_INLINE char* read_number(reading& in, char* at, node& out) {
  number_token token = number_end(at);
  if (token.end == nullptr) token.end = in.number(at, token.whole);
  if (token.end == nullptr) return nullptr;
  out = node::of(kind::number, static_cast<std::size_t>(token.end - at), in.offset(at),
                 token.whole ? node::whole : 0);
  return token.end;
}

/// Moves the children of the container at `open`, which end at `top`, to the document, and makes the
/// container the node that it is there. False when it has a key twice and may not.
EVALPP_JSON_TARGET EVALPP_ALWAYS_INLINE bool close(reading& in, buffer<node>& nodes, std::size_t open,
                                                   const node* top, bool object) {
  node* const container = in.stack.data() + open;
  std::size_t count = static_cast<std::size_t>(top - container) - 1;
  if (object && !in.keys.surely_distinct({container + 1, count / 2, in.first})) {
    count = 2 * in.merge_members(open + 1, count / 2);
    if (count == 0) return false;
  }
  if (nodes.size() - in.done <= count) nodes.resize((std::max)(2 * nodes.size(), in.done + count + 1));
  node* const to = nodes.data() + in.done;
  for (std::size_t i = 0; i < count; ++i) to[i] = container[1 + i];
  *container = object ? node::of(kind::object, count / 2, in.done) : node::of(kind::array, count, in.done);
  in.done += count;
  return true;
}

/// One pass over the text in `in`. Values go onto the stack; when a container closes, its children move
/// to `nodes`, so that they lie side by side; the root comes last. What nests is kept on the stack, so
/// that depth costs memory and no calls: an open container is a node that says what kind the one around
/// it is and where it stands. False when the text was refused.
EVALPP_JSON_TARGET inline bool read(reading& in, buffer<node>& nodes) {
  node* top = in.stack.data();
  std::size_t open = 0;  // the innermost open container
  bool object = false;   // is it one?
  std::size_t depth = 0;
  char* at = skip(in.first);
  for (;;) {
    // A value, and room for the key that may come before the next one.
    if (in.stack.data() + in.stack.size() - top < 2) top = in.grow_stack(top);
    switch (*at) {
      case '"':
        at = read_string(in, at, *top);
        if (at == nullptr) return false;
        ++top;
        break;
      case '-':
      case '0':
      case '1':
      case '2':
      case '3':
      case '4':
      case '5':
      case '6':
      case '7':
      case '8':
      case '9':
        at = read_number(in, at, *top);
        if (at == nullptr) return false;
        ++top;
        break;
      case 't':
        if (std::memcmp(at, "true", 4) != 0) return in.refuse_value(at);
        *top++ = node::of(kind::boolean, 1, 0);
        at += 4;
        break;
      case 'f':
        if (std::memcmp(at, "false", 5) != 0) return in.refuse_value(at);
        *top++ = node::of(kind::boolean, 0, 0);
        at += 5;
        break;
      case 'n':
        if (std::memcmp(at, "null", 4) != 0) return in.refuse_value(at);
        *top++ = node::of(kind::null, 0, 0);
        at += 4;
        break;
      case '{':
      case '[':
        if (depth == in.options.max_depth) {
          return in.refuse(fault::depth, at, "no deeper nesting than the limit allows",
                           "raise max_depth if this is wanted");
        }
        *top = node::of(object ? kind::object : kind::array, 0, open);
        open = static_cast<std::size_t>(top - in.stack.data());
        object = *at == '{';
        ++top;
        ++depth;
        at = skip(at + 1);
        if (*at == (object ? '}' : ']')) break;
        if (object) {
          at = read_key(in, at, *top);
          if (at == nullptr) return false;
          ++top;
        }
        continue;
      default:
        return in.refuse_value(at);
    }
    // What follows it: the ends of containers, then a comma.
    for (;;) {
      at = skip(at);
      if (depth == 0) {
        if (nodes.size() == in.done) nodes.resize(in.done + 1);
        nodes[in.done++] = in.stack[0];
        if (at == in.last) return true;
        return in.refuse(fault::trailing, at, "the end of the text after the value",
                         *at == '{' || *at == '[' ? "several values, one per line, are JSONL" : "");
      }
      if (*at == ',') {
        at = skip(at + 1);
        if (object) {
          at = read_key(in, at, *top);
          if (at == nullptr) return false;
          ++top;
        }
        break;
      }
      if (*at != (object ? '}' : ']')) {
        return in.refuse_here(fault::expected_comma_or_close, at,
                              object ? "',' or '}' after a member" : "',' or ']' after an element");
      }
      ++at;
      --depth;
      const node around = in.stack[open];
      if (!close(in, nodes, open, top, object)) return false;
      top = in.stack.data() + open + 1;
      open = static_cast<std::size_t>(around.where);
      object = around.type() == kind::object;
    }
  }
}
