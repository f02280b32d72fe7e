import type {Texts} from "./diagnostic.ts";
import {didYouMean} from "./suggest.ts";

const periodKinds = {
  week: {by: "week", one: "a week"},
  "28 days": {by: "runs of 28 days that end with a week", one: "28 days that end with a week"},
  month: {by: "month", one: "a month"},
  quarter: {by: "quarter", one: "a quarter"}
};

export interface ReportParameters {
  "section-without-measures": {section: string; example: string};
  "section-missing": {section: string; needs: string; example: string};
  "unknown-report-source": {name: string; suggestion: string};
  "unknown-report": {report: string; known: readonly string[]; earlier: boolean};
  "period-kind": {period: string; report: string; kind: keyof typeof periodKinds; example: string};
  "nothing-known": {report: string};
  "nothing-covered": {
    period: string;
    from: string;
    to: string;
    covered: {from: string; to: string};
    example: string;
  };
  "edition-not-supported": {edition: string};
  "missing-option": {option: string; command: string; example: string};
  "bad-day": {option: string; value: string};
  "through-outside": {through: string; period: string; from: string; to: string};
  "bundle-in-use": {reason: string};
  "issue-changed": {number: number};
  "issue-in-the-way": {number: number};
  "ledger-busy": Record<never, never>;
  "characters-not-printed": {characters: readonly string[]};
  "png-not-available": {platform: string; reason: string};
}

export const reportTexts: Texts<ReportParameters> = {
  "section-without-measures": ({section, example}) => ({
    message: `The section "${section}" names no measures`,
    expected: "its measures, in order",
    fix: `Write it with them: - ${example}`
  }),
  "section-missing": ({section, needs, example}) => ({
    message: `The section "${section}" needs the section "${needs}": each page holds its segment's lines of that table`,
    fix: `Add it before: - ${example}`
  }),
  "unknown-report-source": ({name, suggestion}) => ({
    message: `The project has no source "${name}"`,
    fix: suggestion
  }),
  "unknown-report": ({report, known, earlier}) => ({
    message: earlier ? `The definitions of then have no report "${report}"` : `The project has no report "${report}"`,
    found: report,
    expected: known.length === 0 ? "a file in reports/" : known.join(", "),
    fix: earlier
      ? "Take today's definitions over what was known then: --definitions now"
      : known.length === 0
        ? "Write reports/quarterly.yaml"
        : didYouMean(report, known)
  }),
  "period-kind": ({period, report, kind, example}) => ({
    message: `The report "${report}" is made by ${periodKinds[kind].by}, and ${period} is none`,
    found: period,
    expected: `${periodKinds[kind].one}, such as ${example}`
  }),
  "nothing-known": ({report}) => ({
    message: `Nothing is loaded yet that the report "${report}" could count`,
    fix: "Load the extracts first: milepost load"
  }),
  "nothing-covered": ({period, from, to, covered, example}) => ({
    message: `No day of ${period} is covered by what is loaded`,
    found: `what is loaded covers days from ${covered.from} to ${covered.to}`,
    expected: `some day of ${from} to ${to}`,
    fix: `Load the extracts of that period, or choose a period that is covered, such as --period ${example}`
  }),
  "edition-not-supported": ({edition}) => ({
    message: `--edition ${edition} is not supported yet`,
    found: edition,
    expected: "internal",
    fix: "Leave --edition out; small counts are not withheld, so keep the bundle inside the house"
  }),
  "missing-option": ({option, command, example}) => ({
    message: `milepost ${command} must be told ${option}`,
    fix: example
  }),
  "bad-day": ({option, value}) => ({
    message: `${option} must be a day written yyyy-MM-dd`,
    found: value,
    expected: "a day such as 2024-06-30"
  }),
  "through-outside": ({through, period, from, to}) => ({
    message: `--through must lie in the report's period ${period}`,
    found: through,
    expected: `${from} to ${to}`
  }),
  "bundle-in-use": ({reason}) => ({
    message: "The bundle's folder can't be replaced",
    found: reason,
    fix: "Close what has one of its files open, such as a PDF reader, and run the command again"
  }),
  "issue-changed": ({number}) => ({
    message: `Issue ${number} is published and its folder does not hold what was published`,
    fix: "Somebody has changed or removed its files: put them back from a copy; an issue is never rewritten"
  }),
  "issue-in-the-way": ({number}) => ({
    message: `Something stands where issue ${number} would go, and the ledger knows of no such issue`,
    fix: "Move it away: an issue never takes the place of anything"
  }),
  "ledger-busy": () => ({
    message: "Other commands keep writing to the ledger",
    fix: "Wait until they are done and issue again; nothing was published"
  }),
  "characters-not-printed": ({characters}) => ({
    message: `The PDF's font lacks ${characters.map((one) => `"${one}"`).join(", ")}: printed there as "?"`,
    fix: "Write the title with other characters; the HTML page shows them as they are"
  }),
  "png-not-available": ({platform, reason}) => ({
    message: `No PNG can be drawn on this machine (${platform})`,
    found: reason,
    expected: "the part of @resvg/resvg-js for this platform",
    fix: "Run npm ci on this machine, or leave --png out: every chart is there as SVG"
  })
};
