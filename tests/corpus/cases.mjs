import {byteCases} from "./cases/bytes.mjs";
import {cellCases} from "./cases/cells.mjs";
import {headerCases} from "./cases/headers.mjs";
import {packedCases} from "./cases/packed.mjs";
import {parquetCases} from "./cases/parquet.mjs";
import {recordCases} from "./cases/records.mjs";
import {shapeCases} from "./cases/shapes.mjs";
import {workbookCases} from "./cases/workbooks.mjs";

/** Every case; a name and a file name stand once. Files above this size are made when they are needed. */
const largestKept = 64 * 1024;

export const cases = [
  ...recordCases,
  ...cellCases,
  ...headerCases,
  ...byteCases,
  ...shapeCases,
  ...packedCases,
  ...workbookCases,
  ...parquetCases
].map((one) => (one.bytes().length > largestKept ? {...one, made: "when needed"} : one));
