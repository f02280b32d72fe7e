import fc from "fast-check";
import {describe, expect, test} from "vitest";
import {fromDay, toDay} from "../../pipeline/calendar/iso-date.ts";
import {changedOwnership, displacedBy, type OrderedLoad, ownershipOf} from "../../pipeline/facts/ownership.ts";

const start = toDay("2024-02-20");

function load(
  id: string,
  sequence: number,
  covered: OrderedLoad["covered"],
  extracted: string | null = null
): OrderedLoad {
  return {id, sequence, at: `2024-05-${String(sequence).padStart(2, "0")}T12:00:00.000Z`, extracted, covered};
}

describe("which load decides", () => {
  const january = [["2024-01-01", "2024-01-31"]] as const;
  const firstQuarter = [["2024-01-01", "2024-03-31"]] as const;

  test("a newer snapshot replaces all of its partitions, days it no longer covers included", () => {
    const loads = [
      load("a", 1, [{partition: null, days: firstQuarter}]),
      load("b", 2, [{partition: null, days: january}])
    ];
    expect(ownershipOf("snapshot", loads, null, "America/Los_Angeles")).toEqual([
      {load: "b", partition: null, days: january}
    ]);
  });

  test("a snapshot of one partition leaves the others alone", () => {
    const loads = [
      load("a", 1, [
        {partition: "1", days: january},
        {partition: "2", days: january}
      ]),
      load("b", 2, [{partition: "2", days: firstQuarter}])
    ];
    expect(ownershipOf("snapshot", loads, ["1", "2"], "America/Los_Angeles")).toEqual([
      {load: "a", partition: "1", days: january},
      {load: "b", partition: "2", days: firstQuarter}
    ]);
  });

  test("an older period extract that comes late fills only what no newer one covers", () => {
    const newer = load("new", 1, [{partition: null, days: [["2024-01-10", "2024-01-20"]]}], "2024-02-01");
    const late = load("late", 2, [{partition: null, days: january}], "2024-01-31");
    expect(ownershipOf("period", [newer, late], null, "America/Los_Angeles")).toEqual([
      {load: "new", partition: null, days: [["2024-01-10", "2024-01-20"]]},
      {
        load: "late",
        partition: null,
        days: [
          ["2024-01-01", "2024-01-09"],
          ["2024-01-21", "2024-01-31"]
        ]
      }
    ]);
    expect(ownershipOf("snapshot", [newer, late], null, "America/Los_Angeles").map((own) => own.load)).toEqual(["new"]);
  });

  test("an extract that is read again keeps the place of its first reading, undated ones the day of it", () => {
    const first = load("b", 1, [{partition: null, days: firstQuarter}]);
    const restated = load("a", 2, [{partition: null, days: january}]);
    const again = {...load("b again", 3, [{partition: null, days: firstQuarter}]), order: first};
    expect(
      ownershipOf("period", [restated, again], null, "America/Los_Angeles").map(
        (own) => `${own.load} ${own.days[0]?.[0]}`
      )
    ).toEqual(["b again 2024-02-01", "a 2024-01-01"]);
    const dated = load("dated", 2, [{partition: null, days: january}], "2024-05-02");
    expect(ownershipOf("snapshot", [dated, again], null, "America/Los_Angeles").map((own) => own.load)).toEqual([
      "dated"
    ]);
  });

  test("an undated extract was made on the day it was loaded by the project's clocks, whatever the day is in UTC", () => {
    // In the evening of 1 May in Los Angeles, which is 2 May in UTC.
    const evening = {...load("evening", 2, [{partition: null, days: january}]), at: "2024-05-02T02:00:00.000Z"};
    const dated = load("dated", 1, [{partition: null, days: january}], "2024-05-02");
    const decides = (timeZone: string) => ownershipOf("snapshot", [dated, evening], null, timeZone)[0]?.load;
    expect(decides("America/Los_Angeles")).toBe("dated");
    expect(decides("UTC")).toBe("evening");
  });

  test("a load from before partition was declared speaks for all of them, one from before it was taken away for none", () => {
    const whole = load("a", 1, [{partition: null, days: january}]);
    expect(ownershipOf("period", [whole], ["1", "2"], "America/Los_Angeles").map(({partition}) => partition)).toEqual([
      "1",
      "2"
    ]);
    expect(
      ownershipOf("period", [load("b", 1, [{partition: "1", days: january}])], null, "America/Los_Angeles")
    ).toEqual([]);
  });

  test("a load is displaced by those that decide what it covers, a snapshot on days of its own alone too", () => {
    const old = load("old", 1, [{partition: "1", days: january}]);
    const next = load("next", 2, [{partition: "1", days: [["2024-02-01", "2024-02-29"]]}]);
    const other = load("other", 3, [{partition: "2", days: january}]);
    const by = (delivery: "snapshot" | "period") =>
      displacedBy(delivery, old, ownershipOf(delivery, [old, next, other], ["1", "2"], "America/Los_Angeles"));
    expect(by("period")).toEqual([]);
    expect(by("snapshot")).toEqual(["next"]);
  });

  test("what changed is told by day and partition", () => {
    const before = ownershipOf(
      "period",
      [load("a", 1, [{partition: null, days: firstQuarter}])],
      null,
      "America/Los_Angeles"
    );
    const after = ownershipOf(
      "period",
      [load("a", 1, [{partition: null, days: firstQuarter}]), load("b", 2, [{partition: null, days: january}])],
      null,
      "America/Los_Angeles"
    );
    expect(changedOwnership(before, after)).toEqual({
      before: [{load: "a", partition: null, days: january}],
      after: [{load: "b", partition: null, days: january}]
    });
  });
});

