import {main} from "../../pipeline/cli/program.ts";

/** What a command line printed and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command line in a project's folder, at a time that is given. */
export async function runAt(directory: string, at: string, ...words: readonly string[]): Promise<Ran> {
  let [out, err] = ["", ""];
  const code = await main(words, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    now: () => new Date(at),
    cwd: directory,
    terminal: false,
    version: "0.1.0"
  });
  return {code, out, err};
}

/** Calls by Area, and one target over them: a year that anybody can count. */
export const callsProject: Readonly<Record<string, string>> = {
  "sources/calls.yaml": `source: calls
title: Calls
files: ["calls*.csv"]
delivery: period
covers: {from: rows}
key: [id]
date: day
rejects: {at_most: 60%}
columns:
  id: {from: Id, type: text, required: true}
  day: {from: Day, type: date, formats: [yyyy-MM-dd], required: true}
  area: {from: Area, segment: area, required: true}
  kind: {from: [Kind, Type], type: text}
measures:
  calls: {title: Calls, count: rows, nature: outcome, better: lower, unit: calls}
`,
  "targets/calls.yaml": `- target: few
  title: At most 15 calls
  measure: calls
  goal: {at_most: 15}
  period: 2024-Q1
  by_segment: [area]
`,
  "reports/quarterly.yaml": `report: quarterly
title: Quarterly report
period: quarter
audience: The mayor
segments: [area]
sections: [summary, scorecard, goal-pages, data-quality, methods]
`
};

/**
 * A CSV of calls: so many on each of the 1st, 11th and 21st of each month, in Areas 1, 2 and 10 in turn, and one on the
 * month's last day, so that it is covered to its end.
 *
 * @param months `2024-01 4`: month and calls on each of the three days.
 */
export function calls(...months: readonly string[]): string {
  const records = months.flatMap((one) => {
    const [month, count = "1"] = one.split(" ") as [string, string?];
    const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
    const days = ["01", "11", "21"].flatMap((day) => Array.from({length: Number(count)}, (_, n) => `${day} ${n}`));
    return [...days, `${last} 0`].map((of) => {
      const [day, n] = of.split(" ");
      return `${month}-${day}-${n},${month}-${day},${[1, 2, 10][Number(n) % 3]},K`;
    });
  });
  return ["Id,Day,Area,Kind", ...records, ""].join("\n");
}
