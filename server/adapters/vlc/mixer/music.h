/* The parts of the music that the rest of the mixer does not see. */
#ifndef ENCORE_MUSIC_H
#define ENCORE_MUSIC_H

#include "mixer.h"

/* ---- deck.c ---- */

enum {
  /* The track that plays, the next, one that fades out, one that opens for a seek, and one that libvlc lets go of. */
  DECKS = 5,
  /* 5.46 s: a prerolled track needs no decoder while JS finds the time to wake it. */
  DECK_RING_FRAMES = 262144,
};

enum deck_event_bits {
  DECK_TOOK = 1,     /* it is the current one from now on */
  DECK_STARTED = 2,  /* its first frame was handed out */
  DECK_ENDED = 4,    /* it was heard to its end */
  DECK_CUT = 8,      /* another one took its place */
  DECK_STOPPED = 16,
  DECK_FAILED = 32,  /* the decoder gave up, or there was nothing to decode */
  DECK_REFUSED = 64, /* it was to follow a track that is over, or was withdrawn */
};

/* A source of music: a voice's ring and decoder, but with a role in music.c instead of a stage of its own. */
struct deck {
  struct voice voice;
  /* Where in the file the first frame is, in frames. */
  int64_t start_frames;
  /* Frames of the whole file when known better than by libvlc; 0: not known. */
  _Atomic int64_t file_frames;

  /* Mixer thread only. A fade of no frames is over. */
  uint32_t in_frames, in_at;
  uint32_t out_frames, out_at;
  bool leaving;
  uint32_t leaving_event;
  /* Frame of this step at which it begins to leave. */
  uint32_t leaves_at;

  /* Frames that had been handed out when it began to leave. */
  int64_t left_frames;
  /* When frame 0 reaches the listener, on the assumption that nothing stands still from now on. */
  _Atomic int64_t origin_ns;
};

extern struct deck decks[DECKS];

bool deck_ended(struct deck *deck);
/* Frames until the end, by what has been decoded or else by the length that libvlc knows; INT64_MAX: unknown. */
int64_t deck_frames_left(struct deck *deck);
/* The deck becomes audible, over `frames` or at once. */
void deck_enter(struct deck *deck, uint32_t frames);
/* The deck fades out over `frames`, from frame `at` of this step on, and `event` tells when it is over. */
void deck_leave(struct deck *deck, uint32_t frames, uint32_t at, uint32_t event);
void deck_finish(struct deck *deck, uint32_t event);
/* Adds up to `frames` frames to `bus`, of which the first is heard at `heard_ns`; returns how many there were. */
uint32_t deck_add(struct deck *deck, float *bus, uint32_t frames, int64_t heard_ns, const struct mix_step *step);

/* ---- music-level.c ---- */

enum transport { PLAYING, PAUSED, STOPPING };

/* Of this step: what the voices ask for. */
void level_begin(enum ducking ducking);
/* Toward full level or silence; `frames` is what the whole way takes. */
void level_move(enum transport to, uint32_t frames);
/* Silent at once. */
void level_hush(void);
/* Full level at once; returns what it was. */
float level_settle(void);
bool level_is_silent(void);
bool level_is_stopping(void);
bool level_has_stopped(void);
/* Silent, or held by an announcement, or without an output: no frame is to be taken. */
bool level_stands_still(void);
/* How many of the next frames are heard before the music stands still. */
uint32_t level_audible_frames(uint32_t frames);
/* Adds the bus to the sum: gain = volume * duck * transport^3 * announcement^3. */
void level_add(float *sum, const float *bus, uint32_t frames);
/* Nothing is heard, so every ramp is where it was going. */
void level_rest(bool nothing_plays);

#endif
