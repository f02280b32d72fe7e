import {csv, header, kept, record, records, refused, some, text} from "./build.mjs";

const under = (line, ...lines) => `${[line, ...lines].join("\n")}\n`;

/** Which column is which. */
export const headerCases = [
  text("columns in another order", under("Place,Age,Note,Code,AREA,Day,ID", "p,33,n,5,8,03/01/2024,x1"), kept(1)),
  text("a header with blanks around its names", under(" ID , Day,AREA ,Code,Note,Age,Place", record(1)), kept(1)),
  text(
    "a header in other letters",
    csv(record(1)).replace("AREA", "Area"),
    refused("column-not-found", [1, 1], ["unknown-columns"])
  ),
  text("a second name of a column", csv(record(1)).replace("ID", "Number"), kept(1)),
  text("both names of a column", under("ID,Number,Day,AREA", "x1,y1,03/01/2024,8"), kept(1)),
  text("a required column is not there", under("ID,Day,Note", "x1,03/01/2024,n"), refused("column-not-found", [1, 1])),
  text(
    "two required columns are not there",
    under("Note,Code", "n,5"),
    refused("column-not-found", [1, 1], ["column-not-found", "column-not-found"])
  ),
  text("an optional column is not there", under("ID,Day,AREA", "x1,03/01/2024,8"), kept(1)),
  text("an unknown column", under("ID,Day,AREA,Extra", "x1,03/01/2024,8,e"), kept(1, "unknown-columns")),
  text("a required column twice", under("ID,Day,AREA,AREA", "x1,03/01/2024,8,8"), refused("header-repeated", [1, 13])),
  text(
    "an optional column twice",
    under("ID,Day,AREA,Note,Note", "x1,03/01/2024,8,a,b"),
    refused("header-repeated", [1, 18])
  ),
  text("a blank header", under("ID,Day,AREA,", "x1,03/01/2024,8,e"), kept(1, "unknown-columns")),
  text(
    "a header of blanks alone",
    under(",,,", "x1,03/01/2024,8,e"),
    refused("column-not-found", [1, 1], ["column-not-found", "column-not-found", "unknown-columns"])
  ),
  text("blank headers by position", under(",,", "x1,03/01/2024,8"), kept(1), "positions"),
  text(
    "repeated headers by position",
    under("a,a,a", "x1,03/01/2024,8"),
    refused("position-mismatch", [1, 1], ["position-mismatch", "position-mismatch", "unknown-columns"]),
    "positions"
  ),
  text("fewer columns than positions", under(",", "x1,03/01/2024"), refused("position-beyond", [1, 1]), "positions"),
  text("names with quotes in them", under('ID,Day,AREA,"No""te"', "x1,03/01/2024,8,n"), kept(1, "unknown-columns")),
  text(
    "names with SQL in them",
    under('ID,Day,AREA,"x"" ; drop table t; --"', "x1,03/01/2024,8,n"),
    kept(1, "unknown-columns")
  ),
  text("a name with a line feed", under('ID,Day,AREA,"No\nte"', "x1,03/01/2024,8,n"), kept(1, "unknown-columns")),
  text(
    "no header at all",
    `${records(3).join("\n")}\n`,
    refused("column-not-found", [1, 1], ["column-not-found", "column-not-found", "unknown-columns"])
  ),
  text(
    "a banner that was not declared",
    `Weekly report\n\n${csv(record(1))}`,
    refused("column-not-found", [1, 1], ["column-not-found", "column-not-found", "unknown-columns"])
  ),
  text(
    "semicolons where commas are declared",
    csv(record(1)).replaceAll(",", ";"),
    refused("column-not-found", [1, 1], ["column-not-found", "column-not-found", "unknown-columns"])
  ),
  text(
    "tabs where commas are declared",
    csv(record(1)).replaceAll(",", "\t"),
    refused("column-not-found", [1, 1], ["column-not-found", "column-not-found", "unknown-columns"])
  ),
  text(
    "semicolons as declared",
    csv(record(1), record(2, {note: "a, b"}))
      .replace("a, b", "\u0001")
      .replaceAll(",", ";")
      .replace("\u0001", "a, b"),
    kept(2),
    "semicolons"
  ),
  text("tabs as declared", csv(record(1)).replaceAll(",", "\t"), kept(1), "tabs"),
  text(
    "five hundred columns",
    under(`ID,Day,AREA,${Array.from({length: 497}, (_, i) => `c${i}`).join(",")}`, `x1,03/01/2024,8${",".repeat(497)}`),
    kept(1, "unknown-columns")
  ),
  text(
    "names that are reserved words",
    under("ID,Day,AREA,select,from,table,Place", record(1)),
    kept(1, "unknown-columns")
  ),
  text(
    "names of properties of objects",
    under("ID,Day,AREA,__proto__,constructor,toString,Place", record(1)),
    kept(1, "unknown-columns")
  ),
  text("a key twice", csv(record(1), record(1), record(2)), some(2, {repeated_key: 1}, "repeated-key"), "keyed"),
  text(
    "a key three times with other values",
    csv(record(1), record(1, {code: "6"}), record(1, {code: "7"})),
    some(1, {repeated_key: 2}, "repeated-key"),
    "keyed"
  ),
  text(
    "a key twice of which one is bad",
    csv(record(1, {day: "x"}), record(1)),
    some(1, {unreadable_value: 1}, "unreadable-value"),
    "keyed"
  ),
  text("all records the same without a key", csv(record(1), record(1), record(1)), kept(3)),
  text("the header line alone", `${header}\n`, refused("no-records", [1, 1]))
];
