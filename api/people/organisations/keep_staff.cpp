#include "api/people/organisations/keep_staff.hpp"

#include "api/people/blank_text.hpp"
#include "api/people/end_mailbox_access.hpp"
#include "api/people/organisations/organisation_audit.hpp"
#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/organisations/person_record_store.hpp"
#include "api/people/organisations/record_rules.hpp"
#include "api/people/organisations/staff_store.hpp"
#include "api/people/people_rights.hpp"
#include "api/people/people_store.hpp"
#include "api/people/person.hpp"
#include "api/store/present.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace creneau::people {

namespace {

bool keeps(store::Session& session, const Actor& actor) {
    const auto person = find_person(session, actor.town, actor.person);
    return person && may_keep_staff(*person);
}

/// Whose data is restricted is nobody for who only keeps staff.
bool may_use(store::Session& session, TownId town, const Person& reader, PersonId person) {
    return may_use_data(reader, is_restricted(session, town, person));
}
bool may_use(store::Session& session, const Actor& actor, PersonId person) {
    const auto keeper = find_person(session, actor.town, actor.person);
    return keeper && may_use(session, actor.town, *keeper, person);
}

/// What of a page somebody reads: nothing for whoever keeps staff nowhere.
std::optional<Page> seen_by(const Person& reader, const Page& page) {
    Page seen = page;
    seen.restricted = may_use_data(reader, true);
    if (!may_keep_staff(reader)) {
        seen.departments = departments_kept(reader);
    }
    return may_keep_staff(reader) || !seen.departments.empty() ? std::optional(seen) : std::nullopt;
}

/// Keeps the staff there.
bool keeps(store::Session& session, const Actor& actor, const Scope& place) {
    const auto person = find_person(session, actor.town, actor.person);
    return person && may_keep_staff(*person, place);
}

FieldFault unknown_in(const std::string& field, const std::string& code, const std::string& fr,
                      const std::string& en) {
    return {field, code, "Choisissez " + fr + " de la commune.", "Choose " + en + " of the town."};
}

/// Whoever is named counts as staff: somebody beyond it is for who keeps the whole town's.
bool may_name(store::Session& session, const Actor& actor, PersonId line_manager) {
    const auto named = find_person(session, actor.town, line_manager);
    return keeps(session, actor) || (named && is_staff(*named));
}

std::vector<FieldFault> all_faults(store::Session& session, const Actor& actor,
                                   const StaffRecord& record,
                                   const std::optional<StaffRecord>& before) {
    const TownId town = actor.town;
    auto faults = faults_in(record);
    if (!is_known_person(session, town, record.person)) {
        faults.push_back(unknown_in("person_id", "unknown_person", "une personne", "a person"));
    }
    if (!has_department(session, town, record.department)) {
        faults.push_back(
            unknown_in("department_id", "unknown_department", "un service", "a department"));
    }
    if (record.line_manager && !is_known_person(session, town, *record.line_manager)) {
        faults.push_back(
            unknown_in("line_manager_id", "unknown_person", "une personne", "a person"));
    } else if (record.line_manager && (!before || before->line_manager != record.line_manager) &&
               !may_name(session, actor, *record.line_manager)) {
        faults.push_back({"line_manager_id", "not_on_staff",
                          "Choisissez une personne des effectifs.",
                          "Choose somebody on the staff."});
    }
    return faults;
}

}  // namespace

Organised<std::vector<Department>> list_departments(store::Session& session, TownId town,
                                                    const Person& reader, const Page& page) {
    const auto seen = seen_by(reader, page);
    if (!seen) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    return select_departments(session, town, *seen);
}

