#pragma once

#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::people {

// SQL of departments, staff and their duties, each query within one town.

[[nodiscard]] std::vector<Department> select_departments(store::Session& session, TownId town,
                                                         const Page& page);
[[nodiscard]] bool has_department(store::Session& session, TownId town, DepartmentId id);
/// Nothing when another department has that name.
[[nodiscard]] std::optional<DepartmentId> insert_department(store::Session& session, TownId town,
                                                            const std::string& name);
/// False when it is another's name or there is no such department.
[[nodiscard]] bool rename_department(store::Session& session, TownId town,
                                     const Department& department);

/// Where a role of HR may hold.
[[nodiscard]] Scope place_of(DepartmentId department);
/// The department of somebody; the town for who is not on the staff.
[[nodiscard]] Scope place_of_staff(store::Session& session, TownId town, PersonId person);

[[nodiscard]] std::vector<StaffRecord> select_staff(store::Session& session, TownId town,
                                                    const Page& page);
[[nodiscard]] std::optional<StaffRecord> select_staff_member(store::Session& session, TownId town,
                                                             PersonId person);
/// Writes the row of the person, new where `version` is 0; false when its version is another.
[[nodiscard]] bool write_staff(store::Session& session, TownId town, const StaffRecord& record);

/// Of one person where it is said.
[[nodiscard]] std::vector<Duty> select_duties(store::Session& session, TownId town,
                                              std::optional<PersonId> person, const Page& page);
[[nodiscard]] DutyId insert_duty(store::Session& session, TownId town, const Duty& duty);
/// Whose it is; nothing when there is none.
[[nodiscard]] std::optional<PersonId> select_duty_person(store::Session& session, TownId town,
                                                         DutyId id);
/// Whose it was; nothing when there was none.
[[nodiscard]] std::optional<PersonId> delete_duty(store::Session& session, TownId town, DutyId id);

}  // namespace creneau::people
