'use strict';

// `performance` on the virtual clock.

const { codes } = require('internal/errors');

class PerformanceEntry {
  constructor(name, entryType, startTime, duration, detail) {
    Object.assign(this, { name, entryType, startTime, duration, detail });
  }
  toJSON() {
    return { ...this };
  }
}
class PerformanceMark extends PerformanceEntry {}
class PerformanceMeasure extends PerformanceEntry {}

const entries = [];
const observers = new Set();

function record(entry) {
  entries.push(entry);
  for (const observer of observers) observer.offer(entry);
  return entry;
}

function timeOf(mark, fallback) {
  if (mark === undefined) return fallback;
  if (typeof mark === 'number') return mark;
  const found = entries.findLast((entry) => entry.entryType === 'mark' && entry.name === mark);
  if (found) return found.startTime;
  const { DOMException } = require('internal/dom-exception');
  throw new DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError');
}

class Performance {
  get timeOrigin() {
    return host.epoch;
  }
  get nodeTiming() {
    return { name: 'node', entryType: 'node', startTime: 0, duration: host.now() };
  }
  now() {
    return host.now();
  }
  mark(name, { startTime = host.now(), detail = null } = {}) {
    return record(new PerformanceMark(`${name}`, 'mark', startTime, 0, detail));
  }
  measure(name, startOrOptions, endMark) {
    const options = typeof startOrOptions === 'object' && startOrOptions !== null ? startOrOptions : { start: startOrOptions, end: endMark };
    const end = timeOf(options.end, host.now());
    const start = options.duration !== undefined && options.start === undefined ? end - options.duration : timeOf(options.start, 0);
    return record(new PerformanceMeasure(`${name}`, 'measure', start, end - start, options.detail ?? null));
  }
  clearMarks(name) {
    clear('mark', name);
  }
  clearMeasures(name) {
    clear('measure', name);
  }
  getEntries() {
    return [...entries].sort((a, b) => a.startTime - b.startTime);
  }
  getEntriesByName(name, type) {
    return this.getEntries().filter((entry) => entry.name === name && (type === undefined || entry.entryType === type));
  }
  getEntriesByType(type) {
    return this.getEntries().filter((entry) => entry.entryType === type);
  }
  /** Share of the time that was spent in callbacks: the simulation does not measure it. */
  eventLoopUtilization() {
    return { idle: 0, active: 0, utilization: 0 };
  }
  timerify(fn) {
    return fn;
  }
  toJSON() {
    return { nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin };
  }
}
Object.defineProperty(Performance.prototype, Symbol.toStringTag, { value: 'Performance', configurable: true });

function clear(type, name) {
  for (let i = entries.length - 1; i >= 0; i--) {
    if (entries[i].entryType === type && (name === undefined || entries[i].name === name)) entries.splice(i, 1);
  }
}

class PerformanceObserver {
  #callback;
  #types = [];
  #buffer = [];

  constructor(callback) {
    require('internal/validators').validateFunction(callback, 'callback');
    this.#callback = callback;
  }
  observe({ entryTypes, type } = {}) {
    if (entryTypes === undefined && type === undefined) throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    this.#types = entryTypes ?? [...this.#types, type];
    observers.add(this);
  }
  disconnect() {
    observers.delete(this);
    this.#buffer = [];
  }
  /** Takes an entry of an observed type; the callback gets all of a turn at once, from `setImmediate`. */
  offer(entry) {
    if (!this.#types.includes(entry.entryType)) return;
    if (this.#buffer.push(entry) > 1) return;
    setImmediate(() => {
      const list = this.#buffer.splice(0);
      if (list.length === 0) return;
      const by = (key) => (value) => list.filter((other) => other[key] === value);
      this.#callback({ getEntries: () => list, getEntriesByName: by('name'), getEntriesByType: by('entryType') }, this);
    });
  }
}
PerformanceObserver.supportedEntryTypes = ['mark', 'measure'];

module.exports = {
  performance: new Performance(),
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver,
};
