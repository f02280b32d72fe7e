import {execFileSync, spawnSync} from "node:child_process";
import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from "node:fs";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {describe, expect, test} from "vitest";
import {occurrenceAfter} from "../../pipeline/calendar/cron.ts";
import type {Project} from "../../pipeline/config/project.ts";
import type {UnitRequest} from "../../pipeline/schedule/units/contract.ts";
import {cronLines} from "../../pipeline/schedule/units/cron-lines.ts";
import {systemdUnits} from "../../pipeline/schedule/units/systemd.ts";
import {windowsTask} from "../../pipeline/schedule/units/windows.ts";

function request(
  crons: readonly string[],
  more: Partial<UnitRequest> & {readonly directory?: string} = {}
): UnitRequest {
  const {directory = "/srv/plan", ...rest} = more;
  const schedule = crons.map((cron, index) => ({report: index === 0 ? "compstat" : "quarterly", cron}));
  const settings = {title: 'Small & <100%> "town"', time_zone: "America/Los_Angeles", schedule};
  return {
    project: {directory, settings} as unknown as Project,
    node: "/usr/bin/node",
    program: "/opt/milepost/dist/program/main.js",
    ...rest
  };
}

const usual = ["0 6 * * 1", "0 6 10 1,4,7,10 *"];
/** Folders that people do have. */
const strange = `/srv/50% of "it's" $HOME \\ plan`;

describe("what is printed", () => {
  test.each([
    ["systemd", systemdUnits],
    ["cron", cronLines],
    ["windows", windowsTask]
  ] as const)("for %s, to be read", async (name, print) => {
    await expect(print(request(usual))).toMatchFileSnapshot(`expected/${name}.txt`);
  });

  test("says plainly which time can't be said", () => {
    const odd = request(["0 6 15W * *", "0 6 L * *"]);
    expect(systemdUnits(odd)).toContain(`# compstat: "0 6 15W * *" can't be said to systemd exactly`);
    expect(systemdUnits(odd)).toContain("OnCalendar=*-*~01 06:00:00 America/Los_Angeles");
    expect(cronLines(odd)).toContain(`# compstat: "0 6 15W * *" can't be said to cron exactly`);
    expect(cronLines(odd)).toContain(`# quarterly: "0 6 L * *" can't be said to cron exactly`);
    expect(windowsTask(odd)).toContain(`compstat: "0 6 15W * *" can't be said to the Task Scheduler exactly`);
    expect(windowsTask(odd)).toContain("<Day>Last</Day>");
    // More times of day than a task may have; the daily look stays.
    const often = windowsTask(request(["*/15 * * * *"]));
    expect(often).toContain("can't be said to the Task Scheduler exactly");
    expect(often.match(/<CalendarTrigger>/g)).toHaveLength(1);
    expect(often).toContain("T12:30:00");
  });

  test("takes a day of the month and a day of the week as either or, everywhere", () => {
    const either = request(["0 6 13 * 5"]);
    expect(systemdUnits(either)).toContain("OnCalendar=*-*-13 06:00:00");
    expect(systemdUnits(either)).toContain("OnCalendar=Fri *-*-* 06:00:00");
    expect(cronLines(either)).toMatch(/^0 6 13 \* \* \/usr/m);
    expect(cronLines(either)).toMatch(/^0 6 \* \* 5 \/usr/m);
    expect(windowsTask(either).match(/<CalendarTrigger>/g)).toHaveLength(3);
  });
});

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

