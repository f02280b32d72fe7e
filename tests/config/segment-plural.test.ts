import {expect, test} from "vitest";
import {countedSegments, pluralOf, segmentWords} from "../../pipeline/config/segment-plural.ts";

test("an Area is written with a capital, a bureau without", () => {
  expect(["area", "bureau", "city", "recruit_class"].map(pluralOf)).toEqual([
    "Areas",
    "bureaus",
    "cities",
    "recruit classes"
  ]);
  expect(["csp_site", "metro_line", "lafd_bureau"].map(pluralOf)).toEqual(["CSP sites", "Metro lines", "LAFD bureaus"]);
  expect([countedSegments(21, "area"), countedSegments(1, "area"), countedSegments(4, "bureau")]).toEqual([
    "21 Areas",
    "1 Area",
    "4 bureaus"
  ]);
});

test("segments are called together by what they are, the finest first, without the one above them all", () => {
  const city = ["city", "bureau", "bureau", "area", "area", "area"];
  expect(segmentWords(city, "or")).toBe("Area or bureau");
  expect(segmentWords(city, "and")).toBe("Area and bureau");
  expect(segmentWords(["area", "area"], "or")).toBe("Area");
  expect(segmentWords(["city", "area", "area"], "or")).toBe("Area");
  expect(segmentWords(["city"], "or")).toBe("city");
  expect(segmentWords(["bureau", "bureau", "area", "area", "site", "site"], "or")).toBe("site, Area or bureau");
});
