/** What a new report is written for. */
export interface ReportStart {
  readonly name: string;
  /** Types of segment below the root, from the top. */
  readonly types: readonly string[];
  /** A measure of the project, for a comment. */
  readonly measure: string | null;
}

/** A commented file of `reports/`, after its first line. Passes `check` as it stands. */
export function starterReport({name, types, measure}: ReportStart): string {
  const counted = measure ?? "calls";
  return `# A report says what a bundle holds and for whom. Fill in title and audience, choose the sections; then run:
# milepost check, and milepost report ${name}
report: ${name}
title: "To be written: the title on the first page"
audience: "To be written: who reads it"
period: month # or week, 28 days, quarter: what one issue speaks of
segments: [${types.slice(0, 1).join(", ")}] # types whose rows are shown beside the binding ones
sections:
  - summary # in words
  - scorecard # every target with its status
  - goal-pages # each target with its charts
  # - late # what is missed, off track or overdue, by owner
  # - owner-pages # a page for each owner: what is late, next, not in its register
  # - comparisons: {measures: [${counted}]} # 28 days, year to date, two years before, a line a measure
  # - segment-pages: {trends: [${counted}]} # a page for each segment; needs comparisons
  - data-quality # what was loaded, what is missing
  - methods # how each number comes about
`;
}
