/*
 * PulseAudio, or PipeWire in its place, through libpulse; loaded at run time, so that a box without
 * it works too.
 *
 * The stream is always kept full, with silence between sounds. A sound that begins replaces the
 * silence that still waits at the server, and joins what waits there where that is music or other
 * sounds, so that a full buffer against drop-outs costs no time at the start. (Letting the stream run empty instead would start a few milliseconds sooner yet, but
 * the server then rewinds the sink, and recordings of its monitor lose what was rewound.)
 */
#include "mixer.h"

#include <dlfcn.h>
#include <poll.h>
#include <pulse/pulseaudio.h>
#include <stdio.h>
#include <unistd.h>

#define PULSE_FUNCTIONS(X)                                                                      \
  X(pa_mainloop_new) X(pa_mainloop_get_api) X(pa_mainloop_prepare) X(pa_mainloop_poll)          \
  X(pa_mainloop_dispatch) X(pa_context_new) X(pa_context_connect) X(pa_context_get_state)       \
  X(pa_context_errno) X(pa_context_disconnect) X(pa_context_unref) X(pa_strerror)               \
  X(pa_stream_new) X(pa_stream_connect_playback) X(pa_stream_get_state) X(pa_stream_disconnect) \
  X(pa_stream_unref) X(pa_stream_writable_size) X(pa_stream_write) X(pa_stream_get_latency)     \
  X(pa_stream_get_timing_info) X(pa_stream_set_underflow_callback)                              \
  X(pa_stream_set_buffer_attr) X(pa_operation_unref)

static struct {
#define POINTER(name) __typeof__(name) *name;
  PULSE_FUNCTIONS(POINTER)
#undef POINTER
} pulse;

static pa_mainloop *mainloop; /* NULL: this box has no libpulse */
static pa_context *context;
static pa_stream *stream;
static int64_t last_progress_ns;
static uint32_t buffer_asked_for; /* frames */
static const int64_t stall_patience_ns = NS_PER_SECOND;
/* Of the buffer, what waits in the sink itself and cannot be replaced any more. */
static const uint32_t sink_frames_max = 10 * RATE / 1000;
/* What the server takes while it is being told. */
static const int64_t way_us = 3000;
/* To join with less than this to spare is not worth the mixing. */
static const uint32_t join_frames_min = 5 * RATE / 1000;
/* What the last joining took to mix, which is heard meanwhile; no more than 32 voices take, since a
 * machine that stood still just then would keep all that come after it from joining. */
static int64_t joining_ns;
static const int64_t joining_ns_max = 5 * NS_PER_SECOND / 1000;

/* ---- the mixer's sleep ---- */

static void drain_wakes(int wake_fd) {
  uint64_t wakes;
  (void)!read(wake_fd, &wakes, sizeof wakes);
}

static void on_wake(pa_mainloop_api *api, pa_io_event *event, int wake_fd, pa_io_event_flags_t flags, void *data) {
  (void)api, (void)event, (void)flags, (void)data;
  drain_wakes(wake_fd);
}

