'use strict';

/** How a callback is introduced: by its own name. */
exports.nameOf = host.nameOf;
