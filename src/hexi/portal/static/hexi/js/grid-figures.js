// Figures as people type them, kept exactly: whole numbers of any length, never floating point.
// "１，２３４.5", "1200万元", "(35)" become the text that the server keeps.
const HALF = { "，": ",", "．": ".", "。": ".", "－": "-", "−": "-", "＋": "+", "（": "(", "）": ")" };
const MAGNITUDES = { 千: 10n ** 3n, 万: 10n ** 4n, 百万: 10n ** 6n, 亿: 10n ** 8n, 万亿: 10n ** 12n };
const TYPED = /^([+-]?)((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?)(.*)$/;
const LONGEST = 14;

export function half(text) {
  return String(text)
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/[，．。－−＋（）]/g, (sign) => HALF[sign])
    .trim()
    // two lines are two figures: what stands in one cell between them is no thousands separator
    .replace(/[ \t\u3000\u00a0\u2009\u202f￥¥]/g, "");
}

function fraction(text) {
  const [whole, part = ""] = text.split(".");
  return { top: BigInt((whole || "0") + part), bottom: 10n ** BigInt(part.length) };
}

// The size of a magnitude word that the unit itself begins with: 万元 is ten thousand of 元.
function magnitudeOf(unit) {
  const word = /^(万亿|百万|亿|万|千)(?=.)/.exec(unit)?.[1];
  return word && unit !== "千克" && unit !== "千瓦时" ? { size: MAGNITUDES[word], base: unit.slice(word.length) } : { size: 1n, base: unit };
}

// A fraction as a decimal with so many digits; null where more would be lost.
function decimal({ top, bottom }, digits) {
  const scaled = top * 10n ** BigInt(digits);
  if (scaled % bottom) return null;
  const text = String(scaled / bottom).padStart(digits + 1, "0");
  return digits ? `${text.slice(0, -digits)}.${text.slice(-digits)}` : text;
}

// The unit that a number is in by what stands behind it, and its size there; null where that is no
// unit of the item. A magnitude without a unit counts the base unit: 1200万 is 1200万元.
function meant(behind, shown, kept) {
  if (!behind) return { unit: shown, size: 1n, over: 1n };
  if (Object.hasOwn(MAGNITUDES, behind)) return { unit: shown, size: MAGNITUDES[behind], over: magnitudeOf(shown).size };
  for (const unit of [shown, kept]) {
    const { size, base } = magnitudeOf(unit);
    const word = behind.endsWith(base) ? behind.slice(0, -base.length) : null;
    if (word === "" || (word && Object.hasOwn(MAGNITUDES, word))) return { unit, size: word ? MAGNITUDES[word] : 1n, over: size };
  }
  return null;
}

// What was typed, in the unit that is kept: {text} or {fault: [word, gaps]}. A workbook's cells are
// read by the same rules on the server (filling/typed_figure.py).
//   shown: the unit that the page shows, with its factor [numerator, denominator] from the kept one
export function typed(raw, item, shown, factor) {
  let text = half(raw);
  if (!text) return { text: "" };
  let negative = false;
  const bracketed = /^\((.+)\)$/.exec(text);
  if (bracketed) [negative, text] = [true, bracketed[1]];
  const match = TYPED.exec(text);
  const said = match?.[2] ? meant(match[3], shown, item.unit) : null;
  if (!said) return { fault: ["number", { text: String(raw).trim().slice(0, 40) }] };
  negative = negative !== (match[1] === "-");
  let { top, bottom } = fraction(match[2].replaceAll(",", ""));
  top *= said.size;
  bottom *= said.over;
  if (said.unit !== item.unit) {
    top *= BigInt(factor[1]);
    bottom *= BigInt(factor[0]);
  }
  const exact = decimal({ top, bottom }, item.decimals);
  if (exact === null) return { fault: ["decimals", { n: item.decimals, unit: item.unit }] };
  if (exact.split(".")[0].replace(/^0+/, "").length > LONGEST) return { fault: ["large", { unit: item.unit }] };
  const zero = !/[1-9]/.test(exact);
  if (negative && !zero && !item.negative) return { fault: ["negative", { item: item.name }] };
  return { text: `${negative && !zero ? "-" : ""}${exact}` };
}

// A kept figure in the unit that is shown, without grouping.
export function plain(text, item, factor) {
  if (!text) return "";
  const negative = text.startsWith("-");
  let { top, bottom } = fraction(text.replace("-", ""));
  top *= BigInt(factor[0]);
  bottom *= BigInt(factor[1]);
  const most = item.decimals + Math.max(0, String(factor[1]).length - String(factor[0]).length + 3);
  let exact = decimal({ top, bottom }, Math.max(most, item.decimals));
  if (exact === null) return text;
  // as many decimals as the kept unit has, more only where they say something
  const least = factor[0] === factor[1] ? item.decimals : 0;
  if (exact.includes(".")) {
    const [whole, part] = exact.split(".");
    const cut = part.replace(/0+$/, "").padEnd(least, "0");
    exact = cut ? `${whole}.${cut}` : whole;
  }
  return `${negative ? "-" : ""}${exact}`;
}

export function grouped(text) {
  const [, sign, whole, part] = /^(-?)(\d+)(\.\d+)?$/.exec(text) ?? [];
  return whole === undefined ? text : `${sign}${whole.replace(/\B(?=(?:\d{3})+$)/g, ",")}${part ?? ""}`;
}
