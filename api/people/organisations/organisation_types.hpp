#pragma once

#include "api/people/person.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace creneau::people {

enum class DepartmentId : std::int64_t {};
enum class DutyId : std::int64_t {};
enum class MemberId : std::int64_t {};

/// Who does something, and when.
struct Actor {
    TownId town{};
    PersonId person{};  ///< rights are read again in the transaction
    std::chrono::sys_seconds now;
};

/// Part of a list in the order of ids.
struct Page {
    std::int64_t limit = 50;
    std::int64_t after = 0;
    std::string name = {};                       ///< what the name holds, in any case; empty: all
    bool restricted = true;                      ///< also people whose data is restricted
    std::vector<std::int64_t> departments = {};  ///< of staff: only of these; none: of all
};

struct NamedPerson {
    PersonId id{};
    std::string name;
};

/// An association as the office keeps it.
struct AssociationRecord {
    AssociationId id{};
    std::string name;
    std::string address;  ///< lines
    std::string declaration;
    std::string email;  ///< may be empty
    std::string phone;
    std::vector<std::string> groups;  ///< keys of the town's groups, sorted
    bool enabled = true;
    std::int64_t version = 0;
    std::vector<NamedPerson> managers = {};
};

/// What is to be changed of it, or all that is known of a new one.
struct AssociationEdit {
    std::optional<std::string> name, address, declaration, email, phone;
    std::optional<std::vector<std::string>> groups;
    std::optional<bool> enabled;
};

/// A person as the office keeps them.
struct PersonRecord {
    PersonId id{};
    std::string name;
    std::string email;  ///< empty: gets letters
    std::string locale = "fr";
    std::string phone;
    std::string postal_address;  ///< lines
    bool enabled = true;
    std::int64_t version = 0;
    std::vector<Role> roles = {};  ///< wherever they hold
    bool erased = false;           ///< nothing but the id is left
    bool restricted = false;       ///< shown to few (article 18)
};

struct PersonEdit {
    std::optional<std::string> name, email, locale, phone, postal_address;
    std::optional<bool> enabled;
};

struct Department {
    DepartmentId id{};
    std::string name;
};

/// A person who works for the town.
struct StaffRecord {
    PersonId person{};
    std::string name;
    DepartmentId department{};
    std::optional<PersonId> line_manager;
    std::string from_date;   ///< local dates, both included
    std::string until_date;  ///< empty: no end
    std::int64_t version = 0;
};

/// What a member of staff is there for.
struct Duty {
    DutyId id{};
    PersonId person{};
    std::string word;
    std::string from_date;
    std::string until_date;
};

/// On an association's own list.
struct Member {
    MemberId id{};
    std::string name;
    std::string email;  ///< may be empty
};

}  // namespace creneau::people
