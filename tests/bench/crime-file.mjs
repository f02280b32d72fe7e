import {closeSync, openSync, writeSync} from "node:fs";

/** The 28 columns of the portal's crime file, with the types that a hand-written copy would give them. */
export const columns = {
  DR_NO: "varchar",
  "Date Rptd": "timestamp",
  "DATE OCC": "timestamp",
  "TIME OCC": "varchar",
  AREA: "integer",
  "AREA NAME": "varchar",
  "Rpt Dist No": "integer",
  "Part 1-2": "integer",
  "Crm Cd": "integer",
  "Crm Cd Desc": "varchar",
  Mocodes: "varchar",
  "Vict Age": "integer",
  "Vict Sex": "varchar",
  "Vict Descent": "varchar",
  "Premis Cd": "integer",
  "Premis Desc": "varchar",
  "Weapon Used Cd": "integer",
  "Weapon Desc": "varchar",
  Status: "varchar",
  "Status Desc": "varchar",
  "Crm Cd 1": "integer",
  "Crm Cd 2": "integer",
  "Crm Cd 3": "integer",
  "Crm Cd 4": "integer",
  LOCATION: "varchar",
  "Cross Street": "varchar",
  LAT: "double",
  LON: "double"
};

/** How the file writes its timestamps, for DuckDB. */
export const timestampFormat = "%m/%d/%Y %I:%M:%S %p";

export const areas = [
  "Central",
  "Rampart",
  "Southwest",
  "Hollenbeck",
  "Harbor",
  "Hollywood",
  "Wilshire",
  "West LA",
  "Van Nuys",
  "West Valley",
  "Northeast",
  "77th Street",
  "Newton",
  "Pacific",
  "N Hollywood",
  "Foothill",
  "Devonshire",
  "Southeast",
  "Mission",
  "Olympic",
  "Topanga"
];
const crimes = [
  [510, 1, "VEHICLE - STOLEN"],
  [624, 2, "BATTERY - SIMPLE ASSAULT"],
  [330, 1, "BURGLARY FROM VEHICLE"],
  [740, 2, '"VANDALISM - FELONY ($400 & OVER, ALL CHURCH VANDALISMS)"'],
  [230, 1, '"ASSAULT WITH DEADLY WEAPON, AGGRAVATED ASSAULT"'],
  [310, 1, "BURGLARY"],
  [626, 2, "INTIMATE PARTNER - SIMPLE ASSAULT"],
  [440, 1, "THEFT PLAIN - PETTY ($950 & UNDER)"],
  [420, 1, "THEFT FROM MOTOR VEHICLE - PETTY ($950 & UNDER)"],
  [354, 2, "THEFT OF IDENTITY"],
  [210, 1, "ROBBERY"],
  [442, 1, "SHOPLIFTING - PETTY THEFT ($950 & UNDER)"]
];
const premises = [
  [101, "STREET"],
  [501, "SINGLE FAMILY DWELLING"],
  [502, '"MULTI-UNIT DWELLING (APARTMENT, DUPLEX, ETC)"'],
  [108, "PARKING LOT"],
  [203, "OTHER BUSINESS"],
  [102, "SIDEWALK"],
  [707, "GARAGE/CARPORT"],
  [122, '"VEHICLE, PASSENGER/TRUCK"']
];
const weapons = [
  [400, '"STRONG-ARM (HANDS, FIST, FEET OR BODILY FORCE)"'],
  [102, "HAND GUN"],
  [511, "VERBAL THREAT"],
  [500, "UNKNOWN WEAPON/OTHER WEAPON"]
];
const streets = ["FIGUEROA", "WESTERN", "VERMONT", "SEPULVEDA", "VAN NUYS", "CRENSHAW", "WILSHIRE", "LONGWOOD"];
const statuses = [
  ["IC", "Invest Cont"],
  ["AO", "Adult Other"],
  ["AA", "Adult Arrest"],
  ["IC", "Invest Cont"]
];

/** So many different rows are made; a longer file repeats them, each time under another number. */
const differentRows = 100_000;

/** Writes a made-up file of real width: the same rows for the same number of rows. */
export function writeCrimeFile(path, rows) {
  const random = generator(20240501);
  const made = Array.from({length: Math.min(rows, differentRows)}, () => rowWithoutNumber(random));
  const file = openSync(path, "w");
  let block = `${Object.keys(columns).join(",")}\n`;
  for (let i = 0; i < rows; i++) {
    block += String(2_000_000_000_00 + i) + made[i % made.length];
    if (block.length > 4e6) {
      writeSync(file, block);
      block = "";
    }
  }
  writeSync(file, block);
  closeSync(file);
}

function rowWithoutNumber(random) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const pad = (number, digits) => String(number).padStart(digits, "0");
  const day = Math.floor(random() * 2190);
  const area = Math.floor(random() * 21);
  const [code, part, crime] = pick(crimes);
  const [premise, premiseName] = pick(premises);
  const [weapon, weaponName] = random() < 0.35 ? pick(weapons) : ["", ""];
  const [status, statusName] = pick(statuses);
  const unknown = random() < 0.25;
  const mocodes = Array.from({length: Math.floor(random() * 7)}, () => pad(Math.floor(random() * 2200), 4));
  const cells = [
    date(day + Math.floor(random() ** 4 * 60)),
    date(day),
    pad(Math.floor(random() * 24), 2) + pad(Math.floor(random() * 60), 2),
    pad(area + 1, 2),
    areas[area],
    pad(area + 1, 2) + pad(Math.floor(random() * 99), 2),
    part,
    code,
    crime,
    mocodes.join(" "),
    unknown ? 0 : 18 + Math.floor(random() * 60),
    unknown ? "" : pick(["M", "F", "X"]),
    unknown ? "" : pick(["H", "W", "B", "O", "A"]),
    premise,
    premiseName,
    weapon,
    weaponName,
    status,
    statusName,
    code,
    random() < 0.08 ? 998 : "",
    "",
    "",
    `${Math.floor(random() * 120)}00 ${pick(["N", "S", "E", "W"])}  ${pick(streets).padEnd(28)} ${pick(["ST", "AV", "BL"])}`,
    random() < 0.16 ? `${pick(streets).padEnd(28)} AV` : "",
    (33.7 + random() * 0.6).toFixed(4),
    (-118.6 + random() * 0.4).toFixed(4)
  ];
  return `,${cells.join(",")}\n`;
}

const dates = [];

function date(day) {
  dates[day] ??= new Date(Date.UTC(2020, 0, 1 + day))
    .toISOString()
    .replace(/^(\d+)-(\d+)-(\d+).*$/, "$2/$3/$1 12:00:00 AM");
  return dates[day];
}

/** mulberry32: small, and the same everywhere. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
