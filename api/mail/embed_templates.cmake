# Writes OUT: a C++ source that holds every template file, by its name without ".mustache".
set(rows "")
foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME)
    string(REGEX REPLACE "\\.mustache$" "" name ${name})
    file(READ ${file} text)
    string(APPEND rows "    {\"${name}\", R\"mustache(${text})mustache\"},\n")
endforeach()
file(WRITE ${OUT}
    "#include \"api/mail/embedded_templates.hpp\"\n\n#include <array>\n\n"
    "namespace creneau::mail {\nnamespace {\n\n"
    "constexpr auto kTemplates = std::to_array<EmbeddedTemplate>({\n${rows}});\n\n"
    "}  // namespace\n\n"
    "std::span<const EmbeddedTemplate> embedded_templates() { return kTemplates; }\n\n"
    "}  // namespace creneau::mail\n")
