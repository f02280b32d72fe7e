import {excelSerial, readDateFormat} from "../calendar/date-format.ts";
import {type Roster, segmentsOfType, segmentWords} from "../config/roster.ts";
import type {Column} from "../config/source.ts";
import {quoteLiteral} from "../warehouse/sql.ts";

/** How one column's cells become values. */
export interface Typing {
  /** SQL over the name of a text column that is trimmed and null where empty; null where the text can't be read. */
  readonly value: (text: string) => string;
  /** SQL over the name of a `value`: what is kept of it in the end, where that is more costly to carry. */
  readonly finished: (value: string) => string;
  /** What a cell must be, for people. */
  readonly expected: string;
}

/** What JavaScript's trim() takes off, so that cells, headers and words of the roster are trimmed alike. */
const blanks = [
  ..."\t\n\v\f\r \u00a0\u1680",
  ...Array.from({length: 11}, (_, i) => String.fromCharCode(0x2000 + i)),
  ..."\u2028\u2029\u202f\u205f\u3000\ufeff"
].join("");

/**
 * SQL for a raw cell: trimmed, null where nothing is left.
 *
 * @param plain The cell comes from a CSV file with no blanks but the space; an empty one is null already. Trimming every
 *   cell of a set of blanks costs more than reading the file (measured: 1.9 s a million cells against 0.03 s of the two
 *   LIKEs), so only cells that need it are trimmed.
 */
export function trimmed(cell: string, plain: boolean): string {
  const bare = `nullif(trim(${cell}, ${quoteLiteral(blanks)}), '')`;
  return plain
    ? `case when ${cell} like ' %' or ${cell} like '% ' then ${bare} else ${cell} end`
    : `case when ${cell} = '' or regexp_matches(${cell}, ${quoteLiteral(`^[${blanks}]|[${blanks}]$`)}) then ${bare} else ${cell} end`;
}

const truths: Readonly<Record<string, boolean>> = {
  ...Object.fromEntries(["true", "t", "yes", "y", "1"].map((word) => [word, true])),
  ...Object.fromEntries(["false", "f", "no", "n", "0"].map((word) => [word, false]))
};

/**
 * @param column Not a personal one: those are never read.
 * @param plain The file has no blanks but the space.
 * @param thousands Separator of every number of the file; a column's own comes first.
 */
export function typingOf(column: Column, roster: Roster, plain: boolean, thousands?: string): Typing {
  if (column.segment !== undefined) return segmentTyping(column.segment, roster);
  const separator = column.thousands ?? thousands;
  if (separator !== undefined && (column.type === "integer" || column.type === "decimal")) {
    return grouped(typingOf({...column, thousands: undefined}, roster, plain), separator);
  }
  switch (column.type) {
    case "integer":
      return {
        // A cast alone would round 501.5 and read 1e3 and 1_000; most cells are written as the engine would write them.
        value: (text) =>
          `case when try_cast(${text} as bigint)::varchar = ${text} ` +
          `or regexp_full_match(${text}, '[+-]?[0-9]+(\\.0+)?') then try_cast(${text} as bigint) end`,
        finished: asItIs,
        expected: "a whole number"
      };
    case "decimal":
      return {
        value: (text) =>
          `case when regexp_full_match(${text}, '[+-]?([0-9]+(\\.[0-9]{1,4}0*)?|\\.[0-9]{1,4}0*)') ` +
          `then try_cast(${text} as decimal(18, 4)) end`,
        finished: asItIs,
        expected: "a number with at most 4 decimals and no thousands separators"
      };
    case "boolean":
      return {
        // Of `in` with as many words the engine would make a join, and then not say how far it has read.
        value: (text) =>
          `case lower(${text}) ${Object.entries(truths)
            .map(([word, truth]) => `when ${quoteLiteral(word)} then ${truth}`)
            .join(" ")} end`,
        finished: asItIs,
        expected: "true or false (also t, f, yes, no, y, n, 1, 0)"
      };
    case "date":
      return dateTyping(column.formats ?? []);
    case "list":
      return listTyping(column.separator ?? " ", plain);
    default:
      return {value: asItIs, finished: asItIs, expected: "text"};
  }
}

/** A number whose digits may stand in groups of three; where they stand otherwise, it can't be read. */
function grouped({value, finished, expected}: Typing, separator: string): Typing {
  const by = quoteLiteral(separator);
  const groups = quoteLiteral(`[+-]?[0-9]{1,3}(\\x{${separator.codePointAt(0)?.toString(16)}}[0-9]{3})+(\\.[0-9]+)?`);
  const plainly = (text: string) =>
    `case when not contains(${text}, ${by}) then ${text} ` +
    `when regexp_full_match(${text}, ${groups}) then replace(${text}, ${by}, '') end`;
  return {
    value: (text) => value(`(${plainly(text)})`),
    finished,
    expected: `${expected.replace(" and no thousands separators", "")}, thousands parted by ${JSON.stringify(separator)}`
  };
}

