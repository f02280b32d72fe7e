import type {CronFields} from "../../calendar/cron.ts";
import {monthNames} from "../../calendar/iso-date.ts";
import type {UnitRequest} from "./contract.ts";
import {alternatives, notSaid, type UnitEntry, unitEntries} from "./entries.ts";

/** A task of the Windows Task Scheduler as XML, with how to install it. */
export function windowsTask({project, node, program}: UnitRequest): string {
  const {title, time_zone} = project.settings;
  const words = [program, "run", "--project", project.directory].map(quoted).join(" ");
  const told: string[] = [];
  let free = mostTriggers;
  const triggers = unitEntries(project)
    // The daily look is the last, and the one that must not be missing.
    .reverse()
    .flatMap((entry) => {
      const made = triggersOf(entry);
      if (made === null || made.length > free) {
        told.unshift(notSaid(entry, "the Task Scheduler"));
        return [];
      }
      free -= made.length;
      return [made.join("\n")];
    })
    .reverse();
  return `<?xml version="1.0"?>
<!--
  The scheduled job of this project for the Windows Task Scheduler. Save this as milepost.xml. Then, in PowerShell:
    Register-ScheduledTask -TaskName milepost -Xml (Get-Content milepost.xml -Raw)
  It runs while you are logged in; for always, change that in the task's properties (it asks for the password).
  Times are those of the machine: the Task Scheduler knows no time zone. Where it does not stand in ${time_zone},
  move them by hand. What is due is decided by milepost in the project's own zone: a start before its time finds
  nothing due, and the next one makes it. What came of it: milepost runs${told.map((line) => `\n  ${harmless(line)}`).join("")}
-->
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${escaped(`milepost run: ${title}`)}</Description>
  </RegistrationInfo>
  <Triggers>
${triggers.join("\n")}
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>${escaped(node)}</Command>
      <Arguments>${escaped(words)}</Arguments>
    </Exec>
  </Actions>
</Task>
`;
}

/** The Task Scheduler takes no more of a task. */
const mostTriggers = 48;

/** One for each time of day; null where the days can't be said. */
function triggersOf({fields}: UnitEntry): string[] | null {
  if (fields === null) return null;
  return alternatives(fields).flatMap((one) =>
    one.hours.flatMap((hour) =>
      one.minutes.map((minute) => {
        const two = (number: number) => String(number).padStart(2, "0");
        // Any day that is past: the task is to begin at once.
        const start = `2024-01-01T${two(hour)}:${two(minute)}:00`;
        return `    <CalendarTrigger>
      <StartBoundary>${start}</StartBoundary>
${daysOf(one)}
    </CalendarTrigger>`;
      })
    )
  );
}

const weekdayNames = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"] as const;

function daysOf({days, lastDay, months, weekdays}: CronFields): string {
  const everyMonth = months.length === monthNames.length;
  const ofMonths = `<Months>${months.map((month) => `<${monthNames[month - 1]} />`).join("")}</Months>`;
  const ofWeek = `<DaysOfWeek>${(weekdays ?? []).map((day) => `<${weekdayNames[day]} />`).join("")}</DaysOfWeek>`;
  if (weekdays !== null && everyMonth) {
    return `      <ScheduleByWeek><WeeksInterval>1</WeeksInterval>${ofWeek}</ScheduleByWeek>`;
  }
  if (weekdays !== null) {
    const weeks = [1, 2, 3, 4, "Last"].map((week) => `<Week>${week}</Week>`).join("");
    return `      <ScheduleByMonthDayOfWeek><Weeks>${weeks}</Weeks>${ofWeek}${ofMonths}</ScheduleByMonthDayOfWeek>`;
  }
  if (days === null && everyMonth) return "      <ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay>";
  const each = days ?? Array.from({length: 31}, (_, index) => index + 1);
  const ofMonth = [...each, ...(lastDay ? ["Last"] : [])].map((day) => `<Day>${day}</Day>`).join("");
  return `      <ScheduleByMonth><DaysOfMonth>${ofMonth}</DaysOfMonth>${ofMonths}</ScheduleByMonth>`;
}

/** As Windows programs read their command line: a backslash before a quote is one only when it is doubled. */
function quoted(word: string): string {
  if (/^[^\s"]+$/.test(word)) return word;
  return `"${word.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, "$1$1")}"`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A comment of XML must not hold two hyphens. */
function harmless(text: string): string {
  return text.replaceAll("--", "- -");
}