Organised<Department> save_department(store::Session& session, const SaveDepartment& order) {
    const TownId town = order.actor.town;
    if (!keeps(session, order.actor)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (order.id && !has_department(session, town, *order.id)) {
        return refuse(OrganisationRefusal::unknown);
    }
    if (shows_nothing(order.name)) {
        return refuse({FieldFault{"name", "name_missing", "Indiquez le nom.", "Give the name."}});
    }
    Department department{order.id.value_or(DepartmentId{}), order.name};
    bool is_free = false;
    if (order.id) {
        is_free = rename_department(session, town, department);
    } else if (const auto id = insert_department(session, town, order.name)) {
        department.id = *id;
        is_free = true;
    }
    if (!is_free) {
        return refuse({FieldFault{"name", "name_taken", "Un autre service a déjà ce nom.",
                                  "Another department has this name already."}});
    }
    record_change(session, order.actor, order.id ? "department_changed" : "department_made",
                  {"department", static_cast<std::int64_t>(department.id), {}});
    return department;
}

Organised<std::vector<StaffRecord>> list_staff(store::Session& session, TownId town,
                                               const Person& reader, const Page& page) {
    const auto seen = seen_by(reader, page);
    if (!seen) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    return select_staff(session, town, *seen);
}

Organised<StaffRecord> find_staff(store::Session& session, TownId town, const Person& reader,
                                  PersonId person) {
    auto record = select_staff_member(session, town, person);
    if (!record || !may_keep_staff(reader, place_of(record->department)) ||
        !may_use(session, town, reader, person)) {
        return refuse(OrganisationRefusal::unknown);
    }
    return *std::move(record);
}

Organised<StaffRecord> save_staff(store::Session& session, const SaveStaff& order) {
    const TownId town = order.actor.town;
    const auto before = select_staff_member(session, town, order.record.person);
    // From one place into another: for who keeps both. Who is on no staff is the whole town's.
    if (!keeps(session, order.actor, place_of(order.record.department)) ||
        !keeps(session, order.actor, place_of_staff(session, town, order.record.person))) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (!may_use(session, order.actor, order.record.person)) {
        return refuse(OrganisationRefusal::unknown);
    }
    if (auto faults = all_faults(session, order.actor, order.record, before); !faults.empty()) {
        return refuse(std::move(faults));
    }
    StaffRecord record = order.record;
    record.version = before ? before->version : 0;
    end_mailbox_access(session, town, record.person);
    if (record.line_manager) {
        end_mailbox_access(session, town, *record.line_manager);
    }
    if (!write_staff(session, town, record)) {
        return refuse(OrganisationRefusal::stale);
    }
    record_change(session, order.actor, before ? "staff_changed" : "staff_made",
                  {"staff", static_cast<std::int64_t>(record.person), record.person});
    return store::present(select_staff_member(session, town, record.person), "staff saved");
}

Organised<std::vector<Duty>> list_duties(store::Session& session, TownId town, const Person& reader,
                                         std::optional<PersonId> person, const Page& page) {
    const auto seen = seen_by(reader, page);
    if (!seen) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    return select_duties(session, town, person, *seen);
}

Organised<Duty> add_duty(store::Session& session, const AddDuty& order) {
    const TownId town = order.actor.town;
    if (!keeps(session, order.actor, place_of_staff(session, town, order.duty.person))) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    if (!may_use(session, order.actor, order.duty.person)) {
        return refuse(OrganisationRefusal::unknown);
    }
    auto faults = faults_in(order.duty);
    if (!select_staff_member(session, town, order.duty.person) ||
        !is_known_person(session, town, order.duty.person)) {
        faults.push_back(
            unknown_in("person_id", "unknown_person", "un agent", "a member of the staff"));
    }
    if (!faults.empty()) {
        return refuse(std::move(faults));
    }
    Duty duty = order.duty;
    duty.id = insert_duty(session, town, duty);
    record_change(session, order.actor, "duty_added",
                  {"duty", static_cast<std::int64_t>(duty.id), duty.person});
    return duty;
}

Organised<DutyId> remove_duty(store::Session& session, const RemoveDuty& order) {
    const TownId town = order.actor.town;
    const auto duty = select_duty_person(session, town, order.duty);
    const auto place = duty ? place_of_staff(session, town, *duty) : Scope{};
    if (!keeps(session, order.actor, place)) {
        return refuse(OrganisationRefusal::not_allowed);
    }
    const auto whose = delete_duty(session, town, order.duty);
    if (!whose) {
        return refuse(OrganisationRefusal::unknown);
    }
    record_change(session, order.actor, "duty_removed",
                  {"duty", static_cast<std::int64_t>(order.duty), *whose});
    return order.duty;
}

}  // namespace creneau::people
