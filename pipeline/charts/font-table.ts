// Written by scripts/write-font-table.mjs.

/** What a font says of the width of a text, in its own units. */
export interface FontTable {
  readonly unitsPerEm: number;
  readonly blank: number;
  /** A width and the characters that are so wide, over and over. U+FB01 and U+FB02 are the ligatures of fi and fl. */
  readonly advances: string;
  /** A line: characters, then by how much they stand closer to (below 0) or farther from which others that follow, over and over. */
  readonly kerning: string;
}

/** Public Sans by weight. */
export const fontTables: Readonly<Record<400 | 600, FontTable>> = {
  400: {
    unitsPerEm: 2000,
    blank: 486,
    advances: `450 . 451 : 459 · 463 ’ 479 ‘ 480 ; 483 , 484 í 495 i 496 ' 502 ! 525 j 526 | 566 IÍ 605 ( 606 []l 618 ) 633 • 701 / 755 - 777 J 778 t 782 r 788 * 792 f 814 1 821 ” 838 “ 851 " 946 ^ 961 z 981 § 1009 v 1012 s 1035 _ 1042 ? 1070 y 1080 × 1087 c 1091 <> 1106 aá 1109 +=−÷±≥≤≠ 1110 – 1123 k 1129 x 1131 oó 1133 eé 1136 ~ 1153 h 1154 nñ 1155 L 1161 uúü 1187 T 1188 F 1191 pq 1192 2 1193 bd 1201 7 1206 # 1214 Y 1224 0 1241 EÉ 1245 6g 1249 9 1257 4 1260 3 1273 P 1274 Z 1281 5 1287 ﬁ 1295 8 1317 $ 1340 S 1341 B 1345 V 1353 R 1364 K 1376 X 1377 C 1387 D 1398 ﬂ 1401 UÚÜ 1417 & 1420 AÁ 1466 G 1468 OÓ 1495 Q 1508 NÑ 1532 H 1535 … 1560 w 1662 @ 1730 m 1733 ½ 1771 M 1808 % 1907 W 2234 —`,
    kerning: `! 39 )?]
"' -149 s -123 @cdeoqéó -109 agá -89 bhiklmnpríñ -59 uúü -46 x -39 z -26 tﬁﬂ 7 vwy
& -110 T -91 VW
,.:_…· -162 ’” -134 Y -121 T -102 7 -97 VW -66 CGOQÓ -47 UÚÜ -13 4 7 BDEFHIKLMNPRSÉÍÑ 40 2g 47 J 67 AÁ 102 ,._…·
-– -261 T -232 7 -158 VW -153 Y -151 1 -106 X -67 x -60 Z -59 J -50 AÁ -43 S -34 vwy -30 tﬁﬂ -13 z -7 g 7 asá 14 @cdeoqéó
03689 -37 7 -13 03689 -3 4 117 ½
1 117 ½
2 -13 )?] 117 ½
4 -30 T -17 5 100 ½
5 115 ½
7 -241 ,._…· -52 4 -39 03689 -20 bhiklmnpríñ 13 2 26 7 39 1 79 )?] 185 ½
@beopéó -185 T -138 "' -125 Y -87 VW -86 ’” -70 x -46 tﬁﬂ -40 f -29 J -23 z -20 )?]v -14 BDEFHIKLMNPRwyÉÍÑ -13 aá -7 gs| -3 uúü 20 -– 34 —
AÁ -228 VW -208 ’” -177 T -149 Y -121 vwy -110 tﬁﬂ -106 7 -103 f -70 CGOQUÓÚÜ -60 -– -33 g -30 Ss -27 @cdeoqxéó -17 uúü -13 03689 1 )?] 7 ,._z…· 13 Z 17 AJÁ 47 X
B -80 Y -47 X -46 T -43 VW -39 ’” -27 Z -20 -g– -13 )?]z -10 AÁ -7 &CGOQvwyÓ 7 @Scdeoqéó 14 BDEFHIKLMNPRÉÍÑ 17 —
C -47 X -40 Y -36 T -33 g -27 AÁ -21 VW -14 Zaá -13 ,.J_…· -3 @cdeoqzéó 21 —
D -87 Y -77 Z -70 X -57 AÁ -52 T -47 VW -33 J -27 ,._…· -13 )?S]x
EÉ -56 tﬁﬂ -49 ,._…· -40 -– -30 vwy -27 g -26 bhiklmnpríñ -20 sx -13 @AacdefoquáéóúüÁ -3 CGOQÓ 7 )?SVW]z 13 BDEFHIKLMNPRÉÍÑ 21 | 22 — 34 T 37 J 40 XY
F -130 AÁ -118 ,._…· -100 J -40 x -30 @cdeoqéó -23 s -20 Saguvwyáúü -14 Z -13 -– -7 z 20 VW 21 )?] 47 Y 54 T
G -83 T -81 Y -73 VW -7 S 7 AJzÁ
HIMNÍÑ -14 @cdeoqéó -13 g -10 UtÚÜﬁﬂ -7 aá 21 —
JUÚÜ -70 AÁ -46 g -27 ,._…· 13 Z 26 tﬁﬂ
K -115 -– -112 tﬁﬂ -82 vwy -60 Suúü -57 @cdeoqéó -37 UÚÜ -30 f -27 s -17 aá 7 T 14 Y 21 VW 27 AJÁ
L -192 ’” -188 T -182 Y -129 VW -110 -– -103 tﬁﬂ -79 f -77 vwy -47 UÚÜ -40 CGOQÓ -39 @cdeoqéó -33 aá -13 )?] 4 uúü 7 ,._g…· 14 X 21 x 26 z 28 S 30 AÁ 54 J
OÓ -79 ,._…· -70 AÁ -50 Z -46 Y -39 ’” -36 x -31 VW -30 7UÚÜ -26 J -21 Xaá -14 @bcdehiklmnopqréíóñ -13 gtﬁﬂ -10 s -7 CGOQÓ -6 S -3 — 20 T
P -210 ,._…· -119 AÁ -105 J -53 -– -43 X— -33 s -30 Zg -21 Y -19 aá -17 @cdeoqéó -7 )?]uúü 7 CGOQfÓ 10 x 13 tﬁﬂ 14 | 23 S 40 vwy
Q -72 ,._…· -70 AÁ -50 Z -46 Y -39 ’” -36 x -31 VW -30 7UÚÜ -26 J -21 Xaá -14 @bcdehiklmnopqréíóñ -13 gtﬁﬂ -10 s -7 CGOQÓ -6 S -3 — 20 T
R -87 -– -57 VW -40 S -37 UÚÜ -33 @cdeoqéó -30 g -21 Y -20 CGOQTaáÓ -17 uxzúü -13 bhiklmnpríñ -7 ,._…· 7 AJÁ
S -57 Y -50 g -40 VWtﬁﬂ -39 ,._…· -37 X -34 x -33 AÁ -32 T -26 CGOQÓ -17 z -10 Z -7 BDEFHIKLMNPRaáÉÍÑ 1 J 7 -– 13 Svwy 21 |
T -177 AÁ -147 ,._…· -145 g -139 @cdeoqéó -136 4 -129 s -121 -– -118 aá -112 uúü -99 x -88 J -86 vwy -80 z -66 mnpríñ -53 tﬁﬂ -14 & -13 CGOQÓ 3 S 17 X| 20 Z 28 )?] 39 j’” 54 T 73 VW 90 Y
VW -228 AÁ -93 -J– -91 @cdeoqéó -87 ,._a…·á -66 g -48 s -45 & -34 x -31 CGOQÓ -27 S -14 bmnprzíñ -7 tﬁﬂ -6 X 7 f 21 VW 39 Zj 47 )?] 73 T 96 Y
X -92 -– -76 vwy -50 @cdeoqéó -47 s -41 uúü -39 — -37 Y -36 CGOQÓ -30 S -23 UtÚÜﬁﬂ -7 aá -3 VWbhiklmnpríñ 1 AÁ 7 T 14 Zx 21 | 47 J 103 X
Y -161 ,._…· -156 AÁ -155 -– -152 g -142 s -129 aá -128 J -125 @cdeoqéó -93 uúü -89 tvwyﬁﬂ -80 S -74 xz -54 CGOQÓ -36 bimnpríñ -27 f 3 hkl 7 UÚÜ 28 | 30 X 33 ’” 34 )?] 67 VW 70 T 90 Y
Z -108 -– -33 bhiklmnpríñ -30 @cdeoqéó -27 vwy -16 S -7 uúü -3 UÚÜ 7 A—Á 10 aá 13 Y 14 Xz 20 VW 26 J 30 Z 40 T
ahmnáñ -227 T -110 "' -100 Y -81 VW -66 7 -53 ’” -43 tﬁﬂ -33 fvwy -23 x -10 s -3 az|á 21 —
c -185 T -138 "' -125 Y -87 VW -86 ’” -70 x -46 tﬁﬂ -40 f -29 J -23 z -20 )?] -14 BDEFHIKLMNPRvwyÉÍÑ -13 abhiklmnpráíñ -7 @cdegoqs|éó -3 uúü 20 -– 34 —
dijquíúüﬁ -17 "' -3 g 13 bhiklmnpríñ
f -62 tﬁﬂ -49 f -39 ,._…· -29 g -20 -– -13 @cdeoqséó -7 z| 7 aá 14 vwxy 40 ’” 53 )?] 67 VW
g -80 -– -36 s -33 @cdeoqéó -30 auáúü -26 g -6 x 1 vwy 3 — 7 "'z 8 tﬁﬂ 14 ’” 20 f 33 | 61 j
k -86 "' -61 -– -47 @cdeoqéó -40 g -29 tﬁﬂ -27 aá -24 s -23 uúü -21 VW -13 )?] 23 f 27 vwy
lﬂ -89 "' -77 Ttﬁﬂ -75 ’” -50 @Ycdeoqéó -47 f -43 VW -40 vwy -37 -– -33 uúü -30 ls -10 abhikmnpráíñ 7 J 10 ,._|…· 13 z 23 g 36 —
r -145 ,._…· -99 -– -36 aá -33 )?]g -29 tﬁﬂ -16 @cdeoqéó -7 s -3 | 7 "' 13 z 17 f 24 — 27 vwxy’”
s -27 x -23 tﬁﬂ -21 X -14 )?] -13 "' -7 z| -3 gsvwy 3 aá 36 — 74 -–
t -99 tﬁﬂ -79 f -50 -– -47 VW -43 "' -27 @cdeoqéó -10 uúü -7 aá -3 sz 3 x 7 )?] 14 j 23 g 36 —
vwy -100 ,._…· -96 AÁ -61 )?] -46 Y -43 VW -33 g -24 aá -20 @cdeoqséó -10 -– 3 — 4 tﬁﬂ 17 f 19 "' 21 vwy
x -80 -– -46 tﬁﬂ -40 aá -37 @cdeoqéó -33 S -27 s -20 x -14 VW -13 )?] -10 uúü 7 fz 20 g
z -64 -– -46 "' -34 Y -27 T -20 x -16 vwy -13 g -7 @cdefoqéó -3 uúü 4 s 7 tﬁﬂ 10 aá 20 z 31 —
— -80 VW -67 X -50 AÁ -40 BDEFHIKLMNPRÉÍÑ -27 x -22 J -21 CGOQÓ 3 vwy 10 tﬁﬂ 14 @cdeoqéó 17 z 21 s
’” -209 AÁ -206 ,._…· -146 aá -129 @cdeoqéó -122 s -43 bhiklmnpríñ -39 z 33 vwy
‘“ -186 AÁ -100 @Jcdeoqéó -67 s -54 g -44 aá -7 S 13 X 39 Y 43 T 47 VWtﬁﬂ 60 vwy`
  },
  600: {
    unitsPerEm: 2000,
    blank: 467,
    advances: `491 · 496 ’ 499 .: 504 ‘ 509 í 510 ' 516 i 521 , 522 ; 532 | 536 ! 553 j 593 IÍ 634 l 639 ( 643 [] 648 ) 673 • 735 / 772 - 791 J 793 f 805 r 808 t 837 1 874 * 894 ” 904 “ 910 " 958 ^ 978 z 1005 § 1026 v 1035 s 1057 ? 1073 _ 1091 c 1101 y 1120 a×á 1126 <> 1142 oó 1143 k 1144 eé 1146 +=−÷±≥≤≠ 1151 – 1154 x 1155 L 1170 h 1171 nñ 1177 uúü 1184 ~ 1204 pq 1206 bd 1209 F 1212 T 1220 # 1229 7 1235 2 1252 g 1257 EÉ 1259 0 1280 Y 1286 69 1287 4 1290 P 1298 3 1309 Zﬁ 1318 5 1321 8 1341 $ 1356 B 1364 S 1374 R 1379 V 1402 K 1408 X 1409 C 1416 D 1427 UÚÜﬂ 1438 AÁ 1494 G 1497 OÓ 1499 & 1523 Q 1536 H 1539 NÑ 1569 w 1658 @ 1674 … 1763 m 1771 ½ 1806 M 1846 % 1923 W 2268 —`,
    kerning: `! 28 )?]
"' -135 s -116 @cdeoqéó -95 agá -75 bhiklmnpríñ -48 uúü -39 x -28 z -19 tﬁﬂ 11 vwy
& -116 T -108 VW
,.:_…· -183 ’” -153 Y -136 7 -132 T -112 VW -59 CGOQÓ -45 UÚÜ -9 4 11 BDEFHIKLMNPRSÉÍÑ 40 2g 51 J 65 AÁ 85 ,._…·
-– -253 T -230 7 -152 Y -148 VW -144 1 -120 X -71 x -60 Z -50 AÁ -42 J -41 vwy -39 S -30 tﬁﬂ -11 g -3 z 5 aá 11 s 21 @cdeoqéó
03689 -35 7 -9 03689 -5 4 118 ½
1 118 ½
2 -9 )?] 118 ½
4 -24 T -21 5 100 ½
5 115 ½
7 -234 ,._…· -37 4 -28 03689 -14 bhiklmnpríñ 9 2 19 7 28 1 89 )?] 180 ½
@beopéó -179 T -161 Y -128 "' -97 VW -79 ’” -76 x -39 tﬁﬂ -34 f -26 v -25 z -21 BDEFHIKLMNPRwyÉÍÑ -20 )?] -12 J -11 g| -9 aá -5 suúü 20 -– 53 —
AÁ -224 VW -216 ’” -175 T -162 Y -132 vwy -104 tﬁﬂ -102 7 -93 f -76 UÚÜ -70 CGOQÓ -60 -– -31 @cdeoqxéó -30 Ss -29 g -21 uúü -9 03689 9 Z 11 ,._z…· 12 )?] 27 AJÁ 45 X
B -80 Y -51 X -45 VW -39 T -31 Z -28 ’” -20 g -16 AÁ -14 -– -11 & -9 )?]z -5 CGOQvwyÓ 11 @Scdeoqéó 21 BDEFHIKLMNPRÉÍÑ 27 —
C -57 X -46 Y -37 AÁ -32 VW -29 Tg -21 Zaá -9 ,.J_…· -5 z 1 @cdeoqéó 32 —
D -91 Y -81 Z -76 X -61 AÁ -57 VW -42 ,._…· -37 T -23 J -15 S -9 )?]x
EÉ -49 tﬁﬂ -40 -– -35 ,._…· -30 vwy -25 g -19 bhiklmnpríñ -15 uúü -14 sx -9 @acdefoqáéó -5 CGOQÓ -3 AÁ 9 BDEFHIKLMNPRÉÍÑ 11 )?SVW]z 32 | 35 J 40 XY 41 T 50 —
F -138 ,._…· -133 AÁ -100 J -46 x -36 @cdeoqéó -25 s -21 Z -20 Saguvwyáúü -9 -– -5 z 6 tﬁﬂ 14 VW 32 )?] 51 Y 61 T
G -92 Y -75 VW -73 T -5 S 5 z 11 AJÁ
HIMNÍÑ -21 @cdeoqéó -16 UtÚÜﬁﬂ -9 g -5 aá 38 —
JUÚÜ -76 AÁ -39 g -31 ,._…· 9 Z 19 tﬁﬂ
K -121 -– -116 tﬁﬂ -95 vwy -66 Suúü -61 @cdeoqéó -41 UÚÜ -31 s -30 f -21 aá 11 T 21 Y 31 AJÁ 32 VW
L -197 Y -196 ’” -184 T -137 VW -107 -– -93 tﬁﬂ -87 vwy -56 f -45 UÚÜ -40 CGOQÓ -28 @cdeoqéó -23 aá -9 )?] 5 g 11 ,._u…·úü 19 z 21 X 30 AÁ 32 x 43 S 61 J
OÓ -72 Y -70 AÁ -68 ,._…· -56 Zx -48 VW -32 Xaá -30 7 -28 ’” -24 UÚÜ -21 @bcdehiklmnopqréíóñ -19 J -16 s -15 tﬁﬂ -11 CGOQÓ -9 g 1 S— 14 T
P -219 ,._…· -129 AÁ -114 J -66 X -43 -– -36 Z -35 s -33 — -32 Y -30 g -27 @cdeoqéó -24 aá -11 )?] -5 uúü 4 x 5 CGOQfÓ 13 S 15 tﬁﬂ 21 | 40 vwy
Q -72 Y -70 AÁ -57 ,._…· -56 Zx -48 VW -32 Xaá -30 7 -28 ’” -24 UÚÜ -21 @bcdehiklmnopqréíóñ -19 J -16 s -15 tﬁﬂ -11 CGOQÓ -9 g 1 S— 14 T
R -85 -– -61 VW -44 Y -41 UÚÜ -35 @cdeoqéó -34 S -26 CGOQÓ -24 g -20 Taá -15 uxzúü -9 bhiklmnpríñ -5 ,._…· 11 AJÁ
S -61 Y -47 x -44 g -41 X -40 VW -34 tﬁﬂ -29 AÁ -28 ,._…· -19 CGOQÓ -17 T -16 Z -15 z -11 aá -6 @cdeoqéó -5 BDEFHIKLMNPRÉÍÑ 9 vwy 11 -– 12 J 15 S 32 |
T -175 AÁ -157 ,._…· -154 g -146 @cdeoqéó -142 s -126 4 -120 aá -119 uúü -109 x -100 vwy -87 -J– -86 z -49 tﬁﬂ -47 mnpríñ -21 & -9 CGOQÓ -1 S 20 Z 21 X 27 | 28 j’” 43 )?] 61 T 69 VW 84 Y
VW -224 AÁ -102 @cdeoqéó -97 ,._a…·á -95 -J– -86 g -69 & -68 s -53 x -48 CGOQÓ -37 S -21 bmnprzíñ -11 tﬁﬂ 5 f 13 X 28 Zj 32 VW 57 )?] 69 T 86 Y
X -99 -– -96 vwy -56 @CGOQcdeoqéóÓ -52 uúü -51 s -46 tﬁﬂ -35 Y -30 S -28 — -25 UÚÜ -11 aá -5 VWbhiklmnpríñ 11 T 12 AÁ 21 Zx 32 | 51 J 90 X
Y -178 ,._…· -173 g -167 AÁ -161 @cdeoqéó -157 s -156 -– -145 aá -130 J -111 uúü -99 tvwyﬁﬂ -87 xz -86 S -73 CGOQÓ -31 f -23 bimnpríñ 5 hkl 11 UÚÜ 35 ’” 36 X 41 )?] 43 | 70 T 71 VW 81 Y
Z -77 -– -31 vwy -24 @cdeoqéó -23 bhiklmnpríñ -11 uúü -5 UÚÜ -3 S 9 Y 11 A—Á 16 aá 19 J 21 Xz 26 VW 30 Z 40 T
ahmnáñ -201 T -121 Y -107 "' -92 VW -55 ’” -47 7 -39 tﬁﬂ -35 vwy -23 f -19 x -10 s -5 az|á 32 —
c -179 T -161 Y -128 "' -97 VW -79 ’” -76 x -39 tﬁﬂ -34 f -25 z -21 BDEFHIKLMNPRvwyÉÍÑ -20 )?] -12 J -11 g| -9 abhiklmnpráíñ -5 @cdeoqsuéóúü 20 -– 53 —
dijquíúüﬁ -15 "' -5 g 9 bhiklmnpríñ
f -42 tﬁﬂ -32 f -28 ,._…· -18 g -14 -– -11 | -9 @cdeoqséó -5 z 17 aá 21 vwxy 38 )?] 40 ’” 71 VW
g -74 -– -30 aá -29 @cdeoqséó -24 uúü -19 g 1 x 5 — 11 "'z 12 vwy 21 ’” 23 tﬁﬂ 26 f 35 | 72 j
k -79 "' -72 -– -51 @cdeoqéó -40 g -32 VW -31 asá -19 uúü -12 tﬁﬂ -9 )?] 25 f 31 vwy
lﬂ -75 "'Ttﬁﬂ -56 @Ycdeoqéó -54 ’” -46 vwy -45 VWf -35 -– -30 l -24 s -23 uúü -10 abhikmnpráíñ 11 J 15 z 16 ,._|…· 19 g 56 —
r -124 ,._…· -73 -– -35 )?] -29 aá -23 g -18 tﬁﬂ -9 @cdeoqéó -5 s| 9 z 11 "' 25 vwxy 27 f 37 —’”
s -32 X -31 x -21 )?] -13 tﬁﬂ -11 z| -9 "' -5 gsvwy 5 aá 56 — 87 -–
t -82 tﬁﬂ -68 f -51 VW -44 -– -33 "' -31 @cdeoqéó -10 uúü -5 aszá 5 x 11 )?] 19 g 21 j 56 —
vwy -110 AÁ -100 ,._…· -72 )?Y] -45 VW -35 g -31 aá -26 @cdeoqséó -10 -– 5 — 8 "' 23 tﬁﬂ 27 f 32 vwy
x -80 -– -47 @cdeoqéó -40 aá -33 tﬁﬂ -31 s -29 S -21 VW -16 uúü -14 x -9 )?] 5 z 11 f 14 g
z -71 -– -53 Y -42 T -39 "' -14 x -11 @cdeoqéó -9 g -5 fuúü -3 vwy 11 s 16 aá 17 tﬁﬂ 26 z 48 —
— -86 VW -77 X -56 AÁ -46 BDEFHIKLMNPRÉÍÑ -32 CGOQÓ -25 x -2 J 5 vwy 16 tﬁﬂ 27 @cdeoqzéó 32 s
’” -223 ,._…· -222 AÁ -163 aá -137 @cdeoqéó -126 s -45 bhiklmnpríñ -28 z 29 vwy
‘“ -197 AÁ -106 J -97 @cdeoqéó -71 s -61 g -51 aá -5 S 9 X 28 Y 45 TVW 51 tﬁﬂ 60 vwy`
  }
};
