/**
 * Imported first by every program: on a Node older than 22.14 better-sqlite3 does not complain, it
 * crashes. Imports run in order, so this one is evaluated before the native ones.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 14)) {
  process.stderr.write(
    `encore: Node ${process.versions.node} is too old, 22.14 or newer is needed; "npm start" brings its own\n`,
  );
  process.exit(78);
}
