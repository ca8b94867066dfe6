// A module that throws is not cached: the next require runs it again.
for (let i = 0; i < 2; i++) {
  try {
    require('./fails');
  } catch (error) {
    console.log('main caught', error.message);
  }
}
