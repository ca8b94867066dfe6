module.exports = class Replaced {};