describe.skipIf(!hasSystemd)("systemd itself (skipped where there is no systemd-analyze)", () => {
  test("reads the units, and comes at the times of the expressions", () => {
    const folder = mkdtempSync(join(tmpdir(), "milepost-units-"));
    try {
      const project = join(folder, strange.slice(1).replaceAll("/", "-"));
      mkdirSync(project);
      const printed = systemdUnits(request(usual, {directory: project, node: process.execPath}));
      const [, service = "", timer = ""] = printed.split(/^# milepost\.(?:service|timer)$/m);
      writeFileSync(join(folder, "milepost.service"), service);
      writeFileSync(join(folder, "milepost.timer"), timer);
      const files = ["service", "timer"].map((kind) => join(folder, `milepost.${kind}`));
      const {status, stderr} = spawnSync("systemd-analyze", ["verify", ...files], {encoding: "utf8"});
      expect(status, stderr).toBe(0);
      expect(stderr.split("\n").filter((line) => line.includes("milepost."))).toEqual([]);
    } finally {
      rmSync(folder, {recursive: true, force: true});
    }
  });

  test.each(["0 6 * * 1", "0 6 10 1,4,7,10 *", "*/20 6,18 * * *", "0 6 L 2 *", "0 6 13 * 5", "30 6 1-5 */3 *"])(
    "comes as %s asks",
    (cron) => {
      const calendars = [...systemdUnits(request([cron])).matchAll(/^OnCalendar=(.*)$/gm)].map(([, line]) => line!);
      const base = "2024-01-15 00:00:00 UTC";
      const elapses = calendars.slice(0, -1).map((calendar) => {
        const said = execFileSync("systemd-analyze", ["calendar", `--base-time=${base}`, calendar], {
          encoding: "utf8",
          env: {...process.env, TZ: "UTC"}
        });
        const [, day, time] = /Next elapse: \w+ (\S+) (\S+) UTC/.exec(said)!;
        return `${day}T${time}.000Z`;
      });
      const expected = occurrenceAfter(cron, "America/Los_Angeles", new Date("2024-01-15T00:00:00Z"));
      expect(elapses.sort()[0]).toBe(expected?.toISOString());
    }
  );
});

test("a shell gets the words of a crontab's line as they were, once cron has taken its own signs away", () => {
  const line = cronLines(request(["0 6 * * 1"], {directory: strange}))
    .split("\n")
    .find((one) => one.startsWith("0 6 * * 1 "))!;
  // Cron ends the command at a %, unless a backslash stands before it, which it takes away.
  expect(line.replaceAll("\\%", "")).not.toContain("%");
  const command = line.slice("0 6 * * 1 ".length).replaceAll("\\%", "%");
  const words = execFileSync("/bin/sh", ["-c", `printf '%s\\n' ${command}`], {encoding: "utf8"})
    .trimEnd()
    .split("\n");
  expect(words).toEqual(["/usr/bin/node", "/opt/milepost/dist/program/main.js", "run", "--project", strange]);
});

test("the words of a Windows task are read as they were, and its XML holds together", () => {
  const directory = 'C:\\Users\\A & B\\the "plan"\\';
  const xml = windowsTask(
    request(usual, {directory, node: "C:\\Program Files\\nodejs\\node.exe", program: "C:\\m\\main.js"})
  );
  expect(openTags(xml)).toEqual([]);
  const given = /<Arguments>(.*)<\/Arguments>/.exec(xml)![1]!;
  expect(windowsWords(given.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"))).toEqual([
    "C:\\m\\main.js",
    "run",
    "--project",
    directory
  ]);
  expect(xml).toContain("<Command>C:\\Program Files\\nodejs\\node.exe</Command>");
});

/** Tags that are not closed, or closed in another order; text that should have been escaped fails too. */
function openTags(xml: string): string[] {
  const open: string[] = [];
  const body = xml.replace(/<\?xml[^?]*\?>/, "").replace(/<!--(?:(?!--)[\s\S])*-->/, "");
  for (const [, closing, name, single] of body.matchAll(/<(\/?)([A-Za-z]+)[^<>]*?(\/?)>/g)) {
    if (single === "/") continue;
    if (closing === "") open.push(name!);
    else if (open.pop() !== name) return [`</${name}>`];
  }
  const text = body.replace(/<\/?[A-Za-z][^<>]*>/g, "");
  return /[<>]|&(?!amp;|lt;|gt;)/.test(text) ? ["text"] : open;
}

/** A command line as the C runtime of Windows takes it apart. */
function windowsWords(line: string): string[] {
  const words: string[] = [];
  let word: string | null = null;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const slashes = /^\\+/.exec(line.slice(at))?.[0].length ?? 0;
    const sign = line[at + slashes];
    if (slashes > 0 && sign === '"') {
      word = (word ?? "") + "\\".repeat(Math.floor(slashes / 2));
      at += slashes;
      if (slashes % 2 === 1) word += '"';
      else quoted = !quoted;
    } else if (line[at] === '"') {
      word ??= "";
      quoted = !quoted;
    } else if (line[at] === " " && !quoted) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? "") + line[at];
  }
  return word === null ? words : [...words, word];
}
