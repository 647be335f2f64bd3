import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../server/testing/test-app.ts';

/** Debian's own Python has Debian's aiohttp. */
const python = '/usr/bin/python3';
const folder = join(import.meta.dirname, 'custom_components', 'encore');

/** As much of Home Assistant as the tree of the library is made of. */
const standIn = `
homeassistant = types.ModuleType("homeassistant.components.media_player")
class Node:
    def __init__(self, **facts):
        self.__dict__.update({"children": None, **facts})
class Words:
    def __getattr__(self, word):
        return word.lower()
homeassistant.BrowseMedia = Node
homeassistant.BrowseError = LookupError
homeassistant.MediaClass = homeassistant.MediaType = Words()
for name in ("homeassistant", "homeassistant.components"):
    sys.modules[name] = types.ModuleType(name)
sys.modules["homeassistant.components.media_player"] = homeassistant
`;

let app: TestApp;

/** Runs `body` with a `client` of the integration, and answers what it prints as JSON. */
const run = async (body: string, token = app.token()): Promise<unknown> => {
  const script = `
import asyncio, json, sys, types
sys.dont_write_bytecode = True
# The package without its first file, which is Home Assistant's.
encore = types.ModuleType("encore")
encore.__path__ = [${JSON.stringify(folder)}]
sys.modules["encore"] = encore
${standIn}
import aiohttp
from encore.api import EncoreClient, EncoreError, EncoreTokenRefused, EncoreUnreachable
from encore.browse import browse
from encore.follow import follow

async def main(url, token):
    async with aiohttp.ClientSession() as session:
        client = EncoreClient(session, url, token)
${body.replaceAll(/^/gm, '        ')}

asyncio.run(main(*sys.argv[1:]))
`;
  const child = spawn(python, ['-c', script, app.url, token ?? ''], { timeout: 15_000 });
  const [printed, complaints] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  expect(complaints).toBe('');
  return JSON.parse(printed);
};

beforeAll(async () => {
  app = await startTestApp();
  await app.setUp();
  for (const [index, name] of ['Gong', 'Air horn', 'Coin'].entries()) {
    app.addSound(`${name}.wav`, 300 + index, 2000);
  }
  await app.call('POST', '/sounds/scan');
  app.player.connect();
});
afterAll(() => app.stop());

it('knows who it is, what there is, and what plays', async () => {
  const seen = await run(`
me = await client.me()
names = sorted(sound["name"] for sound in await client.sounds())
lists = await client.playlists()
state = await client.player_state()
print(json.dumps([me["name"], names, [one["main"] for one in lists], state["status"]]))`);
  expect(seen).toEqual(['Mira', ['Air horn', 'Coin', 'Gong'], [true], 'stopped']);
});

