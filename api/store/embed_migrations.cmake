# Writes OUTPUT, a C++ source that holds every FOLDER/NNNN_name.sql, in order, for ENGINE.
file(GLOB scripts ${FOLDER}/*.sql)
list(SORT scripts)
set(rows "")
set(expected 0)
foreach(script IN LISTS scripts)
    get_filename_component(file ${script} NAME_WE)
    if(NOT file MATCHES "^([0-9][0-9][0-9][0-9])_([a-z0-9_]+)$")
        message(FATAL_ERROR "${script}: a migration is named NNNN_name.sql")
    endif()
    set(digits ${CMAKE_MATCH_1})
    set(name ${CMAKE_MATCH_2})
    math(EXPR expected "${expected} + 1")
    string(REGEX REPLACE "^0+" "" version ${digits})
    if(NOT version EQUAL expected)
        message(FATAL_ERROR "${script}: migration ${expected} is missing or doubled")
    endif()
    file(READ ${script} hex HEX)
    string(REGEX REPLACE "(..)" "\\\\x\\1" escaped "${hex}")
    # One literal per line of SQL: a compiler need not accept one of any length.
    string(REPLACE "\\x0a" "\\x0a\"\n    \"" pieces "${escaped}")
    string(APPEND rows "    {${version}, \"${name}\",\n    \"${pieces}\"sv},\n")
endforeach()
file(WRITE ${OUTPUT} "// Generated from migrations/${ENGINE}.
#include \"api/store/migrations.hpp\"

#include <array>

using namespace std::string_view_literals;

namespace creneau::store {
namespace {
constexpr std::array<Migration, ${expected}> kMigrations{{
${rows}}};
}  // namespace

std::span<const Migration> ${ENGINE}_migrations() { return kMigrations; }
}  // namespace creneau::store
")
