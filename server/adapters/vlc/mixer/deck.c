/* Sources of music: a ring that libvlc fills, fades at both ends, and where in the file it is. */
#include "music.h"

#include <math.h>
#include <sys/mman.h>

struct deck decks[DECKS];

/* ---- JS thread ---- */

EXPORT void *mixer_deck(int slot) { return &decks[slot].voice; }

/* Only for a free deck whose media player is stopped. Of what is decoded the first `frames_skipped` are
 * dropped; the one after them is `start_frames` of the file. -1: no memory. */
EXPORT int mixer_deck_open(int slot, float gain, int64_t start_frames, uint64_t frames_skipped) {
  struct deck *deck = &decks[slot];
  if (!deck->voice.ring) {
    void *ring = mmap(NULL, DECK_RING_FRAMES * FRAME_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (ring == MAP_FAILED) return -1;
    deck->voice.ring = ring;
    deck->voice.ring_frames = DECK_RING_FRAMES;
  }
  voice_reset(&deck->voice);
  deck->voice.frames_to_skip = frames_skipped;
  deck->voice.gain = gain;
  deck->start_frames = start_frames;
  atomic_store(&deck->file_frames, 0);
  deck->in_frames = deck->in_at = 0;
  deck->out_frames = deck->out_at = 0;
  deck->leaving = false;
  deck->leaves_at = 0;
  atomic_store(&deck->origin_ns, 0);
  return 0;
}

/* At any time before the end. */
EXPORT void mixer_deck_file_frames(int slot, int64_t frames) { atomic_store(&decks[slot].file_frames, frames); }

/* After libvlc let go of the deck. The memory of its ring goes back until it is needed again. */
EXPORT void mixer_deck_free(int slot) {
  struct voice *voice = &decks[slot].voice;
  madvise(voice->ring, DECK_RING_FRAMES * FRAME_BYTES, MADV_DONTNEED);
  atomic_store(&voice->stage, VOICE_FREE);
}

/* The same as in music-mixer.ts. */
struct deck_view {
  int64_t frames;
  /* Of them, those that have reached the listener. */
  int64_t frames_heard;
  int64_t frames_waiting;
  int64_t frames_written;
  int64_t duration_ms;
  int32_t drained;
};

EXPORT void mixer_deck_view(int slot, struct deck_view *out) {
  struct deck *deck = &decks[slot];
  out->frames = (int64_t)atomic_load(&deck->voice.frames_read);
  out->frames_waiting = voice_frames_waiting(&deck->voice);
  out->frames_written = (int64_t)atomic_load(&deck->voice.frames_written);
  int64_t file_frames = atomic_load(&deck->file_frames);
  out->duration_ms = file_frames > 0 ? file_frames * 1000 / RATE : atomic_load(&deck->voice.duration_ms);
  out->drained = atomic_load(&deck->voice.drained);
  int64_t since_ns = now_ns() - atomic_load(&deck->origin_ns);
  /* Divided first: a long pause would overflow the product. */
  int64_t since = since_ns / NS_PER_SECOND * RATE + since_ns % NS_PER_SECOND * RATE / NS_PER_SECOND;
  out->frames_heard = since < 0 ? 0 : since < out->frames ? since : out->frames;
}

/* The same as in music-mixer.ts. */
struct deck_event {
  struct voice_event of_voice;
  int64_t left_frames;
};

/* Takes what happened to the first deck that something happened to; 0: nothing did. */
EXPORT int mixer_take_deck_event(struct deck_event *out) {
  for (int slot = 0; slot < DECKS; slot++) {
    if (!voice_take_event(&decks[slot].voice, slot, &out->of_voice)) continue;
    out->left_frames = decks[slot].left_frames;
    return 1;
  }
  return 0;
}

/* ---- mixer thread ---- */

/* INT64_MAX: the file is not known to hold more than its music. */
static int64_t music_left(struct deck *deck) {
  int64_t file_frames = atomic_load(&deck->file_frames);
  if (file_frames <= 0) return INT64_MAX;
  int64_t left = file_frames - deck->start_frames - (int64_t)atomic_load(&deck->voice.frames_read);
  return left > 0 ? left : 0;
}

static uint32_t music_waiting(struct deck *deck) {
  uint32_t waiting = voice_frames_waiting(&deck->voice);
  int64_t left = music_left(deck);
  return left < waiting ? (uint32_t)left : waiting;
}

bool deck_ended(struct deck *deck) {
  if (music_left(deck) == 0) return true;
  /* Drained is read first: drained and then empty is the end, the other way round is not. */
  bool drained = atomic_load(&deck->voice.drained);
  return drained && voice_frames_waiting(&deck->voice) == 0;
}

int64_t deck_frames_left(struct deck *deck) {
  bool drained = atomic_load(&deck->voice.drained);
  int64_t waiting = music_waiting(deck);
  if (drained) return waiting;
  if (atomic_load(&deck->file_frames) > 0) return music_left(deck);
  int64_t duration_ms = atomic_load(&deck->voice.duration_ms);
  if (duration_ms <= 0) return INT64_MAX;
  int64_t left = duration_ms * (RATE / 1000) - deck->start_frames - (int64_t)atomic_load(&deck->voice.frames_read);
  return left > waiting ? left : waiting;
}

void deck_enter(struct deck *deck, uint32_t frames) {
  deck->in_frames = frames;
  deck->in_at = 0;
  atomic_store(&deck->voice.stage, VOICE_SOUNDING);
  atomic_fetch_or(&deck->voice.events, DECK_TOOK);
}

static void leave(struct deck *deck, uint32_t event) {
  deck->leaving = true;
  deck->leaving_event = event;
  deck->left_frames = (int64_t)atomic_load(&deck->voice.frames_read);
}

void deck_leave(struct deck *deck, uint32_t frames, uint32_t at, uint32_t event) {
  leave(deck, event);
  deck->out_frames = frames;
  deck->out_at = 0;
  deck->leaves_at = at;
}

void deck_finish(struct deck *deck, uint32_t event) {
  if (!deck->leaving) leave(deck, event);
  atomic_store(&deck->voice.closed, true);
  atomic_store(&deck->voice.stage, VOICE_DONE);
  bool failed = event == DECK_ENDED && atomic_load(&deck->voice.failed);
  atomic_fetch_or(&deck->voice.events, failed ? DECK_FAILED : event);
}

/* Equal power: the squares of what comes and of what goes add up to one. */
static float fade(struct deck *deck) {
  float level = 1;
  if (deck->in_at < deck->in_frames)
    level = sinf((float)M_PI_2 * (float)deck->in_at++ / (float)deck->in_frames);
  if (deck->leaving && deck->out_at < deck->out_frames)
    level *= cosf((float)M_PI_2 * (float)deck->out_at++ / (float)deck->out_frames);
  return level;
}

static void add(struct deck *deck, float *bus, const int16_t *from, uint32_t frames) {
  const float scale = deck->voice.gain / 32768.0f;
  bool fading = deck->leaving || deck->in_at < deck->in_frames;
  for (uint32_t i = 0; i < frames; i++) {
    float level = fading ? scale * fade(deck) : scale;
    bus[i * 2] += (float)from[i * 2] * level;
    bus[i * 2 + 1] += (float)from[i * 2 + 1] * level;
  }
}

uint32_t deck_add(struct deck *deck, float *bus, uint32_t frames, int64_t heard_ns, const struct mix_step *step) {
  struct voice *voice = &deck->voice;
  uint32_t waiting = music_waiting(deck);
  uint32_t taken = frames < waiting ? frames : waiting;
  if (deck->leaving && taken > deck->out_frames - deck->out_at) taken = deck->out_frames - deck->out_at;
  if (taken == 0) return 0;
  uint64_t read = atomic_load_explicit(&voice->frames_read, memory_order_relaxed);
  uint32_t at = read % voice->ring_frames;
  uint32_t first = taken < voice->ring_frames - at ? taken : voice->ring_frames - at;
  add(deck, bus, voice->ring + at * CHANNELS, first);
  add(deck, bus + first * CHANNELS, voice->ring, taken - first);
  atomic_store(&deck->origin_ns, heard_ns - (int64_t)read * NS_PER_SECOND / RATE);
  atomic_store_explicit(&voice->frames_read, read + taken, memory_order_release);
  if (read == 0) {
    voice->started_ns = step->at_ns;
    voice->started_latency_us = (int32_t)((heard_ns - step->at_ns) / 1000);
    atomic_fetch_or(&voice->events, DECK_STARTED);
  }
  return taken;
}
