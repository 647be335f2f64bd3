import { msg } from '@lit/localize';
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import lockOpen from 'lucide-static/icons/lock-open.svg?raw';
import minimize from 'lucide-static/icons/minimize-2.svg?raw';
import type { FeedMessage } from '../../server/adapters/ws/contract.ts';
import type { Account, User } from '../../server/users/contract.ts';
import { sentenceOf } from '../api/problem.ts';
import type { Stores } from '../app/stores.ts';
import '../app/floor.ts';
import '../board/live-pill.ts';
import { padLooks } from '../board/pad-look.ts';
import '../board/pad-skeleton.ts';
import type { PadPressEvent } from '../board/pad.ts';
import { createPressMarks } from '../board/press-marks.ts';
import { createPresses, type Presses } from '../board/presses.ts';
import type { BoardSound } from '../board/sounds.ts';
import type { Keyed } from '../board/virtual-grid.ts';
import '../board/virtual-grid.ts';
import { boardHref } from '../boards/board-words.ts';
import { boardsOf } from '../boards/boards-of.ts';
import type { Boards } from '../boards/boards.ts';
import { insteadOfPads } from '../boards/instead-of-pads.ts';
import { PinnedKeys } from '../boards/pinned-keys.ts';
import { base } from '../design/base.styles.ts';
import { buttons } from '../design/button.styles.ts';
import { icon } from '../design/icon.ts';
import { icons, mark } from '../design/icons.ts';
import '../design/notice.ts';
import { ToastEvent } from '../design/toast-event.ts';
import { Watch } from '../design/watch.ts';
import { Dimmer } from './dimmer.ts';
import './hold-corner.ts';
import { KeepAwake } from './keep-awake.ts';
import { allSounds, setWallLock, wallLock } from './lock.ts';
import './wall-pad.ts';
import { wallCells } from './wall-cells.ts';
import { wallStyles } from './wall.styles.ts';

const skeletons: readonly Keyed[] = Array.from({ length: 24 }, (_, i) => ({ id: String(i) }));
const skeletonAfterMs = 120;
const offlineReason = msg('Encore is offline, so sounds cannot be played now.');
const lockIcon = icon(lockOpen, 18);
const leaveIcon = icon(minimize, 18);

/**
 * A screen of nothing but pads, for a tablet on the wall: it dims when nobody touches it, keeps the
 * screen on, and can be locked to what it shows until somebody proves with their password who they are.
 */
@customElement('enc-wall')
export class EncWall extends LitElement {
  static override readonly styles = [base, buttons, wallStyles];

  @property({ attribute: false }) stores!: Stores;
  @property({ attribute: false }) user!: User;
  @property({ attribute: false }) url!: URL;
  @state() private unlocking = false;
  @state() private waited = false;

  readonly #marks = createPressMarks();
  readonly #looks = padLooks(() => this.stores.feed.state.value.voices, this.#marks);
  readonly #dimmer = new Dimmer(this, () => this.#stayLocked());
  #presses!: Presses;
  #leave: (() => void) | undefined;

  constructor() {
    super();
    void new KeepAwake(this);
    void new PinnedKeys(this, (key) => {
      const pinned = this.#boards.keyed.peek()?.keys.find((one) => one.key === key);
      if (pinned) void this.#presses.play(pinned.sound_id);
    });
    this.addController(
      new Watch(this, () => {
        const { library, feed } = this.stores;
        for (const one of [library.status, library.waveforms, library.byId, feed.link])
          void one.value;
        for (const one of [this.#boards.list, this.#boards.shown, this.#boards.keyed])
          void one.value;
        void wallLock.value;
      }),
    );
  }

  get #boards(): Boards {
    const { feed, session } = this.stores;
    return boardsOf(feed, session.http);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const { feed } = this.stores;
    this.#presses = createPresses(feed, this.#marks, (text, link) => {
      // Where it is locked no link leads away.
      this.dispatchEvent(new ToastEvent(text, wallLock.peek() === null ? link : null));
    });
    const stopHearing = feed.on(this.#onMessage);
    const timer = setTimeout(() => (this.waited = true), skeletonAfterMs);
    this.#leave = () => {
      clearTimeout(timer);
      stopHearing();
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#leave?.();
  }

