// One way for scripts to post: what the server says, or why it has not said anything.
const LARGEST_KEPT_ALIVE = 60_000; // bytes; browsers take 64 KB with a page that goes away

function size(body) {
  let bytes = 0;
  for (const [name, value] of body) bytes += 200 + name.length + (value instanceof File ? value.size : 3 * value.length);
  return bytes;
}

export async function post(address, body) {
  const keepalive = size(body) < LARGEST_KEPT_ALIVE;
  let reply;
  try {
    reply = await fetch(address, { method: "POST", body, keepalive, headers: { Accept: "application/json" } });
  } catch {
    return { state: "offline" };
  }
  if (reply.status === 503) return { state: "busy", seconds: Number(reply.headers.get("Retry-After") ?? 5) };
  try {
    return await reply.json();
  } catch {
    return { state: "unknown" };
  }
}

// An address of the page itself, with another question, is loaded anew like any other.
export function moveTo(next) {
  const to = new URL(next, window.location.href);
  if (to.pathname === window.location.pathname && to.search === window.location.search) {
    window.location.hash = to.hash;
    window.location.reload();
  } else {
    window.location.assign(to);
  }
}

// Calls once: as soon as the network is back, or after a while, since browsers do not always notice.
export function whenBack(action, seconds = 5) {
  const once = () => {
    window.clearTimeout(timer);
    window.removeEventListener("online", once);
    action();
  };
  const timer = window.setTimeout(once, seconds * 1000);
  window.addEventListener("online", once);
}
