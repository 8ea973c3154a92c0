// Two builds, one project: the console's scripts and styles under stable names, then the field app beside them.
//   vite build --mode console   ->  built/console.js, console.css, charts.js, fonts/
//   vite build --mode field     ->  built/field/index.html, sw.js, assets/
//   vite build --mode counterpart -> built/counterpart/page.html, all in one file, for the checkpoint's own phone
//   vite build --mode stills    ->  the reader of documents alone, where a benchmark wants it
//   vite build --mode kept      ->  the store alone, where a test wants it
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { VitePWA } from 'vite-plugin-pwa';
import { type Plugin, type UserConfig } from 'vite';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const built = resolve(root, 'src/safepassage/web/static/built');

/** zxing-wasm would fetch its module from a content network if we forgot to say where ours is: take the address out. */
function noOutsideAddress(): Plugin {
  return {
    name: 'no-outside-address',
    transform(code, id) {
      if (!id.includes('zxing-wasm')) return null;
      return code.replaceAll(/https:\/\/[a-z.]*jsdelivr\.net\/npm\/zxing-wasm@/g, './missing/');
    },
  };
}

/** tesseract-wasm's own worker is never started, the reader has one of ours: not shipped. */
function noSpareWorker(): Plugin {
  return {
    name: 'no-spare-worker',
    transform(code, id) {
      return id.includes('tesseract-wasm') ? code.replace('new URL("./tesseract-worker.js", import.meta.url).href', '""') : null;
    },
  };
}

/** Typst prints with TrueType fonts and reads no woff2: two weights with Arabic and Latin script, and their licence. */
function printFonts(): Plugin {
  return {
    name: 'print-fonts',
    closeBundle() {
      const from = resolve(root, 'node_modules/vazirmatn');
      const to = resolve(built, 'fonts');
      mkdirSync(to, { recursive: true });
      for (const name of ['Vazirmatn-Regular.ttf', 'Vazirmatn-Bold.ttf']) copyFileSync(resolve(from, 'fonts/ttf', name), resolve(to, name));
      copyFileSync(resolve(from, 'OFL.txt'), resolve(to, 'Vazirmatn-OFL.txt'));
    },
  };
}

const shared: UserConfig = {
  base: './',
  worker: { format: 'es', plugins: () => [noSpareWorker()] },
  build: { target: 'es2022', sourcemap: false, modulePreload: { polyfill: false }, assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
};

const consoleBuild: UserConfig = {
  ...shared,
  root: resolve(root, 'console'),
  publicDir: false,
  plugins: [printFonts()],
  build: {
    ...shared.build,
    outDir: built,
    emptyOutDir: true,
    rolldownOptions: {
      input: { console: resolve(root, 'console/src/console.ts'), theme: resolve(root, 'console/src/theme.ts') },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name].js',
        assetFileNames: (asset) => (/\.woff2?$/.test(asset.names[0] ?? '') ? 'fonts/[name][extname]' : '[name][extname]'),
      },
    },
  },
};

const fieldBuild: UserConfig = {
  ...shared,
  root: resolve(root, 'field'),
  build: { ...shared.build, outDir: resolve(built, 'field'), emptyOutDir: true },
  plugins: [
    noOutsideAddress(),
    VitePWA({
      registerType: 'prompt',
      injectRegister: false,
      filename: 'sw.js',
      manifest: {
        name: 'Safe Passage field',
        short_name: 'Field',
        lang: 'en',
        display: 'standalone',
        background_color: '#000000',
        theme_color: '#000000',
        start_url: './index.html',
        scope: './',
        icons: [{ src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }],
      },
      workbox: {
        globPatterns: ['**/*.{js,css,html,wasm,svg,woff2,webmanifest,traineddata,bin}'],
        maximumFileSizeToCacheInBytes: 4_000_000,
        navigateFallback: 'index.html',
        cleanupOutdatedCaches: true,
        clientsClaim: true,
      },
    }),
  ],
};

/** One file that asks for nothing: script and decoder stand in the page itself. */
function oneFile(template: string): Plugin {
  return {
    name: 'one-file',
    generateBundle(_, bundle) {
      const [script, ...others] = Object.values(bundle);
      if (script?.type !== 'chunk' || others.length > 0) throw new Error('the page is to be one file');
      const code = script.code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--');
      const source = readFileSync(template, 'utf8').replace('/* SCRIPT */', () => code);
      delete bundle[script.fileName];
      this.emitFile({ type: 'asset', fileName: 'page.html', source });
    },
  };
}

const counterpartBuild: UserConfig = {
  ...shared,
  root: resolve(root, 'field'),
  publicDir: false,
  plugins: [noOutsideAddress(), oneFile(resolve(root, 'field/src/counterpart/page.html'))],
  build: {
    ...shared.build,
    assetsInlineLimit: 2_000_000,
    chunkSizeWarningLimit: 2000,
    outDir: resolve(built, 'counterpart'),
    emptyOutDir: true,
    rolldownOptions: { input: resolve(root, 'field/src/counterpart/page.ts'), output: { format: 'iife', entryFileNames: 'page.js' } },
  },
};

/** One module by itself: the reader of documents for benchmarks/field, the store for tests/slow. */
const alone = (entry: string, name: string): UserConfig => ({
  ...shared,
  root: resolve(root, 'field'),
  publicDir: false,
  build: {
    ...shared.build,
    emptyOutDir: false,
    rolldownOptions: {
      input: resolve(root, entry),
      preserveEntrySignatures: 'strict',
      output: { entryFileNames: name },
    },
  },
});

export default defineConfig(({ mode }) => {
  if (mode === 'stills') return alone('field/src/camera/stills.ts', 'stills.js');
  if (mode === 'kept') return alone('field/src/kept.ts', 'kept.js');
  if (mode === 'console') return consoleBuild;
  if (mode === 'field') return fieldBuild;
  if (mode === 'counterpart') return counterpartBuild;
  return { test: { root, include: ['field/src/**/*.test.ts'], environment: 'node' } };
});
