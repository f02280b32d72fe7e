import {describe, expect, test} from "vitest";
import {scorecardSection} from "../../pipeline/bundle/scorecard.ts";
import {parsePeriod} from "../../pipeline/calendar/period.ts";
import {bundleRequest} from "./fixture.ts";

describe("targets that the scorecard leaves out", () => {
  const request = bundleRequest();
  const targets = new Map(request.project.targets.map((target) => [target.target, target]));
  const closing = (period: string) => {
    const quarter = parsePeriod(period, request.project.calendar)!;
    const {blocks} = scorecardSection({...request, period: quarter}, [], targets);
    const last = blocks.at(-1);
    return last?.kind === "text" ? last.text : null;
  };
  const ends = request.project.targets.map(({period}) => period.to).sort();
  const count = request.project.targets.length;

  test("are counted, with the day on which the next begins", () => {
    expect(closing("1999-Q1")).toMatch(
      new RegExp(`^Not shown here: ${count} targets whose period begins later, from \\d+ \\w+ \\d{4}\\.$`)
    );
    expect(ends.at(-1)! < "2099").toBe(true);
    expect(closing("2099-Q1")).toBe(`Not shown here: ${count} targets whose period ended before this report's.`);
  });

  test("are not spoken of where there are none", () => {
    const all = {...request.period};
    const {blocks} = scorecardSection(
      {
        ...request,
        period: all,
        project: {
          ...request.project,
          targets: request.project.targets.filter(({period}) => period.from <= all.to && period.to >= all.from)
        }
      },
      [],
      targets
    );
    expect(blocks.at(-1)?.kind).toBe("table");
  });
});
