"use strict";

const EVERY_MS = 2000;
const at = (id) => document.getElementById(id);

function show(status) {
  const faults = status.faults ?? [];
  const health = status.health ?? {};
  at("state").textContent = status.error ?? sentence(status.state);
  at("state").classList.toggle("bad", Boolean(status.error));
  at("microphone").textContent = status.muted ? "muted" : (health.microphone ?? "–");
  at("network").textContent = network(status);
  at("models").textContent = Object.values(status.models ?? {}).join(", ") || "–";
  at("faults").replaceChildren(...(faults.length ? faults.map(line) : [item("none known")]));
}

function network(status) {
  if (status.walls === undefined) return "–";
  const open = Object.values(status.walls).filter((wall) => !wall.holds);
  return open.length ? `not proven to be offline: ${open[0].how}` : "offline: there is no way out";
}

function sentence(words) {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function line(fault) {
  return item(`${fault.part}: ${fault.fault}. ${fault.action}`);
}

function item(text) {
  const made = document.createElement("li");
  made.textContent = text;
  return made;
}

async function refresh() {
  try {
    show(await (await fetch("status")).json());
  } catch {
    show({ state: "", error: "The page lost its daemon." });
  }
  setTimeout(refresh, EVERY_MS);
}

refresh();
