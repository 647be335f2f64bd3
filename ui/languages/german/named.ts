import type { Messages } from '../speak.ts';

/** By name: sentences of the server, and words that English has once where German has two. */
export const named: Messages = {
  'policy.queue': 'Einreihen',
  'schedule.next': 'Als Nächstes',
  'credits.change': 'Änderung',
  'setting.resume_after_power_cut':
    'Musik, die vor einem Stromausfall oder Absturz spielte, geht von selbst weiter.',
  'setting.ducking_depth_db':
    'Um wie viele Dezibel die Musik zurücktritt, während ein Sound des Boards spielt.',
  'setting.ducking_attack_ms': 'Wie viele Millisekunden die Musik braucht, um zurückzutreten.',
  'setting.ducking_release_ms':
    'Wie viele Millisekunden die Musik braucht, um nach dem letzten Sound wiederzukommen.',
  'setting.announcements':
    'Was die Musik unter Sprache und unter Sounds mit dem Tag „announcement“ tut.',
  'setting.crossfade_ms': 'Wie viele Millisekunden ein Titel und der nächste sich überlappen.',
  'setting.volume_max': 'Lauter als so ist die Musik nie, welche Lautstärke auch gewählt wird.',
  'transaction.play': 'Sound gespielt',
  'transaction.extraction': 'Sound extrahiert',
  'transaction.tts': 'Satz gesprochen',
  'transaction.replenish': 'Auffüllung des Tarifs',
  'transaction.refused': 'Nicht genug Credits',
  'extraction.unsupported_url': 'Unter diesem Link findet sich nichts, was Encore holen kann.',
  'extraction.address_refused': 'Diese Adresse holt Encore nicht.',
  'extraction.unreachable': 'Die Seite antwortet nicht, wie sie soll.',
  'extraction.not_found': 'Unter diesem Link ist nichts mehr.',
  'extraction.private': 'Das ist privat.',
  'extraction.geo_blocked': 'In deinem Land zeigt die Seite das nicht.',
  'extraction.sign_in_needed': 'Die Seite verlangt dafür eine Anmeldung.',
  'extraction.age_restricted': 'Die Seite zeigt das nur angemeldeten Erwachsenen.',
  'extraction.rate_limited': 'Die Seite hatte zu viele Anfragen von dieser Box.',
  'extraction.live': 'Das ist live und hat kein Ende, auf das sich warten ließe.',
  'extraction.no_audio': 'Darin ist kein Ton.',
  'extraction.too_long': 'Das ist länger, als Encore holt.',
  'extraction.too_large': 'Das ist größer, als Encore holt.',
  'extraction.timed_out': 'Es war nach der erlaubten Zeit nicht da.',
  'extraction.clip_outside': 'Der Ausschnitt liegt hinter dem Ende des Originals.',
  'extraction.tool_missing': 'yt-dlp fehlt auf dieser Box.',
  'extraction.tool_too_old': 'yt-dlp ist für diese Seite zu alt.',
  'extraction.disk_full': 'Auf der Platte ist kein Platz mehr.',
  'extraction.not_kept': 'Die Bibliothek hat es nicht genommen.',
  'extraction.interrupted': 'Encore wurde dabei unterbrochen.',
  'extraction.unknown': 'Etwas Unvorhergesehenes ging schief.',
  'advice.unsupported_url': 'Nimm den Link der Seite, auf der es spielt, oder der Datei selbst.',
  'advice.address_refused': 'Nimm einen Link aus dem öffentlichen Netz.',
  'advice.unreachable': 'Versuch es in ein paar Minuten noch einmal.',
  'advice.not_found': 'Öffne ihn im Browser: Vielleicht wurde es entfernt oder verschoben.',
  'advice.private':
    'Bitte darum, dass es geteilt wird. Spielt dein Browser es angemeldet, kann ein Administrator yt-dlp dessen Cookies geben.',
  'advice.geo_blocked': 'Such dasselbe auf einer anderen Seite.',
  'advice.sign_in_needed':
    'Spielt dein Browser es angemeldet, kann ein Administrator yt-dlp dessen Cookies geben.',
  'advice.age_restricted':
    'Spielt dein Browser es angemeldet, kann ein Administrator yt-dlp dessen Cookies geben.',
  'advice.rate_limited': 'Warte eine Stunde und versuch es noch einmal.',
  'advice.live': 'Versuch es noch einmal, wenn es vorbei und als Aufnahme da ist.',
  'advice.no_audio': 'Wähle einen anderen Link.',
  'advice.too_long': 'Nimm einen kürzeren Ausschnitt.',
  'advice.too_large': 'Nimm etwas Kürzeres, oder bitte um eine höhere Grenze.',
  'advice.timed_out': 'Versuch es später noch einmal, oder nimm einen kürzeren Ausschnitt.',
  'advice.clip_outside':
    'Wähle einen früheren Anfang oder ein früheres Ende und sende den Link noch einmal.',
  'advice.tool_missing': 'Ein Administrator kann es unter „Worker und yt-dlp“ holen.',
  'advice.tool_too_old': 'Ein Administrator kann es unter „Worker und yt-dlp“ aktualisieren.',
  'advice.disk_full': 'Schaff Platz und versuch es noch einmal.',
  'advice.not_kept': 'Versuch es noch einmal, oder nimm einen anderen Link.',
  'advice.interrupted': 'Versuch es noch einmal.',
  'advice.unknown': 'Versuch es noch einmal; das Protokoll von Encore weiß mehr.',
  'problem.account_disabled': 'Ein Administrator hat dieses Konto gesperrt.',
  'problem.balance_below_zero': 'So viele Credits sind nicht da.',
  'problem.board_changed':
    'Jemand hat dieses Board inzwischen geändert. Lade es neu und ändere es dann.',
  'problem.board_full': 'Auf dieses Board passen keine weiteren Pads.',
  'problem.bridge_is_for_admins': 'Ein Bridge-Token kann nur ein Administrator anlegen.',
  'problem.cooling_down': 'Warte noch einen Moment bis zum nächsten Druck.',
  'problem.disk_full':
    'Auf der Platte der Sounds ist zu wenig Platz. Nichts wurde behalten; schaff Platz und sende es noch einmal.',
  'problem.email_taken': 'Ein anderes Konto hat diese E-Mail-Adresse.',
  'problem.expiry_passed': 'Das Ablaufdatum muss in der Zukunft liegen.',
  'problem.extraction_ended': 'Diese Extraktion ist schon zu Ende.',
  'problem.file_changed':
    'Die Datei auf der Platte ist nicht mehr die bekannte. Scanne die Sounds und versuch es noch einmal.',
  'problem.file_missing':
    'Die Datei dieses Sounds ist nicht da. Leg sie zurück oder lade sie noch einmal hoch.',
  'problem.file_too_large':
    'Eine Datei ist zu groß. Nichts wurde behalten; kürze sie oder speichere sie in einem kleineren Format.',
  'problem.follows_no_rules': 'Die Einträge dieser Playlist werden von Hand gesetzt.',
  'problem.follows_rules':
    'Die Einträge dieser Playlist folgen ihren Regeln. Ändere die Regeln, oder mach eine gewöhnliche daraus.',
  'problem.house_budget_spent':
    'Das Haus hat heute genug gespielt. Gib dem Taster einen Besitzer, oder warte bis morgen.',
  'problem.identity_taken': 'Dieses Konto ist hier mit einem anderen verknüpft.',
  'problem.internal': 'Das ist ein Fehler von Encore. Sein Protokoll weiß mehr.',
  'problem.invalid_fields': 'Manche Angaben fehlen oder stimmen nicht.',
  'problem.invite_invalid': 'Diese Einladung ist benutzt, widerrufen, abgelaufen oder unbekannt.',
  'problem.invite_needed': 'Ein Konto braucht eine Einladung: Frag, wer diese Box betreibt.',
  'problem.invite_used': 'Diese Einladung ist schon benutzt.',
  'problem.keys_only':
    'Wo alle Sounds stehen, lassen sich nur Tasten belegen. Leg für den Rest ein Board an.',
  'problem.last_admin': 'Das ist der letzte Administrator: Mach zuerst jemand anderen dazu.',
  'problem.last_sign_in_way':
    'Setz zuerst ein Passwort: Ohne diesen Anbieter könnte sich niemand an dem Konto anmelden.',
  'problem.main_playlist':
    'Zu dieser Playlist kommt jeder Sound von selbst: Sie behält Namen und Sounds. Leg eine eigene Playlist an.',
  'problem.name_taken': 'Ein anderes Konto hat diesen Namen. Wähle einen anderen.',
  'problem.no_password': 'Dieses Konto hat kein Passwort. Setz zuerst eines auf der Kontoseite.',
  'problem.no_playlist': 'Keine Playlist ist geladen. Lade zuerst eine.',
  'problem.no_previous_track': 'Das ist der erste Titel.',
  'problem.no_scan_running': 'Nichts abzubrechen: Es läuft kein Scan.',
  'problem.normalization_not_running': 'Gerade werden keine Sounds normalisiert.',
  'problem.normalization_running':
    'Gerade werden Sounds normalisiert. Warte das Ende ab, oder brich es zuerst ab.',
  'problem.not_allowed': 'Das darfst du nicht.',
  'problem.not_enough_credits': 'Dafür reichen deine Credits nicht.',
  'problem.not_found': 'Unter dieser Adresse ist nichts.',
  'problem.not_learning': 'Gerade wird nichts angelernt.',
  'problem.not_to_be_retried': 'Diese Extraktion lässt sich nicht noch einmal versuchen.',
  'problem.not_your_board':
    'Nur wem es gehört oder ein Administrator kann dieses Board ändern. Leg ein eigenes an.',
  'problem.not_your_playlist':
    'Nur wem sie gehört oder ein Administrator kann sie ändern. Leg eine eigene Playlist an.',
  'problem.not_your_sound':
    'Nur wer einen Sound hinzugefügt hat oder ein Administrator darf ihn ändern.',
  'problem.nothing_playing': 'Gerade spielt oder pausiert kein Titel.',
  'problem.nothing_to_play':
    'Nichts zu spielen: Lade eine Playlist, füg ihr Sounds hinzu oder reih einen ein.',
  'problem.nothing_to_say':
    'In diesem Text findet die Stimme nichts zu sprechen. Nichts wird berechnet. Schreib ihn in Worten, oder wähle eine passende Stimme.',
  'problem.order_stale': 'Die Reihenfolge hat sich inzwischen geändert. Lade neu und ordne dann.',
  'problem.own_password': 'Setz dein eigenes mit dem jetzigen: auf deinem Konto.',
  'problem.owner_gone':
    'Wem dieser Taster gehört, hat kein Konto mehr, oder es ist gesperrt. Gib ihn jemand anderem.',
  'problem.plan_exists':
    'Einen Tarif mit diesem Code gibt es schon. Ändere ihn, oder wähle einen anderen.',
  'problem.plan_in_use': 'Konten haben diesen Tarif noch. Gib ihnen zuerst einen anderen.',
  'problem.player_unavailable':
    'Der Player ist nicht verbunden, gerade kann nichts klingen. Er kommt von selbst wieder.',
  'problem.playlist_full': 'In diese Playlist passt nichts mehr.',
  'problem.prefixes_are_for_admins': 'Nur ein Administrator kann einem Token Topics geben.',
  'problem.provider_failed':
    'Der Anbieter hat die Anmeldung nicht bestätigt. Versuch es noch einmal.',
  'problem.provider_linked': 'Dieses Konto ist mit diesem Anbieter schon verknüpft.',
  'problem.provider_off': 'Diese Anmeldung ist hier nicht eingerichtet.',
  'problem.queue_full': 'In die Warteschlange passt nichts mehr.',
  'problem.quiet_hours': 'Gerade ist Ruhezeit. Versuch es danach noch einmal.',
  'problem.receiver_gone':
    'Wer die Credits bekommen soll, hat kein Konto mehr, oder es ist gesperrt. Wähle jemand anderen.',
  'problem.registration_closed': 'Konten kann hier nur ein Administrator anlegen.',
  'problem.restore_too_late': 'Gelöschtes lässt sich 30 Tage lang zurückholen. Die sind vorbei.',
  'problem.scan_cancelled':
    'Der Scan wurde abgebrochen. Was bis dahin gefunden war, bleibt; scanne für den Rest noch einmal.',
  'problem.seek_beyond_end': 'So lang ist der Titel nicht.',
  'problem.session_ended': 'Diese Sitzung ist zu Ende. Melde dich wieder an.',
  'problem.setup_done': 'Diese Box hat ihr erstes Konto. Melde dich an.',
  'problem.setup_needed': 'Das erste Konto wird mit dem Einrichtungscode angelegt.',
  'problem.sign_in_expired': 'Diese Anmeldung ist abgelaufen. Fang noch einmal an.',
  'problem.sound_missing':
    'Die Datei dieses Sounds ist nicht mehr in ihrem Ordner. Leg sie zurück, oder scanne die Bibliothek.',
  'problem.sound_purged':
    'Die Datei lag zu lange im Papierkorb und ist gelöscht. Füg sie neu hinzu, dann kommt ihre Geschichte mit.',
  'problem.sounds_not_writable':
    'In den Ordner der Sounds lässt sich nicht schreiben. Nichts wurde behalten; mach ihn beschreibbar und sende es noch einmal.',
  'problem.speech_busy':
    'Es warten schon so viele Sätze, wie warten dürfen. Versuch es in ein paar Sekunden noch einmal.',
  'problem.speech_failed':
    'Das Sprechen schlug fehl. Nichts wird berechnet. Versuch eine andere Stimme.',
  'problem.speech_not_kept': 'Der Satz ließ sich nicht als Sound behalten. Nichts wird berechnet.',
  'problem.speech_timed_out':
    'Das Sprechen dauerte zu lange. Nichts wird berechnet. Versuch einen kürzeren Text.',
  'problem.speech_too_long':
    'Gesprochen wäre das zu lang. Nichts wird berechnet. Versuch einen kürzeren Text.',
  'problem.speech_unavailable': 'Hier kann gerade nichts sprechen.',
  'problem.stopping': 'Encore stoppt gerade. Versuch es gleich noch einmal.',
  'problem.storage_unavailable':
    'Die Platte ist voll, fehlerhaft oder schreibgeschützt. Nichts wurde behalten; versuch es später noch einmal.',
  'problem.too_busy': 'Gerade melden sich zu viele an. Versuch es gleich noch einmal.',
  'problem.too_many': 'Zu viele auf einmal. Warte einen Moment.',
  'problem.too_many_boards': 'Mehr Boards kann eine Person nicht haben. Lösch zuerst eines.',
  'problem.too_many_credits': 'So viele Credits auf einmal gehen nicht. Nichts wurde gegeben.',
  'problem.too_many_extractions':
    'Genug Extraktionen warten oder laufen. Warte auf eine davon, oder brich eine ab.',
  'problem.too_many_files':
    'Zu viele Dateien auf einmal. Nichts wurde behalten; sende den Rest danach.',
  'problem.too_many_guesses': 'Zu viele Versuche. Warte einen Moment, dann versuch es noch einmal.',
  'problem.too_many_playlists': 'Mehr Playlists kann eine Person nicht haben. Lösch zuerst eine.',
  'problem.too_many_ruled_playlists':
    'Mehr Playlists mit Regeln kann eine Person nicht haben. Lösch zuerst eine, oder mach eine gewöhnliche daraus.',
  'problem.too_many_schedules': 'Mehr Zeitpläne gehen nicht. Entferne zuerst einen.',
  'problem.unknown_board': 'Dieses Board gibt es nicht.',
  'problem.unknown_entry': 'Dieser Eintrag ist nicht mehr in der Playlist. Lade die Liste neu.',
  'problem.unknown_event': 'Dieses Ereignis gibt es nicht.',
  'problem.unknown_extraction': 'Diese Extraktion gibt es nicht.',
  'problem.unknown_identity': 'Dieses Konto ist mit diesem Anbieter nicht verknüpft.',
  'problem.unknown_invite': 'Diese Einladung gibt es nicht.',
  'problem.unknown_pad': 'Dieses Pad ist nicht mehr auf dem Board. Lade das Board neu.',
  'problem.unknown_plan': 'Diesen Tarif gibt es nicht.',
  'problem.unknown_play': 'Diese Wiedergabe gibt es nicht.',
  'problem.unknown_playlist': 'Diese Playlist gibt es nicht.',
  'problem.unknown_queue_item': 'Dieser Titel ist nicht mehr in der Warteschlange.',
  'problem.unknown_schedule': 'Diesen Zeitplan gibt es nicht.',
  'problem.unknown_session': 'Diese Sitzung gibt es nicht.',
  'problem.unknown_sound': 'Diesen Sound gibt es nicht.',
  'problem.unknown_token': 'Dieses Token gibt es nicht.',
  'problem.unknown_user': 'Dieses Konto gibt es nicht.',
  'problem.upload_stalled': 'Es kam nichts mehr an. Nichts wurde behalten; sende es noch einmal.',
  'problem.withdrawn':
    'Es wurde zurückgenommen, bevor es in der Bibliothek war. Nichts wurde behalten.',
  'problem.wrong_login': 'Name oder Passwort stimmt nicht.',
  'problem.wrong_password': 'Das jetzige Passwort stimmt nicht.',
  'problem.wrong_setup_code':
    'Das ist nicht der Einrichtungscode. Er steht dort, wo Encore gestartet wurde, und in seinem Protokoll.',
};
