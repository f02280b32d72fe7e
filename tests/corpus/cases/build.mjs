/** What the cases of the corpus are made of. A case is {name, file, source, bytes, expect}; see README.md. */

export const header = "ID,Day,AREA,Code,Note,Age,Place";

/** A good record: `record(3)` is the third. */
export const record = (number, {day = "03/01/2024", area = "8", code = "5", note = "n", age = "33"} = {}) =>
  `x${number},${day},${area},${code},${note},${age},p`;

export const records = (count) => Array.from({length: count}, (_, index) => record(index + 1));

/** Lines under the usual header, each ended. */
export const csv = (...lines) => `${[header, ...lines].join("\n")}\n`;

/** All records kept, and nothing worse said than the codes named. */
export const kept = (count, ...codes) => ({outcome: "read", records: count, kept: count, rejects: {}, codes});

/** Some rejected: `some(2, {missing_value: 1}, "missing-value")` keeps 2 of 3. */
export const some = (count, rejects, ...codes) => ({
  outcome: "read",
  records: count + Object.values(rejects).reduce((sum, of) => sum + of, 0),
  kept: count,
  rejects,
  codes
});

/** Nothing kept; the first code is the reason. `at` is line and column of it where it has a place. */
export const refused = (code, at = null, more = []) => ({outcome: "refused", kept: 0, codes: [code, ...more], at});

/** A case of a CSV file of its name. */
export const text = (name, contents, expect, source = "incidents") => ({
  name,
  file: `${name.replaceAll(/[^a-z0-9]+/gi, "-").toLowerCase()}.csv`,
  source,
  bytes: () => (typeof contents === "string" ? Buffer.from(contents) : contents),
  expect
});
