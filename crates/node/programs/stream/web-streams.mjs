// The streams of the web.
const stream = new ReadableStream({
  start(controller) { controller.enqueue('a'); controller.enqueue('b'); controller.close(); },
});
for await (const chunk of stream) console.log(chunk);
const { readable, writable } = new TransformStream({ transform(chunk, controller) { controller.enqueue(chunk * 2); } });
const writer = writable.getWriter();
writer.write(21);
writer.close();
const reader = readable.getReader();
console.log(await reader.read(), await reader.read());
