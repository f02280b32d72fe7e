import fc from "fast-check";
import {describe, expect, it} from "vitest";
import {crosses, overlap, placeNear, spreadApart} from "../../pipeline/charts/placement.ts";

describe("spreadApart", () => {
  it.each([
    {middles: [50, 100], height: 20, spread: [50, 100], why: "far enough already"},
    {middles: [50, 54], height: 20, spread: [42, 62], why: "both move by the same"},
    {middles: [54, 50], height: 20, spread: [62, 42], why: "the order is kept"},
    {middles: [2, 4], height: 20, spread: [10, 30], why: "the edge pushes back"},
    {middles: [198, 199, 200], height: 20, spread: [150, 170, 190], why: "the other edge too"},
    {middles: [], height: 20, spread: [], why: "nothing"}
  ])("$middles: $why", ({middles, height, spread}) => {
    expect(spreadApart(middles, height, 0, 200)).toEqual(spread);
  });

  it("never lets blocks overlap or leave their room, whatever they want", () => {
    const middles = fc.array(fc.double({min: -50, max: 250, noNaN: true}), {minLength: 1, maxLength: 8});
    fc.assert(
      fc.property(middles, (wanted) => {
        const spread = spreadApart(wanted, 20, 0, 200).sort((a, b) => a - b);
        expect(spread[0]!).toBeGreaterThanOrEqual(10 - 1e-9);
        expect(spread.at(-1)!).toBeLessThanOrEqual(190 + 1e-9);
        for (const [index, middle] of spread.slice(1).entries()) {
          expect(middle - spread[index]!).toBeGreaterThanOrEqual(20 - 1e-9);
        }
      })
    );
  });
});

describe("placeNear", () => {
  const bounds = {left: 0, top: 0, right: 400, bottom: 200};
  const size = {width: 60, height: 16};

  it("stands right of the point where nothing is in the way", () => {
    expect(placeNear({x: 100, y: 100}, size, bounds, {boxes: [], lines: []})).toEqual({
      left: 110,
      top: 92,
      right: 170,
      bottom: 108
    });
  });

  it("goes below a line that rises past the point", () => {
    const line = [
      {x: 0, y: 200},
      {x: 400, y: 0}
    ];
    const box = placeNear({x: 200, y: 100}, size, bounds, {boxes: [], lines: [line]});
    expect(crosses(line, box)).toBe(false);
  });

  it("stays inside its bounds and off other labels", () => {
    const other = {left: 300, top: 60, right: 400, bottom: 140};
    const box = placeNear({x: 395, y: 100}, size, bounds, {boxes: [other], lines: []});
    expect(box.right).toBeLessThanOrEqual(400);
    expect(overlap(box, other)).toBe(false);
  });
});
