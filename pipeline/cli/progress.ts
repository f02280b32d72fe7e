import {harmless} from "../diagnostics/terminal-text.ts";
import {formatCount, formatValue} from "../format/numbers.ts";
import type {Step, Tell} from "../run/progress.ts";
import type {Context} from "./context.ts";

/** What a long command says while it works. */
export interface Progress {
  /** A line stands in a log too; a step is only for who watches. */
  readonly tell: Tell;
  /** Takes the line away that is drawn; called before anything else is written. */
  readonly clear: () => void;
  /** Draws how long it has taken where nothing was told for a second: called again and again while the work goes on. */
  readonly tick: () => void;
}

/** Terminals have at least so many columns; a longer line would not go away again. */
const width = 79;

/** Ten times a second at most: more would keep the terminal busy, and nobody reads it. */
const millisecondsBetween = 100;

/** Without a word for so long, somebody who watches wonders whether anything goes on. */
const millisecondsBetweenTicks = 1000;

/** From so much time and work on the speed so far says something of the rest. */
const firstMilliseconds = 1000;
const firstShare = 0.01;

const wipe = "\r\x1b[2K";

/**
 * On a terminal one line drawn over itself, with rows, share, speed and what remains, gone at the end; elsewhere a line
 * for each file or step, for a log.
 *
 * @param keepLines The lines stay on a terminal too: the work is a job, and its talk a log.
 */
export function progressOf(
  {err, terminal, now}: Pick<Context, "err" | "terminal" | "now">,
  {keepLines = false}: {readonly keepLines?: boolean} = {}
): Progress {
  let drawn = "";
  let drawnAt = Number.NEGATIVE_INFINITY;
  let begun: Begun | null = null;
  let latest: Step | null = null;
  let said: {readonly text: string; readonly time: number} | null = null;
  const clear = () => {
    if (drawn !== "") err(wipe);
    drawn = "";
  };
  const draw = (text: string) => {
    if (text === drawn) return;
    err(`${wipe}${text}`);
    drawn = text;
  };
  const line = (text: string) => {
    begun = null;
    latest = null;
    said = terminal ? {text: keepLines ? "" : text, time: now().getTime()} : null;
    if (terminal && !keepLines) {
      draw(shortened(text, width));
      return;
    }
    clear();
    err(`${text}\n`);
  };
  const step = (one: Step) => {
    if (!terminal) return;
    const time = now().getTime();
    const {file, what} = one;
    latest = one;
    if (begun === null || begun.file !== file || begun.what !== what) {
      begun = {file, what, time, share: one.share, done: one.done};
    } else if (time - drawnAt < millisecondsBetween) return;
    drawnAt = time;
    draw(stepText(one, begun, time));
  };
  const tick = () => {
    const time = now().getTime();
    if (latest !== null && begun !== null) {
      if (time - drawnAt < millisecondsBetweenTicks) return;
      drawnAt = time;
      draw(stepText(latest, begun, time));
    } else if (said !== null && time - said.time >= millisecondsBetweenTicks) {
      const taken = `  ${durationText(time - said.time)} so far`;
      draw(`${shortened(said.text, width - taken.length)}${taken}`);
    }
  };
  return {tell: (told) => (typeof told === "string" ? line(harmless(told)) : step(told)), clear, tick};
}

/** Where a step stood when it was first told. */
interface Begun extends Pick<Step, "file" | "what" | "share" | "done"> {
  /** In milliseconds. */
  readonly time: number;
}

/**
 * @param time Now, in milliseconds.
 * @example "crime-2024.csv  checking  1,234,567 rows  45%  230,000 rows/s  6 s left"
 */
export function stepText({file, what, done, of, share, unit = "rows"}: Step, begun: Begun, time: number): string {
  const elapsed = time - begun.time;
  const isSlow = elapsed >= firstMilliseconds;
  const moved = (share ?? 0) - (begun.share ?? 0);
  const rate = done === null || !isSlow ? 0 : ((done - (begun.done ?? 0)) * 1000) / elapsed;
  const parts = [
    what,
    ...rowsText(done, share === null ? of : null, unit),
    ...(share === null ? [] : [`${Math.floor(share * 100)}%`]),
    ...(rate <= 0 ? [] : [`${rate < 10 ? formatValue(rate) : formatCount(rate)} ${unit}/s`]),
    ...(isSlow ? timeText(share, moved, elapsed) : [])
  ].join("  ");
  return `${shortened(harmless(file), Math.max(12, width - parts.length - 2))}  ${parts}`;
}

/** "250,000 rows"; "3 of 9 rows", where no share says it; all of them where it is not counted how many are done. */
function rowsText(done: number | null, of: number | null, unit: string): string[] {
  if (done === null) return of === null ? [] : [`${formatCount(of)} ${unit}`];
  const noun = done === 1 && of === null ? unit.replace(/s$/, "") : unit;
  return [`${formatCount(done)}${of === null ? "" : ` of ${formatCount(of)}`} ${noun}`];
}

/** What remains, where the share so far tells it; else how long it has taken. */
function timeText(share: number | null, moved: number, elapsed: number): string[] {
  if (share === null) return [`${durationText(elapsed)} so far`];
  return moved < firstShare ? [] : [`${durationText((elapsed * (1 - share)) / moved)} left`];
}

/** durationText(95_000) //=> "1 min 35 s" */
function durationText(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Cut in the middle: names of files differ at their ends. */
function shortened(text: string, most: number): string {
  const characters = [...text];
  if (characters.length <= most) return text;
  const end = Math.floor((most - 1) / 2);
  return `${characters.slice(0, most - 1 - end).join("")}\u2026${characters.slice(-end).join("")}`;
}

/** Does long work; what it says is gone from a terminal when it ends, well or not. */
export async function showingProgress<T>(
  context: Pick<Context, "err" | "terminal" | "now">,
  work: (tell: Tell) => Promise<T>
): Promise<T> {
  const progress = progressOf(context);
  return whileTicking(progress, context, () => work(progress.tell));
}

/** Does work with a progress of its own; on a terminal it ticks, and in the end its line is gone. */
export async function whileTicking<T>(
  progress: Pick<Progress, "tick" | "clear">,
  {terminal}: Pick<Context, "terminal">,
  work: () => Promise<T>
): Promise<T> {
  const timer = terminal ? setInterval(progress.tick, millisecondsBetweenTicks) : undefined;
  try {
    return await work();
  } finally {
    clearInterval(timer);
    progress.clear();
  }
}

/** Like `showingProgress` for what is asked and answered: a log hears nothing of it. */
export function watching<T>(
  context: Pick<Context, "err" | "terminal" | "now">,
  work: (tell?: Tell) => Promise<T>
): Promise<T> {
  return context.terminal ? showingProgress(context, work) : work();
}
