exports.lost = true;
module.exports.kept = true;
module.exports = { replaced: true };
exports.tooLate = true;
