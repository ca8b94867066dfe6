// A rejection with undefined.
(async () => { throw undefined; })();
