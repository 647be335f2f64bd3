/*
 * The music: which deck plays and which follows. One hands over to the next within a step, on the
 * exact frame. JS opens decks and says what they are for, in commands that are taken in order.
 */
#include "music.h"

#include <string.h>
#include <time.h>

enum {
  NOBODY = -1,
  /* A waveform cut in the middle is a click: what "at once" takes. */
  CUT_FRAMES = 30 * RATE / 1000,
  SEEK_FRAMES = 20 * RATE / 1000,
  /* Music that begins in the middle of a file. */
  ENTRY_FRAMES = 10 * RATE / 1000,
};

/* ---- what JS wants ---- */

/* The same numbers as in music-mixer.ts. */
enum music_command_type {
  MUSIC_START,
  MUSIC_SEEK,
  MUSIC_NEXT,
  MUSIC_WITHDRAW,
  MUSIC_END,
  MUSIC_GIVE_UP,
  MUSIC_PAUSE,
  MUSIC_RESUME,
  MUSIC_STOP,
};

struct music_command {
  int32_t type;
  int32_t deck;
  /* The deck that JS takes for the current one. */
  int32_t after;
  int32_t frames;
  int32_t paused;
};

/* One writer (JS), one reader (mixer): counters that only grow. */
enum { COMMANDS = 1024 };
static struct music_command commands[COMMANDS];
static _Atomic uint32_t commands_written;
static _Atomic uint32_t commands_taken;

/* 0: the mixer thread has taken nothing for a second and there is no room left. */
EXPORT int mixer_music_command(int type, int deck, int after, int frames, int paused) {
  const struct timespec nap = {.tv_nsec = NS_PER_MS};
  uint32_t written = atomic_load(&commands_written);
  for (int naps = 0; written - atomic_load(&commands_taken) == COMMANDS; naps++) {
    if (naps == 1000) return 0;
    nanosleep(&nap, NULL);
  }
  commands[written % COMMANDS] = (struct music_command){type, deck, after, frames, paused};
  atomic_store(&commands_written, written + 1);
  wake_mixer();
  return 1;
}

bool any_deck_event(void) {
  for (int slot = 0; slot < DECKS; slot++)
    if (atomic_load(&decks[slot].voice.events)) return true;
  return false;
}

/* ---- state, mixer thread only ---- */

static int current = NOBODY;
static int pending = NOBODY; /* takes over as soon as it has frames */
static int next = NOBODY;    /* takes over when the current one ends */
static bool pending_is_seek;
static bool pending_paused;
static uint32_t pending_fade;
static uint32_t next_fade;

static float bus[MIX_FRAMES_MAX * CHANNELS];

static uint32_t at_least(uint32_t frames, uint32_t least) { return frames > least ? frames : least; }

static void finish(int *role, uint32_t event) {
  if (*role != NOBODY) deck_finish(&decks[*role], event);
  *role = NOBODY;
}

static bool is_leaving(struct deck *deck) {
  return deck->leaving && atomic_load(&deck->voice.stage) == VOICE_SOUNDING;
}

static void finish_leaving(void) {
  for (int slot = 0; slot < DECKS; slot++)
    if (is_leaving(&decks[slot])) deck_finish(&decks[slot], decks[slot].leaving_event);
}

/* ---- commands ---- */

/* libvlc refused the file, and JS gave the deck up before it said what it was for. */
static bool is_over(int deck) { return atomic_load(&decks[deck].voice.stage) == VOICE_DONE; }

static void open_pending(const struct music_command *command, bool is_seek) {
  finish(&pending, DECK_CUT);
  pending = command->deck;
  pending_is_seek = is_seek;
  pending_fade = (uint32_t)command->frames;
  atomic_store(&decks[pending].voice.stage, VOICE_WAITING);
}

static void start(const struct music_command *command) {
  if (is_over(command->deck)) return;
  finish(&next, DECK_REFUSED);
  open_pending(command, false);
  pending_paused = command->paused;
  if (command->paused) level_move(PAUSED, CUT_FRAMES);
}

static void seek(const struct music_command *command) {
  if (is_over(command->deck)) return;
  bool meant = command->after != NOBODY && command->after == current && pending == NOBODY;
  if (meant) open_pending(command, true);
  else deck_finish(&decks[command->deck], DECK_REFUSED);
}

