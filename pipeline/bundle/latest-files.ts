import {join} from "node:path";
import {writeFileSafely} from "../warehouse/safe-files.ts";
import {escapeHtml} from "./escape.ts";
import {sortedJson} from "./manifest.ts";

/** What `latest.json` says of the last issue. */
export interface LatestIssue {
  readonly report: string;
  readonly period: string;
  readonly edition: "internal";
  readonly number: number;
  readonly by: string;
  /** When it was published, UTC. */
  readonly at: string;
  readonly manifest_sha256: string;
}

/** Writes `latest.json` and `latest.html` beside the numbered issues: the way to the last one. */
export async function writeLatest(shelf: string, issue: LatestIssue): Promise<void> {
  const page = `${issue.number}/index.html`;
  await writeFileSafely(join(shelf, "latest.json"), sortedJson({...issue, page, paper: `${issue.number}/report.pdf`}));
  await writeFileSafely(join(shelf, "latest.html"), latestPage(issue, page));
}

function latestPage({report, period, number}: LatestIssue, page: string): string {
  const name = escapeHtml(`${report}, ${period}: issue ${number}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta http-equiv="refresh" content="0; url=${page}">
<title>${name}</title>
</head>
<body>
<main><h1>${name}</h1><p><a href="${page}">Open the report</a></p></main>
</body>
</html>
`;
}
