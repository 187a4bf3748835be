#include "api/store/doctor.hpp"

#include "api/store/db_error.hpp"
#include "api/store/doctor_checks.hpp"
#include "api/store/session.hpp"

#include <exception>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace creneau::store {
namespace {

struct Named {
    const char* name;
    Finding (*look)(Session&, const Database&);
};

constexpr Named kChecks[] = {
    {"integrity", check_integrity},
    {"references", check_references},
    {"schema", check_schema},
    {"overlaps", check_overlaps},
    {"occupancies", check_occupancies},
    {"equipment", check_equipment},
    {"doors", check_doors},
    {"durability", check_durability},
    {"free_disk", check_free_disk},
    {"outbox", check_outbox},
    {"audit", check_audit},
};

}  // namespace

std::vector<Check> examine(const Database& database) {
    std::vector<Check> checks;
    try {
        Session session(database, OpenMode::read_only);
        for (const Named& check : kChecks) {
            Finding finding;
            try {
                finding = check.look(session, database);
            } catch (const std::exception& error) {
                finding = {false, std::string("cannot be examined: ") + told(error)};
            }
            checks.push_back({check.name, finding.healthy, std::move(finding.detail)});
        }
    } catch (const std::exception& error) {
        checks.push_back({"open", false, told(error)});
    }
    return checks;
}

bool doctor(const Database& database, std::ostream& out) {
    bool healthy = true;
    for (const Check& check : examine(database)) {
        out << (check.healthy ? "ok " : "PROBLEM ") << check.name << ' ' << check.detail << '\n';
        healthy = healthy && check.healthy;
    }
    return healthy;
}

}  // namespace creneau::store