const partitions = ["1", "2", "10"];
const anyRange = fc
  .tuple(fc.integer({min: 0, max: 20}), fc.integer({min: 0, max: 8}))
  .map(([from, length]) => [fromDay(start + from), fromDay(start + from + length)] as const);
const anyCovered = fc.uniqueArray(
  fc.tuple(fc.constantFrom(...partitions), fc.array(anyRange, {minLength: 1, maxLength: 3})),
  {
    minLength: 1,
    selector: ([partition]) => partition
  }
);
const anyLoads = fc.array(fc.tuple(anyCovered, fc.option(fc.integer({min: 0, max: 5}))), {maxLength: 6}).map((loads) =>
  loads.map(([covered, made], index) =>
    load(
      `l${index}`,
      index + 1,
      covered.map(([partition, days]) => ({partition, days: [...days].sort(([a], [b]) => (a < b ? -1 : 1))})),
      made === null ? null : fromDay(toDay("2024-05-01") + made)
    )
  )
);

/** The same question asked of one day at a time: the newest load that speaks for it. */
function decides(
  delivery: "snapshot" | "period",
  loads: readonly OrderedLoad[],
  partition: string,
  day: string
): string | null {
  const dated = loads.some(({extracted}) => extracted !== null);
  let best: {readonly made: string; readonly one: OrderedLoad} | null = null;
  for (const one of loads) {
    const parts = one.covered.filter((covered) => covered.partition === partition);
    const covers = parts.some(({days}) => days.some(([from, to]) => from <= day && day <= to));
    if (delivery === "period" ? !covers : parts.length === 0) continue;
    const made = dated ? (one.extracted ?? one.at.slice(0, 10)) : "";
    if (best === null || made >= best.made) best = {made, one};
  }
  const covers = best?.one.covered.some(
    (covered) => covered.partition === partition && covered.days.some(([from, to]) => from <= day && day <= to)
  );
  return covers === true ? (best?.one.id ?? null) : null;
}

describe.each(["snapshot", "period"] as const)("the fold of %s loads", (delivery) => {
  test("answers what a look at each day answers", () => {
    fc.assert(
      fc.property(anyLoads, (loads) => {
        const owned = ownershipOf(delivery, loads, partitions, "America/Los_Angeles");
        const days = Array.from({length: 32}, (_, offset) => fromDay(start + offset - 1));
        const answers = (of: (partition: string, day: string) => readonly (string | null)[]) =>
          partitions.map((partition) =>
            days.map((day) =>
              of(partition, day)
                .filter((id) => id !== null)
                .join("+")
            )
          );
        const holds = (own: (typeof owned)[number], day: string) =>
          own.days.some(([from, to]) => from <= day && day <= to);
        const folded = answers((partition, day) =>
          owned.filter((own) => own.partition === partition && holds(own, day)).map((own) => own.load)
        );
        expect(folded).toEqual(answers((partition, day) => [decides(delivery, loads, partition, day)]));
      }),
      {numRuns: 300}
    );
  });
});
