// Answers the commands of ThumbnailBench, one per line:
//   run MODE FILE TIMES AT_ONCE  ->  ok NANOSECONDS BYTES BYTES BYTES
//   dump MODE FILE PREFIX        ->  ok
// Files are read once; thumbnails stay in memory.
const sharp = require('sharp');
const fs = require('fs');
const lines = require('readline').createInterface({input: process.stdin});

sharp.cache(false);
sharp.concurrency(1);

const SIZES = [1024, 300, 150];
const fit = edge => [edge, edge, {fit: 'inside', withoutEnlargement: true}];

const pixels = async image => {
  const {data, info} = await image.raw().toBuffer({resolveWithObject: true});
  return [data, {raw: {width: info.width, height: info.height, channels: info.channels}}];
};

// The strongest: decoded once, each size made from the one before it.
const cascade = async (bytes, jpeg) => {
  const large = await pixels(sharp(bytes).autoOrient().resize(...fit(1024)));
  const medium = await pixels(sharp(...large).resize(...fit(300)));
  return [
    await sharp(...large).jpeg(jpeg).toBuffer(),
    await sharp(...medium).jpeg(jpeg).toBuffer(),
    await sharp(...medium).resize(...fit(150)).jpeg(jpeg).toBuffer(),
  ];
};

const modes = {
  cascade: bytes => cascade(bytes, {quality: 80}),
  // The tables of the standard instead of tables made for the picture: less work, more bytes.
  standardcodes: bytes => cascade(bytes, {quality: 80, optimiseCoding: false}),
  // As its manual has it: three times from the original.
  three: async bytes => {
    const made = [];
    for (const size of SIZES) {
      made.push(await sharp(bytes).autoOrient().resize(...fit(size)).jpeg({quality: 80}).toBuffer());
    }
    return made;
  },
};

const files = new Map();
const read = file => {
  if (!files.has(file)) files.set(file, fs.readFileSync(file));
  return files.get(file);
};

const run = async (mode, bytes, times, atOnce) => {
  let last;
  const begin = process.hrtime.bigint();
  await Promise.all(Array.from({length: atOnce}, async () => {
    for (let i = 0; i < times; i++) last = await modes[mode](bytes);
  }));
  return `${process.hrtime.bigint() - begin} ${last.map(jpeg => jpeg.length).join(' ')}`;
};

(async () => {
  console.log(`ready sharp ${sharp.versions.sharp} with libvips ${sharp.versions.vips}, mozjpeg ${sharp.versions.mozjpeg}`);
  for await (const line of lines) {
    const [command, mode, file, ...rest] = line.split(' ');
    try {
      if (command === 'run') {
        console.log(`ok ${await run(mode, read(file), +rest[0], +rest[1])}`);
      } else {
        const made = await modes[mode](read(file));
        made.forEach((jpeg, i) => fs.writeFileSync(`${rest[0]}-${SIZES[i]}.jpg`, jpeg));
        console.log('ok');
      }
    } catch (e) {
      console.log(`failed ${String(e).replace(/\n/g, ' ')}`);
    }
  }
})();
