// refresh() starts the wait again from now.
const timer = setTimeout(() => console.log('refreshed timer'), 60);
setTimeout(() => {
  console.log('refresh');
  timer.refresh();
}, 30);
setTimeout(() => console.log('after 75'), 75);
