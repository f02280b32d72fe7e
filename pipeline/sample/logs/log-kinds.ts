import type {Usual} from "./occasions.ts";

/** What is a log's own, and no target's. */
export interface LogKind extends Usual {
  /** Of its ids: "EV" makes EV-2024-00017. */
  readonly prefix: string;
  /** Whether days are written with the time. */
  readonly timed: boolean;
  /** What it also records, and no target asks for: values of a column, each as many rows a year in the whole city. */
  readonly also: readonly {readonly rowsAYear: number; readonly cells: Readonly<Record<string, string>>}[];
}

/** What a row adds to a column that is summed. */
function amount(column: string): number {
  return {officers: 8, hours: 6, quantity: 25, attendees: 30, engagements: 400, impressions: 9000}[column] ?? 10;
}

const office = {amount, weekends: 0.15, timed: false};
const always = {amount, weekends: 1, timed: true};

/** By the source's name. */
export const logKinds: Readonly<Record<string, LogKind>> = {
  "event-log": {
    ...office,
    prefix: "EV",
    rowsAYear: 30,
    also: [
      {rowsAYear: 90, cells: {event_type: "coffee_with_a_cop"}},
      {rowsAYear: 45, cells: {event_type: "station_tour"}},
      {rowsAYear: 60, cells: {event_type: "school_visit"}}
    ]
  },
  "media-log": {
    ...always,
    prefix: "MD",
    rowsAYear: 90,
    also: [
      {rowsAYear: 420, cells: {item_type: "post", topic: "daily_life"}},
      {rowsAYear: 150, cells: {item_type: "release", topic: "arrest"}},
      {rowsAYear: 60, cells: {item_type: "video", topic: "portrait"}}
    ]
  },
  "training-sessions": {
    ...office,
    prefix: "TS",
    rowsAYear: 24,
    also: [
      {rowsAYear: 120, cells: {session_type: "course", topic: "firearms_qualification"}},
      {rowsAYear: 260, cells: {session_type: "roll_call", topic: "daily_bulletin"}}
    ]
  },
  "deployment-log": {
    ...always,
    prefix: "DP",
    rowsAYear: 260,
    also: [{rowsAYear: 180, cells: {activity_type: "directed_patrol"}}]
  },
  "briefing-log": {
    ...office,
    prefix: "BR",
    rowsAYear: 52,
    also: [{rowsAYear: 40, cells: {topic: "wanted_persons"}}]
  },
  "survey-responses": {...always, timed: false, prefix: "SR", rowsAYear: 400, also: []},
  "app-usage": {
    ...always,
    prefix: "AU",
    rowsAYear: 1800,
    also: [{rowsAYear: 900, cells: {app: "dhc", event_type: "login"}}]
  },
  "tip-log": {
    ...always,
    timed: false,
    prefix: "TP",
    rowsAYear: 140,
    also: [{rowsAYear: 500, cells: {topic: "narcotics"}}]
  },
  "device-distribution": {...office, weekends: 1, prefix: "DD", rowsAYear: 110, also: []}
};