  protected override willUpdate(): void {
    this.#open();
  }

  override render(): TemplateResult {
    const locked = wallLock.value !== null;
    return html`<main>
      <header>
        ${locked ? html`<enc-hold-corner @enc-held=${this.#onHeld}></enc-hold-corner>` : html`<span class="mark">${mark(30)}</span>`}
        ${locked ? html`<h1><bdi>${this.#name()}</bdi></h1>` : this.#choice()}
        <span class="rest"></span>
        <enc-live-pill .feed=${this.stores.feed}></enc-live-pill>
        ${locked ? nothing : this.#ways()}
        <button
          type="button"
          class="button stop"
          aria-keyshortcuts="Escape"
          @click=${this.#stopAll}
        >
          ${icons.stop}<span class="word">${msg('Stop all')}</span>
        </button>
      </header>
      <div class="body">
        <div class="stage">${this.#stage()}</div>
        <enc-floor
          ?on-board=${true}
          .feed=${this.stores.feed}
          .library=${this.stores.library}
          .view=${this.stores.view}
        ></enc-floor>
      </div>
      ${
        this.unlocking
          ? html`<enc-unlock-dialog
              .http=${this.stores.session.http}
              name=${this.user.name}
              @enc-unlocked=${this.#unlock}
              @enc-dialog-left=${this.#stayLocked}
            ></enc-unlock-dialog>`
          : nothing
      }
      <div class=${this.#dimmer.asleep ? 'dim asleep' : 'dim'}></div>
    </main>`;
  }

  #open(): void {
    const id = wallLock.peek() ?? this.url.searchParams.get('board') ?? allSounds;
    this.#boards.open(id === allSounds ? null : id);
  }

  #name(): string {
    const shown = this.#boards.shown.value;
    return shown ? (shown.board?.name ?? msg('Board')) : msg('All sounds');
  }

  #choice(): TemplateResult {
    const { list, shown } = this.#boards;
    const id = shown.value?.id ?? '';
    const known = id === '' || list.value.some((one) => one.id === id);
    const choose = (event: Event): void => {
      const { value } = event.target as HTMLSelectElement;
      this.stores.router.setQuery('board', value === '' ? null : value);
    };
    return html`<h1 class="sr-only">${msg('Wall')}</h1>
      <label class="choose">
        <span class="sr-only">${msg('Board')}</span>
        <select @change=${choose}>
          <option value="" ?selected=${id === ''}>${msg('All sounds')}</option>
          ${list.value.map(
            (one) => html`<option value=${one.id} ?selected=${one.id === id}>${one.name}</option>`,
          )}
          ${known ? nothing : html`<option value=${id} selected>${this.#name()}</option>`}
        </select>
      </label>`;
  }

  #ways(): TemplateResult {
    return html`<button
        type="button"
        class="button"
        title=${msg('Until somebody types your password, this browser shows nothing else')}
        @click=${this.#lock}
      >
        ${lockIcon}<span class="word">${msg('Lock')}</span>
      </button>
      <a
        class="button"
        href=${boardHref(this.#boards.shown.value?.id ?? null)}
        title=${msg('Leave the wall')}
        >${leaveIcon}<span class="word">${msg('Leave')}</span></a
      >`;
  }

  #stage(): TemplateResult | typeof nothing {
    const { library } = this.stores;
    const shown = this.#boards.shown.value;
    if (library.status.value === 'error') {
      return html`<enc-notice heading=${msg('The sounds did not load')} role="alert">
        ${library.error.value} ${msg('Stop all still works.')}
        <button slot="actions" class="button primary" @click=${() => library.load()}>
          ${msg('Retry')}
        </button>
      </enc-notice>`;
    }
    const instead =
      shown && insteadOfPads(shown, () => void this.#boards.load(), this.#lockedWords());
    if (instead) return instead;
    if (library.status.value === 'loading' || (shown && !shown.board))
      return this.waited ? this.#skeleton() : nothing;
    const sounds = shown?.board
      ? shown.board.sounds.flatMap((id) => library.byId.value.get(id) ?? [])
      : library.sounds.value;
    if (sounds.length === 0)
      return html`<enc-notice heading=${msg('No sounds yet')}>
        ${msg('They appear here as soon as somebody adds some.')}
      </enc-notice>`;
    return this.#pads(sounds);
  }

  /** What to do about a board without pads, where no link may lead away. */
  #lockedWords(): string {
    return wallLock.value === null
      ? ''
      : msg('Hold the lock in the corner for 3 seconds to change that.');
  }

  #skeleton(): TemplateResult {
    return html`<enc-virtual-grid
      label=${msg('Loading sounds')}
      aria-busy="true"
      .items=${skeletons}
      .cells=${wallCells}
      .renderCell=${() => html`<enc-pad-skeleton></enc-pad-skeleton>`}
    ></enc-virtual-grid>`;
  }

  #pads(sounds: readonly BoardSound[]): TemplateResult {
    const waveforms = this.stores.library.waveforms.value;
    const reason = this.stores.feed.link.value === 'offline' ? offlineReason : '';
    const keys = new Map(
      this.#boards.keyed.value?.keys.map(({ key, sound_id }) => [sound_id, key]),
    );
    return html`<enc-virtual-grid
      label=${this.#name()}
      .items=${sounds}
      .cells=${wallCells}
      .renderCell=${(item: Keyed, current: boolean) =>
        html`<enc-wall-pad
          .sound=${item}
          .waveform=${waveforms[item.id]}
          .looks=${this.#looks}
          .reason=${reason}
          .hotkey=${keys.get(item.id)}
          .current=${current}
          density="large"
        ></enc-wall-pad>`}
      @enc-pad-press=${({ soundId }: PadPressEvent) => void this.#presses.play(soundId)}
      @contextmenu=${(event: Event) => event.preventDefault()}
    ></enc-virtual-grid>`;
  }

  readonly #onMessage = (message: FeedMessage): void => {
    this.stores.library.hear(message);
    this.#presses.hear(message);
  };

  readonly #stopAll = (): void => void this.#presses.stop();

  /** Not before it is sure that there is a way back. */
  readonly #lock = async (): Promise<void> => {
    try {
      const [me] = await Promise.all([
        this.stores.session.http.get<Account>('/auth/me'),
        import('./unlock-dialog.ts'),
      ]);
      if (!me.has_password) {
        const text = msg('Without a password nobody could unlock it again.');
        const way = { href: '/account', label: msg('Set one first') };
        this.dispatchEvent(new ToastEvent(text, way));
        return;
      }
      setWallLock(this.#boards.shown.peek()?.id ?? allSounds);
      const text = msg('Locked. To unlock, hold the corner for 3 seconds.');
      this.dispatchEvent(new ToastEvent(text, null, 'done'));
    } catch (error) {
      this.dispatchEvent(new ToastEvent(sentenceOf(error)));
    }
  };

  readonly #onHeld = async (): Promise<void> => {
    try {
      await import('./unlock-dialog.ts');
      this.unlocking = true;
    } catch {
      const text = msg('The password cannot be asked for now: Encore does not answer.');
      this.dispatchEvent(new ToastEvent(text));
    }
  };

  readonly #stayLocked = (): void => {
    this.unlocking = false;
  };

  readonly #unlock = (): void => {
    const board = wallLock.peek();
    this.unlocking = false;
    // It goes on showing what it showed, wherever the address had come to meanwhile.
    const query =
      board === null || board === allSounds ? '' : `?board=${encodeURIComponent(board)}`;
    this.stores.router.go(`/wall${query}`);
    setWallLock(null);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'enc-wall': EncWall;
  }
}