static void follow(const struct music_command *command) {
  if (is_over(command->deck)) return;
  int last = pending != NOBODY ? pending : current;
  if (last == NOBODY || command->after != last) return deck_finish(&decks[command->deck], DECK_REFUSED);
  finish(&next, DECK_REFUSED);
  next = command->deck;
  next_fade = (uint32_t)command->frames;
}

static void leave_current(uint32_t frames, uint32_t at, uint32_t event) {
  if (current == NOBODY) return;
  if (level_is_silent()) return finish(&current, event);
  deck_leave(&decks[current], frames, at, event);
  current = NOBODY;
}

static void give_up(int deck) {
  if (current == deck) current = NOBODY;
  if (pending == deck) pending = NOBODY;
  if (next == deck) next = NOBODY;
  if (!is_over(deck)) deck_finish(&decks[deck], DECK_FAILED);
}

static void execute(const struct music_command *command) {
  switch ((enum music_command_type)command->type) {
    case MUSIC_START: start(command); break;
    case MUSIC_SEEK: seek(command); break;
    case MUSIC_NEXT: follow(command); break;
    case MUSIC_WITHDRAW:
      if (next == command->deck) finish(&next, DECK_REFUSED);
      if (pending == command->deck) finish(&pending, DECK_CUT);
      break;
    case MUSIC_END:
      if (current == command->deck) leave_current(SEEK_FRAMES, 0, DECK_ENDED);
      break;
    case MUSIC_GIVE_UP: give_up(command->deck); break;
    case MUSIC_PAUSE:
      pending_paused = true;
      level_move(PAUSED, (uint32_t)command->frames);
      break;
    case MUSIC_RESUME:
      pending_paused = false;
      level_move(PLAYING, (uint32_t)command->frames);
      break;
    case MUSIC_STOP:
      finish(&pending, DECK_STOPPED);
      level_move(STOPPING, (uint32_t)command->frames);
      break;
  }
}

static void take_commands(void) {
  uint32_t taken = atomic_load(&commands_taken);
  for (; taken != atomic_load(&commands_written); taken++) {
    execute(&commands[taken % COMMANDS]);
    atomic_store(&commands_taken, taken + 1);
  }
}

/* ---- who plays ---- */

/* A faded level that stays with what is being replaced, so that the new one begins at full level. */
static void settle_level(void) {
  float level = level_settle();
  for (int slot = 0; slot < DECKS; slot++)
    if (is_leaving(&decks[slot])) decks[slot].voice.gain *= level;
}

static void take_seek(struct deck *deck) {
  uint32_t fade = level_is_silent() ? 0 : SEEK_FRAMES;
  leave_current(SEEK_FRAMES, 0, DECK_CUT);
  deck_enter(deck, fade);
}

static void take_start(struct deck *deck) {
  bool overlaps = pending_fade > 0 && current != NOBODY && !level_is_silent();
  uint32_t entry = overlaps ? pending_fade : deck->start_frames > 0 ? ENTRY_FRAMES : 0;
  leave_current(at_least(pending_fade, CUT_FRAMES), 0, DECK_CUT);
  if (!pending_paused) settle_level();
  deck_enter(deck, entry);
}

static void take_pending(const struct mix_step *step) {
  if (pending == NOBODY || !voice_ready(&decks[pending].voice, step->start_frames)) return;
  struct deck *deck = &decks[pending];
  /* A file without a single frame replaces nothing; a seek beyond the end ends the track. */
  if (!pending_is_seek && deck_ended(deck)) return finish(&pending, DECK_ENDED);
  if (!pending_is_seek && pending_paused && !level_is_silent()) {
    if (current != NOBODY) return;
    level_hush();
  }
  if (pending_is_seek) take_seek(deck);
  else take_start(deck);
  current = pending;
  pending = NOBODY;
}

static bool next_is_ready(const struct mix_step *step) {
  return next != NOBODY && pending == NOBODY && voice_ready(&decks[next].voice, step->start_frames);
}

static void take_next(uint32_t fade) {
  deck_enter(&decks[next], fade);
  current = next;
  next = NOBODY;
}

