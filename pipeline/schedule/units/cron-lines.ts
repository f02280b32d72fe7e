import type {CronFields} from "../../calendar/cron.ts";
import type {UnitRequest} from "./contract.ts";
import {alternatives, notSaid, type UnitEntry, unitEntries} from "./entries.ts";

/** Lines for a crontab, with how to install them. */
export function cronLines({project, node, program}: UnitRequest): string {
  const {time_zone} = project.settings;
  const command = [node, program, "run", "--project", project.directory].map(quoted).join(" ");
  return `# The scheduled job of this project for cron: put these lines into the crontab, with crontab -e.
# CRON_TZ is known to cronie (Fedora, Red Hat, Arch). The cron of Debian, Ubuntu and macOS does not know it: there the
# times are those of the machine, and must be moved by hand where it does not stand in ${time_zone}. What is due is
# decided by milepost in the project's own zone: a start before its time finds nothing due, and the next one makes it.
# cron mails what a run prints; what came of it: milepost runs
CRON_TZ=${time_zone}
${unitEntries(project)
  .flatMap((entry) => linesOf(entry, command))
  .join("\n")}
`;
}

function linesOf(entry: UnitEntry, command: string): string[] {
  const {cron, what, fields} = entry;
  if (fields === null || fields.lastDay) return [`# ${notSaid(entry, "cron")}`];
  // Programs named cron differ in what a day of the month and a day of the week mean together.
  const [first, second] = alternatives(fields);
  const times = second === undefined ? [cron] : [spelt(first!), spelt(second)];
  return [`# ${what}: ${cron}`, ...times.map((time) => `${time} ${command}`)];
}

function spelt({minutes, hours, days, months, weekdays}: CronFields): string {
  return [
    listed(minutes, 60),
    listed(hours, 24),
    days === null ? "*" : listed(days, 31),
    listed(months, 12),
    weekdays === null ? "*" : listed(weekdays, 7)
  ].join(" ");
}

function listed(numbers: readonly number[], all: number): string {
  return numbers.length === all ? "*" : numbers.join(",");
}

/** For the shell; and a % would end the command of a crontab. */
function quoted(word: string): string {
  const shell = /^[\w@+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
  return shell.replaceAll("%", "\\%");
}
