// What is typed stays on this device only until the server has it: under the firm's mark and the page's address, a day
// at most, and gone at once when the firm leaves the questionnaire or has submitted it.
import { post } from "./posting.js";

const PREFIX = "tongdian-typed:";
const LONGEST = 24 * 60 * 60 * 1000;
export const firm = document.body.dataset.firm ?? "";

function mine(address) {
  return `${PREFIX}${firm}:${address}`;
}

function names(beginning) {
  return Object.keys(localStorage).filter((name) => name.startsWith(beginning));
}

// Where a browser keeps nothing (a private window, a full disk), drafts alone save.
function quietly(action) {
  try {
    return action();
  } catch {
    return undefined;
  }
}

export function keepHere(address, entry) {
  quietly(() => localStorage.setItem(mine(address), JSON.stringify({ ...entry, at: Date.now() })));
}

export function keptHere(address) {
  return quietly(() => JSON.parse(localStorage.getItem(mine(address)))) ?? null;
}

export function dropKept(address) {
  quietly(() => localStorage.removeItem(mine(address)));
}

export function dropAllKept() {
  quietly(() => names(`${PREFIX}${firm}:`).forEach((name) => localStorage.removeItem(name)));
}

// Of every firm that used this device.
export function dropOld() {
  quietly(() => {
    for (const name of names(PREFIX)) {
      const age = Date.now() - (quietly(() => JSON.parse(localStorage.getItem(name)).at) ?? 0);
      if (age > LONGEST || age < 0) localStorage.removeItem(name);
    }
  });
}

// Pages that were closed before the server had them; one on which a colleague has answered otherwise waits to be opened.
export async function sendKept(token, besides = "") {
  for (const name of quietly(() => names(`${PREFIX}${firm}:`)) ?? []) {
    const address = name.slice(mine("").length);
    const entry = address === besides ? null : keptHere(address);
    if (!entry) continue;
    const body = new FormData();
    for (const [field, value] of Object.entries(entry.state)) body.set(field, value);
    for (const [field, values] of Object.entries(entry.fields)) for (const value of values) body.append(field, value);
    body.set("csrfmiddlewaretoken", token);
    body.set("firm", firm);
    body.set("sent", JSON.stringify([...entry.sent, entry.fields].slice(-3)));
    const { state } = await post(address, body);
    if (["saved", "collection_closed", "already_submitted"].includes(state)) dropKept(address);
  }
}
