#include "mixer.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

struct voice voices[SLOTS];

bool voices_allocate(void) {
  for (int slot = 0; slot < SLOTS; slot++) {
    if (voices[slot].ring) continue;
    voices[slot].ring = calloc(RING_FRAMES, FRAME_BYTES);
    voices[slot].ring_frames = RING_FRAMES;
    if (!voices[slot].ring) return false;
  }
  return true;
}

/* ---- decoder threads: libvlc's audio callbacks (libvlc_audio_set_callbacks) and events ---- */

/* A full ring blocks the decoder. It sleeps instead of waiting on a condition, so that the mixer
 * never takes a lock: with a second of sound in hand the time of waking does not matter. */
static void wait_for_room(struct voice *voice) {
  const struct timespec nap = {.tv_nsec = 10 * NS_PER_MS};
  while (!atomic_load(&voice->closed) &&
         atomic_load(&voice->frames_written) - atomic_load(&voice->frames_read) == voice->ring_frames)
    nanosleep(&nap, NULL);
}

EXPORT void mixer_vlc_play(void *opaque, const void *samples, unsigned count, int64_t pts) {
  /* The pts is ignored: frames sound in order and at once. */
  (void)pts;
  struct voice *voice = opaque;
  const int16_t *from = samples;
  uint32_t skipped = count < voice->frames_to_skip ? count : (uint32_t)voice->frames_to_skip;
  voice->frames_to_skip -= skipped;
  from += skipped * CHANNELS;
  count -= skipped;
  while (count > 0) {
    wait_for_room(voice);
    if (atomic_load(&voice->closed)) return;
    uint64_t written = atomic_load_explicit(&voice->frames_written, memory_order_relaxed);
    uint32_t room = voice->ring_frames - (uint32_t)(written - atomic_load(&voice->frames_read));
    uint32_t at = written % voice->ring_frames;
    uint32_t part = count < room ? count : room;
    if (part > voice->ring_frames - at) part = voice->ring_frames - at;
    memcpy(voice->ring + at * CHANNELS, from, part * FRAME_BYTES);
    atomic_store_explicit(&voice->frames_written, written + part, memory_order_release);
    from += part * CHANNELS;
    count -= part;
  }
  if (atomic_load(&voice->stage) == VOICE_WAITING) wake_mixer();
}

EXPORT void mixer_vlc_drain(void *opaque) {
  struct voice *voice = opaque;
  atomic_store(&voice->drained, true);
  wake_mixer();
}

/* libvlc flushes after it drained: what it decoded must still be heard, so there is nothing to do. */
EXPORT void mixer_vlc_flush(void *opaque, int64_t pts) {
  (void)opaque;
  (void)pts;
}

/* The head of libvlc_event_t, whose header belongs to a package that is not needed otherwise. */
struct vlc_event {
  int type;
  void *object;
  int64_t new_length_ms;
};
enum { VLC_END_REACHED = 0x109, VLC_ENCOUNTERED_ERROR = 0x10a, VLC_LENGTH_CHANGED = 0x111 };

EXPORT void mixer_vlc_event(const struct vlc_event *event, void *opaque) {
  struct voice *voice = opaque;
  switch (event->type) {
    case VLC_END_REACHED: mixer_vlc_drain(voice); break;
    case VLC_LENGTH_CHANGED: atomic_store(&voice->duration_ms, event->new_length_ms); break;
    case VLC_ENCOUNTERED_ERROR:
      atomic_store(&voice->failed, true);
      mixer_vlc_drain(voice);
      break;
  }
}

/* ---- JS thread ---- */

EXPORT void *mixer_voice(int slot) { return &voices[slot]; }

void voice_reset(struct voice *voice) {
  atomic_store(&voice->frames_written, 0);
  atomic_store(&voice->frames_read, 0);
  atomic_store(&voice->drained, false);
  atomic_store(&voice->failed, false);
  atomic_store(&voice->duration_ms, 0);
  atomic_store(&voice->closed, false);
  atomic_store(&voice->stop_fade_frames, -1);
  atomic_store(&voice->events, 0);
  voice->frames_to_skip = 0;
  voice->frames_max = UINT64_MAX;
  voice->starved = false;
}

/* Only for a free slot whose media player is stopped: no other thread looks at the voice then. */
EXPORT void mixer_voice_start(int slot, float gain, int ducking, uint64_t frames_skipped, uint64_t frames_max) {
  struct voice *voice = &voices[slot];
  voice_reset(voice);
  voice->gain = gain;
  voice->ducking = ducking;
  voice->frames_to_skip = frames_skipped;
  voice->frames_max = frames_max;
  voice->fade = 1;
  voice->fade_step = 0;
  atomic_store(&voice->stage, VOICE_WAITING);
}

EXPORT void mixer_voice_stop(int slot, int fade_ms) {
  /* Even "at once" takes 5 ms: a waveform cut in the middle is a click. */
  int fade = fade_ms > 5 ? fade_ms : 5;
  atomic_store(&voices[slot].stop_fade_frames, fade * (RATE / 1000));
  wake_mixer();
}

/* After libvlc let go of the voice. */
EXPORT void mixer_voice_free(int slot) { atomic_store(&voices[slot].stage, VOICE_FREE); }

EXPORT int64_t mixer_voice_frames(int slot) { return (int64_t)atomic_load(&voices[slot].frames_read); }

EXPORT int64_t mixer_voice_duration_ms(int slot) { return atomic_load(&voices[slot].duration_ms); }

