// Dates in UTC.
const date = new Date(Date.UTC(2024, 1, 29, 12, 30, 15, 7));
console.log(date.toISOString(), date.getTime(), date.getUTCDay(), JSON.stringify({ date }), new Date('2024-01-01').getTime());
date.setUTCMonth(12);
console.log(date.toISOString(), new Date(NaN).getTime(), Date.parse('2000-01-01T00:00:00Z'), new Date(2e12).toJSON());
try { new Date(NaN).toISOString(); } catch (error) { console.log(error.name); }
console.log(new Date(0).toUTCString(), new Date(2020, 0, 1).getFullYear(), new Date(0) < new Date(1));
