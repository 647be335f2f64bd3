/*
 * Encore's mixer: libvlc's decoder threads write frames into the rings of voices, one thread sums
 * the voices and feeds one output stream that never closes. JavaScript only starts and stops voices
 * and reads what became of them, so that a busy event loop is never heard.
 *
 * Threads: "decoder" (libvlc's, one or more per voice), "mixer" (ours, one), "JS" (Node's main).
 */
#ifndef ENCORE_MIXER_H
#define ENCORE_MIXER_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  RATE = 48000,
  CHANNELS = 2,
  FRAME_BYTES = CHANNELS * sizeof(int16_t),
  /* 1.37 s. libvlc's clock and the sound card's drift apart: the ring is where the drift goes. */
  RING_FRAMES = 65536,
  /* More than may sound, because a voice that was stopped keeps its slot until libvlc let go of it. */
  SLOTS = 40,
  BUFFER_FRAMES_MAX = 9600,
  MIX_FRAMES_MAX = BUFFER_FRAMES_MAX,
};

#define EXPORT __attribute__((visibility("default")))
#define NS_PER_SECOND 1000000000LL
#define NS_PER_MS 1000000LL

int64_t now_ns(void);

/* ---- voice.c ---- */

enum voice_stage { VOICE_FREE, VOICE_WAITING, VOICE_SOUNDING, VOICE_DONE };

/* The same numbers as in mixer.ts. */
enum ducking { DUCKING_NONE, DUCKING_DUCK, DUCKING_PAUSE };

enum voice_event_bits { EVENT_STARTED = 1, EVENT_ENDED = 2, EVENT_STOPPED = 4, EVENT_FAILED = 8 };

struct voice {
  /* Written by the decoder, read by the mixer: frame counters that only grow, ring index = counter % ring_frames. */
  int16_t *ring;
  uint32_t ring_frames;
  _Atomic uint64_t frames_written;
  _Atomic uint64_t frames_read;
  _Atomic bool drained;
  _Atomic bool failed;
  _Atomic int64_t duration_ms;
  /* Decoder only, once started: its first frames, which nobody is to hear. */
  uint64_t frames_to_skip;
  /* Set when nothing more is wanted: the decoder throws its frames away instead of waiting for room. */
  _Atomic bool closed;

  _Atomic int stage;
  /* Frames over which JS wants the voice faded out; negative: not asked to stop. */
  _Atomic int32_t stop_fade_frames;
  float gain;
  /* An enum ducking: what the music does while this voice sounds. */
  int32_t ducking;
  /* Frames after which it is over, whatever else the file holds. */
  uint64_t frames_max;

  /* Mixer thread only. */
  float fade;
  float fade_step;
  bool starved;

  /* Written by the mixer before the event bit, read by JS after it. */
  _Atomic uint32_t events;
  int64_t started_ns;
  int32_t started_latency_us;
};

extern struct voice voices[SLOTS];

/* The same as in mixer.ts. */
struct voice_event {
  int32_t slot;
  uint32_t bits;
  int64_t frames;
  int64_t started_ns;
  int32_t started_latency_us;
};

bool voices_allocate(void);
/* For a voice that no other thread looks at: empty, and open for a decoder. */
void voice_reset(struct voice *voice);
/* JS thread. Takes what happened to a voice, or to a deck's; false: nothing did. */
bool voice_take_event(struct voice *voice, int slot, struct voice_event *out);
uint32_t voice_frames_waiting(struct voice *voice);
/* Enough frames to start without a gap, or all that will ever come. */
bool voice_ready(struct voice *voice, uint32_t start_frames);
bool voice_begins(struct voice *voice, uint32_t start_frames);
/* The voice sounds, or has enough frames to start without a gap, or waits no longer. */
bool voice_wants_mixing(struct voice *voice, uint32_t start_frames);
struct mix_step {
  uint32_t frames;
  /* A voice starts when it has this much, so that it does not starve at once. */
  uint32_t start_frames;
  /* What a voice that starts in this step reports. */
  int64_t at_ns;
  int32_t latency_us;
};
/* When the first frame of this step reaches the listener. */
int64_t step_heard_ns(const struct mix_step *step);
/* Adds the voice's next frames to `sum` (interleaved floats, full scale 1); false: it had nothing to add. */
bool voice_mix(struct voice *voice, float *sum, const struct mix_step *step);

