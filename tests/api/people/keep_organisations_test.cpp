#include "api/people/account_codes.hpp"
#include "api/people/organisations/keep_associations.hpp"
#include "api/people/organisations/keep_people.hpp"
#include "api/people/organisations/keep_staff.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/sessions.hpp"
#include "tests/api/people/town_fixture.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <soci/soci.h>

namespace creneau::people {
namespace {

constexpr PersonId kBruno{8};
constexpr PersonId kAdministrator{10};
constexpr AssociationId kAssociation{300};

AccountKey::Bytes some_bytes() {
    AccountKey::Bytes bytes{};
    bytes.fill(7);
    return bytes;
}

class KeepingOrganisations : public TownTest {
  protected:
    KeepingOrganisations() {
        session.execute(
            "INSERT INTO people (id, town_id, key, name, email, locale, enabled) VALUES"
            " (10, 1, 'dana', 'Dana Admin', 'dana@example.org', 'fr', 1);"
            "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 10, 'administrator')");
    }
    Organised<PersonRecord> change(PersonId person, const PersonEdit& edit,
                                   PersonId actor = kBruno) {
        return save_person(session, {{kTown, actor, kNow}, person, edit, kNow});
    }
    Organised<AssociationRecord> manage(PersonId person, PersonId actor = kBruno) {
        return change_manager(session,
                              {{kTown, actor, kNow}, kAssociation, person, true, proved_at});
    }
    std::int64_t mails(const std::string& where) {
        std::int64_t count = 0;
        session.sql() << "SELECT COUNT(*) FROM outbox WHERE template = 'account_managers_changed'"
                         " AND " +
                             where,
            soci::into(count);
        return count;
    }
    bool is_enabled(PersonId person) { return find_person(session, kTown, person).has_value(); }

