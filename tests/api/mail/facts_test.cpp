#include "api/mail/facts.hpp"

#include "api/mail/checked_facts.hpp"
#include "tests/api/mail/sample_facts.hpp"

#include <gtest/gtest.h>

#include <string>

#include <nlohmann/json.hpp>

namespace creneau::mail {
namespace {

using nlohmann::json;

TEST(BookingFacts, ComeBackAsTheyWereWritten) {
    BookingFacts facts = sample_facts();
    facts.previous = FormerSlot{"Petite salle", "2026-12-04T18:30", "2026-12-04T21:00"};
    facts.ground_fr = "La salle est fermée";
    const std::string written = to_json(facts);
    const auto read = parse_facts(written);
    ASSERT_TRUE(read) << read.error().field;
    EXPECT_EQ(to_json(*read), written);
    EXPECT_EQ(read->ways_in.at(1).note_en, "fetch the badge at the desk.");
    EXPECT_EQ(read->previous->room, "Petite salle");
    EXPECT_EQ(read->pass_number, 7);
}

TEST(BookingFacts, ReplaceBytesThatAreNoText) {
    BookingFacts facts = sample_facts();
    facts.purpose = "bal\xff";
    EXPECT_TRUE(parse_facts(to_json(facts)));
}

struct Spoiled {
    const char* name;
    const char* field;  // what the error names
    void (*spoil)(json&);
};

class SpoiledFacts : public testing::TestWithParam<Spoiled> {};

TEST_P(SpoiledFacts, AreRefusedByName) {
    json facts = json::parse(to_json(sample_facts()));
    ASSERT_TRUE(parse_facts(facts.dump()));
    GetParam().spoil(facts);
    const auto read = parse_facts(facts.dump());
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().field, GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Rows, SpoiledFacts,
    testing::Values(
        Spoiled{"missing_text", "room", [](json& f) { f.erase("room"); }},
        Spoiled{"null_text", "purpose", [](json& f) { f["purpose"] = nullptr; }},
        Spoiled{"number_for_text", "room", [](json& f) { f["room"] = 3; }},
        Spoiled{"text_for_number", "start_at", [](json& f) { f["start_at"] = "1"; }},
        Spoiled{"fraction", "attendees", [](json& f) { f["attendees"] = 1.5; }},
        Spoiled{"no_time", "local_start", [](json& f) { f["local_start"] = "demain"; }},
        Spoiled{"half_a_window", "window_end_local", [](json& f) { f["window_end_local"] = ""; }},
        Spoiled{"no_date", "received_on", [](json& f) { f["received_on"] = "2026-02-30"; }},
        Spoiled{"doors_no_list", "doors", [](json& f) { f["doors"] = "porte"; }},
        Spoiled{"door_no_name", "doors", [](json& f) { f["doors"] = {1}; }},
        Spoiled{"way_no_object", "ways_in", [](json& f) { f["ways_in"] = {"badge"}; }},
        Spoiled{"way_without_note", "ways_in/note_fr",
                [](json& f) { f["ways_in"] = json::array({{{"way", "badge"}}}); }},
        Spoiled{"previous_no_time", "previous/local_end",
                [](json& f) {
                    f["previous"] = {
                        {"room", "x"}, {"local_start", "2026-12-05T18:30"}, {"local_end", ""}};
                }},
        Spoiled{"end_before_start", "end_at", [](json& f) { f["end_at"] = 1; }},
        Spoiled{"not_an_object", "", [](json& f) { f = json::array(); }}),
    [](const auto& row) { return row.param.name; });

TEST(BookingFacts, AreRefusedWhenNotJsonOrTooLong) {
    EXPECT_FALSE(parse_facts(""));
    EXPECT_FALSE(parse_facts("{"));
    EXPECT_FALSE(parse_facts(std::string(60'000, '[')));
    BookingFacts facts = sample_facts();
    facts.purpose = std::string(70'000, 'x');
    EXPECT_FALSE(parse_facts(to_json(facts)));
    EXPECT_TRUE(parse_facts(to_json(sample_facts())));
}

TEST(BookingFacts, KeepThePapersThatAreMissing) {
    BookingFacts facts = sample_facts();
    facts.missing_papers = {{{"convention", "agreement"}, ""},
                            {{"caution", "deposit"}, "2026-12-12"}};
    const auto read = parse_facts(to_json(facts));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->missing_papers.size(), 2U);
    EXPECT_EQ(read->missing_papers[1].name, (Words{"caution", "deposit"}));
    EXPECT_EQ(read->missing_papers[1].from, "2026-12-12");
    facts.missing_papers[1].from = "soon";
    EXPECT_EQ(parse_facts(to_json(facts)).error().field, "missing_papers/from");
}

TEST(BookingFacts, KeepTheEquipmentOfAHold) {
    BookingFacts facts = sample_facts();
    facts.hold = {31, "2026-11-28T12:00"};
    facts.hold->equipment = {{"Chaises", 20}, {"Piano", 1}};
    const auto read = parse_facts(to_json(facts));
    ASSERT_TRUE(read);
    ASSERT_TRUE(read->hold);
    ASSERT_EQ(read->hold->equipment.size(), 2U);
    EXPECT_EQ(read->hold->equipment[0].name, "Chaises");
    EXPECT_EQ(read->hold->equipment[0].quantity, 20);
    auto spoiled = json::parse(to_json(facts));
    spoiled["hold"]["equipment"][1].erase("name");
    EXPECT_EQ(parse_facts(spoiled.dump()).error().field, "hold/equipment/name");
}

TEST(BookingFacts, KeepTheDatesOfASeries) {
    BookingFacts facts = sample_facts();
    facts.series = sample_series();
    const auto read = parse_facts(to_json(facts));
    ASSERT_TRUE(read);
    ASSERT_TRUE(read->series);
    EXPECT_EQ(read->series->series_id, 7);
    EXPECT_EQ(read->series->dates, facts.series->dates);
    EXPECT_EQ(read->series->reasons, facts.series->reasons);
    ASSERT_EQ(read->series->missed.size(), 1U);
    EXPECT_EQ(read->series->missed[0].local_end, "2026-12-19T21:00");
    EXPECT_EQ(read->series->missed[0].reasons, std::vector<std::size_t>{0});
    EXPECT_FALSE(parse_facts(to_json(sample_facts()))->series);
}

TEST(BookingFacts, RefuseASeriesThatIsBroken) {
    const auto spoil = [](void (*change)(json&)) {
        BookingFacts facts = sample_facts();
        facts.series = sample_series();
        json object = json::parse(to_json(facts));
        change(object["series"]);
        const auto read = parse_facts(object.dump());
        return read ? std::string("read") : read.error().field;
    };
    EXPECT_EQ(spoil([](json& /*unchanged*/) {}), "read");
    EXPECT_EQ(spoil([](json& s) { s = json::array(); }), "series");
    EXPECT_EQ(spoil([](json& s) { s.erase("id"); }), "series");
    EXPECT_EQ(spoil([](json& s) { s["dates"][0] = 7; }), "series");
    EXPECT_EQ(spoil([](json& s) { s["dates"][0][1] = "noon"; }), "series");
    EXPECT_EQ(spoil([](json& s) { s["missed"][0][2] = 1; }), "series");
    EXPECT_EQ(spoil([](json& s) { s["missed"][0][2] = -1; }), "series");
    EXPECT_EQ(spoil([](json& s) { s["reasons"][0] = {"only French"}; }), "series");
}

TEST(BookingFacts, KeepAPlaceInALine) {
    BookingFacts facts = sample_facts();
    facts.wait = {9, 3, "", "", 0, {{"Chaises", 20}}};
    const auto read = parse_facts(to_json(facts));
    ASSERT_TRUE(read && read->wait);
    EXPECT_EQ(read->wait->wait_id, 9);
    EXPECT_EQ(read->wait->place, 3);
    ASSERT_EQ(read->wait->equipment.size(), 1U);
    EXPECT_EQ(read->wait->equipment[0].name, "Chaises");
    EXPECT_EQ(read->wait->equipment[0].quantity, 20);
    facts.wait = {9, 0, std::string(kGivenUp), "Vie associative", 31};
    const auto ended = parse_facts(to_json(facts));
    ASSERT_TRUE(ended && ended->wait);
    EXPECT_EQ(ended->wait->why, kGivenUp);
    EXPECT_EQ(ended->wait->given_up_by, "Vie associative");
    EXPECT_EQ(ended->wait->hold_id, 31);
    EXPECT_FALSE(parse_facts(to_json(sample_facts()))->wait);
}

TEST(BookingFacts, RefuseAPlaceInALineThatIsBroken) {
    const auto spoil = [](void (*change)(json&)) {
        BookingFacts facts = sample_facts();
        facts.wait = {9, 3, "", "", 0, {{"Chaises", 20}}};
        json object = json::parse(to_json(facts));
        change(object["wait"]);
        const auto read = parse_facts(object.dump());
        return read ? std::string("read") : read.error().field;
    };
    EXPECT_EQ(spoil([](json& /*unchanged*/) {}), "read");
    EXPECT_EQ(spoil([](json& w) { w = json::array(); }), "wait");
    EXPECT_EQ(spoil([](json& w) { w.erase("wait_id"); }), "wait");
    EXPECT_EQ(spoil([](json& w) { w["place"] = "third"; }), "wait");
    EXPECT_EQ(spoil([](json& w) { w["why"] = "boredom"; }), "wait");
    EXPECT_EQ(spoil([](json& w) { w["equipment"][0] = 7; }), "wait");
    EXPECT_EQ(spoil([](json& w) { w["equipment"][0].erase("quantity"); }), "wait");
}

TEST(BookingFacts, OfAWaitHaveItsPlaceOrWhyItEnded) {
    const auto missing = [](Template name, const BookingFacts& facts) {
        const auto read = checked_facts(name, to_json(facts), Carries::nothing);
        return read ? std::string("read") : read.error().field;
    };
    BookingFacts facts = sample_facts();
    EXPECT_EQ(missing(Template::wait_joined, facts), "wait");
    EXPECT_EQ(missing(Template::wait_ended, facts), "wait");
    facts.wait = {9, 1};
    EXPECT_EQ(missing(Template::wait_joined, facts), "read");
    EXPECT_EQ(missing(Template::wait_ended, facts), "wait/why");
    facts.wait = {9, 0, std::string(kSlotBegun)};
    EXPECT_EQ(missing(Template::wait_joined, facts), "wait/place");
    EXPECT_EQ(missing(Template::wait_ended, facts), "read");
}

TEST(Template, HasOneWordEach) {
    for (const Template name :
         {Template::booking_received,  Template::booking_approved, Template::booking_refused,
          Template::booking_cancelled, Template::booking_moved,    Template::series_received,
          Template::series_approved,   Template::series_refused,   Template::series_cancelled,
          Template::series_moved,      Template::booking_retimed,  Template::series_retimed,
          Template::hold_placed,       Template::wait_offered,     Template::hold_withdrawn,
          Template::hold_expired,      Template::offer_lapsed,     Template::pass_ready,
          Template::wait_joined,       Template::wait_ended,       Template::round_result,
          Template::round_wish,        Template::booking_released}) {
        EXPECT_EQ(template_of(word_of(name)), name);
    }
    EXPECT_FALSE(template_of("booking_forgotten"));
}

}  // namespace
}  // namespace creneau::mail
