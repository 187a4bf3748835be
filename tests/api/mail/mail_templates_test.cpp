#include "api/mail/embedded_templates.hpp"
#include "api/mail/facts.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>

namespace creneau::mail {
namespace {

TEST(MailTemplates, UseOnlyNamesThatAreFilledIn) {
    const std::set<std::string> known{"room",
                                      "site",
                                      "site_address",
                                      "slot",
                                      "association",
                                      "booker",
                                      "asked_by",
                                      "has_asked_by",
                                      "purpose",
                                      "attendees",
                                      "booking_id",
                                      "received_on",
                                      "pending",
                                      "ground",
                                      "ground_text",
                                      "has_ground",
                                      "has_ground_text",
                                      "has_papers",
                                      "papers",
                                      "has_previous",
                                      "previous_room",
                                      "previous_slot",
                                      "has_pass",
                                      "pass_later",
                                      "no_pass",
                                      "cid",
                                      "pass_number",
                                      "window",
                                      "has_window",
                                      "doors",
                                      "one_door",
                                      "several_doors",
                                      "has_ways",
                                      "ways",
                                      "words",
                                      "help_contact",
                                      "help_hours",
                                      "town",
                                      "service",
                                      "town_email",
                                      "town_phone",
                                      "subject",
                                      "has_association",
                                      "qr_note",
                                      "has_qr_note",
                                      "series_id",
                                      "date_count",
                                      "several_dates",
                                      "dates",
                                      "has_dates",
                                      "missed",
                                      "has_missed",
                                      "why",
                                      "daily",
                                      "count",
                                      "several",
                                      "change",
                                      "items",
                                      "individual",
                                      "others",
                                      "has_others",
                                      "subscriber",
                                      "has_closure",
                                      "closure_kind",
                                      "closure_reason",
                                      "closure_slot",
                                      "has_booking",
                                      "hold_id",
                                      "held_until",
                                      "equipment",
                                      "has_equipment",
                                      "helps",
                                      "help_site",
                                      "on_paper",
                                      "code_withheld",
                                      "appeal",
                                      "has_appeal",
                                      "service_address",
                                      "has_service_address",
                                      "silence_accepts",
                                      "silence_refuses",
                                      "silence_on",
                                      "silence_after",
                                      "silence_decision",
                                      "has_silence_decision",
                                      "is_stated",
                                      "is_edited",
                                      "is_withdrawn",
                                      "by_office",
                                      "changed_on",
                                      "rooms",
                                      "layout",
                                      "has_layout",
                                      "may_change",
                                      "wishes_until",
                                      "season_first",
                                      "season_last",
                                      "round",
                                      "wish_id",
                                      "wished",
                                      "is_given",
                                      "given",
                                      "day",
                                      "why_not",
                                      "waits",
                                      "has_waits",
                                      "several_waits",
                                      "has_other_missed",
                                      "other_missed",
                                      "any_given",
                                      "any_wait",
                                      "by_qr",
                                      "several_items",
                                      "reader",
                                      "code",
                                      "has_site",
                                      "account",
                                      "expired",
                                      "paper",
                                      "first_day",
                                      "has_first_day",
                                      "person",
                                      "arrival",
                                      "department",
                                      "has_department",
                                      "duties",
                                      "duty",
                                      "moment",
                                      "for_manager",
                                      "for_it",
                                      "for_access",
                                      "reminder",
                                      "corrected",
                                      "withdrawn",
                                      "ended",
                                      "kind",
                                      "place",
                                      "begun",
                                      "over",
                                      "wait_id",
                                      "line_place",
                                      "wait_begun",
                                      "wait_given_up",
                                      "wait_without_time",
                                      "given_up_by",
                                      "has_offer"};
    std::set<std::string> names;
    for (const EmbeddedTemplate& part : embedded_templates()) {
        names.emplace(part.name);
    }
    for (const EmbeddedTemplate& part : embedded_templates()) {
        const std::string text(part.text);
        for (std::size_t at = text.find("{{"); at != std::string::npos;
             at = text.find("{{", at + 2)) {
            std::string tag = text.substr(at + 2, text.find("}}", at) - at - 2);
            const char kind = tag.at(0);
            ASSERT_TRUE(kind != '{' && kind != '&') << part.name << ": unescaped " << tag;
            tag.erase(0, tag.find_first_not_of("#^/> "));
            EXPECT_TRUE(kind == '>' ? names.contains(tag) : known.contains(tag))
                << part.name << ": " << tag;
        }
    }
}

// A mail that shows doors without being given them would say that there are none.
TEST(MailTemplates, ThatSayHowToGetInAreTheOnesGivenDoorsAndWaysIn) {
    for (const EmbeddedTemplate& part : embedded_templates()) {
        const auto name = template_of(part.name.substr(0, part.name.find('.')));
        EXPECT_EQ(part.text.find("{{> entry.") != std::string_view::npos,
                  name && tells_the_way_in(*name))
            << part.name;
        EXPECT_EQ(part.text.find("{{> series_entry.") != std::string_view::npos,
                  name && tells_the_way_into_series(*name))
            << part.name;
    }
}

}  // namespace
}  // namespace creneau::mail