bool voice_take_event(struct voice *voice, int slot, struct voice_event *out) {
  if (!atomic_load_explicit(&voice->events, memory_order_relaxed)) return false;
  out->slot = slot;
  out->bits = atomic_exchange(&voice->events, 0);
  out->frames = (int64_t)atomic_load(&voice->frames_read);
  out->started_ns = voice->started_ns;
  out->started_latency_us = voice->started_latency_us;
  return true;
}

/* Takes what happened to the first voice that something happened to; 0: nothing did. */
EXPORT int mixer_take_event(struct voice_event *out) {
  for (int slot = 0; slot < SLOTS; slot++)
    if (voice_take_event(&voices[slot], slot, out)) return 1;
  return 0;
}

/* ---- mixer thread ---- */

/* Written, as far as the voice is to be heard: libvlc stops at a time only roughly. */
static uint64_t frames_wanted(struct voice *voice) {
  uint64_t written = atomic_load_explicit(&voice->frames_written, memory_order_acquire);
  return written < voice->frames_max ? written : voice->frames_max;
}

uint32_t voice_frames_waiting(struct voice *voice) {
  return (uint32_t)(frames_wanted(voice) -
                    atomic_load_explicit(&voice->frames_read, memory_order_relaxed));
}

/* Nothing more will come that is to be heard. */
static bool complete(struct voice *voice) {
  return atomic_load(&voice->drained) || frames_wanted(voice) == voice->frames_max;
}

bool voice_ready(struct voice *voice, uint32_t start_frames) {
  return complete(voice) || voice_frames_waiting(voice) >= start_frames;
}

bool voice_begins(struct voice *voice, uint32_t start_frames) {
  return atomic_load(&voice->stage) == VOICE_WAITING && atomic_load(&voice->stop_fade_frames) < 0 &&
         voice_ready(voice, start_frames);
}

bool voice_wants_mixing(struct voice *voice, uint32_t start_frames) {
  int stage = atomic_load(&voice->stage);
  if (stage == VOICE_SOUNDING) return true;
  return stage == VOICE_WAITING && (voice_ready(voice, start_frames) || atomic_load(&voice->stop_fade_frames) >= 0);
}

static void finish(struct voice *voice, uint32_t event) {
  atomic_store(&voice->closed, true);
  atomic_store(&voice->stage, VOICE_DONE);
  atomic_fetch_or(&voice->events, event);
}

static void start_fading_if_asked(struct voice *voice) {
  int32_t fade_frames = atomic_load(&voice->stop_fade_frames);
  if (fade_frames < 0) return;
  /* A later stop may only be quicker: silence that was asked for does not wait for a long fade. */
  float step = 1.0f / (float)fade_frames;
  if (step > voice->fade_step) voice->fade_step = step;
}

/* Adds frames of one unbroken piece of the ring. */
static void add(struct voice *voice, float *sum, const int16_t *from, uint32_t frames) {
  const float scale = voice->gain / 32768.0f;
  float fade = voice->fade;
  for (uint32_t i = 0; i < frames; i++) {
    sum[i * 2] += (float)from[i * 2] * scale * fade;
    sum[i * 2 + 1] += (float)from[i * 2 + 1] * scale * fade;
    fade -= voice->fade_step;
    if (fade < 0) fade = 0;
  }
  voice->fade = fade;
}

static uint32_t take(struct voice *voice, float *sum, uint32_t frames) {
  uint32_t waiting = voice_frames_waiting(voice);
  uint32_t taken = frames < waiting ? frames : waiting;
  uint64_t read = atomic_load_explicit(&voice->frames_read, memory_order_relaxed);
  uint32_t at = read % voice->ring_frames;
  uint32_t first = taken < voice->ring_frames - at ? taken : voice->ring_frames - at;
  add(voice, sum, voice->ring + at * CHANNELS, first);
  add(voice, sum + first * CHANNELS, voice->ring, taken - first);
  atomic_store_explicit(&voice->frames_read, read + taken, memory_order_release);
  return taken;
}

static void start(struct voice *voice, const struct mix_step *step) {
  voice->started_ns = step->at_ns;
  voice->started_latency_us = step->latency_us;
  atomic_store(&voice->stage, VOICE_SOUNDING);
  /* A file without a single frame never started. */
  if (voice_frames_waiting(voice) > 0) atomic_fetch_or(&voice->events, EVENT_STARTED);
}

bool voice_mix(struct voice *voice, float *sum, const struct mix_step *step) {
  int stage = atomic_load(&voice->stage);
  if (stage == VOICE_FREE || stage == VOICE_DONE) return false;
  if (stage == VOICE_WAITING) {
    if (atomic_load(&voice->stop_fade_frames) >= 0) {
      finish(voice, EVENT_STOPPED);
      return false;
    }
    if (!voice_ready(voice, step->start_frames)) return false;
    start(voice, step);
  }
  /* Read before the frames: complete and then empty is the end, the other way round is not. */
  bool is_complete = complete(voice);
  start_fading_if_asked(voice);
  uint32_t taken = take(voice, sum, step->frames);
  if (voice->fade <= 0) finish(voice, EVENT_STOPPED);
  else if (is_complete && voice_frames_waiting(voice) == 0) {
    note_end(step->frames - taken);
    finish(voice, atomic_load(&voice->failed) ? EVENT_FAILED : EVENT_ENDED);
  } else {
    bool starved = taken < step->frames;
    if (starved && !voice->starved) count_underrun();
    voice->starved = starved;
  }
  return taken > 0;
}
