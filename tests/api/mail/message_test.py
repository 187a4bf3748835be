"""A mail as others read it: Python's email package, python3-icalendar, zbarimg, ZXingReader."""

import email
import email.policy
import re
import subprocess
import tempfile
import unittest
from html.parser import HTMLParser
from pathlib import Path

from icalendar import Calendar

from probe import DIGITS, compose, facts, mail

TEMPLATES = ("booking_received", "booking_approved", "booking_refused", "booking_cancelled",
             "booking_moved")


def parsed(made):
    message = email.message_from_bytes(compose(made), policy=email.policy.default)
    for part in message.walk():
        assert not part.defects, part.defects
    return message


def structure(part):
    """Nested names of a message's parts."""
    name = part.get_content_subtype()
    return (name, [structure(inner) for inner in part.iter_parts()]) if part.is_multipart() else name


def luminance(colour):
    parts = [int(colour[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


class Page(HTMLParser):
    """What accessibility rules ask about."""

    VOID = {"meta", "img", "br", "hr"}

    def __init__(self, text):
        super().__init__()
        self.lang, self.headings, self.images, self.addresses = None, [], [], []
        self.colours, self.open, self.words, self.header_cells = [], [], "", []
        self.feed(text)
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "html":
            self.lang = found.get("lang")
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag == "img":
            self.images.append(found)
        if tag == "th":
            self.header_cells.append(found.get("scope"))
        self.addresses += [found[name] for name in ("src", "href", "background") if name in found]
        style = found.get("style", "")
        self.colours += re.findall(r"(?:^|[; ])color: #([0-9a-f]{6})", style)

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, (tag, self.open)
        self.open.pop()

    def handle_data(self, data):
        self.words += data


class MailWithCode(unittest.TestCase):
    def setUp(self):
        self.message = parsed(mail())

    def test_has_the_parts_that_every_reader_knows(self):
        self.assertEqual(structure(self.message), ("mixed", [
            ("related", [("alternative", ["plain", "html"]), "png"]), "png", "calendar"]))

    def test_has_the_headers_of_an_automatic_mail(self):
        self.assertEqual(self.message["From"].addresses[0].display_name, "Réservation des salles")
        self.assertEqual(self.message["To"].addresses[0].display_name, "Camille Éluard")
        self.assertEqual(self.message["To"].addresses[0].addr_spec, "camille@example.org")
        self.assertEqual(self.message["Reply-To"].addresses[0].addr_spec,
                         "salles@le-pre.example.org")
        self.assertEqual(self.message["Message-ID"], "<outbox-41.le-pre@le-pre.example.org>")
        self.assertEqual(self.message["Date"].datetime.timestamp(), 1795300000)
        self.assertEqual(self.message["Auto-Submitted"], "auto-generated")
        self.assertEqual(self.message["Content-Language"], "fr")
        self.assertEqual(
            self.message["Subject"],
            "Réservation acceptée : Salle du rez-de-chaussée, "
            "samedi 5 décembre 2026 de 18 h 30 à 21 h")

    def test_shows_the_picture_that_it_carries(self):
        html = self.message.get_body(("html",)).get_content()
        inline = [part for part in self.message.walk()
                  if part.get_content_type() == "image/png" and part["Content-ID"]]
        self.assertEqual(len(inline), 1)
        self.assertEqual(inline[0].get_content_disposition(), "inline")
        self.assertIn(f'src="cid:{inline[0]["Content-ID"].strip("<>")}"', html)

    def test_carries_a_code_that_both_decoders_read_to_the_same_digits(self):
        pictures = [part for part in self.message.walk() if part.get_content_type() == "image/png"]
        self.assertEqual(pictures[1].get_filename(), "pass.png")
        self.assertEqual(pictures[1].get_content_disposition(), "attachment")
        for picture in pictures:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "pass.png"
                file.write_bytes(picture.get_content())
                zbar = subprocess.run(["zbarimg", "--raw", "-q", str(file)], capture_output=True,
                                      text=True, check=True, timeout=60).stdout.strip()
                zxing = subprocess.run(["ZXingReader", str(file)], capture_output=True, text=True,
                                       check=True, timeout=60).stdout
            self.assertEqual(zbar, DIGITS)
            self.assertIn(f'"{DIGITS}"', zxing)

    def test_has_no_digits_of_the_code_in_words(self):
        raw = compose(mail()).decode("ascii")
        texts = [raw] + [part.get_content() for part in self.message.walk()
                         if part.get_content_maintype() == "text"]
        for text in texts:
            squeezed = re.sub(r"[^0-9]", "", text if isinstance(text, str) else text.decode())
            for start in range(0, 190, 5):
                self.assertNotIn(DIGITS[start:start + 10], squeezed)

    def test_attaches_the_calendar_with_its_method(self):
        part = [part for part in self.message.walk()
                if part.get_content_type() == "text/calendar"][0]
        self.assertEqual(part.get_filename(), "reservation.ics")
        self.assertEqual(part["Content-Type"].params["method"], "PUBLISH")
        self.assertEqual(part["Content-Type"].params["charset"], "utf-8")
        event = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")[0]
        self.assertEqual(event["UID"], "booking-12@le-pre")
        self.assertEqual(event["DTSTART"].dt.timestamp(), 1796491800)
        self.assertEqual(event["DTEND"].dt.timestamp(), 1796500800)
        self.assertIn("Salle du rez-de-chaussée", event["SUMMARY"])
        self.assertIn("3 rue Danton", event["LOCATION"])

    def test_is_in_utf_8_throughout(self):
        for part in self.message.walk():
            if part.get_content_maintype() == "text":
                self.assertEqual(part.get_content_charset(), "utf-8")

    def test_is_the_same_when_it_is_made_again(self):
        self.assertEqual(compose(mail()), compose(mail()))


class EveryMail(unittest.TestCase):
    def each(self):
        for template in TEMPLATES:
            for locale in ("fr", "en"):
                for with_pass in (False, template in ("booking_approved", "booking_moved")):
                    made = mail(template, with_pass, locale)
                    made["facts"] = facts(
                        ground_fr="La salle est en travaux.", ground_en="Works.",
                        previous={"room": "Petite salle", "local_start": "2026-12-04T20:00",
                                  "local_end": "2026-12-04T21:00"})
                    with self.subTest(template=template, locale=locale, with_pass=with_pass):
                        yield template, locale, with_pass, parsed(made)

    def test_can_be_read_by_everybody(self):
        for _, locale, with_pass, message in self.each():
            page = Page(message.get_body(("html",)).get_content())
            self.assertEqual(page.lang, locale)
            self.assertEqual(message["Content-Language"], locale)
            self.assertEqual(page.headings[0], 1)
            self.assertEqual(page.headings.count(1), 1)
            for before, after in zip(page.headings, page.headings[1:]):
                self.assertLessEqual(after, before + 1)
            self.assertEqual(len(page.images), 1 if with_pass else 0)
            for image in page.images:
                self.assertIn("Salle du rez-de-chaussée", image["alt"])
                self.assertGreater(len(image["alt"]), 60)
            self.assertTrue(page.header_cells)
            self.assertEqual(set(page.header_cells), {"row"})
            self.assertTrue(page.colours)
            for colour in page.colours:
                self.assertGreaterEqual(1.05 / (luminance(colour) + 0.05), 7)

    def test_fetches_nothing_from_elsewhere(self):
        for _, _, _, message in self.each():
            html = message.get_body(("html",)).get_content()
            for address in Page(html).addresses:
                self.assertRegex(address, "^(cid|mailto):")
            self.assertNotIn("url(", html)
            self.assertNotIn("<script", html)
            self.assertNotIn("<link", html)

    def test_says_the_same_as_text_and_as_html(self):
        for _, _, _, message in self.each():
            text = message.get_body(("plain",)).get_content()
            words = re.sub(r"\s+", " ", Page(message.get_body(("html",)).get_content()).words)
            for line in ("Salle du rez-de-chaussée", "LCR Danton", "Camille Éluard",
                         "Les Voix du Pré", "01 00 00 00 00"):
                self.assertIn(line, text)
                self.assertIn(line, words)

    def test_has_a_calendar_file_only_where_a_calendar_changes(self):
        methods = {"booking_approved": "PUBLISH", "booking_moved": "PUBLISH",
                   "booking_cancelled": "CANCEL"}
        for template, _, _, message in self.each():
            found = [part["Content-Type"].params["method"] for part in message.walk()
                     if part.get_content_type() == "text/calendar"]
            self.assertEqual(found, [methods[template]] if template in methods else [])

    def test_a_refusal_takes_away_only_what_a_mail_brought(self):
        # Requested, approved, moved and refused; requested and refused.
        for sequence, wanted in ((3, ["CANCEL"]), (1, [])):
            made = mail("booking_refused", False)
            made["facts"] = facts(status="refused", sequence=sequence)
            parts = [part for part in parsed(made).walk()
                     if part.get_content_type() == "text/calendar"]
            self.assertEqual([part["Content-Type"].params["method"] for part in parts], wanted)
            for part in parts:
                [event] = Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
                self.assertEqual((event["UID"], event["STATUS"], event["SEQUENCE"]),
                                 ("booking-12@le-pre", "CANCELLED", 3))


class SeriesMail(unittest.TestCase):
    @staticmethod
    def state(number=7, status="approved"):
        """Two Saturdays at 18:30, the second in another room."""
        return {"id": number, "sequence": 100003, "start_time": "18:30", "end_time": "21:00",
                "dates": [{"booking_id": 12 + week, "sequence": 1, "status": status,
                           "date": f"2026-12-{5 + 7 * week:02}",
                           "start": 1796491800 + 604800 * week, "end": 1796500800 + 604800 * week,
                           "room": room} for week, room in enumerate(("Salle", "Grande salle"))]}

    @classmethod
    def calendars(cls, template, *states, of_series=True):
        made = mail(template, False)
        more = {"series": {"id": 7, "dates": [["2026-12-05T18:30", "2026-12-05T21:00"]],
                           "missed": [], "reasons": []}} if of_series else {"booking_id": 13}
        made["facts"] = {**facts(), **more}
        made["series"] = list(states)
        return [(part["Content-Type"].params["method"],
                 Calendar.from_ical(part.get_payload(decode=True)))
                for part in parsed(made).walk() if part.get_content_type() == "text/calendar"]

    def test_has_the_series_as_it_stands(self):
        for template in ("series_approved", "series_moved", "series_retimed"):
            [(method, calendar)] = self.calendars(template, self.state())
            self.assertEqual((method, calendar["METHOD"]), ("PUBLISH", "PUBLISH"))
            self.assertEqual(len(calendar.walk("VTIMEZONE")), 1)
            first, second = calendar.walk("VEVENT")
            self.assertEqual({first["UID"], second["UID"]}, {"series-7@le-pre"})
            self.assertEqual({first["SEQUENCE"], second["SEQUENCE"]}, {100003})
            self.assertNotIn("RECURRENCE-ID", first)
            self.assertEqual(second["RECURRENCE-ID"].dt.isoformat(), "2026-12-12T18:30:00+01:00")
            self.assertEqual(second["SUMMARY"], "Grande salle (LCR Danton)")
            self.assertIn("7", second["DESCRIPTION"])
            self.assertEqual(second["ORGANIZER"], "mailto:salles@le-pre.example.org")

    def test_has_the_series_that_it_goes_on_from(self):
        [(_, calendar)] = self.calendars("series_moved", self.state(), self.state(6, "cancelled"))
        self.assertEqual({(event["UID"], event["STATUS"]) for event in calendar.walk("VEVENT")},
                         {("series-7@le-pre", "CONFIRMED"), ("series-6@le-pre", "CANCELLED")})

    def test_takes_cancelled_dates_away_by_their_status(self):
        [(method, calendar)] = self.calendars("series_cancelled", self.state(status="cancelled"))
        self.assertEqual(method, "PUBLISH", "it says of each date how it stands")
        self.assertEqual({event["STATUS"] for event in calendar.walk("VEVENT")}, {"CANCELLED"})

    def test_names_one_date_within_its_series(self):
        for template, method in (("booking_moved", "PUBLISH"), ("booking_cancelled", "CANCEL")):
            [(found, calendar)] = self.calendars(template, self.state(), of_series=False)
            [event] = calendar.walk("VEVENT")
            self.assertEqual((found, calendar["METHOD"]), (method, method))
            self.assertEqual((event["UID"], event["SEQUENCE"]), ("series-7@le-pre", 100003))
            self.assertEqual(event["RECURRENCE-ID"].dt.isoformat(), "2026-12-12T18:30:00+01:00")
            self.assertEqual(event["STATUS"] == "CANCELLED", method == "CANCEL")

    def test_has_no_calendar_file_where_none_changes(self):
        self.assertEqual(self.calendars("series_received", self.state()), [])
        for of_series, template in ((True, "series_refused"), (False, "booking_refused")):
            self.assertEqual(self.calendars(template, self.state(status="refused"),
                                            of_series=of_series), [])

    def test_a_refusal_takes_away_what_a_mail_brought(self):
        state = self.state(status="refused")
        state["dates"][0]["status"] = "approved"  # so the mail of its approval had them all
        [(method, calendar)] = self.calendars("series_refused", state)
        self.assertEqual(method, "PUBLISH", "it says of each date how it stands")
        self.assertEqual({event["STATUS"] for event in calendar.walk("VEVENT")},
                         {"CONFIRMED", "CANCELLED"})
        [(method, calendar)] = self.calendars("booking_refused", state, of_series=False)
        [event] = calendar.walk("VEVENT")
        self.assertEqual((method, event["STATUS"]), ("CANCEL", "CANCELLED"))
        self.assertEqual(event["RECURRENCE-ID"].dt.isoformat(), "2026-12-12T18:30:00+01:00")
        moved = self.state(status="refused")
        moved["dates"][1]["sequence"] = 3  # approved, moved and refused
        self.assertEqual(len(self.calendars("booking_refused", moved, of_series=False)), 1)


class HostileText(unittest.TestCase):
    LONG = "Fête de l'été à l'école — “élèves” 日本語 " * 20

    def test_keeps_long_accented_subjects_and_names(self):
        made = mail()
        made["facts"] = facts(room=self.LONG, booker="Zoë, \"la chef\" <x@example.org>")
        made["to_name"] = "Zoë, \"la chef\" <x@example.org>"
        raw = compose(made)
        self.assertLessEqual(max(len(line) for line in raw.split(b"\r\n")), 998)
        raw.decode("ascii")
        message = parsed(made)
        self.assertIn(self.LONG.strip(), message["Subject"])
        self.assertEqual(len(message["To"].addresses), 1)
        self.assertEqual(message["To"].addresses[0].addr_spec, "camille@example.org")
        self.assertEqual(message["To"].addresses[0].display_name, made["to_name"])

    def test_adds_no_header_whatever_people_are_called(self):
        evil = "Camille\r\nBcc: all@example.org\r\n\r\n<b>x</b>\u2028\x00"
        made = mail()
        made["to_name"] = evil
        made["facts"] = facts(room=evil, site=evil, purpose=evil, booker=evil, service=evil,
                              association=evil, doors=[evil], help_contact=evil)
        usual = [name.lower() for name in parsed(mail()).keys()]
        message = parsed(made)
        self.assertEqual([name.lower() for name in message.keys()], usual)
        self.assertEqual(structure(message), structure(parsed(mail())))
        calendar = [part for part in message.walk()
                    if part.get_content_type() == "text/calendar"][0].get_payload(decode=True)
        self.assertEqual(len(Calendar.from_ical(calendar).walk("VEVENT")), 1)

    def test_refuses_to_carry_a_code_that_it_cannot_describe(self):
        for missing in ("pass_number", "window_start_local"):
            made = mail()
            made["facts"] = facts()
            if missing == "pass_number":
                del made["facts"][missing]
            else:
                made["facts"].update(window_start_local="", window_end_local="")
            with self.assertRaisesRegex(AssertionError, missing):
                compose(made)
        self.assertTrue(compose(mail()))


if __name__ == "__main__":
    unittest.main()