/* ---- music.c; its own parts are in music.h ---- */

bool any_deck_event(void);

/* Adds the music's next frames to `sum`; `ducking` is what the voices of this step ask for. */
bool music_mix(float *sum, const struct mix_step *step, enum ducking ducking);
bool music_wants_mixing(uint32_t start_frames);
/* Something plays, opens or fades. */
bool music_is_busy(void);

/* ---- limiter.c ---- */

void limiter_reset(void);
/* Holds true peaks at -1 dBTP. Delays by LIMITER_DELAY_FRAMES; bit-exact for sums that need no limiting. */
void limiter_process(const float *sum, int16_t *out, uint32_t frames);
enum { LIMITER_DELAY_FRAMES = 69 };
/* Forgets the last `frames` frames, BUFFER_FRAMES_MAX at most, and gives back what they were made of. */
void limiter_take_back(float *sum, uint32_t frames);

/* ---- mixer.c ---- */

/* The same numbers as in mixer.ts. */
enum output_choice { CHOICE_AUTO, CHOICE_PULSE, CHOICE_ALSA, CHOICE_DUMMY };

struct mixer_config {
  enum output_choice choice;
  /* Empty: the system's default. */
  char device[256];
  /* Mixer thread only, once opened: buffer.c changes it. */
  uint32_t buffer_frames;
};
extern struct mixer_config config;

/* Mixes the next frames of all voices, which reach the listener `latency_us` from now. */
void mix(int16_t *out, uint32_t frames, int32_t latency_us);
/* Mixes the last `frames` frames anew, BUFFER_FRAMES_MAX at most: as they were, and with the voices
 * that are ready to begin. For what was handed over and is not heard yet. */
void mix_again(int16_t *out, uint32_t frames, int32_t latency_us);
/* The last `frames` frames that were mixed were all silence. */
bool silent_for(uint32_t frames);
/* How many frames were mixed after the last voice that came to its end. */
uint64_t frames_since_end(void);
/* A voice has come to its end, so many frames before the end of this step. */
void note_end(uint32_t frames_before);
bool any_voice_wants_mixing(void);
/* A press that nothing of was mixed yet has all that it needs. */
bool any_voice_begins(void);
void count_underrun(void);
void wake_mixer(void);
/* There is an output, or none is wanted. */
bool output_is_there(void);

/* ---- buffer.c ---- */

void buffer_open(uint32_t frames);
/* The output was opened or filled anew: what it lacks now says nothing. */
void buffer_settle(void);
/* Each time the output is served: how much of what it was given it had not taken yet. */
void buffer_served(uint32_t frames_left);

/* ---- output-pulse.c and output-alsa.c: used by the mixer thread alone ---- */

enum { DETAIL_BYTES = 256 };
enum open_result { OPEN_FAILED, OPEN_PENDING, OPEN_READY };

struct output {
  /* Begins or goes on opening; on failure `detail` says why. */
  enum open_result (*open)(char *detail);
  /* Hands over what the output has room for; false: the output is lost, `detail` says why. */
  bool (*feed)(char *detail);
  void (*close)(void);
  int32_t (*latency_us)(void);
  /* How long the mixer may sleep between feeds. */
  int wait_ms;
};

extern const struct output pulse_output;
extern const struct output alsa_output;

/* Before anything else of libpulse; where there is none, `open` says so. */
void pulse_load(int wake_fd);
/* Sleeps until somebody wakes the mixer, the sound server has something to say, or the time is over. */
void pulse_wait(int wake_fd, int timeout_ms);

#endif
