import {csv, header, kept, record, records, refused, some, text} from "./build.mjs";
import {zip} from "./zip.mjs";

const names = header.split(",");
const letters = "ABCDEFGHIJ";

/** A cell of a row as Excel writes it: a text, a number, or `{type, value, style, formula}`. */
function cell(value, column, row) {
  const at = `${letters[column]}${row}`;
  if (value === null) return "";
  if (typeof value === "number") return `<c r="${at}"><v>${value}</v></c>`;
  if (typeof value === "string")
    return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escaped(value)}</t></is></c>`;
  const {type = "n", style = 0, formula = null} = value;
  return `<c r="${at}" t="${type}" s="${style}">${formula === null ? "" : `<f>${escaped(formula)}</f>`}<v>${escaped(String(value.value))}</v></c>`;
}

const escaped = (value) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

function sheet(rows, after = "") {
  const lines = rows.map(
    (cells, row) => `<row r="${row + 1}">${cells.map((value, column) => cell(value, column, row + 1)).join("")}</row>`
  );
  return `<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${lines.join("")}</sheetData>${after}</worksheet>`;
}

const styles = `<?xml version="1.0" encoding="UTF-8"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`;
const relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const packages = "http://schemas.openxmlformats.org/package/2006";

/** @param sheets By name, each the XML of a sheet. */
function workbook(sheets, {without = [], instead = {}} = {}) {
  const entries = Object.entries(sheets);
  const parts = {
    "[Content_Types].xml": `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`,
    "_rels/.rels": `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml": `<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${relations}"><sheets>${entries.map(([name], index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`).join("")}</sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="${packages}/relationships">${entries.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`).join("")}<Relationship Id="rId99" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
    "xl/styles.xml": styles,
    ...Object.fromEntries(entries.map(([, xml], index) => [`xl/worksheets/sheet${index + 1}.xml`, xml])),
    ...instead
  };
  return zip(
    ...Object.entries(parts)
      .filter(([name]) => !without.includes(name))
      .map(([name, xml]) => ({name, bytes: Buffer.from(xml)}))
  );
}

const excel = (name, bytes, expect, source = "incidents") => ({
  ...text(name, bytes, expect, source),
  file: `${name.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase()}.xlsx`
});
const row = (number, more = {}) => {
  const {day = "03/01/2024", area = "8", code = 5, note = "n", age = 33} = more;
  return [`x${number}`, day, area, code, note, age, "p"];
};
const book = (...rows) => workbook({Incidents: sheet([names, ...rows])});
/** 1 March 2024 as a spreadsheet keeps it, shown as a day. */
const march = {value: 45_352, style: 1};

