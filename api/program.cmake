find_package(spdlog REQUIRED)
find_package(CLI11 REQUIRED)
find_package(tomlplusplus REQUIRED)
creneau_module(SODIUM libsodium)

creneau_library(creneau_config
    SOURCES config.cpp
    PUBLIC creneau_store creneau_mail
    PRIVATE tomlplusplus::tomlplusplus)

creneau_program(creneau-api
    SOURCES main.cpp serve.cpp bounces_command.cpp audit_command.cpp commands.cpp keys_command.cpp
        import_bookings_command.cpp import_holidays_command.cpp ledgers.cpp privacy_command.cpp
        restore_command.cpp
    LINK creneau_config creneau_audit creneau_http creneau_booking creneau_arrivals creneau_estate
         creneau_people creneau_privacy creneau_access creneau_documents creneau_mail
         creneau_agents creneau_signer_client creneau_store spdlog::spdlog CLI11::CLI11)
