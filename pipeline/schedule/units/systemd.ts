import type {CronFields} from "../../calendar/cron.ts";
import type {UnitRequest} from "./contract.ts";
import {alternatives, notSaid, type UnitEntry, unitEntries} from "./entries.ts";

/** A service and a timer of systemd, one after the other, with how to install them. */
export function systemdUnits({project, node, program}: UnitRequest): string {
  const {title, time_zone} = project.settings;
  const words = [program, "run", "--project", project.directory];
  return `# The scheduled job of this project for systemd: two files, and each begins at its name.
# Save them in ~/.config/systemd/user (or, for the whole machine, in /etc/systemd/system without --user below). Then:
#   systemctl --user daemon-reload
#   systemctl --user enable --now milepost.timer
#   loginctl enable-linger        # so that it runs while nobody is logged in
# What came of it: milepost runs, and journalctl --user -u milepost

# milepost.service
[Unit]
Description=${specifiersOff(oneLine(`milepost run: ${title}`))}

[Service]
Type=oneshot
ExecStart=${[quoted(node), ...words.map((word) => quoted(word).replaceAll("$", "$$$$"))].join(" ")}

# milepost.timer
[Unit]
Description=${specifiersOff(oneLine(`When milepost runs: ${title}`))}

[Timer]
${unitEntries(project)
  .flatMap((entry) => timerLines(entry, time_zone))
  .join("\n")}
Persistent=true

[Install]
WantedBy=timers.target
`;
}

function timerLines(entry: UnitEntry, timeZone: string): string[] {
  if (entry.fields === null) return [`# ${oneLine(notSaid(entry, "systemd"))}`];
  const calendars = alternatives(entry.fields).flatMap((fields) => calendarsOf(fields, timeZone));
  return [`# ${oneLine(entry.what)}: ${entry.cron}`, ...calendars.map((calendar) => `OnCalendar=${calendar}`)];
}

const weekdayNames = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"] as const;

function calendarsOf({minutes, hours, days, lastDay, months, weekdays}: CronFields, timeZone: string): string[] {
  const week = weekdays === null ? "" : `${weekdays.map((day) => weekdayNames[day]).join(",")} `;
  const month = listed(months, 12);
  const time = `${listed(hours, 24)}:${listed(minutes, 60)}:00 ${timeZone}`;
  const dates = [
    ...(days === null ? [`*-${month}-*`] : []),
    ...(days !== null && days.length > 0 ? [`*-${month}-${listed(days, 31)}`] : []),
    ...(lastDay ? [`*-${month}~01`] : [])
  ];
  return dates.map((date) => `${week}${date} ${time}`);
}

function listed(numbers: readonly number[], all: number): string {
  return numbers.length === all ? "*" : numbers.map((number) => String(number).padStart(2, "0")).join(",");
}

/** In double quotes, with the escapes of systemd; a % begins a specifier everywhere. */
function quoted(word: string): string {
  const escaped = word.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\t", "\\t");
  return `"${specifiersOff(escaped)}"`;
}

function specifiersOff(text: string): string {
  return text.replaceAll("%", "%%");
}

/** A comment or a title never begins another line; one that ends with a backslash would go on. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\\+$/, "");
}