    const AccountKey key{some_bytes()};
    std::chrono::sys_seconds proved_at = kNow;
};
CRENEAU_ON_BOTH_ENGINES(KeepingOrganisations);

TEST_P(KeepingOrganisations, ANewAddressEndsWhatTheOldOneOpened) {
    const std::string token = new_session_token();
    open_session(session, kTown, kAmelie, {.token = token}, kNow);
    const auto letters =
        letters_of(key, kTown, mail_code(session, kTown, kAmelie, CodeKind::sign_in, kNow));
    PersonEdit phone;
    phone.phone = "0102030405";
    ASSERT_TRUE(change(kAmelie, phone));
    EXPECT_TRUE(find_signed_in(session, kTown, token, kNow)) << "a phone opens nothing";
    PersonEdit address;
    address.email = "new@example.org";
    ASSERT_TRUE(change(kAmelie, address));
    EXPECT_FALSE(find_signed_in(session, kTown, token, kNow));
    EXPECT_FALSE(take_code(session, key, {kTown, kAmelie, kNow}, {CodeKind::sign_in, letters}));
}

TEST_P(KeepingOrganisations, NobodyDisablesThemselvesSoThatAnAdministratorStays) {
    PersonEdit disabled;
    disabled.enabled = false;
    EXPECT_EQ(change(kAdministrator, disabled, kAdministrator).error().refusal,
              OrganisationRefusal::not_allowed);
    EXPECT_TRUE(is_enabled(kAdministrator));
    PersonEdit silent;
    silent.email = "";
    EXPECT_EQ(change(kAdministrator, silent, kAdministrator).error().refusal,
              OrganisationRefusal::not_allowed);
    ASSERT_TRUE(change(kAmelie, disabled, kAdministrator));
    EXPECT_FALSE(is_enabled(kAmelie));
}

TEST_P(KeepingOrganisations, WhoWillHaveGoneDisablesNoAdministratorWhomNobodyFollows) {
    session.execute(
        "INSERT INTO person_roles (town_id, person_id, role) VALUES (1, 7, 'administrator');"
        "UPDATE people SET active_until = 1900000000 WHERE id = 10");
    PersonEdit disabled;
    disabled.enabled = false;
    PersonEdit silent;
    silent.email = "";
    for (const auto& edit : {disabled, silent}) {
        const auto refused = change(kAmelie, edit, kAdministrator);
        ASSERT_FALSE(refused);
        ASSERT_EQ(refused.error().faults.size(), 1U);
        EXPECT_EQ(refused.error().faults[0].code, "last_administrator");
    }
    EXPECT_TRUE(is_enabled(kAmelie));
    session.execute("UPDATE people SET active_until = NULL WHERE id = 10");
    EXPECT_TRUE(change(kAmelie, disabled, kAdministrator));
}

TEST_P(KeepingOrganisations, TheOfficeDoesNotMakeItselfAManager) {
    EXPECT_EQ(manage(kBruno).error().refusal, OrganisationRefusal::not_allowed);
    EXPECT_FALSE(find_person(session, kTown, kBruno)->manages(kAssociation));
    ASSERT_TRUE(manage(kAdministrator));
    EXPECT_TRUE(find_person(session, kTown, kAdministrator)->manages(kAssociation));
}

TEST_P(KeepingOrganisations, WhoIsDisabledHandsOverWhatTheAssociationHasUnderWay) {
    session.execute(
        "INSERT INTO association_managers (town_id, association_id, person_id) VALUES (1, 300, 10);"
        "INSERT INTO sites (id, town_id, key, name, address, time_zone, help_contact, help_hours)"
        " VALUES (1, 1, 's', 'S', 'x', 'Europe/Paris', '', '');"
        "INSERT INTO rooms (id, town_id, site_id, key, name, capacity) VALUES"
        " (1, 1, 1, 'r', 'R', 9);"
        "INSERT INTO bookings (id, town_id, room_id, association_id, booker_id, requested_by_id,"
        " status, local_start, local_end, start_at, end_at, attendees, purpose, requested_at)"
        " VALUES (1, 1, 1, 300, 7, 7, 'approved', 'x', 'y', 1800000000, 1800007200, 9, 'Chant', "
        "1)");
    const auto booker = [&] {
        std::int64_t id = 0;
        session.sql() << "SELECT booker_id FROM bookings WHERE id = 1", soci::into(id);
        return id;
    };
    PersonEdit phone;
    phone.phone = "0102030405";
    ASSERT_TRUE(change(kAmelie, phone));
    EXPECT_EQ(booker(), 7);
    PersonEdit disabled;
    disabled.enabled = false;
    ASSERT_TRUE(change(kAmelie, disabled));
    EXPECT_EQ(booker(), 10);
}

TEST_P(KeepingOrganisations, AnotherManagerWaitsForAFreshProof) {
    proved_at = kNow - std::chrono::minutes{10};
    EXPECT_EQ(manage(kAdministrator).error().refusal, OrganisationRefusal::proof_needed);
    EXPECT_FALSE(find_person(session, kTown, kAdministrator)->manages(kAssociation));
    EXPECT_EQ(mails("1 = 1"), 0);
    proved_at = kNow;
    EXPECT_TRUE(manage(kAdministrator));
}

TEST_P(KeepingOrganisations, ManagersAreToldOfOthersAndOfTheirAddresses) {
    session.execute("UPDATE associations SET email = 'club@example.org' WHERE id = 300");
    ASSERT_TRUE(manage(kAdministrator));
    EXPECT_EQ(mails("person_id = 7 AND association_id IS NULL"), 1);
    EXPECT_EQ(mails("person_id = 10 AND association_id IS NULL"), 1);
    EXPECT_EQ(mails("association_id = 300"), 1) << "its own address is told as well";
    EXPECT_EQ(mails("person_id = 8 AND association_id IS NULL"), 0) << "nobody tells themselves";
    EXPECT_EQ(mails("facts LIKE '%Dana%' AND person_id = 7"), 0)
        << "names would outlive an erasure";
    ASSERT_TRUE(manage(kAdministrator));
    EXPECT_EQ(mails("person_id = 7"), 1) << "nothing was done twice";
    PersonEdit moved;
    moved.email = "elsewhere@example.org";
    EXPECT_EQ(save_person(session, {{kTown, kBruno, kNow}, kAmelie, moved, {}}).error().refusal,
              OrganisationRefusal::proof_needed);
    ASSERT_TRUE(change(kAmelie, moved));
    EXPECT_EQ(mails("person_id = 10 AND association_id IS NULL"), 2);
    EXPECT_EQ(mails("association_id = 300"), 2);
    ASSERT_TRUE(
        change_manager(session, {{kTown, kBruno, kNow}, kAssociation, kAmelie, false, kNow}));
    EXPECT_EQ(mails("person_id = 7"), 3) << "who manages it no more hears it as well";
}

TEST_P(KeepingOrganisations, APlaceOnTheStaffEndsWhatAMailboxOpened) {
    constexpr PersonId kLine{11};
    session.execute(
        "INSERT INTO departments (id, town_id, name) VALUES (1, 1, 'Voirie');"
        "INSERT INTO people (id, town_id, key, name, email, locale, enabled) VALUES"
        " (11, 1, 'line', 'Line', 'line@example.org', 'fr', 1)");
    const auto opened = [&](PersonId person) {
        auto token = new_session_token();
        open_session(session, kTown, person, {.token = token, .proved_by = ProvedBy::code}, kNow);
        return token;
    };
    const auto of_agent = opened(kAmelie);
    const auto of_line_manager = opened(kLine);
    const auto of_administrator = opened(kAdministrator);
    SaveStaff staff{{kTown, kAdministrator, kNow}, {}};
    staff.record.person = kAmelie;
    staff.record.line_manager = kLine;
    staff.record.department = DepartmentId{1};
    staff.record.from_date = "2026-01-01";
    EXPECT_FALSE(is_staff(*find_person(session, kTown, kAmelie)));
    EXPECT_FALSE(is_staff(*find_person(session, kTown, kLine)));
    ASSERT_TRUE(save_staff(session, staff));
    EXPECT_FALSE(find_signed_in(session, kTown, of_agent, kNow));
    EXPECT_FALSE(find_signed_in(session, kTown, of_line_manager, kNow));
    EXPECT_TRUE(is_staff(*find_person(session, kTown, kAmelie)));
    EXPECT_TRUE(is_staff(*find_person(session, kTown, kLine))) << "a line manager";
    const auto since = opened(kAmelie);
    staff.record.from_date = "2026-02-01";
    ASSERT_TRUE(save_staff(session, staff));
    EXPECT_TRUE(find_signed_in(session, kTown, since, kNow)) << "who is on the staff stays";
    EXPECT_TRUE(find_signed_in(session, kTown, of_administrator, kNow));
}

/// Line (11) is the HR of department 1, where Max (12) works; Bruno works in department 2.
class KeepingADepartment : public KeepingOrganisations {
  protected:
    KeepingADepartment() {
        session.execute(
            "INSERT INTO departments (id, town_id, name) VALUES (1, 1, 'Voirie'),"
            " (2, 1, 'Culture');"
            "INSERT INTO people (id, town_id, key, name, email, locale, enabled) VALUES"
            " (11, 1, 'line', 'Line', 'line@example.org', 'fr', 1),"
            " (12, 1, 'max', 'Max', 'max@example.org', 'fr', 1);"
            "INSERT INTO person_roles (town_id, person_id, role, scope_kind, scope_id,"
            " given_by_id) VALUES (1, 11, 'human_resources', 'department', 1, 10);"
            "INSERT INTO staff (person_id, town_id, department_id, from_date) VALUES"
            " (8, 1, 2, '2020-01-01'), (12, 1, 1, '2020-01-01')");
    }
    Organised<StaffRecord> place(PersonId person, PersonId actor = kLine,
                                 std::optional<PersonId> line_manager = {}) {
        SaveStaff staff{{kTown, actor, kNow}, {}};
        staff.record.person = person;
        staff.record.department = DepartmentId{1};
        staff.record.line_manager = line_manager;
        staff.record.from_date = "2026-01-01";
        return save_staff(session, staff);
    }
    std::string opened(PersonId person) {
        auto token = new_session_token();
        open_session(session, kTown, person, {.token = token, .proved_by = ProvedBy::code}, kNow);
        return token;
    }

