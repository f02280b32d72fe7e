import {describe, expect, it} from "vitest";
import {dateTicks, roundTicks, shortDate, tickFormat} from "../../pipeline/charts/axis.ts";

describe("roundTicks", () => {
  it.each([
    {low: 0, high: 1903, whole: true, ticks: [0, 500, 1000, 1500]},
    {low: 0, high: 31216, whole: true, ticks: [0, 10000, 20000, 30000]},
    {low: 0, high: 5, whole: true, ticks: [0, 1, 2, 3, 4, 5]},
    {low: 0, high: 1, whole: true, ticks: [0, 1]},
    {low: 0, high: 0.31, whole: false, ticks: [0, 0.1, 0.2, 0.3]},
    {low: -3, high: 1, whole: true, ticks: [-3, -2, -1, 0, 1]}
  ])("$low to $high, whole: $whole", ({low, high, whole, ticks}) => {
    expect(roundTicks(low, high, 5, whole)).toEqual(ticks);
  });
});

describe("dateTicks", () => {
  const labels = (from: string, to: string, width: number) =>
    dateTicks(from, to, width).map(({label, year}) => `${label} ${year}`.trim());

  it("names each month of a year where there is room, with the year under the first and under January", () => {
    expect(labels("2023-07-01", "2024-06-30", 540).join(", ")).toBe(
      "Jul 2023, Aug, Sep, Oct, Nov, Dec, Jan 2024, Feb, Mar, Apr, May, Jun"
    );
  });

  it("names every second or third month on a phone", () => {
    expect(labels("2023-07-01", "2024-06-30", 240)).toEqual(["Jul 2023", "Sep", "Nov", "Jan 2024", "Mar", "May"]);
  });

  it("names days of a period up to two months", () => {
    expect(labels("2024-02-19", "2024-03-17", 240)).toEqual(["19 Feb 2024", "26 Feb", "4 Mar", "11 Mar"]);
  });

  it("begins at the first month that begins inside", () => {
    expect(labels("2024-01-15", "2024-04-14", 500)).toEqual(["Feb 2024", "Mar", "Apr"]);
  });
});

it("prints shares without more digits than their step has", () => {
  expect(tickFormat([0, 0.1], "share")).toBe(".0%");
  expect(tickFormat([0, 0.005], "share")).toBe(".1%");
  expect(tickFormat([0, 500], "incidents")).toBe(",d");
});

it("prints a short date", () => {
  expect(shortDate("2024-06-03")).toBe("3 Jun 2024");
});
