#include "api/mail/rendering.hpp"

#include "api/mail/date_words.hpp"
#include "api/mail/facts.hpp"
#include "api/mail/filling.hpp"
#include "api/mail/legal_facts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <kainjow/mustache.hpp>

namespace creneau::mail {
namespace {

namespace mustache = kainjow::mustache;

std::string time_words_of(const std::string& time, Language language) {
    const auto at = parse_local_time(time);
    if (!at) {
        return {};
    }
    const std::string day = day_words(*at, language);
    const std::string hour = hour_words(*at, language);
    return language == Language::en ? fmt::format("{} at {}", day, hour)
                                    : fmt::format("{} à {}", day, hour);
}

std::string day_words_of(const std::string& date, Language language) {
    const auto day = parse_local_date(date);
    return day ? day_words(*day, language) : std::string();
}

struct WayWords {
    std::string_view way;
    std::string_view title_fr;
    std::string_view without_note_fr;
    std::string_view title_en;
    std::string_view without_note_en;
};

constexpr std::array<WayWords, 3> kWays{{
    {"badge", "Avec un badge", "le badge de votre association ouvre la porte.", "With a badge",
     "your association's badge opens the door."},
    {"key", "Avec une clé", "demandez où la retirer.", "With a key", "ask where to fetch it."},
    {"staff", "Avec un agent de la commune", "il vous ouvre la porte.",
     "With a member of the town's staff", "they open the door for you."},
}};

/// The note in the reader's language, else in the other one.
const std::string& note_of(const WayIn& way, Language language) {
    const bool english = language == Language::en;
    const std::string& wanted = english ? way.note_en : way.note_fr;
    return wanted.empty() ? (english ? way.note_fr : way.note_en) : wanted;
}

/// What to tell about a way in; nothing for the QR code, which has its own section.
std::optional<std::string> way_words(const WayIn& way, Language language) {
    const auto* known = std::ranges::find(kWays, way.way, &WayWords::way);
    if (known == kWays.end()) {
        return std::nullopt;
    }
    const bool english = language == Language::en;
    std::string note = note_of(way, language);
    if (note.empty()) {
        note = english ? known->without_note_en : known->without_note_fr;
    }
    return english ? fmt::format("{}: {}", known->title_en, note)
                   : fmt::format("{} : {}", known->title_fr, note);
}

std::string door_words(const std::vector<std::string>& doors, Language language) {
    return fmt::format("{}", fmt::join(doors, language == Language::en ? ", then " : ", puis "));
}

void set_flagged(mustache::data& data, const std::string& name, const std::string& value) {
    data.set(name, value);
    data.set("has_" + name, !value.empty());
}

void set_booking(mustache::data& data, const BookingFacts& facts, Language language) {
    data.set("room", facts.room);
    data.set("site", facts.site);
    data.set("site_address", facts.site_address);
    data.set("slot", slot_words_of(facts.local_start, facts.local_end, language));
    set_flagged(data, "association", facts.association);
    data.set("booker", facts.booker);
    set_flagged(data, "asked_by", facts.asked_by);
    data.set("purpose", facts.purpose);
    data.set("attendees", std::to_string(facts.attendees));
    data.set("booking_id", std::to_string(facts.booking_id));
    data.set("received_on", day_words_of(facts.received_on, language));
    data.set("pending", facts.status == "pending");
    set_flagged(data, "ground", language == Language::en ? facts.ground_en : facts.ground_fr);
    set_flagged(data, "ground_text", facts.ground_text);
    data.set("has_previous", facts.previous.has_value());
    if (facts.previous) {
        data.set("previous_room", facts.previous->room);
        data.set("previous_slot",
                 slot_words_of(facts.previous->local_start, facts.previous->local_end, language));
    }
}

void set_closure(mustache::data& data, const ClosureFacts& closure, Language language) {
    data.set("closure_kind", language == Language::en ? closure.kind_en : closure.kind_fr);
    data.set("closure_reason", closure.reason);
    data.set("closure_slot", slot_words_of(closure.local_start, closure.local_end, language));
}

void set_entry(mustache::data& data, const BookingFacts& facts, Language language,
               std::string_view pass_cid) {
    data.set("has_pass", !pass_cid.empty());
    data.set("pass_later", pass_cid.empty() && facts.pass_number.has_value());
    // Without its papers nobody gets in: what to send says more than how.
    data.set("no_pass", pass_cid.empty() && !facts.pass_number && facts.missing_papers.empty());
    data.set("cid", std::string(pass_cid));
    data.set("pass_number", std::to_string(facts.pass_number.value_or(0)));
    set_flagged(data, "window",
                slot_words_of(facts.window_start_local, facts.window_end_local, language));
    data.set("doors", door_words(facts.doors, language));
    data.set("one_door", facts.doors.size() == 1);
    data.set("several_doors", facts.doors.size() > 1);
    mustache::data ways{mustache::data::type::list};
    std::string qr_note;
    bool by_qr = false;
    for (const WayIn& way : facts.ways_in) {
        if (way.way == "qr") {
            by_qr = true;
            qr_note = note_of(way, language);
        }
        if (auto words = way_words(way, language)) {
            ways.push_back(mustache::data{"words", *words});
        }
    }
    set_flagged(data, "qr_note", qr_note);
    data.set("by_qr", by_qr);
    data.set("has_ways", ways.is_non_empty_list());
    data.set("ways", ways);
}

std::string paper_words(const MissingPaper& paper, Language language) {
    const bool english = language == Language::en;
    const std::string& name = english ? paper.name.en : paper.name.fr;
    if (paper.from.empty()) {
        return name;
    }
    const auto day = day_words_of(paper.from, language);
    return english ? fmt::format("{} (from {} on)", name, day)
                   : fmt::format("{} (à partir du {})", name, day);
}

void set_papers(mustache::data& data, const BookingFacts& facts, Language language) {
    mustache::data papers{mustache::data::type::list};
    for (const MissingPaper& paper : facts.missing_papers) {
        papers.push_back(mustache::data{"words", paper_words(paper, language)});
    }
    data.set("has_papers", papers.is_non_empty_list());
    data.set("papers", papers);
}

void set_office(mustache::data& data, const BookingFacts& facts) {
    data.set("help_contact", facts.help_contact);
    data.set("help_hours", facts.help_hours);
    data.set("helps", help_list({{facts.site, facts.help_contact, facts.help_hours}}));
    data.set("town", facts.town);
    data.set("service", facts.service);
    data.set("town_email", facts.town_email);
    data.set("town_phone", facts.town_phone);
}

/// French where the town has no English words: they are the law's, not ours.
const std::string& appeal_of(const LegalFacts& legal, Language language) {
    const bool english = language == Language::en && !legal.appeal_en.empty();
    return english ? legal.appeal_en : legal.appeal_fr;
}

void set_legal(mustache::data& data, const LegalFacts& legal, Language language) {
    set_flagged(data, "appeal", appeal_of(legal, language));
    set_flagged(data, "service_address", legal.service_address);
    data.set("silence_accepts", legal.silence && legal.silence->means == "accepted");
    data.set("silence_refuses", legal.silence && legal.silence->means == "refused");
    if (legal.silence) {
        data.set("silence_on", day_words_of(legal.silence->on, language));
        data.set("silence_after",
                 language == Language::en ? legal.silence->after_en : legal.silence->after_fr);
        set_flagged(data, "silence_decision", legal.silence->decision);
    }
}

std::string reason_words(const SeriesFacts& series, const MissedSlot& missed, Language language) {
    std::vector<std::string_view> words;
    words.reserve(missed.reasons.size());
    for (const std::size_t reason : missed.reasons) {
        const Words& both = series.reasons.at(reason);
        words.emplace_back(language == Language::en ? both.en : both.fr);
    }
    return fmt::format("{}", fmt::join(words, " "));
}

void set_series(mustache::data& data, const SeriesFacts& series, Language language) {
    data.set("series_id", std::to_string(series.series_id));
    data.set("date_count", std::to_string(series.dates.size()));
    data.set("several_dates", series.dates.size() > 1);
    mustache::data dates{mustache::data::type::list};
    for (const auto& [start, end] : series.dates) {
        dates.push_back(mustache::data{"words", slot_words_of(start, end, language)});
    }
    data.set("has_dates", dates.is_non_empty_list());
    data.set("dates", dates);
    mustache::data missed{mustache::data::type::list};
    for (const MissedSlot& slot : series.missed) {
        mustache::data one{"words", slot_words_of(slot.local_start, slot.local_end, language)};
        one.set("why", reason_words(series, slot, language));
        missed.push_back(one);
    }
    data.set("has_missed", missed.is_non_empty_list());
    data.set("missed", missed);
}

std::string words_of(const std::vector<HeldThing>& things) {
    std::vector<std::string> words;
    words.reserve(things.size());
    for (const HeldThing& thing : things) {
        words.push_back(fmt::format("{} ({})", thing.name, thing.quantity));
    }
    return fmt::format("{}", fmt::join(words, ", "));
}

void set_wait(mustache::data& data, const WaitFacts& wait) {
    data.set("wait_id", std::to_string(wait.wait_id));
    data.set("line_place", std::to_string(wait.place));
    data.set("wait_begun", wait.why == kSlotBegun);
    data.set("wait_given_up", wait.why == kGivenUp);
    data.set("wait_without_time", wait.why == kNoSuchTime);
    data.set("given_up_by", wait.given_up_by);
    data.set("has_offer", wait.hold_id != 0);
    data.set("hold_id", std::to_string(wait.hold_id));
    set_flagged(data, "equipment", words_of(wait.equipment));
}

mustache::data data_of(const BookingFacts& facts, Language language, std::string_view pass_cid) {
    mustache::data data{mustache::data::type::object};
    set_booking(data, facts, language);
    set_entry(data, facts, language, pass_cid);
    set_papers(data, facts, language);
    set_office(data, facts);
    if (facts.closure) {
        set_closure(data, *facts.closure, language);
    }
    data.set("has_closure", facts.closure.has_value());
    data.set("has_booking", !facts.hold && !facts.wait);
    if (facts.hold) {
        data.set("hold_id", std::to_string(facts.hold->hold_id));
        data.set("held_until", time_words_of(facts.hold->until, language));
    }
    set_flagged(data, "equipment", facts.hold ? words_of(facts.hold->equipment) : "");
    if (facts.wait) {
        set_wait(data, *facts.wait);
    }
    set_legal(data, facts.legal.value_or(LegalFacts{}), language);
    if (facts.series) {
        set_series(data, *facts.series, language);
    }
    return data;
}

}  // namespace

RenderedMail render(Template name, Language language, const BookingFacts& facts,
                    std::string_view pass_cid) {
    return fill_in(name, language, data_of(facts, language, pass_cid));
}

RenderedLetter render_letter(Template name, Language language, const BookingFacts& facts,
                             PaperCode code) {
    mustache::data data = data_of(facts, language, code == PaperCode::shown ? "paper" : "");
    if (code == PaperCode::withheld) {
        data.set("pass_later", false);
        data.set("code_withheld", true);
    }
    auto filled = fill_in(name, language, std::move(data), Medium::paper);
    return {std::move(filled.subject), std::move(filled.text)};
}

}  // namespace creneau::mail
