// Checking while a return is filled in: runs the rules that the server has compiled, with exact
// fractions of whole numbers of any length, so that the page and the server never disagree.
// A missing figure is null and never zero; a condition is true, false or null for unknown.

const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const ZERO = { top: 0n, bottom: 1n };

// --- exact numbers: a bottom is always above zero
export function exact(text) {
  const plain = String(text ?? "").trim();
  if (!DECIMAL.test(plain)) return null;
  const [whole, part = ""] = plain.split(".");
  return { top: BigInt(whole + part), bottom: 10n ** BigInt(part.length) };
}

const magnitude = (number) => (number < 0n ? -number : number);

function arithmetic(sign, a, b) {
  if (a === null || b === null) return null;
  if (sign === "*") return { top: a.top * b.top, bottom: a.bottom * b.bottom };
  if (sign === "/") {
    if (b.top === 0n) return null;
    const turn = b.top < 0n ? -1n : 1n;
    return { top: a.top * b.bottom * turn, bottom: a.bottom * magnitude(b.top) };
  }
  const [first, second] = [a.top * b.bottom, b.top * a.bottom];
  return { top: sign === "+" ? first + second : first - second, bottom: a.bottom * b.bottom };
}

// below zero, zero or above zero, as the first is to the second
function order(a, b) {
  const apart = a.top * b.bottom - b.top * a.bottom;
  return apart < 0n ? -1 : Number(apart > 0n);
}

function extreme(word, found) {
  if (found.includes(null)) return null;
  const better = word === "max" ? 1 : -1;
  return found.reduce((best, one) => (order(one, best) === better ? one : best));
}

// --- conditions
const COMPARISONS = {
  "=": (apart) => apart === 0,
  "!=": (apart) => apart !== 0,
  "<": (apart) => apart < 0,
  "<=": (apart) => apart <= 0,
  ">": (apart) => apart > 0,
  ">=": (apart) => apart >= 0,
};

function joined(found, decisive) {
  if (found.includes(decisive)) return decisive;
  return found.includes(null) ? null : !decisive;
}

function compared(test, a, b) {
  if (a === null || b === null) return null;
  if (typeof a === "string" || typeof b === "string") return test(a === b ? 0 : 1);
  return test(order(a, b));
}

// What a node of the tree comes to: a number, a text, a condition, or null.
export function evaluate(node, read) {
  const [word, ...parts] = node;
  const value = (part) => evaluate(part, read);
  if (word in COMPARISONS) return compared(COMPARISONS[word], ...parts.map(value));
  switch (word) {
    case "n":
      return exact(parts[0]);
    case "x":
      return read(parts[0]);
    case "t":
      return parts[0];
    case "0":
      return null;
    case "+":
    case "-":
    case "*":
    case "/":
      return arithmetic(word, ...parts.map(value));
    case "abs": {
      const found = value(parts[0]);
      return found && { top: magnitude(found.top), bottom: found.bottom };
    }
    case "zero":
      return value(parts[0]) ?? ZERO;
    case "min":
    case "max":
      return extreme(word, parts.map(value));
    case "if": {
      const test = value(parts[0]);
      return test === null ? null : value(parts[test ? 1 : 2]);
    }
    case "and":
      return joined(parts.map(value), false);
    case "or":
      return joined(parts.map(value), true);
    case "not": {
      const found = value(parts[0]);
      return found === null ? null : !found;
    }
    case "absent":
      return value(parts[0]) === null;
    case "starts": {
      const [text, start] = parts.map(value);
      return text === null || start === null ? null : text.startsWith(start);
    }
    case "true":
    case "false":
      return word === "true";
    default:
      throw new Error(`unknown node: ${word}`);
  }
}

// --- figures of the page
const filled = (text) => text !== undefined && text !== null && String(text).trim() !== "";

function total(state, item) {
  const rows = Object.values(state.rows ?? {}).flatMap((section) => Object.values(section));
  const found = rows.map((row) => exact(row[item])).filter((figure) => figure !== null);
  return found.length ? found.reduce((sum, figure) => arithmetic("+", sum, figure)) : null;
}

function count(state, section) {
  const rows = Object.values(state.rows?.[section] ?? {});
  return { top: BigInt(rows.filter((row) => Object.values(row).some(filled)).length), bottom: 1n };
}

// A reader of sources over what the page holds:
//   {values, prior, rows: {section: {code: {item}}}, cover, around: {values, rows}}
export function reader(record, state, section, code) {
  const typed = (source, text) => (source.type === "text" ? (filled(text) ? String(text) : null) : exact(text));
  return (key) => {
    const source = record.sources[key];
    if (!source.page) {
      const far = source.kind === "row" ? state.around?.rows?.[section]?.[code] : state.around?.values;
      return typed(source, far?.[key]);
    }
    switch (source.kind) {
      case "prior":
        return exact(state.prior?.[source.name]);
      case "row":
        return exact(state.rows?.[section]?.[code]?.[source.name]);
      case "sum":
        return total(state, source.name);
      case "count":
        return count(state, source.name);
      case "cover":
        return typed(source, state.cover?.[source.name]);
      default:
        return exact(state.values?.[source.name]);
    }
  };
}