    static constexpr PersonId kLine{11};
    static constexpr PersonId kMax{12};
};
CRENEAU_ON_BOTH_ENGINES(KeepingADepartment);

TEST_P(KeepingADepartment, ItsHrPlacesNobodyFromElsewhereInIt) {
    const auto of_manager = opened(kAmelie);
    EXPECT_TRUE(place(kMax));
    for (const PersonId person : {kAmelie, kAdministrator, kBruno, PersonId{99}}) {
        const auto refused = place(person);
        ASSERT_FALSE(refused) << static_cast<std::int64_t>(person);
        EXPECT_EQ(refused.error().refusal, OrganisationRefusal::not_allowed);
    }
    EXPECT_TRUE(find_signed_in(session, kTown, of_manager, kNow));
    EXPECT_FALSE(is_staff(*find_person(session, kTown, kAmelie)));
    EXPECT_TRUE(place(kAmelie, kAdministrator));
    EXPECT_TRUE(place(kAmelie)) << "who is there is the department's";
}

TEST_P(KeepingADepartment, ItsHrNamesLineManagersFromTheStaffAlone) {
    const auto of_manager = opened(kAmelie);
    const auto refused = place(kMax, kLine, kAmelie);
    ASSERT_FALSE(refused);
    ASSERT_EQ(refused.error().faults.size(), 1U);
    EXPECT_EQ(refused.error().faults[0].code, "not_on_staff");
    EXPECT_TRUE(find_signed_in(session, kTown, of_manager, kNow));
    EXPECT_TRUE(place(kMax, kLine, kBruno)) << "from whichever department";
    EXPECT_TRUE(place(kMax, kAdministrator, kAmelie));
    session.execute("UPDATE people SET enabled = 0 WHERE id = 7");
    EXPECT_TRUE(place(kMax, kLine, kAmelie)) << "who is named already may stay";
}

TEST_P(KeepingOrganisations, WhoWasErasedManagesNothingAndIsNoneOfTheStaff) {
    session.execute(
        "INSERT INTO departments (id, town_id, name) VALUES (1, 1, 'Voirie');"
        "INSERT INTO staff (person_id, town_id, department_id, from_date) VALUES"
        " (9, 1, 1, '2020-01-01');"
        "UPDATE people SET erased_at = 1 WHERE id = 9");
    EXPECT_EQ(manage(kChloe).error().refusal, OrganisationRefusal::unknown);
    SaveStaff staff{{kTown, kAdministrator, kNow}, {}};
    staff.record.department = DepartmentId{1};
    staff.record.from_date = "2026-01-01";
    const auto fields = [&](PersonId person, PersonId line_manager) {
        staff.record.person = person;
        staff.record.line_manager = line_manager;
        std::string wrong;
        if (const auto saved = save_staff(session, staff); !saved) {
            for (const auto& fault : saved.error().faults) {
                wrong += fault.field + ' ';
            }
        }
        return wrong;
    };
    EXPECT_EQ(fields(kChloe, kBruno), "person_id ");
    EXPECT_EQ(fields(kBruno, kChloe), "line_manager_id ");
    AddDuty duty{{kTown, kAdministrator, kNow}, {}};
    duty.duty.person = kChloe;
    duty.duty.word = "Accueil";
    duty.duty.from_date = "2026-01-01";
    EXPECT_FALSE(add_duty(session, duty));
    session.execute("UPDATE people SET erased_at = NULL WHERE id = 9");
    EXPECT_TRUE(manage(kChloe));
    EXPECT_TRUE(add_duty(session, duty));
    EXPECT_EQ(fields(kChloe, kBruno), "");
}

TEST_P(KeepingOrganisations, ADisabledAssociationHasNoManagersAtWork) {
    ASSERT_TRUE(find_person(session, kTown, kAmelie)->manages(kAssociation));
    AssociationEdit edit;
    edit.enabled = false;
    ASSERT_TRUE(save_association(session, {{kTown, kBruno, kNow}, kAssociation, edit}));
    const auto amelie = find_person(session, kTown, kAmelie).value();
    EXPECT_FALSE(amelie.manages(kAssociation));
    EXPECT_EQ(list_members(session, kTown, amelie, kAssociation, {}).error().refusal,
              OrganisationRefusal::unknown);
    edit.enabled = true;
    ASSERT_TRUE(save_association(session, {{kTown, kBruno, kNow}, kAssociation, edit}));
    EXPECT_TRUE(find_person(session, kTown, kAmelie)->manages(kAssociation));
}

}  // namespace
}  // namespace creneau::people
