"""What the mail tests in Python share: the probe program and a sample mail."""

import json
import subprocess
import sys

PROBE = sys.argv.pop(1)
PASS = bytes([0xD1] + [(7 * i + 3) % 256 for i in range(82)])
DIGITS = f"{int.from_bytes(PASS, 'big'):0200}"


def facts(**changes):
    made = {
        "booking_id": 12, "room": "Salle du rez-de-chaussée", "site": "LCR Danton",
        "site_address": "3 rue Danton, 93310 Le Pré", "local_start": "2026-12-05T18:30",
        "local_end": "2026-12-05T21:00", "time_zone": "Europe/Paris", "start_at": 1796491800,
        "end_at": 1796500800, "window_start_local": "2026-12-05T18:20",
        "window_end_local": "2026-12-05T21:10", "purpose": "Répétition de la chorale",
        "attendees": 25, "association": "Les Voix du Pré", "booker": "Camille Éluard",
        "doors": ["porte de la rue"],
        "ways_in": [{"way": "qr", "note_fr": "", "note_en": ""},
                    {"way": "badge", "note_fr": "à l'accueil.", "note_en": "at the desk."}],
        "ground": "", "ground_text": "", "help_contact": "l'astreinte, 01 00 00 00 01",
        "help_hours": "tous les jours de 8 h à 23 h", "town": "Le Pré",
        "service": "Vie associative", "town_email": "salles@le-pre.example.org",
        "town_phone": "01 00 00 00 00", "received_on": "2026-11-21", "sequence": 1,
        "pass_number": 7,
    }
    made.update(changes)
    return made


def mail(template="booking_approved", with_pass=True, locale="fr", **changes):
    made = {
        "id": 41, "template": template, "facts": facts(), "created_at": 1795300000,
        "to_address": "camille@example.org", "to_name": "Camille Éluard", "locale": locale,
        "town_key": "le-pre", "from": "Réservation des salles <salles@le-pre.example.org>",
    }
    if with_pass:
        made["pass"] = list(PASS)
    made.update(changes)
    return made


def compose(made):
    """The message, as bytes."""
    done = subprocess.run([PROBE, "compose"], input=json.dumps(made).encode(), capture_output=True,
                          timeout=60, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr.decode())
    return done.stdout


def letter(changes):
    """The PDF, as bytes."""
    made = mail()
    made.update(changes)
    done = subprocess.run([PROBE, "letter"], input=json.dumps(made).encode(), capture_output=True,
                          timeout=60, check=False)
    if done.returncode != 0:
        raise AssertionError(done.stderr.decode())
    return done.stdout


def order(settings, message="Subject: essai\r\n\r\nBonjour\r\n", number=1):
    """What `send` is given on standard input."""
    return json.dumps({
        "settings": {"from": "Salles <salles@le-pre.example.org>", **settings},
        "from": "salles@le-pre.example.org", "to": "camille@example.org",
        "message_id": f"outbox-{number}.le-pre@le-pre.example.org", "message": message,
    }).encode()


def send(settings, message="Subject: essai\r\n\r\nBonjour\r\n", env=None):
    """(result, reason)."""
    done = subprocess.run([PROBE, "send"], input=order(settings, message), capture_output=True,
                          timeout=60, check=False, env=env)
    if done.returncode != 0:
        raise AssertionError(done.stderr.decode())
    answer = json.loads(done.stdout)
    return answer["result"], answer["reason"]