it('asks for the sounds of a tag or of a type, and gets no others', async () => {
  const { body } = await app.call('GET', '/sounds/?q=Coin');
  const [coin] = body['items'] as { id: string }[];
  await app.call('PATCH', `/sounds/${coin?.id}`, { body: { tags: ['games'] } });
  const seen = await run(`
async def names(**of):
    return sorted(sound["name"] for sound in await client.sounds(**of))
print(json.dumps([await names(tags="games"), await names(types="SDB"), await names(types="TTS")]))`);
  expect(seen).toEqual([['Coin'], ['Air horn', 'Coin', 'Gong'], []]);
  expect(readFileSync(join(folder, 'browse.py'), 'utf8').match(/sounds\((\w+)=/g)).toEqual([
    'sounds(types=',
    'sounds(tags=',
  ]);
});

it('finds a sound, typos and all, and plays it', async () => {
  const played = await run(`
[sound] = await client.search("air hron")
await client.play_sound(sound["id"])
print(json.dumps(sound["id"]))`);
  expect(app.player.commands.at(-1)).toMatchObject({ type: 'play', sound_id: played });
});

it('plays a list, and sets the volume', async () => {
  await run(`
[main] = await client.playlists()
await client.play_playlist(main["id"])
await client.player("volume", {"volume": 35})
print("null")`);
  const { body } = await app.call('GET', '/player/state');
  expect(body).toMatchObject({ status: 'playing', volume: 35 });
});

it('hears of a change over the feed', async () => {
  const heard = await run(`
types = []
async for message in client.feed():
    types.append(message["type"])
    if message["type"] == "hello":
        await client.player("mode", {"mode": "loop"})
    if message["type"] == "player_state" and message["data"]["mode"] == "loop":
        break
print(json.dumps([types[0], types[-1]]))`);
  expect(heard).toEqual(['hello', 'player_state']);
});

it('hands on the server’s own words when it says no', async () => {
  const words = await run(`
try:
    await client.play_sound("nothing")
except EncoreError as error:
    print(json.dumps(str(error)))`);
  expect(words).toMatch(/sound/i);
});

it('tells a wrong token from a box that is not there', async () => {
  const body = `
async def kind(of):
    try:
        await of
    except EncoreError as error:
        return type(error).__name__
nobody = EncoreClient(session, "http://127.0.0.1:9", "enc_none")
async def heard(one):
    async for message in one.feed():
        pass
print(json.dumps([await kind(client.me()), await kind(heard(client)), await kind(nobody.me()), await kind(heard(nobody))]))`;
  expect(await run(body, 'enc_none')).toEqual([
    'EncoreTokenRefused',
    'EncoreTokenRefused',
    'EncoreUnreachable',
    'EncoreUnreachable',
  ]);
});

it('says hello with its own id, by which it is known, and its version', async () => {
  const hello = await run('print(json.dumps(await client.hello()))');
  expect(hello).toMatchObject({ id: 'test-box', version: '0.0.0-test' });
});

/** Counts what is heard until `hellos` were said, then stops listening. */
const following = (inTake: string, hellos = 2) => `
heard, why = [], []
done = asyncio.Event()
async def take(message):
    if message["type"] != "hello":
        return
    heard.append("hello")
    if len(heard) == ${hellos}:
        done.set()
        return
${inTake.replaceAll(/^/gm, '    ')}
async def run_on():
    await follow(client.feed, take, lambda error: why.append(str(error)), first_retry_s=0.01)
line = asyncio.create_task(run_on())
await done.wait()
line.cancel()
print(json.dumps([heard, why]))`;

it('comes back after a line that ended, and says that there was none', async () => {
  // Whoever has another name is sent away, to come back under it.
  const rename = `await client.request("PATCH", "/auth/me", body={"name": "Miranda"})`;
  const [heard, why] = (await run(following(rename))) as string[][];
  expect(heard).toEqual(['hello', 'hello']);
  expect(why).toEqual(['the feed ended']);
});

it('goes on after a message that it cannot take', async () => {
  const script = `import logging; logging.disable(logging.CRITICAL)${following('raise KeyError("data")')}`;
  const [heard, why] = (await run(script)) as string[][];
  expect(heard).toEqual(['hello', 'hello']);
  expect(why).toEqual(["KeyError('data')"]);
});

it('follows no longer when the token is refused', async () => {
  const body = `
async def nothing(_):
    pass
try:
    await follow(client.feed, nothing, lambda error: None)
except EncoreTokenRefused:
    print(json.dumps("refused"))`;
  expect(await run(body, 'enc_none')).toBe('refused');
});

it('shows the library as a tree: lists with their entries, tags and types', async () => {
  const { body } = await app.call('GET', '/sounds/?q=Gong');
  const [gong] = body['items'] as { id: string }[];
  await app.call('PATCH', `/sounds/${gong?.id}`, { body: { tags: ['dinner'] } });
  const seen = await run(`
async def titles(at):
    return [child.title for child in (await browse(client, at)).children]
async def first(at, title):
    for child in (await browse(client, at)).children:
        if child.title == title:
            return child
lists = await first("", "Playlists")
[everything] = (await browse(client, lists.media_content_id)).children
[leaf] = (await browse(client, "tag/dinner")).children
print(json.dumps([
    await titles(""),
    sorted(await titles(everything.media_content_id)),
    [everything.can_play, everything.can_expand],
    (await first("tag", "dinner")).media_content_id,
    await titles("type/SDB"),
    [leaf.title, leaf.media_content_id, leaf.can_play, leaf.can_expand],
]))`);
  const all = ['Air horn', 'Coin', 'Gong'];
  expect(seen).toEqual([
    ['Playlists', 'Tags', 'Effects', 'Speech', 'Extracted'],
    all,
    [true, true],
    'tag/dinner',
    all,
    ['Gong', `sound/${gong?.id}`, true, false],
  ]);
});

it('knows no folder that there is not', async () => {
  const body = `
try:
    await browse(client, "attic")
except LookupError as error:
    print(json.dumps(str(error)))`;
  expect(await run(body)).toBe('Encore has no attic');
});
