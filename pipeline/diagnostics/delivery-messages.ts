import type {Texts} from "./diagnostic.ts";

export interface DeliveryParameters {
  "delivery-without-key": Record<string, never>;
  "withdrawn-elsewhere": {delivery: string};
  "withdrawn-column": {column: string; is: string};
  "contradicting-files": {
    other: string;
    keys: number;
    examples: readonly string[];
    appends: boolean;
    declared: boolean;
  };
  "append-overlaps": {load: string; what: string};
  "append-repeats-keys": {load: string; keys: number; examples: readonly string[]};
  "late-upsert": {extracted: string; newer: string};
}

function keysWords(keys: number, examples: readonly string[]): string {
  if (keys === 1) return `the key ${examples.join()} stands`;
  const more = keys > examples.length ? " and others" : "";
  return `${keys.toLocaleString("en-US")} keys (${examples.join(", ")}${more}) stand`;
}

/** What files of a source do to one another. */
export const deliveryTexts: Texts<DeliveryParameters> = {
  "delivery-without-key": () => ({
    message: "delivery: upsert needs a key: without one nothing says which row a new one replaces",
    expected: "key: with the columns that name a record",
    fix: "Add key:, or say delivery: period where a file holds all rows of the days that it covers."
  }),
  "withdrawn-elsewhere": ({delivery}) => ({
    message: `withdrawn can't stand beside delivery: ${delivery}`,
    expected: "delivery: upsert, of which a row may take its key away",
    fix: "Take withdrawn: away; what a measure must not count is said in its where:."
  }),
  "withdrawn-column": ({column, is}) => ({
    message: `Column ${column} can't tell which rows are withdrawn`,
    found: `a column of type ${is}`,
    expected: "a column of type text, integer or boolean"
  }),
  "contradicting-files": ({other, keys, examples, appends, declared}) => ({
    message: `In this file and ${other} ${keysWords(keys, examples)}${appends ? "" : " with different rows"}, and nothing says which ${keys === 1 ? "one" : "ones"} to count`,
    expected: appends
      ? "each key in one file"
      : "a key in one file, the same row in both, or files of which one is newer",
    fix: `Take one of them away${appends ? "" : `, or load the older first by itself${declared ? "" : ", or declare extracted: in the source"}`}.`
  }),
  "append-overlaps": ({load, what}) => ({
    message: `This file and load ${load} both speak for ${what}, and the source appends: rows would count twice`,
    expected: "days that no load of the source covers, or a key: by which rows are told apart",
    fix: "Deliver only what is new, retract the former load, or say delivery: period where a file replaces its days."
  }),
  "append-repeats-keys": ({load, keys, examples}) => ({
    message: `Of this file ${keysWords(keys, examples)} in load ${load} already, and the source appends: the rows would count twice`,
    expected: "keys that no load of the source holds",
    fix: "Deliver only what is new, retract the former load, or say delivery: upsert where a row replaces the one of its key."
  }),
  "late-upsert": ({extracted, newer}) => ({
    message: `Older than what is known: made ${extracted}, load ${newer} is newer; of the keys that both hold the newer row counts`
  })
};
