import {
  EVENT_ID,
  type Event,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  parseEvents,
  SCALAR_STYLE
} from "js-yaml";

/** A value of a YAML file with the places of what is in it, as offsets in the text. */
export interface Placed {
  readonly value: unknown;
  readonly start: number;
  /** Entries of a mapping by key, or of a list by index; undefined of a scalar. */
  readonly entries?: ReadonlyMap<string, {readonly key: number; readonly node: Placed}>;
}

/** Deeper than any definition; a reader that tells why is asked then. */
const deepest = 40;

/**
 * Reads a YAML file whose form leaves no doubt, some five times as fast as the reader that tells faults: a plan of four
 * hundred milestones is read at each command.
 *
 * @returns Null of everything else: a fault, an anchor, a tag, a second document, a repeated key, a number in an
 *   unusual form. Then that reader has the say.
 */
export function readQuickly(text: string): Placed | null {
  try {
    return new QuickReader(text, parseEvents(text, {maxDepth: deepest})).document();
  } catch {
    // Whatever is wrong with it is told by the reader that tells faults.
    return null;
  }
}

/** Thrown where a file is not plain, and caught above. */
class NotPlain extends Error {}

class QuickReader {
  readonly #text: string;
  readonly #events: readonly Event[];
  #at = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  document(): Placed {
    const first = this.#next();
    if (first.type !== EVENT_ID.DOCUMENT || first.explicitStart || first.directives.length > 0) throw new NotPlain();
    const node = this.#node();
    if (node === null || node.value === null) throw new NotPlain();
    if (this.#next().type !== EVENT_ID.POP || this.#at < this.#events.length) throw new NotPlain();
    return node;
  }

  #next(): Event {
    const event = this.#events[this.#at++];
    if (event === undefined) throw new NotPlain();
    return event;
  }

  /** Null: nothing stands there. */
  #node(): Placed | null {
    const event = this.#next();
    if (event.type === EVENT_ID.ALIAS || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP)
      throw new NotPlain();
    if (event.anchorStart >= 0 || event.tagStart >= 0) throw new NotPlain();
    if (event.type === EVENT_ID.MAPPING) return this.#mapping(event.start);
    if (event.type === EVENT_ID.SEQUENCE) return this.#list(event.start);
    if (event.valueStart < 0) return null;
    return {value: this.#scalar(event), start: this.#startOf(event)};
  }

  #isOver(): boolean {
    if (this.#events[this.#at]?.type !== EVENT_ID.POP) return false;
    this.#at++;
    return true;
  }

  #mapping(start: number): Placed {
    const value: Record<string, unknown> = {};
    const entries = new Map<string, {key: number; node: Placed}>();
    while (!this.#isOver()) {
      const key = this.#node();
      // A key that is null, or no scalar, is refused by name.
      if (key === null || key.value === null || key.entries !== undefined) throw new NotPlain();
      const name = String(key.value);
      if (name === "<<" || name === "__proto__" || entries.has(name)) throw new NotPlain();
      const node = this.#node() ?? {value: null, start: key.start};
      entries.set(name, {key: key.start, node});
      value[name] = node.value;
    }
    return {value, start, entries};
  }

  #list(start: number): Placed {
    const value: unknown[] = [];
    const entries = new Map<string, {key: number; node: Placed}>();
    while (!this.#isOver()) {
      const node = this.#node();
      if (node === null) throw new NotPlain();
      entries.set(String(value.length), {key: node.start, node});
      value.push(node.value);
    }
    return {value, start, entries};
  }

  #scalar(event: ScalarEvent): unknown {
    const text = getScalarValue(this.#text, event);
    return event.style === SCALAR_STYLE.PLAIN ? plainValue(text) : text;
  }

  /** With its quotes, or the sign that a block of text begins with. */
  #startOf({style, valueStart}: ScalarEvent): number {
    if (style === SCALAR_STYLE.PLAIN) return valueStart;
    if (style === SCALAR_STYLE.SINGLE_QUOTED || style === SCALAR_STYLE.DOUBLE_QUOTED) return valueStart - 1;
    let end = valueStart;
    while (/\s/.test(this.#text[end - 1] ?? "")) end--;
    const line = this.#text.lastIndexOf("\n", end - 1) + 1;
    const sign = /[|>][-+\d]*(?:\s+#.*)?$/.exec(this.#text.slice(line, end));
    if (sign === null) throw new NotPlain();
    return line + sign.index;
  }
}

type ScalarEvent = Extract<Event, {type: typeof EVENT_ID.SCALAR}>;

/** YAML 1.2's core schema, as far as definitions use it. */
function plainValue(text: string): unknown {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) {
    // More digits than a number keeps are refused by name.
    if (text.replace(/[-.]/g, "").length > 15) throw new NotPlain();
    return Number(text);
  }
  const isNumber = [intCoreTag, floatCoreTag].some((tag) => tag.resolve(text, false, tag.tagName) !== NOT_RESOLVED);
  if (isNumber) throw new NotPlain();
  return text;
}
