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

/** Where a value of a YAML file and what is in it stand, as offsets in the text. */
export interface Places {
  /** Of the value's key; of the value itself at the top and in a list. */
  readonly key: number;
  readonly start: number;
  /** Entries of a mapping by key, or of a list by index; undefined of a scalar. */
  readonly entries: ReadonlyMap<string, Places> | undefined;
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
export function readQuickly(text: string): {value: unknown; places: Places} | null {
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
  /** Of the value that was read last. */
  #start = 0;
  #entries: Map<string, Places> | undefined = undefined;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  document(): {value: unknown; places: Places} {
    const first = this.#next();
    if (first.type !== EVENT_ID.DOCUMENT || first.explicitStart || first.directives.length > 0) throw new NotPlain();
    const value = this.#value();
    if (value === null || value === undefined) throw new NotPlain();
    if (this.#next().type !== EVENT_ID.POP || this.#at < this.#events.length) throw new NotPlain();
    return {value, places: {key: this.#start, start: this.#start, entries: this.#entries}};
  }

  #next(): Event {
    const event = this.#events[this.#at++];
    if (event === undefined) throw new NotPlain();
    return event;
  }

  /** Undefined: nothing stands there. */
  #value(): unknown {
    const event = this.#next();
    if (event.type === EVENT_ID.ALIAS || event.type === EVENT_ID.DOCUMENT || event.type === EVENT_ID.POP)
      throw new NotPlain();
    if (event.anchorStart >= 0 || event.tagStart >= 0) throw new NotPlain();
    if (event.type === EVENT_ID.MAPPING) return this.#mapping(event.start);
    if (event.type === EVENT_ID.SEQUENCE) return this.#list(event.start);
    if (event.valueStart < 0) return undefined;
    this.#start = this.#startOf(event);
    this.#entries = undefined;
    const text = getScalarValue(this.#text, event);
    return event.style === SCALAR_STYLE.PLAIN ? plainValue(text) : text;
  }

  #isOver(): boolean {
    if (this.#events[this.#at]?.type !== EVENT_ID.POP) return false;
    this.#at++;
    return true;
  }

  #mapping(start: number): Record<string, unknown> {
    const mapping: Record<string, unknown> = {};
    const entries = new Map<string, Places>();
    while (!this.#isOver()) {
      const name = this.#value();
      // A key that is null, or no scalar, is refused by name.
      if (name === null || name === undefined || this.#entries !== undefined) throw new NotPlain();
      const key = String(name);
      const keyStart = this.#start;
      if (key === "<<" || key === "__proto__" || entries.has(key)) throw new NotPlain();
      // Where nothing stands the value is null, and its place the key's.
      const value = this.#value() ?? null;
      entries.set(key, {key: keyStart, start: this.#start, entries: this.#entries});
      mapping[key] = value;
    }
    this.#start = start;
    this.#entries = entries;
    return mapping;
  }

  #list(start: number): unknown[] {
    const list: unknown[] = [];
    const entries = new Map<string, Places>();
    while (!this.#isOver()) {
      const value = this.#value();
      if (value === undefined) throw new NotPlain();
      entries.set(String(list.length), {key: this.#start, start: this.#start, entries: this.#entries});
      list.push(value);
    }
    this.#start = start;
    this.#entries = entries;
    return list;
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
  // Nearly all of it is words.
  if (!/^(?:[-+.\d~nNtTfF]|$)/.test(text)) return text;
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
