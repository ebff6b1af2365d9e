// Prints identity, summary and first day of every event of a calendar, as ical.js reads it.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const calendar = new ICAL.Component(ICAL.parse(readFileSync(process.argv[2], "utf8")));
const events = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
const told = events.map((one) => [one.uid, one.summary, one.startDate.toString().slice(0, 10)]);
console.log(JSON.stringify(told));
