import {existsSync, readFileSync} from "node:fs";
import {join} from "node:path";
import {records} from "./csv-records.ts";

/**
 * What was calculated by hand, held against the rows that came out: files of `expected/` may be written anew by the
 * program, these numbers never are. `by-hand.csv` names a file of `out/` and columns of its rows; a line is about the one
 * row that has its target, segment and period (left out: any), whole where `part` is empty, else one of its parts.
 *
 * - an empty cell is not looked at, `null` must be empty
 * - a number or a fraction, `11/14`, must agree to 12 digits
 * - `flags`: each must be raised, one with a minus must not
 * - `status_reason`: texts that must stand in it, parted by `;`
 *
 * @returns What does not agree, one line each; [] without the file.
 */
export function againstHand(folder: string, files: ReadonlyMap<string, string>): string[] {
  const path = join(folder, "by-hand.csv");
  if (!existsSync(path)) return [];
  return records(readFileSync(path, "utf8")).flatMap(({file = "", ...asked}) => {
    const about = [file, asked.target, asked.segment, asked.period].filter((word) => word !== "").join(" ");
    const rows = records(files.get(`out/${file}`) ?? "").filter(
      (row) =>
        row.target === asked.target &&
        (row.part === "whole") === (asked.part === "") &&
        [row.segment, ""].includes(asked.segment ?? "") &&
        [row.period, ""].includes(asked.period ?? "")
    );
    const [row] = rows;
    if (row === undefined || rows.length > 1) return [`${about}: ${rows.length} rows`];
    return Object.entries(asked)
      .filter(([column, cell]) => cell !== "" && !identity.has(column))
      .filter(([column, cell]) => !agrees(column, cell, row[column]))
      .map(([column, cell]) => `${about}: ${column} is ${row[column] || "null"}, by hand ${cell}`);
  });
}

const identity = new Set(["target", "part", "segment", "period"]);
const numeric = /^-?\d+(?:\.\d+)?(?:\/\d+(?:\.\d+)?)?$/;

function agrees(column: string, cell: string, found = ""): boolean {
  if (cell === "null") return found === "";
  if (column === "status_reason") return cell.split(";").every((text) => found.includes(text.trim()));
  if (column === "flags") {
    const raised = found.split(";");
    return cell.split(";").every((flag) => raised.includes(flag.replace("-", "")) !== flag.startsWith("-"));
  }
  if (!numeric.test(cell)) return found === cell;
  const [over = Number.NaN, under = 1] = cell.split("/").map(Number);
  return found !== "" && Math.abs(Number(found) - over / under) <= 1e-12 * Math.max(1, Math.abs(over / under));
}