static bool resolve(void *library) {
#define RESOLVE(name) \
  if (!(pulse.name = (__typeof__(pulse.name))dlsym(library, #name))) return false;
  PULSE_FUNCTIONS(RESOLVE)
#undef RESOLVE
  return true;
}

void pulse_load(int wake_fd) {
  void *library = dlopen("libpulse.so.0", RTLD_NOW);
  if (!library || !resolve(library)) return;
  mainloop = pulse.pa_mainloop_new();
  pa_mainloop_api *api = pulse.pa_mainloop_get_api(mainloop);
  api->io_new(api, wake_fd, PA_IO_EVENT_INPUT, on_wake, NULL);
}

void pulse_wait(int wake_fd, int timeout_ms) {
  if (mainloop) {
    if (pulse.pa_mainloop_prepare(mainloop, timeout_ms * 1000) < 0) return;
    if (pulse.pa_mainloop_poll(mainloop) < 0) return;
    pulse.pa_mainloop_dispatch(mainloop);
  } else {
    struct pollfd fd = {.fd = wake_fd, .events = POLLIN};
    poll(&fd, 1, timeout_ms);
    drain_wakes(wake_fd);
  }
}

/* ---- the stream ---- */

static void describe(char *detail) {
  snprintf(detail, DETAIL_BYTES, "PulseAudio: %s", pulse.pa_strerror(pulse.pa_context_errno(context)));
}

static void on_underflow(pa_stream *unused, void *data) {
  (void)unused, (void)data;
  if (silent_for(config.buffer_frames)) return;
  count_underrun();
  buffer_served(0);
}

static pa_buffer_attr buffer_attr(void) {
  const uint32_t server_default = (uint32_t)-1;
  buffer_asked_for = config.buffer_frames;
  uint32_t sink_frames = config.buffer_frames / 4;
  if (sink_frames > sink_frames_max) sink_frames = sink_frames_max;
  return (pa_buffer_attr){
      .maxlength = server_default,
      .tlength = config.buffer_frames * FRAME_BYTES,
      /* Anything that is written sounds at once. */
      .prebuf = FRAME_BYTES,
      /* The server splits the buffer: (tlength - 2 * minreq) / 2 in the sink, the rest before it,
       * and only the rest can be replaced. */
      .minreq = (config.buffer_frames / 2 - sink_frames) * FRAME_BYTES,
      .fragsize = server_default,
  };
}

static bool connect_stream(void) {
  const pa_sample_spec spec = {.format = PA_SAMPLE_S16NE, .rate = RATE, .channels = CHANNELS};
  const pa_buffer_attr attr = buffer_attr();
  stream = pulse.pa_stream_new(context, "Encore", &spec, NULL);
  if (!stream) return false;
  pulse.pa_stream_set_underflow_callback(stream, on_underflow, NULL);
  const pa_stream_flags_t flags =
      PA_STREAM_ADJUST_LATENCY | PA_STREAM_INTERPOLATE_TIMING | PA_STREAM_AUTO_TIMING_UPDATE;
  const char *device = config.device[0] ? config.device : NULL;
  return pulse.pa_stream_connect_playback(stream, device, &attr, flags, NULL, NULL) == 0;
}

static void pulse_close(void) {
  if (stream) {
    pulse.pa_stream_disconnect(stream);
    pulse.pa_stream_unref(stream);
  }
  if (context) {
    pulse.pa_context_disconnect(context);
    pulse.pa_context_unref(context);
  }
  stream = NULL;
  context = NULL;
}

static enum open_result failed(char *detail) {
  describe(detail);
  return OPEN_FAILED;
}

static enum open_result begin(char *detail) {
  if (!mainloop) {
    snprintf(detail, DETAIL_BYTES, "PulseAudio: libpulse is not installed");
    return OPEN_FAILED;
  }
  context = pulse.pa_context_new(pulse.pa_mainloop_get_api(mainloop), "Encore");
  if (pulse.pa_context_connect(context, NULL, PA_CONTEXT_NOAUTOSPAWN, NULL) < 0) return failed(detail);
  return OPEN_PENDING;
}

static enum open_result pulse_open(char *detail) {
  if (!context) return begin(detail);
  pa_context_state_t state = pulse.pa_context_get_state(context);
  if (!PA_CONTEXT_IS_GOOD(state)) return failed(detail);
  if (state != PA_CONTEXT_READY) return OPEN_PENDING;
  if (!stream) return connect_stream() ? OPEN_PENDING : failed(detail);
  pa_stream_state_t stream_state = pulse.pa_stream_get_state(stream);
  if (!PA_STREAM_IS_GOOD(stream_state)) return failed(detail);
  if (stream_state != PA_STREAM_READY) return OPEN_PENDING;
  last_progress_ns = now_ns();
  buffer_settle();
  return OPEN_READY;
}

static int32_t pulse_latency_us(void) {
  pa_usec_t latency;
  int negative;
  if (pulse.pa_stream_get_latency(stream, &latency, &negative) < 0 || negative) return 0;
  return (int32_t)latency;
}

/* What replaces waiting silence has only the way to the sink and the sink itself before it. */
static int32_t replacing_latency_us(void) {
  const pa_timing_info *timing = pulse.pa_stream_get_timing_info(stream);
  return timing ? (int32_t)(timing->transport_usec + timing->sink_usec) : 0;
}

static int16_t mixed[MIX_FRAMES_MAX * CHANNELS];

static bool write_frames(uint32_t frames, int32_t latency_us, pa_seek_mode_t seek) {
  if (frames > MIX_FRAMES_MAX) frames = MIX_FRAMES_MAX;
  mix(mixed, frames, latency_us);
  return pulse.pa_stream_write(stream, mixed, frames * FRAME_BYTES, NULL, 0, seek) == 0;
}

/* How many of the frames that were written last the sink has not taken when it hears of this. */
static uint32_t frames_replaceable(void) {
  const pa_timing_info *timing = pulse.pa_stream_get_timing_info(stream);
  if (!timing) return 0;
  pa_usec_t sink_us = timing->sink_usec > timing->configured_sink_usec ? timing->sink_usec : timing->configured_sink_usec;
  int64_t waiting_us =
      pulse_latency_us() - (int64_t)(sink_us + timing->transport_usec) - way_us - joining_ns / 1000;
  if (waiting_us <= 0) return 0;
  uint64_t frames = (uint64_t)waiting_us * (RATE / 1000) / 1000;
  /* What was queued behind a voice begins when that has ended, which is told before it is heard. */
  if (frames > frames_since_end()) frames = frames_since_end();
  /* A voice that begins has this much, and no more for certain. */
  return frames < config.buffer_frames ? (uint32_t)frames : config.buffer_frames;
}

/* Frame by frame over what waits there, so that nothing of it moves; false: the stream is lost. */
static bool join_what_waits(void) {
  uint32_t frames = frames_replaceable();
  if (frames < join_frames_min) return true;
  const int32_t latency_us = pulse_latency_us() - (int32_t)(frames * 1000 / (RATE / 1000));
  const int64_t begun_ns = now_ns();
  mix_again(mixed, frames, latency_us);
  joining_ns = now_ns() - begun_ns;
  if (joining_ns > joining_ns_max) joining_ns = joining_ns_max;
  const int64_t back = -(int64_t)frames * FRAME_BYTES;
  return pulse.pa_stream_write(stream, mixed, frames * FRAME_BYTES, NULL, back, PA_SEEK_RELATIVE) == 0;
}

static void adapt_buffer(uint32_t frames_lacking) {
  uint32_t frames = config.buffer_frames;
  buffer_served(frames_lacking < frames ? frames - frames_lacking : 0);
  if (config.buffer_frames == buffer_asked_for) return;
  const pa_buffer_attr attr = buffer_attr();
  pa_operation *operation = pulse.pa_stream_set_buffer_attr(stream, &attr, NULL, NULL);
  if (operation) pulse.pa_operation_unref(operation);
}

static bool stalled(char *detail) {
  if (now_ns() - last_progress_ns < stall_patience_ns) return false;
  snprintf(detail, DETAIL_BYTES, "PulseAudio: the sound server takes no more sound");
  return true;
}

static bool pulse_feed(char *detail) {
  bool alive = PA_CONTEXT_IS_GOOD(pulse.pa_context_get_state(context)) &&
               PA_STREAM_IS_GOOD(pulse.pa_stream_get_state(stream));
  if (!alive) return describe(detail), false;

  /* Twice the buffer: the server may hold a little more than it was asked to. */
  const bool silent = silent_for(2 * config.buffer_frames);
  if (!silent && any_voice_begins() && !join_what_waits()) return describe(detail), false;

  bool wrote;
  uint32_t frames = (uint32_t)(pulse.pa_stream_writable_size(stream) / FRAME_BYTES);
  if (silent && any_voice_wants_mixing())
    wrote = write_frames(config.buffer_frames, replacing_latency_us(), PA_SEEK_RELATIVE_ON_READ);
  else if (frames > 0) {
    wrote = write_frames(frames, pulse_latency_us(), PA_SEEK_RELATIVE);
    adapt_buffer(frames);
  } else return !stalled(detail);
  last_progress_ns = now_ns();
  return wrote || (describe(detail), false);
}

const struct output pulse_output = {
    .open = pulse_open,
    .feed = pulse_feed,
    .close = pulse_close,
    .latency_us = pulse_latency_us,
    /* The server's requests wake the mixer; this is for noticing that they stopped. */
    .wait_ms = 100,
};