/** Excel workbooks. */
export const workbookCases = [
  excel("a workbook", book(row(1), row(2), row(3)), kept(3)),
  excel("a workbook with days as Excel keeps them", book(row(1, {day: march}), row(2)), kept(2)),
  excel(
    "a workbook with a number where a day should be",
    book(row(1), row(2, {day: 45_352})),
    some(1, {unreadable_value: 1}, "unreadable-value")
  ),
  excel("a workbook with numbers where text is declared", book([24000117, "03/01/2024", 8, 5, 1.5, 33, "p"]), kept(1)),
  excel("a workbook with text where numbers are declared", book(row(1, {code: "5"})), kept(1)),
  excel("a workbook with an empty row", book(row(1), [], row(2)), kept(2)),
  excel("a workbook with empty rows at its end", book(row(1), row(2), [], [], []), kept(2)),
  excel(
    "a workbook with a missing value",
    book(row(1), row(2, {area: null})),
    some(1, {missing_value: 1}, "missing-value")
  ),
  excel("a workbook with a formula and its value", book(row(1, {code: {value: 5, formula: "2+3"}})), kept(1)),
  excel(
    "a workbook with a formula that calls out",
    book(row(1, {code: {value: 5, formula: 'WEBSERVICE("http://example.org")'}})),
    kept(1)
  ),
  excel(
    "a workbook with an error in a cell",
    book(row(1), row(2, {code: {type: "e", value: "#N/A"}})),
    kept(2, "value-not-read")
  ),
  excel(
    "a workbook with an error in a required cell",
    book(row(1), row(2, {day: {type: "e", value: "#REF!"}})),
    some(1, {unreadable_value: 1}, "unreadable-value")
  ),
  excel("a workbook with a line feed in a cell", book(row(1, {note: "two\nlines"})), kept(1)),
  excel("a workbook with markup in a cell", book(row(1, {note: "<b>&amp;</b>"})), kept(1)),
  excel(
    "a workbook with its table on the second sheet",
    workbook({Notes: sheet([["Read me"]]), Incidents: sheet([names, row(1)])}),
    refused("column-not-found", null, ["no-records", "unknown-columns"])
  ),
  excel(
    "a workbook with its table on the sheet that is declared",
    workbook({Notes: sheet([["Read me"]]), Incidents: sheet([names, row(1)])}),
    kept(1),
    "sheet"
  ),
  excel(
    "a workbook without the sheet that is declared",
    workbook({Incident: sheet([names, row(1)])}),
    refused("sheet-not-found"),
    "sheet"
  ),
  excel(
    "a workbook with a banner as declared",
    workbook({Incidents: sheet([["Weekly report"], [], names, row(1)])}),
    kept(1),
    "excelBanner"
  ),
  excel("a workbook without records", book(), refused("no-records")),
  excel("a workbook of an empty sheet", workbook({Incidents: sheet([])}), refused("empty-file")),
  excel("a workbook of no bytes", Buffer.alloc(0), refused("empty-file")),
  excel("a workbook that is a CSV", Buffer.from(csv(...records(2))), refused("content-not-as-named")),
  excel(
    "a workbook that is a web page",
    Buffer.from("<html><table><tr><td>ID</td></tr></table></html>"),
    refused("content-not-as-named")
  ),
  excel(
    "a workbook of before 2007 or with a password",
    Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]),
    refused("content-not-as-named")
  ),
  excel("a workbook that is cut off", book(row(1)).subarray(0, -200), refused("damaged-zip")),
  excel(
    "a zip that is no workbook",
    zip({name: "incidents.csv", bytes: Buffer.from(csv(record(1)))}),
    refused("damaged-workbook")
  ),
  excel(
    "a workbook without its sheet",
    workbook({Incidents: sheet([names, row(1)])}, {without: ["xl/worksheets/sheet1.xml"]}),
    refused("damaged-zip")
  ),
  excel(
    "a workbook whose sheet is no XML",
    workbook({Incidents: "<worksheet><sheetData><row"}),
    refused("damaged-workbook")
  ),
  excel(
    "a workbook that reads a file of the machine",
    workbook(
      {Incidents: sheet([names, row(1)])},
      {
        instead: {
          "xl/worksheets/sheet1.xml": `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${sheet(
            [names, row(1, {note: "&f;"})]
          )
            .slice(38)
            .replace("&amp;f;", "&f;")}`
        }
      }
    ),
    refused("damaged-workbook")
  ),
  excel(
    "a workbook whose entities grow",
    workbook({
      Incidents: `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>${sheet(
        [names, row(1)]
      )
        .slice(38)
        .replace(">n<", ">&b;<")}`
    }),
    refused("damaged-workbook")
  ),
  excel(
    "a workbook whose sheet lies elsewhere",
    workbook(
      {Incidents: sheet([names, row(1)])},
      {
        instead: {
          "xl/_rels/workbook.xml.rels": `<?xml version="1.0"?><Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relations}/worksheet" Target="../../../../etc/passwd"/></Relationships>`
        }
      }
    ),
    refused("damaged-zip")
  ),
  excel("a workbook with a bad record", book(row(1), row(2, {day: "x"})), {
    ...some(1, {unreadable_value: 1}, "unreadable-value"),
    at: [3, 2]
  }),
  excel("a workbook with a key twice", book(row(1), row(1)), some(1, {repeated_key: 1}, "repeated-key"), "keyed")
];
