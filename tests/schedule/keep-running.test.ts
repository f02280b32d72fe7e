import {describe, expect, test} from "vitest";
import type {Project} from "../../pipeline/config/project.ts";
import type {RunRecord} from "../../pipeline/schedule/contract.ts";
import {keepRunning, type Turn} from "../../pipeline/schedule/keep-running.ts";

function project(...crons: readonly string[]): Project {
  const schedule = crons.map((cron, index) => ({report: `report-${index}`, cron}));
  return {settings: {time_zone: "America/Los_Angeles", schedule}} as unknown as Project;
}

const done = {outcome: "done", schedule: []} as unknown as RunRecord;
const waiting = {outcome: "done", schedule: [{open: [{}]}]} as unknown as RunRecord;

interface Given {
  readonly from: string;
  readonly to: string;
  readonly crons: readonly string[];
  /** Stops after so many; else only at `to`. */
  readonly runs?: number;
  /** What the run that starts then comes to, and how many minutes it takes. */
  readonly turn?: (at: string, count: number) => {readonly turn?: Turn; readonly minutes?: number};
  /** What the clock does once beside going on: minutes, at a time. A machine that sleeps, a clock that is set. */
  readonly jump?: {readonly at: string; readonly minutes: number};
  readonly read?: (count: number) => Project | null;
}

/** Lets the schedule run on a clock of its own, and answers when it started a run, and what it said. */
async function simulate({from, to, crons, runs = 1_000, turn = () => ({}), jump, read}: Given) {
  let clock = Date.parse(from);
  let reads = 0;
  let jumped = false;
  const at = () => new Date(clock).toISOString().slice(0, 16);
  const started: string[] = [];
  const said: string[] = [];
  await keepRunning(project(...crons), {
    now: () => new Date(clock),
    sleep: async (milliseconds) => {
      clock += milliseconds;
      if (jumped || jump === undefined || at() < jump.at) return;
      jumped = true;
      clock += jump.minutes * 60_000;
    },
    stopping: () => clock >= Date.parse(to) || started.length >= runs,
    readProject: async () => {
      reads += 1;
      return read === undefined ? project(...crons) : read(reads);
    },
    run: async () => {
      started.push(at());
      const {turn: came = done, minutes = 0} = turn(at(), started.length);
      clock += minutes * 60_000;
      return came;
    },
    say: (line) => void said.push(line)
  });
  return {started, said};
}

const january = {from: "2024-01-01T00:00:00Z", to: "2024-01-20T00:00:00Z"};

describe("the schedule", () => {
  test("runs at its start for what was missed, then at each time, and says what comes next", async () => {
    const {started, said} = await simulate({...january, crons: ["0 6 * * 1", "0 6 10 1,4,7,10 *"]});
    expect(started).toEqual([
      "2024-01-01T00:00",
      "2024-01-01T14:00",
      "2024-01-08T14:00",
      "2024-01-10T14:00",
      "2024-01-15T14:00"
    ]);
    expect(said.slice(0, 3)).toEqual([
      "Next: 2024-01-01 06:00 (America/Los_Angeles): report-0",
      "Next: 2024-01-08 06:00 (America/Los_Angeles): report-0",
      "Next: 2024-01-10 06:00 (America/Los_Angeles): report-1"
    ]);
  });

  test("is never at work twice: a run that lasts past its next times is followed by one run for all", async () => {
    const {started} = await simulate({
      from: "2024-01-01T00:00:00Z",
      to: "2024-01-01T18:00:00Z",
      crons: ["0 * * * *"],
      turn: (_, count) => ({minutes: count === 2 ? 200 : 1})
    });
    expect(started.slice(0, 4)).toEqual([
      "2024-01-01T00:00",
      "2024-01-01T01:00",
      "2024-01-01T04:20",
      "2024-01-01T05:00"
    ]);
  });

  test("catches up at once when the machine wakes", async () => {
    const {started} = await simulate({
      ...january,
      crons: ["0 6 * * 1"],
      // Asleep for nine days from 3 January.
      jump: {at: "2024-01-03T12:00", minutes: 9 * 24 * 60}
    });
    expect(started.map((at) => at.slice(0, 13))).toEqual([
      "2024-01-01T00",
      "2024-01-01T14",
      "2024-01-12T12",
      "2024-01-15T14"
    ]);
  });

  test("comes to its times again when a clock that was ahead is set back", async () => {
    const {started} = await simulate({
      from: "2024-06-01T00:00:00Z",
      to: "2024-06-20T00:00:00Z",
      crons: ["0 6 * * 1"],
      runs: 2,
      jump: {at: "2024-06-01T12:00", minutes: -150 * 24 * 60}
    });
    expect(started[1]).toBe("2024-01-08T14:00");
  });

  test("looks once a day for what came late, while something waits", async () => {
    const {started} = await simulate({
      from: "2024-01-10T13:00:00Z",
      to: "2024-01-20T00:00:00Z",
      crons: ["0 6 10 1,4,7,10 *"],
      turn: (at) => ({turn: at < "2024-01-12T18" ? waiting : done})
    });
    expect(started).toEqual([
      "2024-01-10T13:00",
      "2024-01-10T14:00",
      "2024-01-10T20:30",
      "2024-01-11T20:30",
      "2024-01-12T20:30"
    ]);
  });

  test("tries again in a minute where another run is at work", async () => {
    const {started} = await simulate({
      ...january,
      crons: ["0 6 * * 1"],
      turn: (_, count) => ({turn: count < 3 ? "busy" : done})
    });
    expect(started.slice(0, 4)).toEqual([
      "2024-01-01T00:00",
      "2024-01-01T00:01",
      "2024-01-01T00:02",
      "2024-01-01T14:00"
    ]);
  });

  test("goes on by the schedule of before while the definitions have a fault, and by the new one after", async () => {
    const {started} = await simulate({
      ...january,
      crons: ["0 6 * * 1"],
      // Broken at the first time, mended a day later with another time.
      read: (count) => (count === 2 ? null : project(count < 3 ? "0 6 * * 1" : "0 6 * * 2"))
    });
    expect(started).toEqual([
      "2024-01-01T00:00",
      "2024-01-01T20:30",
      "2024-01-02T14:00",
      "2024-01-09T14:00",
      "2024-01-16T14:00"
    ]);
  });
});
