import type {ExtractMaker} from "./world.ts";

/** Who makes the extracts of a source, by its name; crime and collisions come year by year, see yearly-extracts.ts. */
export const makers: Readonly<Record<string, ExtractMaker>> = {};
