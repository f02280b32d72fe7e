/** A second CSV reader, written from the rules alone, one character after another: what the first must agree with. */
export interface StrictRecord {
  readonly fields: string[];
  readonly line: number;
  readonly textAfterQuote: boolean;
  /** A value has a line end in it. */
  readonly overLines: boolean;
}

export interface StrictFile {
  readonly records: StrictRecord[];
  readonly unclosed: boolean;
  /** The last record ended with the file. */
  readonly open: boolean;
}

export function readStrictly(text: string): StrictFile {
  const records: StrictRecord[] = [];
  let fields: string[] = [];
  let field = "";
  let state: "start" | "plain" | "quoted" | "after" = "start";
  let textAfterQuote = false;
  let overLines = false;
  let line = 1;
  let recordLine = 1;
  let empty = true;
  // The first line end says whether a lone CR is one.
  let returnEnds: boolean | null = null;
  const endRecord = () => {
    if (!empty) records.push({fields: [...fields, field], line: recordLine, textAfterQuote, overLines});
    fields = [];
    field = "";
    state = "start";
    textAfterQuote = false;
    overLines = false;
    empty = true;
  };
  for (let i = 0; i < text.length; i++) {
    const c = text[i] as string;
    const two = c === "\r" && text[i + 1] === "\n";
    const loneReturn = c === "\r" && !two;
    if (state !== "quoted" && (c === "\n" || c === "\r")) returnEnds ??= loneReturn;
    const lineEnd = c === "\n" || two || (loneReturn && (state === "quoted" || returnEnds === true));
    if (loneReturn && !lineEnd) line++;
    if (lineEnd) {
      if (state === "quoted") {
        field += two ? "\r\n" : c;
        overLines = true;
        line++;
      } else {
        endRecord();
        recordLine = ++line;
      }
      if (two) i++;
      continue;
    }
    if (!loneReturn) empty = false;
    if (state === "quoted") {
      if (c !== '"') field += c;
      else if (text[i + 1] === '"') {
        field += c;
        i++;
      } else state = "after";
    } else if (c === ",") {
      fields.push(field);
      field = "";
      state = "start";
    } else if (c === '"' && state === "start") state = "quoted";
    else {
      if (state === "after") textAfterQuote = true;
      state = state === "after" ? "after" : "plain";
      field += c;
    }
  }
  const unclosed = (state as string) === "quoted";
  const open = !empty;
  if (!unclosed) endRecord();
  return {records, unclosed, open};
}