// --- words
const MISSING = { zh: "未填", en: "missing" };

// Rounded half away from zero, thousands separated.
export function printed(number, decimals, percent = false) {
  const scaled = magnitude(number.top) * (percent ? 100n : 1n) * 10n ** BigInt(decimals);
  const whole = (2n * scaled + number.bottom) / (2n * number.bottom);
  const digits = String(whole).padStart(decimals + 1, "0");
  const cut = digits.length - decimals;
  const head = digits.slice(0, cut).replace(/\B(?=(?:\d{3})+$)/g, ",");
  const sign = number.top < 0n && whole ? "-" : "";
  return `${sign}${head}${decimals ? "." : ""}${digits.slice(cut)}${percent ? "%" : ""}`;
}

function shown(value, decimals, percent, language) {
  if (value === null) return MISSING[language];
  return typeof value === "string" ? value : printed(value, decimals, percent);
}

export function spoken(parts, read, language) {
  const words = parts.map((part) =>
    typeof part === "string" ? part : shown(evaluate(part.value, read), part.decimals, part.percent, language),
  );
  return words.join("");
}

// --- the arithmetic of a failure, every figure with its name
const TURNED = { "=": "≠", "!=": "=", "<": "≥", "<=": ">", ">": "≤", ">=": "<" };
const PRINTED_SIGNS = { "*": "×", "/": "÷" };

function loose(sign, part, second) {
  if (sign === "+" || !["+", "-", "*", "/"].includes(part[0])) return false;
  const sums = part[0] === "+" || part[0] === "-";
  if (sign === "/") return sums || second;
  return sums && (sign === "*" || second);
}

function worded(node, record, read, language) {
  const inner = (part) => worded(part, record, read, language);
  const [word, ...parts] = node;
  switch (word) {
    case "n":
      return parts[0];
    case "x": {
      const source = record.sources[parts[0]];
      return `${source.label[language]} ${shown(read(parts[0]), source.decimals, false, language)}`;
    }
    case "abs":
      return `|${inner(parts[0])}|`;
    case "zero":
      return inner(parts[0]);
    case "min":
    case "max":
      return `${word}(${parts.map(inner).join(", ")})`;
    case "if":
      return parts[2][0] === "0" ? inner(parts[1]) : `[${inner(parts[1])} | ${inner(parts[2])}]`;
    case "0":
      return MISSING[language];
    default: {
      const [left, right] = parts;
      if (word === "-" && left[0] === "n" && Number(left[1]) === 0) return `-${inner(right)}`;
      const sides = [left, right].map((part, place) =>
        loose(word, part, place === 1) ? `(${inner(part)})` : inner(part),
      );
      return sides.join(` ${PRINTED_SIGNS[word] ?? word} `);
    }
  }
}

function decimalsOf(node, record) {
  if (!Array.isArray(node)) return -1;
  if (node[0] === "x") return record.sources[node[1]].decimals;
  return Math.max(-1, ...node.slice(1).map((part) => decimalsOf(part, record)));
}

function arithmeticOf(rule, record, read, language) {
  const nodes = [rule.left, rule.right];
  if (nodes.includes(null)) return "";
  const values = nodes.map((node) => evaluate(node, read));
  if (values.includes(null)) return "";
  const found = Math.max(...nodes.map((node) => decimalsOf(node, record)));
  const decimals = found < 0 ? 2 : found;
  const sides = nodes.map((node, place) => {
    const words = worded(node, record, read, language);
    return ["x", "n", "zero"].includes(node[0]) ? words : `${words} = ${printed(values[place], decimals)}`;
  });
  const difference = arithmetic("-", ...values);
  const apart = printed({ top: magnitude(difference.top), bottom: difference.bottom }, decimals);
  const end = language === "zh" ? `；相差 ${apart}` : `; ${apart} apart`;
  return `${sides.join(` ${TURNED[rule.operator]} `)}${end}`;
}

// --- a whole return
function answer(rule, record, read, row, language) {
  const applies = rule.when === null || evaluate(rule.when, read) === true;
  const verdict = applies ? evaluate(rule.check, read) : null;
  if (verdict !== false) return { rule: rule.id, key: rule.key, row, verdict };
  const cells = rule.cells.map((key) => {
    const source = record.sources[key];
    const value = shown(read(key), source.decimals, false, language);
    const item = source.page && source.kind !== "count" ? source.name : "";
    return { source: key, label: source.label[language], value, item, row: source.kind === "row" ? row : "" };
  });
  const message = spoken(rule.message[language], read, language);
  const sums = arithmeticOf(rule, record, read, language);
  const head = { rule: rule.id, key: rule.key, row, verdict, severity: rule.severity };
  return { ...head, message, arithmetic: sums, cells };
}

// The answers of all rules in use for the period (YYYYMM), in the order of the rules; a rule on
// dynamic rows answers once for each row.
export function check(record, state, period, language = "zh") {
  const used = record.rules.filter((rule) => rule.since <= period && period <= rule.until);
  return used.flatMap((rule) => {
    const rows = rule.rows ? Object.keys(state.rows?.[rule.rows] ?? {}) : [""];
    return rows.map((row) => answer(rule, record, reader(record, state, rule.rows, row), row, language));
  });
}