/** First and last day that a serial means for certain: 60 is a leap day of 1900 that never was, below it all are off by one. */
const serials = {first: 61, last: 2_958_465};

/** A day as a spreadsheet keeps it: a number of days, whose fraction is the time. */
function serialDay(text: string): string {
  return (
    `case when regexp_full_match(${text}, '[0-9]{2,7}(\\.[0-9]+)?') ` +
    `and try_cast(split_part(${text}, '.', 1) as integer) between ${serials.first} and ${serials.last} ` +
    `then date '1899-12-30' + try_cast(split_part(${text}, '.', 1) as integer) end`
  );
}

/** The formats are tried in order; the time of day is dropped. */
function dateTyping(formats: readonly string[]): Typing {
  const attempts = formats.map((format) => {
    if (format === excelSerial) return serialDay;
    const {strptime, shape, like} = readDateFormat(format);
    const fits = (text: string) =>
      like === null
        ? `regexp_full_match(${text}, ${quoteLiteral(shape)})`
        : [
            `${text} like ${quoteLiteral(like.is)}`,
            ...like.isNot.map((not) => `${text} not like ${quoteLiteral(not)}`)
          ].join(" and ");
    return (text: string) => `case when ${fits(text)} then try_strptime(${text}, ${quoteLiteral(strptime)})::date end`;
  });
  return {
    value: (text) => `coalesce(${[...attempts.map((attempt) => attempt(text)), "null"].join(", ")})`,
    finished: asItIs,
    expected: `a date as ${formats.map((format) => (format === excelSerial ? "Excel's number of a day" : format)).join(" or ")}`
  };
}

/**
 * Entries are trimmed and empty ones dropped; a cell of separators only can't be read. A list is carried as its text
 * and split in the end: writing it twice as a list was a third of the cost of a load (measured).
 */
function listTyping(separator: string, plain: boolean): Typing {
  const by = quoteLiteral(separator);
  const others = (plain ? " " : blanks).replace(separator, "");
  return {
    value: (text) =>
      `case when starts_with(${text}, ${by}) and trim(${text}, ${quoteLiteral(separator + blanks)}) = '' ` +
      `then null else ${text} end`,
    finished: (text) => {
      // Taking each entry in hand costs five times as much as splitting, so only cells that need it are.
      const untidy = [
        `contains(${text}, ${quoteLiteral(separator + separator)})`,
        `starts_with(${text}, ${by})`,
        `ends_with(${text}, ${by})`,
        ...(others === "" ? [] : [`regexp_matches(${text}, ${quoteLiteral(`[${others}]`)})`])
      ].join(" or ");
      const tidied =
        `list_filter(list_transform(string_split(${text}, ${by}), ` +
        `lambda entry: trim(entry, ${quoteLiteral(blanks)})), lambda entry: entry <> '')`;
      return `case when ${untidy} then ${tidied} else string_split(${text}, ${by}) end`;
    },
    expected: `values with ${JSON.stringify(separator)} between them`
  };
}

/**
 * A cell is looked up by the engine's enum, which is a hash table: first as it stands in lower case, then folded as
 * `segmentWord` folds. The first segment of a word wins.
 */
function segmentTyping(type: string, roster: Roster): Typing {
  const codes = new Map<string, string>();
  for (const segment of segmentsOfType(roster, type)) {
    for (const word of segmentWords(segment)) if (!codes.has(word)) codes.set(word, segment.code);
  }
  // The commonest way to write a number otherwise than folded: 08.
  for (const [word, code] of [...codes]) if (/^\d$/.test(word)) codes.set(`0${word}`, code);
  const expected = `a code, name or alias of type ${type} in the roster`;
  if (codes.size === 0) return {value: () => "null::varchar", finished: asItIs, expected};
  const words = [...codes.keys()].map(quoteLiteral).join(", ");
  const answers = [...codes.values()].map(quoteLiteral).join(", ");
  const code = (word: string) => `enum_code(try_cast(${word} as enum(${words})))`;
  return {
    value: (text) => {
      const folded = `regexp_replace(regexp_replace(lower(${text}), ' +', ' ', 'g'), '^0+([0-9]+)$', '\\1')`;
      return `([${answers}])[coalesce(${code(`lower(${text})`)}, ${code(folded)}) + 1]`;
    },
    finished: asItIs,
    expected
  };
}

function asItIs(value: string): string {
  return value;
}
