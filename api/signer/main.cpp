#include "api/signer/command_line.hpp"
#include "api/store/db_error.hpp"

#include <exception>
#include <iostream>

int main(int argc, char** argv) {
    try {
        return creneau::signer::run_command_line(argc, argv);
    } catch (const std::exception& problem) {
        std::cerr << "creneau-signer: " << creneau::store::told(problem) << "\n";
        return 1;
    }
}