/* Found out long before it is its turn. */
static void drop_empty_next(void) {
  if (next != NOBODY && deck_ended(&decks[next])) finish(&next, DECK_ENDED);
}

/* ---- mixing ---- */

static uint32_t frames_until_crossfade(const struct mix_step *step) {
  if (next_fade == 0 || !next_is_ready(step)) return UINT32_MAX;
  int64_t left = deck_frames_left(&decks[current]);
  if (left <= next_fade) return 0;
  return left - next_fade < UINT32_MAX ? (uint32_t)(left - next_fade) : UINT32_MAX;
}

static void crossfade(uint32_t at) {
  int64_t left = deck_frames_left(&decks[current]);
  uint32_t fade = left < next_fade ? at_least((uint32_t)left, 1) : next_fade;
  leave_current(fade, at, DECK_ENDED);
  take_next(fade);
}

/* Returns false when there is nothing to go on with in this step. */
static bool current_is_over(void) {
  struct voice *voice = &decks[current].voice;
  if (deck_ended(&decks[current])) {
    finish(&current, DECK_ENDED);
    return true;
  }
  if (!voice->starved) count_underrun();
  voice->starved = true;
  return false;
}

/* Returns how many frames there were. */
static uint32_t play_current(uint32_t frames, const struct mix_step *step) {
  const int64_t heard_ns = step_heard_ns(step);
  uint32_t at = 0;
  while (at < frames) {
    if (current == NOBODY && !next_is_ready(step)) break;
    if (current == NOBODY) take_next(0);
    uint32_t until_crossfade = frames_until_crossfade(step);
    if (until_crossfade == 0) {
      crossfade(at);
      continue;
    }
    uint32_t wanted = frames - at < until_crossfade ? frames - at : until_crossfade;
    struct deck *deck = &decks[current];
    uint32_t taken = deck_add(deck, bus + at * CHANNELS, wanted, heard_ns + (int64_t)at * NS_PER_SECOND / RATE, step);
    at += taken;
    if (taken == wanted) deck->voice.starved = false;
    else if (!current_is_over()) break;
  }
  return at;
}

static bool play_leaving(uint32_t frames, const struct mix_step *step) {
  bool sounded = false;
  for (int slot = 0; slot < DECKS; slot++) {
    struct deck *deck = &decks[slot];
    if (!is_leaving(deck)) continue;
    uint32_t at = deck->leaves_at < frames ? deck->leaves_at : frames;
    deck->leaves_at = 0;
    int64_t heard_ns = step_heard_ns(step) + (int64_t)at * NS_PER_SECOND / RATE;
    uint32_t taken = deck_add(deck, bus + at * CHANNELS, frames - at, heard_ns, step);
    sounded |= taken > 0;
    if (taken < frames - at) deck_finish(deck, deck->leaving_event);
  }
  return sounded;
}

static void finish_stop(void) {
  finish_leaving();
  finish(&current, DECK_STOPPED);
  finish(&next, DECK_STOPPED);
  level_settle();
}

bool music_is_busy(void) {
  if (current != NOBODY || pending != NOBODY || next != NOBODY) return true;
  for (int slot = 0; slot < DECKS; slot++)
    if (is_leaving(&decks[slot])) return true;
  return false;
}

bool music_wants_mixing(uint32_t start_frames) {
  take_commands();
  if (pending != NOBODY)
    return output_is_there() && !pending_paused && voice_ready(&decks[pending].voice, start_frames);
  return current != NOBODY && !level_stands_still() && voice_frames_waiting(&decks[current].voice) > 0;
}

bool music_mix(float *sum, const struct mix_step *step, enum ducking ducking) {
  level_begin(ducking);
  take_commands();
  drop_empty_next();
  if (output_is_there()) take_pending(step);
  if (level_has_stopped() || (level_is_stopping() && current == NOBODY)) finish_stop();
  if (level_stands_still() || !music_is_busy()) {
    if (level_is_silent()) finish_leaving();
    level_rest(current == NOBODY);
    return false;
  }
  uint32_t frames = level_audible_frames(step->frames);
  memset(bus, 0, frames * CHANNELS * sizeof *bus);
  bool sounded = play_current(frames, step) > 0;
  sounded |= play_leaving(frames, step);
  level_add(sum, bus, frames);
  return sounded;
}
