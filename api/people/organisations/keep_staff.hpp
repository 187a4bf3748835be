#pragma once

#include "api/people/organisations/organisation_error.hpp"
#include "api/people/organisations/organisation_types.hpp"
#include "api/people/person.hpp"
#include "api/store/session.hpp"

#include <optional>
#include <string>
#include <vector>

namespace creneau::people {

// Departments, who works in them and what for. Read and kept by those who keep organisations.

[[nodiscard]] Organised<std::vector<Department>> list_departments(store::Session& session,
                                                                  TownId town, const Person& reader,
                                                                  const Page& page);
struct SaveDepartment {
    Actor actor;
    std::optional<DepartmentId> id;  ///< none: a new one
    std::string name;
};
[[nodiscard]] Organised<Department> save_department(store::Session& session,
                                                    const SaveDepartment& order);

[[nodiscard]] Organised<std::vector<StaffRecord>> list_staff(store::Session& session, TownId town,
                                                             const Person& reader,
                                                             const Page& page);
[[nodiscard]] Organised<StaffRecord> find_staff(store::Session& session, TownId town,
                                                const Person& reader, PersonId person);
struct SaveStaff {
    Actor actor;
    StaffRecord record;  ///< its version and name are not looked at
};
/// Makes a person of the town one of its staff, or changes where and when they work.
[[nodiscard]] Organised<StaffRecord> save_staff(store::Session& session, const SaveStaff& order);

[[nodiscard]] Organised<std::vector<Duty>> list_duties(store::Session& session, TownId town,
                                                       const Person& reader,
                                                       std::optional<PersonId> person,
                                                       const Page& page);
struct AddDuty {
    Actor actor;
    Duty duty;
};
[[nodiscard]] Organised<Duty> add_duty(store::Session& session, const AddDuty& order);

struct RemoveDuty {
    Actor actor;
    DutyId duty{};
};
[[nodiscard]] Organised<DutyId> remove_duty(store::Session& session, const RemoveDuty& order);

}  // namespace creneau::people
