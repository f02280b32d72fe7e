/**
 * Date formats as users write them, in Unicode (date-fns) tokens, made ready for the engine. The tokens here are all
 * that are supported; anything else is refused by name when the definitions are read.
 */
export interface DateFormat {
  /** As written: `MM/dd/yyyy hh:mm:ss a`. */
  readonly format: string;
  /** The same for strptime: `%m/%d/%Y %I:%M:%S %p`. It is laxer than the format: it takes one digit where two must be. */
  readonly strptime: string;
  /** What makes it exact, as a regular expression (RE2 and JavaScript read it alike) over the whole text. */
  readonly shape: string;
  /** The shape as LIKE patterns, which are faster, where every token has one width; else null. */
  readonly like: LikePatterns | null;
}

export interface LikePatterns {
  readonly is: string;
  /** A year below 1000, and two blanks where the format has one: strptime takes any number of them. */
  readonly isNot: readonly string[];
}

/** Stands among date formats and is none: days since 1899-12-30, as a spreadsheet keeps a day. */
export const excelSerial = "excel_serial";

interface Token {
  readonly strptime: string;
  readonly shape: string;
  /** Characters, null where it varies. */
  readonly width: number | null;
}

const twoDigits = "[0-9]{2}";
const oneOrTwoDigits = "[0-9]{1,2}";

const tokens: Readonly<Record<string, Token>> = {
  yyyy: {strptime: "%Y", shape: "[1-9][0-9]{3}", width: 4},
  yy: {strptime: "%y", shape: twoDigits, width: 2},
  MMMM: {strptime: "%B", shape: "[A-Za-z]+", width: null},
  MMM: {strptime: "%b", shape: "[A-Za-z]{3}", width: 3},
  MM: {strptime: "%m", shape: twoDigits, width: 2},
  M: {strptime: "%m", shape: oneOrTwoDigits, width: null},
  dd: {strptime: "%d", shape: twoDigits, width: 2},
  d: {strptime: "%d", shape: oneOrTwoDigits, width: null},
  HH: {strptime: "%H", shape: twoDigits, width: 2},
  H: {strptime: "%H", shape: oneOrTwoDigits, width: null},
  hh: {strptime: "%I", shape: "(0[1-9]|1[0-2])", width: 2},
  h: {strptime: "%I", shape: "(0?[1-9]|1[0-2])", width: null},
  mm: {strptime: "%M", shape: twoDigits, width: 2},
  m: {strptime: "%M", shape: oneOrTwoDigits, width: null},
  ss: {strptime: "%S", shape: twoDigits, width: 2},
  s: {strptime: "%S", shape: oneOrTwoDigits, width: null},
  SSS: {strptime: "%g", shape: "[0-9]{3}", width: 3},
  a: {strptime: "%p", shape: "[AaPp][Mm]", width: 2}
};

/** strptime reads the words "epoch" and "infinity" (also with a sign) whatever the format: no LIKE as short as they are. */
const longestSpecialWord = "-infinity".length;

/**
 * A letter run is a token, text between single quotes is itself, two single quotes are one, all else is itself.
 *
 * @throws Error when the format has a problem; `dateFormatProblem` tells beforehand. `excelSerial` is no such format.
 */
export function readDateFormat(format: string): DateFormat {
  const problem = dateFormatProblem(format);
  if (problem !== null) throw new Error(`date format "${format}": ${problem}`);
  const parts = partsOf(format).map(({token, literal}): Token => tokens[token ?? ""] ?? literalToken(literal));
  const width = parts.reduce<number | null>(
    (sum, part) => (sum === null || part.width === null ? null : sum + part.width),
    0
  );
  return {
    format,
    strptime: parts.map((part) => part.strptime).join(""),
    shape: parts.map((part) => part.shape).join(""),
    like: width === null || width <= longestSpecialWord ? null : likePatterns(format)
  };
}

/**
 * What is wrong with a format, as the end of a sentence, or null when nothing is. One without a day, or without a month,
 * stands for the first of the month or year: so tables of sums say their days.
 */
export function dateFormatProblem(format: string): string | null {
  if (format === excelSerial) return null;
  if ((format.replaceAll("''", "").match(/'/g)?.length ?? 0) % 2 === 1) return "has a quote that is not closed";
  const used: string[] = [];
  for (const {token} of partsOf(format)) {
    if (token === null) continue;
    if (tokens[token] === undefined) {
      return `has "${token}", which is not supported; supported: ${Object.keys(tokens).join(" ")}`;
    }
    const kind = token[0] as string;
    if (used.includes(kind)) return `says "${kind}" twice`;
    used.push(kind);
  }
  if (!used.includes("y")) return "has no year (yyyy)";
  if (used.includes("d") && !used.includes("M")) return "has a day without a month (MM)";
  if (used.includes("h") && !used.includes("a")) return "has hours of a half day (h) without a; H counts to 23";
  if (used.includes("a") && !used.includes("h")) return "has a without hours of a half day (h)";
  if (used.includes("m") && !used.includes("h") && !used.includes("H")) return "has minutes without hours";
  return null;
}

type Part = {readonly token: string; readonly literal: null} | {readonly token: null; readonly literal: string};

function partsOf(format: string): Part[] {
  return [...format.matchAll(/''|'((?:[^']|'')*)'|(([A-Za-z])\3*)|([^A-Za-z']+)/g)].map(
    ([all, quoted, token, , other]): Part =>
      token !== undefined
        ? {token, literal: null}
        : {token: null, literal: all === "''" ? "'" : (quoted?.replaceAll("''", "'") ?? other ?? "")}
  );
}

function literalToken(text: string | null): Token {
  const literal = text ?? "";
  return {
    strptime: literal.replaceAll("%", "%%"),
    shape: literal.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"),
    width: [...literal].length
  };
}

function likePatterns(format: string): LikePatterns | null {
  const parts = partsOf(format);
  const literals = parts.map(({literal}) => literal ?? "").join("\n");
  // The three characters that LIKE gives a meaning to, and blanks of more than one: such a format is matched by its shape.
  if (/[%_\\]|[^\S\n]{2}/.test(literals)) return null;
  const pattern = (year: string) =>
    parts
      .map(({token, literal}) => literal ?? (token === "yyyy" ? year : "_".repeat(tokens[token]?.width ?? 0)))
      .join("");
  return {
    is: pattern("____"),
    isNot: [
      ...(pattern("0___") === pattern("____") ? [] : [pattern("0___")]),
      ...(literals.includes(" ") ? ["%  %"] : [])
    ]
  };
}
