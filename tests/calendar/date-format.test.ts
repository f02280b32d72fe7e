import {describe, expect, test} from "vitest";
import {dateFormatProblem, readDateFormat} from "../../pipeline/calendar/date-format.ts";

describe("date formats", () => {
  test("become strptime with an exact shape", () => {
    expect(readDateFormat("MM/dd/yyyy hh:mm:ss a")).toEqual({
      format: "MM/dd/yyyy hh:mm:ss a",
      strptime: "%m/%d/%Y %I:%M:%S %p",
      shape: "[0-9]{2}/[0-9]{2}/[1-9][0-9]{3} (0[1-9]|1[0-2]):[0-9]{2}:[0-9]{2} [AaPp][Mm]",
      like: {is: "__/__/____ __:__:__ __", isNot: ["__/__/0___ __:__:__ __", "%  %"]}
    });
  });

  test("one or two digits vary the length, so there is no LIKE", () => {
    expect(readDateFormat("M/d/yyyy H:mm")).toMatchObject({strptime: "%m/%d/%Y %H:%M", like: null});
  });

  test("literals are themselves, also letters in quotes, a quote and signs that strptime or LIKE would read", () => {
    expect(readDateFormat("yyyy-MM-dd'T'HH:mm:ss.SSS").strptime).toBe("%Y-%m-%dT%H:%M:%S.%g");
    expect(readDateFormat("yyyy-MM-dd'T'HH:mm").like).toEqual({is: "____-__-__T__:__", isNot: ["0___-__-__T__:__"]});
    expect(readDateFormat("'o''clock' yyyy%MM_dd")).toMatchObject({
      strptime: "o'clock %Y%%%m_%d",
      shape: "o'clock [1-9][0-9]{3}%[0-9]{2}_[0-9]{2}",
      like: null
    });
  });

  test("shapes as short as the engine's words for a date get no LIKE", () => {
    expect(readDateFormat("yyyyMMdd").like).toBeNull();
  });

  test.each([
    ["yyyy-MM-dd", null],
    ["d MMM yy", null],
    ["MMMM d, yyyy", null],
    ["dd yyyy", "has a day without a month (MM)"],
    ["dd.MM.", "has no year (yyyy)"],
    ["yyyy-DD-MM", 'has "DD", which is not supported; supported: yyyy yy MMMM MMM MM M dd d HH H hh h mm m ss s SSS a'],
    [
      "yyyy-MM-ddTHH:mm",
      'has "T", which is not supported; supported: yyyy yy MMMM MMM MM M dd d HH H hh h mm m ss s SSS a'
    ],
    ["yyyy-MM-dd hh:mm", "has hours of a half day (h) without a; H counts to 23"],
    ["yyyy-MM-dd HH:mm a", "has a without hours of a half day (h)"],
    ["yyyy-MM-dd mm", "has minutes without hours"],
    ["MM/dd/yyyy M", 'says "M" twice'],
    ["yyyy-MM-dd'T", "has a quote that is not closed"]
  ])("%s: %s", (format, problem) => {
    expect(dateFormatProblem(format)).toBe(problem);
  });
});
