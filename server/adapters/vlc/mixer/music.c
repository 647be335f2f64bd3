/*
 * The music: which deck plays, which follows, and how loud. One deck hands over to the next within
 * a step, on the exact frame; everything that moves the level moves it frame by frame.
 *
 * level = deck's gain * deck's fade * volume * duck * transport^3 * announcement^3
 */
#include "mixer.h"

#include <math.h>
#include <string.h>
#include <time.h>

enum {
  NOBODY = -1,
  /* A waveform cut in the middle is a click: what "at once" takes. */
  CUT_FRAMES = 30 * RATE / 1000,
  SEEK_FRAMES = 20 * RATE / 1000,
  /* Music that begins in the middle of a file. */
  ENTRY_FRAMES = 10 * RATE / 1000,
  RAMP_FRAMES_MIN = 5 * RATE / 1000,
  VOLUME_FRAMES = 50 * RATE / 1000,
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

static _Atomic float volume_wanted = 1;
static _Atomic float duck_level = 0.25f;
static _Atomic uint32_t duck_attack_frames = 60 * RATE / 1000;
static _Atomic uint32_t duck_release_frames = 400 * RATE / 1000;
static _Atomic bool standing_still;

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

EXPORT void mixer_music_volume(float level) { atomic_store(&volume_wanted, level); }

EXPORT void mixer_music_ducking(float level, int attack_ms, int release_ms) {
  atomic_store(&duck_level, level);
  atomic_store(&duck_attack_frames, (uint32_t)attack_ms * (RATE / 1000));
  atomic_store(&duck_release_frames, (uint32_t)release_ms * (RATE / 1000));
}

/* Paused, waiting for an announcement or for an output: nothing moves, and that is in order. */
EXPORT int mixer_music_stands_still(void) { return atomic_load(&standing_still); }

/* ---- state, mixer thread only ---- */

static int current = NOBODY;
static int pending = NOBODY; /* takes over as soon as it has frames */
static int next = NOBODY;    /* takes over when the current one ends */
static bool pending_is_seek;
static bool pending_paused;
static uint32_t pending_fade;
static uint32_t next_fade;

static enum { PLAYING, PAUSED, STOPPING } mode;
/* Doubles: a frame of a fade of ten minutes is less than a float can tell from nothing. */
static double transport = 1;
static double transport_step;
static double announcement = 1;
static float duck = 1;
static float volume = 1;
static float volume_goal = 1;
static float volume_step;
static enum ducking ducking_now;

static float bus[MIX_FRAMES_MAX * CHANNELS];

static uint32_t at_least(uint32_t frames, uint32_t least) { return frames > least ? frames : least; }

static float cubed(double level) { return (float)(level * level * level); }

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

static bool is_silent(void) { return transport <= 0 && mode != PLAYING; }

static bool stands_still(void) {
  return is_silent() || (announcement <= 0 && ducking_now == DUCKING_PAUSE) || !output_is_there();
}

/* ---- commands ---- */

static void move_transport(int to, int32_t frames) {
  mode = to;
  transport_step = 1.0 / at_least((uint32_t)frames, RAMP_FRAMES_MIN);
}

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
  if (command->paused) move_transport(PAUSED, CUT_FRAMES);
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
  if (is_silent()) return finish(&current, event);
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
      move_transport(PAUSED, command->frames);
      break;
    case MUSIC_RESUME:
      pending_paused = false;
      move_transport(PLAYING, command->frames);
      break;
    case MUSIC_STOP:
      finish(&pending, DECK_STOPPED);
      move_transport(STOPPING, command->frames);
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
static void settle_transport(void) {
  for (int slot = 0; slot < DECKS; slot++)
    if (slot == current || is_leaving(&decks[slot])) decks[slot].voice.gain *= cubed(transport);
  mode = PLAYING;
  transport = 1;
}

static void take_pending(const struct mix_step *step) {
  if (pending == NOBODY || !voice_ready(&decks[pending].voice, step->start_frames)) return;
  struct deck *deck = &decks[pending];
  /* A file without a single frame replaces nothing; a seek beyond the end ends the track. */
  if (!pending_is_seek && deck_ended(deck)) return finish(&pending, DECK_ENDED);
  if (!pending_is_seek && pending_paused && !is_silent()) {
    if (current != NOBODY) return;
    transport = 0;
  }
  uint32_t entry = deck->start_frames > 0 ? ENTRY_FRAMES : 0;
  if (pending_is_seek) {
    leave_current(SEEK_FRAMES, 0, DECK_CUT);
    entry = is_silent() ? 0 : SEEK_FRAMES;
  } else {
    if (pending_fade > 0 && current != NOBODY && !pending_paused && transport > 0) entry = pending_fade;
    leave_current(at_least(pending_fade, CUT_FRAMES), 0, DECK_CUT);
    if (!pending_paused) settle_transport();
  }
  deck_enter(deck, entry);
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

static double toward(double from, double to, double step) {
  return from < to ? fmin(to, from + step) : fmax(to, from - step);
}

static uint32_t frames_until_zero(double level, double step) {
  double frames = ceil(level / step);
  return frames < MIX_FRAMES_MAX ? (uint32_t)frames : MIX_FRAMES_MAX;
}

static double announcement_step(void) {
  uint32_t frames = atomic_load(ducking_now == DUCKING_PAUSE ? &duck_attack_frames : &duck_release_frames);
  return 1.0 / at_least(frames, RAMP_FRAMES_MIN);
}

/* Music that is about to stand still stops on the frame on which it becomes silent. */
static uint32_t audible_frames(uint32_t frames) {
  if (mode != PLAYING) {
    uint32_t until = frames_until_zero(transport, transport_step);
    if (until < frames) frames = until;
  }
  if (ducking_now == DUCKING_PAUSE) {
    uint32_t until = frames_until_zero(announcement, announcement_step());
    if (until < frames) frames = until;
  }
  return frames;
}

/* Decibels per frame are even, as the ear hears it. */
static float duck_factor(float goal) {
  float level = atomic_load(&duck_level);
  uint32_t frames = atomic_load(goal < duck ? &duck_attack_frames : &duck_release_frames);
  float factor = powf(fminf(level, 0.999f), 1.0f / (float)at_least(frames, RAMP_FRAMES_MIN));
  return goal < duck ? factor : 1 / factor;
}

static void add_bus(float *sum, uint32_t frames) {
  const float duck_goal = ducking_now == DUCKING_DUCK ? atomic_load(&duck_level) : 1;
  const float factor = duck_factor(duck_goal);
  const bool falling = duck_goal < duck;
  const double announcement_goal = ducking_now == DUCKING_PAUSE ? 0 : 1;
  const double announce_step = announcement_step();
  const double transport_goal = mode == PLAYING ? 1 : 0;
  for (uint32_t i = 0; i < frames; i++) {
    float level = volume * duck * cubed(transport) * cubed(announcement);
    sum[i * 2] += bus[i * 2] * level;
    sum[i * 2 + 1] += bus[i * 2 + 1] * level;
    if (volume != volume_goal) volume = (float)toward(volume, volume_goal, volume_step);
    if (transport != transport_goal) transport = toward(transport, transport_goal, transport_step);
    if (announcement != announcement_goal) announcement = toward(announcement, announcement_goal, announce_step);
    if (duck != duck_goal) duck = falling ? fmaxf(duck_goal, duck * factor) : fminf(duck_goal, duck * factor);
  }
}

static void follow_volume(bool heard) {
  float wanted = atomic_load(&volume_wanted);
  if (!heard) volume = volume_goal = wanted;
  if (wanted == volume_goal) return;
  volume_goal = wanted;
  volume_step = fabsf(wanted - volume) / VOLUME_FRAMES;
}

static void finish_stop(void) {
  finish_leaving();
  finish(&current, DECK_STOPPED);
  finish(&next, DECK_STOPPED);
  mode = PLAYING;
  transport = 1;
}

/* Nothing is heard, so every ramp is where it was going. */
static void rest(void) {
  if (is_silent()) finish_leaving();
  follow_volume(false);
  duck = ducking_now == DUCKING_DUCK ? atomic_load(&duck_level) : 1;
  if (current == NOBODY && ducking_now != DUCKING_PAUSE) announcement = 1;
  if (mode != PLAYING) transport = 0;
}

bool music_is_busy(void) {
  if (current != NOBODY || pending != NOBODY || next != NOBODY) return true;
  for (int slot = 0; slot < DECKS; slot++)
    if (is_leaving(&decks[slot])) return true;
  return false;
}

bool music_wants_mixing(uint32_t start_frames) {
  take_commands();
  if (stands_still()) return pending != NOBODY && !pending_paused && voice_ready(&decks[pending].voice, start_frames);
  if (pending != NOBODY) return voice_ready(&decks[pending].voice, start_frames);
  return current != NOBODY && voice_frames_waiting(&decks[current].voice) > 0;
}

bool music_mix(float *sum, const struct mix_step *step, enum ducking ducking) {
  ducking_now = ducking;
  take_commands();
  drop_empty_next();
  if (output_is_there()) take_pending(step);
  if (mode == STOPPING && (transport <= 0 || current == NOBODY)) finish_stop();
  atomic_store(&standing_still, stands_still());
  if (stands_still() || !music_is_busy()) {
    rest();
    return false;
  }
  follow_volume(true);
  uint32_t frames = audible_frames(step->frames);
  memset(bus, 0, frames * CHANNELS * sizeof *bus);
  bool sounded = play_current(frames, step) > 0;
  sounded |= play_leaving(frames, step);
  add_bus(sum, frames);
  return sounded;
}
